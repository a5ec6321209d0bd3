import type { MetadataFile } from '../metadata/files.ts';
import { parseXml, type XmlElement } from '../metadata/xml.ts';
import { keyOf, without, type DeployedComponent } from './decompose.ts';

export type Change = 'created' | 'changed' | 'unchanged';

export interface Merged {
    /** The org's files with what the deploy brings. */
    readonly files: readonly MetadataFile[];
    /** By keyOf(). */
    readonly changes: ReadonlyMap<string, Change>;
}

/** Puts components into an org's files: a file replaces the one at its path, a bundle all of its folder, labels those of their names. */
export function merge(org: readonly MetadataFile[], components: readonly DeployedComponent[]): Merged {
    const changes = new Map<string, Change>();
    const before = new Map(org.map((file) => [file.path, file]));
    const after = new Map(before);
    for (const component of components) {
        const isBundle = component.type === 'LightningComponentBundle';
        const replaced = isBundle
            ? org.filter((file) => file.path.startsWith(`lwc/${component.fullName}/`))
            : component.files.flatMap((file) => before.get(file.path) ?? []);
        if (component.type === 'CustomLabel' || component.type === 'CustomLabels') {
            continue;
        }
        replaced.forEach((file) => after.delete(file.path));
        component.files.forEach((file) => after.set(file.path, file));
        changes.set(keyOf(component), changeOf(replaced, component.files));
    }
    const labels = components.filter((component) => component.type === 'CustomLabel');
    const [file] = labels.flatMap((label) => label.files);
    if (file) {
        const old = before.get(file.path);
        const wanted = new Set(labels.map((label) => label.fullName));
        after.set(file.path, mergedLabels(file, old, wanted));
        const texts = textOfLabels(old);
        const newTexts = textOfLabels(file);
        for (const label of labels) {
            const text = texts.get(label.fullName);
            const same = text === newTexts.get(label.fullName) ? 'unchanged' : 'changed';
            changes.set(keyOf(label), text === undefined ? 'created' : same);
        }
    }
    for (const component of components.filter(({ type }) => type === 'CustomLabels')) {
        const same = labels.every((label) => changes.get(keyOf(label)) === 'unchanged') ? 'unchanged' : 'changed';
        changes.set(keyOf(component), file && before.has(file.path) ? same : 'created');
    }
    return { files: [...after.values()], changes };
}

/** An object of which only parts are deployed has no files of its own here, and does not change. */
function changeOf(before: readonly MetadataFile[], after: readonly MetadataFile[]): Change {
    if (before.length === 0 && after.length > 0) {
        return 'created';
    }
    const contents = new Map(before.map((file) => [file.path, comparable(file)]));
    const isSame =
        before.length === after.length && after.every((file) => contents.get(file.path) === comparable(file));
    return isSame ? 'unchanged' : 'changed';
}

/** XML is the same whatever its indentation and the declarations of its namespaces. */
function comparable({ path, content }: MetadataFile): string {
    return path.endsWith('-meta.xml')
        ? content
              .replace(/<\?[^>]*\?>|<!--[\s\S]*?-->| xmlns(:\w+)?="[^"]*"/g, '')
              .split('\n')
              .map((line) => line.trim())
              .join('')
        : content;
}

/** The deployed file, so that its lines stay true, less what was not asked for; behind it the org's other labels. */
function mergedLabels(file: MetadataFile, old: MetadataFile | undefined, wanted: ReadonlySet<string>): MetadataFile {
    let { content } = file;
    for (const label of labelsOf(file)
        .toReversed()
        .filter((one) => !wanted.has(one.string('fullName') ?? ''))) {
        content = without(content, label);
    }
    const others = labelsOf(old).filter((one) => !wanted.has(one.string('fullName') ?? ''));
    const end = content.lastIndexOf('</CustomLabels');
    const added = others.map((one) => `    ${old?.content.slice(one.start, one.end) ?? ''}\n`).join('');
    return { ...file, content: end < 0 ? content : content.slice(0, end) + added + content.slice(end) };
}

function textOfLabels(file: MetadataFile | undefined): ReadonlyMap<string, string> {
    return new Map(
        labelsOf(file).map((label) => [
            label.string('fullName') ?? '',
            (file?.content.slice(label.start, label.end) ?? '').replace(/\s*\n\s*/g, ''),
        ]),
    );
}

function labelsOf(file: MetadataFile | undefined): readonly XmlElement[] {
    return (file && parseXml(file)?.all('labels')) ?? [];
}

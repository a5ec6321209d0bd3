import type { MetadataFile, MetadataProblem } from '../metadata/files.ts';
import { identify, KINDS, sourcePathOf, type ChildKind } from '../metadata/kinds.ts';
import { problemAt } from '../metadata/problems.ts';
import { malformed, parseXml, sourceOf, type XmlElement } from '../metadata/xml.ts';

/** A piece of metadata that a deploy brings: what a package.xml can name. */
export interface DeployedComponent {
    /** `CustomField`. */
    readonly type: string;
    /** `Playbook__c.Key__c`. */
    readonly fullName: string;
    /** The zip's file that it is in, the first of a bundle. */
    readonly shown: string;
    /** Of which it is a part that package.xml need not name: `CustomObject`, `Playbook__c`. */
    readonly parent: { readonly type: string; readonly fullName: string } | null;
    /** In source format; none for an object of which the zip has only parts. A label's file is that of all labels. */
    readonly files: readonly MetadataFile[];
}

/** A file of the zip. */
export interface DeployedFile {
    /** Below the folder of package.xml: `objects/Playbook__c.object`. */
    readonly path: string;
    /** In the zip. */
    readonly shown: string;
    readonly content: string;
}

export interface Decomposed {
    readonly components: readonly DeployedComponent[];
    readonly problems: readonly MetadataProblem[];
}

/**
 * The components in the files of a zip (metadata format), each with its files in source format; `shown` and `firstLine` keep where it stood in the zip.
 * Files of unknown or refused kinds, and broken ones that hold several components, are problems.
 */
export function decompose(files: readonly DeployedFile[]): Decomposed {
    const components = new Map<string, DeployedComponent>();
    const problems: MetadataProblem[] = [];
    for (const file of files) {
        const path = sourcePathOf(file.path);
        const identity = identify(path);
        const { type, fullName, problem } = identity;
        const source: MetadataFile = { path, shown: file.shown, content: file.content, firstLine: 1 };
        if (problem !== null) {
            problems.push(problemAt(sourceOf(source), problem));
            continue;
        }
        const children = KINDS.find((kind) => kind.type === type)?.children ?? [];
        if (children.length > 0) {
            const root = parseXml(source);
            if (!root) {
                problems.push(...malformed(source));
                continue;
            }
            for (const component of split(source, root, { type, fullName }, children)) {
                if (components.has(keyOf(component))) {
                    const line = component.files[0]?.firstLine ?? null;
                    const message = `Duplicate name specified: ${component.fullName} is there twice; keep one.`;
                    problems.push(problemAt({ ...sourceOf(source), line }, message));
                }
                components.set(keyOf(component), component);
            }
            continue;
        }
        const key = keyOf({ type, fullName });
        const before = components.get(key);
        const shown = before?.shown ?? file.shown;
        components.set(key, { type, fullName, shown, parent: null, files: [...(before?.files ?? []), source] });
    }
    return { components: [...components.values()], problems };
}

export function keyOf({ type, fullName }: { readonly type: string; readonly fullName: string }): string {
    return `${type}#${fullName}`;
}

/** An object or a file of labels, and its parts. */
function split(
    file: MetadataFile,
    root: XmlElement,
    parent: { readonly type: string; readonly fullName: string },
    kinds: readonly ChildKind[],
): readonly DeployedComponent[] {
    const parts: DeployedComponent[] = [];
    let own = file.content;
    // From the end, so that the offsets of what comes before stay true.
    for (const element of root.children.toReversed()) {
        const kind = kinds.find((one) => one.folder === element.name);
        if (!kind) {
            continue;
        }
        const name = element.string('fullName') ?? '';
        if (kind.suffix === null) {
            parts.unshift({ type: kind.type, fullName: name, shown: file.shown, parent, files: [file] });
            continue;
        }
        own = without(own, element);
        parts.unshift({
            type: kind.type,
            fullName: `${parent.fullName}.${name}`,
            shown: file.shown,
            parent,
            files: [
                {
                    path: `objects/${parent.fullName}/${kind.folder}/${name}.${kind.suffix}-meta.xml`,
                    shown: file.shown,
                    content:
                        ' '.repeat(element.column - 1) +
                        partAsFile(file.content.slice(element.start, element.end), kind),
                    firstLine: element.line,
                },
            ],
        });
    }
    const isWhole = root.children.some((element) => !kinds.some((kind) => kind.folder === element.name && kind.suffix));
    return [
        { ...parent, shown: file.shown, parent: null, files: isWhole ? [{ ...file, content: own }] : [] },
        ...parts,
    ];
}

/** Nothing but line breaks in place of an element: the lines of what remains stay true. */
export function without(content: string, { start, end }: Pick<XmlElement, 'start' | 'end'>): string {
    return content.slice(0, start) + content.slice(start, end).replace(/[^\n]+/g, '') + content.slice(end);
}

/** The element of a part as a file of its own. Nothing is put before it, not even the declaration of XML: its lines stay true. */
function partAsFile(element: string, { type, folder }: ChildKind): string {
    const content = element.replace(new RegExp(`^<${folder}`), '').replace(new RegExp(`${folder}\\s*>$`), '');
    const attributes =
        'xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    return `<${type} ${attributes}${content}${content.endsWith('/>') ? '' : `${type}>`}\n`;
}

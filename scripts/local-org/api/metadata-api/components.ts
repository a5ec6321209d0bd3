import { keyOf } from '../../deploy/decompose.ts';
import { identify, KINDS } from '../../metadata/kinds.ts';
import { parseXml, type XmlElement } from '../../metadata/xml.ts';
import type { KeptFile } from '../../store/metadata-files.ts';
import { element } from './soap-xml.ts';

/** A component that the org has, with the XML that readMetadata answers. */
export interface OrgComponent {
    readonly type: string;
    readonly fullName: string;
    /** The file that says most of it. */
    readonly file: KeptFile;
    /** What stands in its root element, `fullName` left out. */
    readonly content: () => string;
}

/** By keyOf(); parts of objects and single labels among them. Objects are those that have metadata of their own here. */
export function componentsOf(files: readonly KeptFile[]): ReadonlyMap<string, OrgComponent> {
    const components = new Map<string, OrgComponent>();
    const add = (component: OrgComponent): void => {
        components.set(keyOf(component), component);
    };
    const parts = new Map<string, KeptFile[]>();
    for (const file of files) {
        const { type, fullName, isDefinition, problem } = identify(file.path);
        if (problem !== null || !isDefinition) {
            continue;
        }
        add({ type, fullName, file, content: () => inner(file) });
        const object = /^objects\/(\w+)\//.exec(file.path)?.[1];
        if (object !== undefined) {
            parts.set(object, [...(parts.get(object) ?? []), file]);
        }
        if (type === 'CustomLabels') {
            for (const label of parseXml(file)?.all('labels') ?? []) {
                const name = label.string('fullName') ?? '';
                add({ type: 'CustomLabel', fullName: name, file, content: () => without(file, label) });
            }
        }
    }
    for (const [fullName, ofObject] of parts) {
        const own = ofObject.find((file) => identify(file.path).type === 'CustomObject');
        const [file] = own ? [own] : ofObject;
        if (file) {
            add({ type: 'CustomObject', fullName, file, content: () => whole(ofObject) });
        }
    }
    return components;
}

/** An object with its parts, as in a file in metadata format. */
function whole(files: readonly KeptFile[]): string {
    const children = KINDS.flatMap((kind) => kind.children);
    return files
        .map((file) => {
            const { type, fullName } = identify(file.path);
            const child = children.find((kind) => kind.type === type);
            const name = element('fullName', fullName.slice(fullName.indexOf('.') + 1));
            return child ? `<${child.folder}>${name}${inner(file)}</${child.folder}>` : inner(file);
        })
        .join('');
}

function inner(file: KeptFile): string {
    const root = parseXml(file);
    return root ? without(file, root) : '';
}

/** The content of an element without its `<fullName>`. */
function without(file: KeptFile, { children }: XmlElement): string {
    return children
        .filter((child) => child.name !== 'fullName')
        .map((child) => file.content.slice(child.start, child.end))
        .join('');
}

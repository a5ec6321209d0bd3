import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** Metadata that the local org cannot read: a broken file, or something it does not support. The message names the file and what to do. */
export class MetadataError extends Error {
    constructor(file: string, message: string) {
        super(`${file}: ${message}`);
        this.name = 'MetadataError';
    }
}

/** fast-xml-parser's `preserveOrder` shape: one entry a node, its name as the key. */
interface OrderedNode {
    readonly ':@'?: Readonly<Record<string, string>>;
    readonly [name: string]: readonly OrderedNode[] | string | Readonly<Record<string, string>> | undefined;
}

const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
});

/** An element of a metadata file. Reading through `only` first makes sure that nothing in the file is ignored silently. */
export class XmlElement {
    readonly name: string;
    readonly file: string;
    readonly text: string;
    readonly children: readonly XmlElement[];
    readonly #attributes: Readonly<Record<string, string>>;

    constructor(
        name: string,
        file: string,
        content: readonly OrderedNode[],
        attributes: Readonly<Record<string, string>>,
    ) {
        this.name = name;
        this.file = file;
        this.#attributes = attributes;
        const children: XmlElement[] = [];
        let text = '';
        for (const node of content) {
            for (const [key, value] of Object.entries(node)) {
                if (key === '#text' && typeof value === 'string') {
                    text += value;
                } else if (key !== ':@' && key !== '#text' && Array.isArray(value)) {
                    children.push(new XmlElement(key, file, value, node[':@'] ?? {}));
                }
            }
        }
        this.text = text;
        this.children = children;
    }

    attribute(name: string): string | null {
        return this.#attributes[`@_${name}`] ?? null;
    }

    all(name: string): readonly XmlElement[] {
        return this.children.filter((child) => child.name === name);
    }

    one(name: string): XmlElement | null {
        const found = this.all(name);
        if (found.length > 1) {
            throw this.error(`<${name}> is there ${found.length} times; keep one.`);
        }
        return found[0] ?? null;
    }

    /** The text of a child; null when it is missing or empty. */
    string(name: string): string | null {
        return this.one(name)?.text || null;
    }

    requiredString(name: string): string {
        const value = this.string(name);
        if (value === null) {
            throw this.error(`<${this.name}> lacks <${name}>; add it.`);
        }
        return value;
    }

    flag(name: string, otherwise = false): boolean {
        const value = this.string(name);
        if (value !== null && value !== 'true' && value !== 'false') {
            throw this.error(`<${name}> is "${value}"; write true or false.`);
        }
        return value === null ? otherwise : value === 'true';
    }

    integer(name: string): number | null {
        const value = this.string(name);
        if (value === null) {
            return null;
        }
        if (!/^-?\d+$/.test(value)) {
            throw this.error(`<${name}> is "${value}"; write a whole number.`);
        }
        return Number(value);
    }

    oneOf<const T extends string>(name: string, allowed: readonly T[], otherwise?: T): T {
        const value = this.string(name) ?? otherwise ?? this.requiredString(name);
        const found = allowed.find((candidate) => candidate === value);
        if (found === undefined) {
            throw this.error(`<${name}> is "${value}"; the local org supports ${allowed.join(', ')}.`);
        }
        return found;
    }

    /** Refuses children that are not named: what the local org does not know it does not ignore. */
    only(...known: readonly string[]): this {
        const stranger = this.children.find((child) => !known.includes(child.name));
        if (stranger) {
            throw this.error(
                `the local org does not support <${stranger.name}> in <${this.name}>. Remove it, or teach scripts/local-org/metadata to read it.`,
            );
        }
        return this;
    }

    error(message: string): MetadataError {
        return new MetadataError(this.file, message);
    }
}

/** Reads a metadata file whose root must be `root`. Throws MetadataError with the path relative to the project. */
export function readXml(projectRoot: string, path: string, root: string): XmlElement {
    const file = relative(projectRoot, path);
    let nodes: readonly OrderedNode[];
    try {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the check for well-formedness moved to another package; this one still has it
        const parsed: unknown = parser.parse(readFileSync(path, 'utf8'), true);
        nodes = Array.isArray(parsed) ? parsed : [];
    } catch (error) {
        throw new MetadataError(
            file,
            `is not well-formed XML: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
    const document = new XmlElement('document', file, nodes, {});
    const element = document.one(root);
    if (!element) {
        throw new MetadataError(
            file,
            `has no <${root}> as its root; found <${document.children.at(-1)?.name ?? 'nothing'}>.`,
        );
    }
    return element;
}

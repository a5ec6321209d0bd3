import { XMLParser } from 'fast-xml-parser';
import { xmlMistake } from '../../lib/xml-text.ts';
import type { MetadataFile, MetadataProblem, Source } from './files.ts';
import { identify } from './kinds.ts';
import { MetadataError, problemAt } from './problems.ts';

/** fast-xml-parser's `preserveOrder` shape: one entry a node, its name as the key. */
interface OrderedNode {
    readonly ':@'?: Readonly<Record<string, string>>;
    readonly [name: string]: readonly OrderedNode[] | string | Readonly<Record<string, string>> | undefined;
}

const CDATA = '#cdata';
const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
    // Decoded below: the parser leaves characters by number as they are.
    processEntities: false,
    cdataPropName: CDATA,
    captureMetaData: true,
});
const POSITION = XMLParser.getMetaDataSymbol().valueOf();

/** The file that elements belong to, and where each of its lines begins. */
class Origin {
    readonly #identity: Omit<Source, 'line' | 'column'>;
    readonly #firstLine: number;
    readonly #lineStarts: readonly number[];

    constructor(file: MetadataFile) {
        this.#identity = identityOf(file);
        this.#firstLine = file.firstLine;
        this.#lineStarts = [0, ...[...file.content.matchAll(/\n/g)].map(({ index }) => index + 1)];
    }

    at(offset: number): Source {
        const next = this.#lineStarts.findIndex((start) => start > offset);
        const line = (next === -1 ? this.#lineStarts.length : next) - 1;
        return this.line(line + 1, offset - (this.#lineStarts[line] ?? 0) + 1);
    }

    /** `line` counts within the content, from 1. */
    line(line: number, column: number | null): Source {
        return { ...this.#identity, line: line + this.#firstLine - 1, column };
    }
}

/** An element of a metadata file. Reading through `only` first makes sure that nothing in the file is ignored silently. */
export class XmlElement {
    readonly name: string;
    readonly text: string;
    readonly children: readonly XmlElement[];
    /** Offsets of `<name` and of what follows `</name>` in the file's content. */
    readonly start: number;
    readonly end: number;
    readonly attributes: ReadonlyMap<string, string>;
    readonly #origin: Origin;

    constructor(name: string, node: OrderedNode, origin: Origin) {
        const position: unknown = Reflect.get(node, POSITION);
        this.name = name;
        this.#origin = origin;
        this.start = offset(position, 'startIndex');
        this.end = offset(position, 'endIndex');
        const children: XmlElement[] = [];
        let text = '';
        for (const inner of contentOf(node, name)) {
            const cdata = contentOf(inner, CDATA)[0]?.['#text'];
            if (typeof inner['#text'] === 'string') {
                text += this.#decoded(inner['#text']);
            } else if (typeof cdata === 'string') {
                text += cdata;
            } else {
                children.push(...elementsOf(inner, origin));
            }
        }
        this.text = text;
        this.children = children;
        this.attributes = new Map(
            Object.entries(node[':@'] ?? {}).map(([key, value]) => [key.replace('@_', ''), this.#decoded(value)]),
        );
    }

    /** Where the element begins. */
    get source(): Source {
        return this.#origin.at(this.start);
    }

    /** In `shown` of the file, from 1. */
    get line(): number {
        return this.source.line ?? 1;
    }

    get column(): number {
        return this.source.column ?? 1;
    }

    attribute(name: string): string | null {
        return this.attributes.get(name) ?? null;
    }

    all(name: string): readonly XmlElement[] {
        return this.children.filter((child) => child.name === name);
    }

    one(name: string): XmlElement | null {
        const found = this.all(name);
        if (found[1]) {
            throw found[1].error(`<${name}> is there ${found.length} times; keep one.`);
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
            throw this.#childError(name, `<${name}> is "${value}"; write true or false.`);
        }
        return value === null ? otherwise : value === 'true';
    }

    integer(name: string): number | null {
        const value = this.string(name);
        if (value === null) {
            return null;
        }
        if (!/^-?\d+$/.test(value)) {
            throw this.#childError(name, `<${name}> is "${value}"; write a whole number.`);
        }
        return Number(value);
    }

    oneOf<const T extends string>(name: string, allowed: readonly T[], otherwise?: T): T {
        const value = this.string(name) ?? otherwise ?? this.requiredString(name);
        const found = allowed.find((candidate) => candidate === value);
        if (found === undefined) {
            throw this.#childError(name, `<${name}> is "${value}"; the local org supports ${allowed.join(', ')}.`);
        }
        return found;
    }

    /** Refuses children that are not named, in lists with spaces: what the local org does not know it does not ignore. */
    only(...lists: readonly string[]): this {
        const known = new Set(lists.flatMap((list) => list.split(' ')));
        const stranger = this.children.find((child) => !known.has(child.name));
        if (stranger) {
            throw stranger.error(
                `the local org does not support <${stranger.name}> in <${this.name}>. Remove it, or teach scripts/local-org/metadata to read it.`,
            );
        }
        return this;
    }

    problem(message: string): MetadataProblem {
        return problemAt(this.source, message);
    }

    error(message: string): MetadataError {
        return new MetadataError(this.source, message);
    }

    #childError(name: string, message: string): MetadataError {
        return (this.one(name) ?? this).error(message);
    }

    #decoded(text: string): string {
        return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
            const decoded = CHARACTERS[name] ?? (name.startsWith('#') ? characterByNumber(name.slice(1)) : undefined);
            if (decoded === undefined) {
                throw this.error(`is not well-formed XML: there is no character ${whole}.`);
            }
            return decoded;
        });
    }
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** `39` or `x27`; undefined for what XML has no character for. */
function characterByNumber(number: string): string | undefined {
    const code = Number(/^x/i.test(number) ? `0${number}` : number);
    const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff);
    return isCharacter && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}

function contentOf(node: OrderedNode, name: string): readonly OrderedNode[] {
    const content = node[name];
    return Array.isArray(content) ? (content as readonly OrderedNode[]) : [];
}

function elementsOf(node: OrderedNode, origin: Origin): readonly XmlElement[] {
    return Object.keys(node)
        .filter((key) => key !== ':@' && !key.startsWith('#'))
        .map((key) => new XmlElement(key, node, origin));
}

function offset(position: unknown, key: 'startIndex' | 'endIndex'): number {
    const value: unknown = typeof position === 'object' && position !== null ? Reflect.get(position, key) : undefined;
    return typeof value === 'number' ? value : 0;
}

function identityOf(file: MetadataFile): Omit<Source, 'line' | 'column'> {
    const { type, fullName } = identify(file.path);
    return { file: file.shown, type, fullName };
}

/** The file as a whole. */
export function sourceOf(file: MetadataFile): Source {
    return { ...identityOf(file), line: null, column: null };
}

const parsed = new WeakMap<MetadataFile, XmlElement | MetadataError>();

/** Each file is parsed once. */
function rootOrError(file: MetadataFile): XmlElement | MetadataError {
    const known = parsed.get(file);
    const root = known ?? parse(file);
    if (!known) {
        parsed.set(file, root);
    }
    return root;
}

/** The root of a metadata file; null when it is not well-formed: see `malformed`. */
export function parseXml(file: MetadataFile): XmlElement | null {
    const root = rootOrError(file);
    return root instanceof MetadataError ? null : root;
}

/** Why a file is not well-formed XML; empty when it is. */
export function malformed(file: MetadataFile): readonly MetadataProblem[] {
    const root = rootOrError(file);
    return root instanceof MetadataError ? root.problems : [];
}

function parse(file: MetadataFile): XmlElement | MetadataError {
    const origin = new Origin(file);
    const broken = (message: string, line = 1, column: number | null = null): MetadataError =>
        new MetadataError(origin.line(line, column), `is not well-formed XML: ${message}`);
    const doctype = file.content.search(/<!DOCTYPE/i);
    if (doctype >= 0 && doctype < file.content.search(/<[a-z]/i)) {
        return new MetadataError(origin.at(doctype), 'has a <!DOCTYPE>; metadata takes none. Remove it.');
    }
    const mistake = xmlMistake(file.content);
    if (mistake) {
        return broken(mistake.message, mistake.line, mistake.column);
    }
    try {
        const nodes: unknown = parser.parse(file.content);
        const roots = (Array.isArray(nodes) ? (nodes as readonly OrderedNode[]) : []).flatMap((node) =>
            elementsOf(node, origin),
        );
        const [root, second] = roots;
        return !root || second ? broken(`it has ${roots.length} root elements instead of one.`) : root;
    } catch (error) {
        return error instanceof MetadataError ? error : broken(error instanceof Error ? error.message : String(error));
    }
}

/** The root of a metadata file, which must be `<root>`. Throws MetadataError otherwise. */
export function readXml(file: MetadataFile, root: string): XmlElement {
    const element = rootOrError(file);
    if (element instanceof MetadataError) {
        throw element;
    }
    if (element.name !== root) {
        throw element.error(`has no <${root}> as its root; found <${element.name}>.`);
    }
    return element;
}

import type { MetadataFile, MetadataProblem } from '../files.ts';
import { identify } from '../kinds.ts';
import type { Schema } from '../schema.ts';
import { parseXml, type XmlElement } from '../xml.ts';

/** One piece of metadata: what it is called and its file's root. */
export interface Definition {
    readonly type: string;
    /** `Playbook__c.Key__c`, `Folder/Report`. */
    readonly fullName: string;
    readonly file: MetadataFile;
    readonly root: XmlElement;
}

/** What every check looks at: the schema, and the files as XML, which carries the lines. */
export interface Project {
    readonly schema: Schema;
    readonly files: readonly MetadataFile[];
    readonly of: (type: string) => readonly Definition[];
    readonly find: (type: string, fullName: string) => Definition | undefined;
}

/** A rule of a deploy, or several about the same kind of metadata. */
export type Check = (project: Project) => Iterable<MetadataProblem>;

/** Files that are not well-formed or lie in a wrong place are left out: reading them has its own messages. */
export function projectOf(schema: Schema, files: readonly MetadataFile[]): Project {
    const byType = new Map<string, Definition[]>();
    for (const file of files) {
        const { type, fullName, isDefinition, problem } = identify(file.path);
        const root = isDefinition && problem === null ? parseXml(file) : null;
        if (root) {
            byType.set(type, [...(byType.get(type) ?? []), { type, fullName, file, root }]);
        }
    }
    const of = (type: string): readonly Definition[] => byType.get(type) ?? [];
    return { schema, files, of, find: (type, name) => of(type).find(({ fullName }) => fullName === name) };
}

/** Text of the first child of that name; '' without one. Repeated elements are the element check's business. */
export function textOf(element: XmlElement | undefined, name: string): string {
    return element?.all(name)[0]?.text ?? '';
}

/** Where to point when something is wrong with a child: at it, or at its parent when it is missing. */
export function placeOf(element: XmlElement, name: string): XmlElement {
    return element.all(name)[0] ?? element;
}

/**
 * Words for a name that is not there. What the platform brings (`Opportunity`, `Account.SicDesc`, `standard-Case`) is there in a real org, so that the lack of it
 * is the local org's.
 */
export function absent(name: string, words: string): string {
    return name.includes('__')
        ? words
        : `the local org does not have the platform's ${name}, which a real org may have; take it out of the package.`;
}

/** `Playbook__c.Key__c` → Playbook__c, Key__c. */
export function objectAndPart(fullName: string): readonly [object: string, part: string] {
    const dot = fullName.indexOf('.');
    return dot < 0 ? [fullName, ''] : [fullName.slice(0, dot), fullName.slice(dot + 1)];
}

/** Every element below, itself first. */
export function* everyElement(element: XmlElement): Iterable<XmlElement> {
    yield element;
    for (const child of element.children) {
        yield* everyElement(child);
    }
}

/** Elements whose key came before among them. */
export function repeated(elements: readonly XmlElement[], key: (element: XmlElement) => string): readonly XmlElement[] {
    const seen = new Set<string>();
    return elements.filter((element) => {
        const name = key(element).toLowerCase();
        const isRepeated = name !== '' && seen.has(name);
        seen.add(name);
        return isRepeated;
    });
}

/** A problem inside an element's text: `position` is an offset in it, and moves the line. */
export function problemInText(
    { file }: Definition,
    element: XmlElement,
    position: number,
    message: string,
): MetadataProblem {
    const raw = file.content.slice(element.start, element.end);
    const lead = /^<[^>]*>(?:<!\[CDATA\[)?\s*/.exec(raw)?.[0] ?? '';
    const lines = (lead + element.text.slice(0, position)).split('\n').length - 1;
    // What a message quotes of a formula may go over several lines.
    const problem = element.problem(message.replace(/\s+/g, ' '));
    return lines === 0 || problem.line === null ? problem : { ...problem, line: problem.line + lines, column: null };
}

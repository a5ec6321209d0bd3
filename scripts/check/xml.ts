/** Metadata XML as a plain tree of elements. */
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { xmlMistake } from '../lib/xml-text.ts';

export interface XmlElement {
    readonly name: string;
    /** By qualified name, `xsi:type`. */
    readonly attributes: Readonly<Record<string, string>>;
    /** Text directly in it, white space kept. */
    readonly text: string;
    readonly children: readonly XmlElement[];
}

const TEXT = '#text';
const ATTRIBUTES = ':@';
const nodes = z.array(z.record(z.string(), z.unknown()));
const attributeMap = z.record(z.string(), z.string());
const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: true,
    ignoreDeclaration: true,
});

/** The root element. Throws with line and column when the text is not well-formed. */
export function parseXml(text: string): XmlElement {
    const mistake = xmlMistake(text);
    if (mistake) throw new Error(`line ${mistake.line}, column ${mistake.column}: ${mistake.message}`);
    const root = elementsOf(parser.parse(text)).at(0);
    if (root === undefined) throw new Error('no element in it');
    return root;
}

function elementsOf(content: unknown): XmlElement[] {
    return nodes.parse(content).flatMap((node) => {
        const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
        if (name === undefined || name.startsWith('?')) return [];
        const inside = nodes.parse(node[name]);
        return [
            {
                name,
                attributes: attributeMap.parse(node[ATTRIBUTES] ?? {}),
                text: inside.map((part) => (typeof part[TEXT] === 'string' ? part[TEXT] : '')).join(''),
                children: elementsOf(inside),
            },
        ];
    });
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
    return element.children.filter((child) => child.name === name);
}

/** Text of the first child of that name, without white space around it; undefined when there is none. */
export function valueOf(element: XmlElement, name: string): string | undefined {
    return element.children.find((child) => child.name === name)?.text.trim();
}

/** Texts of every child of that name. */
export function valuesOf(element: XmlElement, name: string): string[] {
    return childrenOf(element, name).map((child) => child.text.trim());
}

/** Every element of that name at any depth, in document order. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
    return element.children.flatMap((child) => [
        ...(child.name === name ? [child] : []),
        ...descendantsOf(child, name),
    ]);
}

import { closest } from 'fastest-levenshtein';
import { elementType, type ElementType } from './element-types.ts';
import type { MetadataFile, MetadataProblem } from './files.ts';
import { identify } from './kinds.ts';
import { malformed, parseXml, type XmlElement } from './xml.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const SCHEMA = 'http://www.w3.org/2001/XMLSchema';
/** Attributes of a root element, with the values they must have. */
const ROOT_ATTRIBUTES: Readonly<Record<string, string>> = {
    xmlns: NAMESPACE,
    'xmlns:xsi': `${SCHEMA}-instance`,
    'xmlns:xsd': SCHEMA,
};

/**
 * Holds a file in source format against the Metadata API's own types: well-formed, the root that its path asks for, no unknown, missing or repeated elements,
 * enum values, booleans, numbers. Empty for files that are not metadata XML. What refers to what is not looked at.
 */
export function checkElements(file: MetadataFile): readonly MetadataProblem[] {
    const identity = identify(file.path);
    if (identity.problem !== null || !identity.isDefinition) {
        return [];
    }
    const root = parseXml(file);
    if (!root) {
        return malformed(file);
    }
    const problems: MetadataProblem[] = [];
    const report = (element: XmlElement, message: string): void => {
        problems.push(element.problem(message));
    };
    const type = elementType(identity.type);
    if (type?.kind !== 'complex') {
        report(root, `the Metadata API has no type ${identity.type}.`);
    } else if (root.name !== type.name) {
        report(root, `The root is <${root.name}>; a file with this path and suffix has <${type.name}>.`);
    } else {
        checkRoot(root, report);
        checkChildren(root, type, report);
    }
    return problems;
}

type Report = (element: XmlElement, message: string) => void;

function checkRoot(root: XmlElement, report: Report): void {
    if (root.attribute('xmlns') !== NAMESPACE) {
        report(root, `<${root.name}> needs xmlns="${NAMESPACE}".`);
    }
    for (const [name, value] of root.attributes) {
        // A bundle's own description names it once more.
        if (ROOT_ATTRIBUTES[name] !== value && name !== 'xmlns' && name !== 'fqn') {
            report(root, `<${root.name}> takes no attribute ${name}="${value}"; remove it.`);
        }
    }
}

function checkChildren(
    element: XmlElement,
    type: Extract<ElementType, { readonly kind: 'complex' }>,
    report: Report,
): void {
    if (element.text !== '') {
        report(element, `Text "${shortened(element.text)}" is not allowed in <${element.name}>; remove it.`);
    }
    const seen = new Set<string>();
    let before = '';
    for (const child of element.children) {
        const known = type.children.get(child.name);
        if (!known) {
            report(
                child,
                `Element {${NAMESPACE}}${child.name} invalid at this location in type ${type.name}. Remove it, or correct its name.`,
            );
            continue;
        }
        if (seen.has(child.name) && !known.repeatable) {
            report(child, `Element ${child.name} is duplicated at this location in type ${type.name}; keep one.`);
        } else if (seen.has(child.name) && before !== child.name) {
            report(
                child,
                `Element ${child.name} is duplicated at this location in type ${type.name}; put all <${child.name}> one after the other, with nothing between them.`,
            );
        }
        before = child.name;
        seen.add(child.name);
        checkValue(child, known.type, report);
    }
    for (const [name, { required }] of type.children) {
        if (required && !seen.has(name)) {
            report(element, `Required field is missing: ${name}. Add <${name}> to <${element.name}>.`);
        }
    }
}

function checkValue(element: XmlElement, type: ElementType, report: Report): void {
    if (element.attribute('xsi:nil') === 'true') {
        return;
    }
    const { text } = element;
    if (type.kind === 'complex') {
        checkChildren(element, type, report);
        return;
    }
    if (type.kind !== 'any' && element.children.length > 0) {
        report(element, `<${element.name}> takes text only; remove <${element.children[0]?.name ?? ''}>.`);
    } else if (type.kind === 'enum' && !type.values.includes(text)) {
        report(
            element,
            `'${shortened(text)}' is not a valid value for the enum '${type.name}'. ${choices(type.values, text)}`,
        );
    } else if (type.kind === 'boolean' && !/^(true|false|0|1)$/.test(text)) {
        report(element, `'${shortened(text)}' is not a valid value for the type xsd:boolean; write true or false.`);
    } else if (type.kind === 'number' && !/^[+-]?\d+(\.\d+)?$/.test(text)) {
        report(element, `'${shortened(text)}' is not a valid number in <${element.name}>; write digits.`);
    } else if (type.kind === 'date' && !/^\d{4}-\d\d-\d\d$/.test(text)) {
        report(element, `'${shortened(text)}' is not a valid value for the type xsd:date; write YYYY-MM-DD.`);
    }
}

const MOST_NAMED = 12;
function choices(values: readonly string[], given: string): string {
    const nearest = closest(given, [...values]);
    return values.length <= MOST_NAMED
        ? `Use one of ${values.join(', ')}.`
        : `Did you mean '${nearest}'? The Metadata API guide lists all ${values.length} values.`;
}

function shortened(text: string): string {
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

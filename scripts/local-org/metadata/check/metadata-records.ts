import type { MetadataProblem } from '../files.ts';
import type { Field, FieldKind } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { placeOf, repeated, textOf, type Project } from './definitions.ts';

/** `xsi:type` of a value, by the type of its field; text without an entry. */
const XML_TYPES: Partial<Record<FieldKind, readonly string[]>> = {
    Checkbox: ['xsd:boolean'],
    Number: ['xsd:double', 'xsd:int'],
    Percent: ['xsd:double', 'xsd:int'],
    Date: ['xsd:date'],
    DateTime: ['xsd:dateTime'],
    Picklist: ['xsd:string', 'xsd:picklist'],
};
const SHAPES: Readonly<Record<string, RegExp>> = {
    'xsd:boolean': /^(true|false)$/,
    'xsd:double': /^-?\d+(\.\d+)?(E-?\d+)?$/i,
    'xsd:int': /^-?\d+$/,
    'xsd:date': /^\d{4}-\d\d-\d\d$/,
    'xsd:dateTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};

/** Records of custom metadata types: their fields exist, values have the fields' types, and required ones are there. */
export function* checkMetadataRecords(project: Project): Iterable<MetadataProblem> {
    for (const { root, fullName } of project.of('CustomMetadata')) {
        const typeName = `${fullName.slice(0, fullName.indexOf('.'))}__mdt`;
        const type = project.schema.objects.get(typeName);
        if (!type) {
            yield root.problem(
                `no custom metadata type ${typeName} found; a record is called Type.Name after its type.`,
            );
            continue;
        }
        const entries = root.all('values');
        for (const entry of repeated(entries, (one) => textOf(one, 'field'))) {
            yield entry.problem(`${textOf(entry, 'field')} has two values; keep one.`);
        }
        const filled = new Set<string>();
        for (const entry of entries) {
            const field = type.fields.get(textOf(entry, 'field'));
            if (!field?.custom) {
                yield placeOf(entry, 'field').problem(
                    `In field: field - no CustomField named ${typeName}.${textOf(entry, 'field')} found; add it or take it out.`,
                );
                continue;
            }
            const value = placeOf(entry, 'value');
            const wrong = valueProblem(field, value);
            if (wrong !== null) {
                yield value.problem(wrong);
            }
            if (value.text !== '') {
                filled.add(field.name);
            }
        }
        for (const field of type.fields.values()) {
            if (field.custom && field.required && field.kind !== 'Checkbox' && !filled.has(field.name)) {
                yield root.problem(`Required field missing: ${field.name}; add a value.`);
            }
        }
    }
}

function valueProblem(field: Field, value: XmlElement): string | null {
    const type = value.attribute('xsi:type');
    if (value.attribute('xsi:nil') === 'true') {
        return value.text === '' ? null : `${field.name} has xsi:nil and a value; take one of them out.`;
    }
    const types = XML_TYPES[field.kind] ?? ['xsd:string'];
    if (type === null || !types.includes(type)) {
        return `The value of ${field.name}, a ${field.kind}, ${type === null ? 'lacks xsi:type' : `has xsi:type ${type}`}; write xsi:type="${types[0] ?? ''}".`;
    }
    const { text } = value;
    if (text === '') {
        return null;
    }
    if (SHAPES[type]?.test(text) === false) {
        return `"${text}" is no value of ${field.name}, which is ${type}; write another.`;
    }
    if (
        field.kind === 'Picklist' &&
        field.restricted &&
        !field.picklist.some((one) => one.value === text && one.active)
    ) {
        return `bad value for restricted picklist field: ${text}; ${field.name} takes ${field.picklist.map((one) => one.value).join(', ')}.`;
    }
    if (field.length !== null && text.length > field.length) {
        return `${field.name}: data value too large: ${text.length} characters (max length=${field.length}); shorten it.`;
    }
    const [whole = '', fraction = ''] = text.replace('-', '').split('.');
    const isNumber = field.precision !== null && field.scale !== null;
    if (
        isNumber &&
        (whole.length > field.precision - field.scale || fraction.replace(/0+$/, '').length > field.scale)
    ) {
        return `${text} has more digits than ${field.name} takes: ${field.precision - field.scale} before the point, ${field.scale} after it.`;
    }
    return null;
}

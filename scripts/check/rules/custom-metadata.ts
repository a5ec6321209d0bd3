import { childrenOf, valueOf } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import type { FieldMetadata, Finding, MetadataFile, Project } from '../project.ts';

/** How a value of each field type is written in a record. */
const XSD: Readonly<Record<string, string>> = {
    Checkbox: 'xsd:boolean',
    Date: 'xsd:date',
    DateTime: 'xsd:dateTime',
    LongTextArea: 'xsd:string',
    MetadataRelationship: 'xsd:string',
    Number: 'xsd:double',
    Percent: 'xsd:double',
    Picklist: 'xsd:string',
    Text: 'xsd:string',
    TextArea: 'xsd:string',
    Url: 'xsd:string',
};

/** Records of custom metadata fill every field of their type, blank ones too, so that a deploy leaves nothing of an older record behind. */
export function customMetadata(project: Project): Finding[] {
    return project.metadata('md').flatMap((record) => {
        const type = `${record.name.split('.')[0] ?? ''}__mdt`;
        const fields = project.fields.get(type);
        if (fields === undefined) {
            return [{ file: record.path, what: `is a record of ${type}, which is not there`, todo: 'rename it' }];
        }
        const values = new Map(
            childrenOf(record.root, 'values').map((entry) => [valueOf(entry, 'field') ?? '', entry] as const),
        );
        const strangers = [...values.keys()].filter((name) => !fields.has(name));
        return [
            ...strangers.map((name) => say(record, `fills ${name}, which ${type} does not have`, 'remove it')),
            ...[...fields.values()].flatMap((field) => valueProblems(record, field, values.get(field.name))),
        ];
    });
}

function valueProblems(record: MetadataFile, field: FieldMetadata, entry: XmlElement | undefined): Finding[] {
    if (entry === undefined) return [say(record, `leaves out ${field.name}`, 'add it, with xsi:nil="true" when blank')];
    const value = childrenOf(entry, 'value').at(0);
    if (value === undefined || value.attributes['xsi:nil'] === 'true') {
        if (field.type === 'Checkbox') {
            return [say(record, `${field.name} is blank`, 'a checkbox is true or false: write false as xsd:boolean')];
        }
        return field.alwaysVisible ? [say(record, `${field.name} is blank, yet required`, 'fill it')] : [];
    }
    const expected = XSD[field.type];
    const actual = value.attributes['xsi:type'];
    if (expected === undefined) {
        return [say(record, `${field.name} has the type ${field.type}`, 'teach this rule how it is written')];
    }
    if (actual !== expected) {
        return [say(record, `${field.name} is written as ${actual ?? 'nothing'}`, `write it as ${expected}`)];
    }
    return [...contentProblems(record, field, value.text)];
}

function contentProblems(record: MetadataFile, field: FieldMetadata, text: string): Finding[] {
    const limit = Number(valueOf(field.root, 'length') ?? Number.POSITIVE_INFINITY);
    if (text.length > limit) {
        return [say(record, `${field.name} has ${text.length} characters`, `keep it to ${limit}`)];
    }
    const { picklistValues: known } = field;
    if (known.length > 0 && !known.includes(text)) {
        return [say(record, `${field.name} is ${text}, none of its values`, `choose among ${known.join(', ')}`)];
    }
    if (field.type === 'Checkbox' && text !== 'true' && text !== 'false') {
        return [say(record, `${field.name} is ${text}`, 'write true or false')];
    }
    if ((field.type === 'Number' || field.type === 'Percent') && !Number.isFinite(Number(text))) {
        return [say(record, `${field.name} is ${text}`, 'write a number')];
    }
    return [];
}

function say(record: MetadataFile, what: string, todo: string): Finding {
    return { file: record.path, what, todo };
}

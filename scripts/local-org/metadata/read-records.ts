import type { MetadataFile } from './files.ts';
import type { Field, MetadataRecord, ObjectType } from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

/** Reads one `Type.Name.md-meta.xml`. `Type` in the file's name is without `__mdt`. */
export function readMetadataRecord(file: MetadataFile, objects: ReadonlyMap<string, ObjectType>): MetadataRecord {
    const xml = readXml(file, 'CustomMetadata').only('label', 'description', 'protected', 'values');
    const match = /^(\w+)\.(\w+)$/.exec(xml.source.fullName);
    const object = match ? objects.get(`${match[1]}__mdt`) : undefined;
    if (!match?.[2] || !object) {
        throw xml.error('must be called Type.Name.md-meta.xml after a custom metadata type of the project.');
    }
    const values: Record<string, string | number | boolean | null> = {};
    for (const entry of xml.all('values')) {
        const name = entry.only('field', 'value').requiredString('field');
        const field = object.fields.get(name);
        if (!field || !field.custom) {
            throw entry.error(`${object.name} has no field ${name}.`);
        }
        values[name] = valueOf(entry.one('value'), field);
    }
    return {
        type: object.name,
        developerName: match[2],
        label: xml.requiredString('label'),
        values,
        source: xml.source,
    };
}

function valueOf(value: XmlElement | null, field: Field): string | number | boolean | null {
    if (!value || value.attribute('xsi:nil') === 'true') {
        return field.kind === 'Checkbox' ? false : null;
    }
    const type = value.attribute('xsi:type');
    if (!type) {
        throw value.error(`<value> of ${field.name} lacks xsi:type; a deploy would fail.`);
    }
    if (value.text === '') {
        return null;
    }
    switch (field.kind) {
        case 'Checkbox':
            if (type !== 'xsd:boolean' || (value.text !== 'true' && value.text !== 'false')) {
                throw value.error(`${field.name} must be true or false with xsi:type xsd:boolean.`);
            }
            return value.text === 'true';
        case 'Number':
        case 'Percent':
        case 'Currency': {
            const number = Number(value.text);
            if (!Number.isFinite(number) || (type !== 'xsd:double' && type !== 'xsd:int')) {
                throw value.error(`${field.name} must be a number with xsi:type xsd:double.`);
            }
            return number;
        }
        default:
            return value.text;
    }
}

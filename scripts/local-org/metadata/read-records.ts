import type { MetadataFile } from './files.ts';
import type { Field, MetadataRecord, ObjectType } from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

/** Reads one `Type.Name.md-meta.xml`. `Type` in the file's name is without `__mdt`. */
export function readMetadataRecord(file: MetadataFile, objects: ReadonlyMap<string, ObjectType>): MetadataRecord {
    const xml = readXml(file, 'CustomMetadata').only('label description protected values');
    const [typeName = '', developerName = ''] = xml.source.fullName.split('.');
    const type = `${typeName}__mdt`;
    const values: Record<string, string | number | boolean | null> = {};
    for (const entry of xml.all('values')) {
        const name = entry.only('field value').requiredString('field');
        const field = objects.get(type)?.fields.get(name);
        if (field) {
            values[name] = valueOf(entry.one('value'), field);
        }
    }
    return { type, developerName, label: xml.requiredString('label'), values, source: xml.source };
}

function valueOf(value: XmlElement | null, field: Field): string | number | boolean | null {
    const text = value?.text ?? '';
    if (field.kind === 'Checkbox') {
        return text === 'true';
    }
    if (text === '') {
        return null;
    }
    return field.kind === 'Number' || field.kind === 'Percent' ? Number(text) : text;
}

import { XMLBuilder } from 'fast-xml-parser';
import type { Field, ObjectType } from '../metadata/schema.ts';
import type { StoreContext } from './context.ts';
import { quoted, text } from './database.ts';
import type { KeptFile } from './metadata-files.ts';
import { editedRecords, metadataRecords, type StoredMetadataRecord } from './metadata-records.ts';
import type { Session } from './session.ts';
import { isNumber } from './values.ts';

/** `customMetadata/Type.Name.md-meta.xml` */
export function recordPath(type: string, developerName: string): string {
    return `customMetadata/${type.replace(/__mdt$/, '')}.${developerName}.md-meta.xml`;
}

/** The files with what an admin made of custom metadata records in Setup: on the platform the record is the metadata. */
export function withSetupEdits(context: StoreContext, system: Session, kept: readonly KeptFile[]): readonly KeptFile[] {
    const files = new Map(kept.map((file) => [file.path, file]));
    for (const { type, developerName, state } of editedRecords(context)) {
        const path = recordPath(type, developerName);
        const object = context.schema.objects.get(type);
        const [record] = object ? metadataRecords(context, system, object, developerName) : [];
        if (state === 'deleted') {
            files.delete(path);
        } else if (object && record) {
            files.set(path, {
                path,
                shown: path.replace('-meta.xml', ''),
                content: recordXml(object, record),
                firstLine: 1,
                origin: files.get(path)?.origin ?? 'deploy',
                modifiedAt:
                    text(context.db, `SELECT "SystemModstamp" FROM ${quoted(type)} WHERE "Id" = ?`, record.id) ?? '',
                modifiedBy: system.userId,
            });
        }
    }
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- the builder moved to another package; this one still has it
const builder = new XMLBuilder({
    ignoreAttributes: false,
    suppressBooleanAttributes: false,
    format: true,
    indentBy: '    ',
});

function recordXml(object: ObjectType, { label, values }: StoredMetadataRecord): string {
    const fields = [...object.fields.values()].filter((field) => field.custom);
    return builder.build({
        '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
        CustomMetadata: {
            '@_xmlns': 'http://soap.sforce.com/2006/04/metadata',
            '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
            '@_xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
            label,
            protected: false,
            values: fields.map((field) => ({ field: field.name, value: valueXml(field, values[field.name] ?? null) })),
        },
    });
}

function valueXml(field: Field, value: string | number | boolean | null): Readonly<Record<string, unknown>> {
    return value === null ? { '@_xsi:nil': 'true' } : { '@_xsi:type': xsdType(field), '#text': value };
}

function xsdType({ kind }: Field): string {
    if (isNumber(kind)) {
        return 'xsd:double';
    }
    const others: Partial<Record<Field['kind'], string>> = {
        Checkbox: 'xsd:boolean',
        Date: 'xsd:date',
        DateTime: 'xsd:dateTime',
    };
    return others[kind] ?? 'xsd:string';
}

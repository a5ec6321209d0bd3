/** Account fields: which to read, what type each is, and their values by path. */
import type { FieldType, Value } from 'c/formula';
import type { FieldTypes } from 'c/playbookEngine';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { RecordRepresentation } from 'lightning/uiRecordApi';

/** UI API data types that rules know; a field of any other type cannot be named in a rule. */
const TYPES: Readonly<Record<string, FieldType['type']>> = {
    String: 'Text',
    TextArea: 'Text',
    Email: 'Text',
    Phone: 'Text',
    Url: 'Text',
    Reference: 'Id',
    Double: 'Number',
    Int: 'Number',
    Percent: 'Percent',
    Currency: 'Currency',
    Date: 'Date',
    DateTime: 'DateTime',
    Time: 'Time',
    Boolean: 'Checkbox',
    Picklist: 'Picklist',
    MultiPicklist: 'MultiPicklist',
};

/** Objects that lookups of the Account lead to along `paths`, so that their fields can be typed. */
export function objectsAlong(paths: readonly string[], account: ObjectInfo): readonly string[] {
    const relationships = new Set(paths.filter((path) => path.includes('.')).map((path) => path.split('.')[0] ?? ''));
    const found = Object.values(account.fields).flatMap((field) =>
        field?.relationshipName && relationships.has(field.relationshipName)
            ? (field.referenceToInfos[0]?.apiName ?? [])
            : [],
    );
    return [...new Set(found)];
}

/** Types of all Account fields, and of the fields of the given parents under `Relationship__r.`. */
export function fieldTypesOf(infos: readonly ObjectInfo[]): FieldTypes {
    const account = infos.find((info) => info.apiName === 'Account');
    const types: Record<string, FieldType> = {};
    if (!account) return types;
    const add = (info: ObjectInfo, prefix: string): void => {
        for (const field of Object.values(info.fields)) {
            const type = field && TYPES[field.dataType];
            if (field && type) types[prefix + field.apiName] = { type, label: field.label };
        }
    };
    add(account, '');
    for (const field of Object.values(account.fields)) {
        const parent = infos.find((info) => info.apiName === field?.referenceToInfos[0]?.apiName);
        if (field?.relationshipName && parent) add(parent, `${field.relationshipName}.`);
    }
    return types;
}

/** A record's values by path; a path that was not read is missing, a blank value is null. */
export function valuesOf(record: RecordRepresentation, paths: readonly string[]): Readonly<Record<string, Value>> {
    const values: Record<string, Value> = {};
    for (const path of paths) {
        let current: RecordRepresentation | null | undefined = record;
        const parts = path.split('.');
        const last = parts.pop() ?? '';
        for (const part of parts) {
            const next: unknown = current?.fields[part]?.value;
            current = typeof next === 'object' ? (next as RecordRepresentation | null) : undefined;
        }
        const held = current?.fields[last]?.value;
        if (held === null || current === null) values[path] = null;
        else if (held !== undefined && typeof held !== 'object') values[path] = held === '' ? null : held;
    }
    return values;
}

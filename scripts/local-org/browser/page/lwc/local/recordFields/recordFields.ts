/** What a field of a record holds, as a page shows it. */
import type { FieldInfo, ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, type RecordRepresentation } from 'lightning/uiRecordApi';
import { formatValue } from 'local/formatting';
import { hrefOf } from 'local/router';

export interface ShownField {
    readonly name: string;
    readonly label: string;
    readonly help: string | undefined;
    readonly text: string;
    readonly href: string | undefined;
    /** Opens outside the app. */
    readonly external: string | undefined;
}

/** What to ask `getRecord` for, with the names of the records that lookups point to. */
export function fieldPaths(info: ObjectInfo, names: readonly string[]): string[] {
    return names.flatMap((name) => {
        const field = info.fields[name];
        const parent = field && parentNamePath(field);
        return [name, ...(parent ? [parent] : [])].map((path) => `${info.apiName}.${path}`);
    });
}

export function shownField(
    info: ObjectInfo,
    field: FieldInfo,
    label: string,
    record: RecordRepresentation,
): ShownField {
    const value = getFieldValue(record, `${info.apiName}.${field.apiName}`);
    const raw = typeof value === 'object' ? null : value;
    const parent = parentNamePath(field);
    const parentName = parent ? getFieldValue(record, `${info.apiName}.${parent}`) : undefined;
    const text = typeof parentName === 'string' ? parentName : formatValue(raw, field.dataType);
    return {
        name: field.apiName,
        label,
        help: field.inlineHelpText ?? undefined,
        text,
        href: parent && typeof raw === 'string' ? hrefOf({ page: 'record', recordId: raw }) : undefined,
        external: externalLink(field.dataType, text),
    };
}

export const isLong = (field: FieldInfo): boolean => field.dataType === 'TextArea' && field.length > 255;

/** Conditions written in the formula language are read as code. */
export const isFormulaText = (field: FieldInfo): boolean => isLong(field) && field.apiName.endsWith('_When__c');

/** By the object's own name field, `Name` for most. */
export const nameField = (info: ObjectInfo): string =>
    info.nameFields.includes('Name') ? 'Name' : (info.nameFields[0] ?? 'Id');

function parentNamePath(field: FieldInfo): string | undefined {
    if (!field.reference || !field.relationshipName) return undefined;
    const names = field.referenceToInfos[0]?.nameFields ?? [];
    return `${field.relationshipName}.${names.includes('Name') || !names[0] ? 'Name' : names[0]}`;
}

function externalLink(dataType: string, text: string): string | undefined {
    if (!text) return undefined;
    if (dataType === 'Email') return `mailto:${text}`;
    if (dataType === 'Phone') return `tel:${text.replace(/[^+\d]/g, '')}`;
    if (dataType === 'Url' && /^https?:\/\//i.test(text)) return text;
    return undefined;
}

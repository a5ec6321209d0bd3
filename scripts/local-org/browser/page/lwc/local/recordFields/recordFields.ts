/** Which fields of a record a page shows, and what they hold. */
import type { FieldInfo, ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, type RecordRepresentation } from 'lightning/uiRecordApi';
import { formatValue } from 'local/formatting';
import { hrefOf } from 'local/router';

const SYSTEM = ['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate'];
const HIDDEN = new Set([
    'Id',
    'IsDeleted',
    'SystemModstamp',
    'RecordTypeId',
    'CurrencyIsoCode',
    'LastViewedDate',
    'LastReferencedDate',
]);
/** Compact layouts of standard objects; others show their first short fields. */
const HIGHLIGHTS: Readonly<Record<string, readonly string[]>> = {
    Account: ['Industry', 'Phone', 'Website', 'OwnerId'],
    Contact: ['Title', 'AccountId', 'Phone', 'Email'],
    Case: ['Status', 'AccountId', 'CreatedDate'],
};

export interface ShownField {
    readonly name: string;
    readonly label: string;
    readonly help: string | undefined;
    readonly text: string;
    readonly href: string | undefined;
    /** Opens outside the app. */
    readonly external: string | undefined;
    readonly long: boolean;
}

/** The name first, then as the object's description orders them. */
export function businessFields(info: ObjectInfo): FieldInfo[] {
    const fields = visible(info).filter(({ apiName }) => !SYSTEM.includes(apiName));
    const isName = ({ apiName }: FieldInfo): boolean => apiName === nameField(info);
    return [...fields.filter(isName), ...fields.filter((field) => !isName(field))];
}
export const systemFields = (info: ObjectInfo): FieldInfo[] =>
    SYSTEM.flatMap((name) => visible(info).find(({ apiName }) => apiName === name) ?? []);

export function highlightFields(info: ObjectInfo): FieldInfo[] {
    const named = HIGHLIGHTS[info.apiName];
    if (named) return named.flatMap((name) => info.fields[name] ?? []);
    return businessFields(info)
        .filter((field) => !isLong(field) && !info.nameFields.includes(field.apiName) && field.apiName !== 'OwnerId')
        .slice(0, 5);
}

/** What to ask `getRecord` for, with the names of the records that lookups point to. */
export function fieldPaths(info: ObjectInfo, fields: readonly FieldInfo[]): string[] {
    return fields.flatMap((field) => {
        const parent = parentNamePath(field);
        return [field.apiName, ...(parent ? [parent] : [])].map((path) => `${info.apiName}.${path}`);
    });
}

export function shownField(info: ObjectInfo, field: FieldInfo, record: RecordRepresentation): ShownField {
    const value = getFieldValue(record, `${info.apiName}.${field.apiName}`);
    const raw = typeof value === 'object' ? null : value;
    const parent = parentNamePath(field);
    const parentName = parent ? getFieldValue(record, `${info.apiName}.${parent}`) : undefined;
    const text = typeof parentName === 'string' ? parentName : formatValue(raw, field.dataType);
    return {
        name: field.apiName,
        // The platform's pages name a lookup after the record, not after its id.
        label: field.reference ? field.label.replace(/ ID$/, '') : field.label,
        help: field.inlineHelpText ?? undefined,
        text,
        href: parent && typeof raw === 'string' ? hrefOf({ page: 'record', recordId: raw }) : undefined,
        external: externalLink(field.dataType, text),
        long: isLong(field),
    };
}

export const isLong = (field: FieldInfo): boolean => field.dataType === 'TextArea' && field.length > 255;

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

function visible(info: ObjectInfo): FieldInfo[] {
    return Object.values(info.fields).filter(
        (field): field is FieldInfo =>
            field !== undefined &&
            !HIDDEN.has(field.apiName) &&
            !['Address', 'Location', 'ComplexValue'].includes(field.dataType),
    );
}

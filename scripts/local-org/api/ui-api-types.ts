import type { FieldKind } from '../metadata/schema.ts';

/** `dataType` of the UI API. */
export const DATA_TYPES: Readonly<Record<FieldKind, string>> = {
    Id: 'Reference',
    Lookup: 'Reference',
    MasterDetail: 'Reference',
    Text: 'String',
    AutoNumber: 'String',
    TextArea: 'TextArea',
    LongTextArea: 'TextArea',
    Email: 'Email',
    Phone: 'Phone',
    Url: 'Url',
    Number: 'Double',
    Currency: 'Currency',
    Percent: 'Percent',
    Date: 'Date',
    DateTime: 'DateTime',
    Checkbox: 'Boolean',
    Picklist: 'Picklist',
    MultiselectPicklist: 'MultiPicklist',
};

/** The record type that every record without record types has. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

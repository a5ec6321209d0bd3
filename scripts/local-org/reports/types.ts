import type { FieldKind } from '../metadata/schema.ts';

/** `dataType` of the Reports API by kind of field. */
export const API_TYPES: Readonly<Record<FieldKind, string>> = {
    Id: 'id',
    Text: 'string',
    TextArea: 'textarea',
    LongTextArea: 'textarea',
    Email: 'email',
    Phone: 'phone',
    Url: 'url',
    Number: 'double',
    Currency: 'currency',
    Percent: 'percent',
    Date: 'date',
    DateTime: 'datetime',
    Checkbox: 'boolean',
    Picklist: 'picklist',
    MultiselectPicklist: 'multipicklist',
    AutoNumber: 'string',
    Lookup: 'string',
    MasterDetail: 'string',
};

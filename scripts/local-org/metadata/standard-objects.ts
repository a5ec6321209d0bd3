import type { Source } from './files.ts';
import type { Field, FieldKind, ObjectType, PicklistValue, Reference, SharingModel } from './schema.ts';

/**
 * The standard objects that the project's paths use, with the fields they use: a readable table rather than the platform's hundreds of columns.
 * What is not here the local org answers as a field that does not exist.
 */

/** What no file of the project defines. */
export const BUILT_IN: Source = { file: 'built in', type: '', fullName: '', line: null, column: null };

const NOTHING_SPECIAL = {
    description: null,
    help: null,
    required: false,
    unique: 'no',
    externalId: false,
    length: null,
    precision: null,
    scale: null,
    visibleLines: null,
    defaultValue: null,
    picklist: [],
    restricted: false,
    reference: null,
    formula: null,
    summary: null,
    autoNumberFormat: null,
    readOnly: false,
    audit: false,
    custom: false,
    source: BUILT_IN,
} as const satisfies Omit<Field, 'name' | 'label' | 'kind'>;

/** A field without anything special; callers name what differs. */
export function field(name: string, label: string, kind: FieldKind, special: Partial<Field> = {}): Field {
    return { ...NOTHING_SPECIAL, name, label, kind, ...special };
}

const text = (name: string, label: string, length: number, special: Partial<Field> = {}): Field =>
    field(name, label, 'Text', { length, ...special });

const values = (...entries: readonly string[]): readonly PicklistValue[] =>
    entries.map((value) => ({ value, label: value, active: true }));

export function lookup(
    name: string,
    label: string,
    to: string,
    relationshipName: string | null,
    children: { readonly name: string; readonly label: string } | null = null,
    special: Partial<Field> = {},
): Field {
    const reference: Reference = {
        to,
        relationshipName,
        childRelationshipName: children?.name ?? null,
        childRelationshipLabel: children?.label ?? null,
        onDelete: 'SetNull',
        writeRequiresMasterRead: false,
        reparentable: true,
    };
    return field(name, label, 'Lookup', { reference, ...special });
}

/** Id and audit fields: every object but custom metadata has them. */
export function platformFields(options: { readonly owner: boolean }): readonly Field[] {
    const written = { readOnly: true, audit: true };
    return [
        field('Id', 'Record ID', 'Id', { readOnly: true }),
        ...(options.owner ? [lookup('OwnerId', 'Owner ID', 'User', 'Owner', null, { required: true })] : []),
        field('CreatedDate', 'Created Date', 'DateTime', written),
        lookup('CreatedById', 'Created By ID', 'User', 'CreatedBy', null, written),
        field('LastModifiedDate', 'Last Modified Date', 'DateTime', written),
        lookup('LastModifiedById', 'Last Modified By ID', 'User', 'LastModifiedBy', null, written),
        field('SystemModstamp', 'System Modstamp', 'DateTime', { readOnly: true }),
    ];
}

/** What a record of a custom metadata type has by itself. */
export function metadataTypeFields(): readonly Field[] {
    return [
        field('Id', 'Custom Metadata Record ID', 'Id', { readOnly: true }),
        text('DeveloperName', 'Custom Metadata Record Name', 40, { required: true, unique: 'case-insensitive' }),
        text('MasterLabel', 'Label', 40, { required: true }),
        text('Label', 'Label', 40, { readOnly: true, formula: { source: 'MasterLabel', blanks: 'blank' } }),
        text('QualifiedApiName', 'Qualified API Name', 70, {
            readOnly: true,
            formula: { source: 'DeveloperName', blanks: 'blank' },
        }),
        text('NamespacePrefix', 'Namespace Prefix', 15, { readOnly: true }),
        field('IsProtected', 'Protected Component', 'Checkbox', { readOnly: true }),
        text('Language', 'Master Language', 40, { readOnly: true }),
        field('SystemModstamp', 'System Modstamp', 'DateTime', { readOnly: true }),
    ];
}

interface StandardObject {
    readonly label: string;
    readonly pluralLabel: string;
    readonly keyPrefix: string;
    readonly sharing: SharingModel;
    readonly owner?: boolean;
    /** The platform's own compact layout, as far as its fields are here. */
    readonly compact?: readonly string[];
    readonly fields: readonly Field[];
}

const PERSON_NAME = {
    readOnly: true,
    formula: { source: 'TRIM(FirstName & " " & LastName)', blanks: 'blank' },
} as const;

const INDUSTRIES = values(
    ...'Agriculture, Banking, Biotechnology, Communications, Construction, Consulting, Education, Electronics, Energy, Engineering, Finance, Food & Beverage, Government'.split(
        ', ',
    ),
    ...'Healthcare, Hospitality, Insurance, Machinery, Manufacturing, Media, Not For Profit, Other, Retail, Technology, Telecommunications, Transportation, Utilities'.split(
        ', ',
    ),
);

const STANDARD_OBJECTS: Readonly<Record<string, StandardObject>> = {
    Organization: {
        label: 'Organization',
        pluralLabel: 'Organizations',
        keyPrefix: '00D',
        sharing: 'Read',
        fields: [
            text('Name', 'Name', 80),
            text('InstanceName', 'Instance Name', 5),
            text('OrganizationType', 'Edition', 40),
            text('TimeZoneSidKey', 'Time Zone', 40),
            text('DefaultLocaleSidKey', 'Locale', 40),
            text('NamespacePrefix', 'Namespace Prefix', 15),
            field('IsSandbox', 'Is Sandbox', 'Checkbox'),
            field('TrialExpirationDate', 'Trial Expiration Date', 'DateTime'),
        ],
    },
    Profile: {
        label: 'Profile',
        pluralLabel: 'Profiles',
        keyPrefix: '00e',
        sharing: 'Read',
        fields: [text('Name', 'Name', 255, { required: true })],
    },
    User: {
        label: 'User',
        pluralLabel: 'Users',
        keyPrefix: '005',
        sharing: 'Read',
        compact: ['Name', 'Title', 'Email'],
        fields: [
            text('Username', 'Username', 80, { required: true, unique: 'case-insensitive' }),
            text('FirstName', 'First Name', 40),
            text('LastName', 'Last Name', 80, { required: true }),
            text('Name', 'Full Name', 121, PERSON_NAME),
            text('Title', 'Title', 80),
            field('Email', 'Email', 'Email', { length: 128, required: true }),
            field('IsActive', 'Active', 'Checkbox', { defaultValue: 'true' }),
            // Follows from the licence of the profile.
            field('UserType', 'User Type', 'Picklist', { picklist: values('Standard'), readOnly: true }),
            text('TimeZoneSidKey', 'Time Zone', 40),
            text('LocaleSidKey', 'Locale', 40),
            text('LanguageLocaleKey', 'Language', 40),
            lookup('ProfileId', 'Profile ID', 'Profile', 'Profile'),
        ],
    },
    PermissionSet: {
        label: 'Permission Set',
        pluralLabel: 'Permission Sets',
        keyPrefix: '0PS',
        sharing: 'Read',
        fields: [
            text('Name', 'Permission Set Name', 80, { required: true, unique: 'case-insensitive' }),
            text('Label', 'Permission Set Label', 80),
            text('NamespacePrefix', 'Namespace Prefix', 15),
        ],
    },
    PermissionSetAssignment: {
        label: 'Permission Set Assignment',
        pluralLabel: 'Permission Set Assignments',
        keyPrefix: '0Pa',
        sharing: 'Read',
        fields: [
            lookup('AssigneeId', 'Assignee ID', 'User', 'Assignee', null, { required: true }),
            lookup('PermissionSetId', 'PermissionSet ID', 'PermissionSet', 'PermissionSet', null, { required: true }),
        ],
    },
    // One record for each that is deployed; the definitions are in the metadata.
    Report: {
        label: 'Report',
        pluralLabel: 'Reports',
        keyPrefix: '00O',
        sharing: 'Read',
        fields: [
            text('Name', 'Report Name', 40),
            text('DeveloperName', 'Report Unique Name', 80),
            text('FolderName', 'Folder Name', 256),
            text('Description', 'Description', 255),
            field('Format', 'Format', 'Picklist', { picklist: values('Tabular', 'Summary', 'Matrix') }),
        ],
    },
    Dashboard: {
        label: 'Dashboard',
        pluralLabel: 'Dashboards',
        keyPrefix: '01Z',
        sharing: 'Read',
        fields: [
            text('Title', 'Title', 80),
            text('DeveloperName', 'Dashboard Unique Name', 80),
            text('FolderName', 'Folder Name', 256),
            text('Description', 'Description', 255),
        ],
    },
    Account: {
        label: 'Account',
        pluralLabel: 'Accounts',
        keyPrefix: '001',
        sharing: 'Private',
        owner: true,
        compact: ['Name', 'Industry', 'Phone', 'Website', 'OwnerId'],
        fields: [
            text('Name', 'Account Name', 255, { required: true }),
            field('Industry', 'Industry', 'Picklist', { picklist: INDUSTRIES }),
            field('Type', 'Account Type', 'Picklist', { picklist: values('Prospect', 'Customer', 'Partner', 'Other') }),
            field('Phone', 'Account Phone', 'Phone', { length: 40 }),
            field('Website', 'Website', 'Url', { length: 255 }),
            field('NumberOfEmployees', 'Employees', 'Number', { precision: 8, scale: 0 }),
            text('BillingCity', 'Billing City', 40),
            text('BillingCountry', 'Billing Country', 80),
            field('Description', 'Account Description', 'LongTextArea', { length: 32_000, visibleLines: 6 }),
            lookup('ParentId', 'Parent Account ID', 'Account', 'Parent', {
                name: 'ChildAccounts',
                label: 'Child Accounts',
            }),
            field('LastActivityDate', 'Last Activity', 'Date', { readOnly: true, audit: true }),
        ],
    },
    Contact: {
        label: 'Contact',
        pluralLabel: 'Contacts',
        keyPrefix: '003',
        sharing: 'ControlledByParent',
        owner: true,
        compact: ['Name', 'Title', 'AccountId', 'Phone', 'Email'],
        fields: [
            lookup('AccountId', 'Account ID', 'Account', 'Account', { name: 'Contacts', label: 'Contacts' }),
            text('FirstName', 'First Name', 40),
            text('LastName', 'Last Name', 80, { required: true }),
            text('Name', 'Full Name', 121, PERSON_NAME),
            text('Title', 'Title', 128),
            field('Email', 'Email', 'Email', { length: 80 }),
            field('Phone', 'Business Phone', 'Phone', { length: 40 }),
        ],
    },
    Task: {
        label: 'Task',
        pluralLabel: 'Tasks',
        keyPrefix: '00T',
        sharing: 'ControlledByParent',
        owner: true,
        compact: ['Subject', 'ActivityDate', 'Status', 'WhoId', 'OwnerId'],
        fields: [
            text('Subject', 'Subject', 255),
            field('Status', 'Status', 'Picklist', {
                picklist: values('Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'),
                defaultValue: '"Not Started"',
                required: true,
            }),
            field('Priority', 'Priority', 'Picklist', {
                picklist: values('High', 'Normal', 'Low'),
                defaultValue: '"Normal"',
                required: true,
            }),
            field('TaskSubtype', 'Task Subtype', 'Picklist', { picklist: values('Task', 'Call'), restricted: true }),
            field('ActivityDate', 'Due Date Only', 'Date'),
            field('Description', 'Description', 'LongTextArea', { length: 32_000, visibleLines: 6 }),
            // On the platform these two lead to many objects; here to the ones that the product logs calls with.
            lookup('WhatId', 'Related To ID', 'Account', null),
            lookup('WhoId', 'Name ID', 'Contact', null),
            lookup('AccountId', 'Account ID', 'Account', 'Account', null, { readOnly: true }),
            field('IsClosed', 'Closed', 'Checkbox', {
                readOnly: true,
                formula: { source: 'ISPICKVAL(Status, "Completed")', blanks: 'blank' },
            }),
        ],
    },
    Case: {
        label: 'Case',
        pluralLabel: 'Cases',
        keyPrefix: '500',
        sharing: 'ControlledByParent',
        owner: true,
        compact: ['CaseNumber', 'Subject', 'Status', 'Priority', 'AccountId', 'CreatedDate'],
        fields: [
            field('CaseNumber', 'Case Number', 'AutoNumber', {
                readOnly: true,
                autoNumberFormat: '{00000000}',
                length: 30,
            }),
            lookup('AccountId', 'Account ID', 'Account', 'Account', { name: 'Cases', label: 'Cases' }),
            lookup('ContactId', 'Contact ID', 'Contact', 'Contact', { name: 'Cases', label: 'Cases' }),
            text('Subject', 'Subject', 255),
            field('Status', 'Status', 'Picklist', {
                picklist: values('New', 'Working', 'Escalated', 'Closed'),
                defaultValue: '"New"',
            }),
            field('Priority', 'Priority', 'Picklist', {
                picklist: values('High', 'Medium', 'Low'),
                defaultValue: '"Medium"',
            }),
            field('IsClosed', 'Closed', 'Checkbox', {
                readOnly: true,
                formula: { source: 'ISPICKVAL(Status, "Closed")', blanks: 'blank' },
            }),
        ],
    },
};

/** The built-in objects by API name; fields in the order of the table, platform fields around them. */
export function standardObjects(): Map<string, ObjectType> {
    return new Map(
        Object.entries(STANDARD_OBJECTS).map(([name, object]) => {
            const fields = [...platformFields({ owner: object.owner ?? false }), ...object.fields];
            return [
                name,
                {
                    name,
                    label: object.label,
                    pluralLabel: object.pluralLabel,
                    description: null,
                    kind: 'standard',
                    keyPrefix: object.keyPrefix,
                    sharing: object.sharing,
                    fields: new Map(fields.map((one) => [one.name, one])),
                    validationRules: [],
                    listViews: [],
                    compactLayout: object.compact ? { name: 'SYSTEM', fields: object.compact } : null,
                    source: BUILT_IN,
                },
            ];
        }),
    );
}

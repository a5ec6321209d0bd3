/** A small project of its own, so that these tests do not follow the product's metadata: routes with stops. */

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

export type Files = Readonly<Record<string, string>>;

export function xml(root: string, content: string): string {
    return `${HEADER}<${root} ${NAMESPACE} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">${content}</${root}>`;
}

/** `<a>x</a>` for each entry; arrays repeat the element. */
export function elements(entries: Readonly<Record<string, string | number | boolean>>): string {
    return Object.entries(entries)
        .map(([name, value]) => `<${name}>${value}</${name}>`)
        .join('');
}

export function field(
    object: string,
    name: string,
    type: string,
    entries: Readonly<Record<string, string | number | boolean>> = {},
): Files {
    const content = elements({ fullName: name, label: name.replace('__c', '').replaceAll('_', ' '), type, ...entries });
    return { [`objects/${object}/fields/${name}.field-meta.xml`]: xml('CustomField', content) };
}

function choices(...values: readonly string[]): string {
    return `<restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${values
        .map((value) => `<value><fullName>${value}</fullName><default>false</default><label>${value}</label></value>`)
        .join('')}</valueSetDefinition>`;
}

export function object(name: string, label: string, sharing: string, extra = ''): Files {
    return {
        [`objects/${name}/${name}.object-meta.xml`]: xml(
            'CustomObject',
            `${elements({ label, pluralLabel: `${label}s` })}<nameField><label>Name</label><type>Text</type></nameField><sharingModel>${sharing}</sharingModel>${extra}`,
        ),
    };
}

export function rule(target: string, name: string, condition: string, message: string, errorField?: string): Files {
    const escaped = condition.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return {
        [`objects/${target}/validationRules/${name}.validationRule-meta.xml`]: xml(
            'ValidationRule',
            elements({
                fullName: name,
                active: true,
                errorConditionFormula: escaped,
                ...(errorField ? { errorDisplayField: errorField } : {}),
                errorMessage: message,
            }),
        ),
    };
}

interface Grant {
    readonly object: string;
    readonly create?: boolean;
    readonly edit?: boolean;
    readonly delete?: boolean;
    readonly viewAll?: boolean;
}

export function permissionSet(
    name: string,
    grants: readonly Grant[],
    fields: Readonly<Record<string, 'read' | 'edit'>>,
    extra = '',
): Files {
    const objects = grants
        .map(
            (grant) =>
                `<objectPermissions>${elements({
                    allowCreate: grant.create ?? false,
                    allowDelete: grant.delete ?? false,
                    allowEdit: grant.edit ?? false,
                    allowRead: true,
                    modifyAllRecords: false,
                    object: grant.object,
                    viewAllRecords: grant.viewAll ?? false,
                })}</objectPermissions>`,
        )
        .join('');
    const security = Object.entries(fields)
        .map(
            ([path, level]) =>
                `<fieldPermissions>${elements({ editable: level === 'edit', field: path, readable: true })}</fieldPermissions>`,
        )
        .join('');
    return {
        [`permissionsets/${name}.permissionset-meta.xml`]: xml(
            'PermissionSet',
            `${elements({ label: name })}${objects}${security}${extra}`,
        ),
    };
}

const summary = (operation: string, summarized: string | null, filter = ''): Readonly<Record<string, string>> => ({
    summaryForeignKey: 'Stop__c.Route__c',
    summaryOperation: operation,
    ...(summarized ? { summarizedField: `Stop__c.${summarized}` } : {}),
    ...(filter ? { summaryFilterItems: filter } : {}),
});
const DONE_FILTER = elements({ field: 'Stop__c.Status__c', operation: 'equals', value: 'Done,Skipped' });

export const PROJECT: Files = {
    ...object('Route__c', 'Route', 'ReadWrite'),
    ...field('Route__c', 'Code__c', 'Text', { length: 20, unique: true, caseSensitive: true, externalId: true }),
    ...field('Route__c', 'Kind__c', 'Picklist', { valueSet: choices('Bike', 'Van') }),
    ...field('Route__c', 'Closed__c', 'Checkbox', { defaultValue: false }),
    ...field('Route__c', 'Stops__c', 'Summary', summary('count', null)),
    ...field('Route__c', 'Done_Stops__c', 'Summary', summary('count', null, DONE_FILTER)),
    ...field('Route__c', 'Load__c', 'Summary', summary('sum', 'Weight__c')),
    ...field('Route__c', 'First_At__c', 'Summary', summary('min', 'At__c')),
    ...field('Route__c', 'Done_Share__c', 'Percent', {
        formula: 'IF(Stops__c = 0, 0, Done_Stops__c / Stops__c)',
        formulaTreatBlanksAs: 'BlankAsZero',
        precision: 18,
        scale: 1,
    }),
    ...rule(
        'Route__c',
        'Frozen',
        'AND(NOT(ISNEW()), PRIORVALUE(Closed__c), NOT(ISCHANGED(Closed__c)))',
        'The route is closed.',
    ),
    ...rule('Route__c', 'Light', 'Load__c > 100', 'The route is too heavy.'),
    ...rule(
        'Route__c',
        'Code_Form',
        'AND(NOT(ISBLANK(Code__c)), NOT(REGEX(Code__c, "[A-Za-z]+-[0-9]+")))',
        'Write a code like AB-1.',
        'Code__c',
    ),
    ...object('Stop__c', 'Stop', 'ControlledByParent'),
    ...field('Stop__c', 'Route__c', 'MasterDetail', {
        referenceTo: 'Route__c',
        relationshipName: 'Stops',
        relationshipLabel: 'Stops',
    }),
    ...field('Stop__c', 'Customer__c', 'Lookup', {
        referenceTo: 'Account',
        relationshipName: 'Stops',
        deleteConstraint: 'Restrict',
    }),
    ...field('Stop__c', 'Weight__c', 'Number', { precision: 5, scale: 2 }),
    ...field('Stop__c', 'Share__c', 'Percent', { precision: 5, scale: 1 }),
    ...field('Stop__c', 'Status__c', 'Picklist', { valueSet: choices('Open', 'Done', 'Skipped') }),
    ...field('Stop__c', 'Tags__c', 'MultiselectPicklist', {
        valueSet: choices('Cold', 'Fragile', 'Fast'),
        visibleLines: 3,
    }),
    ...field('Stop__c', 'At__c', 'DateTime'),
    ...field('Stop__c', 'Day__c', 'Date'),
    ...field('Stop__c', 'Note__c', 'LongTextArea', { length: 1000, visibleLines: 3 }),
    ...field('Stop__c', 'Secret__c', 'Text', { length: 10 }),
    ...field('Account', 'Score__c', 'Number', { precision: 3, scale: 0 }),
    ...field('Account', 'Score_Left__c', 'Number', {
        formula: '100 - Score__c',
        formulaTreatBlanksAs: 'BlankAsBlank',
        precision: 18,
        scale: 0,
    }),
    ...field('Account', 'Key__c', 'Text', { length: 20, unique: true, externalId: true }),
    'objects/Hint__mdt/Hint__mdt.object-meta.xml': xml(
        'CustomObject',
        elements({ label: 'Hint', pluralLabel: 'Hints', visibility: 'Public' }),
    ),
    ...field('Hint__mdt', 'Text__c', 'LongTextArea', { length: 500, visibleLines: 4 }),
    ...field('Hint__mdt', 'Rank__c', 'Number', { precision: 3, scale: 0, required: true }),
    'customMetadata/Hint.First.md-meta.xml': xml(
        'CustomMetadata',
        '<label>First</label><values><field>Text__c</field><value xsi:type="xsd:string">Smile</value></values><values><field>Rank__c</field><value xsi:type="xsd:double">1</value></values>',
    ),
    ...permissionSet(
        'Driver',
        [
            { object: 'Account' },
            { object: 'Contact' },
            { object: 'Route__c', create: true, edit: true },
            { object: 'Stop__c', create: true, edit: true },
        ],
        {
            'Account.Score__c': 'read',
            'Account.Key__c': 'read',
            'Route__c.Code__c': 'edit',
            'Route__c.Kind__c': 'edit',
            'Route__c.Closed__c': 'edit',
            'Route__c.Stops__c': 'read',
            'Route__c.Done_Stops__c': 'read',
            'Route__c.Load__c': 'read',
            'Route__c.First_At__c': 'read',
            'Route__c.Done_Share__c': 'read',
            'Stop__c.Customer__c': 'edit',
            'Stop__c.Weight__c': 'edit',
            'Stop__c.Share__c': 'edit',
            'Stop__c.Status__c': 'edit',
            'Stop__c.Tags__c': 'edit',
            'Stop__c.At__c': 'edit',
            'Stop__c.Day__c': 'edit',
            'Stop__c.Note__c': 'read',
        },
        `<customMetadataTypeAccesses>${elements({ enabled: true, name: 'Hint__mdt' })}</customMetadataTypeAccesses>`,
    ),
    ...permissionSet(
        'Watcher',
        [{ object: 'Account', viewAll: true }, { object: 'Contact' }, { object: 'Route__c' }, { object: 'Stop__c' }],
        {
            'Route__c.Code__c': 'read',
            'Stop__c.Status__c': 'read',
        },
    ),
    ...permissionSet('Office', [{ object: 'Account' }, { object: 'Contact' }], {
        'Account.Score__c': 'edit',
        'Account.Score_Left__c': 'read',
        'Account.Key__c': 'edit',
        'Route__c.Code__c': 'edit',
        'Stop__c.Note__c': 'edit',
        'Stop__c.Secret__c': 'edit',
        'Stop__c.Customer__c': 'edit',
    }),
};

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissions } from '../rules/permissions.ts';
import { field, found, MAIN, META, object } from './fixtures.ts';

interface Grants {
    /** `Object.Field__c` → editable. */
    readonly fields?: Readonly<Record<string, boolean>>;
    /** Object → granted permissions. */
    readonly objects?: Readonly<Record<string, readonly string[]>>;
    readonly types?: readonly string[];
}
const NAMES = [
    'CSM',
    'Author',
    'Admin',
    'Leader',
    'Coach',
    'Integration',
    'Account_Fields',
    'Account_Fields_Edit',
] as const;
type Name = (typeof NAMES)[number];

const org = {
    ...object('Playbook__c'),
    ...field('Playbook__c', 'Summary__c', '<type>Text</type>'),
    ...field('Playbook__c', 'Key__c', '<type>Text</type><required>true</required>'),
    ...object('Playbook_Run__c'),
    ...field('Playbook_Run__c', 'Account__c', '<type>MasterDetail</type><referenceTo>Account</referenceTo>'),
    ...field('Playbook_Run__c', 'Cause__c', '<type>Picklist</type>'),
    ...field('Playbook_Run__c', 'Late__c', '<type>Number</type><formula>1</formula>'),
    ...object('Playbook_Trigger__mdt'),
    ...field('Account', 'Score__c', '<type>Number</type>'),
};
const reading = {
    'Playbook__c.Summary__c': false,
    'Playbook_Run__c.Cause__c': false,
    'Playbook_Run__c.Late__c': false,
};
const seeing = { Account: ['allowRead'], Playbook__c: ['allowRead'], Playbook_Run__c: ['allowRead'] };
const persona: Grants = { fields: reading, objects: seeing, types: ['Playbook_Trigger__mdt'] };
const good: Readonly<Record<Name, Grants>> = {
    CSM: { ...persona, fields: { ...reading, 'Playbook_Run__c.Cause__c': true } },
    Author: persona,
    Admin: persona,
    Leader: persona,
    Coach: {},
    Integration: persona,
    Account_Fields: { fields: { 'Account.Score__c': false }, objects: { Account: ['allowRead'] } },
    Account_Fields_Edit: { fields: { 'Account.Score__c': true }, objects: { Account: ['allowRead'] } },
};

function permissionSet(name: Name, { fields = {}, objects = {}, types = [] }: Grants) {
    const entries = [
        ...Object.entries(fields).map(
            ([path, editable]) =>
                `<fieldPermissions><editable>${String(editable)}</editable><field>${path}</field><readable>true</readable></fieldPermissions>`,
        ),
        ...Object.entries(objects).map(
            ([object, granted]) =>
                `<objectPermissions><object>${object}</object>${granted.map((name) => `<${name}>true</${name}>`).join('')}</objectPermissions>`,
        ),
        ...types.map(
            (type) =>
                `<customMetadataTypeAccesses><enabled>true</enabled><name>${type}</name></customMetadataTypeAccesses>`,
        ),
    ];
    const path = `${MAIN}/permissionsets/Playbook_${name}.permissionset-meta.xml`;
    return { [path]: `<PermissionSet ${META}>${entries.join('')}</PermissionSet>` };
}

/** Findings when one permission set is another than the good one. */
function findings(changed: Partial<Record<Name, Grants>>): string[] {
    const sets = NAMES.map((name) => permissionSet(name, changed[name] ?? good[name]));
    return found(permissions, Object.assign({}, org, ...sets) as Record<string, string>).map((finding) =>
        finding.replace('.permissionset-meta.xml', ''),
    );
}

test('sets that cover what their personas need are fine', () => {
    assert.deepEqual(findings({}), []);
});

const cases: readonly (readonly [string, Name, Grants, readonly string[]])[] = [
    [
        'a field that a persona cannot read',
        'Author',
        { ...persona, fields: { 'Playbook__c.Summary__c': false, 'Playbook_Run__c.Cause__c': false } },
        ['cannot read Playbook_Run__c.Late__c'],
    ],
    ['a type that a persona cannot read', 'Leader', { ...persona, types: [] }, ['cannot read Playbook_Trigger__mdt']],
    [
        'required and master-detail fields',
        'Admin',
        { ...persona, fields: { ...reading, 'Playbook__c.Key__c': true, 'Playbook_Run__c.Account__c': false } },
        [
            'Playbook__c.Key__c is required or a master-detail field',
            'Playbook_Run__c.Account__c is required or a master-detail field',
        ],
    ],
    [
        'a computed field that is editable',
        'Admin',
        { ...persona, fields: { ...reading, 'Playbook_Run__c.Late__c': true } },
        ['Playbook_Run__c.Late__c is computed, yet editable'],
    ],
    [
        'fields of an object that cannot be read, details without their master',
        'Admin',
        { ...persona, objects: { Playbook_Run__c: ['allowRead'] } },
        [
            'Playbook__c.Summary__c is readable, Playbook__c is not',
            'Playbook_Run__c is readable, its master Account is not',
        ],
    ],
    [
        'permissions that need others',
        'Integration',
        { ...persona, objects: { ...seeing, Playbook__c: ['allowRead', 'allowDelete'] } },
        ['Playbook__c has allowDelete without allowEdit'],
    ],
    [
        'a CSM who edits content',
        'CSM',
        {
            ...persona,
            fields: { ...reading, 'Playbook__c.Summary__c': true },
            objects: { ...seeing, Playbook__c: ['allowRead', 'allowEdit'] },
        },
        ['Playbook__c has allowEdit', 'Playbook__c.Summary__c is editable'],
    ],
    [
        'a CSM who deletes runs',
        'CSM',
        { ...persona, objects: { ...seeing, Playbook_Run__c: ['allowRead', 'allowEdit', 'allowDelete'] } },
        ['Playbook_Run__c has allowDelete'],
    ],
    [
        'a leader who changes anything',
        'Leader',
        {
            ...persona,
            fields: { ...reading, 'Playbook_Run__c.Cause__c': true },
            objects: { ...seeing, Playbook_Run__c: ['allowRead', 'allowCreate'] },
        },
        ['Playbook_Run__c has allowCreate', 'Playbook_Run__c.Cause__c is editable'],
    ],
    [
        'an Account field that nobody may write',
        'Account_Fields_Edit',
        good.Account_Fields,
        ['Account.Score__c is not editable'],
    ],
];
for (const [name, set, grants, expected] of cases) {
    test(`${name} are found`, () => {
        assert.deepEqual(
            findings({ [set]: grants }),
            expected.map((what) => `Playbook_${set}: ${what}`),
        );
    });
}

test('a permission set that is missing is found', () => {
    assert.ok(found(permissions, org).includes('force-app: there is no permission set Playbook_CSM'));
});

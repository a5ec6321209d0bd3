/** An org whose accounts have a field of every type, full of values at which rules and SOQL could disagree. */
import { Connection } from 'jsforce';
import type { AccountSnapshot, FieldTypes, Settings } from 'c/playbookEngine';
import { API_VERSION } from '../../lib/connection.ts';
import { randomFrom } from '../../lib/random.ts';
import { at, CONFIG, startOrg, type TestOrg, writeProject } from '../../local-org/__tests__/fixture.ts';
import { field, permissionSet } from '../../local-org/__tests__/small-project.ts';

export const CLOCK = { now: '2026-11-21T23:30:00.000Z', timeZone: 'Europe/Berlin' };

/** Values of each field, blank among them; rules are made from the same, so that limits are met exactly. */
export const POOLS = {
    Score__c: [null, 0, -1, 59.99, 60, 60.01, 0.3, 0.1, 100, 1e-7, -1e-7, 2_147_483_648, 999_999_999_999_999],
    Rate__c: [null, 0, -30, -29.99, -30.01, 30, 33.3, 100, 0.07, 7, 14.5],
    Worth__c: [null, 0, 24_999.99, 25_000, 25_000.01, -5, 1_234_567.89, 99_999_999_999],
    NumberOfEmployees: [null, 0, 99, 100, 101, 99_999_999],
    Day__c: [null, '2026-11-22', '2026-11-21', '2026-11-23', '2026-08-24', '2027-02-20', '1700-01-01', '4000-12-31'],
    Other_Day__c: [null, '2026-11-22', '2026-11-08', '2026-11-07', '2026-10-31', '2027-11-22'],
    At__c: [
        ...[null, '2026-11-21T23:30:00.000Z', '2026-11-21T22:59:59.000Z', '2026-11-21T23:00:00.000Z'],
        ...['2026-11-20T23:30:00.000Z', '2026-11-22T22:59:59.000Z', '2026-08-23T22:00:00.000Z'],
    ],
    Flag__c: [true, false],
    Word__c: [
        null,
        'Acme',
        'acme',
        'ACME GmbH',
        "O'Neil",
        '50%_x',
        '50% x',
        'back\\slash',
        'Straße',
        'STRASSE',
        'a"b',
        'é',
    ],
    Kind__c: [null, 'Gold', 'gold', 'Silver'],
    Tags__c: [null, 'A', 'A;B', 'B'],
    Note__c: [null, 'long', 'Long text'],
} as const satisfies Readonly<Record<string, readonly (string | number | boolean | null)[]>>;

type FieldName = keyof typeof POOLS;

const TYPES: Readonly<Record<FieldName, FieldTypes[string]['type']>> = {
    Score__c: 'Number',
    Rate__c: 'Percent',
    Worth__c: 'Currency',
    NumberOfEmployees: 'Number',
    Day__c: 'Date',
    Other_Day__c: 'Date',
    At__c: 'DateTime',
    Flag__c: 'Checkbox',
    Word__c: 'Text',
    Kind__c: 'Picklist',
    Tags__c: 'MultiPicklist',
    Note__c: 'Text',
};
export const FIELD_NAMES = Object.keys(POOLS) as readonly FieldName[];

/** The fields, and the same of the parent account. */
export const FIELD_TYPES: FieldTypes = Object.fromEntries(
    FIELD_NAMES.flatMap((name) => [
        [name, { type: TYPES[name] }],
        [`Parent.${name}`, { type: TYPES[name] }],
    ]),
);

/** Health goes by Day__c, usage by Other_Day__c; no field holds the renewal. */
export const SETTINGS: Settings = {
    figures: {
        Health: 'Score__c',
        HealthOn: 'Day__c',
        Usage: 'NumberOfEmployees',
        UsageChange: 'Rate__c',
        UsageOn: 'Other_Day__c',
        ARR: 'Worth__c',
        Segment: 'Kind__c',
    },
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    lateStartDays: 3,
    staleAfterDays: 14,
    capacity: 10,
    contactGuardDays: 7,
    maxSnoozeDays: 30,
    nurtureWhen: null,
    practiceWhen: null,
    smallCount: 10,
    hideIndividuals: false,
};

/** What SOQL filters here: not the long text. */
export function queryable(path: string): FieldTypes[string] | null {
    if (path.endsWith('Note__c')) {
        return null;
    }
    return path === 'ParentId' ? { type: 'Id' } : (FIELD_TYPES[path] ?? null);
}

export interface FieldOrg {
    readonly accounts: readonly AccountSnapshot[];
    /** Ids of the accounts that meet a SOQL condition. Fails the test when the org refuses it. */
    matching(where: string): Promise<ReadonlySet<string>>;
    readonly connection: Connection;
}

/** `count` accounts of random values; the later ones have parents. */
export async function orgOfEveryField(count: number, seed: number): Promise<FieldOrg> {
    const org = await startOrg({ projectRoot: writeProject(PROJECT), config: ADMIN_ONLY, now: () => CLOCK.now });
    const random = randomFrom(seed);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const ids: string[] = [];
    while (ids.length < count) {
        const parents = [...ids, null];
        const records = Array.from({ length: Math.min(200, count - ids.length) }, (_, index) => ({
            attributes: { type: 'Account' },
            Name: `Account ${ids.length + index}`,
            ParentId: pick(parents),
            ...Object.fromEntries(FIELD_NAMES.map((name) => [name, pick<unknown>(POOLS[name])])),
        }));
        ids.push(...(await created(org, records)));
    }
    const columns = Object.keys(FIELD_TYPES);
    const rows = await org.query('sam', `SELECT Id, ${columns.join(', ')} FROM Account`);
    return {
        accounts: rows.map((row) => ({
            id: String(at(row, 'Id')),
            values: Object.fromEntries(
                columns.map((path) => [
                    path,
                    (at(row, ...path.split('.')) ?? null) as AccountSnapshot['values'][string],
                ]),
            ),
        })),
        matching: async (where) => {
            const found = await org.query('sam', `SELECT Id FROM Account WHERE ${where}`);
            return new Set(found.map((row) => String(at(row, 'Id'))));
        },
        connection: new Connection({
            instanceUrl: org.org.url,
            accessToken: org.tokenOf('sam'),
            version: API_VERSION,
        }),
    };
}

async function created(org: TestOrg, records: readonly object[]): Promise<string[]> {
    const { body } = await org.data('sam', 'POST', '/composite/sobjects', { allOrNone: true, records });
    return records.map((_, index) => {
        const id = at(body, index, 'id');
        if (typeof id !== 'string') {
            throw new Error(`An account was refused: ${JSON.stringify(body)}`);
        }
        return id;
    });
}

const open = (...names: readonly string[]): Readonly<Record<string, string>> => ({
    valueSet: `<restricted>false</restricted><valueSetDefinition><sorted>false</sorted>${names
        .map((name) => `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`)
        .join('')}</valueSetDefinition>`,
});
const PROJECT = {
    ...field('Account', 'Score__c', 'Number', { precision: 18, scale: 2 }),
    ...field('Account', 'Rate__c', 'Percent', { precision: 18, scale: 2 }),
    ...field('Account', 'Worth__c', 'Currency', { precision: 18, scale: 2 }),
    ...field('Account', 'Day__c', 'Date'),
    ...field('Account', 'Other_Day__c', 'Date'),
    ...field('Account', 'At__c', 'DateTime'),
    ...field('Account', 'Flag__c', 'Checkbox', { defaultValue: false }),
    ...field('Account', 'Word__c', 'Text', { length: 80 }),
    ...field('Account', 'Kind__c', 'Picklist', open('Gold', 'Silver')),
    ...field('Account', 'Tags__c', 'MultiselectPicklist', { ...open('A', 'B'), visibleLines: 3 }),
    ...field('Account', 'Note__c', 'LongTextArea', { length: 1000, visibleLines: 3 }),
    ...field('Account', 'Half__c', 'Number', {
        formula: 'Score__c / 2',
        formulaTreatBlanksAs: 'BlankAsBlank',
        precision: 18,
        scale: 0,
    }),
    ...permissionSet('Office', [{ object: 'Account' }, { object: 'Contact' }], {
        ...Object.fromEntries(
            FIELD_NAMES.filter((name) => name.endsWith('__c')).map((name) => [`Account.${name}`, 'edit' as const]),
        ),
        'Account.Half__c': 'read',
    }),
};
const ADMIN_ONLY = {
    ...CONFIG,
    users: CONFIG.users
        .filter(({ firstName }) => firstName === 'sam')
        .map((user) => ({ ...user, permissionSets: ['Office'] })),
};

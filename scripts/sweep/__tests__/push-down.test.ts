/** What each kind of rule becomes in SOQL. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prepareRules } from 'c/playbookEngine';
import { orgFieldTypes } from '../../lib/org-fields.ts';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { filterableFields } from '../push-down/filterable-fields.ts';
import { pushDown } from '../push-down.ts';
import { rulesOf } from './full-evaluation.ts';
import { CLOCK, FIELD_TYPES, orgOfEveryField, queryable, SETTINGS } from './push-down-org.ts';

/** The condition of one rule, or why there is none. */
function said(formula: string): string {
    const prepared = rulesOf([formula], FIELD_TYPES, SETTINGS);
    assert.deepEqual(prepared.problems, []);
    const { where, notPushed } = pushDown(prepared.rules, { prepared, clock: CLOCK, queryable });
    return where ?? `- ${notPushed.map(({ why }) => why).join()}`;
}

/** Today is 2026-11-22 in Berlin. */
const TABLE: Readonly<Record<string, readonly (readonly [rule: string, soql: string])[]>> = {
    numbers: [
        ['Score__c < 60', 'Score__c < 60'],
        // An org keeps 59.99999999999999999 and gives 60.
        ['Score__c >= 60', 'Score__c >= 59.9999999999994'],
        ['60 >= Score__c', 'Score__c <= 60.0000000000006'],
        ['Score__c = 60', 'Score__c <= 60.0000000000006 AND Score__c >= 59.9999999999994'],
        ['Score__c = 0', 'Score__c = 0'],
        ['Score__c <> 60', 'Score__c != null'],
        ['NOT(Score__c >= 60)', 'Score__c < 60'],
        ['Score__c > 10 ^ 20', 'Score__c >= 999999999999999.0'],
        ['Score__c < 10 ^ 20', 'Score__c != null'],
        ['Score__c < 0.0000001', 'Score__c < 0.000001'],
        ['Score__c < 99999999999', 'Score__c < 99999999999.0'],
        ['Score__c < 1 / 3', 'Score__c < 0.3333333333333333'],
        // Standard numbers may be whole ones, which SOQL compares with whole ones alone.
        ['NumberOfEmployees > 99.5', 'NumberOfEmployees > 99'],
        ['NumberOfEmployees >= 100', 'NumberOfEmployees > 99'],
        ['NumberOfEmployees < 100', 'NumberOfEmployees < 100'],
        ['NumberOfEmployees < 3000000000', 'NumberOfEmployees != null'],
        ['Rate__c <= -0.3', 'Rate__c <= -29.9999999999997'],
        ['Rate__c > 0', 'Rate__c >= 0'],
        ['Score__c < NULL', 'Id = null'],
    ],
    days: [
        ['Day__c >= TODAY() - 90', 'Day__c >= 2026-08-24'],
        ['Day__c < TODAY()', 'Day__c <= 2026-11-21'],
        ['Day__c = TODAY()', 'Day__c = 2026-11-22'],
        ['Day__c > TODAY() + 0.5', 'Day__c >= 2026-11-23'],
        ['Day__c - TODAY() <= 90', 'Day__c <= 2027-02-20'],
        ['Day__c - TODAY() < 0.5', 'Day__c <= 2026-11-22'],
        ['TODAY() - Day__c > 90', 'Day__c <= 2026-08-23'],
        ['Day__c - 30 <= TODAY()', 'Day__c <= 2026-12-22'],
        ['Day__c > TODAY() - 200000', 'Day__c != null'],
        ['Day__c > TODAY() + 900000', 'Day__c >= 4000-12-31'],
        ['Day__c >= DATE(2026, 2, 30)', '- DATE(2026, 2, 30) fails'],
        ['At__c >= NOW()', 'At__c >= 2026-11-20T23:30:00Z'],
        ['DATEVALUE(At__c) = TODAY()', 'At__c >= 2026-11-21T00:00:00Z AND At__c <= 2026-11-24T00:00:00Z'],
    ],
    texts: [
        ['Word__c = "Acme"', "Word__c = 'Acme'"],
        ['Word__c = "O\'Neil\\\\"', "Word__c = 'O\\'Neil\\\\'"],
        // SOQL takes acme for Acme.
        ['Word__c <> "Acme"', 'Word__c != null'],
        ['Word__c > "M"', 'Word__c != null'],
        ['CONTAINS(Word__c, "50%_")', "Word__c LIKE '%50\\%\\_%'"],
        ['BEGINS(Word__c, "back\\\\slash")', 'Word__c != null'],
        ['ISPICKVAL(Kind__c, "Gold")', "Kind__c = 'Gold'"],
        ['TEXT(Kind__c) = "Gold"', "Kind__c = 'Gold'"],
        ['NOT(ISPICKVAL(Kind__c, ""))', 'Kind__c != null'],
        ['INCLUDES(Tags__c, "A")', 'Tags__c != null'],
        ['ISBLANK(Note__c)', '- Note__c cannot be queried'],
    ],
    blanks: [
        ['ISBLANK(Word__c)', 'Word__c = null'],
        ['Word__c = NULL', 'Word__c = null'],
        ['NOT(ISBLANK($Figure.Health))', 'Score__c != null'],
        ['ISBLANK($Figure.Health)', '- Score__c counts as blank once it is stale'],
        ['BLANKVALUE(Worth__c, 0) < 5', 'Worth__c < 5 OR Worth__c = null'],
        ['BLANKVALUE(Worth__c, 9) < 5', 'Worth__c < 5'],
        ['BLANKVALUE(Score__c, 0) < 5', '- Score__c counts as blank once it is stale'],
        ['$Figure.Renewal < TODAY()', 'Id = null'],
        // A test for a blank knows without a value.
        ['(Word__c <> "") = (Score__c < Worth__c)', 'Score__c != null AND Worth__c != null'],
        ['ISPICKVAL(Kind__c, "") = (Score__c < Worth__c)', 'Score__c != null AND Worth__c != null'],
        ['ISBLANK(Parent.Word__c)', 'Parent.Word__c = null OR ParentId = null'],
    ],
    'checkboxes and logic': [
        ['Flag__c', 'Flag__c = true'],
        ['NOT(Flag__c)', 'Flag__c = false'],
        ['Flag__c <> TRUE', 'Flag__c = false'],
        ['NOT(Parent.Flag__c)', 'Parent.Flag__c = false OR ParentId = null'],
        ['AND(Flag__c, $User.Name = "x")', 'Flag__c = true'],
        ['OR(Flag__c, $User.Name = "x")', '- $User.Name is no field of the account'],
        ['NOT(OR(Flag__c, Score__c < 5))', 'Flag__c = false AND Score__c >= 4.99999999999995'],
        ['IF(Flag__c, Score__c < 5, FALSE)', 'Flag__c = true AND Score__c < 5'],
        ['CASE(Kind__c, "Gold", Score__c < 5, FALSE)', "Kind__c = 'Gold' AND Score__c < 5"],
        ['Day__c - Other_Day__c >= 14', 'Day__c != null AND Other_Day__c != null'],
        ['AND(Day__c > Other_Day__c, Day__c < TODAY())', 'Other_Day__c != null AND Day__c <= 2026-11-21'],
        ['1 = 2', 'Id = null'],
        ['1 = 1', '- it always holds'],
        ['1 / 0 > 1', '- 1 / 0 > 1 fails'],
    ],
};

for (const [kind, rows] of Object.entries(TABLE)) {
    describe(kind, () => {
        for (const [rule, soql] of rows) {
            test(`${rule} → ${soql}`, () => assert.equal(said(rule), soql));
        }
    });
}

describe('several rules', () => {
    test('are joined, and one that cannot be said brings every account along', () => {
        const prepared = rulesOf(['Score__c < 5', 'Flag__c', 'LEN("a") = 1'], FIELD_TYPES, SETTINGS);
        const context = { prepared, clock: CLOCK, queryable };
        assert.deepEqual(pushDown(prepared.rules.slice(0, 2), context), {
            where: 'Score__c < 5 OR Flag__c = true',
            pushed: ['0', '1'],
            notPushed: [],
        });
        assert.deepEqual(pushDown(prepared.rules, context), {
            where: null,
            pushed: ['0', '1'],
            notPushed: [{ key: '2', why: 'it always holds' }],
        });
    });

    test('none of them: no account is a candidate', () => {
        const prepared = rulesOf([], FIELD_TYPES, SETTINGS);
        assert.equal(pushDown([], { prepared, clock: CLOCK, queryable }).where, 'Id = null');
    });

    test('long ones lose their longest parts rather than the query', () => {
        const names = Array.from({ length: 300 }, (_, index) => `Word__c = "Customer number ${index}"`);
        const prepared = rulesOf([`AND(Flag__c, OR(${names.join(', ')}))`], FIELD_TYPES, SETTINGS);
        const { where } = pushDown(prepared.rules, { prepared, clock: CLOCK, queryable });
        assert.equal(where, 'Flag__c = true');
        assert.equal(said(`OR(${names.join(', ')})`), '- its condition would be too long for a query');
    });

    test('deep ones are cut where brackets would be too many', () => {
        const deep = Array.from({ length: 60 }).reduce<string>(
            (inner, _, index) => `${index % 2 ? 'AND' : 'OR'}(Word__c = "a${index}", ${inner})`,
            'Flag__c',
        );
        const depth = said(`AND(Score__c < 5, ${deep})`).match(/\(/g)?.length ?? 0;
        assert.ok(depth < 30, `${depth} brackets`);
    });
});

test('the shipped triggers travel as conditions on their figures', async () => {
    const { triggers, settings } = await readProjectRules();
    const fieldTypes = await accountFieldTypes();
    const prepared = prepareRules({ triggers, settings, fieldTypes });
    const context = { prepared, clock: CLOCK, queryable: (path: string) => fieldTypes[path] ?? null };
    const { where, notPushed } = pushDown(prepared.rules, context);
    assert.deepEqual(notPushed, []);
    assert.match(where ?? '', /Champion_Left_On__c >= 2026-08-24/);
});

test('an org says which fields a condition may name', async () => {
    const { connection } = await orgOfEveryField(0, 1);
    const filterable = await filterableFields(connection, await orgFieldTypes(connection));
    assert.equal(filterable('Score__c')?.type, 'Number');
    assert.equal(filterable('Owner.Email')?.type, 'Text');
    assert.equal(filterable('OwnerId')?.type, 'Id');
    // A long text, and nothing at all.
    assert.equal(filterable('Note__c'), null);
    assert.equal(filterable('Nothing__c'), null);
    // What a formula works out may have been rounded to its decimals, of which this one has none.
    const fieldTypes = { Half__c: { type: 'Number' } } as const;
    const prepared = rulesOf(['Half__c < 30', 'Half__c = 0'], fieldTypes, { ...SETTINGS, figures: {} });
    const { where } = pushDown(prepared.rules, { prepared, clock: CLOCK, queryable: filterable });
    assert.equal(
        where,
        'Half__c <= 31.0000000000003 OR (Half__c <= 1.00000000000001 AND Half__c >= -1.00000000000001)',
    );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchTriggers, prepareRules, prompts } from 'c/playbookEngine';
import type { Value } from 'c/formula';
import type { PlaybookVersion } from 'c/playbookEngine';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { resolveDay } from '../relative-date.ts';
import { accountFields, column, readSample } from '../rows.ts';

const TODAY = '2026-11-23';
const CLOCK = { now: `${TODAY}T08:00:00.000Z`, timeZone: 'Europe/Berlin' };
const USER = { id: '005', name: 'Maya', firstName: 'Maya', email: 'maya@example.com', timeZone: 'Europe/Berlin' };

test('days are read relative to today, across months and years', () => {
    assert.equal(resolveDay('today', TODAY), TODAY);
    assert.equal(resolveDay('today-23', TODAY), '2026-10-31');
    assert.equal(resolveDay('today+40', TODAY), '2027-01-02');
    assert.equal(resolveDay('2026-02-28', TODAY), '2026-02-28');
    assert.equal(resolveDay('', TODAY), null);
    assert.throws(() => resolveDay('yesterday', TODAY), RangeError);
    assert.throws(() => resolveDay('2026-13-01', TODAY), RangeError);
});

const sample = await readSample('data/sample');
const rules = await readProjectRules();
const prepared = prepareRules({ ...rules, fieldTypes: await accountFieldTypes() });
const CATEGORIES = { 'at-risk': 'Risk', renewal: 'Renewal', 'champion-change': 'Stakeholders' } as const;
const versions = Object.entries(CATEGORIES).map(([key, category]): PlaybookVersion => ({
    id: key,
    playbookId: key,
    playbookKey: key,
    playbookName: key,
    category,
    status: 'Published',
    number: 1,
    successWhen: null,
    lostWhen: null,
    steps: [],
}));

/** What each owner's accounts ask for now, as `account name: trigger tier`, and what is held back, with why. */
function promptsOf(owner: string): { readonly inFront: string[]; readonly held: string[] } {
    const all = sample.accounts
        .filter((row) => column(row, 'owner') === owner)
        .flatMap((row) => {
            const values: Record<string, Value> = { ...accountFields(row, TODAY) };
            const now = values['Usage_Current__c'];
            const before = values['Usage_Previous__c'];
            // The formula field of the org.
            values['Usage_Change__c'] =
                typeof now === 'number' && typeof before === 'number' && before !== 0
                    ? ((now - before) / before) * 100
                    : null;
            const account = { id: '001000000000001AAA', values };
            const found = matchTriggers(prepared, account, CLOCK, USER);
            assert.deepEqual(found.problems, []);
            return prompts({
                ...found,
                prepared,
                settings: rules.settings,
                runs: [],
                versions,
                clock: CLOCK,
                account,
                user: USER,
            }).map(({ trigger, tier, held }) => ({
                words: `${column(row, 'name')}: ${trigger?.key ?? ''} ${held?.why ?? tier}`,
                held: held !== null,
            }));
        });
    const wordsOf = (held: boolean) => all.filter((one) => one.held === held).map(({ words }) => words);
    return { inFront: wordsOf(false), held: wordsOf(true) };
}

test('fifty accounts give Maya ten prompts on a Monday, and every trigger is among them', () => {
    assert.equal(sample.accounts.filter((row) => column(row, 'owner') === 'maya').length, 50);
    const { inFront, held } = promptsOf('maya');
    assert.deepEqual(inFront, [
        'Brightwater Utilities: At_Risk Critical',
        'Kestrel & Vane Insurance: At_Risk High',
        'Tallinna Tark Ladu: At_Risk Moderate',
        'Ferrante Macchine S.p.A.: At_Risk Moderate',
        'Harbourline Freight: Renewal Moderate',
        'Oak & Ember Kitchens: Business_Review Moderate',
        'Studio Morcote: Renewal_Small Moderate',
        'Solveig Renewables: Champion_Change Moderate',
        'Castellane Hospitality: Champion_Change High',
        'Rivière Textiles: Survey_Follow_Up Moderate',
    ]);
    assert.deepEqual(held, [
        'Brightwater Utilities: Renewal critical',
        'Umber Construction: At_Risk stale',
        'Dunmore Distilleries: At_Risk stale',
    ]);
});

test('the others have theirs', () => {
    assert.equal(promptsOf('tom').inFront.length, 9);
    assert.deepEqual(promptsOf('ines'), {
        inFront: ['Meridian Global Holdings: At_Risk Critical'],
        held: ['Meridian Global Holdings: Renewal critical'],
    });
});

test('every contact and case belongs to an account, every champion is one of its contacts', () => {
    const keys = new Set(sample.accounts.map((row) => column(row, 'key')));
    for (const row of [...sample.contacts, ...sample.cases]) {
        assert.ok(keys.has(column(row, 'account')), `${row.file}:${row.line}`);
    }
    const contacts = new Set(sample.contacts.map((row) => `${column(row, 'account')} ${column(row, 'email')}`));
    for (const row of sample.accounts.filter((account) => column(account, 'champion') !== '')) {
        assert.ok(contacts.has(`${column(row, 'key')} ${column(row, 'champion')}`), `${row.file}:${row.line}`);
    }
});

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryOrg } from '../../lib/__tests__/temporary-org.ts';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { orgAccounts } from '../book.ts';
import { importUsage } from '../import.ts';
import type { UsageSummary } from '../import.ts';
import { loadMap } from '../map.ts';
import { RejectList } from '../rejects.ts';
import { formatReport, reportBook } from '../report.ts';

const org = await temporaryOrg();
const connection = org.connect();
const folder = await mkdtemp(join(tmpdir(), 'playbooks-usage-'));
after(() => rm(folder, { recursive: true, force: true }));
const simple = await loadMap('data/mappings/simple.yaml');

await connection.sobject('Account').create([
    { Name: 'Ärzte Nord', External_Id__c: 'A1' },
    { Name: 'Steady', External_Id__c: 'A2' },
]);

const HEADER = 'external_id;health;measured_on;events_30_days;events_30_days_before;renewal;arr';

async function bring(rows: readonly string[]): Promise<UsageSummary & { reasons: string[] }> {
    const path = join(folder, 'figures.csv');
    await writeFile(path, `\uFEFF${[HEADER, ...rows].join('\r\n')}\r\n`);
    const rejects = new RejectList();
    const summary = await importUsage({ connection, map: simple, files: [path], asOf: '2026-11-30', rejects });
    return { ...summary, reasons: rejects.rows.map(({ line, reason }) => `${line}: ${reason}`) };
}

async function account(id: string): Promise<Record<string, unknown> | undefined> {
    const [row] = await org.rows(
        `SELECT Health_Score__c, Usage_Change__c, Usage_On__c, Earlier_Usage_Change__c, Earlier_Usage_On__c, ARR__c FROM Account WHERE External_Id__c = '${id}'`,
    );
    return row;
}

test('good rows load, bad ones are rejected with line and reason, unknown accounts are not made', async () => {
    const { accounts, reasons } = await bring([
        'A1;72,5;01.11.2026;500;1000;31.03.2027;48.000',
        'A2;80;31.11.2026;500;1000;;',
        'A9;80;01.11.2026;500;1000;;',
    ]);
    assert.deepEqual(
        accounts.map(({ externalId }) => externalId),
        ['A1'],
    );
    assert.deepEqual(reasons, [
        '3: measured_on: “31.11.2026” is a day or time that does not exist.',
        '4: The org has no account with this external id.',
    ]);
    assert.deepEqual(await account('A1'), {
        Health_Score__c: 72.5,
        Usage_Change__c: -50,
        Usage_On__c: '2026-11-01',
        Earlier_Usage_Change__c: null,
        Earlier_Usage_On__c: null,
        ARR__c: 48000,
    });
    assert.equal(await org.count('Account'), 2);
});

test('the second reading makes the first the earlier one, and the same file again changes nothing', async () => {
    for (let times = 0; times < 2; times += 1) {
        await bring(['A1;70;15.11.2026;400;1000;31.03.2027;48000']);
        const row = await account('A1');
        assert.ok(row !== undefined);
        assert.equal(row['Earlier_Usage_On__c'], '2026-11-01');
        assert.equal(row['Earlier_Usage_Change__c'], -50);
        assert.equal(row['Usage_Change__c'], -60);
    }
});

test('an older file does not overwrite newer figures', async () => {
    const { reasons } = await bring(['A1;99;02.11.2026;900;1000;;']);
    assert.match(reasons[0] ?? '', /newer reading already, of 2026-11-15.*--go-back/);
    assert.equal((await account('A1'))?.['Health_Score__c'], 70);
});

test('what the org refuses is rejected with the reason, and the rest of the batch loads', async () => {
    const { accounts, reasons } = await bring([
        'A1;70;16.11.2026;400;1000;31.03.2027;99999999999999999999999',
        'A2;85;16.11.2026;1000;1000;;20.000',
    ]);
    assert.deepEqual(
        accounts.map(({ externalId }) => externalId),
        ['A2'],
    );
    assert.equal(reasons.length, 1);
    assert.match(reasons[0] ?? '', /^2: /);
});

test('the report counts with the engine over the accounts of the org', async () => {
    const rules = await readProjectRules();
    const types = await accountFieldTypes();
    const accounts = await orgAccounts(connection, rules, types, 'A');
    const report = reportBook(accounts, rules, types, '2026-11-16');
    assert.equal(report.book, 2);
    const lines = formatReport(report, '2026-11-16', 1).join('\n');
    assert.match(lines, /At Risk +1 +50\.0 % +1 Moderate +← more than a quarter/);
    assert.match(lines, /Ärzte Nord \(A1\)\n +At Risk, Moderate: usage fell 60% \(limit 30%\)/);
    assert.equal((await orgAccounts(connection, rules, types, 'B')).length, 0);
});

test('the report says what it leaves out because the figures are old', async () => {
    const rules = await readProjectRules();
    const types = await accountFieldTypes();
    const report = reportBook(await orgAccounts(connection, rules, types, 'A'), rules, types, '2026-12-24');
    assert.deepEqual(report.flagged, []);
    const lines = formatReport(report, '2026-12-24', 1).join('\n');
    assert.match(lines, /too old to raise an alarm \(Stale After Days\): 1\. Import newer figures\./);
});

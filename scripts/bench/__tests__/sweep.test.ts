import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { prepareRules } from 'c/playbookEngine';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { readConfig } from '../../local-org/config.ts';
import { accountRecords } from '../sweep-book.ts';
import { writeSweepProject } from '../sweep-project.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('the org that is swept has twelve triggers that work, and a CSM for 500 accounts', async () => {
    const { csms } = writeSweepProject(folder, 1200);
    const { triggers, settings } = await readProjectRules(folder);
    const prepared = prepareRules({ triggers, settings, fieldTypes: await accountFieldTypes(folder) });
    assert.deepEqual(prepared.problems, []);
    assert.equal(prepared.rules.length, 12);
    assert.equal(csms.length, 3);
    const usernames = readConfig(folder).users.map(({ username }) => username);
    assert.deepEqual(usernames.slice(-3), csms);
});

test('its accounts are as old as the book on any day, and shared out among the CSMs', () => {
    const [records = []] = [...accountRecords({ count: 300, today: '2031-03-05', csms: ['one', 'two'], seed: 1 })];
    assert.equal(records.length, 300);
    const measured = records.map((record) => record['Health_Score_On__c']).filter((day) => typeof day === 'string');
    assert.ok(measured.length > 200 && measured.every((day) => day <= '2031-03-05' && day >= '2030-12-05'));
    assert.deepEqual(new Set(records.map((record) => record['CSM__c'])), new Set(['one', 'two']));
    // What the org works out itself is not written.
    assert.ok(records.every((record) => !('Usage_Change__c' in record)));
});

test('a book comes in parts', () => {
    const parts = [...accountRecords({ count: 10_001, today: '2031-03-05', csms: ['one'], seed: 1 })].map(
        (records) => records.length,
    );
    assert.deepEqual(parts, [10_000, 1]);
});

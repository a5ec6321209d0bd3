import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { matchTriggers, prepareRules } from 'c/playbookEngine';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { HistoryWriter, openHistory } from '../history.ts';
import type { HistoryEntry } from '../history.ts';

const folder = await mkdtemp(join(tmpdir(), 'playbooks-history-'));
after(() => rm(folder, { recursive: true, force: true }));

const prepared = prepareRules({ ...(await readProjectRules()), fieldTypes: await accountFieldTypes() });
const clock = { now: '2026-11-30T02:00:00.000Z', timeZone: 'Europe/Berlin' };
const user = { id: '005000000000001AAA', name: 'Ann', firstName: 'Ann', email: 'a@example', timeZone: 'UTC' };
const about = { sweep: 'SW-00007', orgId: '00D', shard: '1/1', at: clock.now, timeZone: clock.timeZone, full: true };

async function write(path: string, count: number): Promise<void> {
    const writer = await HistoryWriter.open(path, about, prepared);
    for (let number = 0; number < count; number += 1) {
        const account = {
            id: `001${String(number).padStart(12, '0')}AAA`,
            values: {
                Health_Score__c: number % 100,
                Renewal_Date__c: '2027-01-15',
                ARR__c: null,
                Segment__c: 'Ö "x",\n',
            },
        };
        writer.add(account, matchTriggers(prepared, account, clock, user).matches);
        await writer.flush();
    }
    await writer.close();
}

test('what was written is read again: figures without blanks, and what matched with its tier', async () => {
    const path = join(folder, 'nested', 'SW-00007.jsonl.gz');
    await write(path, 45);
    const history = await openHistory(path);
    const entries: HistoryEntry[] = [];
    for await (const entry of history.entries) {
        entries.push(entry);
    }
    assert.equal(history.about.sweep, 'SW-00007');
    assert.ok(history.about.figures.includes('Health'));
    assert.equal(entries.length, 45);
    assert.deepEqual(entries[39], {
        accountId: '001000000000039AAA',
        figures: { Health: 39, Renewal: '2027-01-15', Segment: 'Ö "x",\n' },
        matches: [{ triggerKey: 'At_Risk', tier: 'Critical' }],
    });
});

test('a history of many accounts is small, and a cut one is refused while it is read', async () => {
    const path = join(folder, 'many.jsonl.gz');
    await write(path, 20_000);
    const bytes = await readFile(path);
    assert.ok(bytes.length / 20_000 < 30, `${bytes.length} bytes`);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    await assert.rejects(async () => {
        for await (const entry of (await openHistory(path)).entries) {
            assert.ok(entry.accountId);
        }
    }, /unexpected end of file/);
});

test('what is no history is refused', async () => {
    const path = join(folder, 'none.jsonl.gz');
    await writeFile(path, 'no zip');
    await assert.rejects(openHistory(path), /incorrect header check/);
});

test('a folder that cannot be made is told', async () => {
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(HistoryWriter.open(join(folder, 'file', 'h.gz'), about, prepared), /ENOTDIR|EEXIST/);
});

import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import type { SweepChange } from 'c/playbookEngine';
import { CommandError } from '../../lib/errors.ts';
import { HistoryWriter } from '../history.ts';
import { LockHeld } from '../lock.ts';
import { WHOLE } from '../shards.ts';
import { StateFolder } from '../state-folder.ts';
import { WorkFile, workFileError } from '../work-file.ts';
import type { SweepIdentity } from '../work-file.ts';
import { prepareRules } from 'c/playbookEngine';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';

const folder = await mkdtemp(join(tmpdir(), 'work-file-'));
after(() => rm(folder, { recursive: true, force: true }));

const about: SweepIdentity = {
    ...{ orgId: '00D', shard: '1/1', sweepId: 'a0X', sweepName: 'SW-00003' },
    ...{ startedAt: '2026-11-22T02:00:00.000Z', full: false },
};

const change = (rank: number): SweepChange => ({
    ...{ kind: 'open', triggerKey: 'At_Risk', playbookKey: 'at-risk', tier: 'High', rank, arr: 100, runId: null },
    ...{ needsPlace: true },
    plan: { createRun: {}, updateRun: null, createCompletions: [], updateCompletions: [], createTask: null },
});

const runRow = (account: string, id: string): Record<string, string> => ({
    ...{ Id: id, Account__c: account, Episode_Key__c: `${account}:at-risk:1`, Run_Status__c: 'Open' },
    ...{ 'Run_Playbook__r.Key__c': 'at-risk', 'Run_Playbook__r.Name': 'At-Risk', Acted_At__c: '' },
});

describe('the work file', () => {
    it('gives the runs of a batch of accounts with their completions', () => {
        const work = new WorkFile('');
        work.addRuns([runRow('A', 'r1'), runRow('A', 'r2'), runRow('B', 'r3')]);
        work.addCompletions([
            { Id: 'c1', Playbook_Run__c: 'r2', 'Playbook_Run__r.Account__c': 'A', Completion_Status__c: 'Done' },
        ]);
        const runs = work.runsOf(['A', 'C']);
        assert.deepEqual([...runs.keys()], ['A']);
        assert.deepEqual(
            runs.get('A')?.map(({ actedAt, completions, id, playbookKey }) => ({
                actedAt,
                done: completions.map(({ id: own, status }) => [own, status]),
                id,
                playbookKey,
            })),
            [
                { actedAt: null, done: [], id: 'r1', playbookKey: 'at-risk' },
                { actedAt: null, done: [['c1', 'Done']], id: 'r2', playbookKey: 'at-risk' },
            ],
        );
        work.close();
    });

    it('gives changes by account, and what was noted, also after it was opened again', () => {
        const path = join(folder, 'again.db');
        const first = new WorkFile(path);
        first.begin(about);
        first.transaction(() => {
            first.addChanges('B', null, [change(1)]);
            first.addChanges('A', '005', [change(2), change(3)]);
            first.state = 'planned';
        });
        first.close();
        const second = new WorkFile(path);
        assert.deepEqual(second.identity, about);
        assert.equal(second.state, 'planned');
        assert.deepEqual(
            [...second.changes()].map(({ accountId, change: { rank }, csmId }) => [accountId, csmId, rank]),
            [
                ['A', '005', 2],
                ['A', '005', 3],
                ['B', null, 1],
            ],
        );
        second.close();
    });

    it('keeps nothing of a transaction that fails', () => {
        const work = new WorkFile('');
        assert.throws(
            () =>
                work.transaction(() => {
                    work.addChanges('A', null, [change(1)]);
                    throw new Error('no');
                }),
            /^Error: no$/,
        );
        assert.deepEqual([...work.changes()], []);
        work.close();
    });

    it('tells a full disk, and says that nothing is lost', () => {
        const path = join(folder, 'full.db');
        const work = new WorkFile(path);
        work.database.exec('PRAGMA max_page_count = 20');
        const rows = Array.from({ length: 5000 }, (_, at) => runRow(`A${at}`, `r${at}`));
        let thrown: unknown = null;
        try {
            work.addRuns(rows);
        } catch (error) {
            thrown = workFileError(error, path);
        }
        assert.ok(thrown instanceof CommandError);
        assert.match(thrown.messages[0]?.message ?? '', /The disk is full: .*full\.db/);
        assert.match(thrown.messages[0]?.action ?? '', /nothing is written twice/);
        work.close();
    });
});

describe('the state folder', () => {
    const open = (): Promise<StateFolder> => StateFolder.open(folder, '00D', WHOLE);

    it('finds the newest unfinished sweep of the same part, and clears away the others', async () => {
        const state = await open();
        for (const [name, sweepState] of [
            ['SW-00001', 'planned'],
            ['SW-00002', 'finished'],
            ['SW-00003', 'reading'],
        ] as const) {
            const work = new WorkFile(state.workFile(name));
            work.begin({ ...about, sweepName: name });
            work.state = sweepState;
            work.close();
        }
        const part = await StateFolder.open(folder, '00D', { index: 2, count: 4 });
        const other = new WorkFile(part.workFile('SW-00004'));
        other.begin({ ...about, shard: '2/4' });
        other.close();
        const found = await state.unfinished();
        assert.equal(found?.identity.sweepName, 'SW-00003');
        found.work.close();
        assert.equal((await part.unfinished())?.identity.shard, '2/4');
        await state.remove(state.workFile('SW-00003'));
        assert.equal(await state.unfinished(), null);
    });

    it('does not touch a file that another process is at work on', async () => {
        const state = await open();
        const work = new WorkFile(state.workFile('SW-00005'));
        work.begin(about);
        await assert.rejects(state.unfinished(), LockHeld);
        work.close();
        await state.remove(state.workFile('SW-00005'));
    });

    it('does not go on with what another version of this program wrote', async () => {
        const state = await open();
        const path = state.workFile('SW-00006');
        const old = new DatabaseSync(path);
        old.exec('CREATE TABLE meta (key TEXT); CREATE TABLE change (id INTEGER); PRAGMA user_version = 99');
        old.close();
        assert.equal(await state.unfinished(), null);
    });

    it('tells a damaged file, and what to do', async () => {
        const state = await open();
        const path = state.workFile('SW-00007');
        await writeFile(path, 'this is no database, however long one makes it'.repeat(100));
        await assert.rejects(state.unfinished(), (error: unknown) => {
            assert.ok(error instanceof CommandError);
            assert.match(error.message, /SW-00007.*is damaged/);
            return true;
        });
        await rm(path);
    });
});

describe('the history', () => {
    it('a full disk is told while it is written', async () => {
        const prepared = prepareRules({ ...(await readProjectRules()), fieldTypes: await accountFieldTypes() });
        const path = join(folder, 'full.jsonl.gz');
        await symlink('/dev/full', path);
        const history = await HistoryWriter.open(
            path,
            { sweep: 'SW-00001', orgId: '00D', shard: '1/1', at: about.startedAt, timeZone: 'UTC', full: true },
            prepared,
        );
        await assert.rejects(async () => {
            for (let number = 0; number < 100_000; number += 1) {
                history.add({ id: `001${Math.random()}`, values: { ARR__c: Math.random() } }, []);
                await history.flush();
            }
            await history.close();
        }, /ENOSPC/);
        await history.abandon();
    });
});

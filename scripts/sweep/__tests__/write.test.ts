import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { soqlIn } from '../../lib/soql.ts';
import { acquireLock, LockLost } from '../lock.ts';
import { Outbox } from '../outbox.ts';
import { writePlanned } from '../write.ts';
import type { WriteOptions } from '../write.ts';
import {
    accounts,
    closes,
    completionFields,
    continues,
    episodeKey,
    made,
    NOW,
    opens,
    raises,
    READ_AT,
    runFields,
} from './changes.ts';
import type { Written } from './changes.ts';
import { faultyLine } from './faulty-line.ts';
import { sweepOrg } from './sweep-org.ts';

const org = await sweepOrg();
const { connection } = org;

function outboxOf(changes: readonly (readonly [accountId: string, change: Written])[]): Outbox {
    const outbox = new Outbox(new DatabaseSync(':memory:'));
    for (const [accountId, { change, plan }] of changes) {
        outbox.add(accountId, change, plan);
    }
    return outbox;
}

async function write(outbox: Outbox, options: WriteOptions = {}, through?: string): Promise<void> {
    const client = await org.client(through);
    const lock = await acquireLock(client, { shard: { index: 1, count: 1 }, ranFrom: 'Runner' });
    try {
        await writePlanned(client, lock, outbox, { firstWait: 1, ...options });
    } finally {
        await lock.stop('Test.');
    }
}

const tally = (outbox: Outbox): string[] =>
    outbox.tally().map(({ count, label, state }) => `${label} ${state} ${count}`);

async function runsOf(accountIds: readonly string[]): Promise<Record<string, unknown>[]> {
    return org.rows(
        `SELECT Id, Account__c, Run_Status__c, Current_Tier__c, Outcome__c, Swept_At__c, Not_Done_Count__c FROM Playbook_Run__c
         WHERE ${soqlIn('Account__c', accountIds)} ORDER BY Episode_Key__c`,
    );
}

describe('what a sweep has planned', () => {
    it('is written phase by phase: continued, opened, closed with what was not done, changed', async () => {
        const [a = '', b = '', c = '', d = ''] = await accounts(connection, 4);
        const [closing = '', closed = '', open = ''] = await made(connection, 'Playbook_Run__c', [
            runFields(a),
            runFields(b),
            runFields(c),
        ]);
        const [left = ''] = await made(connection, 'Step_Completion__c', [completionFields(closed, b)]);
        await connection.sobject('Playbook_Run__c').update({
            Id: closed,
            Run_Status__c: 'Closed',
            Outcome__c: 'Recovered',
            Closed_At__c: NOW,
        });
        const outbox = outboxOf([
            [a, closes(closing, a)],
            [b, continues(closed, left)],
            [c, raises(open)],
            [d, opens(d)],
        ]);
        const progress: string[] = [];
        await write(outbox, { onProgress: (done, total) => progress.push(`${done}/${total}`) });
        assert.deepEqual(tally(outbox), ['close done 1', 'continue done 1', 'open done 1', 'raise done 1']);
        assert.equal(progress.at(-1), '6/6');
        assert.deepEqual(
            (await runsOf([a, b, c, d])).map((run) => [
                run['Account__c'],
                run['Run_Status__c'],
                run['Outcome__c'],
                run['Current_Tier__c'],
                run['Not_Done_Count__c'],
            ]),
            [
                [a, 'Closed', 'Recovered', 'High', 1],
                [b, 'Open', null, 'High', 0],
                [c, 'Open', null, 'Critical', 0],
                [d, 'Open', null, 'High', 0],
            ],
        );
        assert.deepEqual(org.jobFiles(), []);
        // Not what the plan said, but when it was sent: a row that is sent twice has to meet the lock of its run.
        assert.notEqual((await runsOf([c]))[0]?.['Swept_At__c'], READ_AT);
    });

    it('closes a run before the next one of its playbook opens in the same night', async () => {
        const [a = ''] = await accounts(connection, 1);
        const Live_Key__c = `${a}:Test`;
        const [old = ''] = await made(connection, 'Playbook_Run__c', [runFields(a, { Live_Key__c })]);
        const { change, plan } = closes(old, a);
        const gone = { id: old, fields: { ...plan.updateRun?.fields, Live_Key__c: null } };
        const second = { Episode_Key__c: episodeKey(a, 2), Episode_Number__c: 2, Live_Key__c };
        const outbox = outboxOf([
            [a, { change, plan: { ...plan, updateRun: gone } }],
            [a, opens(a, second)],
        ]);
        await write(outbox);
        assert.deepEqual(tally(outbox), ['close done 1', 'open done 1']);
        assert.deepEqual(
            (await runsOf([a])).map((run) => run['Run_Status__c']),
            ['Closed', 'Open'],
        );
    });

    it('is not written over what a person has done since, not even in part', async () => {
        const [a = '', b = '', c = ''] = await accounts(connection, 3);
        const acted = '2026-11-22T01:30:00.000Z';
        const [first = '', second = '', third = ''] = await made(connection, 'Playbook_Run__c', [
            runFields(a),
            runFields(b),
            runFields(c, { Acted_At__c: NOW }),
        ]);
        const [done = ''] = await made(connection, 'Step_Completion__c', [
            completionFields(second, b, { Completion_Status__c: 'Undone' }),
        ]);
        const outbox = outboxOf([
            [a, raises(first)],
            [b, closes(second, b, { completionId: done })],
            [c, raises(third, NOW)],
        ]);
        await connection.sobject('Playbook_Run__c').update({ Id: first, Acted_At__c: acted });
        await connection.sobject('Playbook_Run__c').update({ Id: second, Acted_At__c: acted });
        await connection
            .sobject('Step_Completion__c')
            .update({ Id: done, Completion_Status__c: 'Done', Completed_At__c: acted });
        await write(outbox);
        assert.deepEqual(tally(outbox), ['close overtaken 1', 'raise done 1', 'raise overtaken 1']);
        assert.deepEqual(
            (await runsOf([a, b, c])).map((run) => [run['Run_Status__c'], run['Current_Tier__c']]),
            [
                ['Open', 'High'],
                ['Open', 'High'],
                ['Open', 'Critical'],
            ],
        );
        const [completion] = await org.rows(`SELECT Completion_Status__c FROM Step_Completion__c WHERE Id = '${done}'`);
        assert.equal(completion?.['Completion_Status__c'], 'Done');
    });

    it('leaves a run alone that a person has opened first, and knows its own', async () => {
        const [a = '', b = ''] = await accounts(connection, 2);
        await made(connection, 'Playbook_Run__c', [
            runFields(a, { Opened_By__c: 'First action', Surfaced_At__c: READ_AT }),
            runFields(b),
        ]);
        const outbox = outboxOf([
            [a, opens(a)],
            [b, opens(b)],
        ]);
        await write(outbox);
        assert.deepEqual(tally(outbox), ['open done 1', 'open overtaken 1']);
    });

    it('is about records that may be gone by now', async () => {
        const [a = '', b = ''] = await accounts(connection, 2);
        const [run = ''] = await made(connection, 'Playbook_Run__c', [runFields(b)]);
        const admin = await org.connect('sam');
        const deleted = [
            await admin.sobject('Account').destroy(a),
            await admin.sobject('Playbook_Run__c').destroy(run),
        ];
        assert.ok(deleted.every(({ success }) => success));
        const outbox = outboxOf([
            [a, opens(a)],
            [b, closes(run, b)],
        ]);
        await write(outbox);
        assert.deepEqual(tally(outbox), ['close gone 1', 'open gone 1']);
    });

    it('lists what the org refuses, by record and reason, and closes no run whose steps it could not record', async () => {
        const [a = '', b = ''] = await accounts(connection, 2);
        const [run = ''] = await made(connection, 'Playbook_Run__c', [runFields(a)]);
        const closing = closes(run, a);
        const broken = {
            ...closing.plan,
            createCompletions: [completionFields(run, a, { Completion_Status__c: 'Nonsense' })],
        };
        const outbox = outboxOf([
            [a, { change: closing.change, plan: broken }],
            [b, opens(b)],
        ]);
        await write(outbox);
        assert.deepEqual(tally(outbox), ['close failed 1', 'open done 1']);
        const troubles = [...outbox.troubles()];
        assert.deepEqual(
            troubles.map(({ accountId, object, state }) => [accountId, object, state]),
            [[a, 'Step_Completion__c', 'failed']],
        );
        assert.match(troubles[0]?.reason ?? '', /INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST/);
        assert.equal((await runsOf([a]))[0]?.['Run_Status__c'], 'Open');
    });

    it('goes in jobs of a size, one account’s rows beside each other', async () => {
        const ids = await accounts(connection, 25);
        const line = await faultyLine(org);
        const outbox = outboxOf([...ids].reverse().map((id) => [id, opens(id)]));
        await write(outbox, { rowsPerJob: 10 }, line.url);
        assert.equal((await runsOf(ids)).length, 25);
        const jobs = line.asked.filter(({ method, path }) => method === 'PUT' && path.startsWith('/jobs/ingest/'));
        assert.equal(jobs.length, 3);
    });

    it('is sent again when rows were locked, until it is not', async () => {
        const ids = await accounts(connection, 30);
        const line = await faultyLine(org);
        const isUpload = ({ method, path }: { method: string; path: string }): boolean =>
            method === 'PUT' && path.endsWith('/batches');
        line.fail(isUpload, { kind: 'locked', rows: 12 });
        line.fail(isUpload, { kind: 'locked', rows: 3 });
        const outbox = outboxOf(ids.map((id) => [id, opens(id)]));
        await write(outbox, {}, line.url);
        assert.deepEqual(tally(outbox), ['open done 30']);
        const runs = await runsOf(ids);
        assert.deepEqual(runs.map((run) => run['Account__c']).sort(), [...ids].sort());
        assert.equal(line.asked.filter(isUpload).length, 3);
    });

    it('stops where the disk is full, and goes on when there is room', async () => {
        const ids = await accounts(connection, 60);
        const db = new DatabaseSync(':memory:');
        db.exec('PRAGMA page_size = 512');
        const outbox = new Outbox(db);
        for (const id of ids) {
            const { change, plan } = opens(id);
            outbox.add(id, change, plan);
        }
        // The error of SQLite is the same as that of a disk without room; a page more each time stops it at another place.
        const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
        const stops: string[] = [];
        for (let more = 0; ; more += 1) {
            db.exec(`PRAGMA max_page_count = ${pages + more}`);
            try {
                await write(outbox, { rowsPerJob: 25 });
                break;
            } catch (error) {
                stops.push(error instanceof Error ? error.message : String(error));
            }
        }
        assert.deepEqual([...new Set(stops)], ['database or disk is full']);
        assert.deepEqual(tally(outbox), ['open done 60']);
        assert.equal((await runsOf(ids)).length, 60);
    });

    it('is given up on and listed when rows stay locked', async () => {
        const [id = ''] = await accounts(connection, 1);
        const line = await faultyLine(org);
        line.fail(({ method }) => method === 'PUT', { kind: 'locked', rows: 1 }, 100);
        const outbox = outboxOf([[id, opens(id)]]);
        await write(outbox, {}, line.url);
        assert.deepEqual(tally(outbox), ['open failed 1']);
        assert.match([...outbox.troubles()][0]?.reason ?? '', /UNABLE_TO_LOCK_ROW/);
        assert.deepEqual(
            await org.rows(`SELECT Id FROM Playbook_Run__c WHERE Episode_Key__c = '${episodeKey(id)}'`),
            [],
        );
    });
});

it('a job is closed by the holder of the lock alone, however long its upload took', async (t) => {
    const [a = ''] = await accounts(connection, 1);
    const line = await faultyLine(org);
    const outbox = outboxOf([[a, opens(a)]]);
    const client = await org.client(line.url);
    const lock = await acquireLock(client, { shard: { index: 1, count: 1 }, ranFrom: 'Runner' });
    line.onRequest = async ({ method }) => {
        if (method === 'PUT') {
            await connection.sobject('Playbook_Sweep__c').update({ Id: lock.id, Lock_Key__c: null });
            const later = new Date(client.now().getTime() + 11 * 60_000);
            t.mock.method(client, 'now', () => later);
        }
    };
    await assert.rejects(writePlanned(client, lock, outbox), LockLost);
    assert.deepEqual(await org.rows(`SELECT Id FROM Playbook_Run__c WHERE Episode_Key__c = '${episodeKey(a)}'`), []);
});

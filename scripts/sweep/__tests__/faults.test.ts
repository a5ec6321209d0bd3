import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { before, describe, it } from 'node:test';
import { CommandError } from '../../lib/errors.ts';
import { bulkRows } from '../bulk-query.ts';
import { acquireLock } from '../lock.ts';
import { openOrgClient } from '../org-client.ts';
import type { OrgClient } from '../org-client.ts';
import { Outbox } from '../outbox.ts';
import { writePlanned } from '../write.ts';
import { accounts, made, opens, runFields } from './changes.ts';
import { faultyLine } from './faulty-line.ts';
import type { Asked, FaultyLine } from './faulty-line.ts';
import { sweepOrg } from './sweep-org.ts';

const org = await sweepOrg();
const ROWS = 600;
const QUERY = "SELECT Id, Name FROM Account WHERE Name LIKE 'Account %' ORDER BY Name, Id";

const isPage = ({ path }: Asked): boolean => path.includes('/results?');
const isJob = ({ method, path }: Asked): boolean => method === 'GET' && /^\/jobs\/query\/\w+$/.test(path);

async function idsOf(client: OrgClient, pageRows = 200): Promise<string[]> {
    const ids: string[] = [];
    for await (const rows of bulkRows(client, QUERY, { pageRows })) {
        ids.push(...rows.map((row) => row['Id'] ?? ''));
    }
    return ids;
}

async function writeRuns(client: OrgClient, ids: readonly string[]): Promise<Outbox> {
    const outbox = new Outbox(new DatabaseSync(':memory:'));
    for (const id of ids) {
        const { change, plan } = opens(id);
        outbox.add(id, change, plan);
    }
    const lock = await acquireLock(client, { shard: { index: 1, count: 1 }, ranFrom: 'Runner' });
    await writePlanned(client, lock, outbox, { firstWait: 1, rowsPerJob: 20 });
    await lock.finish('Finished', {});
    return outbox;
}

async function opened(ids: readonly string[]): Promise<number> {
    const rows = await org.rows('SELECT Account__c FROM Playbook_Run__c');
    return rows.filter((row) => ids.includes(String(row['Account__c']))).length;
}

describe('a download over a bad connection', () => {
    let expected: readonly string[] = [];
    before(async () => {
        await accounts(org.connection, ROWS);
        expected = await idsOf(await org.client());
        assert.equal(expected.length, ROWS);
    });

    for (const after of [0, 1, 20, 500, 5_000, 9_000]) {
        it(`that is cut after ${after} bytes of a page goes on there, each row once`, async () => {
            const line = await faultyLine(org);
            line.fail(isPage, { kind: 'cut', after }, 4);
            assert.deepEqual(await idsOf(await org.client(line.url)), expected);
        });
    }

    it('waits while the org answers 503', async () => {
        const line = await faultyLine(org);
        line.fail(isJob, { kind: 'unavailable' }, 3);
        line.fail(isPage, { kind: 'unavailable' }, 3);
        line.fail(({ method }) => method === 'POST', { kind: 'unavailable' }, 2);
        assert.deepEqual(await idsOf(await org.client(line.url)), expected);
    });

    it('that stays away ends with what to do, not with a stack', async () => {
        const line = await faultyLine(org);
        line.fail(isPage, { kind: 'unavailable' }, 10_000);
        await assert.rejects(idsOf(await org.client(line.url)), (error) => {
            assert.ok(error instanceof CommandError);
            assert.match(error.message, /has not answered for/);
            assert.match(error.messages[0]?.action ?? '', /run the same command again/);
            return true;
        });
    });

    it('goes on with a fresh token when the one in use expires', async () => {
        const line = await faultyLine(org);
        const known = await org.announce(line.url, org.token);
        const client = await openOrgClient({ org: 'local', data: known });
        let pages = 0;
        line.onRequest = async (asked) => {
            pages += isPage(asked) ? 1 : 0;
            if (pages === 2) {
                line.expire(org.token);
                line.issue('second');
                await org.announce(line.url, 'second', known);
            }
        };
        assert.deepEqual(await idsOf(client), expected);
        // jsforce's own requests renew it as well.
        line.expire('second');
        line.issue('third');
        await org.announce(line.url, 'third', known);
        assert.equal((await client.connection.query('SELECT Id FROM Organization')).totalSize, 1);
    });

    it('stops with a clear word when there is no fresh token', async () => {
        const line = await faultyLine(org);
        const client = await org.client(line.url);
        line.onRequest = (asked) => {
            if (isPage(asked)) {
                line.expire(org.token);
            }
        };
        await assert.rejects(idsOf(client), /The session has ended/);
        await assert.rejects(
            async () => client.connection.query('SELECT Id FROM Organization'),
            /The session has ended/,
        );
        await assert.rejects(org.client(org.url, 'wrong'), /The session has ended/);
    });

    it('stops at once when the day’s requests are used up', async () => {
        const line = await faultyLine(org);
        const limit = {
            kind: 'refused',
            status: 403,
            errorCode: 'REQUEST_LIMIT_EXCEEDED',
            message: 'TotalRequests Limit exceeded.',
        } as const;
        line.fail(isPage, limit, 100);
        await assert.rejects(idsOf(await org.client(line.url)), /used up its API requests/);
        assert.ok(line.asked.filter(isPage).length <= 2);
        const busy = await faultyLine(org);
        busy.fail(isPage, { ...limit, message: 'ConcurrentPerOrgLongTxn Limit exceeded.' });
        assert.deepEqual(await idsOf(await org.client(busy.url)), expected);
    });
});

describe('writing over a bad connection', () => {
    /** Each request of writing once, with the fault that the test is about. */
    const steps: readonly (readonly [step: string, fits: (asked: Asked) => boolean])[] = [
        ['making the job', ({ method, path }) => method === 'POST' && path === '/jobs/ingest'],
        ['the upload', ({ method }) => method === 'PUT'],
        ['closing the job', ({ method, path }) => method === 'PATCH' && path.startsWith('/jobs/')],
        ['asking for its state', ({ method, path }) => method === 'GET' && /^\/jobs\/ingest\/\w+$/.test(path)],
        ['its results', ({ path }) => path.endsWith('/successfulResults')],
        ['its refused rows', ({ path }) => path.endsWith('/failedResults')],
        ['deleting it', ({ method }) => method === 'DELETE'],
        ['releasing the lock', ({ method, path }) => method === 'PATCH' && path.includes('/Playbook_Sweep__c/')],
    ];
    for (const [step, fits] of steps) {
        it(`writes each row once when ${step} gets no answer, or none yet`, async () => {
            const ids = await accounts(org.connection, 30);
            // One of them is there already, so that there is a row that is refused.
            await made(org.connection, 'Playbook_Run__c', [runFields(ids[0] ?? '')]);
            const line: FaultyLine = await faultyLine(org);
            line.fail(fits, { kind: 'lost' });
            line.fail(fits, { kind: 'unavailable' }, 2);
            line.fail(fits, { kind: 'lost' });
            const outbox = await writeRuns(await org.client(line.url), ids);
            assert.deepEqual(
                outbox.tally().map(({ count, state }) => [state, count]),
                [['done', 30]],
            );
            assert.equal(await opened(ids), 30);
        });
    }
});

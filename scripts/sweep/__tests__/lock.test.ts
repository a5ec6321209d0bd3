import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acquireLock, LockHeld, LockLost } from '../lock.ts';
import type { LockRequest, SweepLock } from '../lock.ts';
import { faultyLine } from './faulty-line.ts';
import { sweepOrg } from './sweep-org.ts';

const org = await sweepOrg();
const client = await org.client();
const { connection } = org;

const part = (index: number, count: number): LockRequest => ({ shard: { index, count }, ranFrom: 'Runner' });
const whole = part(1, 1);

/** As if the holder had not been heard of since. */
async function lapse({ id }: SweepLock): Promise<void> {
    await connection
        .sobject('Playbook_Sweep__c')
        .update({ Id: id, Lease_Until__c: new Date(Date.now() - 60_000).toISOString() });
}

async function recordOf({ id }: SweepLock): Promise<Record<string, unknown>> {
    const [record] = await org.rows(
        `SELECT Lock_Key__c, Sweep_Status__c, Lease_Until__c, Finished_At__c, Shard__c, Ran_From__c, Sweep_Message__c, Opened_Count__c
         FROM Playbook_Sweep__c WHERE Id = '${id}'`,
    );
    return record ?? {};
}

describe('the lock of a sweep', () => {
    it('lets one sweep in, and the next one when it has finished', async () => {
        const lock = await acquireLock(client, whole);
        assert.match(lock.name, /^SW-\d{5}$/);
        const running = await recordOf(lock);
        assert.deepEqual(
            [running['Lock_Key__c'], running['Sweep_Status__c'], running['Shard__c'], running['Ran_From__c']],
            ['sweep 1/1', 'Running', '1/1', 'Runner'],
        );
        await assert.rejects(acquireLock(await org.client(), whole), (error) => {
            assert.ok(error instanceof LockHeld);
            assert.match(error.message, new RegExp(`${lock.name}, started .* by .* from a runner`));
            return true;
        });
        await lock.finish('Finished', { Opened_Count__c: 3, Sweep_Message__c: 'All well.' });
        const finished = await recordOf(lock);
        assert.deepEqual(
            [finished['Lock_Key__c'], finished['Sweep_Status__c'], finished['Opened_Count__c']],
            [null, 'Finished', 3],
        );
        assert.ok(finished['Finished_At__c'] !== null);
        await (await acquireLock(client, whole)).stop('Test.');
    });

    it('lets the parts of one division run beside each other, and nothing else', async () => {
        const locks = [await acquireLock(client, part(1, 3)), await acquireLock(client, part(2, 3))];
        await assert.rejects(acquireLock(client, part(2, 3)), LockHeld);
        await assert.rejects(acquireLock(client, whole), LockHeld);
        await assert.rejects(acquireLock(client, part(3, 4)), LockHeld);
        const given = await org.rows(
            "SELECT Sweep_Status__c, Lock_Key__c FROM Playbook_Sweep__c WHERE Shard__c = '3/4'",
        );
        assert.deepEqual(given, [{ Sweep_Status__c: 'Stopped', Lock_Key__c: null }]);
        for (const lock of locks) {
            await lock.stop('Test.');
        }
        await (await acquireLock(client, whole)).stop('Test.');
    });

    it('of two that come at once one gets it', async () => {
        const clients = await Promise.all([1, 2, 3, 4].map(() => org.client()));
        const results = await Promise.allSettled(clients.map((one) => acquireLock(one, whole)));
        const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
        assert.equal(locks.length, 1);
        await locks[0]?.stop('Test.');
    });

    it('that nobody has kept is taken over, and its holder stops without writing', async () => {
        const dead = await acquireLock(client, whole);
        await lapse(dead);
        const next = await acquireLock(await org.client(), whole);
        const record = await recordOf(dead);
        assert.deepEqual([record['Lock_Key__c'], record['Sweep_Status__c']], [null, 'Stopped']);
        assert.match(String(record['Sweep_Message__c']), /another sweep took over/);
        await assert.rejects(dead.finish('Finished', {}), LockLost);
        await dead.stop('It had stopped already.');
        assert.equal((await recordOf(dead))['Sweep_Message__c'], record['Sweep_Message__c']);
        assert.equal((await recordOf(next))['Sweep_Status__c'], 'Running');
        await next.stop('Test.');
    });

    it('of a process that was killed goes to the one that goes on with its work, unless somebody was faster', async () => {
        const killed = await acquireLock(client, whole);
        const again = await acquireLock(await org.client(), { ...whole, resume: killed.id });
        assert.deepEqual([again.id, again.resumed], [killed.id, true]);
        assert.ok(Date.parse(String((await recordOf(again))['Lease_Until__c'])) > Date.now());
        await lapse(again);
        const other = await acquireLock(client, whole);
        await assert.rejects(acquireLock(client, { ...whole, resume: killed.id }), LockHeld);
        await other.stop('Test.');
        const anew = await acquireLock(client, { ...whole, resume: killed.id });
        assert.equal(anew.resumed, false);
        await anew.stop('Test.');
    });

    it('of a process that was killed before it had noted whose it is goes to the next one of the same place', async () => {
        const killed = await acquireLock(client, { ...whole, word: 'place-1' });
        await assert.rejects(acquireLock(client, { ...whole, word: 'place-2' }), LockHeld);
        const again = await acquireLock(client, { ...whole, word: 'place-1' });
        assert.deepEqual([again.id, again.resumed], [killed.id, false]);
        await again.finish('Finished', {});
        await (await acquireLock(client, { ...whole, word: 'place-2' })).stop('Test.');
    });

    it('is kept when that is due, and lost when the key is somebody else’s', async () => {
        const first = await acquireLock(client, whole);
        const before = client.calls;
        await first.keep();
        assert.equal(client.calls, before);
        const resumed = await acquireLock(client, { ...whole, resume: first.id });
        await connection.sobject('Playbook_Sweep__c').update({ Id: first.id, Lock_Key__c: null });
        await assert.rejects(resumed.finish('Finished', {}), LockLost);
    });

    it('is our own when the answer to taking it was lost', async () => {
        const line = await faultyLine(org);
        line.fail(({ method, path }) => method === 'POST' && path.includes('Playbook_Sweep__c'), { kind: 'lost' });
        const lock = await acquireLock(await org.client(line.url), whole);
        assert.equal((await recordOf(lock))['Lock_Key__c'], 'sweep 1/1');
        await lock.stop('Test.');
    });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveInBatches } from '../records.ts';

const locked = { success: false, errors: [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'locked' }] };

test('sends at most 200 records a request and keeps their order', async () => {
    const sizes: number[] = [];
    const progress: number[] = [];
    const records = Array.from({ length: 450 }, (_, index) => index);
    const saved = await saveInBatches(records, { onProgress: (done) => progress.push(done) }, async (batch) => {
        sizes.push(batch.length);
        return batch.map((index) => ({ success: true, id: `id${index}` }));
    });
    assert.deepEqual(sizes, [200, 200, 50]);
    assert.deepEqual(progress, [200, 400, 450]);
    assert.deepEqual(saved[333], { ok: true, id: 'id333', created: true });
});

test('sends locked rows again, and only them', async () => {
    const sent: string[][] = [];
    const saved = await saveInBatches(['a', 'b', 'c'], { lockWaitMs: 0 }, async (batch) => {
        sent.push([...batch]);
        return batch.map((name) =>
            name === 'b' && sent.length < 3 ? locked : { success: true, id: name, created: false },
        );
    });
    assert.deepEqual(sent, [['a', 'b', 'c'], ['b'], ['b']]);
    assert.deepEqual(saved[1], { ok: true, id: 'b', created: false });
});

test('with allOrNone a locked row sends the whole request again', async () => {
    const sent: string[][] = [];
    await saveInBatches(['a', 'b'], { lockWaitMs: 0, allOrNone: true }, async (batch) => {
        sent.push([...batch]);
        return batch.map((name) => (sent.length === 1 ? locked : { success: true, id: name }));
    });
    assert.deepEqual(sent, [
        ['a', 'b'],
        ['a', 'b'],
    ]);
});

test('gives up on a lock that stays, and says so', async () => {
    let requests = 0;
    const saved = await saveInBatches(['a'], { lockWaitMs: 0 }, async () => {
        requests += 1;
        return [locked];
    });
    assert.equal(requests, 5);
    assert.deepEqual(saved, [{ ok: false, errors: locked.errors }]);
});

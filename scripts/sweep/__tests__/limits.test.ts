import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortages } from '../limits.ts';

const needs = { requests: 100, queryJobs: 0, ingestJobs: 0 };
const left = (remaining: number): Parameters<typeof shortages>[0] => ({
    DailyApiRequests: { Max: 100_000, Remaining: remaining },
    DailyBulkApiBatches: { Max: 15_000, Remaining: 0 },
});

test('a tenth of the day is kept for others, and the refusal says of what', () => {
    assert.deepEqual(shortages(left(10_100), { ...needs, requests: 100 }), []);
    assert.match(
        shortages(left(10_100), { ...needs, requests: 200 })[0] ?? '',
        /^The sweep needs about 200 API requests; the org has 10100 of 100000 left for today/,
    );
});

test('after a busy day a sweep still runs that needs next to nothing of what is left', () => {
    assert.deepEqual(shortages(left(9_999), { ...needs, requests: 99 }), []);
    assert.equal(shortages(left(9_999), needs).length, 1);
});

test('what is not asked for is not missed', () => {
    assert.deepEqual(shortages(left(50_000), needs), []);
    assert.equal(shortages(left(50_000), { ...needs, ingestJobs: 1 }).length, 1);
});

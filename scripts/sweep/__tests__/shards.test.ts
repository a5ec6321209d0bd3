import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../lib/random.ts';
import { parseShard, rangeConditions, shardRange } from '../shards.ts';
import type { IdRange } from '../shards.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const random = randomFrom(20261122);

function randomId(beginning: string): string {
    let id = `001${beginning}`;
    while (id.length < 15) {
        id += DIGITS.charAt(Math.floor(random() * DIGITS.length));
    }
    return id;
}

/** As the platform compares ids, and JavaScript texts. */
const isWithin = (id: string, { from, below }: IdRange): boolean =>
    (from === null || id >= from) && (below === null || id < below);

const orgs: readonly [string, string][] = [
    ['ids of one instance', '5g00000X'],
    ['an org that has moved', ''],
    ['a small org', '5g00000XYZab'.slice(0, 11)],
];

for (const [name, beginning] of orgs) {
    test(`${name}: every id lies in exactly one part, also one outside of what was known`, () => {
        const known = Array.from({ length: 500 }, () => randomId(beginning)).sort();
        const ids = [
            ...known,
            '001000000000000',
            '001zzzzzzzzzzzz',
            ...Array.from({ length: 200 }, () => randomId('')),
        ];
        for (const count of [1, 2, 3, 7, 99]) {
            const ranges = Array.from({ length: count }, (_, at) =>
                shardRange({ index: at + 1, count }, known[0] ?? '', known.at(-1) ?? ''),
            );
            for (const id of ids) {
                assert.equal(ranges.filter((range) => isWithin(id, range)).length, 1, `${id} of ${count}`);
            }
        }
    });
}

test('parts of evenly spread ids are of about the same size', () => {
    const ids = Array.from({ length: 4000 }, () => randomId('5g00000X')).sort();
    for (let index = 1; index <= 4; index += 1) {
        const range = shardRange({ index, count: 4 }, ids[0] ?? '', ids.at(-1) ?? '');
        const share = ids.filter((id) => isWithin(id, range)).length / ids.length;
        assert.ok(share > 0.2 && share < 0.3, `${index}/4 has ${share}`);
    }
});

test('accounts that are added between the starts of two parts do not move the borders of a large org', () => {
    const before = shardRange({ index: 2, count: 4 }, '0015g00000AAAAA', '0015g00000zAAAA');
    const after = shardRange({ index: 2, count: 4 }, '0015g00000AAAAA', '0015g00000zAAzz');
    assert.deepEqual(after, before);
});

test('one part of one is the whole book, without a condition', () => {
    assert.deepEqual(rangeConditions('Id', shardRange(parseShard('1/1'), '0015g00000AAAAA', '0015g00000BAAAA')), []);
});

for (const wrong of ['0/4', '5/4', '1', 'a/b', '1/0', '-1/4', '1/100', '']) {
    test(`“${wrong}” is refused as a part`, () => {
        assert.throws(() => parseShard(wrong), /no part of a sweep/);
    });
}

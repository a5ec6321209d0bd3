import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soqlDate, soqlIn, soqlLiteral } from '../soql.ts';

const literals: readonly [string | number | boolean | null, string][] = [
    ["O'Neil", String.raw`'O\'Neil'`],
    ['a\\', String.raw`'a\\'`],
    ["\\' OR Name != '", String.raw`'\\\' OR Name != \''`],
    ['two\nlines', String.raw`'two\nlines'`],
    [1.5, '1.5'],
    [true, 'true'],
    [null, 'null'],
];

for (const [value, literal] of literals) {
    test(`literal of ${JSON.stringify(value)}`, () => {
        assert.equal(soqlLiteral(value), literal);
    });
}

test('numbers without a form are refused', () => {
    assert.throws(() => soqlLiteral(Number.NaN), RangeError);
});

test('dates stand without quotes, anything else is refused', () => {
    assert.equal(soqlDate('2026-11-21'), '2026-11-21');
    assert.equal(soqlDate('2026-11-21T08:00:00.000Z'), '2026-11-21T08:00:00.000Z');
    assert.throws(() => soqlDate("2026-11-21' OR Id != '"), RangeError);
});

test('an empty list meets no record', () => {
    assert.equal(soqlIn('Name', []), 'Id = null');
    assert.equal(soqlIn('Name', ['a', "b'"]), String.raw`Name IN ('a', 'b\'')`);
});

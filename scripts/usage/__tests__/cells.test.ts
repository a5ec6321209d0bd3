import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from 'c/formula';
import { CellError, cellReader } from '../cells.ts';
import type { ColumnType } from '../map-format.ts';

const point = { dates: 'yyyy-MM-dd', decimalComma: false };
const german = { dates: 'dd.MM.yyyy', decimalComma: true };
const dashes = { dates: 'dd-MM-yyyy', decimalComma: false };
const american = { dates: 'MM/dd/yyyy HH:mm', decimalComma: false };

const readable: readonly [ColumnType, typeof point, string, Value][] = [
    ['Text', point, 'as it is', 'as it is'],
    ['Text', point, '', null],
    ['Number', point, '1,234.5', 1234.5],
    ['Number', point, '-0.5', -0.5],
    ['Number', point, '.5', 0.5],
    ['Number', point, '1e3', 1000],
    ['Number', point, '', null],
    ['Number', german, '1.234,5', 1234.5],
    ['Number', german, '72,5', 72.5],
    ['Currency', german, '48000', 48000],
    ['Percent', point, '-12.5', -12.5],
    ['Checkbox', point, 'TRUE', true],
    ['Checkbox', point, 'no', false],
    ['Date', dashes, '29-02-2024', '2024-02-29'],
    ['Date', german, '1.3.2026', '2026-03-01'],
    ['Date', american, '12/31/2024 23:59', '2024-12-31'],
    ['DateTime', american, '12/31/2024 23:59', '2024-12-31T23:59:00.000Z'],
    ['Date', dashes, '', null],
];

for (const [type, formats, text, value] of readable) {
    test(`${type} ${formats.dates} “${text}”`, () => {
        assert.equal(cellReader(type, formats)(text), value);
    });
}

const unreadable: readonly [ColumnType, typeof point, string, RegExp][] = [
    ['Number', point, 'n/a', /no number/],
    ['Number', point, '1.234,5', /no number/],
    ['Number', point, '12,34', /no number/],
    ['Number', german, '1,234.5', /no number/],
    ['Checkbox', point, 'perhaps', /neither true nor false/],
    ['Date', dashes, '30-02-2024', /does not exist/],
    ['Date', dashes, '29-02-2023', /does not exist/],
    ['Date', dashes, '2024-12-31', /not a date written as dd-MM-yyyy/],
    ['Date', dashes, '31-12-24', /not a date/],
    ['DateTime', american, '12/31/2024 24:00', /does not exist/],
];

for (const [type, formats, text, reason] of unreadable) {
    test(`${type} ${formats.dates} refuses “${text}”`, () => {
        assert.throws(
            () => cellReader(type, formats)(text),
            (error) => error instanceof CellError && reason.test(error.message),
        );
    });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { randomFrom } from '../../lib/random.ts';
import { CsvScanner } from '../csv-scanner.ts';
import type { CsvRow } from '../csv-scanner.ts';

/** Reads a text in pieces of so many bytes. */
function scan(text: string, size: number): CsvRow[] {
    const bytes = Buffer.from(text);
    const scanner = new CsvScanner();
    const rows: CsvRow[] = [];
    for (let at = 0; at < bytes.length; at += size) {
        rows.push(...scanner.add(bytes.subarray(at, at + size)));
    }
    return [...rows, ...scanner.end()];
}

describe('CSV of bulk results', () => {
    it('is read as csv-parse reads it, wherever the pieces are cut', () => {
        const random = randomFrom(7);
        const choose = <T>(values: readonly [T, ...T[]]): T =>
            values[Math.floor(random() * values.length)] ?? values[0];
        const value = (): string =>
            Array.from({ length: Math.floor(random() * 6) }, () =>
                choose(['a', 'ß', '€', '😀', '"', ',', '\n', '\r\n', '\r', ' ', "'", '#N/A', '']),
            ).join('');
        for (let round = 0; round < 400; round += 1) {
            const columns = ['Id', 'Name', 'A__r.B__c'].slice(0, 1 + Math.floor(random() * 3));
            const records = Array.from({ length: Math.floor(random() * 5) }, () =>
                // A line with one blank value would be an empty line.
                columns.map((_, at) => (at === 0 ? `x${value()}` : value())),
            );
            const text = stringify([columns, ...records], {
                quoted: choose([true, false]),
                record_delimiter: choose(['\n', '\r\n']),
                // Without quotes a lone line feed would end a line for one reader and not for another.
                quoted_match: /[\r\n]/,
                bom: choose([true, false]),
            });
            const expected: unknown = parse(text, { bom: true, columns: true, relax_column_count: true });
            for (const size of [1, 2, 3, 7, 1000]) {
                assert.deepEqual(scan(text, size), expected, JSON.stringify({ text, size }));
            }
        }
    });

    it('may end without a line end, and have empty lines', () => {
        assert.deepEqual(scan('"Id","Name"\n"1","a"\n\n"2",""', 5), [
            { Id: '1', Name: 'a' },
            { Id: '2', Name: '' },
        ]);
        assert.deepEqual(scan('Id,Name\r\n1,\r\n', 1), [{ Id: '1', Name: '' }]);
    });

    it('that is broken is refused, never read askew', () => {
        assert.throws(() => scan('"Id","Name"\n"1"\n', 100), /1 values for 2 columns/);
        assert.throws(() => scan('"Id"\n"1","2"\n', 100), /2 values for 1 columns/);
        assert.throws(() => scan('"Id"\n"1"x\n', 100), SyntaxError);
        assert.throws(() => scan('"Id"\n"1', 100), /ends within a quoted value/);
    });
});

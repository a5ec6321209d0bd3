import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

interface Finished {
    readonly code: number | null;
    readonly lines: readonly unknown[];
    readonly errors: string;
}

async function run(args: readonly string[], input: string): Promise<Finished> {
    const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args]);
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.stdin.end(input);
    const [code, output, errors] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
    const lines = code === 0 && !args.includes('--help') ? output.split('\n').filter((line) => line !== '') : [];
    return { code, lines: lines.map((line): unknown => JSON.parse(line)), errors: errors || output };
}

const jsonLines = (...requests: readonly unknown[]): string =>
    requests.map((request) => (typeof request === 'string' ? request : JSON.stringify(request))).join('\n');

describe('npm run formula', () => {
    it('evaluates line by line, in order, and goes on after a bad line', async () => {
        const { code, lines } = await run(
            ['eval'],
            jsonLines(
                { formula: '1 + 2' },
                '{"formula": ',
                { formula: 'a / b', fields: { a: { type: 'Number', value: 1 }, b: { type: 'Number', value: 0 } } },
                '',
                { formula: 'Name & "!"', type: 'Text', fields: { Name: { type: 'Text', value: 'Ärger\u2028' } } },
            ),
        );
        assert.equal(code, 0);
        assert.deepEqual(lines[0], { value: 3 });
        assert.match(JSON.stringify(lines[1]), /^\{"error":"not JSON: /);
        assert.deepEqual(lines[2], { error: 'division by zero (at character 5)' });
        assert.deepEqual(lines[3], { value: 'Ärger\u2028!' });
        assert.equal(lines.length, 4);
    });

    it('reads blanks as asked, zero when nothing is said', async () => {
        const fields = { Health__c: { type: 'Number', value: null } };
        const formula = 'Health__c < 60';
        const { lines } = await run(
            ['eval'],
            jsonLines(
                { formula, fields },
                { formula, fields, blanks: 'zero' },
                { formula, fields, blanks: 'blank' },
                { formula, fields, blanks: 'unknown' },
            ),
        );
        assert.deepEqual(lines, [{ value: true }, { value: true }, { value: false }, { value: null }]);
    });

    it('takes a field by its name with and without __c, and numbers and checkboxes as text', async () => {
        const { lines } = await run(
            ['eval'],
            jsonLines(
                { formula: 'rate__c', type: 'Percent', fields: { rate: { type: 'Percent', value: '10' } } },
                { formula: 'Rate__c * 2', fields: { Rate__c: { type: 'Percent', value: 10 } } },
                { formula: 'IF(On__c, 1, 2)', fields: { On__c: { type: 'Checkbox', value: 'true' } } },
            ),
        );
        assert.deepEqual(lines, [{ value: 10 }, { value: 0.2 }, { value: 1 }]);
    });

    it('prints dates as ISO, in the time zone and at the time asked for', async () => {
        const now = '2026-03-28T23:30:00Z';
        const { lines } = await run(
            ['eval'],
            jsonLines(
                { formula: 'TODAY()', now },
                { formula: 'TODAY()', now, timeZone: 'Europe/Berlin' },
                { formula: 'NOW() + 0.5', now },
                { formula: 'NOW()', type: 'Date', now, timeZone: 'Europe/Berlin' },
                { formula: 'TODAY()', now, timeZone: 'Mars/Base' },
            ),
        );
        assert.deepEqual(lines, [
            { value: '2026-03-28' },
            { value: '2026-03-29' },
            { value: '2026-03-29T11:30:00.000Z' },
            { value: '2026-03-29' },
            { error: 'no time zone "Mars/Base"; write an IANA name such as Europe/Berlin (at character 1)' },
        ]);
    });

    it('names the part of a line that is not understood', async () => {
        const { lines } = await run(
            ['eval'],
            jsonLines({ formula: 5 }, { formula: '1', fields: { a: { type: 'Zahl', value: 1 } } }, '[]'),
        );
        assert.match(JSON.stringify(lines[0]), /"error":"formula: /);
        assert.match(JSON.stringify(lines[1]), /"error":"fields.a.type: /);
        assert.match(JSON.stringify(lines[2]), /"error":"the line: /);
    });

    it('checks without values', async () => {
        const fields = { Health_Score__c: { type: 'Number' } };
        const { lines } = await run(
            ['check'],
            jsonLines(
                { formula: 'health_score__c < 60', type: 'Checkbox', fields },
                { formula: 'Helth_Score__c < 60', type: 'Checkbox', fields },
            ),
        );
        assert.deepEqual(lines, [
            { ok: true, type: 'Checkbox', references: ['Health_Score__c'], issues: [] },
            {
                ok: false,
                type: null,
                references: [],
                issues: [
                    {
                        message: 'no field Helth_Score__c; did you mean Health_Score__c?',
                        position: 0,
                        length: 14,
                        suggestion: 'Health_Score__c',
                    },
                ],
            },
        ]);
    });

    it('explains each comparison with its actual value', async () => {
        const fields = { Health__c: { type: 'Number', label: 'Health', value: 41 } };
        const { lines } = await run(['explain'], jsonLines({ formula: 'Health__c < 60', fields }));
        assert.deepEqual(lines, [
            {
                value: true,
                comparisons: [
                    {
                        source: 'Health__c < 60',
                        position: 0,
                        operator: '<',
                        left: { path: 'Health__c', label: 'Health', type: 'Number', value: 41, source: 'Health__c' },
                        right: { type: 'Number', value: 60, source: '60' },
                        held: true,
                        decisive: true,
                    },
                ],
            },
        ]);
    });

    it('says how it is used, with code 2 when it is used wrongly', async () => {
        const help = await run(['--help'], '');
        assert.equal(help.code, 0);
        assert.match(help.errors, /eval \| check \| explain/);
        for (const args of [[], ['evaluate'], ['eval', 'more'], ['eval', '--fast']]) {
            const wrong = await run(args, '');
            assert.equal(wrong.code, 2, args.join(' '));
            assert.match(wrong.errors, /npm run formula -- eval/);
        }
    });
});

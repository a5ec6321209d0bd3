import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { execute } from '../../lib/command.ts';
import { history } from '../command.ts';

async function run(...argv: string[]) {
    const printed: string[] = [];
    const warned: string[] = [];
    const code = await execute(history, argv, {
        print: (line) => printed.push(line),
        warn: (line) => warned.push(line),
    });
    return { code, printed: printed.join('\n'), warned: warned.join('\n') };
}

const SMALL = ['--accounts', '8', '--years', '1', '--today', '2026-11-22'];

describe('npm run history', () => {
    it('shows what a history was made from, and writes nothing', async () => {
        const { code, printed, warned } = await run(...SMALL);
        assert.equal(code, 0);
        assert.match(
            printed,
            /^GENERATED HISTORY from 2025-11-22 to the day before 2026-11-22: \d+ accounts, \d+ runs/,
        );
        assert.match(warned, /Nothing was written/);
    });

    it('gives the truth as JSON, the same for a seed', async () => {
        const { printed } = await run(...SMALL, '--seed', '3', '--json');
        const truth: unknown = JSON.parse(printed);
        assert.ok(typeof truth === 'object' && truth !== null && 'answers' in truth && 'effects' in truth);
        assert.equal((await run(...SMALL, '--seed', '3', '--json')).printed, printed);
    });

    for (const [option, value] of [
        ['--accounts', '0'],
        ['--accounts', ''],
        ['--seed', 'seven'],
        ['--years', '1.5'],
        ['--today', '2026-02-30'],
    ] as const) {
        it(`refuses ${option} ${value === '' ? '(nothing)' : value}, and says what to write`, async () => {
            const { code, printed, warned } = await run(option, value);
            assert.equal(code, 2);
            assert.equal(printed, '');
            assert.match(warned, /→ Write/);
        });
    }

    it('says what to do when there is no org to write to', async () => {
        const { code, warned } = await run(...SMALL, '--org', 'local', '--data', '/nowhere');
        assert.equal(code, 2);
        assert.match(warned, /→/);
    });
});

import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { execute } from '../../lib/command.ts';
import { importPlaybooks } from '../../playbooks/import.ts';
import { sweepOrg } from '../../sweep/__tests__/sweep-org.ts';
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

    it('loads a history into an org without playbooks, and no second one', async () => {
        const org = await sweepOrg();
        const target = ['--org', 'local', '--data', await org.announce(org.url, org.token)];
        assert.match((await run(...SMALL, ...target, '--dry-run')).warned, /Nothing was written/);
        assert.deepEqual(await org.rows('SELECT Id FROM Account'), []);
        const { code, warned } = await run(...SMALL, ...target);
        assert.equal(code, 0, warned);
        assert.match(warned, /Generated history: \d+ accounts, \d+ runs/);
        const second = await run(...SMALL, ...target);
        assert.equal(second.code, 2);
        assert.match(second.warned, /has a generated history already/);
    });

    it('refuses an org whose At Risk has no version before it', async () => {
        const org = await sweepOrg();
        await importPlaybooks({ connection: org.connection, directory: 'data/playbooks' });
        const { code, warned } = await run(
            ...SMALL,
            '--org',
            'local',
            '--data',
            await org.announce(org.url, org.token),
        );
        assert.equal(code, 2);
        assert.match(warned, /not the two versions/);
        assert.deepEqual(await org.rows('SELECT Id FROM Account'), []);
    });

    it('says what to do when there is no org to write to', async () => {
        const { code, warned } = await run(...SMALL, '--org', 'local', '--data', '/nowhere');
        assert.equal(code, 2);
        assert.match(warned, /→/);
    });
});

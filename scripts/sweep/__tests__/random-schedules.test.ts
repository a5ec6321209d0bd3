/**
 * A model-based test against a real local org. A few dozen schedules by default; `SCHEDULES=1000 npx tsx --test <this file>` runs that many, and
 * `SEED=<n>` begins with the seed that a fault names.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noCounts, runSchedules } from './random-schedules/schedules.ts';

const SCHEDULES = Number(process.env['SCHEDULES'] ?? 24);
const SEED = Number(process.env['SEED'] ?? 1);
/** Schedules that share an org and its sweeps. */
const TOGETHER = 24;
const ROUNDS = 20;

describe(`${SCHEDULES} random schedules of three people, sweeps and moving figures`, () => {
    const counts = noCounts();
    for (let done = 0; done < SCHEDULES; done += TOGETHER) {
        const seed = SEED + done / TOGETHER;
        it(`keep every run and completion in order (seed ${seed})`, async () => {
            await runSchedules(seed, Math.min(TOGETHER, SCHEDULES - done), ROUNDS, counts);
            assert.deepEqual(counts.faults, []);
        });
    }

    it('have met what they are about', (context) => {
        const { kinds, faults, lateActs, overtaken, ...others } = counts;
        // Who of a person and a sweep comes too late is up to the machine; that somebody did shows that they met.
        const numbers = { ...others, tooLate: lateActs + overtaken };
        context.diagnostic(
            JSON.stringify({ ...numbers, lateActs, overtaken, faults: faults.length, ...Object.fromEntries(kinds) }),
        );
        for (const [what, count] of Object.entries(numbers)) {
            assert.ok(count > 0, `${what}: none`);
        }
        for (const kind of ['open', 'openWaiting', 'close', 'recover', 'raise', 'wake', 'refresh']) {
            assert.ok((kinds.get(kind) ?? 0) > 0, `${kind}: none`);
        }
    });
});

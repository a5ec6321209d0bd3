/** A sweep that is killed, and one that comes in another's way. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runHere } from '../../lib/__tests__/run-command.ts';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { sweep } from '../command.ts';
import { LockHeld } from '../lock.ts';
import { faultyLine } from './faulty-line.ts';
import { makeUnhappy, recorded, sampleOrg } from './swept-org.ts';

const [org, undisturbed] = [await sampleOrg(), await sampleOrg()];
const line = await faultyLine(org);
const directory = await org.announce(line.url, org.token);
const started = new Set<number>();
after(() => started.forEach((pid) => process.kill(pid, 'SIGKILL')));

/** Starts the command as a process of its own and kills it with its `nth` request of this kind; gives what it had printed. */
async function killedAt(method: string, path: RegExp, nth = 1): Promise<string> {
    const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'scripts/sweep/cli.ts', '--org', 'local', '--data', directory, '--state', org.stateDir],
        { cwd: PROJECT_ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const pid = child.pid ?? 0;
    started.add(pid);
    let printed = '';
    child.stdout.on('data', (piece) => (printed += String(piece)));
    child.stderr.on('data', (piece) => (printed += String(piece)));
    let seen = 0;
    line.onRequest = (asked) => {
        if (asked.method === method && path.test(asked.path) && (seen += 1) === nth) {
            child.kill('SIGKILL');
        }
    };
    const signal = await new Promise((resolve) => child.once('exit', (_code, name) => resolve(name)));
    started.delete(pid);
    line.onRequest = () => undefined;
    assert.equal(signal, 'SIGKILL', printed);
    return printed;
}

const workFiles = async (): Promise<readonly string[]> =>
    (await readdir(org.stateDir, { recursive: true })).filter((name) => name.endsWith('.db'));

const moments: readonly [string, string, RegExp, number][] = [
    ['while it reads', 'POST', /^\/jobs\/query$/, 3],
    ['when its first rows are about to be written', 'POST', /^\/jobs\/ingest$/, 1],
    ['when the org has begun to write', 'GET', /^\/jobs\/ingest\/\w+\/successfulResults/, 1],
    ['just before the end', 'PATCH', /^\/sobjects\/Playbook_Sweep__c/, 1],
];

describe('killed', () => {
    for (const [when, method, path, nth] of moments) {
        it(`${when}: the next sweep ends as if nothing had happened`, async () => {
            for (const one of [org, undisturbed]) {
                await makeUnhappy(one, 4);
            }
            await killedAt(method, path, nth);
            assert.equal((await workFiles()).length, 1);
            const { summary } = await org.sweep();
            await undisturbed.sweep();
            assert.deepEqual(await recorded(org), await recorded(undisturbed));
            assert.equal(summary.notWritten.failed + summary.notWritten.overtaken, 0);
            assert.deepEqual(await workFiles(), []);
        });
    }

    it('its record is the one that goes on, and counts all that was done', async () => {
        await makeUnhappy(org, 3);
        await killedAt('GET', /^\/jobs\/ingest\/\w+\/successfulResults/);
        const before = await org.count('Playbook_Sweep__c');
        const said: string[] = [];
        const { summary } = await org.sweep({ say: (text) => said.push(text) });
        assert.equal(await org.count('Playbook_Sweep__c'), before);
        assert.match(said.join('\n'), /^SW-\d+ was interrupted and goes on where it stopped\.$/);
        assert.equal((summary.changes.open ?? 0) + (summary.changes.openWaiting ?? 0), 3);
    });

    it('another runner has to wait until its lease has passed', async () => {
        await makeUnhappy(org, 2);
        await killedAt('POST', /^\/jobs\/ingest$/);
        await assert.rejects(org.sweep({ stateDir: join(org.stateDir, 'another') }), LockHeld);
        await org.sweep();
    });
});

describe('in the way of another', () => {
    it('ends with 3 and says who is at work since when', async () => {
        const { code, stderr } = await sweepWhileAnotherRuns([]);
        assert.equal(code, 3);
        assert.match(stderr, /A sweep is under way: SW-\d+, started .* from a runner\.\n {2}→ Wait until it has ended/);
    });

    it('a dry run goes beside it', async () => {
        const { code, stdout } = await sweepWhileAnotherRuns(['--dry-run']);
        assert.equal(code, 0);
        assert.match(stdout, /^Dry run: nothing was written/);
    });

    it('on the same machine and folder the work file tells', async () => {
        const { code, stderr } = await sweepWhileAnotherRuns([], org.stateDir);
        assert.equal(code, 3);
        assert.match(stderr, /Another process on this machine is sweeping/);
    });

    /** The command, started while a sweep is in the middle of its writing. */
    async function sweepWhileAnotherRuns(
        args: readonly string[],
        stateDir = join(org.stateDir, 'another'),
    ): ReturnType<typeof runHere> {
        await makeUnhappy(org, 2);
        const inside: ReturnType<typeof runHere>[] = [];
        const direct = await org.announce(org.url, org.token);
        line.onRequest = async ({ method, path }) => {
            if (method === 'POST' && path === '/jobs/ingest' && inside.length === 0) {
                inside.push(runHere(sweep, ['--org', 'local', '--data', direct, '--state', stateDir, ...args]));
                await inside[0];
            }
        };
        await org.sweep({ client: await org.client(line.url) });
        line.onRequest = () => undefined;
        const [first] = inside;
        assert.ok(first !== undefined);
        return first;
    }
});

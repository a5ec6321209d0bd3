/** Sweeps killed at random moments, again and again, beside an org whose sweeps nobody disturbs. SWEEP_KILLS says how many (default 5). */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { randomFrom } from '../../lib/random.ts';
import { updateRecords } from '../../lib/records.ts';
import { faultyLine } from './faulty-line.ts';
import { recorded, sampleOrg, TODAY } from './swept-org.ts';
import type { SweptOrg } from './swept-org.ts';

const KILLS = Number(process.env['SWEEP_KILLS'] ?? 5);
const SEED = Number(process.env['SWEEP_SEED'] ?? 20261122);
const random = randomFrom(SEED);

const [killed, undisturbed] = [await sampleOrg(), await sampleOrg()];
const line = await faultyLine(killed);
const directory = await killed.announce(line.url, killed.token);
const started = new Set<number>();
after(() => started.forEach((pid) => process.kill(pid, 'SIGKILL')));

/** What happens to the accounts between two nights: the same in both orgs, told by keys. */
type Day = readonly { readonly at: number; readonly health: number; readonly longAgo: boolean }[];

function someDay(accounts: number): Day {
    return Array.from({ length: 40 }, () => ({
        at: Math.floor(random() * accounts),
        health: [15, 35, 55, 80, 95][Math.floor(random() * 5)] ?? 50,
        longAgo: random() < 0.5,
    }));
}

const LONG_AGO = new Date(Date.now() - 100 * 86_400_000).toISOString();

async function live({ connection, rows }: SweptOrg, day: Day): Promise<void> {
    const accounts = (await rows('SELECT Id FROM Account ORDER BY External_Id__c')).map(({ Id }) => String(Id));
    const health = new Map(day.map(({ at, health: score }) => [accounts[at] ?? '', score]));
    const saved = await updateRecords(
        connection,
        'Account',
        [...health].map(([Id, Health_Score__c]) => ({ Id, Health_Score__c, Health_Score_On__c: TODAY })),
    );
    assert.ok(saved.every(({ ok }) => ok));
    // Recoveries that began long ago, so that their runs close, and runs that nobody touched for long, so that they expire.
    const old = new Set(day.filter(({ longAgo }) => longAgo).map(({ at }) => accounts[at] ?? ''));
    const runs = await rows(
        "SELECT Id, Account__c, Recovering_Since__c FROM Playbook_Run__c WHERE Run_Status__c != 'Closed'",
    );
    const dated = runs
        .filter(({ Account__c }) => old.has(String(Account__c)))
        .map(({ Id, Recovering_Since__c }) => ({
            Id: String(Id),
            ...(Recovering_Since__c === null ? { Surfaced_At__c: LONG_AGO } : { Recovering_Since__c: LONG_AGO }),
        }));
    assert.ok((await updateRecords(connection, 'Playbook_Run__c', dated)).every(({ ok }) => ok));
}

/** Runs the command as a process of its own; kills it so many milliseconds after its `nth` request has gone out. */
async function sweepKilledAt(
    nth: number,
    late: number,
): Promise<{ readonly killed: boolean; readonly requests: number }> {
    const child = spawn(
        process.execPath,
        [
            ...['--import', 'tsx', 'scripts/sweep/cli.ts', '--org', 'local', '--data', directory],
            ...['--state', killed.stateDir, '--job-rows', '12'],
        ],
        { cwd: PROJECT_ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const pid = child.pid ?? 0;
    started.add(pid);
    let printed = '';
    child.stdout.on('data', (piece) => (printed += String(piece)));
    child.stderr.on('data', (piece) => (printed += String(piece)));
    let requests = 0;
    line.onRequest = () => {
        requests += 1;
        if (requests === nth) {
            void sleep(late).then(() => child.kill('SIGKILL'));
        }
    };
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
        child.once('exit', (...how) => resolve(how)),
    );
    started.delete(pid);
    line.onRequest = () => undefined;
    assert.ok(signal === 'SIGKILL' || code === 0, `${code}: ${printed}`);
    return { killed: signal === 'SIGKILL', requests };
}

describe(`killed ${KILLS} times at random moments (seed ${SEED})`, () => {
    it('the end state is that of the org where nobody was killed', async (test) => {
        const accounts = await killed.count('Account');
        const deeds: Record<string, number> = {};
        let kills = 0;
        let requests = 60;
        for (let night = 1; kills < KILLS; night += 1) {
            const day = someDay(accounts);
            await live(killed, day);
            await live(undisturbed, day);
            let killsOfTheNight = 0;
            for (let again = true; again;) {
                const nth = kills < KILLS && killsOfTheNight < 2 ? 1 + Math.floor(random() * requests) : Infinity;
                const ended = await sweepKilledAt(nth, Math.floor(random() * 30));
                kills += ended.killed ? 1 : 0;
                killsOfTheNight += ended.killed ? 1 : 0;
                again = ended.killed;
                requests = ended.killed ? requests : Math.max(20, ended.requests);
            }
            const { changes } = (await undisturbed.sweep()).summary;
            for (const [deed, count] of Object.entries(changes)) {
                deeds[deed] = (deeds[deed] ?? 0) + count;
            }
            assert.deepEqual(await recorded(killed), await recorded(undisturbed), `after night ${night}`);
            const locks = await killed.rows('SELECT Sweep_Status__c FROM Playbook_Sweep__c WHERE Lock_Key__c != null');
            assert.deepEqual(locks, []);
        }
        test.diagnostic(`kills ${kills}, changes ${JSON.stringify(deeds)}`);
    });
});

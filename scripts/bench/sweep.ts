/** The nightly sweep over a large book: an org in one process, each reading of its accounts in another. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { median } from './interleaved.ts';
import type { OrgReady } from './sweep-org.ts';
import { writeSweepProject } from './sweep-project.ts';
import type { Reading, Work } from './sweep-reader.ts';

export interface SweepFigures {
    /** Time from the first request to the finished plan, over the bare download of the same queries by the same client. */
    readonly vsDownload: number;
    /** The same when every account is read, whatever its rules say. */
    readonly fullVsDownload: number;
    /** Time of a sweep of candidates over one that reads every account. */
    readonly vsFull: number;
    /** Most memory in MB of any sweep of the org, writing included, and of one with twice as many accounts. */
    readonly memory: number;
    readonly memoryAtTwice: number;
    /** Requests of a night, writing included. */
    readonly apiCalls: number;
    readonly accounts: number;
    /** Shares of the accounts: those that travel as candidates, those on which something is written in a night. */
    readonly travelling: number;
    readonly changed: number;
    readonly accountsPerSecond: number;
}

export interface SweepBench {
    readonly accounts: number;
    readonly rounds: number;
    /** Keeps the org's records here, for the next run with as many accounts; null: in a temporary folder, gone afterwards. */
    readonly data: string | null;
    readonly log: (line: string) => void;
}

type Which = 'all' | 'candidates';
type Log = SweepBench['log'];

/**
 * Sweeps of the second night: runs of the first one are there, and one account of twenty has other figures. Only readings are compared, since
 * what is written depends on how much has changed.
 */
export async function measureSweep({ accounts, data, log, rounds }: SweepBench): Promise<SweepFigures> {
    const folder = await mkdtemp(join(tmpdir(), 'playbooks-bench-'));
    const orgOf = (count: number): SweptOrg => {
        const project = join(folder, `project-${count}`);
        writeSweepProject(project, count);
        return { folder, project, accounts: count, data: join(data ?? folder, `${count}-accounts`), log };
    };
    try {
        const [org, larger] = [orgOf(accounts), orgOf(2 * accounts)];
        const readings = await withOrg(org, async (read) => {
            for (let round = 0; round < rounds; round += 1) {
                for (const [work, which] of turns(round)) await read(work, which);
            }
            await read('night', 'candidates');
        });
        const twice = await withOrg(larger, async (read) => {
            await read('sweep', 'all');
            await read('night', 'candidates');
        });
        return figuresOf(readings, twice);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** By what was done, such as `sweep all`. */
type Readings = ReadonlyMap<string, readonly Reading[]>;

/** Each against its peer; every second round the other way round, so that whatever else the machine does hits both. */
function turns(round: number): readonly (readonly [Work, Which])[] {
    const order: readonly (readonly [Work, Which])[] = [
        ['download', 'candidates'],
        ['sweep', 'candidates'],
        ['download', 'all'],
        ['sweep', 'all'],
    ];
    return round % 2 === 0 ? order : order.toReversed();
}

function figuresOf(readings: Readings, twice: Readings): SweepFigures {
    const of = (work: Work, which: Which): readonly Reading[] => readings.get(`${work} ${which}`) ?? [];
    const ratio = (slow: readonly Reading[], fast: readonly Reading[]): number =>
        median(slow.map(({ ms }, round) => ms / (fast[round]?.ms ?? Number.NaN)));
    const narrowed = of('sweep', 'candidates');
    const full = of('sweep', 'all');
    const night = of('night', 'candidates').at(-1);
    const [one] = narrowed;
    const [whole] = full;
    if (one === undefined || whole === undefined || night === undefined) {
        throw new RangeError('No round was measured.');
    }
    if (one.changes !== whole.changes || one.changes !== night.changes) {
        throw new Error(
            `${one.changes} changes come of candidates, ${whole.changes} of all accounts, and ${night.changes} were written: nothing is compared.`,
        );
    }
    return {
        vsDownload: ratio(narrowed, of('download', 'candidates')),
        fullVsDownload: ratio(full, of('download', 'all')),
        vsFull: ratio(narrowed, full),
        memory: mostMemory(readings),
        memoryAtTwice: mostMemory(twice),
        apiCalls: night.apiCalls,
        accounts: whole.rows,
        travelling: one.rows / whole.rows,
        changed: one.changes / whole.rows,
        accountsPerSecond: whole.rows / (median(narrowed.map(({ ms }) => ms)) / 1000),
    };
}

function mostMemory(readings: Readings): number {
    const sweeps = [...readings].filter(([name]) => !name.startsWith('download')).flatMap(([, found]) => found);
    return Math.max(...sweeps.map(({ memory }) => memory));
}

interface SweptOrg {
    /** For what is gone afterwards. */
    readonly folder: string;
    readonly project: string;
    readonly accounts: number;
    readonly data: string;
    readonly log: Log;
}

/** An org on the morning after a sweep and a night in which figures changed. Gives what was read in it. */
async function withOrg(
    { accounts, data, folder, log, project }: SweptOrg,
    work: (read: (work: Work, which: Which) => Promise<void>) => Promise<void>,
): Promise<Readings> {
    await mkdir(data, { recursive: true });
    log(`An org with ${accounts.toLocaleString('en')} accounts …`);
    const child = start('sweep-org.ts', [project, data, String(accounts)], {});
    const readings = new Map<string, Reading[]>();
    try {
        const { accessToken, isKept, url } = await answerOf<OrgReady>(child);
        const read = async (what: Work, which: Which): Promise<void> => {
            const args = [url, what, which, join(folder, 'state')];
            const reader = start('sweep-reader.ts', args, { SF_ACCESS_TOKEN: accessToken }, sweepFlags());
            const ended = once(reader, 'exit');
            const reading = await answerOf<Reading>(reader);
            await ended;
            log(`${what} of ${which}: ${described(reading)}`);
            readings.set(`${what} ${which}`, [...(readings.get(`${what} ${which}`) ?? []), reading]);
            if (what === 'night') {
                child.send({});
                await answerOf(child);
            }
        };
        if (!isKept) await read('night', 'candidates');
        await work(read);
        return readings;
    } finally {
        const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
        if (child.connected) child.disconnect();
        await ended;
    }
}

/** What `npm run sweep` tells Node, about memory above all. */
function sweepFlags(): readonly string[] {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
        scripts: Readonly<Record<string, string>>;
    };
    return scripts['sweep']?.match(/--\S+/g) ?? [];
}

function start(
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
): ChildProcess {
    return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
        execArgv: [...process.execArgv, ...flags],
        env: { ...process.env, ...env },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
}

/** The one message of a child. Throws when it ends without. */
async function answerOf<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        child.once('message', (message) => resolve(message as T));
        child.once('error', reject);
        child.once('exit', (code, signal) =>
            reject(new Error(`A process of the benchmark ended (${signal ?? code}).`)),
        );
    });
}

function described({ apiCalls, changes, cpu, memory, ms, rows }: Reading): string {
    return `${rows} accounts in ${(ms / 1000).toFixed(1)} s (${cpu.toFixed(1)} s of its own), ${changes} changes, ${apiCalls} requests, ${Math.round(memory)} MB`;
}

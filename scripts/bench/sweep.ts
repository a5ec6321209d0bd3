/** The nightly sweep over a large book: an org in one process, each reading of its accounts in another. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './interleaved.ts';
import type { OrgReady } from './sweep-org.ts';
import { writeSweepProject } from './sweep-project.ts';
import type { Reading } from './sweep-reader.ts';

export interface SweepFigures {
    /** Time from the first request to the finished plan, over the bare download of the same accounts by the same client. */
    readonly vsDownload: number;
    /** The same when every account is read, whatever its rules say. */
    readonly fullVsDownload: number;
    /** Time of a sweep of candidates over one that reads every account. */
    readonly vsFull: number;
    /** Most memory in MB of a sweep that reads every account, and of one that reads twice as many. */
    readonly memory: number;
    readonly memoryAtTwice: number;
    readonly apiCalls: number;
    readonly fullApiCalls: number;
    readonly accounts: number;
    /** Shares of the accounts: those that travel as candidates, those on which something is to be done. */
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

type What = 'sweep' | 'download';
type Which = 'all' | 'candidates';

export async function measureSweep({ accounts, data, log, rounds }: SweepBench): Promise<SweepFigures> {
    const folder = await mkdtemp(join(tmpdir(), 'playbooks-bench-'));
    try {
        const project = join(folder, 'project');
        writeSweepProject(project, accounts);
        const records = (count: number): string => join(data ?? folder, `${count}-accounts`);
        const readings = await withOrg(project, records(accounts), accounts, log, async (org) => {
            const found = new Map<string, Reading[]>();
            for (let round = 0; round < rounds; round += 1) {
                for (const [what, which] of turns(round)) {
                    const reading = await readBook(org, what, which);
                    log(`${what} of ${which}: ${described(reading)}`);
                    found.set(`${what} ${which}`, [...(found.get(`${what} ${which}`) ?? []), reading]);
                }
            }
            return found;
        });
        const twice = await withOrg(project, records(2 * accounts), 2 * accounts, log, (org) =>
            readBook(org, 'sweep', 'all'),
        );
        log(`sweep of twice as many: ${described(twice)}`);
        return figuresOf((what, which) => readings.get(`${what} ${which}`) ?? [], twice);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Each against its peer; every second round the other way round, so that whatever else the machine does hits both. */
function turns(round: number): readonly (readonly [What, Which])[] {
    const order: readonly (readonly [What, Which])[] = [
        ['download', 'candidates'],
        ['sweep', 'candidates'],
        ['download', 'all'],
        ['sweep', 'all'],
    ];
    return round % 2 === 0 ? order : order.toReversed();
}

function figuresOf(of: (what: What, which: Which) => readonly Reading[], twice: Reading): SweepFigures {
    const ratio = (slow: readonly Reading[], fast: readonly Reading[]): number =>
        median(slow.map(({ ms }, round) => ms / (fast[round]?.ms ?? Number.NaN)));
    const narrowed = of('sweep', 'candidates');
    const full = of('sweep', 'all');
    const [one] = narrowed;
    const [whole] = full;
    if (one === undefined || whole === undefined) throw new RangeError('No round was measured.');
    if (one.changes !== whole.changes) {
        throw new Error(
            `Of candidates ${one.changes} changes come, of all accounts ${whole.changes}: nothing is compared.`,
        );
    }
    return {
        vsDownload: ratio(narrowed, of('download', 'candidates')),
        fullVsDownload: ratio(full, of('download', 'all')),
        vsFull: ratio(narrowed, full),
        memory: Math.max(...full.map(({ memory }) => memory)),
        memoryAtTwice: twice.memory,
        apiCalls: one.apiCalls,
        fullApiCalls: whole.apiCalls,
        accounts: whole.rows,
        travelling: one.rows / whole.rows,
        changed: one.changes / whole.rows,
        accountsPerSecond: whole.rows / (median(narrowed.map(({ ms }) => ms)) / 1000),
    };
}

async function withOrg<T>(
    project: string,
    data: string,
    accounts: number,
    log: (line: string) => void,
    work: (org: OrgReady) => Promise<T>,
): Promise<T> {
    await mkdir(data, { recursive: true });
    log(`Filling an org with ${accounts.toLocaleString('en')} accounts …`);
    const child = start('sweep-org.ts', [project, data, String(accounts)], {});
    try {
        return await work(await answerOf<OrgReady>(child));
    } finally {
        const ended = child.exitCode === null ? once(child, 'exit') : null;
        if (child.connected) child.disconnect();
        await ended;
    }
}

async function readBook({ url, accessToken }: OrgReady, what: What, which: Which): Promise<Reading> {
    const child = start('sweep-reader.ts', [url, what, which], { SF_ACCESS_TOKEN: accessToken });
    const ended = once(child, 'exit');
    const reading = await answerOf<Reading>(child);
    await ended;
    return reading;
}

function start(file: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
    return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
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

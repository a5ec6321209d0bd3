/** Writes what a sweep has planned: phase by phase, job by job, each row once, over kills and whatever the org refuses. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkJob } from './bulk-job.ts';
import {
    abortIngest,
    closeIngest,
    fillIngest,
    forgetIngest,
    ingestResults,
    openIngest,
    readIngest,
    waitForIngest,
} from './ingest.ts';
import { jobCsv } from './job-csv.ts';
import type { SweepLock } from './lock.ts';
import type { OrgClient } from './org-client.ts';
import { PHASES } from './outbox.ts';
import type { Outbox, PlannedRow, WritePhase, WriteState } from './outbox.ts';
import { judge } from './refused-rows.ts';
import type { RefusedRow } from './refused-rows.ts';
import { refusalKind } from './row-failures.ts';

export interface WriteOptions {
    /** The Bulk API works on up to 10,000 rows at a time; a job takes no more than 100 MB. */
    readonly rowsPerJob?: number;
    /** Rows whose end is known, of all. */
    onProgress?(done: number, total: number): void;
    /** Milliseconds before rows that were locked are sent again; doubles each time. */
    readonly firstWait?: number;
}

/** The Bulk API works on up to so many at a time. */
export const ROWS_PER_JOB = 10_000;
/** The platform saves rows by 200: so few are never in each other's way. */
const FEWEST_ROWS = 200;
const MOST_CHARACTERS = 16 * 1024 * 1024;
const MOST_ATTEMPTS = 6;
const FIRST_WAIT = 2000;

/** Sends everything that is planned, and reads the results of jobs that an earlier process left. Throws LockLost; afterwards nothing is `planned` or `sent`. */
export async function writePlanned(
    client: OrgClient,
    lock: SweepLock,
    outbox: Outbox,
    options: WriteOptions = {},
): Promise<void> {
    const writer = new Writer(client, lock, outbox, options);
    await writer.takeUp();
    for (const phase of PHASES) {
        await writer.write(phase);
    }
}

/**
 * For a plan that is out of date and will not be gone on with: gives up its jobs that the org has not begun, and waits for the others, so
 * that nothing of it is written any more when the accounts are looked at anew.
 */
export async function dropPlanned(client: OrgClient, lock: SweepLock, outbox: Outbox): Promise<void> {
    for (const { id } of outbox.jobs()) {
        const job = await readIngest(client, id);
        if (job?.state === 'Open') {
            await abortIngest(client, id);
        } else if (job !== null) {
            await waitForIngest(client, id, () => lock.keep());
        }
        await forgetIngest(client, id);
    }
    outbox.clear();
}

class Writer {
    readonly #client: OrgClient;
    readonly #lock: SweepLock;
    readonly #outbox: Outbox;
    readonly #options: WriteOptions;

    constructor(client: OrgClient, lock: SweepLock, outbox: Outbox, options: WriteOptions) {
        this.#client = client;
        this.#lock = lock;
        this.#outbox = outbox;
        this.#options = options;
    }

    /** Jobs of a process that was killed: one that was not closed is given up, of any other one the results are read. */
    async takeUp(): Promise<void> {
        for (const { id } of this.#outbox.jobs()) {
            await this.#lock.keep();
            const job = await readIngest(this.#client, id);
            if (job?.state === 'Open') {
                await abortIngest(this.#client, id);
                this.#outbox.giveUp(id);
            } else {
                await this.#finish(id);
            }
        }
    }

    async write(phase: WritePhase): Promise<void> {
        this.#outbox.leaveOut(phase);
        this.#tell(0);
        const patience = this.#client.patience();
        for (;;) {
            const rows = this.#next(phase);
            const [first] = rows;
            if (first === undefined) {
                return;
            }
            if (first.attempts > 0) {
                await this.#wait(first.attempts);
            }
            await this.#lock.keep();
            const id = await openIngest(this.#client, first.object, operationOf(first));
            await this.#note(id, phase, rows);
            try {
                await fillIngest(this.#client, id, jobCsv(rows, this.#client.now().toISOString()));
            } catch (error) {
                await abortIngest(this.#client, id);
                this.#outbox.giveUp(id);
                await patience.after(error);
                continue;
            }
            patience.progress();
            // The upload may have taken longer than the lease: a job that is not closed writes nothing.
            await this.#lock.keep();
            await closeIngest(this.#client, id);
            await this.#finish(id);
        }
    }

    /** Without its note, on a full disk for one, the job could not be found again: then it is given up. */
    async #note(id: string, phase: WritePhase, rows: readonly PlannedRow[]): Promise<void> {
        try {
            this.#outbox.begin(id, phase, rows);
        } catch (error) {
            await abortIngest(this.#client, id).catch(() => undefined);
            throw error;
        }
    }

    /** Fewer rows in a job the more often they were refused. */
    #next(phase: WritePhase): readonly PlannedRow[] {
        const most = this.#options.rowsPerJob ?? ROWS_PER_JOB;
        const rows = this.#outbox.next(phase, most);
        const fewer = Math.max(Math.min(FEWEST_ROWS, most), Math.floor(most / 5 ** (rows[0]?.attempts ?? 0)));
        let characters = 0;
        const tooMany = rows.findIndex((row, at) => {
            characters += JSON.stringify(row.fields).length;
            return at > 0 && (at >= fewer || characters > MOST_CHARACTERS);
        });
        return tooMany < 0 ? rows : rows.slice(0, tooMany);
    }

    async #wait(attempts: number): Promise<void> {
        const longest = (this.#options.firstWait ?? FIRST_WAIT) * 2 ** (attempts - 1);
        await sleep(longest * (0.5 + Math.random() / 2));
    }

    /** Waits for a closed job and writes down what became of its rows. */
    async #finish(id: string): Promise<void> {
        const job = await waitForIngest(this.#client, id, async ({ numberRecordsProcessed }) => {
            this.#tell(numberRecordsProcessed);
            await this.#lock.keep();
        });
        const rows = this.#outbox.inJob(id);
        this.#outbox.settle(id, job === null ? rows.map((row) => unknown(row)) : await this.#outcomes(job, rows));
        this.#tell(0);
        if (job !== null) {
            await forgetIngest(this.#client, id);
        }
    }

    async #outcomes(job: BulkJob, rows: readonly PlannedRow[]): Promise<readonly Outcome[]> {
        const left = new Map(rows.map((row) => [row.key, row]));
        const found: Outcome[] = [];
        const refused: RefusedRow[] = [];
        const take = (result: Readonly<Record<string, string>>): PlannedRow | undefined => {
            const key = keyOf(result);
            const row = left.get(key);
            left.delete(key);
            return row;
        };
        for (const result of await ingestResults(this.#client, job.id, 'successfulResults')) {
            const row = take(result);
            if (row !== undefined) {
                found.push({ row, state: 'done', reason: null });
            }
        }
        for (const result of await ingestResults(this.#client, job.id, 'failedResults')) {
            const row = take(result);
            const error = result['sf__Error'] ?? '';
            const kind = refusalKind(error);
            if (row === undefined) {
                continue;
            }
            if (kind === 'again') {
                found.push(again(row, error));
            } else if (kind === 'failed') {
                found.push({ row, state: 'failed', reason: error });
            } else {
                refused.push({ row, error, taken: kind === 'taken' });
            }
        }
        found.push(...(await judge(this.#client, this.#outbox, refused)));
        // What the org has not worked on, and what it says nothing of.
        const reason = job.errorMessage ?? `The job ended as ${job.state} without this row.`;
        return [...found, ...[...left.values()].map((row) => again(row, reason))];
    }

    #tell(processed: number): void {
        const { done, total } = this.#outbox.progress();
        this.#options.onProgress?.(Math.min(total, done + processed), total);
    }
}

interface Outcome {
    readonly row: PlannedRow;
    readonly state: WriteState;
    readonly reason: string | null;
}

function again(row: PlannedRow, reason: string): Outcome {
    return { row, state: row.attempts + 1 < MOST_ATTEMPTS ? 'planned' : 'failed', reason };
}

/** The org has the job no more. Sending its rows again is safe: new records have unique keys, changes meet the run's own lock. */
function unknown(row: PlannedRow): Outcome {
    return again(row, 'The org does not know the job any more.');
}

function operationOf({ recordId }: PlannedRow): 'insert' | 'update' {
    return recordId === null ? 'insert' : 'update';
}

function keyOf(result: Readonly<Record<string, string>>): string {
    return result['Id'] ?? result['Episode_Key__c'] ?? result['Completion_Key__c'] ?? '';
}

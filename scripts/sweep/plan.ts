/** Every account through the engine: what the org has goes in, changes to write come out, in the work file. */
import { planSweep } from 'c/playbookEngine';
import { CommandError } from '../lib/errors.ts';
import { accountReader, bookQueries, csmOf } from './book.ts';
import type { BookQueries, BulkRow } from './book.ts';
import type { SweepConfiguration } from './configuration.ts';
import type { HistoryWriter } from './history.ts';
import type { IdRange } from './shards.ts';
import type { BookTally } from './tally.ts';
import type { WorkFile } from './work-file.ts';

export type ReadRows = (soql: string) => AsyncIterable<readonly BulkRow[]>;

export interface PlanInput {
    readonly configuration: SweepConfiguration;
    readonly range: IdRange;
    /** Condition that leaves the accounts on which a rule may hold; null: all accounts are read. */
    readonly candidates: string | null;
    readonly readRows: ReadRows;
    /** The org refused the condition, and all accounts are read after all. */
    readonly onFallback: (refusal: CommandError) => void;
    readonly work: WorkFile;
    readonly tally: BookTally;
    /** Null: nothing is kept of what was seen. */
    readonly history: HistoryWriter | null;
    /** Called after every batch of rows, with the accounts evaluated so far: to keep the lock, and to show progress. */
    readonly afterBatch: (evaluated: number) => Promise<void>;
}

/** Fills the work file; nothing is written to the org. */
export async function planBook(input: PlanInput): Promise<void> {
    const { candidates, configuration, onFallback, range, work } = input;
    const queries = bookQueries(configuration, range);
    const early = new EarlyReads(input.readRows);
    try {
        // The org begins to work on the accounts while the runs are read: a job of the Bulk API takes its time before the first row.
        const accounts = early.begin(queries.accounts(candidates));
        const withRuns = candidates === null ? null : early.begin(queries.accountsWithRuns);
        await readRuns(input, queries);
        const evaluate = evaluator(input);
        if (withRuns === null) {
            for await (const rows of accounts) {
                await evaluate(rows);
            }
            return;
        }
        for await (const rows of withRuns) {
            await evaluate(rows);
            work.addEvaluated(rows.map(idOf));
        }
        const evaluateOthers = async (rows: readonly BulkRow[]): Promise<void> => {
            const known = work.evaluatedAmong(rows.map(idOf));
            await evaluate(known.size === 0 ? rows : rows.filter((row) => !known.has(idOf(row))));
        };
        let rowsCame = false;
        try {
            for await (const rows of accounts) {
                rowsCame = true;
                await evaluateOthers(rows);
            }
        } catch (error) {
            if (rowsCame || !(error instanceof CommandError)) {
                throw error;
            }
            // What the org does not want to search for is searched here.
            onFallback(error);
            for await (const rows of early.begin(queries.accounts(null))) {
                await evaluateOthers(rows);
            }
        }
    } finally {
        await early.end();
    }
}

async function readRuns({ afterBatch, readRows, tally, work }: PlanInput, queries: BookQueries): Promise<void> {
    const store = async (soql: string, add: (rows: readonly BulkRow[]) => void): Promise<void> => {
        for await (const rows of readRows(soql)) {
            add(rows);
            await afterBatch(tally.evaluated);
        }
    };
    const reads = [
        store(queries.runs, (rows) => work.addRuns(rows)),
        store(queries.completions, (rows) => work.addCompletions(rows)),
    ];
    // None is left at work on a file that is closed when another one fails.
    await Promise.allSettled(reads);
    await Promise.all(reads);
}

/** Queries that are asked before their rows are wanted. */
class EarlyReads {
    readonly #readRows: ReadRows;
    readonly #begun: AsyncIterator<readonly BulkRow[]>[] = [];

    constructor(readRows: ReadRows) {
        this.#readRows = readRows;
    }

    /** To be read once. */
    begin(soql: string): AsyncIterable<readonly BulkRow[]> {
        const rows = this.#readRows(soql)[Symbol.asyncIterator]();
        this.#begun.push(rows);
        const first = rows.next();
        // Its failure is told when its turn comes, not before.
        first.catch(() => undefined);
        return (async function* () {
            for (let next = await first; next.done !== true; next = await rows.next()) {
                yield next.value;
            }
        })();
    }

    /** Those that were not read to their end are given up. */
    async end(): Promise<void> {
        await Promise.all(this.#begun.map(async (rows) => rows.return?.()));
    }
}

const NO_RUNS: readonly [] = [];
const idOf = (row: BulkRow): string => row['Id'] ?? '';

function evaluator({ afterBatch, configuration, history, tally, work }: PlanInput) {
    const { fields, rules } = configuration;
    const readAccount = accountReader(fields);
    return async (rows: readonly BulkRow[]): Promise<void> => {
        const runs = work.runsOf(rows.map(idOf));
        work.transaction(() => {
            for (const row of rows) {
                const account = readAccount(row);
                const csm = csmOf(configuration, account);
                const own = runs.get(account.id) ?? NO_RUNS;
                const result = planSweep(rules, { account, runs: own, csm });
                if (result.changes.length > 0) {
                    work.addChanges(account.id, csm?.id ?? null, result.changes);
                }
                tally.add(account, csm, result, own);
                history?.add(account, result.matches);
            }
        });
        await history?.flush();
        await afterBatch(tally.evaluated);
    };
}

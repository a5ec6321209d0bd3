/**
 * What a sweep has read and decided, on disk: its memory stays the same however large the book is, and a sweep that was killed goes on
 * where it stood. One SQLite file a sweep.
 */
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Run, SweepChange } from 'c/playbookEngine';
import { CommandError } from '../lib/errors.ts';
import { runOf } from './book.ts';
import type { BulkRow } from './book.ts';

const identity = z.object({
    orgId: z.string(),
    /** `1/1` */
    shard: z.string(),
    sweepId: z.string(),
    /** `SW-00042` */
    sweepName: z.string(),
    /** ISO instant that counts as now for every account of the sweep. */
    startedAt: z.string(),
    full: z.boolean(),
});
/** What a work file is about; set once. */
export type SweepIdentity = z.infer<typeof identity>;

/** reading: nothing has been written to the org. planned: all changes are decided, some may be written. finished: nothing is left to do. */
const states = z.enum(['reading', 'planned', 'finished']);
export type SweepState = z.infer<typeof states>;

export interface PlannedChange {
    readonly accountId: string;
    readonly csmId: string | null;
    readonly change: SweepChange;
    /** Of a change that needs a place, whether there is room for it. */
    readonly hasPlace: boolean;
}

/** Grows with every change of the tables and of what is in them: what another version of this program wrote is not gone on with. */
const FORMAT = 3;
const TABLES = `
    CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS run (account TEXT NOT NULL, id TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (account, id)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS completion (
        account TEXT NOT NULL, id TEXT NOT NULL, run TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (account, id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS evaluated (account TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS change (
        account TEXT NOT NULL, seq INTEGER NOT NULL, csm TEXT, kind TEXT NOT NULL, trigger TEXT, rank REAL NOT NULL, arr REAL,
        needs_place INTEGER NOT NULL, has_place INTEGER NOT NULL DEFAULT 0, change TEXT NOT NULL, PRIMARY KEY (account, seq)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS wanting ON change (csm, account, seq, rank, kind, trigger, arr, has_place) WHERE needs_place = 1;
`;

export class WorkFile {
    /** For those who keep tables of their own beside these. */
    readonly database: DatabaseSync;
    readonly #statements;

    /** `path` '': a file that nobody sees and that goes when it is closed. */
    constructor(path: string) {
        this.database = openDatabase(path);
        const prepare = (sql: string): ReturnType<DatabaseSync['prepare']> => this.database.prepare(sql);
        this.#statements = {
            setMeta: prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'),
            getMeta: prepare('SELECT value FROM meta WHERE name = ?'),
            addRun: prepare('INSERT OR REPLACE INTO run VALUES (?, ?, ?)'),
            addCompletion: prepare('INSERT OR REPLACE INTO completion VALUES (?, ?, ?, ?)'),
            addEvaluated: prepare('INSERT OR IGNORE INTO evaluated VALUES (?)'),
            addChange: prepare(
                'INSERT INTO change (account, seq, csm, kind, trigger, rank, arr, needs_place, change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
            ),
            runs: prepare(
                'SELECT run.account, run.id, run.row FROM json_each(?) AS wanted JOIN run ON run.account = wanted.value',
            ),
            completions: prepare(
                'SELECT completion.run, completion.row FROM json_each(?) AS wanted JOIN completion ON completion.account = wanted.value',
            ),
            evaluated: prepare(
                'SELECT evaluated.account FROM json_each(?) AS wanted JOIN evaluated ON evaluated.account = wanted.value',
            ),
        };
    }

    /** All of it or, when `work` throws, nothing. */
    transaction<T>(work: () => T): T {
        this.database.exec('BEGIN IMMEDIATE');
        try {
            const result = work();
            this.database.exec('COMMIT');
            return result;
        } catch (error) {
            if (this.database.isTransaction) {
                this.database.exec('ROLLBACK');
            }
            throw error;
        }
    }

    begin(about: SweepIdentity): void {
        this.transaction(() => {
            this.set('identity', about);
            this.state = 'reading';
        });
    }

    /** Null for a file that never got as far as that, or that another version of this program wrote. */
    get identity(): SweepIdentity | null {
        return this.get('identity', identity);
    }

    get state(): SweepState {
        return this.get('state', states) ?? 'reading';
    }

    set state(state: SweepState) {
        this.set('state', state);
    }

    /** Anything that has to outlast a kill, as JSON. */
    set(name: string, value: unknown): void {
        this.#statements.setMeta.run(name, JSON.stringify(value));
    }

    /** Null: never set, or not of this shape. */
    get<T>(name: string, shape: z.ZodType<T>): T | null {
        const text = this.#statements.getMeta.get(name)?.['value'];
        const parsed = typeof text === 'string' ? shape.safeParse(JSON.parse(text)) : null;
        return parsed?.success === true ? parsed.data : null;
    }

    /** Rows of Playbook_Run__c. */
    addRuns(rows: readonly BulkRow[]): void {
        this.transaction(() =>
            rows.forEach((row) =>
                this.#statements.addRun.run(row['Account__c'] ?? '', row['Id'] ?? '', JSON.stringify(row)),
            ),
        );
    }

    /** Rows of Step_Completion__c with the account of their run. */
    addCompletions(rows: readonly BulkRow[]): void {
        this.transaction(() =>
            rows.forEach((row) =>
                this.#statements.addCompletion.run(
                    row['Playbook_Run__r.Account__c'] ?? '',
                    row['Id'] ?? '',
                    row['Playbook_Run__c'] ?? '',
                    JSON.stringify(row),
                ),
            ),
        );
    }

    /** Runs of these accounts with their completions, by account; accounts without a run are left out. */
    runsOf(accountIds: readonly string[]): ReadonlyMap<string, readonly Run[]> {
        const wanted = JSON.stringify(accountIds);
        const found = this.#statements.runs.all(wanted);
        const runs = new Map<string, Run[]>();
        if (found.length === 0) {
            return runs;
        }
        const completions = Map.groupBy(this.#statements.completions.all(wanted), ({ run }) => run);
        for (const { account, id, row } of found) {
            const own = (completions.get(id ?? null) ?? []).map((completion) => rowOf(completion['row']));
            const ofAccount = runs.get(String(account)) ?? [];
            runs.set(String(account), ofAccount);
            ofAccount.push(runOf(rowOf(row), own));
        }
        return runs;
    }

    /** Remembers accounts that have been looked at, so that they are not again when another query brings them too. */
    addEvaluated(accountIds: readonly string[]): void {
        this.transaction(() => accountIds.forEach((id) => this.#statements.addEvaluated.run(id)));
    }

    evaluatedAmong(accountIds: readonly string[]): ReadonlySet<string> {
        const found = this.#statements.evaluated.all(JSON.stringify(accountIds));
        return new Set(found.map(({ account }) => String(account)));
    }

    /** The changes of one account. */
    addChanges(accountId: string, csmId: string | null, changes: readonly SweepChange[]): void {
        changes.forEach((change, seq) =>
            this.#statements.addChange.run(
                accountId,
                seq,
                csmId,
                change.kind,
                change.triggerKey,
                change.rank,
                change.arr,
                change.needsPlace ? 1 : 0,
                JSON.stringify(change),
            ),
        );
    }

    /** Accounts on which something opens. */
    accountsToOpen(): readonly string[] {
        const rows = this.database.prepare("SELECT DISTINCT account FROM change WHERE kind = 'open' ORDER BY account");
        return rows.all().map(({ account }) => String(account));
    }

    /** By account, so that changes of one parent lie together. */
    *changes(): Generator<PlannedChange> {
        const all = this.database.prepare('SELECT account, csm, has_place, change FROM change ORDER BY account, seq');
        for (const { account, csm, has_place: hasPlace, change } of all.iterate()) {
            yield {
                accountId: String(account),
                csmId: typeof csm === 'string' ? csm : null,
                // Written by addChanges alone, whole or not at all.
                change: JSON.parse(String(change)) as SweepChange,
                hasPlace: hasPlace === 1,
            };
        }
    }

    close(): void {
        this.database.close();
    }
}

/** This process has it alone. Throws what SQLite says, with its code. */
function openDatabase(path: string): DatabaseSync {
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    try {
        database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
        const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
        if (version !== 0 && version !== FORMAT) {
            const tables = database
                .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
                .all();
            tables.forEach(({ name }) => database.exec(`DROP TABLE "${String(name)}"`));
        }
        database.exec(`PRAGMA user_version = ${FORMAT}; ${TABLES}`);
        return database;
    } catch (error) {
        database.close();
        throw error;
    }
}

function rowOf(json: unknown): BulkRow {
    // Written by addRuns and addCompletions alone.
    return JSON.parse(String(json)) as BulkRow;
}

/** SQLite's own codes for a full disk and for a file that is none of its. */
const FULL = 13;
const NO_DATABASE = 26;
const CORRUPT = 11;

/** What a failure of the file means for who runs the sweep; other errors stay as they are. */
export function workFileError(error: unknown, path: string): unknown {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : undefined;
    const primary = typeof code === 'number' ? code & 0xff : null;
    if (primary === FULL) {
        return new CommandError(
            `The disk is full: ${path} cannot grow.`,
            'Make room and run the same command again: what has been written stays written, and nothing is written twice.',
        );
    }
    if (primary === NO_DATABASE || primary === CORRUPT) {
        return new CommandError(
            `${path} is damaged.`,
            'Delete it and run the sweep again: what has been written stays written, and the next sweep finds what is left.',
        );
    }
    return error;
}

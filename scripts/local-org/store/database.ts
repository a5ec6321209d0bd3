import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import type { Field } from '../metadata/schema.ts';
import { isText, type Stored } from './values.ts';

/** A name as SQL takes it; names come from metadata, never from a request. */
export function quoted(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}

/** Formulas are computed when they are read; everything else is kept. */
export function isColumn(field: Field): boolean {
    return field.formula === null;
}

/** How long a statement waits while another program, such as a database viewer, has the file locked. */
const LOCK_WAIT_MS = 5000;

/** Records that do not fit what an install would make of their tables; says what to do. */
export class DataError extends Error {
    readonly problems: readonly DataProblem[];
    constructor(problems: readonly DataProblem[]) {
        super(problems.map(({ field, message }) => (field ? `${field.source.file}: ${message}` : message)).join('\n'));
        this.name = 'DataError';
        this.problems = problems;
    }
}

export interface DataProblem {
    /** The field whose new definition the records do not fit; null for a database that cannot be used at all. */
    readonly field: Field | null;
    /** Without the file's name. */
    readonly message: string;
}

/** Layout of the tables that the local org keeps for itself; another one means a data directory of another version. */
const LAYOUT = 2;

/** Opens the database file (`:memory:` for none). Throws DataError for a file that is no database, or one of another version of the local org. */
export function openDatabase(file: string): DatabaseSync {
    if (file !== ':memory:') {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    }
    const db = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
    try {
        prepare(db);
        return db;
    } catch (error) {
        db.close();
        if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') {
            throw new DataError([{ field: null, message: `${file} is no database of records: ${error.message}.` }]);
        }
        throw error;
    }
}

function prepare(db: DatabaseSync): void {
    // A power cut may cost the last moments; the local org trades that for imports that take seconds. The cache holds 16 MB.
    db.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -16000;
    `);
    const isNew = scalar(db, 'SELECT 1 FROM sqlite_master LIMIT 1') === undefined;
    if (!isNew && scalar(db, 'PRAGMA user_version') !== LAYOUT) {
        throw new DataError([{ field: null, message: 'The records are of another version of the local org.' }]);
    }
    transaction(db, () =>
        db.exec(`
            CREATE TABLE IF NOT EXISTS local_sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS local_key_prefix (object TEXT PRIMARY KEY, prefix TEXT NOT NULL UNIQUE) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS local_team_member (user_id TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (user_id, team)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS local_field (object TEXT NOT NULL, field TEXT NOT NULL, nature TEXT NOT NULL,
                refers_to TEXT, type TEXT, lookup TEXT NOT NULL, PRIMARY KEY (object, field)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS local_metadata (path TEXT PRIMARY KEY, shown TEXT NOT NULL, content TEXT NOT NULL, first_line INTEGER NOT NULL,
                origin TEXT NOT NULL, modified_at TEXT NOT NULL, modified_by TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS local_metadata_edit (type TEXT NOT NULL, developer_name TEXT NOT NULL COLLATE NOCASE, state TEXT NOT NULL,
                PRIMARY KEY (type, developer_name)) WITHOUT ROWID;
            PRAGMA user_version = ${LAYOUT};
        `),
    );
}

/** Queries ignore the case of text except in fields that are unique by case. */
export function collation(field: Field): string {
    return isText(field.kind) && field.unique !== 'case-sensitive' ? ' COLLATE NOCASE' : '';
}

/** All or nothing; inside another transaction it is a part that can fail by itself. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
    const [begin, end, undo] = db.isTransaction
        ? ['SAVEPOINT part', 'RELEASE part', 'ROLLBACK TO part; RELEASE part']
        : ['BEGIN', 'COMMIT', 'ROLLBACK'];
    db.exec(begin);
    try {
        const result = work();
        db.exec(end);
        return result;
    } catch (error) {
        // After some failures, a full disk for one, SQLite has taken everything back by itself.
        if (db.isTransaction) {
            db.exec(undo);
        }
        throw error;
    }
}

/** The columns of a row, by their position in the SELECT. */
export type Columns = Readonly<Record<number, SQLOutputValue>>;

/** All rows of a query. */
export function rows(db: DatabaseSync, sql: string, ...params: readonly Stored[]): readonly Columns[] {
    return statement(db, sql).all(...params);
}

const STATEMENTS = 200;
const statementsOf = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** A statement, prepared once as long as it is in use; SQLite prepares it anew by itself after an install. Rows are arrays: columns of a join may have the same name. */
export function statement(db: DatabaseSync, sql: string): StatementSync {
    const known = statementsOf.get(db) ?? new Map<string, StatementSync>();
    statementsOf.set(db, known);
    let found = known.get(sql);
    if (!found) {
        found = db.prepare(sql);
        found.setReturnArrays(true);
    }
    // The one used last is at the end; the one unused for longest goes first.
    known.delete(sql);
    known.set(sql, found);
    const [oldest] = known.keys();
    if (known.size > STATEMENTS && oldest !== undefined) {
        known.delete(oldest);
    }
    return found;
}

/** Runs a statement that changes something. */
export function run(db: DatabaseSync, sql: string, ...params: readonly Stored[]): void {
    statement(db, sql).run(...params);
}

/** The first column of the first row; undefined when there is no row. */
export function scalar(db: DatabaseSync, sql: string, ...params: readonly Stored[]): SQLOutputValue | undefined {
    return statement(db, sql).get(...params)?.[0];
}

/** The first column of the first row as text; undefined when there is no row, or NULL in it. */
export function text(db: DatabaseSync, sql: string, ...params: readonly Stored[]): string | undefined {
    const value = scalar(db, sql, ...params);
    return typeof value === 'string' ? value : undefined;
}

/** The first column of all rows, as far as it is text. */
export function texts(db: DatabaseSync, sql: string, ...params: readonly Stored[]): readonly string[] {
    return rows(db, sql, ...params).flatMap(({ 0: value }) => (typeof value === 'string' ? [value] : []));
}

/** The next number of a sequence, from 1. */
export function nextNumber(db: DatabaseSync, sequence: string): number {
    return Number(
        scalar(
            db,
            'INSERT INTO local_sequence (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
            sequence,
        ),
    );
}

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import type { Field, ObjectType, Schema } from '../metadata/schema.ts';
import { isNumber, isText, type Stored } from './values.ts';

/** A name as SQL takes it; names come from metadata, never from a request. */
export function quoted(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}

export function isColumn(field: Field): boolean {
    return field.formula === null;
}

/** How long a statement waits while another program, such as a database viewer, has the file locked. */
const LOCK_WAIT_MS = 5000;

/** Records that do not fit the metadata any more; the message says what to do. */
export class DataError extends Error {}

/**
 * Opens the database file (`:memory:` for none) and brings its tables up to the schema: new objects and fields are added, and what the
 * metadata no longer has stays in the file, unseen. Throws DataError for a file that is no database, or records that break a key made since.
 */
export function openDatabase(file: string, schema: Schema): DatabaseSync {
    if (file !== ':memory:') {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    }
    const db = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
    try {
        prepare(db, schema);
        return db;
    } catch (error) {
        db.close();
        if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') {
            throw new DataError(
                `The records in ${file} cannot be used with this metadata (${error.message}). Start over with \`npm start -- --fresh\`, or give another --data DIR.`,
            );
        }
        throw error;
    }
}

function prepare(db: DatabaseSync, schema: Schema): void {
    // A power cut may cost the last moments; the local org trades that for imports that take seconds. The cache holds 16 MB.
    db.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -16000;
        CREATE TABLE IF NOT EXISTS local_sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS local_key_prefix (object TEXT PRIMARY KEY, prefix TEXT NOT NULL UNIQUE) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS local_team_member (user_id TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (user_id, team)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS local_fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    `);
    transaction(db, () => {
        for (const object of schema.objects.values()) {
            createTable(db, object);
        }
    });
}

function createTable(db: DatabaseSync, object: ObjectType): void {
    const columns = [...object.fields.values()].filter(isColumn);
    const table = quoted(object.name);
    db.exec(`CREATE TABLE IF NOT EXISTS ${table} ("Id" TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID`);
    const existing = new Set(texts(db, 'SELECT name FROM pragma_table_info(?)', object.name));
    for (const field of columns) {
        if (!existing.has(field.name)) {
            db.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(field.name)} ${columnType(field)}`);
        }
        if (field.unique !== 'no' || field.reference) {
            const unique = field.unique !== 'no' ? 'UNIQUE' : '';
            db.exec(
                `CREATE ${unique} INDEX IF NOT EXISTS ${quoted(`${object.name}.${field.name}`)} ON ${table} (${quoted(field.name)})`,
            );
        }
    }
}

function columnType(field: Field): string {
    if (isNumber(field.kind)) {
        return 'REAL';
    }
    if (field.kind === 'Checkbox') {
        return 'INTEGER NOT NULL DEFAULT 0';
    }
    return `TEXT${collation(field)}`;
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
    return query(db, sql).all(...params);
}

function query(db: DatabaseSync, sql: string): StatementSync {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true); // Columns of a join may have the same name.
    return statement;
}

/** The first column of the first row; undefined when there is no row. */
export function scalar(db: DatabaseSync, sql: string, ...params: readonly Stored[]): SQLOutputValue | undefined {
    return query(db, sql).get(...params)?.[0];
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

/** Key prefixes by object: standard ones are Salesforce's, the others are given once and kept with the data. */
export function keyPrefixes(db: DatabaseSync, schema: Schema): ReadonlyMap<string, string> {
    const prefixes = new Map<string, string>();
    const stored = new Map(
        rows(db, 'SELECT object, prefix FROM local_key_prefix').map((row) => [String(row[0]), String(row[1])]),
    );
    const taken = new Set(stored.values());
    const add = db.prepare('INSERT INTO local_key_prefix (object, prefix) VALUES (?, ?)');
    for (const object of schema.objects.values()) {
        let prefix = object.keyPrefix ?? stored.get(object.name);
        if (!prefix) {
            const letter = object.kind === 'metadata' ? 'm' : 'a';
            let number = 0;
            do {
                prefix = `${letter}${number.toString(36).padStart(2, '0')}`;
                number += 1;
            } while (taken.has(prefix));
            taken.add(prefix);
            add.run(object.name, prefix);
        }
        prefixes.set(object.name, prefix);
    }
    return prefixes;
}

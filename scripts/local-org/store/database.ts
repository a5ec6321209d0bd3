import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Field, ObjectType, Schema } from '../metadata/schema.ts';
import { isNumber, isText } from './values.ts';

/** A name as SQL takes it; names come from metadata, never from a request. */
export function quoted(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}

export function isColumn(field: Field): boolean {
    return field.formula === null;
}

/** Records that do not fit the metadata any more; the message says what to do. */
export class DataError extends Error {}

/**
 * Opens the database file (`:memory:` for none) and brings its tables up to the schema: new objects and fields are added, and what the
 * metadata no longer has stays in the file, unseen. Throws DataError for a file that is no database, or records that break a key made since.
 */
export function openDatabase(file: string, schema: Schema): Database.Database {
    if (file !== ':memory:') {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    }
    const db = new Database(file);
    try {
        prepare(db, schema);
        return db;
    } catch (error) {
        db.close();
        if (error instanceof Database.SqliteError) {
            throw new DataError(
                `The records in ${file} cannot be used with this metadata (${error.message}). Start over with \`npm start -- --fresh\`, or give another --data DIR.`,
            );
        }
        throw error;
    }
}

function prepare(db: Database.Database, schema: Schema): void {
    db.pragma('journal_mode = WAL');
    // A power cut may cost the last moments; the local org trades that for imports that take seconds.
    db.pragma('synchronous = NORMAL');
    db.exec(`
        CREATE TABLE IF NOT EXISTS local_sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS local_key_prefix (object TEXT PRIMARY KEY, prefix TEXT NOT NULL UNIQUE) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS local_team_member (user_id TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (user_id, team)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS local_fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    `);
    db.transaction(() => {
        for (const object of schema.objects.values()) {
            createTable(db, object);
        }
    })();
}

function createTable(db: Database.Database, object: ObjectType): void {
    const columns = [...object.fields.values()].filter(isColumn);
    const table = quoted(object.name);
    db.exec(`CREATE TABLE IF NOT EXISTS ${table} ("Id" TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID`);
    const existing = new Set(
        db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(object.name),
    );
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

/** Key prefixes by object: standard ones are Salesforce's, the others are given once and kept with the data. */
export function keyPrefixes(db: Database.Database, schema: Schema): ReadonlyMap<string, string> {
    const prefixes = new Map<string, string>();
    const stored = new Map(
        db
            .prepare<[], { object: string; prefix: string }>('SELECT object, prefix FROM local_key_prefix')
            .all()
            .map((row) => [row.object, row.prefix]),
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

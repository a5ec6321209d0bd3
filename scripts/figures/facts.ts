/** The database of the independent calculation: stored facts as they were read, and `facts.sql`, which says what follows from them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { STORED_FIELDS } from './stored-fields.ts';
import type { Storage, StoredFields } from './stored-fields.ts';

/** Whose report it is, and when: days and quarters are those of the reader. */
export interface Reader {
    /** `Europe/Berlin` */
    readonly timeZone: string;
    /** ISO 8601, UTC. */
    readonly now: string;
}

export class Facts {
    readonly database: DatabaseSync;
    readonly reader: Reader;
    /** The reader's day at `reader.now`, `YYYY-MM-DD`. */
    readonly today: string;
    /** How long it took to conclude, for measurements. */
    concludedMs = 0;

    constructor(reader: Reader) {
        this.reader = reader;
        this.database = new DatabaseSync(':memory:');
        const localDay = dayIn(reader.timeZone);
        this.today = localDay(Date.parse(reader.now));
        this.database.function('local_day', { deterministic: true }, (instant) =>
            typeof instant === 'string' ? localDay(Date.parse(instant)) : null,
        );
        this.database.function('milliseconds', { deterministic: true, useBigIntArguments: false }, (instant) =>
            typeof instant === 'string' ? BigInt(Date.parse(instant)) : null,
        );
        this.database.function('wilson_lower_bound', { deterministic: true }, (successes, count) =>
            typeof successes === 'number' && typeof count === 'number' ? wilsonLowerBound(successes, count) : null,
        );
        for (const [object, fields] of Object.entries(STORED_FIELDS)) {
            this.database.exec(`CREATE TABLE "${object}" (${columns(fields)})`);
        }
    }

    /** Adds records as the REST API gives them; a field that a record lacks is blank. */
    add(object: string, records: readonly Readonly<Record<string, unknown>>[]): void {
        const fields = Object.entries(STORED_FIELDS[object] ?? {});
        const insert = this.database.prepare(`INSERT INTO "${object}" VALUES (${fields.map(() => '?').join(', ')})`);
        this.database.exec('BEGIN');
        for (const record of records) {
            insert.run(...fields.map(([name, storage]) => stored(record[name] ?? null, storage)));
        }
        this.database.exec('COMMIT');
    }

    /** Works out what follows from the records: after the last of them. */
    conclude(): void {
        const start = performance.now();
        this.database.exec(
            'CREATE INDEX completion_by_run ON Step_Completion__c (Playbook_Run__c, Completion_Status__c)',
        );
        this.database.exec(readFileSync(join(import.meta.dirname, 'facts.sql'), 'utf8'));
        this.concludedMs = performance.now() - start;
    }

    close(): void {
        this.database.close();
    }
}

function columns(fields: StoredFields): string {
    return Object.entries(fields)
        .map(([name, storage]) => {
            const type = storage === 'number' ? 'REAL' : storage === 'tick' ? 'INTEGER' : 'TEXT';
            return `"${name}" ${type}${name === 'Id' ? ' PRIMARY KEY' : ''}`;
        })
        .join(', ');
}

function stored(value: unknown, storage: Storage): SQLInputValue {
    if (value === null || value === '') return null;
    if (storage === 'tick') return value === true ? 1 : 0;
    if (typeof value === 'number') return value;
    if (typeof value !== 'string') throw new TypeError(`A field holds ${JSON.stringify(value)}.`);
    // The platform writes 2026-11-20T10:00:00.000+0000: the same instants as text that compares.
    return storage === 'instant' ? new Date(value).toISOString() : value;
}

/** The day of an instant (ms since 1970) in a time zone. */
function dayIn(timeZone: string): (ms: number) => string {
    // Sweden writes days as ISO 8601 does.
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    return (ms) => format.format(ms);
}

/** What a rate is at least, with 95 in 100 certainty, as far as so many trials can tell; null of none. */
export function wilsonLowerBound(successes: number, count: number): number | null {
    if (count === 0) return null;
    const z = 1.96;
    const p = successes / count;
    const spread = z * Math.sqrt((p * (1 - p)) / count + z ** 2 / (4 * count ** 2));
    return Math.max(0, (p + z ** 2 / (2 * count) - spread) / (1 + z ** 2 / count));
}

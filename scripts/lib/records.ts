/** Reading and saving many records through the collections API: 200 a request, row locks retried. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'jsforce';
import type { SaveError } from './errors.ts';

export type FieldValue = string | number | boolean | null;
/** Field values by API name; an update carries `Id`, an upsert its external id. */
export type RecordFields = Readonly<Record<string, FieldValue>>;

export type SavedRecord =
    | { readonly ok: true; readonly id: string; readonly created: boolean }
    | { readonly ok: false; readonly errors: readonly SaveError[] };

export interface SaveOptions {
    /** All records of one request or none (default: each by itself). */
    readonly allOrNone?: boolean;
    /** Milliseconds before the first retry of a locked row; doubles each time. */
    readonly lockWaitMs?: number;
    readonly onProgress?: (saved: number) => void;
}

/** The most that the collections API takes in one request. */
export const RECORDS_PER_REQUEST = 200;
const LOCK_RETRIES = 4;

/** All rows of a query, however many pages they come in, without `attributes`. */
export async function queryAll(connection: Connection, soql: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    let page = await connection.query<Record<string, unknown>>(soql);
    for (;;) {
        for (const { attributes: _attributes, ...row } of page.records) {
            rows.push(row);
        }
        if (page.done || page.nextRecordsUrl === undefined) {
            return rows;
        }
        page = await connection.queryMore<Record<string, unknown>>(page.nextRecordsUrl);
    }
}

/** Creates records; results in the order of the records. */
export function createRecords(
    connection: Connection,
    type: string,
    records: readonly RecordFields[],
    options: SaveOptions = {},
): Promise<SavedRecord[]> {
    return saveInBatches(records, options, (batch, allOrNone) => connection.sobject(type).create(batch, { allOrNone }));
}

/** Updates records by their `Id`; results in the order of the records. */
export function updateRecords(
    connection: Connection,
    type: string,
    records: readonly (RecordFields & { readonly Id: string })[],
    options: SaveOptions = {},
): Promise<SavedRecord[]> {
    return saveInBatches(records, options, (batch, allOrNone) => connection.sobject(type).update(batch, { allOrNone }));
}

/** Creates or updates records by an external id; results in the order of the records. */
export function upsertRecords(
    connection: Connection,
    type: string,
    externalIdField: string,
    records: readonly RecordFields[],
    options: SaveOptions = {},
): Promise<SavedRecord[]> {
    return saveInBatches(records, options, (batch, allOrNone) =>
        connection.sobject(type).upsert(batch, externalIdField, { allOrNone }),
    );
}

/** Codes of rows that failed only because another row of the same request did. */
const FOLLOWERS = new Set(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'PROCESSING_HALTED']);

export interface SaveFailure {
    /** Position of the record among those saved. */
    readonly index: number;
    readonly errors: readonly SaveError[];
}

/** The record that made a save fail, rather than one that fell with it; null when all were saved. */
export function guiltyFailure(results: readonly SavedRecord[]): SaveFailure | null {
    const failures = results.flatMap((result, index) => (result.ok ? [] : [{ index, errors: result.errors }]));
    const guilty = failures.find(({ errors }) =>
        errors.some((error) => !FOLLOWERS.has(error.errorCode ?? error.statusCode ?? '')),
    );
    return guilty ?? failures[0] ?? null;
}

/** Ids in the order of the records; `refuse` turns the guilty failure into an error to throw. */
export function requireIds(results: readonly SavedRecord[], refuse: (failure: SaveFailure) => Error): string[] {
    const failure = guiltyFailure(results);
    if (failure !== null) {
        throw refuse(failure);
    }
    return results.flatMap((result) => (result.ok ? [result.id] : []));
}

/** What the collections API answers for one record. */
interface RawResult {
    readonly success: boolean;
    readonly id?: string | null | undefined;
    readonly created?: boolean | undefined;
    readonly errors?: readonly SaveError[];
}

type Save<T> = (batch: T[], allOrNone: boolean) => Promise<readonly RawResult[]>;

export async function saveInBatches<T>(
    records: readonly T[],
    options: SaveOptions,
    save: Save<T>,
): Promise<SavedRecord[]> {
    const results: SavedRecord[] = [];
    for (let start = 0; start < records.length; start += RECORDS_PER_REQUEST) {
        const batch = records.slice(start, start + RECORDS_PER_REQUEST);
        results.push(...(await saveBatch(batch, options, save)));
        options.onProgress?.(results.length);
    }
    return results;
}

async function saveBatch<T>(batch: readonly T[], options: SaveOptions, save: Save<T>): Promise<SavedRecord[]> {
    const allOrNone = options.allOrNone ?? false;
    const results = (await save([...batch], allOrNone)).map(savedRecord);
    let wait = options.lockWaitMs ?? 500;
    for (let attempt = 0; attempt < LOCK_RETRIES; attempt += 1) {
        const locked = results.flatMap((result, index) => (isLocked(result) ? [index] : []));
        if (locked.length === 0) {
            break;
        }
        await sleep(wait);
        wait *= 2;
        // With allOrNone one locked row undid all of them, so all are sent again.
        const again = allOrNone ? batch.map((_, index) => index) : locked;
        const retried = await save(
            again.flatMap((index) => batch.slice(index, index + 1)),
            allOrNone,
        );
        again.forEach((index, position) => {
            const result = retried[position];
            if (result !== undefined) {
                results[index] = savedRecord(result);
            }
        });
    }
    return results;
}

function isLocked(result: SavedRecord): boolean {
    return !result.ok && result.errors.some((error) => (error.errorCode ?? error.statusCode) === 'UNABLE_TO_LOCK_ROW');
}

function savedRecord(result: RawResult): SavedRecord {
    return result.success && typeof result.id === 'string'
        ? { ok: true, id: result.id, created: result.created ?? true }
        : { ok: false, errors: result.errors ?? [] };
}

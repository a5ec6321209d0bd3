import { createReadStream } from 'node:fs';
import { setImmediate as otherRequests } from 'node:timers/promises';
import { PlatformFailure } from '../../failure.ts';
import { findObject, type ObjectType } from '../../metadata/schema.ts';
import type { PlatformError } from '../../page-contract.ts';
import { deleteRecord } from '../../store/remove.ts';
import { deferRollUps } from '../../store/rollups.ts';
import { insertRecord, updateRecord, upsertRecord } from '../../store/save.ts';
import type { RecordInput } from '../../store/record-input.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { readHeader, rowInput } from './columns.ts';
import { JobFailure, readRows, type RowChunk } from './csv.ts';
import type { BulkJob, BulkJobs, RowOutcome } from './jobs.ts';

/** Rows of one transaction; the platform's triggers and roll-ups see as many at a time. */
const CHUNK = 200;

/**
 * Works an ingest job off, or the rest of it. Rows, what became of them and the job's progress are in one transaction for each chunk, so that
 * after a crash the job goes on where the last whole chunk ended. Between chunks the org answers other requests. Returns when the job has
 * ended, was aborted or deleted, or when `stopped()`.
 */
export async function runIngest(store: OrgStore, jobs: BulkJobs, id: string, stopped: () => boolean): Promise<void> {
    try {
        const job = jobs.find(id);
        if (job?.state === 'UploadComplete') {
            await checkUpload(store, jobs, job, stopped);
        }
        const checked = jobs.find(id);
        if (checked?.state !== 'InProgress') {
            return;
        }
        for await (const chunk of readRows(jobs.file(id, 'csv'), checked, checked.processed, CHUNK)) {
            await otherRequests();
            const current = jobs.find(id);
            if (stopped() || current?.state !== 'InProgress') {
                return;
            }
            saveChunk(store, jobs, current, chunk);
        }
        jobs.moveOn(id, 'InProgress', 'JobComplete');
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof JobFailure) {
            jobs.fail(id, message, null);
        } else {
            jobs.fail(id, `UnknownException : The local org failed: ${message}`, error);
        }
    }
}

/** Reads the whole upload once before a row is saved: as on the platform a file that is no good fails the job as a whole. */
async function checkUpload(store: OrgStore, jobs: BulkJobs, job: BulkJob, stopped: () => boolean): Promise<void> {
    if (job.uploaded === 0) {
        // The platform's words are not known.
        throw new JobFailure('InvalidBatch : Records not processed. The job was closed without data.');
    }
    await checkLineEnding(jobs.file(job.id, 'csv'), job);
    for await (const { header, rows, first } of readRows(jobs.file(job.id, 'csv'), job, 0, CHUNK)) {
        if (first === 0) {
            readHeader(store, sessionOf(store, job), objectOf(store, job), job, header);
        }
        const wrong = rows.findIndex((row) => row.length !== header.length);
        if (wrong >= 0) {
            // A guess, and the safe one: columns that have shifted would write the wrong values.
            throw new JobFailure(
                `InvalidBatch : Failed to parse CSV. Row ${first + wrong + 1} has ${rows[wrong]?.length} values for ${header.length} columns`,
            );
        }
        await otherRequests();
        if (stopped() || jobs.find(job.id)?.state !== 'UploadComplete') {
            return;
        }
    }
    jobs.moveOn(job.id, 'UploadComplete', 'InProgress');
}

/** Looks at the first line alone, as far as it is among the first 64 kB. */
async function checkLineEnding(file: string, { lineEnding }: BulkJob): Promise<void> {
    for await (const start of createReadStream(file, { end: 0xffff, highWaterMark: 0x10000, encoding: 'latin1' })) {
        const end = String(start).indexOf('\n');
        if (end < 0 || (String(start)[end - 1] === '\r') === (lineEnding === 'CRLF')) {
            return;
        }
        throw new JobFailure(
            `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
        );
    }
}

function sessionOf(store: OrgStore, job: BulkJob): Session {
    const session = store.session(job.username);
    if (!session) {
        throw new JobFailure(`InvalidUser : ${job.username} is not a user of the org any more`);
    }
    return session;
}

function objectOf(store: OrgStore, job: BulkJob): ObjectType {
    const object = findObject(store.schema, job.object);
    if (!object) {
        throw new JobFailure(`InvalidJob : Unable to find object: ${job.object}`);
    }
    return object;
}

function saveChunk(store: OrgStore, jobs: BulkJobs, job: BulkJob, { header, rows, first }: RowChunk): void {
    const started = performance.now();
    // Access and metadata as they are now: either may have changed since the last chunk.
    const session = sessionOf(store, job);
    const columns = readHeader(store, session, objectOf(store, job), job, header);
    const saveRows = (): readonly RowOutcome[] => {
        const keys = new Set<string>();
        return rows.map((row) => saveRow(store, session, job, rowInput(columns, row), keys));
    };
    const saveAll = (save: () => readonly RowOutcome[]): void =>
        store.transaction(() => {
            const outcomes = save();
            jobs.addOutcomes(job.id, first, outcomes);
            jobs.change(job.id, {
                processed: first + rows.length,
                failed: job.failed + outcomes.filter(({ error }) => error !== null).length,
                worked: job.worked + Math.round(performance.now() - started),
            });
        });
    store.actingAs(session, () => {
        try {
            saveAll(() => deferRollUps(store, saveRows));
        } catch (error) {
            if (!(error instanceof PlatformFailure)) {
                throw error;
            }
            // A master refuses what these rows together make of it. Row by row only those fail that it does not bear; the platform refuses all of them.
            saveAll(saveRows);
        }
    });
}

function saveRow(store: OrgStore, session: Session, job: BulkJob, given: RecordInput, keys: Set<string>): RowOutcome {
    const id = typeof given['Id'] === 'string' ? given['Id'] : '';
    try {
        return { error: null, ...store.transaction(() => save(store, session, job, given, keys)) };
    } catch (error) {
        if (!(error instanceof PlatformFailure)) {
            throw error;
        }
        return { recordId: id === '' ? null : id, created: false, error: error.errors.map(rowError).join(';') };
    }
}

function save(
    store: OrgStore,
    session: Session,
    { operation, object, externalIdFieldName }: BulkJob,
    given: RecordInput,
    keys: Set<string>,
): { readonly recordId: string; readonly created: boolean } {
    const { Id, ...rest } = given;
    switch (operation) {
        case 'insert':
            return { recordId: insertRecord(store, session, object, given), created: true };
        case 'update': {
            const id = required(Id, 'Id not specified in an update call');
            updateRecord(store, session, object, id, rest);
            return { recordId: id, created: false };
        }
        case 'delete': {
            const id = required(Id, 'Id not specified in a delete call');
            deleteRecord(store, session, object, id);
            return { recordId: id, created: false };
        }
        default: {
            const field = externalIdFieldName ?? 'Id';
            if (field === 'Id' && Id === undefined) {
                return { recordId: insertRecord(store, session, object, rest), created: true };
            }
            const key = required(given[field], `${field} not specified`);
            if (keys.has(key)) {
                throw refusal('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [field]);
            }
            keys.add(key);
            const { id, created } = upsertRecord(store, session, object, field, key, given);
            return { recordId: id, created };
        }
    }
}

function required(value: unknown, message: string): string {
    if (typeof value !== 'string') {
        throw refusal('MISSING_ARGUMENT', message, []);
    }
    return value;
}

function refusal(errorCode: string, message: string, fields: readonly string[]): PlatformFailure {
    return new PlatformFailure([{ errorCode, message, fields }]);
}

/** Single records are answered with HTTP's words; rows of a job with those of the platform's saves. */
const ROW_ERRORS: Readonly<Record<string, readonly [code: string, message: string]>> = {
    NOT_FOUND: ['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'],
    MULTIPLE_CHOICES: ['DUPLICATE_EXTERNAL_ID', 'more than one record found for external id field'],
};

/** `CODE:message:Field,Field --`. */
function rowError({ errorCode, message, fields = [] }: PlatformError): string {
    const [code, words] = ROW_ERRORS[errorCode] ?? [errorCode, message];
    return `${code}:${words}:${fields.length > 0 ? `${fields.join(',')} ` : ''}--`;
}

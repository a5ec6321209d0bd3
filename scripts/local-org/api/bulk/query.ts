import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setImmediate as otherRequests } from 'node:timers/promises';
import type { Value } from 'c/formula';
import { failure, PlatformFailure } from '../../failure.ts';
import { findObject, type Field } from '../../metadata/schema.ts';
import { parseSoql } from '../../soql/soql.ts';
import type { RecordQuery } from '../../store/conditions.ts';
import type { StoreContext } from '../../store/context.ts';
import type { Columns } from '../../store/database.ts';
import { recordSelect } from '../../store/read.ts';
import type { Column } from '../../store/select.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { fromStored, isNumber } from '../../store/values.ts';
import { csvLine } from './csv.ts';
import { hasEnded, type BulkJob, type BulkJobs } from './jobs.ts';
import { openSnapshot } from './snapshot.ts';

/** Rows read between two looks at other requests. */
const CHUNK = 2000;
/** Rows of a page when the client does not say; the platform chooses by itself. */
const PAGE = 100_000;
/** Bytes of an entry in the file that says where each row of the result begins. */
const ENTRY = 8;

/** What a query job may ask. Throws the refusal of SOQL that is wrong, or that the Bulk API does not take. */
export function bulkQuery(context: StoreContext, session: Session, soql: string): RecordQuery {
    const parsed = parseSoql(soql);
    if (parsed.kind !== 'records' || parsed.query.offset !== undefined) {
        // The documentation refuses GROUP BY, OFFSET and aggregates; these words are made after those for compound fields.
        const what = parsed.kind === 'records' ? 'OFFSET' : 'Aggregate functions and GROUP BY';
        throw failure('API_ERROR', `${what} not supported in Bulk Query`);
    }
    if (parsed.children.length > 0) {
        throw failure('API_ERROR', 'Aggregate Relationships not supported in Bulk V2 Query with CSV content type');
    }
    recordSelect(context, session, parsed.query);
    const object = findObject(context.schema, parsed.query.object);
    if (object?.kind === 'metadata') {
        // Open whether the platform takes custom metadata types here.
        throw failure('INVALIDENTITY', `Entity '${object.name}' is not supported by the Bulk API.`);
    }
    return { ...parsed.query, object: object?.name ?? parsed.query.object };
}

/**
 * Writes the result of a query job to its file, from one state of the org, whatever others change meanwhile. A job that was interrupted
 * begins anew. Returns when it has ended, was aborted or deleted, or when `stopped()`.
 */
export async function runQuery(store: OrgStore, jobs: BulkJobs, id: string, stopped: () => boolean): Promise<void> {
    const started = performance.now();
    const job = jobs.find(id);
    if (!job || hasEnded(job)) {
        return;
    }
    try {
        using snapshot = openSnapshot(store);
        const session = store.session(job.username);
        if (!session) {
            throw failure('INVALIDUSER', `${job.username} is not a user of the org any more`);
        }
        jobs.change(id, { state: 'InProgress', processed: 0 });
        await using data = await open(jobs.file(id, 'csv'), 'w', 0o600);
        await using index = await open(jobs.file(id, 'rows'), 'w', 0o600);
        const { columns, sql, params } = store.actingAs(session, () =>
            recordSelect(snapshot.context, session, bulkQuery(snapshot.context, session, job.query ?? '')),
        );
        const statement = snapshot.context.db.prepare(sql);
        statement.setReturnArrays(true);
        const lines = resultLines(job, columns, statement.iterate(...params));
        const result = new ResultWriter(data, index);
        for (let more = true; more;) {
            // A chunk at a time for the user: formulas may look at who reads them.
            const chunk = store.actingAs(session, () => nextOf(lines, CHUNK));
            await result.add(chunk);
            await otherRequests();
            if (stopped() || jobs.find(id)?.state !== 'InProgress') {
                return;
            }
            jobs.change(id, { processed: result.rows, worked: Math.round(performance.now() - started) });
            more = chunk.length === CHUNK;
        }
        await result.end();
        jobs.moveOn(id, 'InProgress', 'JobComplete');
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        jobs.fail(
            id,
            `InvalidBatch : Failed to process query: ${message}`,
            error instanceof PlatformFailure ? null : error,
        );
    }
}

function* resultLines(job: BulkJob, columns: readonly Column[], rows: Iterable<Columns>): Generator<string, undefined> {
    const paths = columns.map(({ path }) => path);
    yield csvLine(paths, job);
    for (const row of rows) {
        const cells = columns.map(({ field }, at) => cellText(field, row[at]));
        yield csvLine(cells, job);
    }
}

/** Up to `count` more; fewer: there are no more. */
function nextOf<T>(source: Iterator<T, undefined>, count: number): readonly T[] {
    const found: T[] = [];
    while (found.length < count) {
        const next = source.next();
        if (next.done === true) {
            break;
        }
        found.push(next.value);
    }
    return found;
}

/** The result's lines in one file, and in another the byte at which each begins, the header first: any page is found without reading. */
class ResultWriter {
    readonly #data: FileHandle;
    readonly #index: FileHandle;
    #bytes = 0;
    /** Data rows so far. */
    rows = -1;

    constructor(data: FileHandle, index: FileHandle) {
        this.#data = data;
        this.#index = index;
    }

    async add(lines: readonly string[]): Promise<void> {
        const starts = Buffer.alloc(lines.length * ENTRY);
        lines.forEach((line, at) => {
            starts.writeDoubleLE(this.#bytes, at * ENTRY);
            this.#bytes += Buffer.byteLength(line);
        });
        await this.#data.write(lines.join(''));
        await this.#index.write(starts);
        this.rows += lines.length;
    }

    async end(): Promise<void> {
        const end = Buffer.alloc(ENTRY);
        end.writeDoubleLE(this.#bytes);
        await this.#index.write(end);
        await this.#data.sync();
    }
}

function cellText(field: Field, stored: unknown): string {
    const value: Value = fromStored(field.kind, stored);
    if (value === null) {
        return '';
    }
    if (typeof value === 'number' && isNumber(field.kind) && (field.custom || field.scale !== 0)) {
        return doubleText(value);
    }
    return String(value);
}

/** Numbers are written as Java writes doubles: `5.0`, `1.6147805824397E13`. Whole numbers of standard fields are ints and stay as they are. */
export function doubleText(value: number): string {
    const size = Math.abs(value);
    if (size === 0 || (size >= 1e-3 && size < 1e7)) {
        return Number.isInteger(value) ? `${value}.0` : String(value);
    }
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

export interface ResultPage {
    /** Data rows in it. */
    readonly rows: number;
    /** Where the next page begins; null at the end. */
    readonly next: string | null;
    readonly body: Readable;
}

/** A page of a finished job's result with the header. Throws for a locator that is none, or a size that is no whole number above 0. */
export async function resultPage(
    jobs: BulkJobs,
    job: BulkJob,
    locator: string | undefined,
    maxRecords: string | undefined,
): Promise<ResultPage> {
    const start = locator === undefined ? '0' : Buffer.from(locator, 'base64url').toString();
    const first = Number(start);
    if (!/^\d+$/.test(start) || first > job.processed) {
        throw failure('INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}`);
    }
    const most = Number(maxRecords ?? PAGE);
    if (!Number.isInteger(most) || most < 1) {
        throw failure('INVALID_ARGUMENT', `maxRecords must be a whole number above 0, not ${maxRecords}`);
    }
    const end = Math.min(first + most, job.processed);
    await using index = await open(jobs.file(job.id, 'rows'), 'r');
    const startOf = async (line: number): Promise<number> => {
        const { buffer } = await index.read(Buffer.alloc(ENTRY), 0, ENTRY, line * ENTRY);
        return buffer.readDoubleLE();
    };
    const [header, from, to] = [await startOf(1), await startOf(first + 1), await startOf(end + 1)];
    return {
        rows: end - first,
        next: end < job.processed ? Buffer.from(String(end)).toString('base64url') : null,
        body: Readable.from(slices(jobs.file(job.id, 'csv'), [0, header], [from, to])),
    };
}

async function* slices(file: string, ...ranges: readonly (readonly [from: number, to: number])[]): AsyncGenerator {
    for (const [from, to] of ranges) {
        if (to > from) {
            yield* createReadStream(file, { start: from, end: to - 1 });
        }
    }
}

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nextNumber, run, texts } from '../../store/database.ts';
import { idOf } from '../../store/ids.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { toSecond } from '../../store/values.ts';
import { csvFormat } from './csv.ts';

/** Bulk API 2.0 jobs as the database keeps them, with the files that belong to them. */

const jobRow = z.object({
    id: z.string(),
    type: z.enum(['V2Ingest', 'V2Query']),
    operation: z.enum(['insert', 'update', 'upsert', 'delete', 'query', 'queryAll']),
    object: z.string(),
    externalIdFieldName: z.string().nullable(),
    /** SOQL of a query job. */
    query: z.string().nullable(),
    ...csvFormat,
    /** `67.0`. */
    apiVersion: z.string(),
    createdById: z.string(),
    username: z.string(),
    createdDate: z.string(),
    systemModstamp: z.string(),
    state: z.enum(['Open', 'UploadComplete', 'InProgress', 'Aborted', 'JobComplete', 'Failed']),
    /** 1 when the data of an ingest job is there. */
    uploaded: z.number(),
    /** Data rows saved or refused, or rows of a result. */
    processed: z.number(),
    failed: z.number(),
    /** Milliseconds of work. */
    worked: z.number(),
    errorMessage: z.string().nullable(),
});
export type BulkJob = z.infer<typeof jobRow>;

export type NewJob = Pick<
    BulkJob,
    'type' | 'operation' | 'object' | 'externalIdFieldName' | 'query' | 'columnDelimiter' | 'lineEnding' | 'apiVersion'
>;
export type JobChange = Partial<
    Pick<BulkJob, 'state' | 'uploaded' | 'processed' | 'failed' | 'worked' | 'errorMessage'>
>;

/** What became of one data row of an ingest job. */
export interface RowOutcome {
    readonly recordId: string | null;
    readonly created: boolean;
    /** Null: saved. */
    readonly error: string | null;
}

/** As on the platform, a job that has ended is kept for a week. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

export function hasEnded({ state }: BulkJob): boolean {
    return state === 'Aborted' || state === 'JobComplete' || state === 'Failed';
}

export class BulkJobs {
    readonly #store: OrgStore;
    readonly #folder: string;

    /** Makes tables and folder; forgets jobs that are too old, and files of jobs that are gone. */
    constructor(store: OrgStore, folder: string) {
        this.#store = store;
        this.#folder = folder;
        store.db.exec(`
            CREATE TABLE IF NOT EXISTS local_bulk_job (
                id TEXT PRIMARY KEY, type TEXT, operation TEXT, object TEXT, externalIdFieldName TEXT, query TEXT,
                columnDelimiter TEXT, lineEnding TEXT, apiVersion TEXT, createdById TEXT, username TEXT, createdDate TEXT,
                systemModstamp TEXT, state TEXT, uploaded INTEGER, processed INTEGER, failed INTEGER, worked INTEGER, errorMessage TEXT
            ) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS local_bulk_row (
                job TEXT, row INTEGER, recordId TEXT, created INTEGER, error TEXT, PRIMARY KEY (job, row)
            ) WITHOUT ROWID;
        `);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        this.#forgetOld();
    }

    create(session: Session, job: NewJob): BulkJob {
        const now = toSecond(this.#store.now());
        const row: BulkJob = {
            ...job,
            id: idOf('750', nextNumber(this.#store.db, 'local_bulk_job')),
            createdById: session.userId,
            username: session.username,
            createdDate: now,
            systemModstamp: now,
            state: job.type === 'V2Ingest' ? 'Open' : 'UploadComplete',
            uploaded: 0,
            processed: 0,
            failed: 0,
            worked: 0,
            errorMessage: null,
        };
        const names = Object.keys(row);
        this.#store.db
            .prepare(
                `INSERT INTO local_bulk_job (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`,
            )
            .run(row);
        return row;
    }

    find(id: string): BulkJob | null {
        const row = this.#store.db.prepare('SELECT * FROM local_bulk_job WHERE id = ?').get(id);
        return row ? jobRow.parse(row) : null;
    }

    /** Jobs that still have to be worked on, the oldest first. */
    waiting(): readonly BulkJob[] {
        return this.#store.db
            .prepare(`SELECT * FROM local_bulk_job WHERE state IN ('UploadComplete', 'InProgress') ORDER BY id`)
            .all()
            .map((row) => jobRow.parse(row));
    }

    change(id: string, change: JobChange): void {
        this.#store.db
            .prepare(
                `UPDATE local_bulk_job SET ${Object.keys(change)
                    .map((name) => `${name} = :${name}`)
                    .join(', ')}, systemModstamp = :now WHERE id = :id`,
            )
            .run({ ...change, id, now: toSecond(this.#store.now()) });
    }

    /** Changes the state unless it is another one by now: the job was aborted or deleted. */
    moveOn(id: string, from: BulkJob['state'], to: BulkJob['state']): void {
        if (this.find(id)?.state === from) {
            this.change(id, { state: to });
        }
    }

    /** Ends a job that has not ended in another way. `defect`: what went wrong in the local org itself, for its log. */
    fail(id: string, errorMessage: string, defect: unknown): void {
        if (defect !== null) {
            console.error(defect);
        }
        const job = this.find(id);
        if (job && !hasEnded(job)) {
            this.change(id, { state: 'Failed', errorMessage });
        }
    }

    addOutcomes(id: string, first: number, outcomes: readonly RowOutcome[]): void {
        const sql = 'INSERT INTO local_bulk_row VALUES (?, ?, ?, ?, ?)';
        outcomes.forEach(({ recordId, created, error }, index) => {
            run(this.#store.db, sql, id, first + index, recordId, created ? 1 : 0, error);
        });
    }

    /** Outcomes of `count` rows from `first` on. */
    outcomes(id: string, first: number, count: number): readonly RowOutcome[] {
        return this.#store.db
            .prepare(
                'SELECT recordId, created, error FROM local_bulk_row WHERE job = ? AND row >= ? AND row < ? ORDER BY row',
            )
            .all(id, first, first + count)
            .map(({ recordId, created, error }) => ({
                recordId: typeof recordId === 'string' ? recordId : null,
                created: created === 1,
                error: typeof error === 'string' ? error : null,
            }));
    }

    delete(id: string): void {
        this.#store.transaction(() => {
            this.#store.db.prepare('DELETE FROM local_bulk_row WHERE job = ?').run(id);
            this.#store.db.prepare('DELETE FROM local_bulk_job WHERE id = ?').run(id);
        });
        for (const suffix of ['csv', 'part', 'rows']) {
            rmSync(this.file(id, suffix), { force: true });
        }
    }

    /** `csv`: the upload, or the result of a query; `part`: an upload that is under way; `rows`: where each row of a result begins. */
    file(id: string, suffix: string): string {
        return join(this.#folder, `${id}.${suffix}`);
    }

    #forgetOld(): void {
        const { db, now } = this.#store;
        const oldest = toSecond(new Date(Date.parse(now()) - KEPT_MS).toISOString());
        const old = `SELECT id FROM local_bulk_job WHERE state IN ('Aborted', 'JobComplete', 'Failed') AND systemModstamp < ?`;
        texts(db, old, oldest).forEach((id) => this.delete(id));
        const known = new Set(texts(db, 'SELECT id FROM local_bulk_job'));
        for (const name of readdirSync(this.#folder)) {
            if (!known.has(name.replace(/\.\w+$/, ''))) {
                rmSync(join(this.#folder, name));
            }
        }
    }
}

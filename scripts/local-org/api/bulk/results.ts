import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { csvLine, JobFailure, readRows } from './csv.ts';
import type { BulkJob, BulkJobs } from './jobs.ts';

/** Rows read and written at a time. */
const CHUNK = 1000;

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** Rows of an ingest job as CSV, in the order in which they were sent; read as the client takes them. */
export function ingestResults(jobs: BulkJobs, job: BulkJob, kind: ResultKind): Readable {
    if (!existsSync(jobs.file(job.id, 'csv'))) {
        return Readable.from([]);
    }
    if (kind === 'unprocessedrecords' && job.processed === 0 && job.state === 'Failed') {
        return createReadStream(jobs.file(job.id, 'csv')); // May be no CSV at all.
    }
    return Readable.from(kind === 'unprocessedrecords' ? unprocessed(jobs, job) : processed(jobs, job, kind));
}

async function* processed(jobs: BulkJobs, job: BulkJob, kind: ResultKind): AsyncGenerator<string> {
    const wanted = kind === 'successfulResults';
    let headerSent = false;
    try {
        for await (const { header, first, rows } of readRows(jobs.file(job.id, 'csv'), job, 0, CHUNK)) {
            if (!headerSent) {
                headerSent = true;
                yield csvLine(['sf__Id', wanted ? 'sf__Created' : 'sf__Error', ...header], job);
            }
            const outcomes = jobs.outcomes(job.id, first, rows.length);
            const lines = outcomes.flatMap(({ recordId, created, error }, index) =>
                (error === null) === wanted
                    ? [csvLine([recordId ?? '', error ?? String(created), ...(rows[index] ?? [])], job)]
                    : [],
            );
            if (lines.length > 0) {
                yield lines.join('');
            }
            if (outcomes.length < rows.length) {
                return;
            }
        }
    } catch (error) {
        if (!(error instanceof JobFailure)) {
            throw error;
        }
    }
}

async function* unprocessed(jobs: BulkJobs, job: BulkJob): AsyncGenerator<string> {
    let headerSent = false;
    for await (const { header, rows } of readRows(jobs.file(job.id, 'csv'), job, job.processed, CHUNK)) {
        if (!headerSent) {
            headerSent = true;
            yield csvLine(header, job);
        }
        yield rows.map((row) => csvLine(row, job)).join('');
    }
}

/** One ingest job of the Bulk API 2.0 after the other: made, filled, waited for, read, and found again after this process was killed. */
import { CommandError } from '../lib/errors.ts';
import { bulkJob, hasEnded, readJob, waitForJob } from './bulk-job.ts';
import type { BulkJob } from './bulk-job.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { CsvRow } from './csv-scanner.ts';
import type { OrgClient } from './org-client.ts';
import { OrgRefusal } from './patience.ts';

export type IngestOperation = 'insert' | 'update';

const JOBS = '/jobs/ingest';
/** Milliseconds: some megabytes over a slow line. */
const UPLOAD = 10 * 60_000;

/** Makes a job and returns its id; nothing is saved before it is closed. */
export async function openIngest(client: OrgClient, object: string, operation: IngestOperation): Promise<string> {
    const job = { object, operation, contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' };
    try {
        return (await client.json(bulkJob, { method: 'POST', path: JOBS, body: { json: job } })).id;
    } catch (error) {
        if (error instanceof OrgRefusal) {
            throw new CommandError(
                `The org takes no ${operation} of ${object}: ${error.message}`,
                'Use a user with the Playbook Integration permission set; `npm run deploy` brings it.',
            );
        }
        throw error;
    }
}

/** Uploads the rows, once: when the connection breaks, nobody knows what has arrived, and the job has to be given up. */
export async function fillIngest(client: OrgClient, id: string, csv: string): Promise<void> {
    await client.sendOnce({ method: 'PUT', path: `${JOBS}/${id}/batches`, body: { csv }, timeout: UPLOAD }, drop);
}

/** From now on the org works on the job. */
export async function closeIngest(client: OrgClient, id: string): Promise<void> {
    await changeState(client, id, 'UploadComplete');
}

/** Gives up a job that has not been closed. */
export async function abortIngest(client: OrgClient, id: string): Promise<void> {
    await changeState(client, id, 'Aborted');
}

/** A request repeated after its answer was lost finds the job in the state that it asked for. */
async function changeState(client: OrgClient, id: string, state: 'UploadComplete' | 'Aborted'): Promise<void> {
    try {
        await client.send({ method: 'PATCH', path: `${JOBS}/${id}`, body: { json: { state } } }, drop);
    } catch (error) {
        const job = error instanceof OrgRefusal ? await readJob(client, `${JOBS}/${id}`) : null;
        if (job === null || (state === 'Aborted' ? !hasEnded(job) : job.state === 'Open')) {
            throw error;
        }
    }
}

/** The job as it is now; null when the org has it no more. */
export function readIngest(client: OrgClient, id: string): Promise<BulkJob | null> {
    return readJob(client, `${JOBS}/${id}`);
}

/** Waits until the org has worked a closed job off. Null: the job is gone. */
export function waitForIngest(
    client: OrgClient,
    id: string,
    onLook: (job: BulkJob) => void | Promise<void>,
): Promise<BulkJob | null> {
    return waitForJob(client, `${JOBS}/${id}`, onLook);
}

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** Rows of one kind, as they were sent, with `sf__Id` and `sf__Created` or `sf__Error`; in any order. */
export async function ingestResults(client: OrgClient, id: string, kind: ResultKind): Promise<readonly CsvRow[]> {
    // Read whole before any of it counts: a repeated request must not give a row twice.
    return client.send({ method: 'GET', path: `${JOBS}/${id}/${kind}`, accept: 'text/csv' }, async (response) => {
        const scanner = new CsvScanner();
        return [...scanner.add(new Uint8Array(await response.arrayBuffer())), ...scanner.end()];
    });
}

/** Takes the job away with all that was uploaded; the org would do so after a week. */
export async function forgetIngest(client: OrgClient, id: string): Promise<void> {
    try {
        await client.send({ method: 'DELETE', path: `${JOBS}/${id}` }, drop);
    } catch (error) {
        if (!(error instanceof OrgRefusal)) {
            throw error;
        }
    }
}

const drop = async (response: Response): Promise<void> => {
    await response.body?.cancel();
};

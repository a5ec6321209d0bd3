import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure, PlatformFailure } from '../../failure.ts';
import { hasEnded, type BulkJob, type BulkJobs } from './jobs.ts';
import type { BulkWorker } from './worker.ts';

/** The platform takes 150 MB after base64, which makes four bytes of three. */
const MOST_BYTES = (150 * 1024 * 1024 * 3) / 4;

/** What a client may do with a job, and when; anything else is refused with INVALIDJOBSTATE. */
export class JobSteps {
    readonly #jobs: BulkJobs;
    readonly #worker: BulkWorker;
    readonly #uploading = new Set<string>();

    constructor(jobs: BulkJobs, worker: BulkWorker) {
        this.#jobs = jobs;
        this.#worker = worker;
    }

    /** Takes the data of an ingest job, once, straight into its file. `body`: the request's stream, or nothing. */
    async upload({ id, state, uploaded }: BulkJob, body: unknown): Promise<void> {
        if (state !== 'Open') {
            throw wrongState(`Uploading data to a Job in state ${state} not allowed`);
        }
        if (uploaded === 1 || this.#uploading.has(id)) {
            throw failure(
                'BULK_API_ERROR',
                `Found multipe contents for job: <${id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
            );
        }
        this.#uploading.add(id);
        const part = this.#jobs.file(id, 'part');
        try {
            await receive(body instanceof Readable ? body : Readable.from([]), part);
            if (this.#jobs.find(id)?.state !== 'Open') {
                throw wrongState('The Job was closed, aborted or deleted while its data was being uploaded');
            }
            renameSync(part, this.#jobs.file(id, 'csv'));
            this.#jobs.change(id, { uploaded: 1 });
        } finally {
            this.#uploading.delete(id);
            rmSync(part, { force: true });
        }
    }

    close(job: BulkJob): BulkJob {
        if (job.state !== 'Open') {
            throw wrongState(`Closing already ${inWords(job)} Job not allowed`);
        }
        this.#jobs.change(job.id, { state: 'UploadComplete' });
        this.#worker.start(job);
        return { ...job, state: 'UploadComplete' };
    }

    abort(job: BulkJob): BulkJob {
        if (hasEnded(job)) {
            throw wrongState(`Aborting already ${inWords(job)} Job not allowed`);
        }
        this.#jobs.change(job.id, { state: 'Aborted' });
        return { ...job, state: 'Aborted' };
    }

    delete(job: BulkJob): void {
        // Ingest jobs may be deleted while they wait, too.
        if (!hasEnded(job) && (job.state !== 'UploadComplete' || job.type === 'V2Query')) {
            throw wrongState(`Deleting a Job in state ${job.state} not allowed`);
        }
        this.#jobs.delete(job.id);
    }
}

function wrongState(message: string): PlatformFailure {
    return failure('INVALIDJOBSTATE', message);
}

/** `Completed` is the platform's word; the others are made after it. */
function inWords({ state }: BulkJob): string {
    const closed = state === 'UploadComplete' || state === 'InProgress';
    return state === 'JobComplete' ? 'Completed' : closed ? 'Closed' : state;
}

/** Writes an upload as it comes. Too much is read to its end, not written, so that the client hears why it was refused. */
async function receive(data: Readable, file: string): Promise<void> {
    let taken = 0;
    const measured = new Transform({
        transform(chunk: Buffer, _encoding, done) {
            taken += chunk.length;
            done(null, taken > MOST_BYTES ? Buffer.alloc(0) : chunk);
        },
    });
    try {
        await pipeline(data, measured, createWriteStream(file, { mode: 0o600, flush: true }));
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') {
            throw failure('CLIENTINPUTERROR', 'The upload broke off; send the data again.');
        }
        throw error;
    }
    if (taken > MOST_BYTES) {
        // The code is a guess.
        const message = 'The data of a job may have 150 MB at most, in base64. Split it into several jobs.';
        throw new PlatformFailure([{ errorCode: 'CLIENTINPUTERROR', message }], 413);
    }
}

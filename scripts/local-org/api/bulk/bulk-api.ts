import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify';
import { failure, PlatformFailure } from '../../failure.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { restCall, type RestCall } from '../rest-routes.ts';
import { hasEnded, BulkJobs, type BulkJob } from './jobs.ts';
import { ingestJson, newIngestJob, newQueryJob, queryJson, requestedState } from './job-json.ts';
import { resultPage } from './query.ts';
import { ingestResults, type ResultKind } from './results.ts';
import { BulkWorker } from './worker.ts';

/** The platform takes 150 MB after base64, which makes four bytes of three. */
const MOST_BYTES = (150 * 1024 * 1024 * 3) / 4;
/** Jobs of one answer of a list. */
const LISTED = 1000;

export interface BulkApiOptions {
    readonly store: OrgStore;
    /** Where uploads and results are kept; nothing else may be in it. */
    readonly folder: string;
}

type Handler = (call: RestCall, reply: FastifyReply) => unknown;

/** Bulk API 2.0: ingest and query jobs, kept over restarts. */
export function addBulkApi(app: FastifyInstance, { store, folder }: BulkApiOptions): void {
    const jobs = new BulkJobs(store, folder);
    const worker = new BulkWorker(store, jobs);
    app.addHook('onReady', async () => worker.resume());
    app.addHook('preClose', () => worker.stop());
    const uploading = new Set<string>();

    const ownJob = ({ session, params }: RestCall, type: BulkJob['type']): BulkJob => {
        const job = jobs.find(params['id'] ?? '');
        if (job?.type !== type) {
            throw failure('NOT_FOUND', 'The requested resource does not exist');
        }
        if (job.createdById !== session.userId && !seesAllJobs(session)) {
            const message = `The job ${job.id} was created by another user.`; // The code is documented, the words are a guess.
            throw new PlatformFailure([{ errorCode: 'INVALIDUSER', message }], 403);
        }
        return job;
    };
    const list = (call: RestCall, type: BulkJob['type'], json: (job: BulkJob) => unknown): unknown => {
        const below = call.query['queryLocator'] ?? null;
        const found = jobs.list(type, seesAllJobs(call.session) ? null : call.session.userId, below, LISTED + 1);
        const records = found.slice(0, LISTED);
        const done = found.length <= LISTED;
        const path = type === 'V2Ingest' ? 'ingest' : 'query';
        const next = `/services/data/${call.version}/jobs/${path}?queryLocator=${records.at(-1)?.id ?? ''}`;
        return { done, records: records.map((job) => json(job)), nextRecordsUrl: done ? null : next };
    };
    const remove = (job: BulkJob, reply: FastifyReply): unknown => {
        if (!hasEnded(job) && (job.state !== 'UploadComplete' || job.type === 'V2Query')) {
            throw wrongState(`Deleting a Job in state ${job.state} not allowed`);
        }
        jobs.delete(job.id);
        return reply.code(204).send();
    };
    const abort = (job: BulkJob): BulkJob => {
        if (hasEnded(job)) {
            throw wrongState(`Aborting already ${inWords(job)} Job not allowed`);
        }
        jobs.change(job.id, { state: 'Aborted' });
        return { ...job, state: 'Aborted' };
    };
    const close = (job: BulkJob): BulkJob => {
        if (job.state !== 'Open') {
            throw wrongState(`Closing already ${inWords(job)} Job not allowed`);
        }
        jobs.change(job.id, { state: 'UploadComplete' });
        worker.start(job);
        return { ...job, state: 'UploadComplete' };
    };
    const upload = async (job: BulkJob, body: unknown): Promise<void> => {
        if (job.state !== 'Open') {
            throw wrongState(`Uploading data to a ${inWords(job)} Job not allowed`);
        }
        if (job.uploaded === 1 || uploading.has(job.id)) {
            throw failure(
                'BULK_API_ERROR',
                `Found multipe contents for job: <${job.id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
            );
        }
        uploading.add(job.id);
        const part = jobs.file(job.id, 'part');
        try {
            await receive(body instanceof Readable ? body : Readable.from([]), part);
            if (jobs.find(job.id)?.state !== 'Open') {
                throw wrongState('The Job was closed, aborted or deleted while its data was being uploaded');
            }
            await rename(part, jobs.file(job.id, 'csv'));
            jobs.change(job.id, { uploaded: 1 });
        } finally {
            uploading.delete(job.id);
            await rm(part, { force: true });
        }
    };
    const results = (call: RestCall, reply: FastifyReply, kind: ResultKind): unknown => {
        const job = ownJob(call, 'V2Ingest');
        checkEnded(job);
        return reply.type('text/csv').send(ingestResults(jobs, job, kind));
    };

    const route = (path: string, handlers: Handlers): void => addRoute(app, store, path, handlers);
    route('/ingest', {
        POST: ({ session, body, version }) =>
            ingestJson(jobs.create(session, newIngestJob(store, session, body, version))),
        GET: (call) => list(call, 'V2Ingest', ingestJson),
    });
    route('/ingest/:id', {
        GET: (call) => ingestJson(ownJob(call, 'V2Ingest'), 'progress'),
        PATCH: (call) => {
            const job = ownJob(call, 'V2Ingest');
            return ingestJson(requestedState(call.body) === 'Aborted' ? abort(job) : close(job));
        },
        DELETE: (call, reply) => remove(ownJob(call, 'V2Ingest'), reply),
    });
    route('/ingest/:id/successfulResults', { GET: (call, reply) => results(call, reply, 'successfulResults') });
    route('/ingest/:id/failedResults', { GET: (call, reply) => results(call, reply, 'failedResults') });
    route('/ingest/:id/unprocessedrecords', { GET: (call, reply) => results(call, reply, 'unprocessedrecords') });
    route('/query', {
        POST: ({ session, body, version }) => {
            const job = jobs.create(session, newQueryJob(store, session, body, version));
            worker.start(job);
            return queryJson(job);
        },
        GET: (call) => list(call, 'V2Query', queryJson),
    });
    route('/query/:id', {
        GET: (call) => queryJson(ownJob(call, 'V2Query'), 'progress'),
        PATCH: (call) => {
            if (requestedState(call.body) !== 'Aborted') {
                throw failure('INVALIDJOBSTATE', 'A query job can only be Aborted');
            }
            return queryJson(abort(ownJob(call, 'V2Query')));
        },
        DELETE: (call, reply) => remove(ownJob(call, 'V2Query'), reply),
    });
    route('/query/:id/results', {
        GET: async (call, reply) => {
            const job = ownJob(call, 'V2Query');
            if (job.state !== 'JobComplete') {
                throw wrongState(`Results of a Job in state ${job.state} are not available`);
            }
            const page = await resultPage(jobs, job, call.query['locator'], call.query['maxRecords']);
            return reply
                .type('text/csv')
                .headers({ 'sforce-locator': page.next ?? 'null', 'sforce-numberofrecords': page.rows })
                .send(page.body);
        },
    });
    // In a scope of its own: only here a body is handed on as it comes, without being read into memory, and may be as big as this.
    app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser(/^text\/csv\b/, (_request, payload, done) => done(null, payload));
        addRoute(scope, store, '/ingest/:id/batches', {
            PUT: async (call, reply) => {
                await upload(ownJob(call, 'V2Ingest'), call.body);
                return reply.code(201).send();
            },
        });
    });
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HTTPMethods[];

type Handlers = Partial<Record<(typeof METHODS)[number], Handler>>;

function addRoute(app: FastifyInstance, store: OrgStore, path: string, handlers: Handlers): void {
    for (const method of METHODS) {
        app.route({
            method,
            url: `/services/data/:version/jobs${path}`,
            handler: (request, reply) => {
                const call = restCall(request);
                const handle = handlers[method];
                if (!handle) {
                    const allowed = Object.keys(handlers).join(',');
                    throw failure('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
                }
                return store.actingAs(call.session, () => handle(call, reply));
            },
        });
    }
}

/** The platform's permission for other people's jobs. */
function seesAllJobs(session: Session): boolean {
    return session.access.may('ManageDataIntegrations');
}

function wrongState(message: string): PlatformFailure {
    return failure('INVALIDJOBSTATE', message);
}

function checkEnded(job: BulkJob): void {
    if (!hasEnded(job)) {
        throw wrongState(`Results of a Job in state ${job.state} are not available`);
    }
}

/** `Completed` is the platform's word; the others are made after it. */
function inWords({ state }: BulkJob): string {
    return state === 'JobComplete'
        ? 'Completed'
        : state === 'UploadComplete' || state === 'InProgress'
          ? 'Closed'
          : state;
}

/** Writes an upload to a file as it comes. Too much is read to its end, not written, so that the client hears why it was refused. */
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

import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify';
import { failure, PlatformFailure } from '../../failure.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { restCall, type RestCall } from '../rest-routes.ts';
import type { ApiUsage } from '../usage.ts';
import { hasEnded, BulkJobs, type BulkJob } from './jobs.ts';
import { ingestJson, newIngestJob, newQueryJob, queryJson, requestedState } from './job-json.ts';
import { JobSteps } from './job-steps.ts';
import { resultPage } from './query.ts';
import { ingestResults, type ResultKind } from './results.ts';
import { BulkWorker } from './worker.ts';

export interface BulkApiOptions {
    readonly store: OrgStore;
    readonly usage: ApiUsage;
    /** Where uploads and results are kept; nothing else may be in it. */
    readonly folder: string;
}

type Handler = (call: RestCall, reply: FastifyReply) => unknown;

/** Bulk API 2.0: ingest and query jobs, kept over restarts. */
export function addBulkApi(app: FastifyInstance, { store, usage, folder }: BulkApiOptions): void {
    const jobs = new BulkJobs(store, folder);
    const worker = new BulkWorker(store, jobs);
    app.addHook('onReady', async () => worker.resume());
    app.addHook('preClose', () => worker.stop());
    const steps = new JobSteps(jobs, worker);

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
    const results = (call: RestCall, reply: FastifyReply, kind: ResultKind): unknown => {
        const job = ownJob(call, 'V2Ingest');
        if (!hasEnded(job)) {
            throw noResults(job);
        }
        return reply.type('text/csv').send(ingestResults(jobs, job, kind));
    };

    const route = (path: string, handlers: Handlers): void => addRoute(app, store, path, handlers);
    route('/ingest', {
        POST: ({ session, body, version }) =>
            ingestJson(jobs.create(session, newIngestJob(store, session, body, version))),
    });
    route('/ingest/:id', {
        GET: (call) => ingestJson(ownJob(call, 'V2Ingest'), 'progress'),
        PATCH: (call) => {
            const job = ownJob(call, 'V2Ingest');
            if (requestedState(call.body) === 'Aborted') {
                return ingestJson(steps.abort(job));
            }
            const closed = steps.close(job);
            usage.batches += job.uploaded;
            return ingestJson(closed);
        },
        DELETE: (call, reply) => {
            steps.delete(ownJob(call, 'V2Ingest'));
            return reply.code(204).send();
        },
    });
    route('/ingest/:id/successfulResults', { GET: (call, reply) => results(call, reply, 'successfulResults') });
    route('/ingest/:id/failedResults', { GET: (call, reply) => results(call, reply, 'failedResults') });
    route('/ingest/:id/unprocessedrecords', { GET: (call, reply) => results(call, reply, 'unprocessedrecords') });
    route('/query', {
        POST: ({ session, body, version }) => {
            const job = jobs.create(session, newQueryJob(store, session, body, version));
            worker.start(job);
            usage.queryJobs += 1;
            return queryJson(job);
        },
    });
    route('/query/:id', {
        GET: (call) => queryJson(ownJob(call, 'V2Query'), 'progress'),
        PATCH: (call) => {
            if (requestedState(call.body) !== 'Aborted') {
                throw failure('INVALIDJOBSTATE', 'A query job can only be Aborted');
            }
            return queryJson(steps.abort(ownJob(call, 'V2Query')));
        },
        DELETE: (call, reply) => {
            steps.delete(ownJob(call, 'V2Query'));
            return reply.code(204).send();
        },
    });
    route('/query/:id/results', {
        GET: async (call, reply) => {
            const job = ownJob(call, 'V2Query');
            if (job.state !== 'JobComplete') {
                throw noResults(job);
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
                await steps.upload(ownJob(call, 'V2Ingest'), call.body);
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

/** The code is the platform's, the words are a guess. */
function noResults({ state }: BulkJob): PlatformFailure {
    return failure('INVALIDJOBSTATE', `Results of a Job in state ${state} are not available`);
}

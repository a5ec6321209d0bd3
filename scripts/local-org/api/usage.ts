import type { FastifyInstance } from 'fastify';
import { failure } from '../failure.ts';

/** What the platform counts: requests of API clients to the data and SOAP services, a composite request with all in it as one. */
const COUNTED = /^\/services\/(data|Soap)\//;

/** What the platform gives every org in 24 hours. */
const QUERY_JOBS = 10_000;
const BATCHES = 15_000;

/** API requests and bulk jobs since the start and the limits for them; the platform counts those of the last 24 hours. */
export class ApiUsage {
    used = 0;
    readonly limit: number;
    /** Bulk queries that were asked for. */
    queryJobs = 0;
    /** Ingest jobs that were closed with data: one batch each, where the platform makes one of every 10,000 rows. */
    batches = 0;

    constructor(limit: number) {
        this.limit = limit;
    }

    /** Counts every request of a client and says so in its answer. The page's requests are Lightning's own and free, as on the platform. */
    register(app: FastifyInstance): void {
        app.addHook('onRequest', async (request, reply) => {
            const ofThePage = request.headers.authorization === undefined && request.headers.cookie !== undefined;
            if (!COUNTED.test(request.url) || ofThePage) {
                return;
            }
            if (this.used >= this.limit) {
                reply.header('sforce-limit-info', this.#figure());
                throw failure('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
            }
            this.used += 1;
            reply.header('sforce-limit-info', this.#figure());
        });
    }

    /** As the platform's resource of limits tells them. */
    limits(): Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>> {
        return {
            DailyApiRequests: { Max: this.limit, Remaining: this.limit - this.used },
            DailyBulkApiBatches: { Max: BATCHES, Remaining: BATCHES - this.batches },
            DailyBulkV2QueryJobs: { Max: QUERY_JOBS, Remaining: QUERY_JOBS - this.queryJobs },
        };
    }

    #figure(): string {
        return `api-usage=${this.used}/${this.limit}`;
    }
}

import type { FastifyInstance } from 'fastify';
import { failure } from '../failure.ts';

/** What the platform counts: requests of API clients to the data and SOAP services, a composite request with all in it as one. */
const COUNTED = /^\/services\/(data|Soap)\//;

/** API requests since the start and the limit for them; the platform counts those of the last 24 hours. */
export class ApiUsage {
    used = 0;
    readonly limit: number;

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

    #figure(): string {
        return `api-usage=${this.used}/${this.limit}`;
    }
}

import type { FastifyInstance } from 'fastify';
import { failure } from '../failure.ts';
import { locating } from '../soql/text.ts';
import type { OrgStore } from '../store/store.ts';
import { addAnalytics } from './analytics.ts';
import { queryColumns } from './query-columns.ts';
import { addCollections } from './rest-collections.ts';
import { addComposite } from './rest-composite.ts';
import { QueryApi } from './rest-query.ts';
import { addRecords } from './rest-records.ts';
import { RestRoutes, type RestCall } from './rest-routes.ts';
import { addTree } from './rest-tree.ts';
import type { ApiUsage } from './usage.ts';

/** REST: query, describe, records, collections, composite requests, limits. */
export function addRestApi(app: FastifyInstance, store: OrgStore, usage: ApiUsage): void {
    const queries = new QueryApi(store);
    const routes = new RestRoutes();
    routes.add('GET', '/query', ({ session, version, query, headers }) => {
        const soql = query['q'] ?? '';
        if (soql === '') {
            throw failure('MALFORMED_QUERY', 'A query string has to be specified');
        }
        return {
            status: 200,
            body:
                query['columns'] === 'true'
                    ? locating(soql, () => queryColumns(store, session, soql))
                    : queries.run(session, soql, version, batchSize(headers)),
        };
    });
    routes.add('GET', '/query/:locator', ({ session, version, params, headers }) => ({
        status: 200,
        body: queries.more(session, params['locator'] ?? '', version, batchSize(headers)),
    }));
    routes.add('GET', '/limits', () => ({ status: 200, body: usage.limits() }));
    addRecords(routes, store);
    addCollections(routes, store);
    addTree(routes, store);
    addComposite(routes, store);
    addAnalytics(routes, store);
    routes.register(app, store);
}

/** Records a page of a query, 200 to 2,000, as the header asks; undefined when it does not. */
function batchSize(headers: RestCall['headers']): number | undefined {
    const match = /batchSize=(\d+)/.exec(headers['sforce-query-options']?.toString() ?? '');
    return match ? Math.min(Math.max(Number(match[1]), 200), 2000) : undefined;
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { failure } from '../failure.ts';
import type { AnalyticsCatalog } from '../page-contract.ts';
import { catalogOf } from '../reports/catalog.ts';
import { reportCsv } from '../reports/csv.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { plannedReport, visibleDashboards, visibleReports } from './analytics.ts';
import { sessionOf } from './guard.ts';

const reportPath = z.object({ id: z.string() });
/** Overrides as JSON, for links; longer ones are posted. */
const csvQuery = z.object({ metadata: z.string().max(100_000).optional() });

/** What the pages of reports and dashboards need besides the Reports API: the catalog, and files of rows. */
export function addAnalyticsPage(app: FastifyInstance, store: OrgStore): void {
    app.get('/local/analytics', (request) => catalogFor(store, sessionOf(request)));
    for (const method of ['GET', 'POST'] as const) {
        app.route({
            method,
            url: '/local/report-csv/:id',
            handler: (request, reply) => {
                const session = sessionOf(request);
                const { id } = reportPath.parse(request.params);
                const body = method === 'POST' ? request.body : { reportMetadata: overrides(request.query) };
                const { fileName, content } = store.actingAs(session, () =>
                    reportCsv(store, session, plannedReport(store, session, id, body)),
                );
                return reply
                    .type('text/csv; charset=utf-8')
                    .header('content-disposition', `attachment; filename="${fileName}"`)
                    .header('cache-control', 'no-store')
                    .send(content);
            },
        });
    }
}

function overrides(query: unknown): unknown {
    const parsed = csvQuery.safeParse(query);
    try {
        const given: unknown = JSON.parse(parsed.data?.metadata ?? '{}');
        return given;
    } catch {
        throw failure('BAD_REQUEST', 'The parameter metadata must be JSON: the reportMetadata of a run.');
    }
}

function catalogFor(store: OrgStore, session: Session): AnalyticsCatalog {
    const { reportFolders, dashboardFolders } = catalogOf(store);
    return {
        reports: visibleReports(store, session).map(({ id, name, description, folder, format }) => ({
            id,
            name,
            description,
            folder: reportFolders.get(folder) ?? folder,
            format,
        })),
        dashboards: visibleDashboards(store, session).map(({ id, name, description, folder }) => ({
            id,
            name,
            description,
            folder: dashboardFolders.get(folder) ?? folder,
        })),
    };
}

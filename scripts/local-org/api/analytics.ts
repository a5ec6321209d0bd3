import { z } from 'zod';
import { failure } from '../failure.ts';
import { catalogOf, type Catalog } from '../reports/catalog.ts';
import { dashboardMetadata, dashboardResult } from '../reports/dashboard.ts';
import type { Dashboard, Report } from '../reports/definitions.ts';
import { describeReport } from '../reports/describe.ts';
import { reportResult } from '../reports/fact-map.ts';
import { withMoment } from '../reports/moment.ts';
import { planReport, type ReportPlan } from '../reports/plan.ts';
import { reportMetadata } from '../reports/report-json.ts';
import { canonicalId } from '../store/ids.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import type { RestAnswer, RestCall, RestRoutes } from './rest-routes.ts';

const UNAVAILABLE = 'The data you’re trying to access is unavailable.';
const ok = (body: unknown): RestAnswer => ({ status: 200, body });

/** `/analytics`: reports and dashboards. */
export function addAnalytics(routes: RestRoutes, store: OrgStore): void {
    routes.add('GET', '/analytics/reports', ({ session, version }) =>
        ok(
            visibleReports(store, session).map(({ id, name }) => {
                const url = `/services/data/${version}/analytics/reports/${id}`;
                return { describeUrl: `${url}/describe`, id, instancesUrl: `${url}/instances`, name, url };
            }),
        ),
    );
    const run = (call: RestCall, body: unknown): RestAnswer => {
        const plan = plannedReport(store, call.session, call.params['id'] ?? '', body);
        const details = call.query['includeDetails'] === 'true';
        return ok(reportResult(store, call.session, plan, { details, version: call.version }).result);
    };
    routes.add('GET', '/analytics/reports/:id', (call) => run(call, {}));
    routes.add('POST', '/analytics/reports/:id', (call) => run(call, call.body));
    routes.add('GET', '/analytics/reports/:id/describe', ({ session, params, version }) =>
        ok(describeReport(store, session, plannedReport(store, session, params['id'] ?? '', {}), version)),
    );
    addDashboards(routes, store);
}

const chosen = z.object({ componentIds: z.array(z.string()).nullish() }).nullish();

function addDashboards(routes: RestRoutes, store: OrgStore): void {
    const urlOf = (version: string, id: string): string => `/services/data/${version}/analytics/dashboards/${id}`;
    routes.add('GET', '/analytics/dashboards', ({ session, version }) =>
        ok(
            visibleDashboards(store, session).map(({ id, name }) => {
                const url = urlOf(version, id);
                return { id, name, statusUrl: `${url}/status`, url };
            }),
        ),
    );
    const run = (call: RestCall, body: unknown): RestAnswer => {
        const parsed = chosen.safeParse(body);
        if (!parsed.success) {
            throw failure('BAD_REQUEST', 'The request body must be {"componentIds": ["01a…"]}.');
        }
        const components = parsed.data?.componentIds ?? null;
        const dashboard = visibleDashboard(store, call);
        return ok(dashboardResult(store, call.session, dashboard, { version: call.version, components }));
    };
    routes.add('GET', '/analytics/dashboards/:id', (call) => run(call, null));
    routes.add('POST', '/analytics/dashboards/:id', (call) => run(call, call.body));
    // Every answer is of this moment: there is nothing to refresh.
    routes.add('PUT', '/analytics/dashboards/:id', (call) => ({
        status: 201,
        body: { statusUrl: `${urlOf(call.version, visibleDashboard(store, call).id)}/status` },
    }));
    routes.add('GET', '/analytics/dashboards/:id/describe', (call) =>
        ok(dashboardMetadata(store, call.session, visibleDashboard(store, call), call.version)),
    );
    routes.add('GET', '/analytics/dashboards/:id/status', (call) =>
        ok({
            componentStatus: visibleDashboard(store, call).components.map(({ id }) => ({
                componentId: id,
                refreshDate: store.now(),
                refreshStatus: 'IDLE',
            })),
        }),
    );
}

/** Dashboards of which the user may see at least one report, by name. */
export function visibleDashboards(store: OrgStore, session: Session): readonly Dashboard[] {
    const seen = new Set(visibleReports(store, session).map(({ fullName }) => fullName));
    return [...catalogOf(store).dashboards.values()].filter(
        ({ components }) => components.length === 0 || components.some(({ report }) => seen.has(report)),
    );
}

function visibleDashboard(store: OrgStore, { session, params }: RestCall): Dashboard {
    const wanted = canonicalId(params['id'] ?? '');
    const dashboard = visibleDashboards(store, session).find(({ id }) => id === wanted);
    if (!dashboard) {
        throw failure('NOT_FOUND', UNAVAILABLE);
    }
    return dashboard;
}

/** Reports about objects that the user may read, by name. */
export function visibleReports(store: OrgStore, session: Session): readonly Report[] {
    const catalog = catalogOf(store);
    return [...catalog.reports.values()].filter((report) => isVisible(store, session, catalog, report));
}

function isVisible(store: OrgStore, session: Session, { types }: Catalog, { type }: Report): boolean {
    return (types.get(type)?.tables ?? []).every(({ object }) => {
        const found = store.schema.objects.get(object);
        return found !== undefined && session.access.rights(found).read;
    });
}

/** The report `id` with the changes of a request, as the user may run it. Throws NOT_FOUND, FORBIDDEN, BAD_REQUEST. */
export function plannedReport(store: OrgStore, session: Session, id: string, body: unknown): ReportPlan {
    const { reports, types } = catalogOf(store);
    const wanted = canonicalId(id);
    const report = [...reports.values()].find((one) => one.id === wanted);
    const type = report && types.get(report.type);
    if (!report || !type) {
        throw failure('NOT_FOUND', UNAVAILABLE);
    }
    const plan = planReport(store.schema, session, type, report);
    const changed = withMoment(report, reportMetadata(plan, report.showsDetails), body);
    return changed === report ? plan : planReport(store.schema, session, type, changed);
}

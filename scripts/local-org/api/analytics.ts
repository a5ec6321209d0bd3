import { failure } from '../failure.ts';
import { catalogOf, type Catalog } from '../reports/catalog.ts';
import type { Report } from '../reports/definitions.ts';
import { describeReport } from '../reports/describe.ts';
import { reportResult } from '../reports/fact-map.ts';
import { withMoment } from '../reports/moment.ts';
import { planReport, type ReportPlan } from '../reports/plan.ts';
import { reportMetadata } from '../reports/report-json.ts';
import { canonicalId } from '../store/ids.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import type { RestAnswer, RestCall, RestRoutes } from './rest-routes.ts';

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
        return ok(reportResult(store, call.session, plan, { details, version: call.version }));
    };
    routes.add('GET', '/analytics/reports/:id', (call) => run(call, {}));
    routes.add('POST', '/analytics/reports/:id', (call) => run(call, call.body));
    routes.add('GET', '/analytics/reports/:id/describe', ({ session, params, version }) =>
        ok(describeReport(store, session, plannedReport(store, session, params['id'] ?? '', {}), version)),
    );
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
        throw failure('NOT_FOUND', 'The data you’re trying to access is unavailable.');
    }
    const plan = planReport(store.schema, session, type, report);
    const changed = withMoment(report, reportMetadata(plan, report.showsDetails), body);
    return changed === report ? plan : planReport(store.schema, session, type, changed);
}

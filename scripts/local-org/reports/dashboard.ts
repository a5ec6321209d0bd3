import { failure, PlatformFailure } from '../failure.ts';
import type { OrgStore } from '../store/store.ts';
import type { Session } from '../store/session.ts';
import { catalogOf } from './catalog.ts';
import type { Dashboard, DashboardComponent, Report } from './definitions.ts';
import { arranged, arrangementOf, type Arrangement } from './arrangement.ts';
import { reportResult } from './fact-map.ts';
import { derivedId } from '../store/ids.ts';
import { planReport } from './plan.ts';

/** Kinds of component → the API's chart, and how bars of a second grouping stand. */
const LOOKS: Readonly<Record<string, readonly [type: string, groupBy: string]>> = {
    BarStacked: ['Bar', 'stacked'],
    BarGrouped: ['Bar', 'grouped'],
    ColumnStacked: ['Column', 'stacked'],
    ColumnGrouped: ['Column', 'grouped'],
    LineGrouped: ['Line', 'grouped'],
};

/** `/analytics/dashboards/{id}/describe`: what the dashboard is made of. The user who looks is the one whose permissions hold. */
export function dashboardMetadata(
    store: OrgStore,
    session: Session,
    dashboard: Dashboard,
    version: string,
): Readonly<Record<string, unknown>> {
    const { reports } = catalogOf(store);
    const person = store.config.users.find(({ username }) => username === session.username);
    const base = `/services/data/${version}/analytics/dashboards/${dashboard.id}`;
    return {
        attributes: {
            dashboardId: dashboard.id,
            dashboardName: dashboard.name,
            statusUrl: `${base}/status`,
            type: 'Dashboard',
        },
        canChangeRunningUser: false,
        components: dashboard.components.map((component, index) =>
            componentJson(component, index, reports.get(component.report)),
        ),
        dashboardType: 'LoggedInUser',
        description: dashboard.description,
        developerName: dashboard.developerName,
        filters: [],
        folderId: derivedId('00l', dashboard.folder),
        id: dashboard.id,
        layout: {
            components: dashboard.components.map(({ column, columnSpan, row, rowSpan }) => ({
                colspan: columnSpan,
                column,
                row,
                rowspan: rowSpan,
            })),
            gridLayout: true,
            numColumns: dashboard.columns,
            rowHeight: dashboard.rowHeight,
        },
        name: dashboard.name,
        runningUser: {
            displayName: person ? `${person.firstName} ${person.lastName}` : session.username,
            id: session.userId,
        },
    };
}

function componentJson(
    component: DashboardComponent,
    index: number,
    report: Report | undefined,
): Readonly<Record<string, unknown>> {
    const [visualizationType, groupByType] = LOOKS[component.type] ?? [component.type, 'none'];
    const { sort, groupings, figures, columns } = arrangementOf(component, report);
    return {
        componentData: index,
        footer: component.footer,
        header: component.header,
        id: component.id,
        properties: {
            aggregates: figures.map((name) => ({ name })),
            autoSelectColumns: false,
            groupings: groupings.map((name, at) => ({
                name,
                sortAggregate: at === 0 ? (sort?.figure ?? null) : null,
                sortOrder: at === 0 && sort ? (sort.descending ? 'Desc' : 'Asc') : null,
            })),
            maxRows: component.maxRows,
            reportFormat: report?.format ?? null,
            sort: null,
            useReportChart: component.usesReportChart,
            visualizationProperties: {
                ...(component.metricLabel === null ? {} : { metricLabel: component.metricLabel }),
                groupByType,
                legendPosition: component.legend.toLowerCase(),
                showValues: component.showsValues,
                tableColumns: columns.map(({ name, kind }) => ({
                    column: name,
                    isPercent: false,
                    scale: null,
                    showTotal: false,
                    type: kind,
                })),
            },
            visualizationType,
        },
        reportId: report?.id ?? null,
        title: component.title,
        type: 'Report',
    };
}

/** `/analytics/dashboards/{id}`: each component with the result of its report, or why there is none. */
export function dashboardResult(
    store: OrgStore,
    session: Session,
    dashboard: Dashboard,
    options: { readonly version: string; readonly components: readonly string[] | null },
): Readonly<Record<string, unknown>> {
    const { components } = options;
    const unknown = components?.find((id) => !dashboard.components.some((one) => one.id === id));
    if (unknown !== undefined) {
        throw failure('BAD_REQUEST', `The dashboard has no component ${unknown}.`);
    }
    const { reports } = catalogOf(store);
    const results = new Map<string, ComponentResult>();
    return {
        componentData: dashboard.components
            .filter(({ id }) => components === null || components.includes(id))
            .map((component) => {
                const arrangement = arrangementOf(component, reports.get(component.report));
                // Components that show a report alike share its run.
                const { sort, groupings } = arrangement;
                const key = JSON.stringify([component.report, sort, groupings, hasDetails(arrangement)]);
                const result =
                    results.get(key) ?? componentResult(store, session, component, arrangement, options.version);
                results.set(key, result);
                return { componentId: component.id, ...result };
            }),
        dashboardMetadata: dashboardMetadata(store, session, dashboard, options.version),
    };
}

const hasDetails = ({ columns }: Arrangement): boolean => columns.some(({ kind }) => kind === 'detail');

interface ComponentResult {
    readonly reportResult: Readonly<Record<string, unknown>> | null;
    readonly status: Readonly<Record<string, string | null>>;
}

function componentResult(
    store: OrgStore,
    session: Session,
    component: DashboardComponent,
    arrangement: Arrangement,
    version: string,
): ComponentResult {
    const status = { refreshDate: store.now(), refreshStatus: 'IDLE' };
    try {
        const { reports, types } = catalogOf(store);
        const report = reports.get(component.report);
        const type = report && types.get(report.type);
        if (!report || !type) {
            throw failure('NOT_FOUND', `The report ${component.report} is not there any more.`);
        }
        const plan = planReport(store.schema, session, type, arranged(report, arrangement));
        const reportJson = reportResult(store, session, plan, { details: hasDetails(arrangement), version });
        return {
            reportResult: reportJson.result,
            status: {
                ...status,
                dataStatus: reportJson.rows === 0 ? 'NODATA' : 'DATA',
                errorCode: null,
                errorMessage: null,
                errorSeverity: null,
            },
        };
    } catch (error) {
        if (!(error instanceof PlatformFailure)) {
            throw error;
        }
        return {
            reportResult: null,
            status: {
                ...status,
                dataStatus: 'ERROR',
                errorCode: error.errors[0]?.errorCode ?? null,
                errorMessage: error.message,
                errorSeverity: 'Error',
            },
        };
    }
}

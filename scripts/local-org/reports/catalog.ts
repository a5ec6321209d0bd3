import { identify } from '../metadata/kinds.ts';
import { parseXml } from '../metadata/xml.ts';
import { textOf } from '../metadata/check/definitions.ts';
import type { OrgStore } from '../store/store.ts';
import type { Dashboard, Report, ReportType } from './definitions.ts';
import { readDashboard } from './read-dashboard.ts';
import { readReport } from './read-report.ts';
import { readReportType } from './read-report-type.ts';

/** Every report type, report and dashboard that is deployed. */
export interface Catalog {
    readonly types: ReadonlyMap<string, ReportType>;
    /** By full name, in the order of their names. */
    readonly reports: ReadonlyMap<string, Report>;
    readonly dashboards: ReadonlyMap<string, Dashboard>;
    /** Labels of folders by full name. */
    readonly reportFolders: ReadonlyMap<string, string>;
    readonly dashboardFolders: ReadonlyMap<string, string>;
}

const catalogs = new WeakMap<OrgStore, { readonly generation: number; readonly catalog: Catalog }>();

export function catalogOf(store: OrgStore): Catalog {
    const known = catalogs.get(store);
    if (known?.generation === store.generation) {
        return known.catalog;
    }
    const catalog = readCatalog(store);
    catalogs.set(store, { generation: store.generation, catalog });
    return catalog;
}

function readCatalog(store: OrgStore): Catalog {
    const types: ReportType[] = [];
    const reports: Report[] = [];
    const dashboards: Dashboard[] = [];
    const reportFolders = new Map<string, string>();
    const dashboardFolders = new Map<string, string>();
    for (const file of store.files()) {
        const folder = file.path.slice(0, file.path.indexOf('/'));
        const root = ['reportTypes', 'reports', 'dashboards'].includes(folder) ? parseXml(file) : null;
        const { type, fullName } = identify(file.path);
        if (!root) {
            continue;
        }
        switch (type) {
            case 'ReportType':
                types.push(readReportType(store.schema, fullName, root));
                break;
            case 'Report':
                reports.push(readReport(fullName, root));
                break;
            case 'Dashboard':
                dashboards.push(readDashboard(fullName, root));
                break;
            case 'ReportFolder':
                reportFolders.set(fullName, textOf(root, 'name'));
                break;
            case 'DashboardFolder':
                dashboardFolders.set(fullName, textOf(root, 'name'));
        }
    }
    return {
        types: new Map(types.map((type) => [type.name, type])),
        reports: byName(reports),
        dashboards: byName(dashboards),
        reportFolders,
        dashboardFolders,
    };
}

function byName<T extends { readonly fullName: string; readonly name: string }>(all: readonly T[]): Map<string, T> {
    const sorted = [...all].sort((one, other) => one.name.localeCompare(other.name, 'en'));
    return new Map(sorted.map((one) => [one.fullName, one]));
}

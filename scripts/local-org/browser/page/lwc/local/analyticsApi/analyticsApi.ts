/** Reports and dashboards through Salesforce's Analytics REST API; their lists and the CSV through the local org's own endpoints. */
import type { AnalyticsCatalog } from '../../../../../page-contract.ts';
import type { DashboardResult, ReportDescription, ReportResult } from './shapes.ts';
import type { Overrides } from '../reportMoment/reportMoment.ts';
import { apiPath, request } from 'local/connection';

export const readCatalog = (): Promise<AnalyticsCatalog> => request('GET', '/local/analytics');

export const describeReport = (id: string): Promise<ReportDescription> =>
    request('GET', apiPath(`/analytics/reports/${id}/describe`));

/** Runs it with filters of the moment; nothing is saved. */
export const runReport = (id: string, overrides: Overrides, includeDetails: boolean): Promise<ReportResult> =>
    request('POST', apiPath(`/analytics/reports/${id}?includeDetails=${String(includeDetails)}`), {
        reportMetadata: overrides,
    });

export const readDashboard = (id: string): Promise<DashboardResult> =>
    request('GET', apiPath(`/analytics/dashboards/${id}`));

/** Address of the rows as a file, with the same filters. */
export const csvHref = (id: string, overrides: Overrides): string =>
    `/local/report-csv/${id}?metadata=${encodeURIComponent(JSON.stringify(overrides))}`;

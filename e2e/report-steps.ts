/** What a person does with reports and dashboards, by roles and visible words; and what the records say without them. */
import assert from 'node:assert/strict';
import type { Connection } from 'jsforce';
import type { Locator } from 'playwright-core';
import type { UserPage } from './harness/user-page.ts';
import type { Tab } from './steps.ts';

interface Entry {
    readonly id: string;
    readonly name: string;
}

export async function reportId(connection: Connection, name: string): Promise<string> {
    return idOf(await connection.request<Entry[]>('/analytics/reports'), name);
}
export async function dashboardId(connection: Connection, name: string): Promise<string> {
    return idOf(await connection.request<Entry[]>('/analytics/dashboards'), name);
}

function idOf(entries: readonly Entry[], name: string): string {
    const found = entries.find((entry) => entry.name === name);
    assert.ok(found, `${name} is not among: ${entries.map((entry) => entry.name).join(', ')}`);
    return found.id;
}

/** Opens it and waits for its figures. `search`: of the address. */
export async function openReport(tab: UserPage, connection: Connection, name: string, search = ''): Promise<void> {
    await tab.visit(`/lightning/r/Report/${await reportId(connection, name)}/view${search}`);
    await tab.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

export async function openDashboard(tab: UserPage, connection: Connection, name: string): Promise<void> {
    await tab.visit(`/lightning/r/Dashboard/${await dashboardId(connection, name)}/view`);
    await tab.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await tilesOf(tab).first().waitFor();
}

export const tilesOf = ({ page }: Tab): Locator => page.locator('local-dashboard-tile');
export const tileOf = ({ page }: Tab, header: string): Locator =>
    page.getByRole('article', { name: header, exact: true });

/** The report's grand totals by their labels. */
export async function totalsOf({ page }: Tab): Promise<Readonly<Record<string, string>>> {
    const list = page.locator('local-report-page dl > div');
    await list.first().waitFor();
    const pairs = await list.evaluateAll((totals) =>
        totals.map((total) => [total.querySelector('dt')?.textContent, total.querySelector('dd')?.textContent]),
    );
    return Object.fromEntries(pairs) as Record<string, string>;
}

export const recordsOf = ({ page }: Tab): Locator => page.locator('local-report-records tbody tr');
export const chips = ({ page }: Tab): Locator => page.getByRole('list', { name: 'Filters for now' });

/** A count as the page words it, as a number. */
export const asNumber = (text: string | undefined): number => Number((text ?? '').replaceAll(/[.,\s]/g, ''));

/** How many records a query counts. */
export async function counted(connection: Connection, query: string): Promise<number> {
    const { totalSize } = await connection.query(query);
    return totalSize;
}

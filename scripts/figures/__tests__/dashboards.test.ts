/** Every number behind every tile of both dashboards, on random records, against plain SQL: tiles group by less than their reports, or otherwise. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ReportExecuteResult } from 'jsforce/lib/api/analytics/types.js';
import { queryAll } from '../../lib/records.ts';
import { compareReport } from '../compare.ts';
import { gatherFacts } from '../gather.ts';
import { calculate, readReportSqls } from '../report-sql.ts';
import type { Groups } from '../report-sql.ts';
import { NOW, startRandomOrg } from './random-org.ts';

interface Dashboard {
    readonly componentData: readonly { readonly reportResult: ReportExecuteResult }[];
    readonly dashboardMetadata: { readonly components: readonly { readonly properties: { maxRows: number | null } }[] };
}

const random = await startRandomOrg();
after(() => random.close());
await random.fill(41, 150);
const lena = random.as('lena');
const { facts } = await gatherFacts(lena, { now: NOW });
const sqls = new Map(readReportSqls().map((sql) => [sql.name, sql]));

describe('Tiles of dashboards', () => {
    for (const name of ['Playbook_Outcomes', 'Playbook_Coaching']) {
        it(`of ${name} show what the records say`, async () => {
            const dashboard = await dashboardNamed(name);
            assert.ok(dashboard.componentData.length > 5);
            for (const [index, { reportResult: tile }] of dashboard.componentData.entries()) {
                const report: unknown = Reflect.get(tile.reportMetadata, 'developerName');
                assert.ok(typeof report === 'string');
                const sql = sqls.get(report);
                assert.ok(sql !== undefined, report);
                const calculated = calculate(facts, sql, await groupsOf(tile, report));
                const { compared, differences } = compareReport(
                    { ...tile, hasDetailRows: false },
                    { ...calculated, details: null },
                );
                const { maxRows } = dashboard.dashboardMetadata.components[index]?.properties ?? { maxRows: null };
                const told = differences.filter((line) => maxRows === null || !/lacks this group/.test(line));
                assert.deepEqual(told, [], `tile ${index + 1}, ${report}`);
                assert.ok(compared > 0);
            }
        });
    }
});

async function dashboardNamed(name: string): Promise<Dashboard> {
    const [row] = await queryAll(lena, `SELECT Id FROM Dashboard WHERE DeveloperName = '${name}'`);
    return lena.request<Dashboard>(`/services/data/v${lena.version}/analytics/dashboards/${String(row?.['Id'])}`);
}

/** The columns of the calculation that stand for the groups of a tile. */
async function groupsOf({ reportMetadata }: ReportExecuteResult, report: string): Promise<Groups> {
    const [row] = await queryAll(lena, `SELECT Id FROM Report WHERE DeveloperName = '${report}'`);
    const { reportMetadata: own } = await lena.analytics.report(String(row?.['Id'])).execute({ details: false });
    const columns = new Map([
        ...own.groupingsDown.map(({ name }, index): [string, string] => [name, `down${index + 1}`]),
        ...own.groupingsAcross.map(({ name }, index): [string, string] => [name, `across${index + 1}`]),
    ]);
    const of = (groupings: readonly { readonly name: string }[]): string[] =>
        groupings.map(({ name }) => columns.get(name) ?? name);
    return { down: of(reportMetadata.groupingsDown), across: of(reportMetadata.groupingsAcross) };
}

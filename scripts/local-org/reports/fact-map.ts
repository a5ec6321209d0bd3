import type { OrgStore } from '../store/store.ts';
import type { Session } from '../store/session.ts';
import { fromStored, type Stored } from '../store/values.ts';
import { cellLabel, dataCell, type DataCell } from './cells.ts';
import type { PlannedGrouping, ReportPlan } from './plan.ts';
import { figureLabel, formulaValue } from './figures.ts';
import { Cell, nodesOf, type GroupNode } from './groups.ts';
import { periodLabel } from './periods.ts';
import { extendedMetadata, reportMetadata } from './report-json.ts';
import { MOST_DETAILS, runReport, type ReportRun } from './run.ts';

/** Most cells of a matrix for which those without rows are answered too, so that clients find every key. */
const MOST_EMPTY = 40_000;

/** Runs a report and gives what the Reports API answers, and how many rows it has. */
export function reportResult(
    store: OrgStore,
    session: Session,
    plan: ReportPlan,
    options: { readonly details: boolean; readonly version: string },
): { readonly result: Readonly<Record<string, unknown>>; readonly rows: number } {
    const run = runReport(store, session, plan, options.details ? MOST_DETAILS : 0);
    const { factMap, allRows } = factMapOf(store, session, run, options.details);
    const result = {
        attributes: reportAttributes(plan, options.version),
        allData: run.allGroups && allRows,
        factMap,
        groupingsAcross: { groupings: groupingsJson(session, run.across, plan.across) },
        groupingsDown: { groupings: groupingsJson(session, run.down, plan.down) },
        hasDetailRows: options.details,
        reportExtendedMetadata: extendedMetadata(plan),
        reportMetadata: reportMetadata(plan, options.details),
    };
    return { result, rows: run.down.existing(run.across)?.count ?? 0 };
}

export function reportAttributes({ report }: ReportPlan, version: string): Readonly<Record<string, string>> {
    const url = `/services/data/${version}/analytics/reports/${report.id}`;
    return {
        describeUrl: `${url}/describe`,
        instancesUrl: `${url}/instances`,
        reportId: report.id,
        reportName: report.name,
        type: 'Report',
    };
}

interface Fact {
    readonly aggregates: readonly { readonly label: string; readonly value: unknown }[];
    readonly rows?: readonly { readonly dataCells: readonly DataCell[] }[];
}

/** By `down!across`: keys of groups, T for all. The first 2,000 rows of details in the order of the groups. */
function factMapOf(
    store: OrgStore,
    session: Session,
    run: ReportRun,
    hasDetails: boolean,
): { readonly factMap: Readonly<Record<string, Fact>>; readonly allRows: boolean } {
    const acrossNodes = [...nodesOf(run.across)];
    const downNodes = [...nodesOf(run.down)];
    const withEmpty = downNodes.length * acrossNodes.length <= MOST_EMPTY;
    const clock = { now: store.now(), timeZone: session.timeZone };
    const facts: [string, Fact][] = [];
    let rowsLeft = MOST_DETAILS;
    let allRows = true;
    const skipped = run.plan.down.length + run.plan.across.length;
    for (const down of downNodes) {
        for (const across of acrossNodes) {
            const cell = down.existing(across) ?? (withEmpty ? new Cell(run.figures, run.deepestTable) : null);
            if (!cell) {
                continue;
            }
            const values = cell.values();
            const aggregates = run.plan.figures.map((figure) => {
                if (figure.kind === 'formula') {
                    return formulaValue(session, figure, values, clock);
                }
                const value = values.get(figure.name) ?? null;
                return { label: figureLabel(session, figure, value), value };
            });
            const rows = cell.rows.slice(0, rowsLeft);
            rowsLeft -= rows.length;
            const isInnermost = down.children.length === 0 && across.children.length === 0;
            allRows &&= !hasDetails || !isInnermost || rows.length === cell.count;
            facts.push([
                `${down.key}!${across.key}`,
                hasDetails
                    ? { aggregates, rows: rows.map((row) => ({ dataCells: cellsOf(session, run, row, skipped) })) }
                    : { aggregates },
            ]);
        }
    }
    return { factMap: Object.fromEntries(facts), allRows };
}

/** The cells of a row, without the first `skipped`: those of the groupings. */
export function cellsOf(
    session: Session,
    run: ReportRun,
    row: readonly Stored[],
    skipped: number,
): readonly DataCell[] {
    return run.cells
        .slice(skipped)
        .map(({ column, shown, link }) =>
            dataCell(session, column, row[shown] ?? null, link === null ? undefined : (row[link] ?? null)),
        );
}

function groupingsJson(
    session: Session,
    parent: GroupNode,
    [grouping, ...inner]: readonly PlannedGrouping[],
): readonly unknown[] {
    if (!grouping) {
        return [];
    }
    return parent.children.map((node) => ({
        groupings: groupingsJson(session, node, inner),
        key: node.key,
        label: groupLabel(session, grouping, node),
        value: node.value === null ? null : fromStored(grouping.source.field.kind, node.value),
    }));
}

function groupLabel(session: Session, { source, granularity }: PlannedGrouping, node: GroupNode): string {
    if (granularity !== 'None' && typeof node.value === 'string') {
        return periodLabel(session, node.value, granularity);
    }
    return cellLabel(session, source, node.shown ?? node.value);
}

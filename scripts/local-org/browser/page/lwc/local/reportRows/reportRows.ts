/** A report's answer as tables: its groups with their figures and subtotals, and the rows behind them. Pure. */
import type { Cell, ColumnInfo, Facts, Grouping, GroupingInfo, ReportResult } from '../analyticsApi/shapes.ts';
import { drillInto, type DrillStep } from '../reportMoment/reportMoment.ts';

export interface SummaryTable {
    /** Labels of the groupings that make the rows. */
    readonly rowHeads: readonly string[];
    /** Lines of heads above the figures: one for each grouping across, then the figures' own where there are several. */
    readonly columnHeads: readonly (readonly ColumnHead[])[];
    readonly rows: readonly SummaryRow[];
}

export interface ColumnHead {
    readonly key: string;
    readonly label: string;
    readonly span: number;
    readonly drill?: readonly DrillStep[];
}

export interface SummaryRow {
    readonly key: string;
    readonly kind: 'group' | 'subtotal' | 'total';
    /** For a group one for each of the row heads; for a sum a single one over all of them. */
    readonly heads: readonly RowHead[];
    readonly figures: readonly Figure[];
}

export interface RowHead {
    readonly key: string;
    readonly label: string;
    /** The same as in the row above. */
    readonly repeated: boolean;
    readonly drill: readonly DrillStep[];
}

export interface Figure {
    readonly key: string;
    readonly label: string;
}

export interface DetailTable {
    readonly columns: readonly { readonly name: string; readonly label: string; readonly numeric: boolean }[];
    readonly rows: readonly { readonly key: string; readonly cells: readonly DetailCell[] }[];
}

export interface DetailCell {
    readonly key: string;
    readonly label: string;
    /** The record that the cell names. */
    readonly recordId?: string | undefined;
}

/** Where there is nothing to say. */
export const NO_FIGURE = '–';
const TOTAL = 'T';
const NUMERIC = new Set(['int', 'double', 'currency', 'percent', 'number']);

interface Leaf {
    readonly path: readonly Grouping[];
    readonly key: string;
}

/** Undefined for a tabular report, which has no groups. `depth`: groupings to show of those that make the rows. */
export function summaryTable(report: ReportResult, depth = Infinity): SummaryTable | undefined {
    const result = cutAt(report, depth);
    const { groupingsDown, groupingsAcross } = result.reportMetadata;
    if (groupingsDown.length + groupingsAcross.length === 0) return undefined;
    const across = leavesOf(result.groupingsAcross?.groupings ?? []);
    const blocks = groupingsAcross.length ? [...across.map(({ key }) => key), TOTAL] : [TOTAL];
    return {
        rowHeads: groupingsDown.map(({ name }) => columnLabel(result, name)),
        columnHeads: columnHeads(result, across),
        rows: summaryRows(result, blocks),
    };
}

function cutAt(result: ReportResult, depth: number): ReportResult {
    const cut = (groups: readonly Grouping[], level: number): Grouping[] =>
        groups.map((group) => ({ ...group, groupings: level < depth ? cut(group.groupings, level + 1) : [] }));
    if (result.reportMetadata.groupingsDown.length <= depth) return result;
    return {
        ...result,
        groupingsDown: { groupings: cut(result.groupingsDown?.groupings ?? [], 1) },
        reportMetadata: {
            ...result.reportMetadata,
            groupingsDown: result.reportMetadata.groupingsDown.slice(0, depth),
        },
    };
}

/** Grand totals, in the order of the report's figures. */
export function grandTotals(result: ReportResult): { key: string; label: string; value: string }[] {
    const facts = result.factMap[`${TOTAL}!${TOTAL}`];
    return result.reportMetadata.aggregates.map((name, index) => ({
        key: name,
        label: figureLabel(result, name),
        value: labelOf(facts?.aggregates[index]),
    }));
}

/** The rows of every group in the order of the groups, each with its groups in front. */
export function detailTable(result: ReportResult): DetailTable {
    const { reportMetadata, reportExtendedMetadata, factMap } = result;
    const groupings = [...reportMetadata.groupingsDown, ...reportMetadata.groupingsAcross];
    const shown = reportMetadata.detailColumns
        .map((name, index) => ({ name, index }))
        .filter(({ name }) => !groupings.some((grouping) => grouping.name === name));
    const details = shown.map(({ name }) => columnHead(name, reportExtendedMetadata.detailColumnInfo[name]));
    const groups = groupings.map(({ name }) => columnHead(name, reportExtendedMetadata.groupingColumnInfo[name], true));
    const down = leavesOrTotal(result.groupingsDown?.groupings);
    const across = leavesOrTotal(result.groupingsAcross?.groupings);
    const rows = down.flatMap((row) =>
        across.flatMap((column) => {
            const place = `${row.key}!${column.key}`;
            const path = [...row.path, ...column.path];
            return (factMap[place]?.rows ?? []).map(({ dataCells }, number) => ({
                key: `${place}:${number}`,
                cells: [
                    ...path.map(({ label }, level) => ({ key: `group${level}`, label })),
                    ...shown.map(({ name, index }) => detailCell(name, dataCells[index])),
                ],
            }));
        }),
    );
    return { columns: [...groups, ...details], rows };
}

/** How many rows the report counts; those that came when it does not say. */
export function rowCount(result: ReportResult): number {
    const index = result.reportMetadata.aggregates.indexOf('RowCount');
    const counted = index < 0 ? undefined : numberOf(result.factMap[`${TOTAL}!${TOTAL}`]?.aggregates[index]);
    return counted ?? detailTable(result).rows.length;
}

export const figureLabel = ({ reportExtendedMetadata }: ReportResult, name: string): string =>
    reportExtendedMetadata.aggregateColumnInfo[name]?.label ?? name;

export const columnLabel = ({ reportExtendedMetadata }: ReportResult, name: string): string =>
    reportExtendedMetadata.groupingColumnInfo[name]?.label ?? name;

export function numberOf(cell: Cell | undefined): number | undefined {
    const value = cell?.value;
    const plain = typeof value === 'object' && value !== null ? value.amount : value;
    return typeof plain === 'number' ? plain : undefined;
}

/** A figure of a group or of a place in a matrix. Undefined where no row is counted: a rate of nothing is none, even if the formula answers 0. */
export function figureOf({ reportMetadata }: ReportResult, facts: Facts | undefined, name: string): Cell | undefined {
    const [index, count] = [name, 'RowCount'].map((one) => reportMetadata.aggregates.indexOf(one));
    const isEmpty = name !== 'RowCount' && numberOf(facts?.aggregates[count ?? -1]) === 0;
    return isEmpty ? undefined : facts?.aggregates[index ?? -1];
}

export const labelOf = (cell: Cell | undefined): string => cell?.label || NO_FIGURE;

/** The steps into a group within its groups. */
export function drillPath(
    result: ReportResult,
    groupings: readonly GroupingInfo[],
    path: readonly Grouping[],
): DrillStep[] {
    return path.flatMap((group, level) => {
        const info = groupings[level];
        return info ? [drillInto(info, columnLabel(result, info.name), group)] : [];
    });
}

function columnHeads(result: ReportResult, across: readonly Leaf[]): ColumnHead[][] {
    const { aggregates, groupingsAcross } = result.reportMetadata;
    const figures = (block: string): ColumnHead[] =>
        aggregates.map((name) => ({ key: `${block}:${name}`, label: figureLabel(result, name), span: 1 }));
    if (!groupingsAcross.length) return [figures(TOTAL)];
    const lines = groupingsAcross.map((_info, level): ColumnHead[] => {
        const heads: { key: string; label: string; span: number; drill: readonly DrillStep[] }[] = [];
        for (const { path } of across) {
            const group = path[level];
            if (!group) continue;
            const last = heads.at(-1);
            if (last?.key === group.key) last.span += aggregates.length;
            else {
                const drill = drillPath(result, groupingsAcross, path.slice(0, level + 1));
                heads.push({ key: group.key, label: group.label, span: aggregates.length, drill });
            }
        }
        return [...heads, { key: TOTAL, label: level === 0 ? 'Total' : '', span: aggregates.length }];
    });
    return aggregates.length > 1 ? [...lines, [...across.map(({ key }) => key), TOTAL].flatMap(figures)] : lines;
}

function summaryRows(result: ReportResult, blocks: readonly string[]): SummaryRow[] {
    const { groupingsDown, aggregates, showGrandTotal, showSubtotals } = result.reportMetadata;
    const figuresOf = (key: string): Figure[] =>
        blocks.flatMap((block) => {
            const facts: Facts | undefined = result.factMap[`${key}!${block}`];
            return aggregates.map((name) => ({
                key: `${block}:${name}`,
                label: labelOf(figureOf(result, facts, name)),
            }));
        });
    const rows: SummaryRow[] = [];
    let above: readonly Grouping[] = [];
    const visit = (groups: readonly Grouping[], path: readonly Grouping[]): void => {
        for (const group of groups) {
            const here = [...path, group];
            if (!group.groupings.length) {
                const heads = here.map((part, level) => ({
                    key: `${level}`,
                    label: part.label,
                    repeated: level < here.length - 1 && above[level]?.key === part.key,
                    drill: drillPath(result, groupingsDown, here.slice(0, level + 1)),
                }));
                rows.push({ key: group.key, kind: 'group', heads, figures: figuresOf(group.key) });
                above = here;
                continue;
            }
            visit(group.groupings, here);
            if (showSubtotals) {
                rows.push(sum(`${group.key}:sum`, 'subtotal', `Subtotal: ${group.label}`, figuresOf(group.key)));
            }
        }
    };
    visit(result.groupingsDown?.groupings ?? [], []);
    if (showGrandTotal || rows.length === 0) rows.push(sum(TOTAL, 'total', 'Total', figuresOf(TOTAL)));
    return rows;
}

function sum(key: string, kind: 'subtotal' | 'total', label: string, figures: readonly Figure[]): SummaryRow {
    return { key, kind, heads: [{ key: 'sum', label, repeated: false, drill: [] }], figures };
}

function leavesOf(groups: readonly Grouping[], path: readonly Grouping[] = []): Leaf[] {
    return groups.flatMap((group) => {
        const here = [...path, group];
        return group.groupings.length ? leavesOf(group.groupings, here) : [{ path: here, key: group.key }];
    });
}

function leavesOrTotal(groups: readonly Grouping[] = []): Leaf[] {
    const leaves = leavesOf(groups);
    return leaves.length ? leaves : [{ path: [], key: TOTAL }];
}

function columnHead(name: string, info: ColumnInfo | undefined, isGroup = false): DetailTable['columns'][number] {
    return { name, label: info?.label ?? name, numeric: !isGroup && NUMERIC.has(info?.dataType.toLowerCase() ?? '') };
}

function detailCell(name: string, cell: Cell | undefined): DetailCell {
    const { label = '', value = null } = cell ?? {};
    const recordId =
        typeof value === 'string' && /^[a-zA-Z0-9]{18}$/.test(value) && value !== label ? value : undefined;
    return { key: name, label, recordId };
}

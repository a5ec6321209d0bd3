/** Every number of a report as an org gives it, held against the independent calculation. */
import type { ReportExecuteResult } from 'jsforce/lib/api/analytics/types.js';
import { cellsOfResult, plainValue } from './fact-map.ts';
import type { ShownCell, ShownGroup } from './fact-map.ts';
import type { Calculated, CalculatedCell, GroupPath, SqlValue } from './report-sql.ts';

export interface Comparison {
    /** Numbers held against each other: figures, counts of rows, details. */
    readonly compared: number;
    /** A line each; empty when all are equal. */
    readonly differences: readonly string[];
}

/** Sums of the same numbers in another order differ by less; no report shows as many digits. */
const SAME = 1e-9;

export function compareReport(result: ReportExecuteResult, calculated: Calculated): Comparison {
    const differences: string[] = [];
    let compared = 0;
    const wanted = new Map(calculated.cells.map((cell) => [keyOf(cell.down, cell.across), cell]));
    const known = { down: groupValues(calculated, 'down'), across: groupValues(calculated, 'across') };
    const seen = new Set<string>();
    const shown = cellsOfResult(result);
    for (const cell of shown) {
        const down = cell.down.map((group, level) => matching(group, known.down[level]));
        const across = cell.across.map((group, level) => matching(group, known.across[level]));
        const key = keyOf(down, across);
        const where = placeOf(down, across);
        if (seen.has(key)) differences.push(`${where}: the report has this group twice.`);
        seen.add(key);
        const other = wanted.get(key);
        if (other === undefined) {
            // A matrix has a cell wherever a row and a column cross, filled or not.
            if (!isEmpty(cell))
                differences.push(`${where}: the report has ${figuresOf(cell)}, the records have no such group.`);
        } else {
            compared += compareCell(cell, other, result, where, differences);
        }
    }
    for (const [key, cell] of wanted) {
        if (!seen.has(key))
            differences.push(
                `${placeOf(cell.down, cell.across)}: the report lacks this group, the records have ${cell.rows} rows of it.`,
            );
    }
    if (calculated.details !== null && result.allData) {
        compared += compareDetails(shown, calculated.details, differences);
    }
    return { compared, differences };
}

function compareCell(
    { figures, details, key }: ShownCell,
    wanted: CalculatedCell,
    result: ReportExecuteResult,
    where: string,
    differences: string[],
): number {
    const names = [...new Set([...Object.keys(figures), ...Object.keys(wanted.figures)])];
    for (const name of names) {
        const value = plainValue(figures[name]);
        if (!(name in figures)) differences.push(`${name} is not in the report.`);
        else if (!(name in wanted.figures)) differences.push(`${name} is in the report and not in the calculation.`);
        else if (!equal(value, wanted.figures[name] ?? null)) {
            differences.push(
                `${where}: ${name} is ${String(value)} in the report, ${String(wanted.figures[name])} by the records.`,
            );
        }
    }
    // Rows stand in the innermost groups alone.
    const isInnermost =
        wanted.down.length === levels(result.groupingsDown) && wanted.across.length === levels(result.groupingsAcross);
    if (!isInnermost || !result.hasDetailRows || !result.allData) return names.length;
    if (details.length !== wanted.rows)
        differences.push(`${where} (${key}): ${details.length} rows in the report, ${wanted.rows} by the records.`);
    return names.length + 1;
}

function levels(groupings: ReportExecuteResult['groupingsDown']): number {
    const depth = (nodes: readonly { readonly groupings: readonly unknown[] }[]): number => {
        const [first] = nodes;
        return first === undefined ? 0 : 1 + depth(first.groupings as typeof nodes);
    };
    return depth(groupings?.groupings ?? []);
}

/** As a bag: the order of rows that are equal in what they are sorted by is the org's affair. */
function compareDetails(
    shown: readonly ShownCell[],
    wanted: Calculated['details'] & object,
    differences: string[],
): number {
    const left = new Map<string, number>();
    const rows = shown.flatMap(({ details }) => details.map(rowKey));
    for (const row of rows) left.set(row, (left.get(row) ?? 0) + 1);
    for (const row of wanted.map(rowKey)) {
        const count = left.get(row) ?? 0;
        if (count === 0) differences.push(`The report lacks the row ${row}.`);
        else left.set(row, count - 1);
    }
    for (const [row, count] of left)
        if (count > 0) differences.push(`The report has a row that the records do not give: ${row}.`);
    return wanted.reduce((sum, row) => sum + row.length, 0);
}

/** Hours are counted in days by one and in milliseconds by the other: the last digits are not the same. */
function rowKey(row: readonly SqlValue[]): string {
    return JSON.stringify(row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)));
}

function equal(one: SqlValue, other: SqlValue): boolean {
    if (typeof one !== 'number' || typeof other !== 'number') return one === other;
    return Math.abs(one - other) <= SAME * Math.max(1, Math.abs(one), Math.abs(other));
}

/** A group by its value, or, where SQL names it by its label (a bucket, a name), by that. */
function matching({ value, label }: ShownGroup, known: ReadonlySet<SqlValue> | undefined): SqlValue {
    const plain = plainValue(value);
    if (plain === null || known?.has(plain) === true) return plain;
    return known?.has(label) === true ? label : plain;
}

function groupValues({ cells }: Calculated, side: 'down' | 'across'): ReadonlySet<SqlValue>[] {
    const values: Set<SqlValue>[] = [];
    for (const cell of cells) cell[side].forEach((value, level) => (values[level] ??= new Set()).add(value));
    return values;
}

function isEmpty({ figures, details }: ShownCell): boolean {
    return (
        details.length === 0 &&
        Object.values(figures).every((value) => plainValue(value) === null || plainValue(value) === 0)
    );
}

function figuresOf({ figures }: ShownCell): string {
    return Object.entries(figures)
        .map(([name, value]) => `${name} ${String(plainValue(value))}`)
        .join(', ');
}

function keyOf(down: GroupPath, across: GroupPath): string {
    return JSON.stringify([down, across]);
}

function placeOf(down: GroupPath, across: GroupPath): string {
    const path = [...down, ...across].map((value) => value ?? '(blank)').join(' / ');
    return path === '' ? 'Total' : path;
}

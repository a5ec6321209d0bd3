import { dayAt } from '../store/days.ts';
import type { OrgStore } from '../store/store.ts';
import type { Session } from '../store/session.ts';
import type { Column } from '../store/select.ts';
import type { Stored } from '../store/values.ts';
import { ConditionSql } from '../store/where.ts';
import type { ReportColumn } from './columns.ts';
import type { Granularity } from './definitions.ts';
import { formulaValue, type ColumnFigure, type FigureValue } from './figures.ts';
import { ID_OF, reportCondition } from './filters.ts';
import { Cell, cutGroups, GroupNode, sortGroups } from './groups.ts';
import { periodStart } from './periods.ts';
import type { PlannedGrouping, ReportPlan } from './plan.ts';
import { ReportSource } from './source.ts';

/** Most innermost groups of an answer, and most rows of details, as on the platform. */
export const MOST_GROUPS = 2000;
export const MOST_DETAILS = 2000;

export interface ReportRun {
    readonly plan: ReportPlan;
    readonly down: GroupNode;
    readonly across: GroupNode;
    /** False: groups were left out. Totals are of all rows. */
    readonly allGroups: boolean;
    /** Where the cells of details are in the rows that were kept. */
    readonly cells: readonly CellPlace[];
    readonly figures: readonly ColumnFigure[];
    readonly deepestTable: number;
}

/** Where a row has a cell's raw value, what it shows, and the record it leads to; null: the value itself, none. */
export interface CellPlace {
    readonly column: ReportColumn;
    readonly shown: number;
    readonly link: number | null;
}

/** Reads the rows of a report once and adds them up. `details`: how many rows each innermost group keeps. */
export function runReport(
    store: OrgStore,
    session: Session,
    plan: ReportPlan,
    details: number,
    mostGroups = MOST_GROUPS,
): ReportRun {
    return store.formulas.atOneMoment(() => runNow(store, session, plan, details, mostGroups));
}

function runNow(store: OrgStore, session: Session, plan: ReportPlan, details: number, mostGroups: number): ReportRun {
    const selection = new Selection(store, session, plan, details > 0);
    const { figures, deepestTable } = selection;
    const [down, across] = [new GroupNode(0, null, null), new GroupNode(0, null, null)];
    const makeCell = (): Cell => new Cell(figures, deepestTable);
    down.cell(across, makeCell);
    const dayOf = daysOf(session.timeZone);
    for (const row of selection.rows()) {
        const downPath = pathOf(down, selection.down, row, dayOf);
        const acrossPath = pathOf(across, selection.across, row, dayOf);
        for (const downNode of downPath) {
            for (const acrossNode of acrossPath) {
                const cell = downNode.cell(acrossNode, makeCell);
                cell.count += 1;
                selection.tallied.forEach(({ value, record }, index) => {
                    cell.tallies[index]?.add(row[value] ?? null, row[record] ?? null);
                });
            }
        }
        const cell = details > 0 ? downPath.at(-1)?.existing(acrossPath.at(-1) ?? across) : undefined;
        if (cell && cell.rows.length < details) {
            cell.rows.push(row);
        }
    }
    const clock = { now: store.now(), timeZone: session.timeZone };
    const figureOf =
        (cellOf: (node: GroupNode) => Cell | undefined) =>
        (node: GroupNode, name: string): FigureValue => {
            const values = cellOf(node)?.values() ?? new Map<string, FigureValue>();
            const formula = plan.figures.find((figure) => figure.kind === 'formula' && figure.name === name);
            return formula?.kind === 'formula'
                ? formulaValue(session, formula, values, clock).value
                : (values.get(name) ?? null);
        };
    sortGroups(
        down,
        plan.down,
        figureOf((node) => node.existing(across)),
    );
    sortGroups(
        across,
        plan.across,
        figureOf((node) => down.existing(node)),
    );
    const allDown = cutGroups(down, mostGroups);
    const allAcross = cutGroups(across, mostGroups);
    return { plan, down, across, allGroups: allDown && allAcross, cells: selection.cells, figures, deepestTable };
}

interface GroupingPlace {
    readonly grouping: PlannedGrouping;
    readonly value: number;
    readonly shown: number;
}

/** The groups that a row is in, the root first. */
function pathOf(
    root: GroupNode,
    places: readonly GroupingPlace[],
    row: readonly Stored[],
    dayOf: (instant: string) => string,
): readonly GroupNode[] {
    const path = [root];
    let node = root;
    for (const { grouping, value, shown } of places) {
        const raw = row[value] ?? null;
        const isDate = grouping.granularity !== 'None' && typeof raw === 'string';
        const grouped = isDate ? period(grouping.source, grouping.granularity, raw, dayOf) : raw;
        node = node.child(grouped, isDate ? null : (row[shown] ?? null));
        path.push(node);
    }
    return path;
}

function period(
    column: ReportColumn,
    granularity: Granularity,
    raw: string,
    dayOf: (instant: string) => string,
): string {
    return periodStart(column.field.kind === 'DateTime' ? dayOf(raw) : raw, granularity);
}

/** Days of instants where the user is; clocks there differ from UTC by whole quarters of an hour. */
function daysOf(timeZone: string): (instant: string) => string {
    const known = new Map<string, string>();
    return (instant) => {
        const quarter = `${instant.slice(0, 14)}${Math.floor(Number(instant.slice(14, 16)) / 15)}`;
        const day = known.get(quarter) ?? dayAt(instant, timeZone);
        known.set(quarter, day);
        return day;
    };
}

/** The one SELECT of a report: every expression once, and where each part of the report finds its values. */
class Selection {
    readonly figures: readonly ColumnFigure[];
    readonly down: readonly GroupingPlace[];
    readonly across: readonly GroupingPlace[];
    readonly tallied: readonly { readonly value: number; readonly record: number }[];
    readonly cells: readonly CellPlace[];
    readonly deepestTable: number;
    readonly #store: OrgStore;
    readonly #session: Session;
    readonly #plan: ReportPlan;
    readonly #source: ReportSource;
    readonly #expressions: string[] = [];

    constructor(store: OrgStore, session: Session, plan: ReportPlan, hasDetails: boolean) {
        this.#store = store;
        this.#session = session;
        this.#plan = plan;
        const source = new ReportSource(store, session, plan.type);
        this.#source = source;
        this.deepestTable = source.tables - 1;
        const columnFigures = plan.figures.flatMap((figure) => (figure.kind === 'column' ? [figure] : []));
        this.figures = [...new Map([...columnFigures, ...plan.needed].map((one) => [one.name, one])).values()];
        const placed = (grouping: PlannedGrouping): GroupingPlace => ({
            grouping,
            value: this.#place((source.link(grouping.source) ?? source.value(grouping.source)).sql),
            shown: this.#place(source.shown(grouping.source).sql),
        });
        this.down = plan.down.map(placed);
        this.across = plan.across.map(placed);
        this.tallied = this.figures.map(({ column }) => ({
            value: this.#place(source.value(column).sql),
            record: this.#place(source.record(column.table).sql),
        }));
        // A list with its groups in columns needs them too.
        const cells = hasDetails ? [...plan.down, ...plan.across].map((one) => one.source).concat(plan.details) : [];
        this.cells = cells.map((column) => {
            const link = source.link(column);
            return {
                column,
                shown: this.#place(source.shown(column).sql),
                link: link && this.#place(link.sql),
            };
        });
    }

    #place(sql: string): number {
        const known = this.#expressions.indexOf(sql);
        return known >= 0 ? known : this.#expressions.push(sql) - 1;
    }

    *rows(): Iterable<readonly Stored[]> {
        const { sort, report } = this.#plan;
        const source = this.#source;
        const whereParams: Stored[] = [];
        const condition = new ConditionSql(
            this.#store,
            this.#session,
            { alias: 'filter', column: (path) => this.#filtered(path) },
            whereParams,
        ).of(reportCondition({ session: this.#session, now: this.#store.now(), columns: this.#plan.columns }, report));
        const orderParams: Stored[] = [];
        const order = this.cells.length === 0 || !sort ? '' : source.order([sort], orderParams);
        const ids = Array.from({ length: source.tables }, (_, table) => source.record(table).sql);
        const isOrdered = this.cells.length > 0 || report.rowLimit !== null;
        // Every column has been named by now, so FROM knows all joins.
        const fromParams: Stored[] = [];
        const from = source.from(fromParams);
        const visible = source.visible(fromParams);
        const sql = [
            `SELECT ${this.#expressions.join(', ') || '1'} ${from}`,
            `WHERE (${visible ?? '1'}) AND (${condition})`,
            isOrdered ? `ORDER BY ${order}${ids.reverse().join(', ')}` : '',
            report.rowLimit === null ? '' : `LIMIT ${report.rowLimit}`,
        ].join(' ');
        const statement = this.#store.db.prepare(sql);
        statement.setReturnArrays(true);
        for (const row of statement.iterate(...fromParams, ...whereParams, ...(isOrdered ? orderParams : []))) {
            yield storedRow(row);
        }
    }

    #filtered(path: string): Column {
        const isId = path.endsWith(ID_OF);
        const column = this.#plan.columns.get(isId ? path.slice(0, -ID_OF.length) : path);
        if (!column) {
            throw new Error(`the filter of ${path} was not checked`);
        }
        return (isId ? this.#source.link(column) : null) ?? this.#source.shown(column);
    }
}

/** Rows come as arrays: the statement is told so. */
function storedRow(row: unknown): readonly Stored[] {
    if (!Array.isArray(row)) {
        throw new Error('SQLite gave a row that is no array');
    }
    const values: readonly Stored[] = row;
    return values;
}

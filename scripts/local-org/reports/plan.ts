import { failure } from '../failure.ts';
import type { Schema } from '../metadata/schema.ts';
import type { Session } from '../store/session.ts';
import { reportColumns, type ReportColumn } from './columns.ts';
import type { Report, ReportGrouping, ReportType } from './definitions.ts';
import { columnFigure, COUNT, formulaFigure, type ColumnFigure, type Figure, type FormulaFigure } from './figures.ts';
import { badRequest } from './filters.ts';

/** A report as one user can run it: what its fields' permissions hide is left out. */
export interface ReportPlan {
    readonly report: Report;
    readonly type: ReportType;
    readonly columns: ReadonlyMap<string, ReportColumn>;
    readonly details: readonly ReportColumn[];
    readonly down: readonly PlannedGrouping[];
    readonly across: readonly PlannedGrouping[];
    /** In the report's order, the number of rows last. */
    readonly figures: readonly Figure[];
    /** What formulas need besides. */
    readonly needed: readonly ColumnFigure[];
    readonly sort: { readonly column: ReportColumn; readonly descending: boolean } | null;
}

export interface PlannedGrouping extends ReportGrouping {
    readonly source: ReportColumn;
}

/**
 * Columns, figures, formulas, sorting and charts of fields that the user may not read are left out. What decides which rows there are and where they stand
 * cannot be: a report that filters or groups by such a field is refused (FORBIDDEN), or its rows would tell the field's values.
 */
export function planReport(schema: Schema, session: Session, type: ReportType, report: Report): ReportPlan {
    for (const { object } of type.tables) {
        const found = schema.objects.get(object);
        if (!found || !session.access.rights(found).read) {
            throw failure(
                'FORBIDDEN',
                `You cannot run this report: it is about ${found?.pluralLabel ?? object}, which you may not read. Ask your administrator for a permission set.`,
            );
        }
    }
    const columns = reportColumns(schema, session, type, report);
    for (const { column } of report.filters) {
        mustRead(columns, column, 'filters by');
    }
    if (report.dateFilter) {
        mustRead(columns, report.dateFilter.column, 'filters by');
    }
    const grouped = (groupings: readonly ReportGrouping[]): readonly PlannedGrouping[] =>
        groupings.map((grouping) => planned(grouping, mustRead(columns, grouping.column, 'groups by')));
    const readable = (name: string): ReportColumn[] => {
        const column = columns.get(name);
        return column?.readable ? [column] : [];
    };
    const figures = report.columns.flatMap(({ name, aggregates }) =>
        readable(name).flatMap((column) => aggregates.map((aggregate) => columnFigure(column, aggregate))),
    );
    const formulas = report.formulas.flatMap((formula) => formulaFigure(formula, columns) ?? []);
    const shown: readonly Figure[] = [...figures, ...formulas.map(({ figure }): FormulaFigure => figure), COUNT];
    const isShown = (name: string | null): boolean => shown.some((figure) => figure.name === name);
    const [sortColumn] = report.sort ? readable(report.sort.column) : [];
    const withSorts = (groupings: readonly PlannedGrouping[]): readonly PlannedGrouping[] =>
        groupings.map((grouping) => (isShown(grouping.sortedBy) ? grouping : { ...grouping, sortedBy: null }));
    const chartFits = report.chart?.summaries.every(isShown) === true;
    return {
        report: {
            ...report,
            columns: report.columns.filter(({ name }) => readable(name).length > 0),
            formulas: report.formulas.filter(({ name }) => isShown(name)),
            sort: sortColumn ? report.sort : null,
            chart: chartFits ? report.chart : null,
        },
        type,
        columns,
        details: report.columns.flatMap(({ name }) => readable(name)),
        down: withSorts(grouped(report.down)),
        across: withSorts(grouped(report.across)),
        figures: shown,
        needed: formulas.flatMap(({ needed }) => needed),
        sort: sortColumn && report.sort ? { column: sortColumn, descending: report.sort.descending } : null,
    };
}

function planned(grouping: ReportGrouping, source: ReportColumn): PlannedGrouping {
    const isDate = source.field.kind === 'Date' || source.field.kind === 'DateTime';
    const granularity = isDate ? (grouping.granularity === 'None' ? 'Day' : grouping.granularity) : 'None';
    return { ...grouping, granularity, source };
}

function mustRead(columns: ReadonlyMap<string, ReportColumn>, name: string, does: string): ReportColumn {
    const column = columns.get(name);
    if (!column) {
        throw badRequest(
            `The report ${does} the column ${name}, which its report type does not have (any more). Take it out, or name a column of the report type.`,
        );
    }
    if (!column.readable) {
        throw failure(
            'FORBIDDEN',
            `You cannot run this report: it ${does} ${column.label}, which you may not read. Ask your administrator for access to the field.`,
        );
    }
    return column;
}

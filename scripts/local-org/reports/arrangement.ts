import { ROW_COUNT, type DashboardComponent, type Report, type ReportGrouping } from './definitions.ts';

/** How a component of a dashboard shows its report: by which of its groupings, in which order, which figures and columns. */
export interface Arrangement {
    /** Empty: those of the report. */
    readonly groupings: readonly string[];
    readonly figures: readonly string[];
    readonly columns: readonly { readonly name: string; readonly kind: 'detail' | 'aggregate' | 'grouping' }[];
    /** Null: as in the report. `column`: of what is sorted; `figure`: by which figure of groups, null: by themselves. */
    readonly sort: {
        readonly column: string | null;
        readonly figure: string | null;
        readonly descending: boolean;
    } | null;
}

export function arrangementOf(component: DashboardComponent, report: Report | undefined): Arrangement {
    if (component.usesReportChart) {
        return {
            groupings: report?.chart?.groupings ?? [],
            figures: report?.chart?.summaries ?? [],
            columns: [],
            sort: null,
        };
    }
    const columns = component.columns.map((column) => {
        const name = columnName(report, column.name);
        return { ...column, name, kind: column.kind ?? kindOf(report, name) };
    });
    const grouped = columns.filter(({ kind }) => kind === 'grouping').map(({ name }) => name);
    const groupings = component.groupings.length > 0 ? component.groupings : grouped;
    const figures = [
        ...component.figures,
        ...columns.filter(({ kind }) => kind === 'aggregate').map(({ name }) => name),
    ];
    const sorted = columns.find(({ sortBy }) => sortBy !== null);
    const order = /^Row(Label|Value)(Ascending|Descending)$/.exec(sorted?.sortBy ?? component.sortBy ?? '');
    const figure = sorted?.kind === 'aggregate' ? sorted.name : (component.figures[0] ?? null);
    return {
        groupings,
        figures,
        columns: columns.map(({ name, kind }) => ({ name, kind })),
        sort: order && {
            column: sorted?.kind === 'aggregate' ? (groupings[0] ?? null) : (sorted?.name ?? groupings[0] ?? null),
            figure: order[1] === 'Value' ? figure : null,
            descending: order[2] === 'Descending',
        },
    };
}

/** The report as the component shows it: groupings that the component leaves out are not made. */
export function arranged(report: Report, { groupings, sort }: Arrangement): Report {
    const put = (all: readonly ReportGrouping[]): readonly ReportGrouping[] =>
        all.map((grouping) =>
            sort?.column === grouping.column
                ? { ...grouping, sortedBy: sort.figure, descending: sort.descending }
                : grouping,
        );
    const own = [...report.down, ...report.across];
    const wanted = groupings.flatMap((name) => own.find(({ column }) => column === name) ?? []);
    const [first, ...others] = put(wanted);
    const isAcross = ({ column }: ReportGrouping): boolean => report.across.some((one) => one.column === column);
    const across = others.filter(isAcross);
    const shown: Report = first
        ? {
              ...report,
              format: across.length > 0 ? 'MATRIX' : 'SUMMARY',
              down: [first, ...others.filter((grouping) => !isAcross(grouping))],
              across,
          }
        : { ...report, down: put(report.down), across: put(report.across) };
    const isDetail = report.columns.some(({ name }) => name === sort?.column);
    return sort && isDetail && sort.column !== null
        ? { ...shown, sort: { column: sort.column, descending: sort.descending } }
        : shown;
}

function kindOf(report: Report | undefined, name: string): 'detail' | 'aggregate' | 'grouping' {
    if (name === ROW_COUNT || name.includes('!') || report?.formulas.some((formula) => formula.name === name)) {
        return 'aggregate';
    }
    const own = [...(report?.down ?? []), ...(report?.across ?? [])];
    return own.some(({ column }) => column === name) ? 'grouping' : 'detail';
}

/** Tables may write columns with a dot, and what a lookup shows as its Name; the report's own name for it. */
function columnName(report: Report | undefined, written: string): string {
    const [, prefix = '', path = written] = /^(\w+!)?(.*)$/s.exec(written) ?? [];
    const dotted = path.replace('$', '.');
    const names = [
        ...(report?.columns ?? []).map(({ name }) => name),
        ...[...(report?.down ?? []), ...(report?.across ?? [])].map(({ column }) => column),
    ];
    const own = names.find((name) => [dotted, dotted.replace(/\.Name$/, '')].includes(name.replace('$', '.')));
    return prefix + (own ?? path);
}

/** The columns that a table tile shows of its report. Pure. */
import type { DashboardComponent, ReportResult } from '../analyticsApi/shapes.ts';

/** How many groupings the tile names, and its other columns in their order; none: those of the report. */
export function tableColumns({ properties }: DashboardComponent): { groupings: number; names: readonly string[] } {
    const columns = properties.visualizationProperties?.tableColumns ?? [];
    return {
        groupings: columns.filter(({ type }) => type === 'grouping').length,
        names: columns.filter(({ type }) => type !== 'grouping').map(({ column }) => column),
    };
}

/** The report with the figures and the columns of rows that the tile names, in its order. */
export function onlyColumns(result: ReportResult, component: DashboardComponent): ReportResult {
    const { names } = tableColumns(component);
    if (!names.length) return result;
    const { aggregates, detailColumns } = result.reportMetadata;
    const figures = positions(names, aggregates, (name, column) => name === column || name.endsWith(`!${column}`));
    const details = positions(names, detailColumns, (name, column) => name === column);
    const factMap = Object.fromEntries(
        Object.entries(result.factMap).map(([key, facts]) => [
            key,
            facts && {
                aggregates: pick(facts.aggregates, figures),
                rows: (facts.rows ?? []).map(({ dataCells }) => ({ dataCells: pick(dataCells, details) })),
            },
        ]),
    );
    return {
        ...result,
        factMap,
        reportMetadata: {
            ...result.reportMetadata,
            aggregates: pick(aggregates, figures),
            detailColumns: pick(detailColumns, details),
        },
    };
}

const pick = <T>(list: readonly T[], at: readonly number[]): T[] => at.flatMap((index) => list[index] ?? []);

function positions(
    wanted: readonly string[],
    given: readonly string[],
    fits: (name: string, column: string) => boolean,
): number[] {
    return wanted.map((column) => given.findIndex((name) => fits(name, column))).filter((index) => index >= 0);
}

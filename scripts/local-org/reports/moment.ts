import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { logicProblem } from '../metadata/check/filters.ts';
import type { Report } from './definitions.ts';
import { badRequest } from './filters.ts';
import { OPERATORS } from './operators.ts';

/** Filters of the moment: what a run may change in a report without changing the report. */

const filterShape = z.object({
    column: z.string(),
    operator: z.string(),
    value: z.string().nullish(),
    isRunPageEditable: z.boolean().nullish(),
    filterType: z.literal('fieldValue').nullish(),
});
const dateShape = z.object({
    column: z.string().nullish(),
    durationValue: z.string().nullish(),
    startDate: z.string().nullish(),
    endDate: z.string().nullish(),
});
const changes = z.object({
    reportFilters: z.array(filterShape).max(100).nullish(),
    reportBooleanFilter: z.string().max(2000).nullish(),
    standardDateFilter: dateShape.nullish(),
    detailColumns: z.array(z.string()).max(200).nullish(),
    sortBy: z
        .array(z.object({ sortColumn: z.string(), sortOrder: z.enum(['Asc', 'Desc']) }))
        .max(1)
        .nullish(),
});
const CHANGEABLE = Object.keys(changes.shape);
const body = z.object({ reportMetadata: z.record(z.string(), z.unknown()).nullish() });

/**
 * The report with what `{ reportMetadata }` changes. Other parts may be sent along as the answer of a run had them (`own`); anything else about them is
 * refused by name. Throws BAD_REQUEST.
 */
export function withMoment(report: Report, own: Readonly<Record<string, unknown>>, sent: unknown): Report {
    const parsed = body.safeParse(sent ?? {});
    if (!parsed.success) {
        throw badRequest('The request body must be {"reportMetadata": {…}}.');
    }
    const metadata = parsed.data.reportMetadata ?? {};
    for (const [name, value] of Object.entries(metadata)) {
        if (!CHANGEABLE.includes(name) && !isDeepStrictEqual(value, own[name])) {
            throw badRequest(
                `The local org cannot change ${name} of a report for one run; it can change ${CHANGEABLE.join(', ')}. Leave ${name} out.`,
            );
        }
    }
    const read = changes.safeParse(metadata);
    if (!read.success) {
        throw badRequest(`The reportMetadata cannot be read: ${z.prettifyError(read.error)}`);
    }
    const { data } = read;
    const filters =
        data.reportFilters?.map(({ column, operator, value, isRunPageEditable }) => ({
            column,
            operator,
            value: value ?? '',
            editable: isRunPageEditable ?? true,
        })) ?? report.filters;
    const unknown = filters.find(({ operator }) => !OPERATORS.includes(operator));
    if (unknown) {
        throw badRequest(`The local org has no filter operator ${unknown.operator}; take ${OPERATORS.join(', ')}.`);
    }
    const changed: Report = {
        ...report,
        filters,
        logic: logicOf(report, data.reportBooleanFilter, filters.length, data.reportFilters !== undefined),
        dateFilter: dateFilterOf(report, data.standardDateFilter),
    };
    return withColumns(changed, data.detailColumns, data.sortBy?.[0]);
}

function logicOf(
    report: Report,
    sent: string | null | undefined,
    count: number,
    filtersChanged: boolean,
): string | null {
    const logic = sent === undefined ? report.logic : sent;
    if (logic === null || logic.trim() === '') {
        return null;
    }
    const problem = logicProblem(logic, count);
    if (problem !== null) {
        const hint = sent === undefined && filtersChanged ? ' Send reportBooleanFilter with the filters.' : '';
        throw badRequest(`${problem}${hint}`);
    }
    return logic;
}

function dateFilterOf(report: Report, sent: z.infer<typeof dateShape> | null | undefined): Report['dateFilter'] {
    if (sent === undefined) {
        return report.dateFilter;
    }
    const column = sent?.column ?? report.dateFilter?.column;
    if (!sent || column === undefined) {
        return null;
    }
    return {
        column,
        duration: sent.durationValue ?? 'CUSTOM',
        startDate: sent.startDate ?? null,
        endDate: sent.endDate ?? null,
    };
}

function withColumns(
    report: Report,
    names: readonly string[] | null | undefined,
    sort: { readonly sortColumn: string; readonly sortOrder: 'Asc' | 'Desc' } | undefined,
): Report {
    const kept = new Map(report.columns.map((column) => [column.name, column]));
    return {
        ...report,
        columns: names ? names.map((name) => kept.get(name) ?? { name, aggregates: [] }) : report.columns,
        sort: sort ? { column: sort.sortColumn, descending: sort.sortOrder === 'Desc' } : report.sort,
    };
}

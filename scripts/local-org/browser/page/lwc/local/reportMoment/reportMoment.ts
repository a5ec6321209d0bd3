/**
 * What a report shows for the moment, kept in its address, so that one can go back, and none of it saved: another date range, other values of its own filters, and the groups
 * that one has gone into. Pure.
 */
import type { DateFilter, Grouping, GroupingInfo, ReportFilter, ReportMetadata } from '../analyticsApi/shapes.ts';

export interface Moment {
    /** Instead of the report's own range; undefined: the report's. */
    readonly range?: Omit<DateFilter, 'column'> | undefined;
    /** New values of the report's own filters, by their position; undefined: as they are. */
    readonly values: readonly (string | undefined)[];
    readonly drill: readonly DrillStep[];
    /** Whether rows are shown; undefined: as the report says. */
    readonly details?: boolean | undefined;
    /** The dashboard that one came from. */
    readonly from?: string | undefined;
    /** A part of the address that could not be read and is left out. */
    readonly unreadable?: boolean | undefined;
}

/** One group that was gone into: in words, and as filters. */
export interface DrillStep {
    readonly label: string;
    readonly filters: readonly ReportFilter[];
}

/** The part of the metadata that a run is given. */
export interface Overrides {
    readonly standardDateFilter?: DateFilter;
    readonly reportFilters?: readonly ReportFilter[];
    readonly reportBooleanFilter?: string;
}

export const UNCHANGED: Moment = { values: [], drill: [] };

export function readMoment(search: string): Moment {
    const given = new URLSearchParams(search);
    const values: string[] = [];
    for (const [name, value] of given) {
        const position = /^fv(\d{1,2})$/.exec(name)?.[1];
        if (position !== undefined) values[Number(position)] = value;
    }
    const drill = readDrill(given.get('drill'));
    const range = readRange(given.get('date'));
    const details = given.get('details');
    return {
        values,
        drill: drill ?? [],
        range,
        from: given.get('from') ?? undefined,
        details: details === null ? undefined : details === '1',
        unreadable: drill === undefined || (given.has('date') && range === undefined),
    };
}

/** The search part of the address, `?` included; blank when nothing is changed. */
export function writeMoment({ range, values, drill, details, from }: Moment): string {
    const parts = new URLSearchParams();
    if (range) parts.set('date', [range.durationValue, range.startDate ?? '', range.endDate ?? ''].join(','));
    values.forEach((value, position) => {
        if (value !== undefined) parts.set(`fv${position}`, value);
    });
    if (drill.length) parts.set('drill', JSON.stringify(drill));
    if (details !== undefined) parts.set('details', details ? '1' : '0');
    if (from) parts.set('from', from);
    return parts.size ? `?${parts.toString()}` : '';
}

/** Whether other rows are counted than those of the report as it is saved. */
export const changesRows = ({ range, values, drill }: Moment): boolean =>
    range !== undefined || drill.length > 0 || values.some((value) => value !== undefined);

export function overridesOf(report: ReportMetadata, { range, values, drill }: Moment): Overrides {
    const added = drill.flatMap(({ filters }) => filters);
    const changed = added.length > 0 || values.some((value) => value !== undefined);
    const own = report.reportFilters.map((filter, position) => ({
        ...filter,
        value: values[position] ?? filter.value,
    }));
    const logic = report.reportBooleanFilter;
    return {
        ...(range ? { standardDateFilter: { column: report.standardDateFilter?.column ?? '', ...range } } : {}),
        ...(changed ? { reportFilters: [...own, ...added] } : {}),
        ...(logic && added.length
            ? {
                  reportBooleanFilter: [
                      `(${logic})`,
                      ...added.map((_filter, index) => String(own.length + index + 1)),
                  ].join(' AND '),
              }
            : {}),
    };
}

/** The step into one group. `columnLabel`: of the grouping. */
export function drillInto(info: GroupingInfo, columnLabel: string, group: Grouping): DrillStep {
    return { label: `${columnLabel}: ${group.label}`, filters: filtersOf(info, group) };
}

function filtersOf({ name, dateGranularity }: GroupingInfo, group: Grouping): ReportFilter[] {
    const { value, label } = group;
    if (value === null || value === '') return [{ column: name, operator: 'equals', value: '' }];
    const start = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined;
    const end = start && endOfPeriod(start, dateGranularity);
    if (start && end) {
        return [
            { column: name, operator: 'greaterOrEqual', value: start },
            { column: name, operator: 'lessThan', value: end },
        ];
    }
    if (typeof value === 'boolean') return [{ column: name, operator: 'equals', value: String(value) }];
    if (typeof value === 'number') return [{ column: name, operator: 'equals', value: String(value) }];
    // Two records may have the same name; an id is exact.
    const isId = /^[a-zA-Z0-9]{18}$/.test(value);
    return [{ column: name, operator: 'equals', value: isId ? value : asOne(start ?? label) }];
}

/** A comma would make several values of it. */
export const asOne = (value: string): string => (/[,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The first day after the period that begins on `start`; undefined for a grouping by the day itself. */
function endOfPeriod(start: string, granularity: string): string | undefined {
    const [year, month, day] = start.split('-').map(Number) as [number, number, number];
    const at = (y: number, m: number, d: number): string => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10);
    switch (granularity.toUpperCase().replaceAll('_', '')) {
        case 'DAY':
            return at(year, month - 1, day + 1);
        case 'WEEK':
            return at(year, month - 1, day + 7);
        case 'MONTH':
            return at(year, month, 1);
        case 'QUARTER':
        case 'FISCALQUARTER':
            return at(year, month + 2, 1);
        case 'YEAR':
        case 'FISCALYEAR':
            return at(year + 1, month - 1, 1);
        default:
            return undefined;
    }
}

function readRange(text: string | null): Moment['range'] {
    const match = /^(\w+(?::\d+)?),(\d{4}-\d{2}-\d{2})?,(\d{4}-\d{2}-\d{2})?$/.exec(text ?? '');
    if (!match?.[1]) return undefined;
    return { durationValue: match[1], startDate: match[2] ?? null, endDate: match[3] ?? null };
}

/** Undefined when it is not a list of steps. */
function readDrill(text: string | null): readonly DrillStep[] | undefined {
    if (text === null) return [];
    try {
        const steps = JSON.parse(text) as unknown;
        return Array.isArray(steps) && steps.every(isStep) ? steps : undefined;
    } catch {
        return undefined;
    }
}

function isStep(step: unknown): step is DrillStep {
    const { label, filters } = (step ?? {}) as { label?: unknown; filters?: unknown };
    return (
        typeof label === 'string' &&
        Array.isArray(filters) &&
        filters.every((filter: unknown) => {
            const { column, operator, value } = (filter ?? {}) as Partial<Record<keyof ReportFilter, unknown>>;
            return [column, operator, value].every((part) => typeof part === 'string');
        })
    );
}

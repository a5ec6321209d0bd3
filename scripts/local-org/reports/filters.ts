import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import { and, likeText, type Comparator, type Condition, type DateLiteral } from '../store/conditions.ts';
import { dayAt, dayRange, isKnownLiteral, startOfDay, addDays, type DayRange } from '../store/days.ts';
import { splitValues } from '../store/filter-items.ts';
import { canonicalId } from '../store/ids.ts';
import type { Session } from '../store/session.ts';
import { isNumber } from '../store/values.ts';
import type { ReportColumn } from './columns.ts';
import type { Report, ReportDateFilter, ReportFilter } from './definitions.ts';
import { relativeDate } from './durations.ts';
import { parseLogic } from './logic.ts';
import type { FilterOperator } from './operators.ts';

const ORDERS: Readonly<Partial<Record<string, Comparator>>> = {
    lessThan: '<',
    greaterThan: '>',
    lessOrEqual: '<=',
    greaterOrEqual: '>=',
} satisfies Partial<Record<FilterOperator, Comparator>>;
/** In a condition's path: the id of the record that the column leads to, in place of its name. */
export const ID_OF = '#id';

export interface FilterContext {
    readonly session: Session;
    /** ISO 8601, UTC. */
    readonly now: string;
    readonly columns: ReadonlyMap<string, ReportColumn>;
}

/** The filters of a report, joined by its logic, and its date filter. Paths are names of columns. Throws BAD_REQUEST for values that fit no column. */
export function reportCondition(context: FilterContext, report: Report): Condition {
    const conditions = report.filters.map((filter) => filterCondition(context, filter));
    const joined = report.logic === null ? and(...conditions) : parseLogic(report.logic, conditions);
    return and(joined, report.dateFilter && dateCondition(context, report.dateFilter));
}

function filterCondition(context: FilterContext, filter: ReportFilter): Condition {
    const column = knownColumn(context, filter.column);
    const { kind } = column.shownField;
    const values = splitValues(filter.value);
    if (kind === 'Date' || kind === 'DateTime') {
        return ofDates(context, column, filter, values);
    }
    const path = column.name;
    switch (filter.operator) {
        case 'equals':
            return equalsOne(column, values);
        case 'notEqual':
            return { kind: 'not', part: equalsOne(column, values) };
        case 'contains':
        case 'startsWith':
            return anyLike(path, values, filter.operator === 'contains' ? '%' : '');
        case 'notContain':
            return { kind: 'not', part: anyLike(path, values, '%') };
        default: {
            const operator = ORDERS[filter.operator];
            const [value, ...more] = values;
            if (!operator || value === undefined || more.length > 0) {
                throw badRequest(
                    `The operator ${filter.operator} does not take “${filter.value}” for ${column.label}.`,
                );
            }
            return { kind: 'compare', path, operator, operand: operandOf(column, value) };
        }
    }
}

function knownColumn({ columns }: FilterContext, name: string): ReportColumn {
    const column = columns.get(name);
    if (!column) {
        throw badRequest(
            `The filter names the column ${name}, which the report type does not have (any more). Remove the filter, or name a column of it.`,
        );
    }
    return column;
}

/** A blank list is a blank. A lookup or name is named by what it shows, or by the record's id. */
function equalsOne(column: ReportColumn, values: readonly string[]): Condition {
    const path = column.name;
    if (values.length === 0) {
        return { kind: 'compare', path, operator: '=', operand: null };
    }
    const ids =
        column.idPath === null ? [] : values.filter((value) => value.length === 18 && canonicalId(value) !== null);
    const others = values.filter((value) => !ids.includes(value));
    const byName = others.map((value): Value => operandOf(column, value));
    return {
        kind: 'or',
        parts: [
            ...(ids.length > 0 ? [{ kind: 'in' as const, path: path + ID_OF, operands: ids }] : []),
            ...(byName.length > 0 ? [among(path, byName)] : []),
        ],
    };
}

function among(path: string, operands: readonly Value[]): Condition {
    const [only = null, ...more] = operands;
    return more.length === 0 ? { kind: 'compare', path, operator: '=', operand: only } : { kind: 'in', path, operands };
}

function anyLike(path: string, values: readonly string[], before: string): Condition {
    return {
        kind: 'or',
        parts: values.map((value) => ({ kind: 'like', path, pattern: `${before}${likeText(value)}%` })),
    };
}

function operandOf(column: ReportColumn, text: string): Value {
    const field = column.shownField;
    if (isNumber(field.kind)) {
        const number = Number(text.replace(/^[A-Z]{3}|%$/g, ''));
        if (text.trim() === '' || !Number.isFinite(number)) {
            throw badRequest(`“${text}” is no number, and ${column.label} is one; write digits.`);
        }
        return number;
    }
    if (field.kind === 'Checkbox') {
        if (!/^(true|false|1|0)$/i.test(text)) {
            throw badRequest(`“${text}” is no value of ${column.label}; write True or False.`);
        }
        return /^(true|1)$/i.test(text);
    }
    const isValue = field.picklist.some(({ value }) => value === text);
    return isValue ? text : (field.picklist.find(({ label }) => label === text)?.value ?? text);
}

function ofDates(
    context: FilterContext,
    column: ReportColumn,
    { operator, value }: ReportFilter,
    values: readonly string[],
): Condition {
    const path = column.name;
    if (values.length === 0 && (operator === 'equals' || operator === 'notEqual')) {
        return { kind: 'compare', path, operator: operator === 'equals' ? '=' : '!=', operand: null };
    }
    const ranges = values.map((one) => rangeOf(context, column, one));
    const [first, ...more] = ranges;
    if (operator === 'equals' || operator === 'notEqual') {
        const any: Condition = { kind: 'or', parts: ranges.map((range) => within(path, range)) };
        return operator === 'equals' ? any : { kind: 'not', part: any };
    }
    const comparator = ORDERS[operator];
    if (!comparator || !first || more.length > 0) {
        throw badRequest(`The operator ${operator} does not take “${value}” for ${column.label}.`);
    }
    const operand = comparator === '<' || comparator === '>=' ? first.from : first.to;
    return { kind: 'compare', path, operator: comparator === '<' || comparator === '<=' ? '<' : '>=', operand };
}

const within = (path: string, { from, to }: DayRange): Condition =>
    and(
        { kind: 'compare', path, operator: '>=', operand: from },
        { kind: 'compare', path, operator: '<', operand: to },
    );

/** A day or relative date as what the column compares with: days, or for instants the starts of the days where the user is. */
function rangeOf({ session, now }: FilterContext, column: ReportColumn, text: string): DayRange {
    const day = /^\d{4}-\d{2}-\d{2}$/.exec(text.trim())?.[0];
    const instant = column.shownField.kind === 'DateTime' && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(text.trim());
    if (instant && Number.isFinite(Date.parse(text))) {
        const at = Date.parse(text);
        return { from: new Date(at).toISOString(), to: new Date(at + 1000).toISOString() };
    }
    const literal = relativeDate(text);
    const range = day === undefined ? literal && daysOf(literal, dayAt(now, session.timeZone)) : nextDays(day);
    if (!range) {
        throw badRequest(
            `“${text}” is no date for ${column.label}; write YYYY-MM-DD, or a relative date such as LAST_N_DAYS:90.`,
        );
    }
    return bounds(session, column, range);
}

const nextDays = (day: string): DayRange | null =>
    isDay(day) ? inCalendar(() => ({ from: day, to: addDays(day, 1) })) : null;

const daysOf = (literal: DateLiteral, today: string): DayRange | null =>
    isKnownLiteral(literal) ? inCalendar(() => dayRange(literal, today)) : null;

/** Null for days beyond the years of four digits, which neither compare as text nor have starts in a time zone. */
function inCalendar(range: () => DayRange): DayRange | null {
    try {
        const { from, to } = range();
        return [from, to].every((day) => /^[1-9]\d{3}-\d{2}-\d{2}$/.test(day)) ? { from, to } : null;
    } catch (error) {
        if (error instanceof RangeError) {
            return null;
        }
        throw error;
    }
}

function isDay(text: string): boolean {
    const time = Date.parse(`${text}T00:00:00Z`);
    return Number.isFinite(time) && addDays(text, 0) === text;
}

function bounds(session: Session, column: ReportColumn, { from, to }: DayRange): DayRange {
    return column.shownField.kind === 'Date'
        ? { from, to }
        : { from: startOfDay(from, session.timeZone), to: startOfDay(to, session.timeZone) };
}

/** Null where the filter lets everything through. */
function dateCondition(context: FilterContext, filter: ReportDateFilter): Condition | null {
    const column = knownColumn(context, filter.column);
    const { kind } = column.shownField;
    if (kind !== 'Date' && kind !== 'DateTime') {
        throw badRequest(`The date filter names ${column.label}, which is no date; name a date.`);
    }
    if (filter.duration !== 'CUSTOM') {
        return within(column.name, rangeOf(context, column, filter.duration));
    }
    const { startDate, endDate } = filter;
    const from = startDate === null ? null : rangeOf(context, column, startDate).from;
    const to = endDate === null ? null : rangeOf(context, column, endDate).to;
    if (from === null && to === null) {
        return null;
    }
    if (from !== null && to !== null && from >= to) {
        throw badRequest(
            `The date filter on ${column.label} starts on ${startDate ?? ''}, after its end on ${endDate ?? ''}; swap the two days.`,
        );
    }
    return and(
        from === null ? null : { kind: 'compare', path: column.name, operator: '>=', operand: from },
        to === null ? null : { kind: 'compare', path: column.name, operator: '<', operand: to },
    );
}

export function badRequest(message: string): Error {
    return failure('BAD_REQUEST', message);
}

/** The report's own filters in words, and their values as a form shows them. Pure. */
import type { ColumnInfo, ReportDescription, ReportFilter } from '../analyticsApi/shapes.ts';
import { asOne, type Moment } from './reportMoment.ts';

export interface FilterField {
    readonly position: number;
    /** "Outcome equals". */
    readonly label: string;
    readonly value: string;
    /** Values to tick; undefined: free text. */
    readonly choices?: readonly { readonly label: string; readonly value: string }[] | undefined;
    readonly help: string;
    /** Set when the column is gone or may not be seen: what to do. */
    readonly problem?: string | undefined;
}

const OPERATORS: Readonly<Record<string, string>> = {
    equals: 'equals',
    notEqual: 'is not',
    lessThan: 'less than',
    greaterThan: 'greater than',
    lessOrEqual: 'at most',
    greaterOrEqual: 'at least',
    contains: 'contains',
    notContain: 'does not contain',
    startsWith: 'starts with',
    includes: 'includes',
    excludes: 'excludes',
};
/** More are typed rather than ticked. */
const MOST_CHOICES = 14;

export function filterFields(report: ReportDescription, { values }: Moment): FilterField[] {
    return report.reportMetadata.reportFilters.map(({ column, operator, value }, position) => {
        const info = columnInfo(report, column);
        const choices = choicesOf(info, operator);
        return {
            position,
            label: `${info?.label ?? column} ${OPERATORS[operator] ?? operator}`,
            value: wordedAs(info, values[position] ?? value),
            choices,
            help: choices
                ? ''
                : 'Several values: separate them by commas. A value with a comma in it: in double quotes.',
            problem: info
                ? undefined
                : `The column ${column} does not exist any more, or you may not see it. An administrator can take this filter out of the report or give you access.`,
        };
    });
}

/** What is wrong with days of one's own choice (YYYY-MM-DD); blank: nothing. */
export const daysProblem = (startDate: string | null, endDate: string | null): string =>
    startDate && endDate && startDate > endDate ? 'From is after To: no day lies between them. Swap the two days.' : '';

/** Undefined when the report type has no such column for this user. */
export function columnInfo(report: ReportDescription, name: string): ColumnInfo | undefined {
    const { detailColumnInfo, groupingColumnInfo, aggregateColumnInfo } = report.reportExtendedMetadata;
    const ofType = report.reportTypeMetadata.categories.map(({ columns }) => columns[name]).find(Boolean);
    return ofType ?? detailColumnInfo[name] ?? groupingColumnInfo[name] ?? aggregateColumnInfo[name];
}

/** Values of a list as the platform writes it: commas between them, quotes around one with a comma in it. */
export const readList = (text: string): string[] =>
    [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
        .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '')
        .filter(Boolean);

export const writeList = (values: readonly string[]): string => values.map(asOne).join(',');

/** The platform stores a checkbox's value as 0 or 1 as well. */
function wordedAs(info: ColumnInfo | undefined, value: string): string {
    if (info?.dataType.toLowerCase() !== 'boolean') return value;
    return value === '1' ? 'true' : value === '0' ? 'false' : value;
}

function choicesOf(info: ColumnInfo | undefined, operator: ReportFilter['operator']): FilterField['choices'] {
    const choices = info?.filterValues ?? [];
    if (!/^(equals|notEqual|includes|excludes)$/.test(operator)) return undefined;
    if (info?.dataType.toLowerCase() === 'boolean') {
        return [
            { label: 'True', value: 'true' },
            { label: 'False', value: 'false' },
        ];
    }
    if (!choices.length || choices.length > MOST_CHOICES) return undefined;
    return choices.map(({ name, label }) => ({ value: name, label }));
}

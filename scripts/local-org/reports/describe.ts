import type { OrgStore } from '../store/store.ts';
import { dayAt, dayRange, addDays } from '../store/days.ts';
import type { Session } from '../store/session.ts';
import { isNumber } from '../store/values.ts';
import type { ReportColumn } from './columns.ts';
import { DURATIONS, relativeDate } from './durations.ts';
import { GRANULARITIES } from './definitions.ts';
import { reportAttributes } from './fact-map.ts';
import { OPERATOR_LABELS, type FilterOperator } from './operators.ts';
import type { ReportPlan } from './plan.ts';
import { columnInfo, extendedMetadata, reportMetadata } from './report-json.ts';

const EQUALITY: readonly FilterOperator[] = ['equals', 'notEqual'];
const ORDER: readonly FilterOperator[] = [
    ...EQUALITY,
    ...(['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'] as const),
];
const TEXT: readonly FilterOperator[] = [...ORDER, 'contains', 'notContain', 'startsWith'];
const OPERATORS_OF: Readonly<Record<string, readonly FilterOperator[]>> = {
    ...Object.fromEntries(
        ['string', 'textarea', 'picklist', 'email', 'phone', 'url', 'id'].map((type) => [type, TEXT]),
    ),
    ...Object.fromEntries(['double', 'currency', 'percent', 'int', 'date', 'datetime'].map((type) => [type, ORDER])),
    boolean: EQUALITY,
    multipicklist: EQUALITY,
};
const GRANULARITY_LABELS: Readonly<Record<string, string>> = {
    Day: 'Day',
    Week: 'Calendar Week',
    Month: 'Calendar Month',
    Quarter: 'Calendar Quarter',
    Year: 'Calendar Year',
};

/** `/analytics/reports/{id}/describe`: the report, and what its report type offers this user. */
export function describeReport(
    store: OrgStore,
    session: Session,
    plan: ReportPlan,
    version: string,
): Readonly<Record<string, unknown>> {
    const readable = [...plan.columns.values()].filter((column) => column.readable && !column.bucket);
    return {
        attributes: reportAttributes(plan, version),
        reportExtendedMetadata: extendedMetadata(plan),
        reportMetadata: reportMetadata(plan, plan.report.showsDetails),
        reportTypeMetadata: {
            categories: plan.type.sections.map(({ label }) => ({
                label,
                columns: Object.fromEntries(
                    readable
                        .filter(({ section }) => section === label)
                        .map((column) => [column.name, typeColumnInfo(column)]),
                ),
            })),
            dataTypeFilterOperatorMap: Object.fromEntries(
                Object.entries(OPERATORS_OF).map(([type, names]) => [
                    type,
                    names.map((name) => ({ label: OPERATOR_LABELS[name], name })),
                ]),
            ),
            dateGranularityInfos: GRANULARITIES.filter((name) => name !== 'None').map((name) => ({
                label: GRANULARITY_LABELS[name] ?? name,
                name,
            })),
            divisionInfo: null,
            scopeInfo: {
                defaultValue: 'organization',
                values: [{ allowsDivision: false, label: 'All', value: 'organization' }],
            },
            standardDateFilterDurationGroups: durationGroups(store, session),
            standardFilterInfos: null,
            supportsJoinedFormat: false,
        },
    };
}

function typeColumnInfo(column: ReportColumn): Readonly<Record<string, unknown>> {
    const { kind } = column.field;
    return {
        ...columnInfo(column),
        allowedInCustomDetailFormula: false,
        bucketable: kind === 'Picklist' || kind === 'Text' || isNumber(kind) || column.field.reference !== null,
        fieldToFieldFilterable: false,
        isCustom: column.field.custom,
        maxLength: column.shownField.length,
    };
}

/** Durations with the days that they mean for this user today; the last day is in it. */
function durationGroups(store: OrgStore, session: Session): readonly unknown[] {
    const today = dayAt(store.now(), session.timeZone);
    const durations = DURATIONS.map(([, value, label]) => {
        const literal = relativeDate(value) ?? { literal: 'TODAY', count: null };
        const { from, to } = dayRange(literal, today);
        return { endDate: addDays(to, -1), label, startDate: from, value };
    });
    const group = (label: string, pattern: RegExp): unknown => ({
        label,
        standardDateFilterDurations: durations.filter(({ value }) => pattern.test(value)),
    });
    return [
        {
            label: 'Custom',
            standardDateFilterDurations: [{ endDate: null, label: 'Custom', startDate: null, value: 'CUSTOM' }],
        },
        group('Calendar Year', /YEAR/),
        group('Calendar Quarter', /QUARTER/),
        group('Calendar Month', /MONTH/),
        group('Calendar Week', /WEEK/),
        group('Relative Days', /DAY|TOMORROW/),
    ];
}

import { derivedId } from '../store/ids.ts';
import type { ReportType, Report, ReportGrouping } from './definitions.ts';
import type { ReportColumn } from './columns.ts';
import type { PlannedGrouping, ReportPlan } from './plan.ts';
import { API_TYPES } from './types.ts';
import type { Figure } from './figures.ts';

/** `reportMetadata`: the report as it was run, in the API's names. */
export function reportMetadata(plan: ReportPlan, hasDetails: boolean): Readonly<Record<string, unknown>> {
    const { report, type } = plan;
    return {
        ...definitionOf(report, type),
        aggregates: plan.figures.map(({ name }) => name),
        detailColumns: plan.details.map(({ name }) => name),
        groupingsDown: plan.down.map(groupingJson),
        groupingsAcross: plan.across.map(groupingJson),
        hasDetailRows: hasDetails,
    };
}

function definitionOf(report: Report, type: ReportType): Readonly<Record<string, unknown>> {
    return {
        buckets: report.buckets.map((bucket) => ({
            bucketType: bucket.kind,
            // The API's own spelling, once without the e.
            devloperName: bucket.name,
            developerName: bucket.name,
            label: bucket.label,
            nullTreatedAsZero: bucket.blankIsZero,
            otherBucketLabel: bucket.others,
            sourceColumnName: bucket.column,
            values: bucket.values.map(({ label, members, upTo }) => ({
                label,
                sourceDimensionValues: members,
                rangeUpperBound: upTo,
            })),
        })),
        chart: report.chart && {
            chartType: report.chart.type,
            groupings: report.chart.groupings,
            hasLegend: report.chart.legend,
            showChartValues: report.chart.values,
            summaries: report.chart.summaries,
            summaryAxisLocations: report.chart.axes,
            title: report.chart.title,
        },
        crossFilters: [],
        currency: null,
        customDetailFormula: {},
        customSummaryFormula: Object.fromEntries(
            report.formulas.map((formula) => [
                formula.name,
                {
                    acrossGroup: null,
                    acrossGroupType: 'all',
                    decimalPlaces: formula.scale,
                    description: formula.description,
                    downGroup: null,
                    downGroupType: 'all',
                    formula: formula.formula,
                    formulaType: formula.type,
                    label: formula.label,
                },
            ]),
        ),
        dashboardSetting: null,
        description: report.description,
        developerName: report.developerName,
        division: null,
        folderId: derivedId('00l', report.folder),
        hasRecordCount: true,
        historicalSnapshotDates: [],
        id: report.id,
        name: report.name,
        presentationOptions: { hasStackedSummaries: true },
        reportBooleanFilter: report.logic,
        reportFilters: report.filters.map(({ column, operator, value, editable }) => ({
            column,
            filterType: 'fieldValue',
            isRunPageEditable: editable,
            operator,
            value,
        })),
        reportFormat: report.format,
        reportType: { label: type.label, type: `${type.name}__c` },
        scope: 'organization',
        showGrandTotal: report.showsGrandTotal,
        showSubtotals: report.showsSubtotals,
        sortBy: report.sort
            ? [{ sortColumn: report.sort.column, sortOrder: report.sort.descending ? 'Desc' : 'Asc' }]
            : [],
        standardDateFilter: report.dateFilter && {
            column: report.dateFilter.column,
            durationValue: report.dateFilter.duration,
            startDate: report.dateFilter.startDate,
            endDate: report.dateFilter.endDate,
        },
        standardFilters: null,
        supportsRoleHierarchy: false,
        topRows:
            report.rowLimit === null
                ? null
                : { rowLimit: report.rowLimit, direction: report.sort?.descending === true ? 'Desc' : 'Asc' },
        userOrHierarchyFilterId: null,
    };
}

function groupingJson({
    column,
    granularity,
    descending,
    sortedBy,
}: ReportGrouping): Readonly<Record<string, unknown>> {
    return {
        dateGranularity: granularity,
        name: column,
        sortAggregate: sortedBy,
        sortOrder: descending ? 'Desc' : 'Asc',
    };
}

/** `reportExtendedMetadata`: labels and types of what `reportMetadata` names. */
export function extendedMetadata(plan: ReportPlan): Readonly<Record<string, unknown>> {
    const grouping = ({ source }: PlannedGrouping, groupingLevel: number): readonly [string, unknown] => [
        source.name,
        { dataType: API_TYPES[source.shownField.kind], groupingLevel, label: source.label },
    ];
    return {
        aggregateColumnInfo: Object.fromEntries(
            plan.figures.map((figure) => [
                figure.name,
                {
                    acrossGroupingContext: null,
                    dataType: figureType(figure),
                    downGroupingContext: null,
                    label: figure.label,
                },
            ]),
        ),
        detailColumnInfo: Object.fromEntries(plan.details.map((column) => [column.name, columnInfo(column)])),
        groupingColumnInfo: Object.fromEntries([...plan.down.map(grouping), ...plan.across.map(grouping)]),
    };
}

function figureType(figure: Figure): string {
    if (figure.kind === 'count' || (figure.kind === 'column' && figure.aggregate === 'Unique')) {
        return 'int';
    }
    return API_TYPES[figure.field.kind];
}

export function columnInfo(column: ReportColumn): Readonly<Record<string, unknown>> {
    const field = column.shownField;
    return {
        dataType: API_TYPES[field.kind],
        entityColumnName: column.path,
        filterValues:
            field.kind === 'Checkbox'
                ? ['true', 'false'].map((name) => ({ label: name, name }))
                : field.picklist.map(({ value, label }) => ({ label, name: value })),
        filterable: field.kind !== 'LongTextArea',
        isLookup: column.field.reference !== null,
        label: column.label,
        uniqueCountable: field.kind !== 'LongTextArea',
    };
}

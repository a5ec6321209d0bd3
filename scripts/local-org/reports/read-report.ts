import { textOf } from '../metadata/check/definitions.ts';
import type { XmlElement } from '../metadata/xml.ts';
import { durationOf } from './durations.ts';
import {
    AGGREGATES,
    figureName,
    GRANULARITIES,
    ROW_COUNT,
    type Report,
    type ReportBucket,
    type ReportChart,
    type ReportDateFilter,
    type ReportFormat,
    type ReportGrouping,
    type SummaryFormula,
} from './definitions.ts';
import { derivedId } from '../store/ids.ts';

const FORMATS: Readonly<Record<string, ReportFormat>> = { Summary: 'SUMMARY', Matrix: 'MATRIX' };

/** Reads a report that the deploy's checks have passed. */
export function readReport(fullName: string, root: XmlElement): Report {
    const slash = fullName.lastIndexOf('/');
    const sortColumn = textOf(root, 'sortColumn');
    const [filter] = root.all('filter');
    return {
        id: derivedId('00O', fullName),
        fullName,
        developerName: fullName.slice(slash + 1),
        folder: fullName.slice(0, slash),
        name: textOf(root, 'name'),
        description: textOf(root, 'description') || null,
        type: textOf(root, 'reportType').replace(/__c$/, ''),
        format: FORMATS[textOf(root, 'format')] ?? 'TABULAR',
        columns: root.all('columns').map((column) => ({
            name: textOf(column, 'field'),
            aggregates: column
                .all('aggregateTypes')
                .flatMap(({ text }) => AGGREGATES.filter((aggregate) => aggregate === text)),
        })),
        down: root.all('groupingsDown').map(groupingOf),
        across: root.all('groupingsAcross').map(groupingOf),
        filters: (filter?.all('criteriaItems') ?? []).map((item) => ({
            column: textOf(item, 'column'),
            operator: textOf(item, 'operator'),
            value: textOf(item, 'value'),
            editable: textOf(item, 'isUnlocked') === 'true',
        })),
        logic: textOf(filter, 'booleanFilter') || null,
        dateFilter: dateFilterOf(root.all('timeFrameFilter')[0]),
        buckets: root.all('buckets').map(bucketOf),
        formulas: root
            .all('aggregates')
            .filter((one) => textOf(one, 'isActive') !== 'false')
            .map(formulaOf),
        chart: chartOf(root.all('chart')[0]),
        showsDetails: textOf(root, 'showDetails') !== 'false',
        showsGrandTotal: textOf(root, 'showGrandTotal') !== 'false',
        showsSubtotals: textOf(root, 'showSubTotals') !== 'false',
        sort: sortColumn === '' ? null : { column: sortColumn, descending: textOf(root, 'sortOrder') === 'Desc' },
        rowLimit: textOf(root, 'rowLimit') === '' ? null : Number(textOf(root, 'rowLimit')),
    };
}

function groupingOf(element: XmlElement): ReportGrouping {
    const granularity = textOf(element, 'dateGranularity');
    return {
        column: textOf(element, 'field'),
        // The metadata says Day for every column that is no date; what is none is found out where the column is.
        granularity: GRANULARITIES.find((one) => one === granularity) ?? 'None',
        descending: textOf(element, 'sortOrder') === 'Desc',
        sortedBy: sortedBy(element),
    };
}

function sortedBy(element: XmlElement): string | null {
    const name = textOf(element, 'sortByName');
    switch (textOf(element, 'sortType')) {
        case 'Aggregate':
            return figureOf(name, textOf(element, 'aggregateType'));
        case 'CustomSummaryFormula':
            return name;
        default:
            return null;
    }
}

/** A figure by its column and aggregate, as charts, dashboards and groupings name it. */
export function figureOf(column: string, aggregateType: string): string {
    const aggregate = AGGREGATES.find((one) => one === aggregateType);
    return aggregate === undefined || column === ROW_COUNT ? column || ROW_COUNT : figureName(aggregate, column);
}

function dateFilterOf(element: XmlElement | undefined): ReportDateFilter | null {
    if (!element) {
        return null;
    }
    return {
        column: textOf(element, 'dateColumn'),
        duration: durationOf(textOf(element, 'interval')) ?? 'CUSTOM',
        startDate: textOf(element, 'startDate') || null,
        endDate: textOf(element, 'endDate') || null,
    };
}

function bucketOf(element: XmlElement): ReportBucket {
    const kind = textOf(element, 'bucketType');
    return {
        name: textOf(element, 'developerName'),
        label: textOf(element, 'masterLabel'),
        kind: kind === 'number' || kind === 'picklist' ? kind : 'text',
        column: textOf(element, 'sourceColumnName'),
        blankIsZero: textOf(element, 'nullTreatment') === 'z',
        others: textOf(element, 'useOther') === 'true' ? textOf(element, 'otherBucketLabel') || 'Other' : null,
        values: element.all('values').map((value) => {
            const sources = value.all('sourceValues');
            const upTo = textOf(sources[0], 'to');
            return {
                label: textOf(value, 'value'),
                members: sources.map((source) => textOf(source, 'sourceValue')),
                upTo: upTo === '' ? null : Number(upTo),
            };
        }),
    };
}

function formulaOf(element: XmlElement): SummaryFormula {
    const type = textOf(element, 'datatype');
    return {
        name: textOf(element, 'developerName'),
        label: textOf(element, 'masterLabel'),
        description: textOf(element, 'description') || null,
        type: type === 'percent' || type === 'currency' ? type : 'number',
        scale: Number(textOf(element, 'scale') || 0),
        formula: element.all('calculatedFormula')[0]?.text ?? '',
    };
}

function chartOf(element: XmlElement | undefined): ReportChart | null {
    if (!element) {
        return null;
    }
    const summaries = element.all('chartSummaries');
    const legend = textOf(element, 'legendPosition');
    return {
        type: textOf(element, 'chartType'),
        groupings: [textOf(element, 'groupingColumn'), textOf(element, 'secondaryGroupingColumn')].filter(
            (name) => name !== '',
        ),
        summaries: summaries.map((one) => figureOf(textOf(one, 'column'), textOf(one, 'aggregate'))),
        axes: summaries.map((one) => textOf(one, 'axisBinding').toUpperCase() || 'Y'),
        title: textOf(element, 'title'),
        legend: legend !== '' && legend !== 'None',
        values: textOf(element, 'showValues') === 'true',
    };
}

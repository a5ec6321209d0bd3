import type { MetadataProblem } from '../files.ts';
import type { Field, FieldKind } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { placeOf, repeated, textOf, type Definition, type Project } from './definitions.ts';
import { checkReportLimits } from './report-limits.ts';
import { filterProblem, logicProblem } from './filters.ts';
import { reportColumns } from './report-types.ts';
import { checkSummaryFormulas } from './summary-formulas.ts';

const NUMBERS: readonly FieldKind[] = ['Number', 'Currency', 'Percent', 'Checkbox'];
const ORDERED: readonly FieldKind[] = [...NUMBERS, 'Date', 'DateTime'];
const SUMMARIES: Readonly<Record<string, readonly FieldKind[] | undefined>> = {
    Sum: NUMBERS,
    Average: NUMBERS,
    Median: NUMBERS,
    Maximum: ORDERED,
    Minimum: ORDERED,
};
/** Groupings by format: fewest and most down, fewest and most across. */
const GROUPINGS: Readonly<Record<string, readonly [number, number, number, number]>> = {
    Tabular: [0, 0, 0, 0],
    Summary: [1, 3, 0, 0],
    Matrix: [1, 2, 1, 2],
};
const BUCKETED: Readonly<Record<string, readonly FieldKind[]>> = {
    number: ['Number', 'Currency', 'Percent'],
    picklist: ['Picklist', 'MultiselectPicklist'],
    text: ['Text', 'TextArea', 'Email', 'Phone', 'Url', 'AutoNumber', 'Lookup', 'MasterDetail', 'Picklist', 'Id'],
};

/** What charts and dashboards may use of a report. */
export interface ReportOutline {
    readonly root: XmlElement;
    readonly groupings: readonly string[];
    /** Names of summary formulas. */
    readonly formulas: readonly string[];
}

export function outlineOf(root: XmlElement): ReportOutline {
    const groupings = [...root.all('groupingsDown'), ...root.all('groupingsAcross')];
    return {
        root,
        groupings: groupings.map((one) => textOf(one, 'field')),
        formulas: root.all('aggregates').map((one) => textOf(one, 'developerName')),
    };
}

/** Reports over custom report types: their columns are the type's, groupings fit the format, formulas and charts fit the report. */
export function* checkReports(project: Project): Iterable<MetadataProblem> {
    for (const report of project.of('Report')) {
        const { root, fullName } = report;
        const folder = fullName.slice(0, fullName.lastIndexOf('/'));
        if (!project.find('ReportFolder', folder)) {
            yield root.problem(`Cannot find folder:${folder}; add reports/${folder}.reportFolder-meta.xml.`);
        }
        const columns = reportColumns(project, textOf(root, 'reportType'));
        if (columns) {
            yield* checkReport(report, columns);
        } else if (columns === null) {
            yield placeOf(root, 'reportType').problem(
                `invalid report type ${textOf(root, 'reportType')}; the local org holds reports of the custom report types deployed to it, named DevName__c.`,
            );
        }
    }
}

function* checkReport(report: Definition, columns: ReadonlyMap<string, Field>): Iterable<MetadataProblem> {
    const { root } = report;
    const outline = outlineOf(root);
    const buckets = root.all('buckets').map((bucket) => textOf(bucket, 'developerName'));
    const isKnown = (name: string): boolean => columns.has(name) || buckets.includes(name);
    yield* named(root, isKnown);
    yield* format(root);
    for (const column of root.all('columns')) {
        const field = columns.get(textOf(column, 'field'));
        for (const type of field ? column.all('aggregateTypes') : []) {
            if (field && SUMMARIES[type.text]?.includes(field.kind) === false) {
                yield type.problem(`${field.name}, a ${field.kind}, has no ${type.text}; take it out.`);
            }
        }
    }
    for (const bucket of root.all('buckets')) {
        const field = columns.get(textOf(bucket, 'sourceColumnName'));
        const type = textOf(bucket, 'bucketType');
        if (field && !BUCKETED[type]?.includes(field.kind)) {
            yield placeOf(bucket, 'bucketType').problem(
                `${field.name}, a ${field.kind}, makes no buckets of type ${type}.`,
            );
        }
    }
    yield* filters(root, columns);
    const [time] = root.all('timeFrameFilter');
    const day = columns.get(textOf(time, 'dateColumn'));
    if (time && day && day.kind !== 'Date' && day.kind !== 'DateTime') {
        yield placeOf(time, 'dateColumn').problem(`<dateColumn> is ${day.name}, a ${day.kind}; name a date.`);
    }
    yield* checkSummaryFormulas(report, columns);
    yield* chart(outline);
    yield* checkReportLimits(report, columns);
}

/** Elements that name a column, with what else they may name. */
function* named(root: XmlElement, isKnown: (name: string) => boolean): Iterable<MetadataProblem> {
    const places = [
        ...['columns', 'groupingsDown', 'groupingsAcross'].flatMap((name) =>
            root.all(name).flatMap((one) => one.all('field')),
        ),
        ...root.all('buckets').flatMap((bucket) => bucket.all('sourceColumnName')),
        ...root
            .all('filter')
            .flatMap((filter) => filter.all('criteriaItems'))
            .flatMap((item) => item.all('column')),
        ...root.all('timeFrameFilter').flatMap((filter) => filter.all('dateColumn')),
        ...root.all('sortColumn'),
    ];
    for (const place of places.filter(({ text }) => !isKnown(text))) {
        yield place.problem(
            `Invalid field name: ${place.text}; the report type ${textOf(root, 'reportType')} has no such column. Write Object__c$Field__c or Object__c.Children__r$Field__c, and add the column to it if need be.`,
        );
    }
}

function* format(root: XmlElement): Iterable<MetadataProblem> {
    const name = textOf(root, 'format');
    const range = GROUPINGS[name];
    const down = root.all('groupingsDown');
    const across = root.all('groupingsAcross');
    if (!range) {
        yield placeOf(root, 'format').problem(
            `The local org cannot run a report of format ${name}; take Tabular, Summary or Matrix.`,
        );
        return;
    }
    const [leastDown, mostDown, leastAcross, mostAcross] = range;
    const fits = (count: number, least: number, most: number): boolean => count >= least && count <= most;
    if (!fits(down.length, leastDown, mostDown) || !fits(across.length, leastAcross, mostAcross)) {
        yield placeOf(root, 'format').problem(
            `A ${name} report has ${spoken(leastDown, mostDown)} down and ${spoken(leastAcross, mostAcross)} across, not ${down.length} and ${across.length}; change <format> or the groupings.`,
        );
    }
    for (const [element, count] of [
        ['chart', 0],
        ['aggregates', 0],
    ] as const) {
        const [found] = root.all(element);
        if (found && down.length + across.length === count) {
            yield found.problem(`<${element}> needs a grouping; add <groupingsDown> or take it out.`);
        }
    }
    const grouped = [...down, ...across];
    const columns = root.all('columns');
    for (const one of [
        ...repeated(grouped, (entry) => textOf(entry, 'field')),
        ...repeated(columns, (entry) => textOf(entry, 'field')),
    ]) {
        yield one.problem(`${textOf(one, 'field')} is there twice; keep one.`);
    }
    const names = grouped.map((one) => textOf(one, 'field'));
    for (const column of columns.filter((one) => names.includes(textOf(one, 'field')))) {
        yield column.problem(
            `${textOf(column, 'field')} is grouped by and cannot be a column too; take the column out.`,
        );
    }
}

function spoken(least: number, most: number): string {
    return most === 0 ? 'no groupings' : `${least} to ${most} groupings`;
}

function* filters(root: XmlElement, columns: ReadonlyMap<string, Field>): Iterable<MetadataProblem> {
    const [filter] = root.all('filter');
    const items = filter?.all('criteriaItems') ?? [];
    for (const item of items) {
        const field = columns.get(textOf(item, 'column'));
        const value = placeOf(item, 'value');
        const isColumn = textOf(item, 'columnToColumn') === 'true';
        const wrong = field && !isColumn ? filterProblem(field, textOf(item, 'operator'), value.text) : null;
        if (wrong !== null) {
            yield value.problem(wrong);
        }
    }
    const logic = filter && textOf(filter, 'booleanFilter');
    const wrong = filter && logic ? logicProblem(logic, items.length) : null;
    if (filter && wrong) {
        yield placeOf(filter, 'booleanFilter').problem(wrong);
    }
}

function* chart(outline: ReportOutline): Iterable<MetadataProblem> {
    const [found] = outline.root.all('chart');
    for (const place of [...(found?.all('groupingColumn') ?? []), ...(found?.all('secondaryGroupingColumn') ?? [])]) {
        if (!outline.groupings.includes(place.text)) {
            yield place.problem(
                `The chart groups by ${place.text}, and the report does not; name one of its groupings.`,
            );
        }
    }
    for (const summary of found?.all('chartSummaries') ?? []) {
        yield* chartSummary(outline, summary);
    }
}

/** A figure of a chart: the number of rows, a summary formula, or a column with a summary that the report has. */
export function* chartSummary(outline: ReportOutline, summary: XmlElement): Iterable<MetadataProblem> {
    const figure = { column: textOf(summary, 'column'), aggregate: textOf(summary, 'aggregate') };
    yield* figureProblem(outline, figure, placeOf(summary, 'column'));
}

export function* figureProblem(
    { root, formulas }: ReportOutline,
    { column, aggregate }: { readonly column: string; readonly aggregate: string },
    place: XmlElement,
): Iterable<MetadataProblem> {
    if (column === 'RowCount' || formulas.includes(column)) {
        return;
    }
    const summaries = root
        .all('columns')
        .filter((one) => textOf(one, 'field') === column)
        .flatMap((one) => one.all('aggregateTypes'));
    if (!summaries.some(({ text }) => text === aggregate)) {
        yield place.problem(
            `The report does not have the ${aggregate || 'summary'} of ${column}; give its <columns> that <aggregateTypes>, or name RowCount or a summary formula.`,
        );
    }
}

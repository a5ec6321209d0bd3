import { GRANULARITIES } from '../../reports/definitions.ts';
import { durationOf, relativeDate } from '../../reports/durations.ts';
import { OPERATORS } from '../../reports/operators.ts';
import { figureOf } from '../../reports/read-report.ts';
import { isKnownLiteral } from '../../store/days.ts';
import type { MetadataProblem } from '../files.ts';
import type { Field } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { placeOf, textOf, type Definition } from './definitions.ts';

/** What a real org's reports can do and the local org's cannot: refused by name, so that no report gives other numbers here than there. */

/** Children of elements that the engine reads, or that are looks which the page leaves to itself. */
const READ: Readonly<Record<string, readonly string[]>> = {
    Report: [
        ...['aggregates', 'buckets', 'chart', 'columns', 'description', 'filter', 'folderName', 'format'],
        ...['groupingsAcross', 'groupingsDown', 'name', 'reportType', 'rowLimit', 'scope', 'showCurrentDate'],
        ...['showDetails', 'showGrandTotal', 'showSubTotals', 'sortColumn', 'sortOrder', 'timeFrameFilter'],
    ],
    columns: ['aggregateTypes', 'field'],
    filter: ['booleanFilter', 'criteriaItems', 'language'],
    criteriaItems: ['column', 'columnToColumn', 'isUnlocked', 'operator', 'value'],
    aggregates: [
        ...['calculatedFormula', 'datatype', 'description', 'developerName', 'isActive', 'isCrossBlock'],
        ...['masterLabel', 'scale'],
    ],
};
const SORTS = ['Column', 'Aggregate', 'CustomSummaryFormula'];

export function* checkReportLimits(report: Definition, columns: ReadonlyMap<string, Field>): Iterable<MetadataProblem> {
    const { root } = report;
    yield* unread(root);
    yield* oneOf(root, 'scope', ['organization'], 'reports of all records that the user sees');
    yield* filters(root, columns);
    for (const grouping of [...root.all('groupingsDown'), ...root.all('groupingsAcross')]) {
        const kind = columns.get(textOf(grouping, 'field'))?.kind;
        if (kind === 'Date' || kind === 'DateTime') {
            yield* oneOf(grouping, 'dateGranularity', GRANULARITIES, 'calendar periods');
        }
        if (kind === 'LongTextArea' || kind === 'MultiselectPicklist') {
            yield placeOf(grouping, 'field').problem(`${textOf(grouping, 'field')}, a ${kind}, cannot be grouped by.`);
        }
        yield* sorting(root, grouping);
    }
    for (const column of root.all('columns')) {
        const path = textOf(column, 'field').split('$')[1] ?? '';
        const [aggregate] = column.all('aggregateTypes');
        if (aggregate && path.includes('.') && columns.has(textOf(column, 'field'))) {
            yield aggregate.problem(
                `The local org cannot summarise ${path}, a field of another record: how often a real org counts that record is not documented. Copy the value into a field of the record.`,
            );
        }
    }
    yield* buckets(root, columns);
    for (const formula of root.all('aggregates')) {
        yield* oneOf(formula, 'datatype', ['number', 'percent', 'currency'], 'summary formulas of these types');
        const place = placeOf(formula, 'calculatedFormula');
        const group = /\b(PARENTGROUPVAL|PREVGROUPVAL)\b/i.exec(place.text)?.[1];
        if (group !== undefined) {
            yield place.problem(
                `The local org cannot work out ${group.toUpperCase()}, which a real org takes; write the formula without it.`,
            );
        }
    }
    const [limit] = root.all('rowLimit');
    if (limit && (textOf(root, 'format') !== 'Tabular' || !/^[1-9]\d{0,3}$/.test(limit.text))) {
        yield limit.problem('<rowLimit> is for Tabular reports, from 1 to 2000 rows; take it out, or change it.');
    }
}

/** Elements inside the report that the engine would not look at. */
function* unread(element: XmlElement): Iterable<MetadataProblem> {
    const known = READ[element.name];
    for (const child of known ? element.children : []) {
        if (!known?.includes(child.name)) {
            yield child.problem(
                `The local org cannot run a report with <${child.name}> in <${element.name}>, which a real org takes; take it out.`,
            );
        } else if (child.children.length > 0) {
            yield* unread(child);
        }
    }
}

function* oneOf(
    element: XmlElement,
    name: string,
    values: readonly string[],
    words: string,
): Iterable<MetadataProblem> {
    const text = textOf(element, name);
    if (text !== '' && !values.includes(text)) {
        yield placeOf(element, name).problem(
            `The local org runs ${words}, not ${name} ${text}; take ${values.filter((value) => value !== 'None').join(', ')}.`,
        );
    }
}

function* filters(root: XmlElement, columns: ReadonlyMap<string, Field>): Iterable<MetadataProblem> {
    for (const item of root.all('filter').flatMap((filter) => filter.all('criteriaItems'))) {
        const kind = columns.get(textOf(item, 'column'))?.kind;
        const value = textOf(item, 'value');
        yield* oneOf(item, 'operator', OPERATORS, 'filters with other operators');
        yield* oneOf(item, 'columnToColumn', ['false'], 'filters by values');
        const isDate = kind === 'Date' || kind === 'DateTime';
        for (const one of isDate && value !== '' ? value.split(',') : []) {
            const literal = relativeDate(one);
            if (!/^\s*\d{4}-\d{2}-\d{2}/.test(one) && (!literal || !isKnownLiteral(literal))) {
                yield placeOf(item, 'value').problem(
                    `The local org does not know the date "${one.trim()}"; write YYYY-MM-DD, TODAY, LAST_N_DAYS:90, THIS_QUARTER and the like.`,
                );
            }
        }
    }
    const [time] = root.all('timeFrameFilter');
    const interval = textOf(time, 'interval');
    if (time && interval !== '' && durationOf(interval) === null) {
        yield placeOf(time, 'interval').problem(
            `The local org does not know the interval ${interval} (fiscal periods are an org's own); take INTERVAL_CUSTOM with days, or a calendar interval such as INTERVAL_CURRENTQ.`,
        );
    }
}

/** Groups are sorted by figures that the report has. */
function* sorting(root: XmlElement, grouping: XmlElement): Iterable<MetadataProblem> {
    const [name, type] = [textOf(grouping, 'sortByName'), textOf(grouping, 'sortType')];
    yield* oneOf(grouping, 'sortType', SORTS, 'groups sorted by these');
    if (name === '' || type === 'Column') {
        return;
    }
    const formulas = root.all('aggregates').map((one) => textOf(one, 'developerName'));
    const figures = root
        .all('columns')
        .flatMap((column) => column.all('aggregateTypes').map(({ text }) => figureOf(textOf(column, 'field'), text)));
    const wanted = type === 'CustomSummaryFormula' ? name : figureOf(name, textOf(grouping, 'aggregateType'));
    if (![...formulas, ...figures, 'RowCount'].includes(wanted)) {
        yield placeOf(grouping, 'sortByName').problem(
            `The groups are sorted by ${name}, which is no figure of the report; name RowCount, a summary formula, or a column with that <aggregateType>.`,
        );
    }
}

function* buckets(root: XmlElement, columns: ReadonlyMap<string, Field>): Iterable<MetadataProblem> {
    for (const bucket of root.all('buckets')) {
        const kind = columns.get(textOf(bucket, 'sourceColumnName'))?.kind;
        if (kind === 'MultiselectPicklist') {
            yield placeOf(bucket, 'sourceColumnName').problem(
                'The local org makes no buckets of multi-select picklists, which a real org does; take it out.',
            );
        }
        const values = textOf(bucket, 'bucketType') === 'number' ? bucket.all('values') : [];
        const bounds = values.map((value) => textOf(value.all('sourceValues')[0], 'to'));
        const wrong = values.find((_value, index) => {
            const [bound, before] = [bounds[index], bounds[index - 1]];
            const isLast = index === values.length - 1;
            return isLast ? bound !== '' : bound === '' || (before !== undefined && Number(bound) <= Number(before));
        });
        if (wrong) {
            yield wrong.problem(
                'The ranges of a bucket of numbers go up without gaps: each has <to>, larger than the one before, and the last has none.',
            );
        }
    }
}

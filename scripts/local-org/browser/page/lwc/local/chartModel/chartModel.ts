/** What a chart draws and says, read off a report's answer. Pure; how it is drawn is in chartConfig.ts. */
import type { Facts, Grouping, ReportResult } from '../analyticsApi/shapes.ts';
import type { DrillStep } from '../reportMoment/reportMoment.ts';
import {
    columnLabel,
    drillPath,
    figureLabel,
    figureOf,
    labelOf,
    NO_FIGURE,
    numberOf,
} from '../reportRows/reportRows.ts';

export type ChartKind = 'bar' | 'column' | 'line' | 'donut';

export interface ChartWish {
    /** The platform's name: `Bar`, `Vertical Column Stacked`, `Donut`, … */
    readonly type: string;
    readonly stacked: boolean;
    readonly groupings: readonly string[];
    readonly figures: readonly string[];
    readonly title: string;
    /** Groups to draw; undefined: as many as are told apart. */
    readonly most?: number | undefined;
}

export interface ChartModel {
    readonly kind: ChartKind;
    readonly stacked: boolean;
    readonly title: string;
    /** What the groups are: "Playbook". */
    readonly categoryLabel: string;
    readonly categories: readonly ChartCategory[];
    readonly series: readonly ChartSeries[];
    /** Groups that the chart has no room for; the report's table has them. */
    readonly left: number;
    /** Groups of the second grouping that are not told apart any more, and left out of every bar. */
    readonly seriesLeft: number;
    /** In a sentence, for those who do not see it. */
    readonly message: string;
}

export interface ChartCategory {
    readonly key: string;
    readonly label: string;
    readonly drill: readonly DrillStep[];
}

export interface ChartSeries {
    readonly label: string;
    /** Of the figure: int, double, currency, percent. */
    readonly dataType: string;
    /** By category; null: nothing to draw. */
    readonly values: readonly (number | null)[];
    readonly labels: readonly string[];
}

/** More bars are not told apart; a line has points. */
const MOST_CATEGORIES = 24;
const MOST_POINTS = 120;
const MOST_SERIES = 8;

/** Undefined when the report has no groups to draw, or not those that the chart names. */
export function chartModel(result: ReportResult, wish: ChartWish): ChartModel | undefined {
    const { groupingsDown, groupingsAcross, aggregates } = result.reportMetadata;
    const [first = groupingsDown[0]?.name ?? groupingsAcross[0]?.name, second] = wish.groupings;
    const figures = wish.figures.filter((name) => aggregates.includes(name));
    const isAcross = first !== undefined && groupingsAcross[0]?.name === first;
    if (!isAcross && groupingsDown[0]?.name !== first) return undefined;
    const [figure] = figures;
    if (first === undefined || figure === undefined) return undefined;

    const groups = (isAcross ? result.groupingsAcross : result.groupingsDown)?.groupings ?? [];
    const infos = isAcross ? groupingsAcross : groupingsDown;
    const kind = kindOf(wish.type);
    const categories = groups.slice(0, wish.most ?? (kind === 'line' ? MOST_POINTS : MOST_CATEGORIES));
    const factsOf = (group: Grouping): Facts | undefined =>
        result.factMap[isAcross ? `T!${group.key}` : `${group.key}!T`];
    const divided = second !== undefined && !isAcross ? dividedBy(result, categories, second) : undefined;
    const series = divided
        ? divided.slice(0, MOST_SERIES).map(({ label, facts }) => seriesOf(result, figure, label || 'Blank', facts))
        : ofOneType(result, figures).map((name) =>
              seriesOf(result, name, figureLabel(result, name), categories.map(factsOf)),
          );
    const by = [first, ...(divided && second !== undefined ? [second] : [])].map((name) => columnLabel(result, name));
    const title = wish.title || `${figureLabel(result, figure)} by ${by.join(' and ')}`;
    return {
        kind,
        stacked: wish.stacked || /stacked/i.test(wish.type),
        title,
        categoryLabel: columnLabel(result, first),
        categories: categories.map((group) => ({
            key: group.key,
            label: group.label || 'Blank',
            drill: drillPath(result, infos, [group]),
        })),
        series,
        left: groups.length - categories.length,
        seriesLeft: divided ? divided.length - series.length : 0,
        message: messageOf(
            title,
            figureLabel(result, figure),
            categories,
            categories.map(factsOf),
            (facts) => facts?.aggregates[aggregates.indexOf(figure)],
        ),
    };
}

/** What of the report the chart leaves out; blank: nothing. */
export function leftNote({ left, seriesLeft, categories, series, stacked }: ChartModel): string {
    const groups = left ? `The first ${categories.length} groups; the report has ${left} more.` : '';
    const parts = seriesLeft
        ? `The first ${series.length} parts of each group; the report has ${seriesLeft} more${stacked ? ', so that bars may be shorter than their totals' : ''}.`
        : '';
    return [groups, parts].filter(Boolean).join(' ');
}

function kindOf(type: string): ChartKind {
    if (/donut|pie/i.test(type)) return 'donut';
    if (/line|scatter/i.test(type)) return 'line';
    return /column|vertical/i.test(type) ? 'column' : 'bar';
}

/** One axis has one unit: figures of another are in the table. */
function ofOneType(result: ReportResult, figures: readonly string[]): string[] {
    const typeOf = (name: string): string => dataTypeOf(result, name);
    return figures.filter((name) => typeOf(name) === typeOf(figures[0] ?? ''));
}

const dataTypeOf = ({ reportExtendedMetadata }: ReportResult, name: string): string =>
    reportExtendedMetadata.aggregateColumnInfo[name]?.dataType.toLowerCase() ?? 'double';

function seriesOf(
    result: ReportResult,
    figure: string,
    label: string,
    facts: readonly (Facts | undefined)[],
): ChartSeries {
    const cells = facts.map((entry) => figureOf(result, entry, figure));
    return {
        label,
        dataType: dataTypeOf(result, figure),
        values: cells.map((cell) => numberOf(cell) ?? null),
        labels: cells.map(labelOf),
    };
}

/** The second grouping's groups in the order in which they first appear, with the facts of each for every category. Undefined: the report has no such grouping. */
function dividedBy(
    result: ReportResult,
    categories: readonly Grouping[],
    name: string,
): { label: string; facts: (Facts | undefined)[] }[] | undefined {
    const { groupingsDown, groupingsAcross } = result.reportMetadata;
    if (groupingsAcross[0]?.name === name) {
        return (result.groupingsAcross?.groupings ?? []).map(({ key, label }) => ({
            label,
            facts: categories.map((category) => result.factMap[`${category.key}!${key}`]),
        }));
    }
    if (groupingsDown[1]?.name !== name) return undefined;
    // By value: two people of one name are two groups.
    const parts = new Map(categories.flatMap(({ groupings }) => groupings.map(({ value, label }) => [value, label])));
    return [...parts].map(([value, label]) => ({
        label,
        facts: categories.map(({ groupings }) => {
            const group = groupings.find((candidate) => candidate.value === value);
            return group && result.factMap[`${group.key}!T`];
        }),
    }));
}

function messageOf(
    title: string,
    figure: string,
    groups: readonly Grouping[],
    facts: readonly (Facts | undefined)[],
    cellOf: (facts: Facts | undefined) => Facts['aggregates'][number] | undefined,
): string {
    const known = groups.flatMap((group, index) => {
        const cell = cellOf(facts[index]);
        const value = numberOf(cell);
        return value === undefined ? [] : [{ name: group.label || 'Blank', value, label: labelOf(cell) }];
    });
    const sorted = [...known].sort((a, b) => b.value - a.value);
    const highest = sorted[0];
    const lowest = sorted.at(-1);
    if (!highest || !lowest) return `${title}. No figures yet (${NO_FIGURE}).`;
    const said = known.length === 1 || highest.value === lowest.value ? [highest] : [highest, lowest];
    const [most, least] = said.map(({ name, label }) => `${name}, ${label}`);
    return least
        ? `${title}. ${figure}: highest ${most ?? ''}; lowest ${least}. ${known.length} groups.`
        : `${title}. ${figure}: ${known.length === 1 ? (most ?? '') : `${highest.label} in each of ${known.length} groups`}.`;
}

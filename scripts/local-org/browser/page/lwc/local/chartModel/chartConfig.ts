/** How a chart is drawn: options of Chart.js, with each value written at its bar and patterns beside the colours. */
import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import type { ChartModel, ChartSeries } from './chartModel.ts';

export interface ChartLook {
    readonly font: string;
    readonly text: string;
    readonly grid: string;
    /** Little room: short labels, the legend below. */
    readonly narrow: boolean;
    /** One for each series (of a donut: each group); repeated when there are more. */
    readonly fills: readonly (string | CanvasPattern)[];
    /** The colours of the fills, for lines. */
    readonly colours: readonly string[];
    /** Words a value of an axis. */
    readonly format: (value: number, dataType: string) => string;
}

type Kind = 'bar' | 'line' | 'doughnut';

export function chartConfig(
    model: ChartModel,
    look: ChartLook,
    onChoose: (category: number) => void,
): ChartConfiguration<Kind> {
    const { kind, categories, series, stacked } = model;
    const isDonut = kind === 'donut';
    const legend = isDonut || series.length > 1;
    const unit = series[0]?.dataType ?? 'double';
    return {
        type: isDonut ? 'doughnut' : kind === 'line' ? 'line' : 'bar',
        data: {
            labels: isDonut
                ? categories.map(({ label }, index) => `${label}: ${series[0]?.labels[index] ?? ''}`)
                : categories.map(({ label }) => label),
            datasets: (isDonut ? series.slice(0, 1) : series).map((entry, index) => dataset(model, entry, index, look)),
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            indexAxis: kind === 'bar' ? 'y' : 'x',
            font: { family: look.font, size: 12 },
            color: look.text,
            layout: { padding: kind === 'bar' ? { right: stacked ? 8 : 56 } : { top: isDonut ? 4 : 20 } },
            onClick: (_event, elements) => {
                const index = elements[0]?.index;
                if (index !== undefined) onChoose(index);
            },
            onHover: (event, elements) => {
                const target = event.native?.target;
                if (target instanceof HTMLElement) target.style.cursor = elements.length ? 'pointer' : 'default';
            },
            plugins: {
                legend: {
                    display: legend,
                    position: isDonut && !look.narrow ? 'right' : 'bottom',
                    labels: { boxWidth: 16, boxHeight: 12, color: look.text, font: { family: look.font, size: 12 } },
                },
                tooltip: {
                    callbacks: {
                        label: ({ datasetIndex, dataIndex }) => {
                            const entry = series[datasetIndex];
                            return entry ? `${entry.label}: ${entry.labels[dataIndex] ?? ''}` : '';
                        },
                    },
                },
            },
            ...(isDonut ? { cutout: '55%' } : { scales: axes(model, look, unit) }),
        },
        plugins: isDonut ? [] : [valuesAtBars(model, look)],
    };
}

function dataset(
    { kind, stacked }: ChartModel,
    { label, values }: ChartSeries,
    index: number,
    { fills, colours }: ChartLook,
): ChartConfiguration<Kind>['data']['datasets'][number] {
    const data = [...values];
    if (kind === 'donut')
        return {
            label,
            data,
            backgroundColor: values.map((_value, at) => fills[at % fills.length] ?? ''),
            borderWidth: 2,
            borderColor: '#fff',
        };
    const colour = colours[index % colours.length] ?? '';
    if (kind === 'line') {
        return {
            label,
            data,
            borderColor: colour,
            backgroundColor: colour,
            borderDash: index === 0 ? [] : [3 + 3 * index, 3],
            pointStyle: (['circle', 'rect', 'triangle', 'rectRot', 'star'] as const)[index % 5],
            pointRadius: 4,
            borderWidth: 2,
            spanGaps: false,
        };
    }
    return {
        label,
        data,
        backgroundColor: fills[index % fills.length],
        borderColor: stacked ? '#fff' : colour,
        borderWidth: stacked ? 1 : 0,
        borderRadius: stacked ? 0 : 3,
        maxBarThickness: kind === 'column' ? 56 : 28,
    };
}

function axes({ kind, stacked, series }: ChartModel, look: ChartLook, unit: string): object {
    const isWhole = series.every(({ values }) => values.every((value) => Number.isInteger(value ?? 0)));
    const font = { family: look.font, size: 12 };
    const categories = {
        stacked,
        grid: { display: false },
        offset: true,
        border: { color: look.grid },
        ticks: {
            color: look.text,
            font,
            autoSkip: kind === 'line',
            ...(kind === 'line' ? { maxRotation: 0, autoSkipPadding: 12 } : {}),
            callback(this: { getLabelForValue(value: number): string }, value: number) {
                return shortened(this.getLabelForValue(value), look.narrow ? 15 : kind === 'bar' ? 28 : 20);
            },
        },
    };
    const figures = {
        stacked,
        beginAtZero: true,
        ...(unit === 'percent' ? { suggestedMax: 100 } : {}),
        border: { display: false },
        grid: { color: look.grid },
        ticks: {
            color: look.text,
            font,
            maxTicksLimit: 5,
            ...(isWhole ? { precision: 0 } : {}),
            callback: (value: number) => look.format(value, unit),
        },
    };
    return kind === 'bar' ? { x: figures, y: categories } : { x: categories, y: figures };
}

const shortened = (label: string, most: number): string =>
    label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;

/** Each value in words at the end of its bar, within it where bars are stacked, above its point on a line. Left out where it does not fit. */
function valuesAtBars(model: ChartModel, look: ChartLook): Plugin<Kind> {
    const { kind, stacked, series, categories } = model;
    return {
        id: 'values',
        afterDatasetsDraw(chart: Chart<Kind>) {
            const { ctx } = chart;
            if (kind === 'line' && categories.length * series.length > 16) return;
            ctx.save();
            ctx.font = `600 12px ${look.font}`;
            ctx.textBaseline = 'middle';
            series.forEach(({ values, labels }, index) => {
                chart.getDatasetMeta(index).data.forEach((element, at) => {
                    if (values[at] === null || values[at] === undefined || (stacked && values[at] === 0)) return;
                    const text = labels[at] ?? '';
                    const place = element.getProps(['x', 'y', 'base', 'width', 'height'], true) as unknown as Place;
                    const width = ctx.measureText(text).width;
                    if (stacked) inSegment(ctx, kind, place, text, width);
                    else {
                        ctx.fillStyle = look.text;
                        ctx.textAlign = kind === 'bar' ? 'left' : 'center';
                        if (kind === 'bar') ctx.fillText(text, place.x + 6, place.y);
                        else if (kind === 'line')
                            ctx.fillText(
                                text,
                                place.x,
                                place.y + (isValley(values, at) && place.y + 22 < chart.chartArea.bottom ? 14 : -12),
                            );
                        else if (width < (place.width ?? 0) + 40) ctx.fillText(text, place.x, place.y - 10);
                    }
                });
            });
            ctx.restore();
        },
    };
}

/** Lower than what is beside it: a line goes up from there. */
function isValley(values: readonly (number | null)[], at: number): boolean {
    const value = values[at] ?? 0;
    const beside = [values[at - 1], values[at + 1]].filter((other) => typeof other === 'number');
    return beside.length > 0 && beside.every((other) => other > value);
}

interface Place {
    readonly x: number;
    readonly y: number;
    readonly base?: number;
    readonly width?: number;
    readonly height?: number;
}

/** On a plate of white: a pattern may lie below. */
function inSegment(
    ctx: CanvasRenderingContext2D,
    kind: ChartModel['kind'],
    place: Place,
    text: string,
    width: number,
): void {
    const { base = 0 } = place;
    const isBar = kind === 'bar';
    const length = Math.abs((isBar ? place.x : place.y) - base);
    if (length < (isBar ? width + 10 : 18)) return;
    const x = isBar ? (place.x + base) / 2 : place.x;
    const y = isBar ? place.y : (place.y + base) / 2;
    ctx.fillStyle = 'rgba(255, 255, 255, 0.88)';
    ctx.beginPath();
    ctx.roundRect(x - width / 2 - 3, y - 8, width + 6, 16, 3);
    ctx.fill();
    ctx.fillStyle = '#2e2e2e';
    ctx.textAlign = 'center';
    ctx.fillText(text, x, y + 1);
}

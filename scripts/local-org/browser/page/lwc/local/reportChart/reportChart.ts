import { api, LightningElement } from 'lwc';
import type { Chart } from 'chart.js';
import { chartConfig } from '../chartModel/chartConfig.ts';
import { leftNote, type ChartModel } from '../chartModel/chartModel.ts';
import { formatValue } from 'local/formatting';
import { COLOURS, patternFills } from './patterns.ts';

/** Height that one bar needs, and all that is not bars. */
const BAR_PX = 30;
const AROUND_PX = 64;
const NARROW_PX = 440;

/** One chart. Fires `choose` with a category's position when one of its bars is clicked; the table beside it offers the same to the keyboard. */
export default class ReportChart extends LightningElement {
    /** The title is shown above it. */
    @api caption = false;
    private shown!: ChartModel;
    private chart: Chart<'bar' | 'line' | 'doughnut'> | undefined;
    private drawn: ChartModel | undefined;
    private turn = 0;

    @api get model(): ChartModel {
        return this.shown;
    }
    set model(model: ChartModel) {
        this.shown = model;
    }

    get drawingStyle(): string {
        const { kind, categories, series, stacked } = this.shown;
        if (kind !== 'bar') return 'min-height: 14rem';
        const bars = categories.length * (stacked ? 1 : series.length);
        return `min-height: ${bars * BAR_PX + AROUND_PX}px`;
    }
    get leftNote(): string {
        return leftNote(this.shown);
    }

    override renderedCallback(): void {
        if (this.drawn === this.shown) return;
        this.drawn = this.shown;
        void this.draw();
    }
    override disconnectedCallback(): void {
        this.turn++;
        this.chart?.destroy();
        this.chart = undefined;
        this.drawn = undefined;
    }

    private async draw(): Promise<void> {
        const turn = ++this.turn;
        const library = await import('./library.ts');
        const canvas = this.refs?.['canvas'] as HTMLCanvasElement | undefined;
        if (turn !== this.turn || !canvas) return;
        this.chart?.destroy();
        const look = {
            font: getComputedStyle(document.body).fontFamily,
            text: '#2e2e2e',
            grid: '#e5e5e5',
            narrow: (canvas.parentElement?.clientWidth ?? 0) < NARROW_PX,
            fills: patternFills(canvas),
            colours: COLOURS,
            format: axisValue,
        };
        this.chart = new library.Chart(
            canvas,
            chartConfig(this.shown, look, (position) =>
                this.dispatchEvent(new CustomEvent('choose', { detail: { position } })),
            ),
        );
    }
}

function axisValue(value: number, dataType: string): string {
    switch (dataType) {
        case 'currency':
            return formatValue(value, 'Currency');
        case 'percent':
            return formatValue(value, 'Percent');
        default:
            return formatValue(value, 'Double');
    }
}

import { api, LightningElement } from 'lwc';
import type { ComponentData, DashboardComponent, ReportResult } from '../analyticsApi/shapes.ts';
import { chartModel, type ChartModel } from '../chartModel/chartModel.ts';
import { chartTable } from '../chartModel/chartTable.ts';
import { writeMoment, type DrillStep } from '../reportMoment/reportMoment.ts';
import {
    detailTable,
    grandTotals,
    summaryTable,
    type DetailTable,
    type SummaryTable,
} from '../reportRows/reportRows.ts';
import { emptyWords } from '../reportPage/reportWords.ts';
import { goTo, hrefOf } from 'local/router';
import { onlyColumns, tableColumns } from './tileTable.ts';

const NO_ACCESS =
    'You may not see a field that this tile counts. An administrator can give you access to it; the report shows the rest.';
/** Rows of a table of records on a dashboard. */
const MOST_ROWS = 20;

/** One tile: a chart with its table behind it, a figure, or a table; or why there is none of them. */
export default class DashboardTile extends LightningElement {
    @api component!: DashboardComponent;
    @api data: ComponentData | undefined;
    @api dashboardId = '';
    showsTable = false;

    get header(): string {
        return this.component.header || this.component.title || this.result?.reportMetadata.name || '';
    }
    get subtitle(): string | null {
        return this.component.header ? this.component.title : null;
    }
    get footer(): string | null {
        return this.component.footer;
    }
    get viewLabel(): string {
        return `View report: ${this.header}`;
    }
    get error(): string | undefined {
        if (!this.data) return 'The org did not answer for this tile. Refresh the dashboard.';
        const { dataStatus, errorMessage } = this.data.status;
        if (dataStatus !== 'ERROR') return this.isEmpty || !this.lacksFigure ? undefined : NO_ACCESS;
        return errorMessage ?? 'The report behind this tile did not run. View the report to see why.';
    }
    get isEmpty(): boolean {
        return this.data?.status.dataStatus === 'NODATA' || !this.result;
    }
    get emptyMessage(): string {
        return emptyWords(this.result?.reportMetadata.description ?? null, false).message;
    }
    get bodyClass(): string {
        return this.chartShown || this.metric || this.isEmpty || this.error ? 'body' : 'body body_table';
    }

    get most(): number {
        return this.component.properties.maxRows ?? MOST_ROWS;
    }
    get metric(): { value: string; label: string; spoken: string } | undefined {
        if (!this.result || !/metric|gauge/i.test(this.kind)) return undefined;
        const totals = grandTotals(this.result);
        const [wanted = totals[0]?.key] = this.figures;
        const total = totals.find(({ key }) => key === wanted);
        if (!total) return undefined;
        const label = this.component.properties.visualizationProperties?.metricLabel || total.label;
        return {
            value: total.value,
            label: label === this.header ? '' : label,
            spoken: `${total.value}, ${label}: view report`,
        };
    }
    get chart(): ChartModel | undefined {
        if (!this.result || this.isEmpty || this.error || /metric|gauge|table/i.test(this.kind)) return undefined;
        const { properties } = this.component;
        const { groupingsDown, groupingsAcross, aggregates, chart } = this.result.reportMetadata;
        const groupings = (properties.groupings ?? []).map(({ name }) => name);
        return chartModel(this.result, {
            type: this.kind,
            stacked: /stacked/i.test(properties.visualizationProperties?.groupByType ?? ''),
            groupings: groupings.length
                ? groupings
                : (chart?.groupings ?? [...groupingsDown, ...groupingsAcross].map(({ name }) => name)),
            figures: this.figures.length ? this.figures : (chart?.summaries ?? aggregates.slice(0, 1)),
            title: this.header,
            most: properties.maxRows ?? undefined,
        });
    }
    get chartShown(): boolean {
        return this.chart !== undefined && !this.showsTable;
    }
    get table(): SummaryTable | undefined {
        if (!this.result) return undefined;
        if (this.chart) return chartTable(this.chart);
        const { groupings } = tableColumns(this.component);
        return summaryTable(onlyColumns(this.result, this.component), groupings || undefined);
    }
    get records(): DetailTable | undefined {
        return this.result ? detailTable(onlyColumns(this.result, this.component)) : undefined;
    }
    get toggleLabel(): string {
        return this.showsTable ? 'Chart' : 'Table';
    }
    get toggleTitle(): string {
        return this.showsTable ? `Show the chart of ${this.header}` : `Show the figures of ${this.header} as a table`;
    }
    get reportHref(): string {
        return this.hrefInto([]);
    }
    get hrefOfGroup(): (drill: readonly DrillStep[]) => string {
        return (drill) => this.hrefInto(drill);
    }

    handleToggle(): void {
        this.showsTable = !this.showsTable;
    }
    handleChoose(event: CustomEvent<{ position: number }>): void {
        const category = this.chart?.categories[event.detail.position];
        if (category)
            goTo({ page: 'report', reportId: this.component.reportId, search: this.searchInto(category.drill) });
    }

    private get figures(): string[] {
        return (this.component.properties.aggregates ?? []).map(({ name }) => name);
    }
    /** What the tile is about was left out of the answer: a column of it may not be seen. */
    private get lacksFigure(): boolean {
        const given = this.result?.reportMetadata.aggregates ?? [];
        return this.figures.length > 0 && !this.figures.some((name) => given.includes(name));
    }
    private get kind(): string {
        return this.component.properties.visualizationType;
    }
    private get result(): ReportResult | null {
        return this.data?.reportResult ?? null;
    }
    private hrefInto(drill: readonly DrillStep[]): string {
        return hrefOf({ page: 'report', reportId: this.component.reportId, search: this.searchInto(drill) });
    }
    /** With the tile's context: the group, and the way back. */
    private searchInto(drill: readonly DrillStep[]): string {
        return writeMoment({ values: [], drill, from: this.dashboardId, details: drill.length ? true : undefined });
    }
}

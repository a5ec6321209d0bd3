import { api, LightningElement } from 'lwc';
import type { ReportDescription, ReportResult } from '../analyticsApi/shapes.ts';
import { chartModel, type ChartModel } from '../chartModel/chartModel.ts';
import {
    changesRows,
    overridesOf,
    readMoment,
    UNCHANGED,
    writeMoment,
    type DrillStep,
    type Moment,
} from '../reportMoment/reportMoment.ts';
import {
    detailTable,
    grandTotals,
    rowCount,
    summaryTable,
    type DetailTable,
    type SummaryTable,
} from '../reportRows/reportRows.ts';
import { csvHref, describeReport, runReport } from 'local/analyticsApi';
import { explain } from 'local/connection';
import { formatValue } from 'local/formatting';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { goTo, hrefOf, nameWindow } from 'local/router';
import { chips, emptyWords, type Chip } from './reportWords.ts';

/** The platform returns no more. */
const MOST_GROUPS = 2000;

/** A report as its address says: run with the filters of the moment, drawn, summed up, with the records behind it. */
export default class ReportPage extends LightningElement {
    @api reportId = '';
    report: ReportDescription | undefined;
    result: ReportResult | undefined;
    failure: string | undefined;
    loading = false;
    filtersShown = false;
    moment: Moment = UNCHANGED;
    private address = '';
    private turn = 0;
    private handler: number | undefined;

    @api get search(): string {
        return this.address;
    }
    set search(search: string) {
        if (search === this.address) return;
        this.address = search;
        this.moment = readMoment(search);
        if (this.isConnected) void this.load();
    }

    override connectedCallback(): void {
        this.handler = addHandler(() => this.load());
        void this.load();
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
        this.turn++;
    }

    get cannotOpen(): boolean {
        return this.failure !== undefined && this.report === undefined;
    }
    get name(): string {
        return this.report?.reportMetadata.name ?? '';
    }
    get description(): string | null {
        return this.report?.reportMetadata.description ?? null;
    }
    get backHref(): string {
        const { from } = this.moment;
        return hrefOf(from ? { page: 'dashboard', dashboardId: from } : { page: 'analytics', of: 'Report' });
    }
    get backLabel(): string {
        return this.moment.from ? 'Back to the dashboard' : 'Reports';
    }
    get filtersOpen(): string {
        return String(this.filtersShown);
    }
    get filtersLabel(): string {
        const { reportFilters, standardDateFilter } = this.report?.reportMetadata ?? {};
        const count = (reportFilters?.length ?? 0) + (standardDateFilter?.column ? 1 : 0);
        return `${this.filtersShown ? 'Hide filters' : 'Filters'} (${count})`;
    }
    get hasGroups(): boolean {
        return this.report?.reportMetadata.reportFormat !== 'TABULAR';
    }
    get showsRecords(): boolean {
        return !this.hasGroups || (this.moment.details ?? this.report?.reportMetadata.hasDetailRows ?? false);
    }
    get detailsLabel(): string {
        return this.showsRecords ? 'Hide records' : 'Show records';
    }
    get detailsHref(): string {
        return this.hrefWith({ details: !this.showsRecords });
    }
    get csvHref(): string {
        return this.report ? csvHref(this.reportId, overridesOf(this.report.reportMetadata, this.moment)) : '';
    }
    get resetHref(): string {
        return this.hrefWith({ ...UNCHANGED, range: undefined });
    }
    get changed(): boolean {
        return changesRows(this.moment);
    }
    get chips(): Chip[] {
        return this.report ? chips(this.report, this.moment, (moment) => this.hrefWith(moment)) : [];
    }

    get isEmpty(): boolean {
        return this.result !== undefined && this.count === 0;
    }
    get emptyHeading(): string {
        return emptyWords(this.description, this.changed).heading;
    }
    get emptyMessage(): string {
        return emptyWords(this.description, this.changed).message;
    }
    get emptyAction(): string | undefined {
        return this.changed ? 'Show the whole report' : undefined;
    }
    get failureAction(): string {
        return this.changed ? 'Show the whole report' : 'Try again';
    }
    get bodyClass(): string {
        return this.loading ? 'body body_old' : 'body';
    }
    get totals(): { key: string; label: string; value: string }[] {
        return this.result ? grandTotals(this.result) : [];
    }
    get chart(): ChartModel | undefined {
        const wish = this.result?.reportMetadata.chart;
        if (!this.result || !wish) return undefined;
        const model = chartModel(this.result, {
            type: wish.chartType,
            stacked: false,
            groupings: wish.groupings,
            figures: wish.summaries,
            title: wish.title ?? '',
        });
        // One bar says no more than the totals above it.
        return model && model.categories.length > 1 ? model : undefined;
    }
    get summary(): SummaryTable | undefined {
        return this.result && summaryTable(this.result);
    }
    get records(): DetailTable | undefined {
        return this.result && this.showsRecords ? detailTable(this.result) : undefined;
    }
    get groupsNote(): string | undefined {
        const { groupingsDown, groupingsAcross, allData } = this.result ?? {};
        const most = Math.max(groupingsDown?.groupings.length ?? 0, groupingsAcross?.groupings.length ?? 0);
        return allData === false && most >= MOST_GROUPS
            ? `Showing the first ${formatValue(most, 'Int')} groups. Narrow them by a filter to see the others; the totals count all of them.`
            : undefined;
    }
    get recordsNote(): string {
        const shown = this.records?.rows.length ?? 0;
        const number = (value: number): string => formatValue(value, 'Int');
        return shown < this.count
            ? `Showing the first ${number(shown)} of ${number(this.count)}. Narrow it by a filter to see the others; totals and groups count all of them.`
            : this.countText;
    }
    get countText(): string {
        return `${formatValue(this.count, 'Int')} ${this.count === 1 ? 'record' : 'records'}`;
    }
    get hrefOfGroup(): (drill: readonly DrillStep[]) => string {
        return (drill) => this.hrefInto(drill);
    }

    async load(): Promise<void> {
        const turn = ++this.turn;
        this.loading = true;
        try {
            const report = this.report ?? (await describeReport(this.reportId));
            if (turn !== this.turn) return;
            this.report = report;
            nameWindow(this.name);
            const result = await runReport(
                this.reportId,
                overridesOf(report.reportMetadata, this.moment),
                this.showsRecords,
            );
            if (turn !== this.turn) return;
            this.result = result;
            this.failure = undefined;
        } catch (error) {
            if (turn === this.turn) this.failure = explain(error);
        }
        if (turn === this.turn) this.loading = false;
    }

    handleFilters(): void {
        this.filtersShown = !this.filtersShown;
    }
    handleApply(event: CustomEvent<Pick<Moment, 'range' | 'values'>>): void {
        this.filtersShown = false;
        this.show({ ...this.moment, ...event.detail });
    }
    handleReset(): void {
        this.filtersShown = false;
        this.show({ ...this.moment, ...UNCHANGED, range: undefined });
    }
    handleFailure(): void {
        if (this.changed) this.handleReset();
        else void this.load();
    }
    handleChoose(event: CustomEvent<{ position: number }>): void {
        const category = this.chart?.categories[event.detail.position];
        if (category) this.show(this.into(category.drill));
    }

    private get count(): number {
        return this.result ? rowCount(this.result) : 0;
    }
    private into(drill: readonly DrillStep[]): Moment {
        const known = new Set(this.moment.drill.map(({ label }) => label));
        const added = drill.filter(({ label }) => !known.has(label));
        return { ...this.moment, drill: [...this.moment.drill, ...added], details: true };
    }
    private hrefInto(drill: readonly DrillStep[]): string {
        return this.hrefWith(this.into(drill));
    }
    private hrefWith(changes: Partial<Moment>): string {
        const search = writeMoment({ ...this.moment, ...changes });
        return hrefOf({ page: 'report', reportId: this.reportId, search });
    }
    private show(moment: Moment): void {
        const search = writeMoment(moment);
        if (search === this.address) void this.load();
        else goTo({ page: 'report', reportId: this.reportId, search });
    }
}

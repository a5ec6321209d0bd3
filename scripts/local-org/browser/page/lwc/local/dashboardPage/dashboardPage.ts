import { api, LightningElement } from 'lwc';
import type { ComponentData, DashboardComponent, DashboardLayout, DashboardResult } from '../analyticsApi/shapes.ts';
import { readDashboard } from 'local/analyticsApi';
import { explain } from 'local/connection';
import { formatValue } from 'local/formatting';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { nameWindow } from 'local/router';

interface Tile {
    readonly id: string;
    readonly component: DashboardComponent;
    readonly data: ComponentData | undefined;
    readonly style: string;
}

/** A dashboard: its tiles where the metadata places them, below one another where there is little room. */
export default class DashboardPage extends LightningElement {
    @api dashboardId = '';
    dashboard: DashboardResult | undefined;
    failure: string | undefined;
    loading = false;
    private handler: number | undefined;
    private turn = 0;

    override connectedCallback(): void {
        this.handler = addHandler(() => this.load());
        void this.load();
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
        this.turn++;
    }

    get cannotOpen(): boolean {
        return this.failure !== undefined && this.dashboard === undefined;
    }
    get name(): string {
        return this.dashboard?.dashboardMetadata.name ?? '';
    }
    get description(): string | null {
        return this.dashboard?.dashboardMetadata.description ?? null;
    }
    get asOf(): string {
        const instants = (this.dashboard?.componentData ?? []).flatMap(({ status }) => status.refreshDate ?? []).sort();
        const viewer = this.dashboard?.dashboardMetadata.runningUser?.displayName;
        const at = instants[0] ? `As of ${formatValue(instants[0], 'DateTime')}` : '';
        return [at, viewer ? `Viewing as ${viewer}` : ''].filter(Boolean).join(' · ');
    }
    get failureText(): string {
        return `${this.failure ?? ''} What is shown is older; try again with Refresh.`;
    }
    get gridClass(): string {
        return this.loading ? 'grid grid_old' : 'grid';
    }
    get gridStyle(): string {
        const layout = this.dashboard?.dashboardMetadata.layout;
        if (!layout) return '';
        return layout.gridLayout
            ? `--columns: ${layout.numColumns}; --row-height: ${layout.rowHeight}px`
            : `--columns: ${layout.columns.length}; --row-height: 0`;
    }
    get tiles(): Tile[] {
        const { dashboardMetadata, componentData } = this.dashboard ?? {};
        if (!dashboardMetadata || !componentData) return [];
        const byId = new Map(componentData.map((data) => [data.componentId, data]));
        return dashboardMetadata.components
            .map((component, index) => ({
                id: component.id,
                component,
                data: byId.get(component.id),
                place: placeOf(dashboardMetadata.layout, index),
            }))
            .sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column)
            .map(({ id, component, data, place }) => ({ id, component, data, style: styleOf(place) }));
    }

    handleRefresh(): void {
        void this.load();
    }
    async load(): Promise<void> {
        const turn = ++this.turn;
        this.loading = true;
        try {
            const dashboard = await readDashboard(this.dashboardId);
            if (turn !== this.turn) return;
            this.dashboard = dashboard;
            this.failure = undefined;
            nameWindow(this.name);
        } catch (error) {
            if (turn === this.turn) this.failure = explain(error);
        }
        if (turn === this.turn) this.loading = false;
    }
}

interface Place {
    readonly column: number;
    readonly row: number;
    readonly colspan: number;
    readonly rowspan: number;
}

/** From 0, as the API counts. */
function placeOf(layout: DashboardLayout, index: number): Place {
    if (layout.gridLayout) return layout.components[index] ?? { column: 0, row: index, colspan: 1, rowspan: 1 };
    const column = Math.max(
        0,
        layout.columns.findIndex(({ components }) => components.includes(index)),
    );
    const row = layout.columns[column]?.components.indexOf(index) ?? index;
    return { column, row, colspan: 1, rowspan: 1 };
}

const styleOf = ({ column, row, colspan, rowspan }: Place): string =>
    `--column: ${column + 1}; --row: ${row + 1}; --colspan: ${colspan}; --rowspan: ${rowspan}`;

import { api, LightningElement } from 'lwc';
import type { AnalyticsCatalog, AnalyticsEntry, AnalyticsKind, ReportEntry } from '../../../../../page-contract.ts';
import { readCatalog } from 'local/analyticsApi';
import { explain } from 'local/connection';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { hrefOf, nameWindow } from 'local/router';

interface Folder {
    readonly folder: string;
    readonly entries: {
        readonly id: string;
        readonly name: string;
        readonly description: string;
        readonly href: string;
        readonly side: string;
    }[];
}

const FORMATS: Readonly<Record<ReportEntry['format'], string>> = {
    TABULAR: 'Tabular',
    SUMMARY: 'Summary',
    MATRIX: 'Matrix',
};

/** All reports or all dashboards that the user may see, by folder. */
export default class AnalyticsList extends LightningElement {
    @api of: AnalyticsKind = 'Report';
    catalog: AnalyticsCatalog | undefined;
    failure: string | undefined;
    private handler: number | undefined;

    override connectedCallback(): void {
        this.handler = addHandler(() => this.load());
        void this.load();
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
    }
    override renderedCallback(): void {
        nameWindow(this.heading);
    }

    get isReports(): boolean {
        return this.of === 'Report';
    }
    get heading(): string {
        return this.isReports ? 'Reports' : 'Dashboards';
    }
    get failureHeading(): string {
        return `The ${this.heading.toLowerCase()} cannot be listed`;
    }
    get iconName(): string {
        return this.isReports ? 'standard:report' : 'standard:dashboard';
    }
    get countText(): string {
        if (!this.catalog) return '';
        const count = this.entries.length;
        const what = this.heading.toLowerCase();
        if (count === 0) {
            return `No ${what} yet. They come with the app's deployment, in folders that are shared with you.`;
        }
        return `${count} ${count === 1 ? what.slice(0, -1) : what}`;
    }
    get groups(): Folder[] | undefined {
        if (!this.catalog) return undefined;
        const folders = new Map<string, Folder>();
        for (const entry of this.entries) {
            const { id, name, description, folder } = entry;
            const found = folders.get(folder) ?? { folder, entries: [] };
            folders.set(folder, found);
            found.entries.push({
                id,
                name,
                description: description ?? '',
                href: hrefOf(
                    this.isReports
                        ? { page: 'report', reportId: id, search: '' }
                        : { page: 'dashboard', dashboardId: id },
                ),
                side: 'format' in entry ? FORMATS[(entry as ReportEntry).format] : '',
            });
        }
        return [...folders.values()];
    }

    async load(): Promise<void> {
        try {
            this.catalog = await readCatalog();
            this.failure = undefined;
        } catch (error) {
            this.failure = explain(error);
        }
    }

    private get entries(): readonly AnalyticsEntry[] {
        return (this.isReports ? this.catalog?.reports : this.catalog?.dashboards) ?? [];
    }
}

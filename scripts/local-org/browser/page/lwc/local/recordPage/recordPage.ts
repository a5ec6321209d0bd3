import { api, LightningElement } from 'lwc';
import type { PageComponent, PageRegion } from '../../../../../page-contract.ts';
import { explain } from 'local/connection';
import { objectOf } from 'local/objectNames';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { session } from 'local/session';

const plain = (componentName: string): PageComponent => ({ componentName, identifier: componentName, properties: {} });
/** What the platform shows for an object without a record page of its own. */
const PLAIN_REGIONS: readonly PageRegion[] = [
    { name: 'header', type: 'Region', components: [plain('force:highlightsPanel')] },
    { name: 'main', type: 'Region', components: [plain('force:detailPanel')] },
    { name: 'sidebar', type: 'Region', components: [plain('force:relatedListContainer')] },
];

/** A record through its FlexiPage: a header over a wide and a narrow column. */
export default class RecordPage extends LightningElement {
    objectApiName: string | undefined;
    failure: string | undefined;
    hasLists = true;
    private shownId = '';
    private handler: number | undefined;

    @api get recordId(): string {
        return this.shownId;
    }
    set recordId(id: string) {
        if (id === this.shownId) return;
        this.shownId = id;
        void this.findObject();
    }

    override connectedCallback(): void {
        this.handler = addHandler(() => (this.failure ? this.findObject() : Promise.resolve()));
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
    }

    get header(): readonly PageComponent[] {
        return this.regions.find(({ name }) => name === 'header')?.components ?? [];
    }
    get columns(): { name: string; className: string; components: readonly PageComponent[] }[] {
        return this.regions
            .filter(({ name, type, components }) => type === 'Region' && name !== 'header' && components.length > 0)
            .map(({ name, components }) => ({ name, components, className: `column column_${name}` }));
    }
    get columnsClass(): string {
        if (this.columns.length < 2) return 'columns';
        // Without a page of its own a record is its fields and its children, side by side.
        if (this.regions !== PLAIN_REGIONS) return 'columns columns_two';
        return this.hasLists ? 'columns columns_equal' : 'columns';
    }

    handleLists(event: CustomEvent<{ count: number }>): void {
        this.hasLists = event.detail.count > 0;
    }

    private get regions(): readonly PageRegion[] {
        return (this.objectApiName && session().recordPages[this.objectApiName]?.regions) || PLAIN_REGIONS;
    }
    private async findObject(): Promise<void> {
        const id = this.shownId;
        this.failure = undefined;
        try {
            const name = await objectOf(id);
            if (id !== this.shownId) return;
            this.objectApiName = name;
            if (!name) this.failure = `No object has records whose id looks like ${id}.`;
        } catch (error) {
            if (id === this.shownId) this.failure = explain(error);
        }
    }
}

import { api, LightningElement } from 'lwc';
import type { PageComponent } from '../../../../../page-contract.ts';
import { productComponents } from 'local/productComponents';
import { addHandler, removeHandler } from 'local/refreshHandlers';

const STAND_INS = ['force:highlightsPanel', 'force:detailPanel', 'force:relatedListContainer'];

/** One component of a page: the product's own by its bare name, stand-ins for the platform's, and a visible box for one that is neither. */
export default class PageItem extends LightningElement {
    @api recordId = '';
    @api objectApiName = '';
    constructor_: typeof LightningElement | undefined;
    failure: string | undefined;
    restarting = false;
    private component: PageComponent | undefined;
    private needsRestart = false;
    private handler: number | undefined;

    @api get item(): PageComponent | undefined {
        return this.component;
    }
    set item(component: PageComponent | undefined) {
        if (component?.identifier === this.component?.identifier) return;
        this.component = component;
        void this.load();
    }

    override connectedCallback(): void {
        this.handler = addHandler(() => this.startAnew());
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
    }

    get isHighlights(): boolean {
        return !this.restarting && this.component?.componentName === 'force:highlightsPanel';
    }
    get isDetail(): boolean {
        return !this.restarting && this.component?.componentName === 'force:detailPanel';
    }
    get isRelated(): boolean {
        return this.component?.componentName === 'force:relatedListContainer';
    }
    get failureHeading(): string {
        return `${this.component?.componentName ?? 'A component'} does not work here`;
    }
    get properties(): Record<string, unknown> {
        const { properties = {} } = this.component ?? {};
        const typed = Object.entries(properties).map(([name, value]) => [
            name,
            value === 'true' ? true : value === 'false' ? false : value,
        ]);
        return {
            ...(Object.fromEntries(typed) as Record<string, unknown>),
            recordId: this.recordId,
            objectApiName: this.objectApiName,
        };
    }

    override errorCallback(error: unknown): void {
        console.error(error);
        this.constructor_ = undefined;
        this.failure = `It stopped with: ${error instanceof Error ? error.message : String(error)}`;
    }
    retry(): void {
        void this.load();
    }
    /** A stand-in had nothing to show. */
    handleLoadFailed(): void {
        this.needsRestart = true;
    }
    /** Only what failed: a form that somebody is filling in stays. */
    private async startAnew(): Promise<void> {
        if (this.failure) await this.load();
        if (!this.needsRestart) return;
        this.needsRestart = false;
        this.restarting = true;
        await Promise.resolve();
        this.restarting = false;
    }

    private async load(): Promise<void> {
        const name = this.component?.componentName.replace(/^c:/, '') ?? '';
        this.constructor_ = undefined;
        this.failure = undefined;
        if (!name || STAND_INS.includes(name)) return;
        const load = productComponents[name];
        if (!load) {
            this.failure = name.includes(':')
                ? `The local org has no stand-in for the platform's ${name}.`
                : `No exposed component ${name} is in force-app/main/default/lwc.`;
            return;
        }
        try {
            this.constructor_ = await load();
        } catch (error) {
            this.failure = `It could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
        }
    }
}

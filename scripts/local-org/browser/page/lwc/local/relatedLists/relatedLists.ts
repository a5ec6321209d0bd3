import { api, LightningElement } from 'lwc';
import type { ListColumn, ListRow, RelatedList } from '../../../../../page-contract.ts';
import { explain } from 'local/connection';
import { objectIcon } from 'local/formatting';
import { readRelatedLists } from 'local/pageApi';
import { addHandler, removeHandler } from 'local/refreshHandlers';

interface Card {
    readonly relationshipName: string;
    readonly label: string;
    readonly heading: string;
    readonly iconName: string;
    readonly total: number;
    /** Label of the button that shows the rest; undefined when there is none. */
    readonly more: string | undefined;
    readonly columns: readonly ListColumn[];
    readonly rows: readonly ListRow[];
}

const SHOWN_AT_FIRST = 6;

/** Stand-in for the platform's related lists: children of the record, a few of each. Tells with `lists` how many there are. */
export default class RelatedLists extends LightningElement {
    lists: readonly RelatedList[] = [];
    failure: string | undefined;
    expanded: readonly string[] = [];
    private shownId = '';
    private handler: number | undefined;

    @api get recordId(): string {
        return this.shownId;
    }
    set recordId(id: string) {
        if (id === this.shownId) return;
        this.shownId = id;
        void this.load();
    }

    override connectedCallback(): void {
        this.handler = addHandler(() => this.load());
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
    }

    get cards(): Card[] {
        return this.lists.map((list) => {
            const whole = this.expanded.includes(list.relationshipName);
            const rows = whole ? list.rows : list.rows.slice(0, SHOWN_AT_FIRST);
            return {
                relationshipName: list.relationshipName,
                label: list.label,
                heading: `${list.label} (${list.total})`,
                iconName: objectIcon(list.objectApiName),
                total: list.total,
                more: rows.length < list.rows.length ? `Show all ${list.rows.length}` : undefined,
                columns: list.columns,
                rows,
            };
        });
    }

    handleMore(event: Event): void {
        const { list } = (event.currentTarget as HTMLElement).dataset;
        if (list) this.expanded = [...this.expanded, list];
    }
    async load(): Promise<void> {
        const id = this.shownId;
        try {
            const { lists } = await readRelatedLists(id);
            if (id !== this.shownId) return;
            this.lists = lists;
            this.dispatchEvent(
                new CustomEvent('lists', { detail: { count: lists.length }, bubbles: true, composed: true }),
            );
            this.failure = undefined;
        } catch (error) {
            // Where the record itself cannot be shown, the page has said so.
            const { status } = error as { status?: number };
            if (id === this.shownId && status !== 404 && status !== 403) this.failure = explain(error);
        }
    }
}

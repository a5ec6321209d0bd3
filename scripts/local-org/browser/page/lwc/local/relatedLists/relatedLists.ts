import { api, LightningElement } from 'lwc';
import type { RelatedList } from '../../../../../page-contract.ts';
import { explain } from 'local/connection';
import { formatValue, objectIcon } from 'local/formatting';
import { readRelatedLists } from 'local/pageApi';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { hrefOf } from 'local/router';

interface Card {
    readonly relationshipName: string;
    readonly label: string;
    readonly heading: string;
    readonly iconName: string;
    readonly total: number;
    /** Label of the button that shows the rest; undefined when there is none. */
    readonly more: string | undefined;
    readonly entries: readonly {
        readonly id: string;
        readonly href: string;
        readonly name: string;
        readonly facts: readonly { readonly label: string; readonly text: string }[];
    }[];
}

const FACTS = 3;
const SHOWN_AT_FIRST = 6;

/** Stand-in for the platform's related lists: children of the record, a few of each. */
export default class RelatedLists extends LightningElement {
    /** The relationship of a single list; without it all of them. */
    @api single: string | undefined;
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
        return this.lists
            .filter(({ relationshipName }) => !this.single || relationshipName === this.single)
            .map((list) => {
                const whole = this.expanded.includes(list.relationshipName);
                const rows = whole ? list.rows : list.rows.slice(0, SHOWN_AT_FIRST);
                return {
                    relationshipName: list.relationshipName,
                    label: list.label,
                    heading: `${list.label} (${list.total})`,
                    iconName: objectIcon(list.objectApiName),
                    total: list.total,
                    more: rows.length < list.rows.length ? `Show all ${list.rows.length}` : undefined,
                    entries: rows.map((row) => entryOf(list, row)),
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
            this.failure = undefined;
        } catch (error) {
            // Where the record itself cannot be shown, the page has said so.
            const { status } = error as { status?: number };
            if (id === this.shownId && status !== 404 && status !== 403) this.failure = explain(error);
        }
    }
}

function entryOf(list: RelatedList, row: RelatedList['rows'][number]): Card['entries'][number] {
    const text = (field: string, dataType: string): string =>
        row.cells[field]?.displayValue ?? formatValue(row.cells[field]?.value, dataType);
    const lead = list.columns.find(({ link }) => link === 'row') ?? list.columns[0];
    const facts = list.columns
        .filter((column) => column !== lead)
        .map(({ field, label, dataType }) => ({ label, text: text(field, dataType) }))
        .filter((fact) => fact.text);
    return {
        id: row.id,
        href: hrefOf({ page: 'record', recordId: row.id }),
        name: (lead && text(lead.field, lead.dataType)) || row.id,
        facts: facts.slice(0, FACTS),
    };
}

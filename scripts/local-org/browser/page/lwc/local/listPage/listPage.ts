import { api, LightningElement } from 'lwc';
import type { ListPage as Page } from '../../../../../page-contract.ts';
import { explain } from 'local/connection';
import { objectIcon } from 'local/formatting';
import { readList } from 'local/pageApi';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { goTo, nameWindow } from 'local/router';
import { session } from 'local/session';

const PAGE_SIZE = 100;
const TYPING_PAUSE_MS = 200;

/** An object's records through one of its list views; the server searches and sorts. */
export default class ListPage extends LightningElement {
    page: Page | undefined;
    failure: string | undefined;
    search = '';
    sort = 'Name';
    private limit = PAGE_SIZE;
    private object = '';
    private view: string | undefined;
    private turn = 0;
    private handler: number | undefined;
    private typing: ReturnType<typeof setTimeout> | undefined;

    @api get objectApiName(): string {
        return this.object;
    }
    set objectApiName(name: string) {
        if (name === this.object) return;
        this.object = name;
        Object.assign(this, { page: undefined, search: '', sort: 'Name', limit: PAGE_SIZE });
        this.loadSoon();
    }
    @api get listView(): string | undefined {
        return this.view;
    }
    set listView(name: string | undefined) {
        if (name === this.view) return;
        this.view = name;
        this.limit = PAGE_SIZE;
        this.loadSoon();
    }

    override connectedCallback(): void {
        this.handler = addHandler(() => this.load());
        void this.load();
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
        clearTimeout(this.typing);
        this.turn++;
    }

    get viewName(): string {
        return this.view ?? this.page?.listView.developerName ?? this.views[0]?.developerName ?? 'All';
    }
    get views(): readonly { developerName: string; label: string }[] {
        return session().listViews[this.object] ?? [];
    }
    get viewOptions(): { value: string; label: string }[] {
        return this.views.map(({ developerName, label }) => ({ value: developerName, label }));
    }
    get viewLabel(): string {
        const known = this.views.find(({ developerName }) => developerName === this.viewName);
        return this.page?.listView.label ?? known?.label ?? this.viewName;
    }
    get pluralLabel(): string {
        return this.page?.objectPluralLabel ?? this.object;
    }
    get searchLabel(): string {
        return `Search ${this.pluralLabel} by name`;
    }
    get iconName(): string {
        return objectIcon(this.object);
    }
    get countText(): string {
        if (!this.page) return '';
        const { rows, total } = this.page;
        if (total === 0) return this.search ? `Nothing is named like “${this.search}”.` : 'No records to show.';
        const items = `${total} ${total === 1 ? 'item' : 'items'}`;
        return rows.length < total ? `${rows.length} of ${items}` : items;
    }
    get hasMore(): boolean {
        return this.page !== undefined && this.page.rows.length < this.page.total;
    }

    async load(): Promise<void> {
        const turn = ++this.turn;
        try {
            const page = await readList({
                objectApiName: this.object,
                listView: this.view ?? this.defaultView,
                search: this.search,
                sort: this.sort,
                limit: this.limit,
            });
            if (turn !== this.turn) return;
            this.page = page;
            this.failure = undefined;
            nameWindow(page.objectPluralLabel);
        } catch (error) {
            if (turn === this.turn) this.failure = explain(error);
        }
    }

    handleView(event: CustomEvent<{ value: string }>): void {
        goTo({ page: 'list', objectApiName: this.object, listView: event.detail.value });
    }
    handleSearch(event: CustomEvent<{ value: string }>): void {
        this.search = event.detail.value;
        clearTimeout(this.typing);
        this.typing = setTimeout(() => void this.load(), TYPING_PAUSE_MS);
    }
    handleSort(event: CustomEvent<{ field: string }>): void {
        const { field } = event.detail;
        this.sort = this.sort === field ? `-${field}` : field;
        void this.load();
    }
    handleMore(): void {
        this.limit += 400;
        void this.load();
    }

    private get defaultView(): string {
        return (
            (this.views.find(({ developerName }) => /^All/.test(developerName)) ?? this.views[0])?.developerName ??
            'All'
        );
    }
    /** Both properties may change at once; one request is enough. */
    private loadSoon(): void {
        if (this.isConnected) void Promise.resolve().then(() => this.load());
    }
}

import { LightningElement, api } from 'lwc';
import { fill } from 'c/playbookFormat';
import TEXTS from './labels';

export interface ColleagueChoice {
    readonly id: string;
    readonly name: string;
    /** Job title, or ''. */
    readonly title: string;
}

/** Long enough that a name is typed on, short enough that nobody waits. */
const PAUSE_MS = 250;
const SHORTEST = 2;

/**
 * Says whose list is shown, and finds a colleague's. Fires `search` with part of a name, `choose` with a ColleagueChoice, or with null for
 * one's own list.
 */
export default class PlaybookColleagues extends LightningElement {
    /** Name of the colleague whose list is shown; blank: one's own. */
    @api shownName = '';
    /** Who was found for `searchedFor`; null: nobody has been looked for yet. */
    @api found: readonly ColleagueChoice[] | null = null;

    readonly texts = TEXTS;
    isOpen = false;
    typed = '';
    private timer: ReturnType<typeof setTimeout> | undefined;
    private nextFocus = '';

    override disconnectedCallback(): void {
        clearTimeout(this.timer);
    }

    override renderedCallback(): void {
        if (!this.nextFocus) return;
        const target = this.template?.querySelector<HTMLElement>(this.nextFocus);
        this.nextFocus = '';
        target?.focus();
    }

    get heading(): string {
        return this.shownName ? fill(this.texts.ofSomeone, this.shownName) : this.texts.mine;
    }
    get hint(): string {
        if (this.typed.trim().length < SHORTEST) return this.texts.typeMore;
        return this.found?.length === 0 ? fill(this.texts.nobody, this.typed.trim()) : '';
    }
    get choices(): readonly ColleagueChoice[] {
        return this.typed.trim().length < SHORTEST ? [] : (this.found ?? []);
    }

    handleOpen(): void {
        this.isOpen = true;
        this.nextFocus = 'lightning-input';
    }

    handleClose(): void {
        this.close('.open');
    }

    handleBack(): void {
        this.dispatchEvent(new CustomEvent('choose', { detail: null }));
        this.close('.open');
    }

    handleTyped(event: CustomEvent<{ value: string }>): void {
        this.typed = event.detail.value;
        clearTimeout(this.timer);
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- waits for the next letter, and is cleared when the component goes
        this.timer = setTimeout(() => this.tellSearch(), PAUSE_MS);
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        this.handleClose();
    }

    handleChoose(event: Event): void {
        const { id } = (event.currentTarget as HTMLElement).dataset;
        const detail = this.choices.find((choice) => choice.id === id);
        if (!detail) return;
        this.dispatchEvent(new CustomEvent('choose', { detail }));
        this.close('.back');
    }

    private close(nextFocus: string): void {
        this.isOpen = false;
        this.nextFocus = nextFocus;
        this.typed = '';
        clearTimeout(this.timer);
        this.tellSearch();
    }

    private tellSearch(): void {
        this.dispatchEvent(new CustomEvent('search', { detail: this.typed.trim() }));
    }
}

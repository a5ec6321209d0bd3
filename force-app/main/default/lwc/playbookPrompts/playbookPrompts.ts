import { LightningElement, api } from 'lwc';
import LABEL from '@salesforce/label/c.Playbook_Prompts';

export interface PromptTab {
    readonly id: string;
    readonly title: string;
    readonly tier: string;
    /** `critical`, `high` or `moderate`. */
    readonly tone: string;
    readonly selected: boolean;
}

const MOVES: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Tabs over what the account deserves now; the first is the most urgent. Fires `choose` with the id. */
export default class PlaybookPrompts extends LightningElement {
    @api tabs: readonly PromptTab[] = [];
    readonly label = LABEL;

    get views(): readonly (PromptTab & {
        className: string;
        dotClass: string;
        ariaSelected: string;
        tabIndex: string;
    })[] {
        return this.tabs.map((tab) => ({
            ...tab,
            className: tab.selected ? 'tab selected' : 'tab',
            dotClass: `dot ${tab.tone}`,
            ariaSelected: String(tab.selected),
            tabIndex: tab.selected ? '0' : '-1',
        }));
    }

    handleChoose(event: Event): void {
        this.choose((event.currentTarget as HTMLElement).dataset['id']);
    }

    /** Arrow keys move between tabs, as everywhere in Lightning. */
    handleKey(event: KeyboardEvent): void {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        const at = this.tabs.findIndex((tab) => tab.selected);
        const next = this.tabs[(at + move + this.tabs.length) % this.tabs.length];
        this.choose(next?.id);
        const buttons = this.template?.querySelectorAll<HTMLButtonElement>('button');
        [...(buttons ?? [])].find((button) => button.dataset['id'] === next?.id)?.focus();
    }

    private choose(id: string | undefined): void {
        if (id) this.dispatchEvent(new CustomEvent('choose', { detail: id }));
    }
}

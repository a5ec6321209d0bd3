import { LightningElement, api } from 'lwc';
import TEXTS from './labels';

export interface SaveCard {
    readonly id: string;
    readonly accountId: string;
    readonly accountName: string;
    /** Amount with its currency; '': unknown, or not for this user. */
    readonly arr: string;
    /** Playbook, CSM and when, in words. */
    readonly facts: string;
    readonly cause: string;
    readonly reason: string;
    /** Whether it has lasted, in words; '': not known. */
    readonly kept: string;
    readonly keptIcon: string;
    readonly keptTone: 'plain' | 'good' | 'lost';
}

export interface SavesView {
    /** How many and what they come to; '' when there are none. */
    readonly sum: string;
    /** Of these, how many have lasted so far. */
    readonly keptCounts: readonly string[];
    /** Said above the list when it holds only some. */
    readonly hint: string;
    readonly saves: readonly SaveCard[];
}

interface SaveRow extends SaveCard {
    readonly href: string;
    readonly keptClass: string;
}

/** The latest saves. Fires `open` with the account's id when its name is pressed. */
export default class PlaybookSaves extends LightningElement {
    @api view: SavesView | undefined;
    readonly texts = TEXTS;

    get rows(): readonly SaveRow[] {
        return (this.view?.saves ?? []).map((save) => ({
            ...save,
            href: `/lightning/r/Account/${save.accountId}/view`,
            keptClass: `kept ${save.keptTone}`,
        }));
    }
    get isEmpty(): boolean {
        return this.view?.saves.length === 0;
    }

    handleOpen(event: MouseEvent): void {
        // A new tab or window is the browser's business.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        const detail = (event.currentTarget as HTMLElement).dataset['account'];
        this.dispatchEvent(new CustomEvent('open', { detail }));
    }
}

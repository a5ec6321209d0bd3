import { LightningElement, api } from 'lwc';
import TEXTS from './labels';

export interface SkippedStepCard {
    readonly id: string;
    readonly accountId: string;
    readonly accountName: string;
    readonly step: string;
    readonly isRequired: boolean;
    /** Why it was skipped. */
    readonly reason: string;
    readonly note: string;
    /** CSM, when, playbook and what became of the run, in words. */
    readonly facts: string;
}

/** A longer note is folded. */
const NOTE_SHOWN = 280;

/** One skipped step; comments stand in its slot. Fires `open` with the account's id when its name is pressed. */
export default class PlaybookSkippedStep extends LightningElement {
    @api card: SkippedStepCard | undefined;
    readonly texts = TEXTS;
    private showsAll = false;

    get href(): string {
        return `/lightning/r/Account/${this.card?.accountId ?? ''}/view`;
    }
    get isFolded(): boolean {
        return !this.showsAll && (this.card?.note.length ?? 0) > NOTE_SHOWN;
    }
    get note(): string {
        const { note = '' } = this.card ?? {};
        return this.isFolded ? `${note.slice(0, NOTE_SHOWN).trimEnd()} …` : note;
    }

    handleOpen(event: MouseEvent): void {
        // A new tab or window is the browser's business.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.dispatchEvent(new CustomEvent('open', { detail: this.card?.accountId }));
    }

    handleAll(): void {
        this.showsAll = true;
    }
}

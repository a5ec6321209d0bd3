import { LightningElement, api } from 'lwc';
import HEADING from '@salesforce/label/c.Playbook_Held';
import REOPEN from '@salesforce/label/c.Playbook_Reopen';

export interface HeldLine {
    /** Of the prompt. */
    readonly id: string;
    readonly title: string;
    /** "Put aside until 3 Dec 2026 (waiting for the new budget)". */
    readonly why: string;
    readonly snoozed: boolean;
    /** Label of the way on; blank: this user may not write. */
    readonly action: string;
}

/** What is not in front, quietly: prompts that wait, and what was finished last. Fires `take` with a prompt's id, and `reopen`. */
export default class PlaybookHeld extends LightningElement {
    @api lines: readonly HeldLine[] = [];
    /** What was finished last, while it can be reopened; or ''. */
    @api closed = '';
    @api locked = false;

    readonly heading = HEADING;
    readonly reopen = REOPEN;

    get hasLines(): boolean {
        return this.lines.length > 0;
    }

    handleTake(event: Event): void {
        const { id } = (event.currentTarget as HTMLElement).dataset;
        this.dispatchEvent(new CustomEvent('take', { detail: id }));
    }

    handleReopen(): void {
        this.dispatchEvent(new CustomEvent('reopen'));
    }
}

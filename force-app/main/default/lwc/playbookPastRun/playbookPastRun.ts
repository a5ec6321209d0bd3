import { LightningElement, api } from 'lwc';
import type { RemarkCard } from 'c/playbookRemarks';
import noSteps from '@salesforce/label/c.Playbook_Past_No_Steps';
import loading from '@salesforce/label/c.Playbook_Loading';
import openRun from '@salesforce/label/c.Playbook_Open_Run';

export interface PastStep {
    /** Of the completion. */
    readonly id: string;
    readonly title: string;
    readonly icon: string;
    /** Who answered it, when, and what; or that it was not done. */
    readonly answered: string;
    readonly note: string;
    readonly remarks: readonly RemarkCard[];
}

export interface PastRunCard {
    readonly id: string;
    readonly title: string;
    /** From when to when. */
    readonly span: string;
    readonly outcome: string;
    readonly tone: 'won' | 'lost' | 'plain';
    /** Whether what was won has lasted, or ''. */
    readonly kept: string;
    /** Cause, reason, who decided, amounts: a line each. */
    readonly facts: readonly string[];
    readonly open: boolean;
    /** Steps are still being read. */
    readonly loading: boolean;
    readonly steps: readonly PastStep[];
}

/** One closed run; opened, it tells why it ended so and what was done. Fires `toggle` and `record` with its id. */
export default class PlaybookPastRun extends LightningElement {
    @api card: PastRunCard | undefined;

    readonly texts = { noSteps, loading, openRun };

    get ariaExpanded(): string {
        return String(this.card?.open === true);
    }
    get chevron(): string {
        return this.card?.open ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get outcomeClass(): string {
        return `outcome ${this.card?.tone ?? 'plain'}`;
    }
    get hasSteps(): boolean {
        return (this.card?.steps.length ?? 0) > 0;
    }

    handleToggle(): void {
        this.dispatchEvent(new CustomEvent('toggle', { detail: this.card?.id }));
    }

    handleRecord(): void {
        this.dispatchEvent(new CustomEvent('record', { detail: this.card?.id }));
    }
}

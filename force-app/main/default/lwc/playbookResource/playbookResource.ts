import { LightningElement, api } from 'lwc';
import { fill } from 'c/playbookFormat';
import TEXTS from './labels';

/** A piece of a text after merging: plain, put in, missing on the account, or a formula that does not work. */
export interface Segment {
    readonly key: string;
    readonly text: string;
    readonly className: string;
    /** Said to screen readers and on hover for a missing or broken value. */
    readonly hint: string;
}

export interface ResourceCard {
    readonly id: string;
    readonly title: string;
    readonly typeLabel: string;
    readonly iconName: string;
    /** An e-mail can be handed to the composer. */
    readonly email: boolean;
    readonly subject: readonly Segment[];
    readonly body: readonly Segment[];
    readonly url: string | null;
    /** As they are copied and composed. */
    readonly plainSubject: string;
    readonly plainBody: string;
    /** Labels of values that the account lacks. */
    readonly missing: readonly string[];
}

type Copied = 'no' | 'yes' | 'failed';

/** An e-mail, script or link. Fires `playbookcompose` with the card when the composer is wanted. */
export default class PlaybookResource extends LightningElement {
    @api card: ResourceCard | undefined;
    readonly texts = TEXTS;
    open = false;
    copied: Copied = 'no';

    get ariaExpanded(): string {
        return String(this.open);
    }

    get chevron(): string {
        return this.open ? 'utility:chevrondown' : 'utility:chevronright';
    }

    get hasText(): boolean {
        return (this.card?.body.length ?? 0) > 0;
    }

    get hasSubject(): boolean {
        return (this.card?.subject.length ?? 0) > 0;
    }

    get missingText(): string {
        const missing = this.card?.missing ?? [];
        return missing.length > 0 ? fill(this.texts.missing, missing.join(', ')) : '';
    }

    get copyLabel(): string {
        return this.copied === 'yes' ? this.texts.copied : this.texts.copy;
    }

    get copyFailed(): boolean {
        return this.copied === 'failed';
    }

    toggle(): void {
        this.open = !this.open;
    }

    async handleCopy(): Promise<void> {
        const { card } = this;
        if (!card) return;
        const text = card.plainSubject ? `${card.plainSubject}\n\n${card.plainBody}` : card.plainBody;
        try {
            await navigator.clipboard.writeText(text);
            this.copied = 'yes';
        } catch {
            // The browser may forbid it (an embedded page, an old phone): the text is there to be selected by hand.
            this.copied = 'failed';
        }
    }

    handleCompose(): void {
        this.dispatchEvent(new CustomEvent('playbookcompose', { detail: this.card, bubbles: true, composed: true }));
    }
}

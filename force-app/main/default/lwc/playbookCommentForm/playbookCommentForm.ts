import { LightningElement, api } from 'lwc';
import TEXTS from './labels';

/** As long as the field. */
const LONGEST = 4000;

/** A comment as it is written. Fires `draft` with the text whenever something is typed, `save` with the text, `cancel`. */
export default class PlaybookCommentForm extends LightningElement {
    /** What is written so far; whoever shows the form keeps it. */
    @api text = '';
    /** It is on its way. */
    @api saving = false;

    readonly texts = TEXTS;
    readonly longest = LONGEST;
    problem = '';
    private hasFocused = false;

    /** The form has just been asked for: the keyboard follows. */
    override renderedCallback(): void {
        if (this.hasFocused) return;
        this.hasFocused = true;
        this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
    }

    handleTyped(event: CustomEvent<{ value: string }>): void {
        this.problem = '';
        this.dispatchEvent(new CustomEvent('draft', { detail: event.detail.value }));
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key === 'Escape') {
            // A page may close something of its own with that key.
            event.stopPropagation();
            this.handleCancel();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.handleSave();
        }
    }

    handleSave(): void {
        if (this.saving) return;
        const text = this.text.trim();
        this.problem = text === '' ? this.texts.empty : '';
        if (text !== '') this.dispatchEvent(new CustomEvent('save', { detail: text }));
    }

    handleCancel(): void {
        if (!this.saving) this.dispatchEvent(new CustomEvent('cancel'));
    }
}

import { LightningElement, api } from 'lwc';

/** A state told in words, with at most one way on. Fires `action` when that is taken. */
export default class PlaybookMessage extends LightningElement {
    @api heading = '';
    @api text = '';
    /** The org's own words, for the person who can mend it. */
    @api details: readonly string[] = [];
    @api iconName = 'utility:info';
    /** `calm` or `problem`. */
    @api tone: 'calm' | 'problem' = 'calm';
    /** Label of the way on; blank: none. */
    @api actionLabel = '';

    get role(): string {
        return this.tone === 'problem' ? 'alert' : 'status';
    }

    get iconVariant(): string {
        return this.tone === 'problem' ? 'error' : 'success';
    }

    get hasDetails(): boolean {
        return this.details.length > 0;
    }

    handleAction(): void {
        this.dispatchEvent(new CustomEvent('action'));
    }
}

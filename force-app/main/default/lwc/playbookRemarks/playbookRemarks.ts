import { LightningElement, api } from 'lwc';
import HEADING from '@salesforce/label/c.Playbook_Comments';

export interface RemarkCard {
    readonly id: string;
    /** Who and when, in words. */
    readonly about: string;
    readonly text: string;
}

/** What managers wrote about a step, to read. */
export default class PlaybookRemarks extends LightningElement {
    @api cards: readonly RemarkCard[] = [];

    readonly heading = HEADING;

    get hasCards(): boolean {
        return this.cards.length > 0;
    }
}

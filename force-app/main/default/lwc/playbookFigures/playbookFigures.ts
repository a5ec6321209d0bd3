import { LightningElement, api } from 'lwc';
import LABEL from '@salesforce/label/c.Playbook_Figures';

export interface FigureView {
    readonly key: string;
    readonly label: string;
    readonly value: string;
    /** A second line: a date, an age, what is missing. */
    readonly note: string;
    readonly tone: 'plain' | 'bad' | 'good' | 'missing';
}

/** The account's figures at a glance. */
export default class PlaybookFigures extends LightningElement {
    @api figures: readonly FigureView[] = [];
    /** How old the figures are, or why that is not known. */
    @api age = '';
    @api stale = false;
    readonly label = LABEL;

    get views(): readonly (FigureView & { readonly className: string })[] {
        return this.figures.map((figure) => ({ ...figure, className: `value ${figure.tone}` }));
    }

    get ageIcon(): string {
        return this.stale ? 'utility:warning' : 'utility:clock';
    }

    get ageVariant(): string {
        return this.stale ? 'warning' : '';
    }
}

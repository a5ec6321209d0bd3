import { LightningElement, api } from 'lwc';
import TEXTS from './labels';

export interface ReceiptView {
    /** done: the person did it. told: somebody else was first. */
    readonly tone: 'done' | 'told';
    /** Name of the account, when its row is gone; else ''. */
    readonly about: string;
    readonly text: string;
    readonly canUndo: boolean;
    /** The action, or its undo, is on its way. */
    readonly saving: boolean;
}

/** Says in one line what was just done. Fires `undo` and `dismiss`. */
export default class PlaybookReceipt extends LightningElement {
    @api view: ReceiptView | undefined;
    readonly texts = TEXTS;

    get isDone(): boolean {
        return this.view?.tone === 'done';
    }
    get showsActions(): boolean {
        return this.view?.saving === false;
    }

    /** Puts the keyboard on the line: what was pressed is gone, and the way back comes next. */
    @api
    focusLine(): void {
        this.template?.querySelector<HTMLElement>('.line')?.focus();
    }

    handleUndo(): void {
        this.dispatchEvent(new CustomEvent('undo'));
    }

    handleDismiss(): void {
        this.dispatchEvent(new CustomEvent('dismiss'));
    }
}

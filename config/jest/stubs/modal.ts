/** Stands in for `lightning/modal`: `open` is a mock that answers "dismissed" until a test says otherwise; `close` tells the test. */
import { LightningElement, api } from 'lwc';

export default class LightningModal extends LightningElement {
    static open = jest.fn((): Promise<unknown> => Promise.resolve(undefined));

    @api label = '';
    @api size = 'medium';
    @api description = '';
    @api disableClose = false;

    /** On the platform the page removes the modal and resolves `open`; a test listens for `close` and reads `detail`. */
    @api close(result?: unknown): void {
        this.dispatchEvent(new CustomEvent('close', { detail: result }));
    }
}

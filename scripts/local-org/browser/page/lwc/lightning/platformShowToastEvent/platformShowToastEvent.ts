import type { ToastOptions } from 'lightning/platformShowToastEvent';

export const ShowToastEventName = 'lightning__showtoast';

/** Bubbles to the page, which shows it. */
export class ShowToastEvent extends CustomEvent<ToastOptions> {
    constructor(options: ToastOptions) {
        super(ShowToastEventName, { bubbles: true, composed: true, cancelable: true, detail: options });
    }
}

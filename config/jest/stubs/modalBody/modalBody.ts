import { LightningElement, api } from 'lwc';

/** The shipped stub has no slot, so nothing inside a modal would exist for a test. */
export default class ModalBody extends LightningElement {
    @api label = '';
}

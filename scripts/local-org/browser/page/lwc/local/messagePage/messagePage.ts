import { api, LightningElement } from 'lwc';

/** A page or a card that has nothing to show and says why. Fires `retry` when its button is not a link. */
export default class MessagePage extends LightningElement {
    @api heading = '';
    @api message = '';
    @api iconName = 'utility:info_alt';
    @api actionLabel: string | undefined;
    @api actionHref: string | undefined;
    @api urgent = false;
    /** Within a page that has a heading of its own. */
    @api nested = false;

    get role(): string {
        return this.urgent ? 'alert' : 'status';
    }
    handleAction(): void {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}

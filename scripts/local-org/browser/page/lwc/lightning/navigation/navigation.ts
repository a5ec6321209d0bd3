/** Stand-in for the platform's module: page references become addresses of this page. */
import type { LightningElement } from 'lwc';
import type { NavigationMembers, PageReference } from 'lightning/navigation';
import { follow } from 'local/router';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';

const Navigate = Symbol('Navigate');

function mixin<Base extends LightningElement>(base: new () => Base): new () => Base & NavigationMembers {
    // The language's rules for mixins want a constructor type without type parameters.
    const Parent = base as unknown as new () => LightningElement;
    class Navigating extends Parent {
        [Navigate](reference: PageReference, replace?: boolean): void {
            try {
                follow(reference, replace);
            } catch (error) {
                const message = error instanceof Error ? error.message : String(error);
                this.dispatchEvent(new ShowToastEvent({ title: 'Not in the local org', message, variant: 'warning' }));
            }
        }
    }
    return Navigating as unknown as new () => Base & NavigationMembers;
}

export const NavigationMixin = Object.assign(mixin, { Navigate });

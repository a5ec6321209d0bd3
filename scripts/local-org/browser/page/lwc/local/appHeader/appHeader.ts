import { api, LightningElement } from 'lwc';
import formFactor from '@salesforce/client/formFactor';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { explain } from 'local/connection';
import { switchUser } from 'local/pageApi';
import { hrefOf, type Route } from 'local/router';
import { session } from 'local/session';
import type { NavigationItem } from '../../../../../page-contract.ts';

interface Tab {
    readonly label: string;
    readonly href: string;
    readonly className: string;
    readonly current: 'page' | null;
}

export default class AppHeader extends LightningElement {
    @api route!: Route;

    get organization(): string {
        return session().organization.name;
    }
    get notice(): string | null {
        return session().notice;
    }
    get appLabel(): string {
        return session().app.label;
    }
    get maySetup(): boolean {
        return session().user.setup;
    }
    get userLabel(): string {
        const current = session().users.find((user) => user.current);
        if (!current) return session().user.name;
        return formFactor === 'Small' ? current.name : `${current.name} · ${current.persona}`;
    }
    get choices(): { username: string; label: string; current: boolean }[] {
        return session().users.map(({ username, name, persona, current }) => ({
            username,
            label: `${name} · ${persona}`,
            current,
        }));
    }
    get tabs(): Tab[] {
        return session().app.navigation.map((item) => {
            const route = routeOfTab(item);
            const current = isOn(route, this.route);
            return {
                label: item.label,
                href: hrefOf(route),
                className: current ? 'tab tab_current' : 'tab',
                current: current ? 'page' : null,
            };
        });
    }

    async handleSelect(event: CustomEvent<{ value: string }>): Promise<void> {
        try {
            await switchUser(event.detail.value);
            window.location.reload();
        } catch (error) {
            const message = explain(error);
            this.dispatchEvent(new ShowToastEvent({ title: 'The user was not switched', message, variant: 'error' }));
        }
    }
}

function routeOfTab(item: NavigationItem): Route {
    switch (item.kind) {
        case 'object':
            return { page: 'list', objectApiName: item.objectApiName };
        case 'analytics':
            return { page: 'analytics', of: item.of };
        default:
            return { page: 'tab', tab: item.tab };
    }
}

/** Whether the page belongs to the tab; a report is under Reports. */
function isOn(tab: Route, route: Route): boolean {
    switch (tab.page) {
        case 'list':
            return route.page === 'list' && route.objectApiName === tab.objectApiName;
        case 'analytics':
            return route.page === tab.of.toLowerCase() || (route.page === 'analytics' && route.of === tab.of);
        default:
            return route.page === 'tab' && tab.page === 'tab' && route.tab === tab.tab;
    }
}

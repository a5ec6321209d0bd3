import { api, LightningElement } from 'lwc';
import formFactor from '@salesforce/client/formFactor';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { explain } from 'local/connection';
import { switchUser } from 'local/pageApi';
import { hrefOf, type Route } from 'local/router';
import { session } from 'local/session';

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
            const route: Route =
                item.kind === 'object'
                    ? { page: 'list', objectApiName: item.objectApiName }
                    : { page: 'tab', tab: item.tab };
            const current =
                item.kind === 'object'
                    ? this.route.page === 'list' && this.route.objectApiName === item.objectApiName
                    : this.route.page === 'tab' && this.route.tab === item.tab;
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

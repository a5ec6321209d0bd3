import { api, LightningElement } from 'lwc';
import type { PageComponent } from '../../../../../page-contract.ts';
import { session } from 'local/session';

/** A tab that shows one component, or an app page. */
export default class TabPage extends LightningElement {
    @api tab = '';

    get items(): readonly PageComponent[] {
        const entry = session().app.navigation.find(({ tab }) => tab === this.tab);
        if (entry?.kind === 'component') {
            return [{ componentName: entry.componentName, identifier: entry.tab, properties: {} }];
        }
        if (entry?.kind !== 'page') return [];
        return session().appPages[entry.pageName]?.regions.flatMap(({ components }) => components) ?? [];
    }
    get unknown(): string | undefined {
        return this.items.length ? undefined : `This app has no tab ${this.tab}, or you may not see it.`;
    }
}

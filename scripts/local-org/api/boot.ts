import type { Application, Tab } from '../metadata/schema.ts';
import type { AnalyticsKind, Boot, NavigationItem, PageUser } from '../page-contract.ts';
import { equals } from '../store/conditions.ts';
import { selectRecords } from '../store/read.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { choicesOf } from './lists.ts';

const HOME = 'standard-home';
/** Tabs of the platform's own pages for what is reported; everybody who has the app may open them, and folders say what they show. */
const ANALYTICS: ReadonlyMap<string, { readonly of: AnalyticsKind; readonly label: string }> = new Map([
    ['standard-report', { of: 'Report', label: 'Reports' }],
    ['standard-Dashboard', { of: 'Dashboard', label: 'Dashboards' }],
]);

/** All the page needs before its first component runs. */
export function bootOf(store: OrgStore, session: Session): Boot {
    const { config, schema } = store;
    // The configured app, or in an org that has others the first of them.
    const [first] = schema.applications.values();
    const application = schema.applications.get(config.app) ?? first;
    const tabs =
        application && session.access.seesApplication(application.name)
            ? application.tabs
            : // Without the app, Lightning still lists accounts.
              ['standard-Account'];
    return {
        organization: { name: config.organization.name },
        user: pageUser(store, session),
        notice: hasInvented(store)
            ? 'Accounts, runs and people marked (generated) are an invented history: it shows what the reports look like, and says nothing about real customers.'
            : null,
        users: config.users
            .filter(({ active }) => active !== false)
            .map((user) => ({
                username: user.username,
                name: `${user.firstName} ${user.lastName}`,
                persona: user.persona,
                current: user.username === session.username,
            })),
        app: {
            label: application?.label ?? 'No app is deployed',
            navigation: tabs.flatMap((tab) =>
                tab === HOME ? homeItem(application) : navigationItem(store, session, tab),
            ),
        },
        recordPages: Object.fromEntries(
            (application?.recordPages ?? []).flatMap(({ objectApiName, pageName }) => {
                const page = schema.flexiPages.get(pageName);
                return page ? [[objectApiName, { regions: page.regions }]] : [];
            }),
        ),
        appPages: Object.fromEntries(
            [...schema.flexiPages.values()]
                .filter((page) => page.type !== 'RecordPage')
                .map(({ name, regions }) => [name, { regions }]),
        ),
        listViews: Object.fromEntries(
            [...schema.objects.values()]
                .filter((object) => object.kind !== 'metadata' && session.access.rights(object).read)
                .map((object) => [object.name, choicesOf(object)]),
        ),
        apiVersion: schema.apiVersion,
    };
}

function hasInvented(store: OrgStore): boolean {
    const account = store.schema.objects.get('Account');
    if (!account?.fields.has('Name')) return false;
    const where = { kind: 'like', path: 'Name', pattern: '%(generated)' } as const;
    return selectRecords(store, store.system, { object: 'Account', fields: ['Id'], where, limit: 1 }).rows.length > 0;
}

function pageUser(store: OrgStore, session: Session): PageUser {
    const { rows } = selectRecords(store, store.system, {
        object: 'User',
        fields: ['Name'],
        where: equals('Id', session.userId),
    });
    return {
        id: session.userId,
        username: session.username,
        name: String(rows[0]?.values['Name'] ?? ''),
        timeZone: session.timeZone,
        locale: session.locale,
        language: store.config.users.find((user) => user.username === session.username)?.language ?? 'en',
        currency: session.currency,
        setup: session.access.may('CustomizeApplication'),
        customPermissions: session.access.customPermissions,
    };
}

/** Everybody may see the home page; one of the platform's own the local org does not have. */
function homeItem(application: Application | undefined): readonly NavigationItem[] {
    const pageName = application?.homePage ?? null;
    return pageName === null ? [] : [{ kind: 'page', tab: HOME, label: 'Home', pageName }];
}

/** Nothing for a tab that the user may not see, or whose page the local org does not have. */
function navigationItem(store: OrgStore, session: Session, tabName: string): readonly NavigationItem[] {
    const analytics = ANALYTICS.get(tabName);
    if (analytics) return [{ kind: 'analytics', tab: tabName, ...analytics }];
    const standard = /^standard-(\w+)$/.exec(tabName)?.[1];
    if (standard !== undefined) {
        const object = store.schema.objects.get(standard);
        return object && session.access.rights(object).read
            ? [{ kind: 'object', tab: tabName, label: object.pluralLabel, objectApiName: object.name }]
            : [];
    }
    const tab = store.schema.tabs.get(tabName);
    return tab && session.access.seesTab(tabName) ? customItem(store, session, tab) : [];
}

function customItem(store: OrgStore, session: Session, { name, label, target }: Tab): readonly NavigationItem[] {
    switch (target.kind) {
        case 'object': {
            const object = store.schema.objects.get(target.objectApiName);
            return object && session.access.rights(object).read
                ? [{ kind: 'object', tab: name, label, objectApiName: object.name }]
                : [];
        }
        case 'component':
            return [{ kind: 'component', tab: name, label, componentName: target.componentName }];
        case 'page':
            return [{ kind: 'page', tab: name, label, pageName: target.pageName }];
    }
}

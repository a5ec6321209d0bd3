/** Which page the address names, and Salesforce's page references for it. */
import type { PageReference } from 'lightning/navigation';
import type { AnalyticsKind } from '../../../../../page-contract.ts';
import { session } from 'local/session';

export type Route =
    | { readonly page: 'list'; readonly objectApiName: string; readonly listView?: string | undefined }
    | { readonly page: 'record'; readonly recordId: string; readonly objectApiName?: string | undefined }
    | { readonly page: 'tab'; readonly tab: string }
    /** The list of all reports or of all dashboards. */
    | { readonly page: 'analytics'; readonly of: AnalyticsKind }
    /** `search`: of the address, `?` included; what the page shows for the moment. */
    | { readonly page: 'report'; readonly reportId: string; readonly search: string }
    | { readonly page: 'dashboard'; readonly dashboardId: string }
    | { readonly page: 'setup'; readonly type?: string | undefined; readonly record?: string | undefined }
    | { readonly page: 'unknown'; readonly path: string };

/** The record part of the Setup address that stands for a record yet to be made. Not a developer name: those start with a letter. */
export const NEW_RECORD = '-new';

const HOME_TAB = 'standard-home';
/** First characters of their ids. */
const REPORT_PREFIX = '00O';
const DASHBOARD_PREFIX = '01Z';

type Listener = (route: Route) => void;
const listeners = new Set<Listener>();
const actions = new Map<string, (reference: PageReference) => void>();

export function currentRoute(): Route {
    return parseRoute(window.location.pathname, new URLSearchParams(window.location.search));
}

export function parseRoute(pathname: string, search: URLSearchParams): Route {
    const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    if (parts.length === 0 || (parts[0] === 'lightning' && (parts.length === 1 || parts[1] === 'page'))) return home();
    const [root, kind, first, second] = parts;
    if (root === 'setup' && parts.length <= 3) return { page: 'setup', type: kind, record: first };
    if (root === 'lightning') {
        if (kind === 'o' && isAnalytics(first)) return { page: 'analytics', of: first };
        if (kind === 'r') {
            const id = first && second && isAnalytics(first) ? second : first;
            if (id?.startsWith(REPORT_PREFIX)) return { page: 'report', reportId: id, search: searchText(search) };
            if (id?.startsWith(DASHBOARD_PREFIX)) return { page: 'dashboard', dashboardId: id };
        }
        if (kind === 'o' && first && (second === undefined || second === 'list')) {
            return { page: 'list', objectApiName: first, listView: search.get('filterName') ?? undefined };
        }
        if (kind === 'r' && first && (second === undefined || second === 'view')) {
            return { page: 'record', recordId: first };
        }
        if (kind === 'r' && first && second) return { page: 'record', objectApiName: first, recordId: second };
        if (kind === 'n' && first) return { page: 'tab', tab: first };
    }
    return { page: 'unknown', path: pathname };
}

const isAnalytics = (name: string | undefined): name is AnalyticsKind => name === 'Report' || name === 'Dashboard';
const searchText = (search: URLSearchParams): string => (search.size ? `?${search.toString()}` : '');

/** The app's home page, or else its first tab. */
function home(): Route {
    const { navigation } = session().app;
    const first = navigation.find(({ tab }) => tab === HOME_TAB) ?? navigation[0];
    if (first?.kind === 'object') return { page: 'list', objectApiName: first.objectApiName };
    if (first?.kind === 'analytics') return { page: 'analytics', of: first.of };
    if (first) return { page: 'tab', tab: first.tab };
    return { page: 'list', objectApiName: 'Account' };
}

export function hrefOf(route: Route): string {
    switch (route.page) {
        case 'list':
            return `/lightning/o/${route.objectApiName}/list${route.listView ? `?filterName=${encodeURIComponent(route.listView)}` : ''}`;
        case 'record':
            return `/lightning/r/${route.objectApiName ? `${route.objectApiName}/` : ''}${route.recordId}/view`;
        case 'tab':
            return route.tab === HOME_TAB ? '/lightning/page/home' : `/lightning/n/${route.tab}`;
        case 'analytics':
            return `/lightning/o/${route.of}/home`;
        case 'report':
            return `/lightning/r/Report/${route.reportId}/view${route.search}`;
        case 'dashboard':
            return `/lightning/r/Dashboard/${route.dashboardId}/view`;
        case 'setup':
            return ['/setup', route.type, route.record].filter(Boolean).join('/');
        case 'unknown':
            return route.path;
    }
}

export function goTo(route: Route, replace = false): void {
    window.history[replace ? 'replaceState' : 'pushState']({}, '', hrefOf(route));
    announce();
}

export function onRouteChange(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

window.addEventListener('popstate', announce);
function announce(): void {
    const route = currentRoute();
    for (const listener of listeners) listener(route);
}

/** Title of the browser's window; blank for the app's own name alone. */
export function nameWindow(what: string): void {
    document.title = [what, session().app.label, 'Local org'].filter(Boolean).join(' | ');
}

/** Registers what a `standard__quickAction` does, by its API name (`Global.SendEmail`). */
export function registerAction(apiName: string, run: (reference: PageReference) => void): void {
    actions.set(apiName, run);
}

/** Follows a page reference; throws, naming it, when the local org has no such page. */
export function follow(reference: PageReference, replace = false): void {
    const apiName = text(reference.attributes?.['apiName']);
    if (reference.type === 'standard__quickAction') {
        const run = apiName && actions.get(apiName);
        if (!run) throw new Error(`The local org has no quick action ${apiName ?? '(without apiName)'}.`);
        run(reference);
        return;
    }
    goTo(routeOf(reference), replace);
}

export function routeOf({ type, attributes = {} }: PageReference): Route {
    const recordId = text(attributes['recordId']);
    const objectApiName = text(attributes['objectApiName']);
    if (type === 'standard__recordPage' && recordId) return { page: 'record', recordId, objectApiName };
    throw new Error(`The local org has no page for a reference of type ${type}.`);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

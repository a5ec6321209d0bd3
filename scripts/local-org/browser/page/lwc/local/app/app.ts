import { LightningElement } from 'lwc';
import type { ToastOptions } from 'lightning/platformShowToastEvent';
import Toast from 'lightning/toast';
import ToastContainer from 'lightning/toastContainer';
import { registerEmailComposer } from 'local/emailComposer';
import { runHandlers } from 'local/refreshHandlers';
import { refetchRecord } from 'local/recordCache';
import { currentRoute, goTo, nameWindow, onRouteChange, parseRoute, type Route } from 'local/router';

/** The frame of every page: header, banner, the page that the address names, toasts, links and refreshes. */
export default class App extends LightningElement {
    route: Route = currentRoute();
    private stopRouting: (() => void) | undefined;

    override connectedCallback(): void {
        const toasts = ToastContainer.instance();
        toasts.maxToasts = 3;
        toasts.toastPosition = 'top-center';
        registerEmailComposer();
        this.stopRouting = onRouteChange((route) => {
            this.route = route;
            window.scrollTo(0, 0);
            nameWindow('');
            this.template?.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
        });
        this.template?.addEventListener('lightning__showtoast', this.showToast);
        this.template?.addEventListener('lightning__refresh', this.refresh);
        this.template?.addEventListener('click', this.followLink);
        nameWindow('');
    }
    override disconnectedCallback(): void {
        this.stopRouting?.();
    }

    get list(): Route | undefined {
        return this.route.page === 'list' ? this.route : undefined;
    }
    /** One or none, as a list: another record gets a new page, as on the platform, and not the old one with another id. */
    get records(): Route[] {
        return this.route.page === 'record' ? [this.route] : [];
    }
    get tab(): Route | undefined {
        return this.route.page === 'tab' ? this.route : undefined;
    }
    get setup(): Route | undefined {
        return this.route.page === 'setup' ? this.route : undefined;
    }

    get analytics(): Route | undefined {
        return this.route.page === 'analytics' ? this.route : undefined;
    }
    /** As with records: another report gets a page of its own. */
    get reports(): Route[] {
        return this.route.page === 'report' ? [this.route] : [];
    }
    get dashboards(): Route[] {
        return this.route.page === 'dashboard' ? [this.route] : [];
    }
    get unknown(): boolean {
        return this.route.page === 'unknown';
    }

    focusContent(event: Event): void {
        event.preventDefault();
        this.template?.querySelector<HTMLElement>('main')?.focus();
    }

    private readonly showToast = (event: Event): void => {
        event.stopPropagation(); // the container listens at the document and would show it again
        const { title, message, variant = 'info', mode = 'dismissible' } = (event as CustomEvent<ToastOptions>).detail;
        Toast.show({ label: title, variant, mode, ...(message ? { message } : {}) });
    };
    private readonly refresh = (event: Event): void => {
        event.stopPropagation();
        void runHandlers();
        // What the platform's own components on the page do by themselves.
        if (this.route.page === 'record') void refetchRecord(this.route.recordId).catch(() => undefined);
    };
    /** Links within the app change the page without loading it anew. */
    private readonly followLink = (event: Event): void => {
        const click = event as MouseEvent;
        if (click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey) return;
        const link = click.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
        const href = link?.getAttribute('href');
        if (!link || !href?.startsWith('/') || link.target === '_blank' || link.hasAttribute('download')) return;
        click.preventDefault();
        const url = new URL(href, window.location.origin);
        if (url.href !== window.location.href) goTo(parseRoute(url.pathname, url.searchParams));
    };
}

import { LightningElement } from 'lwc';
import type { ToastOptions } from 'lightning/platformShowToastEvent';
import Toast from 'lightning/toast';
import ToastContainer from 'lightning/toastContainer';
import { registerEmailComposer } from 'local/emailComposer';
import { runHandlers } from 'local/refreshHandlers';
import { currentRoute, goTo, onRouteChange, parseRoute, type Route } from 'local/router';
import { session } from 'local/session';

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
            this.nameWindow();
        });
        this.template?.addEventListener('lightning__showtoast', this.showToast);
        this.template?.addEventListener('lightning__refresh', this.refresh);
        this.template?.addEventListener('click', this.followLink);
        this.nameWindow();
    }
    override disconnectedCallback(): void {
        this.stopRouting?.();
    }

    get list(): Route | undefined {
        return this.route.page === 'list' ? this.route : undefined;
    }
    get record(): Route | undefined {
        return this.route.page === 'record' ? this.route : undefined;
    }
    get tab(): Route | undefined {
        return this.route.page === 'tab' ? this.route : undefined;
    }
    get setup(): Route | undefined {
        return this.route.page === 'setup' ? this.route : undefined;
    }

    focusContent(event: Event): void {
        event.preventDefault();
        this.template?.querySelector<HTMLElement>('main')?.focus();
    }

    private nameWindow(): void {
        document.title = `${session().app.label} | Local org`;
    }
    private readonly showToast = (event: Event): void => {
        event.stopPropagation(); // the container listens at the document and would show it again
        const {
            title,
            message,
            messageData,
            variant = 'info',
            mode = 'dismissible',
        } = (event as CustomEvent<ToastOptions>).detail;
        const links = messageData?.map((entry) =>
            typeof entry === 'string' ? { label: entry, url: '' } : { ...entry },
        );
        Toast.show({
            label: title,
            variant,
            mode,
            ...(message ? { message } : {}),
            ...(links ? { messageLinks: links } : {}),
        });
    };
    private readonly refresh = (event: Event): void => {
        event.stopPropagation();
        void runHandlers();
    };
    /** Links within the app change the page without loading it anew. */
    private readonly followLink = (event: Event): void => {
        const click = event as MouseEvent;
        if (click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey) return;
        const link = click.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
        const href = link?.getAttribute('href');
        if (!link || !href?.startsWith('/') || link.target === '_blank') return;
        click.preventDefault();
        const url = new URL(href, window.location.origin);
        if (url.href !== window.location.href) goTo(parseRoute(url.pathname, url.searchParams));
    };
}

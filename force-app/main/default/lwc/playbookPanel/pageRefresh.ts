import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';

/**
 * Calls `read` when the page gets the focus back (there is no push: that is when another person's or tab's work shows), and when the page asks
 * for a refresh. Returns what ends it. `hosts`: see joinPageRefresh.
 */
export function watchPage(hosts: Parameters<typeof joinPageRefresh>[0], read: () => Promise<void>): () => void {
    const handleFocus = (): void => {
        if (document.visibilityState === 'visible') void read();
    };
    window.addEventListener('focus', handleFocus);
    document.addEventListener('visibilitychange', handleFocus);
    const refreshId = joinPageRefresh(hosts, read);
    return () => {
        window.removeEventListener('focus', handleFocus);
        document.removeEventListener('visibilitychange', handleFocus);
        if (refreshId !== undefined) unregisterRefreshHandler(refreshId);
    };
}

/**
 * Answers the page's own "refresh". Where the org forbids that, the panel does without: it reads on focus and after each action.
 * `hosts`: Lightning Locker wants the host element instead of the component. Returns what ends it, or undefined.
 */
function joinPageRefresh(
    hosts: readonly (Parameters<typeof registerRefreshHandler>[0] | undefined)[],
    read: () => Promise<void>,
): number | undefined {
    const handler = async (): Promise<boolean> => {
        await read();
        return true;
    };
    for (const host of hosts) {
        try {
            if (host) return registerRefreshHandler(host, handler);
        } catch {
            // The next one, or none: nothing that the panel shows depends on it.
        }
    }
    return undefined;
}

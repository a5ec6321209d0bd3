import { registerRefreshHandler } from 'lightning/refresh';

/**
 * Answers the page's own "refresh". Where the org forbids that, the panel does without: it reads on focus and after each action.
 * `hosts`: Lightning Locker wants the host element instead of the component. Returns what ends it, or undefined.
 */
export function joinPageRefresh(
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

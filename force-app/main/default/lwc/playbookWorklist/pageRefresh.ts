import { registerRefreshHandler } from 'lightning/refresh';

/**
 * Answers the page's own "refresh" as well; gives the id to leave with. Where the org forbids that, the list does without: it reads when it
 * gets the focus back. Lightning Locker wants the host element instead of the component: the contexts are tried in turn.
 */
export function joinPageRefresh(
    contexts: readonly (Parameters<typeof registerRefreshHandler>[0] | undefined)[],
    reload: () => Promise<void>,
): number | undefined {
    const handler = async (): Promise<boolean> => {
        await reload();
        return true;
    };
    for (const context of contexts) {
        try {
            if (context) return registerRefreshHandler(context, handler);
        } catch {
            // The next one, or none: nothing that the list shows depends on it.
        }
    }
    return undefined;
}

import { addHandler, removeHandler } from 'local/refreshHandlers';

export const RefreshEventName = 'lightning__refresh';

export class RefreshEvent extends CustomEvent<void> {
    constructor() {
        super(RefreshEventName, { bubbles: true, composed: true });
    }
}

/** The whole page is one container here, so every handler belongs to it whichever component registers it. */
export function registerRefreshHandler(_context: unknown, handler: () => Promise<unknown>): number {
    return addHandler(handler);
}

export function unregisterRefreshHandler(id: number): void {
    removeHandler(id);
}

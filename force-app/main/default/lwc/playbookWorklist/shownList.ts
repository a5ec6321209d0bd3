/**
 * Whose list is shown, kept for as long as the browser's tab is open: who covers for a colleague opens account after account, and comes back
 * to that list. A home page and an app page take no state in their address, so it is the browser that keeps it. A browser may refuse that
 * (blocked site data, a full store): the list then begins with one's own, as it does in a new tab.
 */
import userId from '@salesforce/user/Id';

export interface ShownColleague {
    readonly id: string;
    readonly name: string;
}

/** For each user: a browser's tab may go through several hands. */
const KEY = `playbookWorklist:${userId}`;

/** Null: one's own list. */
export function shownColleague(): ShownColleague | null {
    try {
        const kept: unknown = JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null');
        return isColleague(kept) ? kept : null;
    } catch {
        return null;
    }
}

export function keepShown(colleague: ShownColleague | null): void {
    try {
        if (colleague) window.sessionStorage.setItem(KEY, JSON.stringify(colleague));
        else window.sessionStorage.removeItem(KEY);
    } catch {
        // It is not kept then; nothing else depends on it.
    }
}

function isColleague(kept: unknown): kept is ShownColleague {
    if (typeof kept !== 'object' || kept === null || !('id' in kept) || !('name' in kept)) return false;
    return typeof kept.id === 'string' && typeof kept.name === 'string';
}

/**
 * What the page was narrowed to, kept for as long as the browser's tab is open: who opens an account from here comes back to the same. A
 * browser may refuse that (blocked site data, a full store): the page then begins as in a new tab.
 */
import userId from '@salesforce/user/Id';
import type { CoachingScope } from 'c/playbookCoachingData';

/** Periods that can be chosen, in days. */
export const PERIODS = [30, 90, 365] as const;

export const FIRST_SCOPE: CoachingScope = { days: 90, csmId: null, playbookId: null };

/** For each user: a browser's tab may go through several hands. */
const KEY = `playbookCoaching:${userId}`;

export function keptScope(): CoachingScope {
    try {
        const kept: unknown = JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null');
        return isScope(kept) ? kept : FIRST_SCOPE;
    } catch {
        return FIRST_SCOPE;
    }
}

export function keepScope(scope: CoachingScope): void {
    try {
        window.sessionStorage.setItem(KEY, JSON.stringify(scope));
    } catch {
        // It is not kept then; nothing else depends on it.
    }
}

function isScope(kept: unknown): kept is CoachingScope {
    if (typeof kept !== 'object' || kept === null) return false;
    if (!('days' in kept) || !('csmId' in kept) || !('playbookId' in kept)) return false;
    const isId = (id: unknown): boolean => id === null || typeof id === 'string';
    return PERIODS.some((days) => days === kept.days) && isId(kept.csmId) && isId(kept.playbookId);
}

/** Who gets a place: a CSM has so many prompts in front at a time, and the rest waits, recorded. */

import { CRITICAL_RANK } from './ranking';

/** Something that needs a place (see `SweepChange`), and the account it is about. */
export interface Wanting {
    readonly account: string;
    readonly rank: number;
}

/**
 * Which of them, in the order given, get one of a CSM's places: the most urgent first, equals by account, so that every sweep decides alike.
 * `taken` are the places that are not free. What is critical never waits behind what is in front already: it comes on top.
 */
export function assignPlaces(capacity: number, taken: number, wanting: readonly Wanting[]): readonly boolean[] {
    const free = Math.max(0, Math.floor(capacity) - taken);
    const chosen = new Set([...wanting].sort(byUrgency).slice(0, free));
    return wanting.map((each) => each.rank >= CRITICAL_RANK || chosen.has(each));
}

function byUrgency(one: Wanting, other: Wanting): number {
    if (one.rank !== other.rank) {
        return other.rank - one.rank;
    }
    return one.account < other.account ? -1 : Number(one.account > other.account);
}

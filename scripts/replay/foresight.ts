/**
 * What alarms foresaw. An alarm is judged by whether the account was lost within the horizon after it; beside it stands how often that happens
 * to any customer on any day, because in a book where everything churns every alarm looks clever.
 */
import { addDays, daysBetween } from './days.ts';
import type { Loss } from './observed.ts';
import type { Episode } from './replayed-book.ts';

export interface Foresight {
    readonly triggerKey: string;
    readonly episodes: number;
    readonly stillOpen: number;
    /** How the others ended, by outcome. */
    readonly ends: Readonly<Record<string, number>>;
    /** Days from surfacing to closing, of those that closed; null: none did. */
    readonly medianDays: number | null;
    /** Episodes whose whole horizon was observed. */
    readonly judged: number;
    /** Of these, how many were followed by a loss within the horizon. */
    readonly followed: number;
    /** Of the losses, how many had such an alarm within the horizon before, at least a week ahead. */
    readonly foreseen: number;
    /** Days from the alarm to the loss, of the foreseen ones. */
    readonly medianLead: number | null;
}

export class Losses {
    private readonly days = new Map<string, string[]>();
    readonly count: number;

    constructor(readonly all: readonly Loss[]) {
        this.count = all.length;
        for (const { account, day } of all) {
            this.days.set(account, [...(this.days.get(account) ?? []), day].sort());
        }
    }

    /** Whether the account was lost in the `horizon` days after `day`. */
    follows(account: string, day: string, horizon: number): boolean {
        const until = addDays(day, horizon);
        return (this.days.get(account) ?? []).some((lost) => lost > day && lost <= until);
    }
}

const LEAD_DAYS = 7;

export function foresightOf(
    triggerKey: string,
    all: readonly Episode[],
    losses: Losses,
    { horizon, lastDay }: { readonly horizon: number; readonly lastDay: string },
): Foresight {
    const episodes = all.filter((episode) => episode.triggerKey === triggerKey);
    const closed = episodes.flatMap(({ closedOn, surfacedOn }) =>
        closedOn === null ? [] : [daysBetween(surfacedOn, closedOn)],
    );
    const judged = episodes.filter(({ surfacedOn }) => addDays(surfacedOn, horizon) <= lastDay);
    const leads = losses.all.flatMap(({ account, day }) => {
        const alarms = episodes
            .filter((episode) => episode.account === account)
            .map(({ surfacedOn }) => daysBetween(surfacedOn, day))
            .filter((lead) => lead >= LEAD_DAYS && lead <= horizon);
        return alarms.length === 0 ? [] : [Math.max(...alarms)];
    });
    return {
        triggerKey,
        episodes: episodes.length,
        stillOpen: episodes.length - closed.length,
        ends: countBy(episodes.flatMap(({ outcome }) => outcome ?? [])),
        medianDays: median(closed),
        judged: judged.length,
        followed: judged.filter(({ account, surfacedOn }) => losses.follows(account, surfacedOn, horizon)).length,
        foreseen: leads.length,
        medianLead: median(leads),
    };
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const name of names) {
        counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
}

/** The lower of the two middle values where there are two; null of none. */
export function median(values: readonly number[]): number | null {
    return quantile(values, 0.5);
}

/** The smallest value that at least this share of the values does not exceed; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** The states of an episode as a model of what may become of runs between two looks at them. */
import { type EpisodeEvent, type EpisodeState, nextState, type Run } from '../playbookEngine';

/** What a sweep may do of its own accord; a new run with room enters and is open at once. */
export const SWEEPS: readonly EpisodeEvent[] = [
    ...(['enter', 'room', 'wake', 'adopt', 'raise', 'ease', 'recover', 'relapse', 'refresh', 'hold', 'lose'] as const),
    ...(['expire', 'continue'] as const),
];
export const PEOPLE: readonly EpisodeEvent[] = [
    ...(['act', 'snooze', 'wake', 'raise', 'ease', 'finish', 'reopen', 'continue'] as const),
];

/** Two events in a row: a sweep that finds room, a person who takes up what came back and closes it. */
const MOST_EVENTS = 2;

/** What is wrong with the runs after `events` may have happened, so many in a row to each; nothing, if all is well. */
export function faults(
    before: readonly Run[],
    after: readonly Run[],
    events: readonly EpisodeEvent[],
    mostEvents = MOST_EVENTS,
): string[] {
    const found: string[] = [];
    const fault = (is: boolean, what: string): void => {
        if (is) {
            found.push(what);
        }
    };
    const known = new Map(before.map((run) => [run.id, run]));
    fault(new Set(after.map(({ episodeKey }) => episodeKey)).size < after.length, 'two runs of one episode');
    fault(new Set(live(after)).size < live(after).length, 'two runs of one subject at a time');
    fault(after.filter(({ id }) => known.has(id)).length < before.length, 'a run is lost');
    for (const run of after) {
        const was = known.get(run.id);
        const from: EpisodeState = was?.status ?? 'None';
        const to = run.status;
        const isClosed = to === 'Closed';
        fault(!isReachable(from, to, events, mostEvents), `${run.episodeKey}: from ${from} to ${to}`);
        fault(
            isClosed !== (run.outcome !== null) || isClosed !== (run.closedAt !== null),
            `${to}: ${run.outcome ?? ''}`,
        );
        fault((to === 'Snoozed') !== (run.snoozedUntil !== null), `${to} until ${run.snoozedUntil ?? ''}`);
        fault(run.completions.length < (was?.completions.length ?? 0), 'a completion is lost');
        // A person may take up what came back within its cooldown, and close it again, in one act.
        const stays = was?.status === 'Closed' && run.reopenedCount === was.reopenedCount;
        fault(stays && JSON.stringify(run) !== JSON.stringify(was), 'a closed run has changed');
    }
    return found;
}

/** What the runs that are not closed are about. */
export function live(runs: readonly Run[]): string[] {
    return runs
        .filter(({ status }) => status !== 'Closed')
        .map(({ playbookKey, triggerKey }) => playbookKey ?? `signal ${triggerKey ?? ''}`);
}

function isReachable(from: EpisodeState, to: EpisodeState, events: readonly EpisodeEvent[], most: number): boolean {
    if (from === to) {
        return true;
    }
    const next = new Set(events.flatMap((event) => nextState(from, event).to ?? []));
    return most > 0 && [...next].some((state) => isReachable(state, to, events, most - 1));
}

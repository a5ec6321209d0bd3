/** The quiet after a run was closed, and what breaks it. */
import { worseTier } from './matches';
import { subjectOf, subjectOfRun } from './subjects';
import type { Clock, Match, Run } from './types';

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * What the last closed run of the same playbook or signal makes of a rule that holds. `new`: there is none whose quiet lasts. `worse`: it
 * is more urgent than that run ever was, which no cooldown hides, so that it is a case of its own. `continue`: that had come out well, and it
 * is the same case again. `quiet`: nothing surfaces.
 *
 * A person may close a run as Saved while its rule still holds, since figures follow later: that is no return. One that was not seen to
 * recover gets the trigger's hold days first, in which only what is worse than it ever was continues it.
 */
export type Surfacing = { readonly as: 'new' | 'worse' | 'quiet' } | { readonly as: 'continue'; readonly run: Run };

export function surfacingOf({ tier, trigger }: Match, runs: readonly Run[], { now }: Clock): Surfacing {
    const subject = subjectOf(trigger);
    const quiet = runs
        .filter((run) => subjectOfRun(run) === subject && isWithin(trigger.cooldownDays, run, now))
        .sort((one, other) => other.episodeNumber - one.episodeNumber);
    const [last] = quiet;
    if (last === undefined) {
        return { as: 'new' };
    }
    const isWorse = tier !== last.worstTier && worseTier(tier, last.worstTier) === tier;
    if (last.outcome !== 'Saved' && last.outcome !== 'Recovered') {
        return { as: isWorse ? 'worse' : 'quiet' };
    }
    const hadRecovered = last.recoveringSince !== null || !isWithin(trigger.holdDays, last, now);
    return hadRecovered || isWorse ? { as: 'continue', run: last } : { as: 'quiet' };
}

/** Whether the run was closed less than so many days ago. */
function isWithin(days: number, { closedAt }: Run, now: string): boolean {
    return closedAt !== null && Date.parse(now) < Date.parse(closedAt) + days * MILLISECONDS_A_DAY;
}

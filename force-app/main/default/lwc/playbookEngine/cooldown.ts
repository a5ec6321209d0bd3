/** The quiet after a run was closed, and what breaks it. */
import { addDays, dayOf, daysBetween } from './days';
import { worseTier } from './matches';
import { subjectOf, subjectOfRun } from './subjects';
import type { Clock, Match, Outcome, Run } from './types';

/** An anchor that has moved by more than this is another day: the next contract, another champion. */
const SAME_ANCHOR_DAYS = 30;
/** How it came out is known: nothing is more urgent than that, and opened anew it would be decided, and counted, twice. */
const DECIDED: readonly Outcome[] = ['Renewed', 'Renewed smaller', 'Not renewed', 'Lost'];

/**
 * What the last closed run of the same playbook or signal makes of a rule that holds. `new`: there is none whose quiet lasts, or it was
 * about another day: the anchor of the same trigger lies more than {@link SAME_ANCHOR_DAYS} days from it. `worse`: it
 * is more urgent than that run ever was, which no cooldown hides, so that it is a case of its own, unless that run has {@link DECIDED} it. `continue`: that had come out well, and it
 * is the same case again. `quiet`: nothing surfaces.
 *
 * A person may close a run as Saved while its rule still holds, since figures follow later: that is no return. One that was not seen to
 * recover gets the trigger's hold days first, in which only what is worse than it ever was continues it.
 */
export type Surfacing = { readonly as: 'new' | 'worse' | 'quiet' } | { readonly as: 'continue'; readonly run: Run };

export function surfacingOf(match: Match, runs: readonly Run[], clock: Clock): Surfacing {
    const { tier, trigger } = match;
    const subject = subjectOf(trigger);
    const quiet = runs
        .filter((run) => subjectOfRun(run) === subject && isWithin(trigger.cooldownDays, run, clock))
        .sort((one, other) => other.episodeNumber - one.episodeNumber);
    const [last] = quiet;
    if (last === undefined || isAboutAnotherDay(match, last)) {
        return { as: 'new' };
    }
    const isWorse = tier !== last.worstTier && worseTier(tier, last.worstTier) === tier;
    if (last.outcome !== null && DECIDED.includes(last.outcome)) {
        return { as: 'quiet' };
    }
    if (last.outcome !== 'Saved' && last.outcome !== 'Recovered') {
        return { as: isWorse ? 'worse' : 'quiet' };
    }
    const hadRecovered = last.recoveringSince !== null || !isWithin(trigger.holdDays, last, clock);
    return hadRecovered || isWorse ? { as: 'continue', run: last } : { as: 'quiet' };
}

/** Whether the run was closed less than so many days ago, by the days of the clock's time zone. */
function isWithin(days: number, { closedAt }: Run, { now, timeZone }: Clock): boolean {
    return closedAt !== null && dayOf(now, timeZone) < addDays(dayOf(closedAt, timeZone), Math.ceil(days));
}

function isAboutAnotherDay({ anchorOn, trigger }: Match, run: Run): boolean {
    return (
        trigger.key === run.triggerKey &&
        anchorOn !== null &&
        run.anchorOn !== null &&
        Math.abs(daysBetween(run.anchorOn, anchorOn)) > SAME_ANCHOR_DAYS
    );
}

/** The quiet after a run was closed, and what breaks it. */
import { worseTier } from './matches';
import { subjectOf, subjectOfRun } from './subjects';
import type { Clock, Match, Run } from './types';

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * What the last closed run of the same playbook or signal makes of a rule that holds. `new`: there is none whose quiet lasts. `worse`: it
 * is more urgent than that run ever was, which no cooldown hides, so that it is a case of its own. `continue`: that had come out well, and it
 * is the same case again. `quiet`: nothing surfaces.
 */
export type Surfacing = { readonly as: 'new' | 'worse' | 'quiet' } | { readonly as: 'continue'; readonly run: Run };

export function surfacingOf({ tier, trigger }: Match, runs: readonly Run[], { now }: Clock): Surfacing {
    const subject = subjectOf(trigger);
    const quiet = runs
        .filter(
            (run) =>
                run.closedAt !== null &&
                subjectOfRun(run) === subject &&
                Date.parse(now) < Date.parse(run.closedAt) + trigger.cooldownDays * MILLISECONDS_A_DAY,
        )
        .sort((one, other) => other.episodeNumber - one.episodeNumber);
    const [last] = quiet;
    if (last === undefined) {
        return { as: 'new' };
    }
    if (last.outcome === 'Saved' || last.outcome === 'Recovered') {
        return { as: 'continue', run: last };
    }
    const isWorse = tier !== last.worstTier && worseTier(tier, last.worstTier) === tier;
    return { as: isWorse ? 'worse' : 'quiet' };
}

/** When the data ends a run, and with which outcome. A person may decide otherwise at any time, and does it on the page. */
import { addDays, dayOf } from './days';
import { isAnswer, standing, stepsOf, wasCustomerSpokenTo } from './episode';
import { Evidence } from './evidence';
import type { AccountContext, MatchResult } from './inputs';
import { endingOf, successOf } from './outcomes';
import type { Clock, Held, Outcome, Prompt, Reason, Run, Trigger } from './types';

/** An outcome by the data, and the comparisons or the words that speak for it. */
export interface Ending {
    readonly event: 'lose' | 'hold' | 'expire';
    readonly outcome: Outcome;
    readonly reasons: readonly Reason[];
    /** In place of reasons. */
    readonly words: string | null;
}

/** A run whose trigger has been deleted says no more when it expires. */
const FORGOTTEN_AFTER_DAYS = 30;
/** Renewals are often signed late: an untouched run is given up only so long after the day. */
const AFTER_ANCHOR_DAYS = 30;
/** A version's own criteria do not ask which triggers match. */
const NOT_ASKED: MatchResult = { matches: [], stale: [], problems: [] };

/** Null: the loss criterion does not hold. */
export function lossOf(prompt: Prompt, evidence: Evidence): Ending | null {
    if (evidence.criterion(prompt, 'lostWhen') !== true) {
        return null;
    }
    const outcome = endingOf(prompt) === 'renewal' ? 'Not renewed' : 'Lost';
    const reasons = evidence.criterionReasons(prompt, 'lostWhen');
    // A criterion may rest on nothing but a day being entered, which is no comparison to put into words.
    const words = reasons.length === 0 ? 'What the playbook counts as a loss has happened.' : null;
    return { event: 'lose', outcome, reasons, words };
}

/**
 * Whether the exit has held for its days (false: it does not hold), counted in days of the clock's time zone: the hour at which a sweep runs
 * does not matter. A run that was opened again gets these days anew from the last act on it, or the next sweep would close again what a person
 * has just opened.
 */
export function isHoldOver(run: Run, { holdDays }: Trigger, { now, timeZone }: Clock): boolean {
    const { actedAt, recoveringSince, reopenedCount } = run;
    if (recoveringSince === null) {
        return false;
    }
    const since = reopenedCount > 0 ? later(recoveringSince, actedAt) : recoveringSince;
    return dayOf(now, timeZone) >= addDays(dayOf(since, timeZone), Math.max(0, holdDays));
}

/**
 * How a run ends whose exit has held for its days. `prompt.run` carries since when. Null: a person has to decide (a worked risk whose
 * success does not show, a renewal without one), or it has to expire (such a risk that nobody worked).
 */
export function endingAfterHold(prompt: Prompt, exitReasons: readonly Reason[], evidence: Evidence): Ending | null {
    const success = evidence.criterion(prompt, 'successWhen');
    const ends = (outcome: Outcome, words: string | null = null): Ending => {
        const reasons = success === true ? evidence.criterionReasons(prompt, 'successWhen') : exitReasons;
        return { event: 'hold', outcome, reasons: words === null ? reasons : [], words };
    };
    switch (endingOf(prompt)) {
        case 'risk':
            if (success !== true && success !== 'missing') {
                return null;
            }
            return ends(successOf(prompt, evidence.context));
        case 'renewal':
            return success === true ? ends(successOf(prompt, evidence.context)) : null;
        default:
            return isStepDone(prompt) ? ends('Completed') : ends('Expired', 'No longer needed.');
    }
}

type Days = Pick<AccountContext, 'clock' | 'settings'>;

/** Null: it does not expire (yet). Only what nobody has touched does. `held`: what holds it back now. */
export function expiryOf(prompt: Prompt, run: Run, held: Held | null, context: Days): Ending | null {
    const { clock } = context;
    const on = isTouched(run) ? null : expiresOn(prompt, run, context);
    if (on === null || dayOf(clock.now, clock.timeZone) < on) {
        return null;
    }
    return { event: 'expire', outcome: 'Expired', reasons: [], words: whyForgotten(run, held) };
}

/** What was kept out of sight is not held against anybody. */
function whyForgotten({ status }: Run, held: Held | null): string {
    switch (held?.why) {
        case 'critical':
            return 'It was held back by a rescue.';
        case 'contact':
            return 'It was held back, because the customer had just been spoken to.';
        case 'stale':
            return 'It was held back, because its figures were too old.';
        default:
            return status === 'Waiting' ? 'No place was free.' : 'Nobody took it up in time.';
    }
}

/** The first day on which a run has expired if nobody touches it; null: never. */
export function expiresOn(prompt: Prompt, run: Run, { clock, settings }: Days): string | null {
    const { timeZone } = clock;
    const { trigger } = prompt;
    const days = trigger === null ? FORGOTTEN_AFTER_DAYS : trigger.expiresAfterDays;
    const surfacedOn = dayOf(run.returnedAt ?? run.surfacedAt, timeZone);
    // What was done last may have put it aside: it has its days again after it has come back.
    const actedOn = run.actedAt === null ? null : dayOf(run.actedAt, timeZone);
    const backOn = actedOn === null ? surfacedOn : addDays(actedOn, Math.floor(settings.maxSnoozeDays));
    const since = backOn > surfacedOn ? backOn : surfacedOn;
    const bySilence = days === null ? null : addDays(since, Math.max(1, Math.round(days)));
    if (run.anchorOn === null || endingOf(prompt) !== 'renewal') {
        return bySilence;
    }
    const byAnchor = addDays(run.anchorOn, AFTER_ANCHOR_DAYS + 1);
    return bySilence !== null && bySilence < byAnchor ? bySilence : byAnchor;
}

/**
 * Whether only a person can say how this ends: the exit has held for its days, and the data tells no outcome, of a risk that was worked or of
 * a renewal. Such a run is not taking care of itself any more. `clock` is the one by which the days are counted.
 */
export function awaitsDecision(prompt: Prompt, context: AccountContext, clock: Clock = context.clock): boolean {
    const { run, trigger } = prompt;
    if (run === null || run.status === 'Closed' || trigger === null || !isHoldOver(run, trigger, clock)) {
        return false;
    }
    const ending = endingOf(prompt);
    const isAsked = ending === 'renewal' || (ending === 'risk' && wasCustomerSpokenTo(prompt));
    return isAsked && endingAfterHold(prompt, [], new Evidence(context, NOT_ASKED)) === null;
}

/** Whether a person has laid a claim to it. Where every answer was taken back again nothing stands, and only its days begin anew. */
function isTouched({ actedAt, completions }: Run): boolean {
    return completions.some(isAnswer) || (actedAt !== null && completions.length === 0);
}

function later(one: string, other: string | null): string {
    return other !== null && Date.parse(other) > Date.parse(one) ? other : one;
}

function isStepDone(prompt: Prompt): boolean {
    const completions = prompt.run?.completions ?? [];
    return stepsOf(prompt).some(({ key }) => standing(completions, key).some(({ status }) => status === 'Done'));
}

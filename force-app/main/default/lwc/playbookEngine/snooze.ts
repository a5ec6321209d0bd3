/** Putting a prompt aside until a day, and taking it up again. */
import { addDays, dayOf, isDay } from './days';
import { episodeFacts } from './episode';
import { type AccountContext, type ActionInput, ActionRefused, type SnoozeInput } from './inputs';
import { LENGTHS, snoozeFields } from './records';
import { progressFields, returnWrites, runAtAction, runWrites } from './runChanges';
import { type ChangePlan, type Clock, type Prompt, type Run, type Snooze, TIERS } from './types';

/**
 * The last day to which a prompt can be put aside: as far as the org allows, and never past its anchor, after which it would be too late.
 * An anchor that lies behind, such as the day on which the champion left, is no limit. Null: no day is left.
 */
export function latestSnoozeDay(prompt: Prompt, context: AccountContext): string | null {
    const { clock, settings } = context;
    const today = dayOf(clock.now, clock.timeZone);
    const furthest = addDays(today, Math.floor(settings.maxSnoozeDays));
    const { anchorOn } = episodeFacts(prompt, context);
    const latest = anchorOn !== null && anchorOn >= today && anchorOn < furthest ? anchorOn : furthest;
    return latest > today ? latest : null;
}

/**
 * Puts the prompt aside, with a run of its own if nobody has begun. It comes back on the day, or when its tier gets worse (see `hasWoken`).
 * Throws ActionRefused.
 */
export function planSnooze(input: SnoozeInput): ChangePlan {
    const run = runAtAction(input);
    const snooze = checked(input);
    const { prompt } = input;
    return {
        ...runWrites(input, run, progressFields(prompt, run, input), snoozeFields(snooze)),
        createCompletions: [],
        updateCompletions: returnWrites(prompt, []),
        createTask: null,
    };
}

/** Takes up again what was put aside, before its day. Throws ActionRefused. */
export function planWake(input: ActionInput): ChangePlan {
    const run = runAtAction(input);
    if (run.status !== 'Snoozed') {
        throw new ActionRefused('not-snoozed', 'This is not put aside, so there is nothing to take up again.');
    }
    return {
        ...runWrites(input, run, progressFields(input.prompt, run, input), null),
        createCompletions: [],
        updateCompletions: [],
        createTask: null,
    };
}

/** Whether a snoozed run comes back by itself: its day has come, or it is more urgent (`prompt.tier`) than when it was put aside. */
export function hasWoken(run: Run, { tier }: Pick<Prompt, 'tier'>, clock: Clock): boolean {
    const dayHasCome = run.snoozedUntil === null || dayOf(clock.now, clock.timeZone) >= run.snoozedUntil;
    return dayHasCome || TIERS.indexOf(tier) < TIERS.indexOf(run.currentTier);
}

function checked({ snooze, prompt, ...context }: SnoozeInput): Snooze {
    const { until } = snooze;
    const reason = snooze.reason.trim();
    const today = dayOf(context.clock.now, context.clock.timeZone);
    const latest = latestSnoozeDay(prompt, context);
    if (!isDay(until)) {
        throw new ActionRefused('snooze-day-unknown', 'Choose the day on which this should come back.');
    }
    if (latest === null) {
        throw new ActionRefused('snooze-too-late', 'This cannot be put aside any more: its day has come.');
    }
    if (until <= today) {
        throw new ActionRefused('snooze-too-early', 'Choose a day after today.');
    }
    if (until > latest) {
        throw new ActionRefused('snooze-too-late', `This can be put aside until ${latest} at the latest.`);
    }
    if (reason === '') {
        throw new ActionRefused('snooze-reason-missing', 'Write why this is put aside.');
    }
    if (reason.length > LENGTHS.snoozeReason) {
        const message = `The reason takes at most ${LENGTHS.snoozeReason} characters.`;
        throw new ActionRefused('snooze-reason-too-long', message);
    }
    return { until, reason };
}

/** One account's turn with one playbook or signal: its key, and its facts whether or not a run has been opened. */
import type { Value, Values } from 'c/formula';
import { dayOf, daysBetween } from './days';
import { NOTHING_COUNTED } from './closingCounts';
import type { AccountContext } from './inputs';
import { anchorDay, worseTier } from './matches';
import { figureNumber, userValues } from './scope';
import type { Completion, CompletionStatus, Prompt, Run, Step, Tier } from './types';

/** Step key under which a signal's one action is recorded. */
export const SIGNAL_STEP_KEY = 'signal';

const ANSWERED: ReadonlySet<CompletionStatus> = new Set<CompletionStatus>(['Done', 'Skipped', 'Not applicable']);
const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** What is known of the run, or would be if it opened now. */
export interface EpisodeFacts {
    readonly surfacedAt: string;
    /** From when its steps are due: when it surfaced, or when it came back within its cooldown. */
    readonly startedAt: string;
    readonly anchorOn: string | null;
    readonly tier: Tier;
    readonly firstTier: Tier;
    readonly worstTier: Tier;
    readonly healthAtOpening: number | null;
    readonly usageAtOpening: number | null;
    readonly arrAtOpening: number | null;
    readonly cause: string | null;
    readonly completions: readonly Completion[];
}

export function episodeFacts(prompt: Prompt, context: AccountContext): EpisodeFacts {
    const { tier } = prompt;
    const { account, clock, prepared } = context;
    const run = runOf(prompt);
    if (run !== null) {
        const startedAt = prompt.run === null ? clock.now : (run.returnedAt ?? run.surfacedAt);
        return { ...run, startedAt, tier, worstTier: worseTier(run.worstTier, tier) };
    }
    return {
        surfacedAt: clock.now,
        startedAt: clock.now,
        anchorOn: prompt.match?.anchorOn ?? anchorDay(prompt.trigger, prepared, account, clock),
        tier,
        firstTier: tier,
        worstTier: tier,
        healthAtOpening: figureNumber(prepared, account, 'Health'),
        usageAtOpening: figureNumber(prepared, account, 'Usage'),
        arrAtOpening: figureNumber(prepared, account, 'ARR'),
        cause: null,
        completions: [],
    };
}

/** The run that a prompt's actions are about: the one it has, or the closed one that the next action opens again. Null: there is none yet. */
export function runOf({ continues, run }: Pick<Prompt, 'continues' | 'run'>): Run | null {
    if (run !== null) {
        return run.status === 'Closed' ? run : withOpenSteps(run);
    }
    return continues === null ? null : returned(continues);
}

/** A closed run as it stands once its episode has come back: it recovers no more. */
export function returned(run: Run): Run {
    return { ...reopened(run), recoveringSince: null };
}

/** A closed run as it stands once a person has taken its closing back. */
export function reopened(run: Run): Run {
    const undone = new Set(undoneOnReturn(run));
    return {
        ...run,
        status: 'Open',
        closedAt: null,
        outcome: null,
        cause: null,
        ...NOTHING_COUNTED,
        snoozedUntil: null,
        snoozeReason: null,
        reopenedCount: run.reopenedCount + 1,
        completions: run.completions.map((completion): Completion =>
            undone.has(completion) ? { ...completion, status: 'Undone' } : completion,
        ),
    };
}

/** What opening a closed run again takes back: steps recorded as not done, and the answer that closed a signal. */
export function undoneOnReturn({ completions, playbookKey }: Run): readonly Completion[] {
    const isSignal = playbookKey === null;
    return completions.filter(({ status }) => status === 'Not done' || (isSignal && status !== 'Undone'));
}

/** Whether somebody has answered a step of the prompt's run. */
export function isBegun(prompt: Pick<Prompt, 'continues' | 'run'>): boolean {
    return runOf(prompt)?.completions.some(isAnswer) ?? false;
}

/** Values of everything that steps, versions and their texts may name, by canonical path. */
export function episodeValues(prompt: Prompt, steps: readonly Step[], context: AccountContext): Values {
    const facts = episodeFacts(prompt, context);
    const { account, clock, user } = context;
    const today = dayOf(clock.now, clock.timeZone);
    const openedOn = dayOf(facts.surfacedAt, clock.timeZone);
    return {
        ...account.values,
        ...userValues(user),
        '$Trigger.Key': prompt.trigger?.key ?? null,
        '$Trigger.Tier': prompt.match?.tier ?? prompt.tier,
        '$Trigger.Priority': prompt.trigger?.priority ?? null,
        '$Run.Tier': facts.tier,
        '$Run.FirstTier': facts.firstTier,
        '$Run.WorstTier': facts.worstTier,
        '$Run.DaysOpen': numberOrNull(daysBetween(openedOn, today)),
        '$Run.HealthAtOpening': facts.healthAtOpening,
        '$Run.UsageAtOpening': facts.usageAtOpening,
        '$Run.ARRAtOpening': facts.arrAtOpening,
        '$Run.OpenedOn': openedOn,
        '$Run.AnchorOn': facts.anchorOn,
        '$Run.DaysToAnchor': facts.anchorOn === null ? null : numberOrNull(daysBetween(today, facts.anchorOn)),
        '$Run.Cause': facts.cause,
        ...decisionValues(steps, facts.completions),
    };
}

/** Whether the step was done, skipped or marked as not applicable. */
export function isAnswer({ status }: Completion): boolean {
    return ANSWERED.has(status);
}

/** A step's completions that stand (not undone), oldest first. */
export function standing(completions: readonly Completion[], stepKey: string): readonly Completion[] {
    return completions
        .filter((completion) => completion.stepKey === stepKey && completion.status !== 'Undone')
        .sort((one, other) => one.occurrence - other.occurrence);
}

/** The steps of a prompt by position; of a signal the one thing it asks for. */
export function stepsOf({ kind, title, trigger, version }: Prompt): readonly Step[] {
    if (kind === 'Playbook') {
        return [...(version?.steps ?? [])].sort((one, other) => one.position - other.position);
    }
    const action = trigger?.action ?? null;
    const step: Step = {
        id: '',
        key: SIGNAL_STEP_KEY,
        position: 1,
        phase: '',
        title: action?.title ?? title,
        role: null,
        required: true,
        customerContact: action?.customerContact ?? false,
        showWhen: null,
        dependsOn: null,
        dueFrom: 'Start',
        dueOffset: action?.dueInWorkingHours ?? null,
        dueUnit: 'Working hours',
        decision: null,
        noteRequired: false,
        repeatEveryDays: null,
    };
    return [step];
}

/**
 * Whether the customer was spoken to before the account began to recover: a step marked so was done. It makes a run "worked", by the same
 * terms as the formula of the run's field Worked.
 */
export function wasCustomerSpokenTo(prompt: Pick<Prompt, 'continues' | 'run'>): boolean {
    const run = runOf(prompt);
    const end = run?.recoveringSince ?? null;
    return (run?.completions ?? []).some(
        (completion) =>
            isContact(completion) &&
            completion.completedAt !== null &&
            (end === null || Date.parse(completion.completedAt) < Date.parse(end)),
    );
}

/** Whether it records that the customer was spoken to. */
export function isContact({ customerContact, status }: Completion): boolean {
    return customerContact && status === 'Done';
}

/** Account id (18 characters), playbook key or signal, and number, joined by colons. */
export function episodeKeyOf(prompt: Prompt, accountId: string, number: number): string {
    const subject = prompt.version?.playbookKey ?? `signal-${prompt.trigger?.key ?? ''}`;
    return `${longId(accountId)}:${subject}:${number}`;
}

/** One above the highest number that this account has with this playbook or signal. */
export function nextEpisodeNumber(prompt: Prompt, runs: readonly Run[]): number {
    const playbookKey = prompt.version?.playbookKey ?? null;
    const triggerKey = playbookKey === null ? (prompt.trigger?.key ?? null) : null;
    const same = runs.filter(
        (run) => run.playbookKey === playbookKey && (triggerKey === null || run.triggerKey === triggerKey),
    );
    return 1 + Math.max(0, ...same.map(({ episodeNumber }) => episodeNumber));
}

/** A 15-character record id in its 18-character form: three letters say which of the others are capitals. */
export function longId(id: string): string {
    if (id.length !== 15) {
        return id;
    }
    const suffix = [0, 5, 10].map((start) => {
        const capitals = Array.from(id.slice(start, start + 5), (letter) => (/[A-Z]/.test(letter) ? 1 : 0));
        return ID_ALPHABET.charAt(capitals.reduce<number>((sum, bit, index) => sum + (bit << index), 0));
    });
    return id + suffix.join('');
}

/** Of each deciding step the latest answer, and how many times in a row it was the same; a skipped turn gave no answer. */
function decisionValues(steps: readonly Step[], completions: readonly Completion[]): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const { decision, key } of steps) {
        if (decision === null) {
            continue;
        }
        const answers = standing(completions, key)
            .map(({ decision: chosen }) => chosen.join(';'))
            .filter((answer) => answer !== '')
            .reverse();
        const changed = answers.findIndex((answer) => answer !== answers[0]);
        values[`$Decision.${key}`] = answers[0] ?? null;
        values[`$Decision.${key}.Streak`] = changed < 0 ? answers.length : changed;
    }
    return values;
}

/**
 * The closing of a run may be overtaken by a person after its steps were recorded as not done: while the run is not closed, they are
 * simply open.
 */
function withOpenSteps(run: Run): Run {
    if (run.completions.every(({ status }) => status !== 'Not done')) {
        return run;
    }
    const completions = run.completions.map((completion): Completion =>
        completion.status === 'Not done' ? { ...completion, status: 'Undone' } : completion,
    );
    return { ...run, completions };
}

function numberOrNull(value: number): number | null {
    return Number.isNaN(value) ? null : value;
}

/** One account's turn with one playbook or signal: its key, and its facts whether or not a run has been opened. */
import type { Value, Values } from 'c/formula';
import { dayOf, daysBetween } from './days';
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
    const { run, tier } = prompt;
    if (run !== null) {
        return { ...run, tier, worstTier: worseTier(run.worstTier, tier) };
    }
    const { account, clock, prepared } = context;
    return {
        surfacedAt: clock.now,
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

/** Whether the customer was spoken to: a step marked so was done. It makes a run "worked". */
export function wasCustomerSpokenTo(prompt: Prompt): boolean {
    const completions = prompt.run?.completions ?? [];
    return stepsOf(prompt).some(
        ({ customerContact, key }) =>
            customerContact && completions.some(({ status, stepKey }) => stepKey === key && status === 'Done'),
    );
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

function numberOrNull(value: number): number | null {
    return Number.isNaN(value) ? null : value;
}

/** What people do on an account's prompts, at random: the same plans as on the page. */
import {
    ActionRefused,
    type ActionInput,
    type Answer,
    buildChecklist,
    type ChangePlan,
    matchTriggers,
    outcomesFor,
    planAnswer,
    planFinish,
    planReopen,
    planSnooze,
    planWake,
    prompts,
    startByHand,
    type StepView,
    type SweepRules,
} from '../playbookEngine';
import { account, USER } from './sample';
import { sweepRules, type SweptAccount } from './sweeping';

export type Random = () => number;
export type Values = Parameters<SweptAccount['plan']>[1];

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
    return items[Math.floor(random() * items.length)];
}

/** One act of a person, or null when there is nothing to act on, or the engine refuses it with a reason. */
export function randomAct(swept: SweptAccount, now: string, values: Values, random: Random): ChangePlan | null {
    const rules = sweepRules(now, swept.org);
    const closed = swept.runs.filter(({ status }) => status === 'Closed');
    try {
        const last = pick(random, closed);
        return last !== undefined && random() < 0.15
            ? reopening(swept, last, rules, values)
            : acting(swept, rules, values, random);
    } catch (error) {
        if (error instanceof ActionRefused) {
            return null;
        }
        throw error;
    }
}

/** The page opens only the newest run of a subject again, and only while none of it is open. */
function reopening(
    swept: SweptAccount,
    last: SweptAccount['runs'][number],
    rules: SweepRules,
    values: Values,
): ChangePlan | null {
    const same = swept.runs.filter(
        ({ playbookKey, triggerKey }) =>
            playbookKey === last.playbookKey && (playbookKey !== null || triggerKey === last.triggerKey),
    );
    const isNewest = same.every(({ episodeNumber }) => episodeNumber <= last.episodeNumber);
    if (!isNewest || same.some(({ status }) => status !== 'Closed')) {
        return null;
    }
    const version = rules.versions.find(({ id }) => id === last.versionId) ?? null;
    const trigger = rules.prepared.triggers.find(({ key }) => key === last.triggerKey) ?? null;
    return planReopen(last, { context: contextOf(rules, values), prompt: { version, trigger } });
}

function acting(swept: SweptAccount, rules: SweepRules, values: Values, random: Random): ChangePlan | null {
    const { clock, prepared, settings, versions } = rules;
    const context = contextOf(rules, values);
    const found = matchTriggers(prepared, context.account, clock, USER);
    const shown = prompts({ prepared, settings, versions, clock, runs: swept.runs, ...found });
    const byHand = versions
        .filter(
            ({ playbookKey, status }) => status === 'Published' && !shown.some(({ id }) => id.endsWith(playbookKey)),
        )
        .map((version) => startByHand(version, prepared));
    const prompt = pick(random, random() < 0.2 ? byHand : shown);
    if (prompt === undefined) {
        return null;
    }
    const checklist = buildChecklist(prompt, context);
    const input: ActionInput = { ...context, prompt, checklist, runs: swept.runs, reason: null };
    const kind = random();
    if (kind < 0.55) {
        return answering(input, random);
    }
    if (kind < 0.7) {
        const until = new Date(Date.parse(clock.now) + (2 + random() * 20) * 86_400_000).toISOString().slice(0, 10);
        return planSnooze({ ...input, snooze: { until, reason: 'Asked to wait' } });
    }
    if (kind < 0.8) {
        return planWake(input);
    }
    const outcome = pick(random, outcomesFor(prompt)) ?? 'False alarm';
    return planFinish({ ...input, finish: { outcome, cause: null, reason: 'Decided' } });
}

function answering(input: ActionInput, random: Random): ChangePlan | null {
    const views = input.checklist.phases.flatMap(({ steps }) => steps);
    const view: StepView | undefined = pick(random, views);
    if (view === undefined) {
        return null;
    }
    const answer = answerFor(view, random);
    return planAnswer({ ...input, stepKey: view.step.key, occurrence: view.occurrence, answer, proof: null });
}

function answerFor({ state }: StepView, random: Random): Answer {
    const kind = random();
    if (state !== 'open' && kind < 0.5) {
        return { kind: 'undo' };
    }
    if (kind < 0.75) {
        return { kind: 'done', note: null, decision: [] };
    }
    return kind < 0.9
        ? { kind: 'skip', reason: 'No longer relevant', note: null }
        : { kind: 'not-applicable', note: null };
}

function contextOf(
    { clock, prepared, settings }: SweepRules,
    values: Values,
): Omit<ActionInput, 'prompt' | 'checklist' | 'runs' | 'reason'> {
    return { account: account({ ...values }), prepared, settings, clock, user: USER };
}

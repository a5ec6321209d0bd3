/** What people do on an account's prompts, at random: the same plans as on the page. */
import {
    ActionRefused,
    type ActionInput,
    type AccountContext,
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
    type PlaybookVersion,
    prompts,
    type Run,
    startByHand,
    type StepView,
} from '../playbookEngine';

export type Random = () => number;

/** An account as one person has it in front. */
export interface Page extends AccountContext {
    readonly runs: readonly Run[];
    readonly versions: readonly PlaybookVersion[];
}

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
    return items[Math.floor(random() * items.length)];
}

/** One act of a person, or null when there is nothing to act on, or the engine refuses it with a reason. */
export function randomAct(page: Page, random: Random): ChangePlan | null {
    const last = pick(
        random,
        page.runs.filter(({ status }) => status === 'Closed'),
    );
    try {
        return last !== undefined && random() < 0.15 ? reopening(page, last) : acting(page, random);
    } catch (error) {
        if (error instanceof ActionRefused) {
            return null;
        }
        throw error;
    }
}

const DAY = 86_400_000;

/** The page opens only the newest run of a subject again, for a day, and only while none of it is open. */
function reopening(page: Page, last: Run): ChangePlan | null {
    const same = page.runs.filter(
        ({ playbookKey, triggerKey }) =>
            playbookKey === last.playbookKey && (playbookKey !== null || triggerKey === last.triggerKey),
    );
    const isNewest = same.every(({ episodeNumber }) => episodeNumber <= last.episodeNumber);
    const isFresh = Date.parse(page.clock.now) - Date.parse(last.closedAt ?? '') < DAY;
    if (!isNewest || !isFresh || same.some(({ status }) => status !== 'Closed')) {
        return null;
    }
    const version = page.versions.find(({ id }) => id === last.versionId) ?? null;
    const trigger = page.prepared.triggers.find(({ key }) => key === last.triggerKey) ?? null;
    return planReopen(last, { context: page, prompt: { version, trigger }, runs: page.runs });
}

function acting(page: Page, random: Random): ChangePlan | null {
    const { account, clock, prepared, runs, user, versions } = page;
    const shown = prompts({ ...page, ...matchTriggers(prepared, account, clock, user) });
    const byHand = versions
        .filter(
            ({ playbookKey, status }) => status === 'Published' && !shown.some(({ id }) => id.endsWith(playbookKey)),
        )
        .map((version) => startByHand(version, prepared));
    const prompt = pick(random, random() < 0.2 ? byHand : shown);
    if (prompt === undefined) {
        return null;
    }
    const checklist = buildChecklist(prompt, page);
    const input: ActionInput = { ...page, prompt, checklist, runs, reason: null };
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

function answerFor({ state, step }: StepView, random: Random): Answer {
    const kind = random();
    if (state !== 'open' && kind < 0.5) {
        return { kind: 'undo' };
    }
    if (kind < 0.75) {
        const chosen = pick(random, step.decision?.options ?? []);
        return { kind: 'done', note: 'Noted', decision: chosen === undefined ? [] : [chosen] };
    }
    return kind < 0.9 ? { kind: 'skip', reason: 'Other', note: null } : { kind: 'not-applicable', note: null };
}

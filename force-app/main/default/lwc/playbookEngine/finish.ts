/** What closing a run writes, and what opening it again takes back. */
import { closingCounts } from './closingCounts';
import { isBegun, isContact, reopened, runOf, undoneOnReturn, wasCustomerSpokenTo } from './episode';
import { type AccountContext, ActionRefused, type FinishInput } from './inputs';
import { endingOf, outcomesFor } from './outcomes';
import {
    actedFields,
    answerFields,
    closingFields,
    completionKey,
    LENGTHS,
    missedField,
    nextStepFields,
    recordedStep,
    reopeningFields,
    statusField,
} from './records';
import { nextFields, returnWrites, runAtAction, runWrites } from './runChanges';
import { subjectOfRun } from './subjects';
import type {
    ChangePlan,
    Checklist,
    Clock,
    Completion,
    FieldChanges,
    Finish,
    Outcome,
    Prompt,
    Run,
    StepView,
} from './types';

type CompletionChanges = Pick<ChangePlan, 'createCompletions' | 'updateCompletions'>;

const NEEDS_REASON: ReadonlySet<Outcome> = new Set<Outcome>(['Let go', 'False alarm']);

/** The open steps that closing records as not done: all but the next turn of a repeated step that is not due yet. */
export function stepsLeft(checklist: Checklist, { now }: Clock): readonly StepView[] {
    return checklist.phases
        .flatMap(({ steps }) => steps)
        .filter(({ dueAt, occurrence, state }) => state === 'open' && (occurrence === 1 || isDue(dueAt, now)));
}

/**
 * The steps that a person's closing with this outcome records as not done. A false alarm asked for nothing, and neither did what is let go
 * before anybody had begun: of those nothing is recorded.
 */
export function stepsNotDone(
    outcome: Outcome,
    prompt: Pick<Prompt, 'continues' | 'run'>,
    checklist: Checklist,
    clock: Clock,
): readonly StepView[] {
    const askedNothing = outcome === 'False alarm' || (outcome === 'Let go' && !isBegun(prompt));
    return askedNothing ? [] : stepsLeft(checklist, clock);
}

/** The completions with which closing a run records all that is left open as not done (see `stepsLeft`). */
export function notDoneChanges(checklist: Checklist, run: Run, clock: Clock): CompletionChanges {
    return recordedNotDone(stepsLeft(checklist, clock), run, clock);
}

/**
 * Closes the run and records each applicable open step as not done (see `stepsNotDone`). A run that does not exist yet, or that its episode
 * continues, is opened first, so that the completions still find it open. Throws ActionRefused.
 */
export function planFinish(input: FinishInput): ChangePlan {
    const { checklist, clock, prompt, runs, user } = input;
    const run = runAtAction(input);
    const finish = checked(input);
    const counts = closingCounts(run, finish.outcome, runs, input);
    const left = stepsNotDone(finish.outcome, prompt, checklist, clock);
    const { createCompletions, updateCompletions } = recordedNotDone(left, run, clock);
    const written = updateCompletions.map(({ id }) => id);
    const progress = run.id === '' ? nextStepFields(null) : {};
    return {
        ...runWrites(input, run, progress, closingFields(finish, counts, input, user.id)),
        createCompletions,
        updateCompletions: [...updateCompletions, ...returnWrites(prompt, written)],
        createTask: null,
    };
}

/**
 * Opens a closed run again, as if it had not been closed: what was recorded as not done is undone. Of a signal, whose answer closed it,
 * the answer is undone too. `runs` are those known on the account: what has begun anew since is not joined by what was before. Throws
 * ActionRefused.
 */
export function planReopen(
    run: Run,
    {
        context,
        prompt,
        runs,
    }: {
        readonly context: AccountContext;
        readonly prompt: Pick<Prompt, 'version' | 'trigger'>;
        readonly runs: readonly Run[];
    },
): ChangePlan {
    if (run.status !== 'Closed') {
        throw new ActionRefused('run-open', 'This run is open already.');
    }
    const subject = subjectOfRun(run);
    if (runs.some((other) => subjectOfRun(other) === subject && other.episodeNumber > run.episodeNumber)) {
        throw new ActionRefused('newer-run', 'This has begun anew since, so the earlier run stays as it ended.');
    }
    const next = nextFields(promptOf(reopened(run), prompt), context);
    return {
        createRun: null,
        updateRun: { id: run.id, fields: { ...reopeningFields(run), ...next, ...actedFields(context.clock) } },
        createCompletions: [],
        updateCompletions: undoneOnReturn(run).map(({ id }) => ({ id, fields: statusField({ status: 'Undone' }) })),
        createTask: null,
    };
}

function promptOf(run: Run, { trigger, version }: Pick<Prompt, 'version' | 'trigger'>): Prompt {
    return {
        id: run.id,
        kind: run.playbookKey === null ? 'Signal' : 'Playbook',
        title: run.playbookName ?? '',
        tier: run.currentTier,
        match: null,
        run,
        version,
        trigger,
        held: null,
        continues: null,
    };
}

function checked({ finish, prompt }: FinishInput): Finish {
    const allowed = outcomesFor(prompt);
    if (finish.outcome === 'Saved' && endingOf(prompt) === 'risk' && !wasCustomerSpokenTo(prompt)) {
        throw new ActionRefused('not-spoken-to', notSpokenTo(prompt));
    }
    if (!allowed.includes(finish.outcome)) {
        const message = `This run cannot end as ${finish.outcome}. Choose one of: ${allowed.join(', ')}.`;
        throw new ActionRefused('outcome-not-allowed', message);
    }
    const reason = finish.reason?.trim() === '' ? null : finish.reason;
    if (reason === null && NEEDS_REASON.has(finish.outcome)) {
        throw new ActionRefused('outcome-reason-missing', `Write why this ends as ${finish.outcome}.`);
    }
    if (reason !== null && reason.length > LENGTHS.outcomeReason) {
        throw new ActionRefused(
            'outcome-reason-too-long',
            `The reason takes at most ${LENGTHS.outcomeReason} characters.`,
        );
    }
    return { ...finish, reason };
}

function notSpokenTo(prompt: FinishInput['prompt']): string {
    return (runOf(prompt)?.completions ?? []).some(isContact)
        ? 'The customer was spoken to only after the account had begun to recover, so this counts as Recovered.'
        : 'Nobody has spoken to the customer, so this counts as Recovered.';
}

function recordedNotDone(steps: readonly StepView[], run: Run, clock: Clock): CompletionChanges {
    const fieldsOf = (completion: Completion): FieldChanges => ({
        ...answerFields(completion, null),
        ...missedField(completion, clock),
    });
    return {
        createCompletions: steps
            .filter(({ completion }) => completion === null)
            .map((view) => ({ ...recordedStep(view, run), ...fieldsOf(notDone(view, run)) })),
        updateCompletions: steps
            .map((view) => notDone(view, run))
            .filter(({ id }) => id !== '')
            .map((completion) => ({ id: completion.id, fields: fieldsOf(completion) })),
    };
}

function notDone({ completion, dueAt, occurrence, step }: StepView, run: Run): Completion {
    return {
        id: completion?.id ?? '',
        key: completion?.key ?? completionKey(run, step.key, occurrence),
        stepKey: step.key,
        occurrence,
        status: 'Not done',
        decision: [],
        skipReason: null,
        note: completion?.note ?? null,
        dueAt,
        completedAt: null,
        completedByName: null,
        taskId: completion?.taskId ?? null,
        customerContact: step.customerContact,
    };
}

function isDue(dueAt: string | null, now: string): boolean {
    return dueAt !== null && Date.parse(dueAt) <= Date.parse(now);
}

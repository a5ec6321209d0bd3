/** What closing a run writes. */
import { type AccountContext, ActionRefused, type FinishInput } from './inputs';
import { outcomesFor } from './outcomes';
import {
    answerFields,
    closingFields,
    completionKey,
    LENGTHS,
    nextStepFields,
    openingFields,
    recordedStep,
    REOPENING_FIELDS,
    statusField,
} from './records';
import { nextFields, runAtAction } from './runChanges';
import { NEW_RUN_ID } from './types';
import type { ChangePlan, Checklist, Clock, Completion, Finish, Outcome, Prompt, Run, StepView } from './types';

const NEEDS_REASON: ReadonlySet<Outcome> = new Set<Outcome>(['Let go', 'False alarm']);

/** The open steps that closing records as not done: all but the next turn of a repeated step that is not due yet. */
export function stepsLeft(checklist: Checklist, { now }: Clock): readonly StepView[] {
    return checklist.phases
        .flatMap(({ steps }) => steps)
        .filter(({ dueAt, occurrence, state }) => state === 'open' && (occurrence === 1 || isDue(dueAt, now)));
}

/**
 * Closes the run and records each applicable open step as not done, except the next turn of a repeated step that is not due yet. A run
 * that does not exist yet is opened first, so that the completions still find it open. Throws ActionRefused.
 */
export function planFinish(input: FinishInput): ChangePlan {
    const { checklist, clock, prompt } = input;
    const run = runAtAction(input);
    const finish = checked(input, run);
    const left = stepsLeft(checklist, clock);
    const closing = closingFields(finish, input);
    const opens = prompt.run === null;
    return {
        createRun: opens ? { ...openingFields(run, input), ...nextStepFields(null) } : null,
        updateRun: { id: opens ? NEW_RUN_ID : run.id, fields: closing },
        createCompletions: left
            .filter(({ completion }) => completion === null)
            .map((view) => ({ ...recordedStep(view, run), ...answerFields(notDone(view, run), null) })),
        updateCompletions: left
            .map((view) => notDone(view, run))
            .filter(({ id }) => id !== '')
            .map((completion) => ({ id: completion.id, fields: answerFields(completion, null) })),
        createTask: null,
    };
}

/**
 * Opens a closed run again, as if it had not been closed: what was recorded as not done is undone. Of a signal, whose answer closed it,
 * the answer is undone too. Without `where` (the account, and the run's version) the next step stays blank until the next action.
 */
export function planReopen(
    run: Run,
    where?: { readonly context: AccountContext; readonly prompt: Pick<Prompt, 'version' | 'trigger'> },
): ChangePlan {
    if (run.status !== 'Closed') {
        throw new ActionRefused('run-open', 'This run is open already.');
    }
    const isSignal = run.playbookKey === null;
    const undone = run.completions.filter(({ status }) => status === 'Not done' || (isSignal && status !== 'Undone'));
    const completions = run.completions.map((completion): Completion =>
        undone.includes(completion) ? { ...completion, status: 'Undone' } : completion,
    );
    const reopened: Run = { ...run, status: 'Open', closedAt: null, outcome: null, cause: null, completions };
    const next = where === undefined ? {} : nextFields(promptOf(reopened, where.prompt), where.context);
    return {
        createRun: null,
        updateRun: { id: run.id, fields: { ...REOPENING_FIELDS, ...next } },
        createCompletions: [],
        updateCompletions: undone.map(({ id }) => ({ id, fields: statusField({ status: 'Undone' }) })),
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

function checked({ finish, prompt }: FinishInput, run: Run): Finish {
    if (run.status === 'Closed') {
        throw new ActionRefused('run-closed', 'This run is closed already.');
    }
    const allowed = outcomesFor(prompt);
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
    };
}

function isDue(dueAt: string | null, now: string): boolean {
    return dueAt !== null && Date.parse(dueAt) <= Date.parse(now);
}

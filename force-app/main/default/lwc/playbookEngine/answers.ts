/** What an answer to one step writes. */
import { isAnswer } from './episode';
import { ActionRefused, type AnswerInput } from './inputs';
import {
    answerFields,
    closingFields,
    completionKey,
    LENGTHS,
    noteField,
    openingFields,
    recordedStep,
    statusField,
} from './records';
import { progressFields, runAtAction } from './runChanges';
import { NEW_RUN_ID } from './types';
import type { Answer, ChangePlan, Completion, FieldChanges, Finish, Run, Step, StepView } from './types';

/**
 * What an answer to a step writes; the first one opens the run, and the answer to a signal, which asks for one thing only, closes it as
 * well (done: Completed, skipped: Let go, not applicable: False alarm). Answering an answered step corrects it and keeps when and by
 * whom it was answered, as long as the kind of answer stays. A note or an undo needs an answered step. Throws ActionRefused.
 */
export function planAnswer(input: AnswerInput): ChangePlan {
    const { answer, stepKey, occurrence, user } = input;
    const run = runAtAction(input);
    if (run.status === 'Closed') {
        throw new ActionRefused('run-closed', 'This run is closed, so its steps cannot be changed any more.');
    }
    const existing = run.completions.find(
        (completion) => completion.stepKey === stepKey && completion.occurrence === occurrence,
    );
    if (answer.kind === 'note' || answer.kind === 'undo') {
        if (existing === undefined || !isAnswer(existing)) {
            throw new ActionRefused('not-answered', 'Only an answered step takes a note of its own or can be undone.');
        }
        const changed: Completion =
            answer.kind === 'undo' ? { ...existing, status: 'Undone' } : { ...existing, note: noteOf(answer.note) };
        return planOf(input, run, changed, answer.kind === 'undo' ? statusField(changed) : noteField(changed), null);
    }

    const view = viewOf(input);
    if (view === undefined) {
        const message = 'This step is not asked for at the moment. Reload the page to see what is.';
        throw new ActionRefused('step-not-shown', message);
    }
    const completion = answered(view, answer, existing, run, input);
    if (existing === undefined) {
        const fields = { ...recordedStep(view, run), ...answerFields(completion, user.id) };
        return planOf(input, run, completion, null, fields);
    }
    const keepsAuthor = existing.status === completion.status;
    return planOf(input, run, completion, answerFields(completion, keepsAuthor ? undefined : user.id), null);
}

function viewOf({ checklist, occurrence, stepKey }: AnswerInput): StepView | undefined {
    return checklist.phases
        .flatMap(({ steps }) => steps)
        .find((view) => view.step.key === stepKey && view.occurrence === occurrence);
}

function answered(
    view: StepView,
    answer: Exclude<Answer, { kind: 'note' | 'undo' }>,
    existing: Completion | undefined,
    run: Run,
    { clock, user }: AnswerInput,
): Completion {
    const { occurrence, step } = view;
    const note = noteOf(answer.note);
    const base = {
        id: existing?.id ?? '',
        key: existing?.key ?? completionKey(run, step.key, occurrence),
        stepKey: step.key,
        occurrence,
        note,
        dueAt: view.dueAt,
        completedAt: clock.now,
        completedByName: user.name,
        taskId: existing?.taskId ?? null,
    };
    let completion: Completion;
    switch (answer.kind) {
        case 'done':
            if (step.noteRequired && note === null) {
                throw new ActionRefused('note-missing', 'This step asks for a note.');
            }
            completion = { ...base, status: 'Done', decision: decisionOf(step, answer.decision), skipReason: null };
            break;
        case 'skip':
            if (answer.reason.trim() === '') {
                throw new ActionRefused('skip-reason-missing', 'Choose why the step is skipped.');
            }
            completion = { ...base, status: 'Skipped', decision: [], skipReason: answer.reason };
            break;
        case 'not-applicable':
            completion = { ...base, status: 'Not applicable', decision: [], skipReason: null };
            break;
    }
    if (existing?.status !== completion.status) {
        return completion;
    }
    return { ...completion, completedAt: existing.completedAt, completedByName: existing.completedByName };
}

/** The chosen options in the order of the step's own. */
function decisionOf({ decision }: Step, chosen: readonly string[]): readonly string[] {
    const options = decision?.options ?? [];
    const unknown = chosen.find((option) => !options.includes(option));
    if (unknown !== undefined) {
        throw new ActionRefused('decision-unknown', `"${unknown}" is none of the answers to this step's question.`);
    }
    if (decision === null) {
        return [];
    }
    const distinct = options.filter((option) => chosen.includes(option));
    if (distinct.length === 0) {
        throw new ActionRefused('decision-missing', `Choose an answer: ${decision.question}`);
    }
    if (distinct.length > Math.max(1, decision.max)) {
        throw new ActionRefused('decision-too-many', `Choose at most ${Math.max(1, decision.max)} answers.`);
    }
    return distinct;
}

function noteOf(note: string | null): string | null {
    if (note === null || note.trim() === '') {
        return null;
    }
    if (note.length > LENGTHS.note) {
        throw new ActionRefused('note-too-long', `A note takes at most ${LENGTHS.note} characters.`);
    }
    return note;
}

function planOf(
    input: AnswerInput,
    run: Run,
    completion: Completion,
    update: FieldChanges | null,
    create: FieldChanges | null,
): ChangePlan {
    const others = run.completions.filter(({ key }) => key !== completion.key);
    const progress = progressFields(input.prompt, { ...run, completions: [...others, completion] }, input);
    const opens = input.prompt.run === null;
    const finish = input.prompt.kind === 'Signal' ? endOfSignal(completion) : null;
    const closing = finish === null ? {} : closingFields(finish, input);
    const updates = { ...(opens ? {} : progress), ...closing };
    return {
        createRun: opens ? { ...openingFields(run, input), ...progress } : null,
        updateRun: opens && finish === null ? null : { id: opens ? NEW_RUN_ID : run.id, fields: updates },
        createCompletions: create === null ? [] : [create],
        updateCompletions: update === null ? [] : [{ id: completion.id, fields: update }],
        createTask: null,
    };
}

function endOfSignal({ note, skipReason, status }: Completion): Finish | null {
    const reason = [skipReason, note].filter((text) => text !== null).join(': ');
    switch (status) {
        case 'Done':
            return { outcome: 'Completed', cause: null, reason: note };
        case 'Skipped':
            return { outcome: 'Let go', cause: null, reason };
        case 'Not applicable':
            return { outcome: 'False alarm', cause: null, reason: reason === '' ? status : reason };
        default:
            return null;
    }
}

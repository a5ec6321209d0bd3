/** What an answer to one step writes. */
import { closingCounts } from './closingCounts';
import { isAnswer } from './episode';
import { ActionRefused, type AnswerInput } from './inputs';
import {
    answerFields,
    closingFields,
    completionKey,
    LENGTHS,
    noteField,
    proofField,
    recordedStep,
    statusField,
} from './records';
import { callToLog, proofOf } from './proof';
import { progressFields, returnWrites, runAtAction, runWrites } from './runChanges';
import type { Answer, ChangePlan, Completion, FieldChanges, Finish, Run, Step, StepView } from './types';

/**
 * What an answer to a step writes; the first one opens the run, and the answer to a signal, which asks for one thing only, closes it as
 * well (done: Completed, skipped: Let go, not applicable: False alarm). A run that waited or was put aside is open with it, and one that
 * the prompt continues is opened again. A proof logs a call, or names a task that is logged already; an undo leaves it, since the call
 * took place. Answering an answered step corrects it and keeps when and by
 * whom it was answered, as long as the kind of answer stays. A note or an undo needs an answered step. Throws ActionRefused.
 */
export function planAnswer(input: AnswerInput): ChangePlan {
    const { answer, stepKey, occurrence, proof, user } = input;
    const run = runAtAction(input);
    if (proof !== null && answer.kind !== 'done') {
        throw new ActionRefused(
            'proof-without-done',
            'A call is the proof of a step that is done. Answer it with Done.',
        );
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
    const proven = proof === null ? {} : proofField(completion);
    if (existing === undefined) {
        const fields = { ...recordedStep(view, run), ...answerFields(completion, user.id), ...proven };
        return planOf(input, run, completion, null, fields);
    }
    const keepsAuthor = existing.status === completion.status;
    const fields = { ...answerFields(completion, keepsAuthor ? undefined : user.id), ...proven };
    return planOf(input, run, completion, fields, null);
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
    { clock, proof, user }: AnswerInput,
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
        taskId: proof === null ? (existing?.taskId ?? null) : proofOf(proof),
        customerContact: step.customerContact,
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
    const { prompt, user } = input;
    const others = run.completions.filter(({ key }) => key !== completion.key);
    const progress = progressFields(prompt, { ...run, completions: [...others, completion] }, input);
    const finish = prompt.kind === 'Signal' ? endOfSignal(completion) : null;
    const closing =
        finish === null
            ? null
            : closingFields(finish, closingCounts(run, finish.outcome, input.runs, input), input, user.id);
    return {
        ...runWrites(input, run, progress, closing),
        createCompletions: create === null ? [] : [create],
        updateCompletions: [
            ...(update === null ? [] : [{ id: completion.id, fields: update }]),
            ...returnWrites(prompt, [completion.id]),
        ],
        createTask: callToLog(input, completion),
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

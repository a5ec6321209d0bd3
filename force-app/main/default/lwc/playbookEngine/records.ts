/** Runs and completions as they are stored: the one place that knows their fields. */
import { type ClosingCounts, countedFields, NOTHING_COUNTED } from './closingCounts';
import type { AccountContext, ActionInput } from './inputs';
import { figureNumber, figureValue } from './scope';
import type { Clock, Completion, FieldChanges, Finish, Run, Snooze, StepView, Tier } from './types';

/** Longest values that the text fields take. */
export const LENGTHS = {
    reason: 4000,
    outcomeReason: 4000,
    snoozeReason: 255,
    segment: 60,
    title: 80,
    phase: 60,
    note: 32768,
    subject: 255,
};

const USER_ID = /^005\w{12}(?:\w{3})?$/;

/** The user whom the account belongs to: its CSM figure, or its owner where no field is that figure. Null: nobody, or no user. */
export function csmOf({ account, prepared }: Pick<AccountContext, 'account' | 'prepared'>): string | null {
    const csm = prepared.figures.CSM.path === null ? account.values['OwnerId'] : figureValue(prepared, account, 'CSM');
    return typeof csm === 'string' && USER_ID.test(csm) ? csm : null;
}

/** Every field of a run that is created, except what it does next: its status, who opened it and who is responsible are the run's own. */
export function openingFields(
    run: Run,
    { account, prepared, prompt }: Pick<ActionInput, 'account' | 'prepared' | 'prompt'>,
): FieldChanges {
    const segment = figureValue(prepared, account, 'Segment');
    return {
        Account__c: account.id,
        Run_Playbook__c: prompt.version?.playbookId ?? null,
        Run_Version__c: run.versionId,
        Trigger_Key__c: run.triggerKey,
        Episode_Key__c: run.episodeKey,
        Episode_Number__c: run.episodeNumber,
        Live_Key__c: liveKey(run),
        Run_Status__c: run.status,
        Opened_By__c: run.openedBy,
        First_Tier__c: run.firstTier,
        ...tierFields(run.worstTier, run.currentTier),
        Reason__c: cut(run.reason, LENGTHS.reason),
        Anchor_On__c: run.anchorOn,
        Surfaced_At__c: run.surfacedAt,
        Acted_At__c: run.actedAt,
        Run_CSM__c: run.csmId,
        Run_Kind__c: run.kind,
        Practice__c: run.practice,
        Segment_At_Opening__c: segment === null ? null : cut(String(segment), LENGTHS.segment),
        Health_At_Opening__c: run.healthAtOpening,
        Usage_At_Opening__c: run.usageAtOpening,
        ARR_At_Opening__c: run.arrAtOpening,
    };
}

/** Belongs to everything that a person writes on a run, and to nothing that a sweep writes: its lock rests on it. */
export function actedFields({ now }: Clock): FieldChanges {
    return { Acted_At__c: now };
}

export function tierFields(worst: Tier, current: Tier): FieldChanges {
    return { Worst_Tier__c: worst, Current_Tier__c: current };
}

/** Null: nothing is left to do, or the run is closed. */
export function nextStepFields(next: StepView | null): FieldChanges {
    return { Next_Step__c: cut(next?.step.title ?? null, LENGTHS.title), Next_Due_At__c: next?.dueAt ?? null };
}

const NOT_SNOOZED: FieldChanges = { Snoozed_Until__c: null, Snooze_Reason__c: null };

/** A run that waited or was put aside is in hand again. */
export const OPEN_FIELDS: FieldChanges = { Run_Status__c: 'Open', ...NOT_SNOOZED };

export function snoozeFields({ reason, until }: Snooze): FieldChanges {
    return { Run_Status__c: 'Snoozed', Snoozed_Until__c: until, Snooze_Reason__c: reason };
}

/**
 * Outcome, when, the account's figures at that moment, and what it counts (see `closingCounts`); a closed run has no next step.
 * `outcomeBy` is the user who decided, null when the data did.
 */
export function closingFields(
    finish: Finish,
    counts: ClosingCounts,
    { account, clock, prepared }: Pick<AccountContext, 'account' | 'clock' | 'prepared'>,
    outcomeBy: string | null,
): FieldChanges {
    return {
        Run_Status__c: 'Closed',
        Outcome__c: finish.outcome,
        Cause__c: finish.cause,
        Outcome_Reason__c: cut(finish.reason, LENGTHS.outcomeReason),
        Outcome_By__c: outcomeBy,
        Closed_At__c: clock.now,
        Live_Key__c: null,
        ...NOT_SNOOZED,
        ...nextStepFields(null),
        Health_At_Close__c: figureNumber(prepared, account, 'Health'),
        Usage_At_Close__c: figureNumber(prepared, account, 'Usage'),
        ARR_At_Close__c: figureNumber(prepared, account, 'ARR'),
        ...countedFields(counts),
    };
}

/** What closing wrote, taken back. */
export const REOPENING_FIELDS: FieldChanges = {
    ...OPEN_FIELDS,
    Outcome__c: null,
    Cause__c: null,
    Outcome_Reason__c: null,
    Outcome_By__c: null,
    Closed_At__c: null,
    Health_At_Close__c: null,
    Usage_At_Close__c: null,
    ARR_At_Close__c: null,
    ...countedFields(NOTHING_COUNTED),
};

/** A closed run opened again by a person, as if it had not been closed: since when it recovers stays. */
export function reopeningFields(run: Run): FieldChanges {
    return { ...REOPENING_FIELDS, Live_Key__c: liveKey(run), Reopened_Count__c: run.reopenedCount + 1 };
}

/** The episode's key without its number: unique in the org, so that nobody opens a run again while a new one of its playbook is at work. */
function liveKey({ episodeKey }: Run): string {
    return episodeKey.slice(0, episodeKey.lastIndexOf(':'));
}

/** A closed run opened again because its episode came back within its cooldown. */
export function returningFields(run: Run, { now }: Clock): FieldChanges {
    return { ...reopeningFields(run), Recovering_Since__c: null, Returned_At__c: now };
}

/** What a new completion copies of its step, so that reports need no other record; without the run when the same plan creates it. */
export function recordedStep({ step, occurrence }: StepView, run: Run): FieldChanges {
    return {
        ...(run.id === '' ? {} : { Playbook_Run__c: run.id }),
        Completed_Step__c: step.id === '' ? null : step.id,
        Completion_Key__c: completionKey(run, step.key, occurrence),
        Recorded_Step_Key__c: step.key,
        Recorded_Title__c: cut(step.title, LENGTHS.title),
        Recorded_Phase__c: step.phase === '' ? null : cut(step.phase, LENGTHS.phase),
        Recorded_Required__c: step.required,
        Recorded_Contact__c: step.customerContact,
        Occurrence__c: occurrence,
    };
}

/** The answer's own fields. `completedBy` undefined: whoever is recorded stays. */
export function answerFields(completion: Completion, completedBy: string | null | undefined): FieldChanges {
    return {
        ...statusField(completion),
        Skip_Reason__c: completion.skipReason,
        Decision__c: completion.decision.join(';') || null,
        ...noteField(completion),
        Due_At__c: completion.dueAt,
        Completed_At__c: completion.completedAt,
        ...(completedBy === undefined ? {} : { Completed_By__c: completedBy }),
    };
}

/** The status alone. Whether it was due is told of what was not done only (see `missedField`). */
export function statusField({ status }: Pick<Completion, 'status'>): FieldChanges {
    return { Completion_Status__c: status, Was_Due__c: false };
}

/** Of a step that is recorded as not done: whether it was due at that moment, or at none, so that it could have been done. */
export function missedField({ dueAt }: Pick<Completion, 'dueAt'>, { now }: Clock): FieldChanges {
    return { Was_Due__c: dueAt === null || Date.parse(dueAt) <= Date.parse(now) };
}

export function noteField({ note }: Completion): FieldChanges {
    return { Note__c: note };
}

export function proofField({ taskId }: Completion): FieldChanges {
    return { Task_Id__c: taskId };
}

export function completionKey(run: Run, stepKey: string, occurrence: number): string {
    return `${run.episodeKey}:${stepKey}:${occurrence}`;
}

export function cut(text: string | null, length: number): string | null {
    return text?.slice(0, length) ?? null;
}

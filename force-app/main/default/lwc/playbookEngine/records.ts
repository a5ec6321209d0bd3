/** Runs and completions as they are stored: the one place that knows their fields. */
import type { AccountContext, ActionInput } from './inputs';
import { figureNumber, figureValue } from './scope';
import type { Completion, FieldChanges, Finish, Run, StepView, Tier } from './types';

/** Longest values that the text fields take. */
export const LENGTHS = { reason: 4000, outcomeReason: 4000, segment: 60, title: 80, phase: 60, note: 32768 };

const USER_ID = /^005\w{12}(?:\w{3})?$/;

/** Every field of a run that opens, except what it does next. */
export function openingFields(run: Run, { account, prepared, prompt, user }: ActionInput): FieldChanges {
    const csm = figureValue(prepared, account, 'CSM');
    const segment = figureValue(prepared, account, 'Segment');
    return {
        Account__c: account.id,
        Run_Playbook__c: prompt.version?.playbookId ?? null,
        Run_Version__c: run.versionId,
        Trigger_Key__c: run.triggerKey,
        Episode_Key__c: run.episodeKey,
        Episode_Number__c: run.episodeNumber,
        Run_Status__c: 'Open',
        Opened_By__c: run.openedBy,
        First_Tier__c: run.firstTier,
        ...tierFields(run.worstTier, run.currentTier),
        Reason__c: cut(run.reason, LENGTHS.reason),
        Anchor_On__c: run.anchorOn,
        Surfaced_At__c: run.surfacedAt,
        Run_CSM__c: typeof csm === 'string' && USER_ID.test(csm) ? csm : user.id,
        Segment_At_Opening__c: segment === null ? null : cut(String(segment), LENGTHS.segment),
        Health_At_Opening__c: run.healthAtOpening,
        Usage_At_Opening__c: run.usageAtOpening,
        ARR_At_Opening__c: run.arrAtOpening,
    };
}

export function tierFields(worst: Tier, current: Tier): FieldChanges {
    return { Worst_Tier__c: worst, Current_Tier__c: current };
}

/** Null: nothing is left to do, or the run is closed. */
export function nextStepFields(next: StepView | null): FieldChanges {
    return { Next_Step__c: cut(next?.step.title ?? null, LENGTHS.title), Next_Due_At__c: next?.dueAt ?? null };
}

/** Outcome, when and by whom, and the account's figures at that moment; a closed run has no next step. */
export function closingFields(finish: Finish, { account, clock, prepared, user }: AccountContext): FieldChanges {
    return {
        Run_Status__c: 'Closed',
        Outcome__c: finish.outcome,
        Cause__c: finish.cause,
        Outcome_Reason__c: cut(finish.reason, LENGTHS.outcomeReason),
        Outcome_By__c: user.id,
        Closed_At__c: clock.now,
        ...nextStepFields(null),
        Health_At_Close__c: figureNumber(prepared, account, 'Health'),
        Usage_At_Close__c: figureNumber(prepared, account, 'Usage'),
        ARR_At_Close__c: figureNumber(prepared, account, 'ARR'),
    };
}

/** What closing wrote, taken back. */
export const REOPENING_FIELDS: FieldChanges = {
    Run_Status__c: 'Open',
    Outcome__c: null,
    Cause__c: null,
    Outcome_Reason__c: null,
    Outcome_By__c: null,
    Closed_At__c: null,
    Health_At_Close__c: null,
    Usage_At_Close__c: null,
    ARR_At_Close__c: null,
};

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

export function statusField({ status }: Pick<Completion, 'status'>): FieldChanges {
    return { Completion_Status__c: status };
}

export function noteField({ note }: Completion): FieldChanges {
    return { Note__c: note };
}

export function completionKey(run: Run, stepKey: string, occurrence: number): string {
    return `${run.episodeKey}:${stepKey}:${occurrence}`;
}

function cut(text: string | null, length: number): string | null {
    return text?.slice(0, length) ?? null;
}

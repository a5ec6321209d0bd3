/** Field values of runs and completions as actions write them. */
import { buildChecklist } from './checklist';
import { episodeFacts, episodeKeyOf, nextEpisodeNumber } from './episode';
import type { AccountContext, ActionInput } from './inputs';
import { LENGTHS, RECORDS } from './records';
import { figureNumber, figureValue } from './scope';
import type { Completion, FieldChanges, Finish, Prompt, Run, StepView } from './types';

const { completion: COMPLETION, run: RUN } = RECORDS;
const USER_ID = /^005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;

/** The run as it stands, or as it opens with this very action. */
export function runAtAction(input: ActionInput): Run {
    const { account, clock, prompt, reason, runs } = input;
    if (prompt.run !== null) {
        return prompt.run;
    }
    const facts = episodeFacts(prompt, input);
    const episodeNumber = nextEpisodeNumber(prompt, runs);
    return {
        id: '',
        episodeKey: episodeKeyOf(prompt, account.id, episodeNumber),
        episodeNumber,
        playbookKey: prompt.version?.playbookKey ?? null,
        playbookName: prompt.version?.playbookName ?? null,
        versionId: prompt.version?.id ?? null,
        triggerKey: prompt.match?.trigger.key ?? null,
        status: 'Open',
        openedBy: prompt.match === null ? 'By hand' : 'First action',
        firstTier: facts.firstTier,
        worstTier: facts.worstTier,
        currentTier: facts.tier,
        reason,
        anchorOn: facts.anchorOn,
        surfacedAt: clock.now,
        closedAt: null,
        outcome: null,
        cause: null,
        healthAtOpening: facts.healthAtOpening,
        usageAtOpening: facts.usageAtOpening,
        arrAtOpening: facts.arrAtOpening,
        completions: [],
    };
}

/** Every field of a run that opens, except what it does next. */
export function openingFields(run: Run, input: ActionInput): FieldChanges {
    const { account, prepared, prompt, user } = input;
    const csm = figureValue(prepared, account, 'CSM');
    const segment = figureValue(prepared, account, 'Segment');
    return {
        [RUN.account]: account.id,
        [RUN.playbook]: prompt.version?.playbookId ?? null,
        [RUN.version]: run.versionId,
        [RUN.triggerKey]: run.triggerKey,
        [RUN.episodeKey]: run.episodeKey,
        [RUN.episodeNumber]: run.episodeNumber,
        [RUN.status]: 'Open',
        [RUN.openedBy]: run.openedBy,
        [RUN.firstTier]: run.firstTier,
        [RUN.worstTier]: run.worstTier,
        [RUN.currentTier]: run.currentTier,
        [RUN.reason]: run.reason?.slice(0, LENGTHS.reason) ?? null,
        [RUN.anchorOn]: run.anchorOn,
        [RUN.surfacedAt]: run.surfacedAt,
        [RUN.csm]: typeof csm === 'string' && USER_ID.test(csm) ? csm : user.id,
        [RUN.segmentAtOpening]: segment === null ? null : String(segment).slice(0, LENGTHS.segment),
        [RUN.healthAtOpening]: run.healthAtOpening,
        [RUN.usageAtOpening]: run.usageAtOpening,
        [RUN.arrAtOpening]: run.arrAtOpening,
    };
}

/** Tiers now, and the next step as it will stand once the action is written. */
export function progressFields(prompt: Prompt, after: Run, context: AccountContext): FieldChanges {
    const { tier, worstTier } = episodeFacts(prompt, context);
    const run = { ...after, currentTier: tier, worstTier };
    return { [RUN.worstTier]: worstTier, [RUN.currentTier]: tier, ...nextFields({ ...prompt, run }, context) };
}

export function nextFields(prompt: Prompt, context: AccountContext): FieldChanges {
    const { next } = buildChecklist(prompt, context);
    return {
        [RUN.nextStep]: next?.step.title.slice(0, LENGTHS.title) ?? null,
        [RUN.nextDueAt]: next?.dueAt ?? null,
    };
}

/** Outcome, when and by whom, and the account's figures at that moment; a closed run has no next step. */
export function closingFields(finish: Finish, { account, clock, prepared, user }: AccountContext): FieldChanges {
    return {
        [RUN.status]: 'Closed',
        [RUN.outcome]: finish.outcome,
        [RUN.cause]: finish.cause,
        [RUN.outcomeReason]: finish.reason?.slice(0, LENGTHS.outcomeReason) ?? null,
        [RUN.outcomeBy]: user.id,
        [RUN.closedAt]: clock.now,
        [RUN.nextStep]: null,
        [RUN.nextDueAt]: null,
        [RUN.healthAtClose]: figureNumber(prepared, account, 'Health'),
        [RUN.usageAtClose]: figureNumber(prepared, account, 'Usage'),
        [RUN.arrAtClose]: figureNumber(prepared, account, 'ARR'),
    };
}

/** What a new completion copies of its step, so that reports need no other record. */
export function recordedStep({ step, occurrence }: StepView, run: Run): FieldChanges {
    return {
        ...(run.id === '' ? {} : { [COMPLETION.run]: run.id }),
        [COMPLETION.step]: step.id === '' ? null : step.id,
        [COMPLETION.key]: completionKey(run, step.key, occurrence),
        [COMPLETION.stepKey]: step.key,
        [COMPLETION.title]: step.title.slice(0, LENGTHS.title),
        [COMPLETION.phase]: step.phase === '' ? null : step.phase.slice(0, LENGTHS.phase),
        [COMPLETION.required]: step.required,
        [COMPLETION.contact]: step.customerContact,
        [COMPLETION.occurrence]: occurrence,
    };
}

/** The answer's own fields. */
export function answerFields(completion: Completion, completedBy: string | null): FieldChanges {
    return {
        [COMPLETION.status]: completion.status,
        [COMPLETION.skipReason]: completion.skipReason,
        [COMPLETION.decision]: completion.decision.length === 0 ? null : completion.decision.join(';'),
        [COMPLETION.note]: completion.note,
        [COMPLETION.dueAt]: completion.dueAt,
        [COMPLETION.completedAt]: completion.completedAt,
        [COMPLETION.completedBy]: completedBy,
    };
}

export function completionKey(run: Run, stepKey: string, occurrence: number): string {
    return `${run.episodeKey}:${stepKey}:${occurrence}`;
}

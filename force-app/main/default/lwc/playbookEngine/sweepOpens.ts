/** What a sweep opens: a new run for a prompt that has none, or the closed one that the prompt continues. */
import { buildChecklist } from './checklist';
import { returned, undoneOnReturn } from './episode';
import { stateAfter } from './episodeStates';
import type { Evidence } from './evidence';
import { worseTier } from './matches';
import { joinReasons } from './phrases';
import { nextStepFields, openingFields, returningFields, statusField, tierFields } from './records';
import { practiceOn } from './practice';
import { runAtAction } from './runChanges';
import { expiryOf } from './sweepCloses';
import type { SweepRules } from './sweepTypes';
import type { ChangePlan, Match, Prompt, Run } from './types';

export interface Opening {
    readonly prompt: Prompt;
    readonly run: Run;
    readonly plan: ChangePlan;
}

const EMPTY_PLAN = { createRun: null, updateRun: null, createCompletions: [], updateCompletions: [], createTask: null };

/**
 * A new run, written as Open: `placed` makes it wait where there is no room. Null: there is nothing to win any more, because the day has
 * passed, so that the next sweep would only close it again.
 */
export function openRun(
    prompt: Prompt,
    match: Match,
    runs: readonly Run[],
    evidence: Evidence,
    rules: SweepRules,
    csmId: string | null,
): Opening | null {
    const { context } = evidence;
    const reason = joinReasons(match, rules.phrases, rules.formats);
    const run: Run = {
        ...runAtAction({ ...context, prompt, runs, reason, checklist: buildChecklist(prompt, evidence.seenByCsm) }),
        status: stateAfter(stateAfter('None', 'enter'), 'room'),
        openedBy: 'Sweep',
        actedAt: null,
        csmId,
    };
    const opened = { ...prompt, run };
    if (expiryOf(opened, run, null, context) !== null) {
        return null;
    }
    practiceOn(context).problems.forEach((problem) => evidence.tell(problem));
    const { next } = buildChecklist(opened, evidence.seenByCsm);
    const marks = { Swept_At__c: context.clock.now, Swept_Seen_At__c: null };
    const createRun = { ...openingFields(run, { ...context, prompt }), ...nextStepFields(next), ...marks };
    return { prompt: opened, run, plan: { ...EMPTY_PLAN, createRun } };
}

/** The same episode again: its closed run is opened, and what closing had recorded as not done is undone. Null: as for `openRun`. */
export function continueRun(
    prompt: Prompt,
    closed: Run,
    match: Match,
    evidence: Evidence,
    csmId: string | null,
): Opening | null {
    const { context } = evidence;
    const { now } = context.clock;
    const run: Run = {
        ...returned(closed),
        status: stateAfter('Closed', 'continue'),
        triggerKey: match.trigger.key,
        currentTier: prompt.tier,
        worstTier: worseTier(closed.worstTier, prompt.tier),
        returnedAt: now,
        csmId: csmId ?? closed.csmId,
    };
    const opened: Prompt = { ...prompt, run, continues: null };
    if (expiryOf(opened, run, null, context) !== null) {
        return null;
    }
    const fields = {
        ...returningFields(closed, context.clock),
        Trigger_Key__c: run.triggerKey,
        Run_CSM__c: run.csmId,
        ...tierFields(run.worstTier, run.currentTier),
        ...nextStepFields(buildChecklist(opened, evidence.seenByCsm).next),
        Swept_At__c: now,
        Swept_Seen_At__c: closed.actedAt,
    };
    const updateCompletions = undoneOnReturn(closed).map(({ id }) => ({
        id,
        fields: statusField({ status: 'Undone' }),
    }));
    return { prompt: opened, run, plan: { ...EMPTY_PLAN, updateRun: { id: closed.id, fields }, updateCompletions } };
}

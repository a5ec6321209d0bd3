/** The run that an action is about, how it stands once the action is written, and what is written of it. */
import { buildChecklist } from './checklist';
import { episodeFacts, episodeKeyOf, nextEpisodeNumber, runOf, undoneOnReturn } from './episode';
import { NOTHING_COUNTED } from './closingCounts';
import { type AccountContext, ActionRefused, type ActionInput } from './inputs';
import { kindOf } from './outcomes';
import { practiceOn } from './practice';
import {
    actedFields,
    csmOf,
    nextStepFields,
    OPEN_FIELDS,
    openingFields,
    returningFields,
    statusField,
    tierFields,
} from './records';
import { type ChangePlan, type FieldChanges, NEW_RUN_ID, type Prompt, type Run } from './types';

/**
 * The run as it stands, as it opens with this very action, or as it is opened again by it because its episode came back within the
 * cooldown. Throws ActionRefused when it is closed.
 */
export function runAtAction(input: ActionInput): Run {
    const { account, clock, prompt, reason, runs, user } = input;
    if (prompt.run?.status === 'Closed') {
        throw new ActionRefused('run-closed', 'This run is closed, so nothing of it can be changed any more.');
    }
    const run = runOf(prompt);
    if (run !== null) {
        return prompt.run === null ? { ...run, triggerKey: enteredBy(prompt, run), returnedAt: clock.now } : run;
    }
    const { startedAt, tier, ...facts } = episodeFacts(prompt, input);
    const { match, version } = prompt;
    const episodeNumber = nextEpisodeNumber(prompt, runs);
    return {
        ...facts,
        id: '',
        episodeKey: episodeKeyOf(prompt, account.id, episodeNumber),
        episodeNumber,
        playbookKey: version?.playbookKey ?? null,
        playbookName: version?.playbookName ?? null,
        versionId: version?.id ?? null,
        triggerKey: match?.trigger.key ?? null,
        status: 'Open',
        openedBy: match === null ? 'By hand' : 'First action',
        currentTier: tier,
        reason,
        surfacedAt: startedAt,
        closedAt: null,
        snoozedUntil: null,
        snoozeReason: null,
        recoveringSince: null,
        actedAt: clock.now,
        reopenedCount: 0,
        returnedAt: null,
        csmId: csmOf(input) ?? user.id,
        nextStep: null,
        nextDueAt: null,
        outcome: null,
        kind: kindOf(prompt),
        practice: practiceOn(input).isPractice,
        ...NOTHING_COUNTED,
        csmMonths: null,
    };
}

/**
 * What a person's action writes of the run: created, changed, or opened again. `progress` are its own fields, `status` those that close it
 * or put it aside; null: the run is in hand, so one that waited or was put aside is open now.
 */
export function runWrites(
    input: ActionInput,
    run: Run,
    progress: FieldChanges,
    status: FieldChanges | null,
): Pick<ChangePlan, 'createRun' | 'reopenRun' | 'updateRun'> {
    const { continues, run: existing } = input.prompt;
    const acted = actedFields(input.clock);
    const closes = status?.['Run_Status__c'] === 'Closed';
    if (existing !== null) {
        const opened = existing.status === 'Open' ? {} : OPEN_FIELDS;
        return { createRun: null, updateRun: { id: run.id, fields: { ...progress, ...(status ?? opened), ...acted } } };
    }
    if (continues !== null) {
        const again = { ...returningFields(continues, input.clock), Trigger_Key__c: run.triggerKey, ...acted };
        return status === null
            ? { createRun: null, updateRun: { id: run.id, fields: { ...again, ...progress } } }
            : {
                  createRun: null,
                  reopenRun: { id: run.id, fields: again },
                  updateRun: { id: run.id, fields: { ...progress, ...status, ...acted } },
              };
    }
    const created = { ...openingFields(run, input), ...progress };
    return {
        createRun: closes ? created : { ...created, ...status },
        updateRun: status !== null && closes ? { id: NEW_RUN_ID, fields: { ...status, ...acted } } : null,
    };
}

/** The trigger whose rule holds again, by whose exit the run ends from now on: another of the same playbook perhaps. */
function enteredBy({ match }: Prompt, run: Run): string | null {
    return match?.trigger.key ?? run.triggerKey;
}

/** The completions that opening a closed run again takes back, apart from those that the action itself writes (by id). */
export function returnWrites({ continues }: Prompt, written: readonly string[]): ChangePlan['updateCompletions'] {
    return (continues === null ? [] : undoneOnReturn(continues))
        .filter(({ id }) => !written.includes(id))
        .map(({ id }) => ({ id, fields: statusField({ status: 'Undone' }) }));
}

/** Tiers now, and the next step as it will stand once the action is written. */
export function progressFields(prompt: Prompt, after: Run, context: AccountContext): FieldChanges {
    const { tier, worstTier } = episodeFacts(prompt, context);
    const run = { ...after, currentTier: tier, worstTier };
    return { ...tierFields(worstTier, tier), ...nextFields({ ...prompt, run }, context) };
}

export function nextFields(prompt: Prompt, context: AccountContext): FieldChanges {
    return nextStepFields(buildChecklist(prompt, context).next);
}

/** The run that an action is about, and how it stands once the action is written. */
import { buildChecklist } from './checklist';
import { episodeFacts, episodeKeyOf, nextEpisodeNumber } from './episode';
import type { AccountContext, ActionInput } from './inputs';
import { nextStepFields, tierFields } from './records';
import type { FieldChanges, Prompt, Run } from './types';

/** The run as it stands, or as it opens with this very action. */
export function runAtAction(input: ActionInput): Run {
    const { account, clock, prompt, reason, runs } = input;
    if (prompt.run !== null) {
        return prompt.run;
    }
    const { tier, ...facts } = episodeFacts(prompt, input);
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
        surfacedAt: clock.now,
        closedAt: null,
        snoozedUntil: null,
        recoveringSince: null,
        actedAt: clock.now,
        reopenedCount: 0,
        csmId: null,
        outcome: null,
    };
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

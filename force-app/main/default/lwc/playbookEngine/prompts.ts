import type { PreparedRules, PromptSource } from './inputs';
import type { PlaybookVersion, Prompt, RuleProblem } from './types';
/** What the panel can put in front: open runs joined with matches, and matches that no cooldown holds back; worst first. */
export function prompts(source: PromptSource): readonly Prompt[] {
    throw new Error(`Not built yet: ${String(source)}`);
}
/** A playbook that nothing surfaced, started by a person; its trigger, if there is one, gives the anchor. */
export function startByHand(version: PlaybookVersion, prepared: PreparedRules): Prompt {
    throw new Error(`Not built yet: ${String([version, prepared])}`);
}
/** Working triggers whose playbook has no published version: they surface nothing. */
export function unpublishedPlaybooks(
    prepared: PreparedRules,
    versions: readonly PlaybookVersion[],
): readonly RuleProblem[] {
    throw new Error(`Not built yet: ${String([prepared, versions])}`);
}

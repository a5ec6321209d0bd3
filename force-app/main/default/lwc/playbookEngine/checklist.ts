import type { AccountContext } from './inputs';
import type { Checklist, Prompt, RuleProblem } from './types';
/** The steps that show now, by phase. Works without a run as if it opened now. */
export function buildChecklist(prompt: Prompt, context: AccountContext): Checklist {
    throw new Error(`Not built yet: ${String([prompt, context])}`);
}
/** Rules of the prompt's steps and version that cannot be used; a step with one is shown, never hidden. */
export function checklistProblems(prompt: Prompt, context: AccountContext): readonly RuleProblem[] {
    throw new Error(`Not built yet: ${String([prompt, context])}`);
}

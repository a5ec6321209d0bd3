import type { AccountContext } from './inputs';
import type { Checklist, OutcomeSuggestion, Prompt } from './types';
/** The outcome that the version's own criteria speak for, or null. */
export function suggestOutcome(
    prompt: Prompt,
    checklist: Checklist,
    context: AccountContext,
): OutcomeSuggestion | null {
    throw new Error(`Not built yet: ${String([prompt, checklist, context])}`);
}

/** Why an account was at risk, as far as a step of its playbook has asked for it. */
import { runOf, standing, stepsOf } from './episode';
import type { Prompt, Step } from './types';

/** The values of Playbook_Run__c.Cause__c. */
export const RUN_CAUSES: readonly string[] = [
    'Low adoption',
    'Product gap or defect',
    'Support experience',
    'Champion or sponsor left',
    'Price or budget',
    'Competitor',
    'Business change at the customer',
    'Poor onboarding',
    'Data error',
    'Other',
];

/**
 * The cause to close with: the first one chosen in the latest answer to a step that asks for causes, which is one whose options are all
 * causes (another step's "Other" is none). Null: no step asks for it, or none of them is done.
 */
export function suggestedCause(prompt: Prompt): string | null {
    const completions = runOf(prompt)?.completions ?? [];
    const [latest] = stepsOf(prompt)
        .filter(asksForCauses)
        .flatMap(({ key }) => standing(completions, key).findLast(({ status }) => status === 'Done') ?? [])
        .sort((one, other) => (other.completedAt ?? '').localeCompare(one.completedAt ?? ''));
    return latest?.decision[0] ?? null;
}

function asksForCauses({ decision }: Step): boolean {
    return decision !== null && decision.options.every((option) => RUN_CAUSES.includes(option));
}

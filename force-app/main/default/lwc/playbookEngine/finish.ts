import type { FinishInput } from './inputs';
import type { ChangePlan, Outcome, Prompt } from './types';
/** Outcomes that a run of this prompt can have, in the order to offer them. */
export function outcomesFor(prompt: Pick<Prompt, 'version' | 'trigger'>): readonly Outcome[] {
    throw new Error(`Not built yet: ${String(prompt)}`);
}
/** Closes the run and records each applicable open step as not done; opens it first when there is none. Throws ActionRefused. */
export function planFinish(input: FinishInput): ChangePlan {
    throw new Error(`Not built yet: ${String(input)}`);
}

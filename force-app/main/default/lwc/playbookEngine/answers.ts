import type { AnswerInput } from './inputs';
import type { ChangePlan } from './types';
/** What an answer to a step writes; the first one opens the run. Throws ActionRefused. */
export function planAnswer(input: AnswerInput): ChangePlan {
    throw new Error(`Not built yet: ${String(input)}`);
}

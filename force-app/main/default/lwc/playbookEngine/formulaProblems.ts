/** A formula that does not compile, as something that an admin can put right. */
import { FormulaError } from 'c/formula';
import type { RuleProblem } from './types';

/** What is wrong with a formula, for people; empty when it compiles. */
export function formulaProblems(error: unknown, place: Omit<RuleProblem, 'message' | 'position'>): RuleProblem[] {
    if (!(error instanceof FormulaError)) {
        throw error;
    }
    return error.issues.map(({ message, position }) => ({ ...place, message, position }));
}

/** Accounts on which runs are practice, such as demo and training accounts: a rule of the settings tells them. */
import { compileFormula, type CompiledFormula, FormulaError, type Scope } from 'c/formula';
import { formulaProblems } from './formulaProblems';
import type { AccountContext } from './inputs';
import { userValues } from './scope';
import type { RuleProblem, Settings } from './types';

const PLACE = { where: 'setting', key: 'Practice When', label: 'Playbook Setting', field: 'Practice When' } as const;

/** The rule; null: there is none, or it does not compile, which is a problem. */
export function practiceRule(
    { practiceWhen }: Pick<Settings, 'practiceWhen'>,
    scope: Scope,
): { readonly rule: CompiledFormula | null; readonly problems: readonly RuleProblem[] } {
    if (practiceWhen === null || practiceWhen.trim() === '') {
        return { rule: null, problems: [] };
    }
    try {
        return { rule: compileFormula(practiceWhen, scope, { blanks: 'unknown', expect: 'Checkbox' }), problems: [] };
    } catch (error) {
        return { rule: null, problems: formulaProblems(error, PLACE) };
    }
}

/**
 * Whether a run that opens now on the account is practice. Without a rule, where the rule is unknown, and where it fails, which is a
 * problem, it is not: what counts must not depend on a rule that does not work.
 */
export function practiceOn({
    account,
    clock,
    prepared,
    user,
}: Pick<AccountContext, 'account' | 'clock' | 'prepared' | 'user'>): {
    readonly isPractice: boolean;
    readonly problems: readonly RuleProblem[];
} {
    const { practice } = prepared;
    if (practice === null) {
        return { isPractice: false, problems: [] };
    }
    try {
        const value = practice.evaluate({ ...account.values, ...userValues(user) }, clock);
        return { isPractice: value === true, problems: [] };
    } catch (error) {
        if (!(error instanceof FormulaError)) {
            throw error;
        }
        const position = error.issues[0]?.position ?? null;
        return { isPractice: false, problems: [{ ...PLACE, message: error.message, position }] };
    }
}

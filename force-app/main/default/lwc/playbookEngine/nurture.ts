/** Accounts that ask for nothing today, but are worth a campaign. */
import { compileFormula, type CompiledFormula, FormulaError } from 'c/formula';
import { formulaProblems } from './formulaProblems';
import { userValues } from './scope';
import { freshAccount } from './staleness';
import type { RuleProblem } from './types';
import type { BookAccount, WorklistInput } from './worklistTypes';

const PLACE = { where: 'setting', key: 'Nurture When', label: 'Playbook Setting', field: 'Nurture When' } as const;

export interface NurtureList {
    /** By name. */
    readonly accounts: readonly BookAccount[];
    readonly problems: readonly RuleProblem[];
}

/** Those of `candidates` for which the setting's nurture rule holds on figures that are not stale. Without such a rule: none. */
export function nurtureList(
    candidates: readonly BookAccount[],
    { clock, prepared, settings, user }: WorklistInput,
): NurtureList {
    const source = settings.nurtureWhen;
    if (source === null || source.trim() === '') {
        return { accounts: [], problems: [] };
    }
    let rule: CompiledFormula;
    try {
        rule = compileFormula(source, prepared.scope, { blanks: 'unknown', expect: 'Checkbox' });
    } catch (error) {
        return { accounts: [], problems: formulaProblems(error, PLACE) };
    }
    const problems: RuleProblem[] = [];
    const accounts = candidates.filter(({ account }) => {
        const { values } = freshAccount(account, prepared, settings, clock);
        try {
            return rule.evaluate({ ...values, ...userValues(user) }, clock) === true;
        } catch (error) {
            if (!(error instanceof FormulaError)) {
                throw error;
            }
            problems.push({ ...PLACE, message: error.message, position: error.issues[0]?.position ?? null });
            return false;
        }
    });
    return { accounts: accounts.sort((one, other) => one.name.localeCompare(other.name, 'en')), problems };
}

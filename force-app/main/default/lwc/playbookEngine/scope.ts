import type { Scope } from 'c/formula';
import type { PreparedRules } from './inputs';
import type { AccountSnapshot, FieldTypes, FigureName, Settings, Step } from './types';
import type { Value } from 'c/formula';
export const FIGURE_NAMES: readonly FigureName[] = [];
/** What rules may name: Account fields, `$Figure.…` (read where the settings say) and `$User.…`. */
export function ruleScope(fieldTypes: FieldTypes, settings: Settings): Scope {
    throw new Error(`Not built yet: ${String([fieldTypes, settings])}`);
}
/** What steps, versions and their texts may name besides: `$Run.…`, `$Trigger.…` and `$Decision.<step key>` of these steps. */
export function stepScope(rules: Scope, steps: readonly Step[]): Scope {
    throw new Error(`Not built yet: ${String([rules, steps])}`);
}
/** Raw value of a figure; null when blank, unmapped or unreadable. */
export function figureValue(prepared: PreparedRules, account: AccountSnapshot, figure: FigureName): Value {
    throw new Error(`Not built yet: ${String([prepared, account, figure])}`);
}

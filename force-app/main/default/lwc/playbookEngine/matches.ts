/** Which triggers fire on an account now, how urgent each is, and why. */
import { type CompiledFormula, FormulaError, type Value, type Values } from 'c/formula';
import { dayOf, isDay } from './days';
import type { MatchResult, PreparedRules, TriggerRule } from './inputs';
import { reasonsOf } from './reasons';
import { figureValue, userValues } from './scope';
import { TIERS } from './types';
import type { AccountSnapshot, Clock, CurrentUser, Match, RuleProblem, Tier, Trigger } from './types';

/** The triggers whose entry rule holds on this account now. */
export function matchTriggers(
    prepared: PreparedRules,
    account: AccountSnapshot,
    clock: Clock,
    user: CurrentUser,
): MatchResult {
    const matches: Match[] = [];
    const problems: RuleProblem[] = [];
    for (const rule of prepared.rules) {
        const values = rule.usesUser ? { ...account.values, ...userValues(user) } : account.values;
        try {
            if (evaluate(rule, 'Enter When', rule.enter, values, clock) === true) {
                matches.push(matchOf(rule, prepared, account, values, clock, problems));
            }
        } catch (error) {
            if (!(error instanceof RuleFailure)) {
                throw error;
            }
            problems.push(error.problem);
        }
    }
    matches.sort((one, other) => compareUrgency(one, other, one.trigger, other.trigger));
    return { matches, problems };
}

/** Orders by tier, then priority, then label; whatever has no trigger comes after what has one. */
export function compareUrgency(
    one: { readonly tier: Tier },
    other: { readonly tier: Tier },
    oneTrigger: Trigger | null,
    otherTrigger: Trigger | null,
): number {
    return (
        TIERS.indexOf(one.tier) - TIERS.indexOf(other.tier) ||
        (oneTrigger?.priority ?? Number.MAX_VALUE) - (otherTrigger?.priority ?? Number.MAX_VALUE) ||
        (oneTrigger?.label ?? '').localeCompare(otherTrigger?.label ?? '', 'en')
    );
}

export function worseTier(one: Tier, other: Tier): Tier {
    return TIERS.indexOf(one) <= TIERS.indexOf(other) ? one : other;
}

/** The day of a trigger's anchor on this account; null without one, or when it is blank or no day. */
export function anchorDay(
    trigger: Trigger | null,
    prepared: PreparedRules,
    account: AccountSnapshot,
    clock: Clock,
): string | null {
    const value = trigger?.anchor ? figureValue(prepared, account, trigger.anchor) : null;
    if (typeof value !== 'string') {
        return null;
    }
    const day = value.includes('T') ? dayOf(value, clock.timeZone) : value;
    return isDay(day) ? day : null;
}

/** One formula of one trigger failed on actual values. */
class RuleFailure extends Error {
    constructor(readonly problem: RuleProblem) {
        super(problem.message);
    }
}

function matchOf(
    rule: TriggerRule,
    prepared: PreparedRules,
    account: AccountSnapshot,
    values: Values,
    clock: Clock,
    problems: RuleProblem[],
): Match {
    const { trigger, tier: tierFormula, explanation: explanationFormula } = rule;
    const tierText = tierFormula ? evaluate(rule, 'Tier', tierFormula, values, clock) : null;
    const explanation = explanationFormula ? evaluate(rule, 'Explanation', explanationFormula, values, clock) : null;
    const tier = tierNamed(tierText);
    if (tier === undefined) {
        const message = `Tier gave "${String(tierText)}", so Moderate counts. Give ${TIERS.join(', ')}.`;
        problems.push(problemOf(trigger, 'Tier', message, null));
    }
    return {
        trigger,
        tier: tier ?? 'Moderate',
        reasons: reasonsOf(rule.enter.explain(values, clock), prepared, clock),
        explanation: typeof explanation === 'string' && explanation.trim() !== '' ? explanation : null,
        anchorOn: anchorDay(trigger, prepared, account, clock),
    };
}

/** Blank and unknown are Moderate; undefined for a word that is no tier. */
function tierNamed(text: Value): Tier | undefined {
    if (text === null || text === '') {
        return 'Moderate';
    }
    const wanted = String(text).trim().toLowerCase();
    return TIERS.find((tier) => tier.toLowerCase() === wanted);
}

function evaluate(rule: TriggerRule, field: string, formula: CompiledFormula, values: Values, clock: Clock): Value {
    try {
        return formula.evaluate(values, clock);
    } catch (error) {
        if (!(error instanceof FormulaError)) {
            throw error;
        }
        const position = error.issues[0]?.position ?? null;
        throw new RuleFailure(problemOf(rule.trigger, field, error.message, position));
    }
}

function problemOf(trigger: Trigger, field: string, message: string, position: number | null): RuleProblem {
    return { where: 'trigger', key: trigger.key, label: trigger.label, field, message, position };
}

/** Which triggers fire on an account now, how urgent each is, and why. */
import { type CompiledFormula, FormulaError, type Value, type Values } from 'c/formula';
import type { MatchResult, PreparedRules, TriggerRule } from './inputs';
import { reasonsOf } from './reasons';
import { figureDay, userValues } from './scope';
import { freshAccount } from './staleness';
import { TIERS } from './types';
import type { AccountSnapshot, Clock, CurrentUser, Match, Reason, RuleProblem, Tier, Trigger } from './types';

const NO_MATCHES: readonly Match[] = [];
const NO_PROBLEMS: readonly RuleProblem[] = [];
const NOTHING: MatchResult = { matches: NO_MATCHES, stale: NO_MATCHES, problems: NO_PROBLEMS };

/**
 * The triggers whose entry rule holds on this account now, stale figures taken as blank, and apart from them those that hold only on the
 * stale ones. Whole books are matched as well as one account, so nothing is allocated while no rule holds and nothing is stale, and reasons
 * are worked out when they are first read.
 */
export function matchTriggers(
    prepared: PreparedRules,
    account: AccountSnapshot,
    clock: Clock,
    user: CurrentUser,
): MatchResult {
    const fresh = freshAccount(account, prepared, prepared, clock);
    const found = matchesOn(fresh, prepared, clock, user);
    if (fresh === account) {
        return found;
    }
    const { matches } = matchesOn(account, prepared, clock, user);
    const stale = matches.filter(({ trigger }) => !found.matches.some((match) => match.trigger === trigger));
    return stale.length === 0 ? found : { ...found, stale };
}

function matchesOn(account: AccountSnapshot, prepared: PreparedRules, clock: Clock, user: CurrentUser): MatchResult {
    const { rules } = prepared;
    let matches: Match[] | undefined;
    let problems: RuleProblem[] | undefined;
    for (let index = 0; index < rules.length; index += 1) {
        const rule = rules[index] as TriggerRule;
        const values = rule.usesUser ? { ...account.values, ...userValues(user) } : account.values;
        try {
            if (rule.enter.evaluate(values, clock) === true) {
                const match = matchOf(rule, prepared, account, values, clock);
                if (matches === undefined) {
                    matches = [match];
                } else {
                    matches.push(match);
                }
                if (match.problem !== null) {
                    (problems ??= []).push(match.problem);
                }
            }
        } catch (error) {
            (problems ??= []).push(failureOf(rule, 'Enter When', error));
        }
    }
    if (matches === undefined) {
        return problems === undefined ? NOTHING : { matches: NO_MATCHES, stale: NO_MATCHES, problems };
    }
    if (matches.length > 1) {
        matches.sort((one, other) => compareUrgency(one, other, one.trigger, other.trigger));
    }
    return { matches, stale: NO_MATCHES, problems: problems ?? NO_PROBLEMS };
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
    return trigger?.anchor ? figureDay(prepared, account, trigger.anchor, clock) : null;
}

/** Another formula of a trigger than its entry failed on actual values. */
class RuleFailure extends Error {
    constructor(readonly problem: RuleProblem) {
        super(problem.message);
    }
}

/** A match whose reasons are worked out when they are first read. */
class FoundMatch implements Match {
    readonly trigger: Trigger;
    private known: readonly Reason[] | undefined = undefined;

    constructor(
        private readonly rule: TriggerRule,
        readonly tier: Tier,
        readonly explanation: string | null,
        readonly anchorOn: string | null,
        /** What is wrong with a tier that names none. */
        readonly problem: RuleProblem | null,
        private readonly prepared: PreparedRules,
        private readonly values: Values,
        private readonly clock: Clock,
    ) {
        this.trigger = rule.trigger;
    }

    get reasons(): readonly Reason[] {
        this.known ??= reasonsOf(this.rule.enter.explain(this.values, this.clock), this.prepared, this.clock);
        return this.known;
    }
}

function matchOf(
    rule: TriggerRule,
    prepared: PreparedRules,
    account: AccountSnapshot,
    values: Values,
    clock: Clock,
): FoundMatch {
    const { trigger } = rule;
    const tierText = rule.tier === null ? null : evaluate(rule, 'Tier', rule.tier, values, clock);
    const explanation =
        rule.explanation === null ? null : evaluate(rule, 'Explanation', rule.explanation, values, clock);
    const tier = tierNamed(tierText);
    const problem = tier === undefined ? problemOf(trigger, 'Tier', wrongTier(tierText), null) : null;
    const sentence = typeof explanation === 'string' && explanation.trim() !== '' ? explanation : null;
    const anchorOn = trigger.anchor === null ? null : anchorDay(trigger, prepared, account, clock);
    return new FoundMatch(rule, tier ?? 'Moderate', sentence, anchorOn, problem, prepared, values, clock);
}

function wrongTier(text: Value): string {
    return `Tier gave "${String(text)}", so Moderate counts. Give ${TIERS.join(', ')}.`;
}

/** Blank and unknown are Moderate; undefined for a word that is no tier. */
function tierNamed(text: Value): Tier | undefined {
    if (text === null || text === '') {
        return 'Moderate';
    }
    if (text === 'Critical' || text === 'High' || text === 'Moderate') {
        return text;
    }
    const wanted = String(text).trim().toLowerCase();
    return TIERS.find((tier) => tier.toLowerCase() === wanted);
}

function evaluate(rule: TriggerRule, field: string, formula: CompiledFormula, values: Values, clock: Clock): Value {
    try {
        return formula.evaluate(values, clock);
    } catch (error) {
        throw new RuleFailure(failureOf(rule, field, error));
    }
}

/** The problem that a failed formula is. Throws whatever is no failure of a formula. */
function failureOf({ trigger }: TriggerRule, field: string, error: unknown): RuleProblem {
    if (error instanceof RuleFailure) {
        return error.problem;
    }
    if (!(error instanceof FormulaError)) {
        throw error;
    }
    return problemOf(trigger, field, error.message, error.issues[0]?.position ?? null);
}

function problemOf(trigger: Trigger, field: string, message: string, position: number | null): RuleProblem {
    return { where: 'trigger', key: trigger.key, label: trigger.label, field, message, position };
}

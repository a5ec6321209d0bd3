/** How a run can end, and which end its playbook's own criteria speak for. */
import { type CompiledFormula, FormulaError, type Values } from 'c/formula';
import { episodeValues, runOf, standing, stepsOf, wasCustomerSpokenTo } from './episode';
import type { AccountContext } from './inputs';
import { reasonsOf } from './reasons';
import { figureNumber } from './scope';
import type { Checklist, Outcome, OutcomeSuggestion, Prompt, Reason, RuleProblem, RunKind } from './types';
import { versionPlace, versionRules } from './versionRules';

const RISK: readonly Outcome[] = ['Saved', 'Recovered', 'Lost', 'Let go', 'False alarm'];
const RENEWAL: readonly Outcome[] = ['Renewed', 'Renewed smaller', 'Not renewed', 'Let go', 'False alarm'];
const WITHOUT_RISK: readonly Outcome[] = ['Completed', 'Lost', 'Let go', 'False alarm'];
const SIGNAL: readonly Outcome[] = ['Completed', 'Let go', 'False alarm'];

type Subject = Pick<Prompt, 'version' | 'trigger'>;
type Ended = Subject & Pick<Prompt, 'continues' | 'run'>;

/**
 * Outcomes that a run can have, in the order to offer them. A playbook's category decides, or, where that is blank, whether its
 * trigger counts towards a renewal. A risk is Saved only when the customer was spoken to, and Recovered only when not: what was worked is
 * not taken out of the save rate by another word. A signal is completed by its one action, whatever becomes of the account later.
 */
export function outcomesFor(prompt: Ended): readonly Outcome[] {
    switch (endingOf(prompt)) {
        case 'risk':
            return RISK.filter((outcome) => outcome !== (wasCustomerSpokenTo(prompt) ? 'Recovered' : 'Saved'));
        case 'renewal':
            return RENEWAL;
        case 'signal':
            return SIGNAL;
        case 'other':
            return WITHOUT_RISK;
    }
}

/**
 * The outcome to suggest, first that applies: the version's loss; the answer to a step's question that is itself the name of an outcome
 * (such as "False alarm" or "Let go"), latest first, where Saved is Recovered when nobody has spoken to the customer; the version's success (Saved when the customer was spoken to, else Recovered;
 * for renewals by ARR against the opening); Completed when nothing is left to do in a playbook without risk. Null: nothing speaks for one.
 */
export function suggestOutcome(
    prompt: Prompt,
    checklist: Checklist,
    context: AccountContext,
): OutcomeSuggestion | null {
    const rules = prompt.version === null ? null : versionRules(prompt.version, context.prepared);
    const values = episodeValues(prompt, stepsOf(prompt), context);
    const ending = endingOf(prompt);
    const lost = reasonsIfHeld(rules?.lostWhen ?? null, values, context);
    if (lost !== null) {
        return { outcome: ending === 'renewal' ? 'Not renewed' : 'Lost', reasons: lost };
    }
    const decided = decidedOutcome(prompt);
    if (decided !== null) {
        return { outcome: decided, reasons: [] };
    }
    const success = reasonsIfHeld(rules?.successWhen ?? null, values, context);
    if (success !== null) {
        return { outcome: successOf(prompt, context), reasons: success };
    }
    const worked = checklist.total > 0 && checklist.answered === checklist.total;
    return worked && (ending === 'signal' || ending === 'other') ? { outcome: 'Completed', reasons: [] } : null;
}

/** Success and loss criteria that fail on this account's values, so that nothing is suggested by them. */
export function outcomeProblems(prompt: Prompt, context: AccountContext): readonly RuleProblem[] {
    const { version } = prompt;
    if (version === null) {
        return [];
    }
    const { lostWhen, successWhen } = versionRules(version, context.prepared);
    const values = episodeValues(prompt, stepsOf(prompt), context);
    const problems: RuleProblem[] = [];
    for (const [field, formula] of [
        ['Success When', successWhen],
        ['Lost When', lostWhen],
    ] as const) {
        try {
            formula?.evaluate(values, context.clock);
        } catch (error) {
            if (!(error instanceof FormulaError)) {
                throw error;
            }
            const position = error.issues[0]?.position ?? null;
            problems.push({ ...versionPlace(version, field), message: error.message, position });
        }
    }
    return problems;
}

/** Which family of outcomes a prompt's run can have. */
export function endingOf({ version, trigger }: Subject): 'risk' | 'renewal' | 'signal' | 'other' {
    if (version === null && trigger?.kind !== 'Playbook') {
        return 'signal';
    }
    switch (version?.category ?? null) {
        case 'Risk':
            return 'risk';
        case 'Renewal':
            return 'renewal';
        case null:
            return trigger?.anchor === 'Renewal' ? 'renewal' : 'risk';
        default:
            return 'other';
    }
}

const KINDS: Readonly<Record<ReturnType<typeof endingOf>, RunKind>> = {
    risk: 'Risk',
    renewal: 'Renewal',
    signal: 'Signal',
    other: 'Other',
};

/** What a run is recorded as when it opens: the figures that it counts in, even if its playbook is filed elsewhere later. */
export function kindOf(subject: Subject): RunKind {
    return KINDS[endingOf(subject)];
}

/** The good outcome that a prompt's run can have now. */
export function successOf(prompt: Prompt, { account, prepared }: AccountContext): Outcome {
    switch (endingOf(prompt)) {
        case 'risk':
            return wasCustomerSpokenTo(prompt) ? 'Saved' : 'Recovered';
        case 'renewal': {
            const before = runOf(prompt)?.arrAtOpening ?? null;
            const now = figureNumber(prepared, account, 'ARR');
            return before !== null && now !== null && now < before ? 'Renewed smaller' : 'Renewed';
        }
        default:
            return 'Completed';
    }
}

/** The latest answer that names an outcome this run can have. */
function decidedOutcome(prompt: Prompt): Outcome | null {
    const worked = wasCustomerSpokenTo(prompt);
    const outcomes = outcomesFor(prompt);
    const completions = runOf(prompt)?.completions ?? [];
    const latest = stepsOf(prompt)
        .flatMap(({ key }) => standing(completions, key).at(-1) ?? [])
        .filter(({ status }) => status === 'Done')
        .sort((one, other) => (other.completedAt ?? '').localeCompare(one.completedAt ?? ''));
    for (const { decision } of latest) {
        const [answer] = decision.length === 1 ? decision : [];
        const meant = answer === 'Saved' && !worked ? 'Recovered' : answer;
        const named = outcomes.find((outcome) => outcome === meant);
        if (named !== undefined) {
            return named;
        }
    }
    return null;
}

/** Null when the formula is missing, does not hold, is unknown, or fails (see `outcomeProblems`). */
function reasonsIfHeld(
    formula: CompiledFormula | null,
    values: Values,
    { clock, prepared }: AccountContext,
): readonly Reason[] | null {
    if (formula === null) {
        return null;
    }
    try {
        return formula.evaluate(values, clock) === true
            ? reasonsOf(formula.explain(values, clock), prepared, clock)
            : null;
    } catch (error) {
        if (error instanceof FormulaError) {
            return null;
        }
        throw error;
    }
}

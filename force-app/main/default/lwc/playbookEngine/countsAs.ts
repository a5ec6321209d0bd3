/**
 * What a run will count as if it closes with an outcome: told before somebody chooses it. The same terms as the formulas of the run's fields
 * `Is_…`, which a test holds against this.
 */
import { runOf, wasCustomerSpokenTo } from './episode';
import { kindOf } from './outcomes';
import type { OpenedBy, Outcome, Prompt, RunKind } from './types';

export type CountsAs =
    /** A worked risk: Saved is the numerator, Lost and Let go stand in the denominator alone. */
    | { readonly figure: 'saveRate'; readonly as: 'numerator' | 'denominator' }
    /** A risk that the sweep opened and nobody worked. */
    | { readonly figure: 'unworkedRecovery'; readonly as: 'numerator' | 'denominator' }
    /** A run that a trigger surfaced. */
    | { readonly figure: 'falseAlarms' }
    | { readonly figure: 'renewals'; readonly as: 'renewed' | 'renewedSmaller' | 'notRenewed' }
    | { readonly figure: 'none'; readonly why: CountsNowhere };

/**
 * practice: the account is for practice. by-hand: nothing surfaced it, so it is no alarm. unrecorded: it was opened before its kind was
 * recorded. signal, no-risk: it has no risk to be saved from. not-worked: a risk that nobody worked, let go. not-swept: nor did the sweep open
 * it, so whether such risks recover is not told by it. recovered-though-worked: worked, and it says so itself that it recovered without.
 * other: no figure asks for this outcome.
 */
export type CountsNowhere =
    | 'practice'
    | 'by-hand'
    | 'unrecorded'
    | 'signal'
    | 'no-risk'
    | 'not-worked'
    | 'not-swept'
    | 'recovered-though-worked'
    | 'other';

/** What counting asks of a run. */
export interface Counted {
    readonly kind: RunKind | null;
    readonly practice: boolean;
    readonly openedBy: OpenedBy;
    readonly worked: boolean;
}

/**
 * Of a prompt whose run is not opened yet as it would be opened now; `isPractice`: see `practiceOn`. Every closed run that a trigger surfaced
 * is in the denominator of the false-alarm rate besides, whatever its outcome.
 */
export function countsAs(prompt: Prompt, outcome: Outcome, isPractice = false): CountsAs {
    const run = runOf(prompt);
    return countedAs(
        {
            kind: run === null ? kindOf(prompt) : run.kind,
            practice: run?.practice ?? isPractice,
            openedBy: run?.openedBy ?? (prompt.match === null ? 'By hand' : 'First action'),
            worked: wasCustomerSpokenTo(prompt),
        },
        outcome,
    );
}

export function countedAs({ kind, openedBy, practice, worked }: Counted, outcome: Outcome): CountsAs {
    if (practice) {
        return nowhere('practice');
    }
    if (outcome === 'False alarm') {
        return openedBy === 'By hand' ? nowhere('by-hand') : { figure: 'falseAlarms' };
    }
    switch (kind) {
        case 'Risk':
            return worked ? workedAs(outcome) : unworkedAs(outcome, openedBy);
        case 'Renewal':
            return renewalAs(outcome);
        case 'Signal':
            return nowhere('signal');
        case 'Other':
            return nowhere('no-risk');
        case null:
            return nowhere('unrecorded');
    }
}

function workedAs(outcome: Outcome): CountsAs {
    switch (outcome) {
        case 'Saved':
            return { figure: 'saveRate', as: 'numerator' };
        case 'Lost':
        case 'Let go':
            return { figure: 'saveRate', as: 'denominator' };
        case 'Recovered':
            return nowhere('recovered-though-worked');
        default:
            return nowhere('other');
    }
}

function unworkedAs(outcome: Outcome, openedBy: OpenedBy): CountsAs {
    switch (outcome) {
        case 'Recovered':
        case 'Lost': {
            const as = outcome === 'Recovered' ? 'numerator' : 'denominator';
            return openedBy === 'Sweep' ? { figure: 'unworkedRecovery', as } : nowhere('not-swept');
        }
        case 'Saved':
        case 'Let go':
            return nowhere('not-worked');
        default:
            return nowhere('other');
    }
}

function renewalAs(outcome: Outcome): CountsAs {
    switch (outcome) {
        case 'Renewed':
            return { figure: 'renewals', as: 'renewed' };
        case 'Renewed smaller':
            return { figure: 'renewals', as: 'renewedSmaller' };
        case 'Not renewed':
            return { figure: 'renewals', as: 'notRenewed' };
        default:
            return nowhere('other');
    }
}

const nowhere = (why: CountsNowhere): CountsAs => ({ figure: 'none', why });

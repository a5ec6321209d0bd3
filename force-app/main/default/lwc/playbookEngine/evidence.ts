/**
 * What the figures of an account say to the sweep. They are read twice, as they are and with stale ones as blank: what would close a run has
 * to hold on both, so that no run ends because nobody has measured for weeks.
 */
import { type CompiledFormula, FormulaError, type Values } from 'c/formula';
import { episodeValues, stepsOf } from './episode';
import type { AccountContext, MatchResult, TriggerRule } from './inputs';
import { reasonsOf } from './reasons';
import { userValues } from './scope';
import { freshAccount } from './staleness';
import { subjectOf } from './subjects';
import type { Match, Prompt, Reason, RuleProblem } from './types';
import { versionPlace, versionRules } from './versionRules';

/** Null: unknown, because a figure is blank, or too old to be believed, or the rule failed on it. */
export type Truth = boolean | null;

export class Evidence {
    readonly problems: RuleProblem[];
    /** The same by the clock of the CSM, as the page shows it to her: for steps and when they are due. */
    readonly seenByCsm: AccountContext;
    /** The account with stale figures as blank; the very same context when nothing is stale. */
    private readonly fresh: AccountContext;

    constructor(
        readonly context: AccountContext,
        readonly found: MatchResult,
    ) {
        const { account, clock, prepared, settings } = context;
        const fresh = freshAccount(account, prepared, settings, clock);
        this.fresh = fresh === account ? context : { ...context, account: fresh };
        this.problems = [...found.problems];
        const { timeZone } = context.user;
        this.seenByCsm = timeZone === clock.timeZone ? context : { ...context, clock: { ...clock, timeZone } };
    }

    get isStale(): boolean {
        return this.fresh !== this.context;
    }

    /** The most urgent trigger of a subject (see `subjectOf`) whose entry rule holds. */
    entryOf(subject: string | null): Match | null {
        return this.found.matches.find(({ trigger }) => subjectOf(trigger) === subject) ?? null;
    }

    /** Whether an episode is over: the exit rule holds, and no trigger of the same subject would enter it again. */
    isOver(rule: TriggerRule, subject: string | null): Truth {
        if (this.entryOf(subject) !== null) {
            return false;
        }
        const place = {
            where: 'trigger',
            key: rule.trigger.key,
            label: rule.trigger.label,
            field: 'Exit When',
        } as const;
        const over = this.both((context) => this.truthOf(rule.exit, valuesFor(context), context, place));
        const enteredBefore = this.found.stale.some(({ trigger }) => subjectOf(trigger) === subject);
        return over === true && enteredBefore ? null : over;
    }

    /** The comparisons that make an exit rule true. */
    exitReasons(rule: TriggerRule): readonly Reason[] {
        const { clock, prepared } = this.context;
        return reasonsOf(rule.exit.explain(valuesFor(this.context), clock), prepared, clock);
    }

    /** Whether the version's criterion holds; `missing`: it has none. One that does not compile is unknown. */
    criterion(prompt: Prompt, which: 'successWhen' | 'lostWhen'): Truth | 'missing' {
        const { version } = prompt;
        if (version === null || (version[which] ?? '').trim() === '') {
            return 'missing';
        }
        const formula = versionRules(version, this.context.prepared)[which];
        if (formula === null) {
            return null;
        }
        const steps = stepsOf(prompt);
        const place = versionPlace(version, which === 'successWhen' ? 'Success When' : 'Lost When');
        return this.both((context) => this.truthOf(formula, episodeValues(prompt, steps, context), context, place));
    }

    /** The comparisons that make a version's criterion true. */
    criterionReasons(prompt: Prompt, which: 'successWhen' | 'lostWhen'): readonly Reason[] {
        const { clock, prepared } = this.context;
        const formula = prompt.version === null ? null : versionRules(prompt.version, prepared)[which];
        const values = episodeValues(prompt, stepsOf(prompt), this.context);
        return formula === null ? [] : reasonsOf(formula.explain(values, clock), prepared, clock);
    }

    /** A rule that failed on this account, told once. */
    tell(problem: RuleProblem): void {
        if (!this.problems.some(({ field, key }) => key === problem.key && field === problem.field)) {
            this.problems.push(problem);
        }
    }

    private both(read: (context: AccountContext) => Truth): Truth {
        const asItIs = read(this.context);
        if (this.fresh === this.context) {
            return asItIs;
        }
        const withoutStale = read(this.fresh);
        return asItIs === withoutStale ? asItIs : null;
    }

    private truthOf(
        formula: CompiledFormula,
        values: Values,
        { clock }: AccountContext,
        place: Omit<RuleProblem, 'message' | 'position'>,
    ): Truth {
        try {
            const value = formula.evaluate(values, clock);
            return typeof value === 'boolean' ? value : null;
        } catch (error) {
            if (!(error instanceof FormulaError)) {
                throw error;
            }
            this.tell({ ...place, message: error.message, position: error.issues[0]?.position ?? null });
            return null;
        }
    }
}

function valuesFor({ account, user }: AccountContext): Values {
    return { ...account.values, ...userValues(user) };
}

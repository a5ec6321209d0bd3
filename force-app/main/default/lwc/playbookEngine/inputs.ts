/** What the engine's functions are called with, apart from the records themselves (types.ts). */
import type { CompiledFormula, FieldType, Scope } from 'c/formula';
import type {
    AccountSnapshot,
    Answer,
    Checklist,
    Clock,
    CurrentUser,
    FieldTypes,
    FigureName,
    Finish,
    Match,
    PlaybookVersion,
    Prompt,
    Proof,
    RuleProblem,
    Run,
    Settings,
    Snooze,
    Trigger,
} from './types';

/** A trigger whose formulas all compile. */
export interface TriggerRule {
    readonly trigger: Trigger;
    readonly enter: CompiledFormula;
    readonly exit: CompiledFormula;
    readonly tier: CompiledFormula | null;
    readonly explanation: CompiledFormula | null;
    /** The rule speaks of `$User`, so the user's values have to be laid over the account's. */
    readonly usesUser: boolean;
}

/** Where a figure is read: the mapped field, or nowhere (`path` null), when it is always blank. */
export interface FigureSource {
    readonly path: string | null;
    readonly type: FieldType;
}

/** The org's rules, checked and compiled against the fields this user can read. */
export interface PreparedRules {
    /** The triggers that work. */
    readonly rules: readonly TriggerRule[];
    /** What is wrong with the others, and with the settings. */
    readonly problems: readonly RuleProblem[];
    /** Account field paths that the rules and figures read, sorted, each once. */
    readonly fields: readonly string[];
    /** All triggers, whether they work or not: runs that they opened still name them. */
    readonly triggers: readonly Trigger[];
    readonly figures: Readonly<Record<FigureName, FigureSource>>;
    /** Account fields, `$Figure.…` and `$User.…`. */
    readonly scope: Scope;
    /** See `Settings.staleAfterDays`: entry rules take older figures as blank. */
    readonly staleAfterDays: number;
    /** Tells practice accounts; null: there is no such rule, or it does not work. */
    readonly practice: CompiledFormula | null;
}

export interface RuleSource {
    readonly triggers: readonly Trigger[];
    readonly settings: Settings;
    readonly fieldTypes: FieldTypes;
}

export interface MatchResult {
    /** By tier, then priority, then label. */
    readonly matches: readonly Match[];
    /** Those that hold only on figures too old to raise an alarm, in the same order. */
    readonly stale: readonly Match[];
    /** Rules that failed on this account's values (such as a division by zero): those are off for it. */
    readonly problems: readonly RuleProblem[];
}

export interface PromptSource {
    readonly prepared: PreparedRules;
    readonly settings: Settings;
    readonly matches: readonly Match[];
    /** See `MatchResult`. */
    readonly stale: readonly Match[];
    /** Open runs, and closed ones at least as far back as the longest cooldown. */
    readonly runs: readonly Run[];
    /** Published versions, and those that open runs started with; of closed ones that may continue, too. */
    readonly versions: readonly PlaybookVersion[];
    readonly clock: Clock;
    readonly account: AccountSnapshot;
    readonly user: CurrentUser;
}

/** What a checklist, a suggestion or a template is worked out from. */
export interface AccountContext {
    readonly account: AccountSnapshot;
    readonly prepared: PreparedRules;
    readonly settings: Settings;
    readonly clock: Clock;
    readonly user: CurrentUser;
}

/** What every action on a prompt is planned from. */
export interface ActionInput extends AccountContext {
    readonly prompt: Prompt;
    readonly checklist: Checklist;
    /** Every run known on the account, for the number of a new episode. */
    readonly runs: readonly Run[];
    /** Why it surfaced, in words (see `joinReasons`); null when started by hand. */
    readonly reason: string | null;
}

export interface AnswerInput extends ActionInput {
    readonly stepKey: string;
    readonly occurrence: number;
    readonly answer: Answer;
    /** Only with an answer of kind `done`. */
    readonly proof: Proof | null;
}

export interface SnoozeInput extends ActionInput {
    readonly snooze: Snooze;
}

export interface FinishInput extends ActionInput {
    readonly finish: Finish;
}

/** How values are written for a person: the page's locale. */
export interface Formats {
    number(value: number): string;
    /** Takes a fraction: 0.42 for 42 %. */
    percent(fraction: number): string;
    currency(value: number): string;
    /** Takes `YYYY-MM-DD`. */
    date(day: string): string;
    /** Takes an ISO instant. */
    dateTime(instant: string): string;
    /** A count of days with its unit: `52 days`, `1 day`. */
    days(count: number): string;
}

/**
 * Sentence templates for reasons. In each: {0} the actual value (for dates the days between then and today, `52 days`), {1} the limit
 * (for dates in days as well), {2} the date, {3} the field's label.
 */
export type PhraseKey =
    | 'usageFell'
    | 'usageRose'
    | 'healthIs'
    /** A health that is good enough for the rule: `Health is {0}`, without a limit, since none was broken. */
    | 'healthAt'
    | 'npsIs'
    /** As `healthAt`. */
    | 'npsAt'
    | 'renewalAhead'
    | 'renewalToday'
    | 'renewalPast'
    | 'championLeft'
    | 'competitorNamed'
    | 'noticeGiven'
    | 'surveyAnswered'
    | 'reviewHeld'
    /** Any field in a comparison with a limit: `{3} is {0} (limit {1})`. */
    | 'fieldIs'
    /** Any field where a limit says nothing: equality, a checkbox, a text test: `{3} is {0}`. */
    | 'fieldEquals'
    /** Any field that is not what the rule names: `{3} is {0}, not {1}`. */
    | 'fieldIsNot'
    | 'dateAhead'
    | 'dateToday'
    | 'datePast'
    /** In place of a value that is blank. */
    | 'blank';
export type Phrases = Readonly<Record<PhraseKey, string>>;

export type MergeSegment =
    | { readonly kind: 'text'; readonly text: string }
    /** A value put in; `source` is the formula it came from. */
    | { readonly kind: 'value'; readonly text: string; readonly source: string }
    /** The account has no value here: to be filled in by hand. */
    | { readonly kind: 'missing'; readonly label: string; readonly source: string }
    | { readonly kind: 'broken'; readonly message: string; readonly source: string };

export interface MergeContext extends AccountContext {
    /** With it, templates may also name `$Run`, `$Trigger` and `$Decision`. */
    readonly prompt: Prompt | null;
    readonly formats: Formats;
}

/** Why an action is refused; the page has a sentence for each. */
export type RefusalCode =
    | 'step-not-shown'
    | 'run-closed'
    | 'run-open'
    | 'newer-run'
    | 'not-answered'
    | 'decision-missing'
    | 'decision-unknown'
    | 'decision-too-many'
    | 'note-missing'
    | 'note-too-long'
    | 'skip-reason-missing'
    | 'outcome-not-allowed'
    | 'not-spoken-to'
    | 'outcome-reason-missing'
    | 'outcome-reason-too-long'
    | 'proof-without-done'
    | 'proof-unknown'
    | 'snooze-reason-missing'
    | 'snooze-reason-too-long'
    | 'snooze-day-unknown'
    | 'snooze-too-early'
    | 'snooze-too-late'
    | 'not-snoozed';

/** An action that must not be written. Nothing has been changed. */
export class ActionRefused extends Error {
    readonly code: RefusalCode;

    constructor(code: RefusalCode, message: string) {
        super(message);
        this.name = 'ActionRefused';
        this.code = code;
    }
}

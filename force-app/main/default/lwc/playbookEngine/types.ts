/**
 * The words of the product as plain data: what the engine takes and returns.
 *
 * Instants are ISO 8601 strings in UTC (`2026-11-21T18:00:00.000Z`), days are `YYYY-MM-DD` in the user's time zone.
 * Blank is `null`, never `undefined` and never `''`. How records are named and stored is the business of `records.ts` alone.
 */
import type { FieldType, Value } from 'c/formula';
import type { Completion, Outcome, Run } from './runTypes';

export type * from './actionTypes';
export type * from './runTypes';
export { NEW_RUN_ID, NEW_TASK_ID } from './actionTypes';

/** How urgent an episode is, worst first. A trigger without a tier formula is Moderate. */
export type Tier = 'Critical' | 'High' | 'Moderate';
export const TIERS: readonly Tier[] = ['Critical', 'High', 'Moderate'];

/** The facts about an account that shipped rules speak of as `$Figure.…`; a setting maps each to an Account field. */
export type FigureName =
    | 'Health'
    | 'HealthOn'
    | 'Usage'
    | 'UsageBefore'
    | 'UsageChange'
    | 'UsageOn'
    | 'EarlierUsageChange'
    | 'EarlierUsageOn'
    | 'Renewal'
    | 'ARR'
    | 'Segment'
    | 'Champion'
    | 'ChampionLeftOn'
    | 'CompetitorNamedOn'
    | 'NoticeGivenOn'
    | 'ChurnedOn'
    | 'CSM'
    | 'CustomerSince'
    | 'NPS'
    | 'NPSOn'
    | 'ReviewedOn';

/** One row of custom metadata (`Playbook_Trigger__mdt`): formulas are source text, not yet checked. */
export interface Trigger {
    readonly key: string;
    readonly label: string;
    readonly kind: 'Playbook' | 'Signal';
    /** The playbook it surfaces; null for a signal. */
    readonly playbookKey: string | null;
    readonly active: boolean;
    /** Lower comes first among matches of the same tier. */
    readonly priority: number;
    /** Formula (Text) giving a tier; blank means Moderate. */
    readonly tier: string | null;
    readonly enterWhen: string;
    readonly exitWhen: string;
    /** Days the exit must hold before the episode counts as over. */
    readonly holdDays: number;
    /** Days after a run closed in which the same playbook does not surface again. */
    readonly cooldownDays: number;
    /** Days after which an untouched run expires; null: never. */
    readonly expiresAfterDays: number | null;
    /** The date figure that steps due "from Anchor" count from. */
    readonly anchor: FigureName | null;
    /** Formula (Text) with a sentence to add to the reasons; blank adds nothing. */
    readonly explanation: string | null;
    /** What a signal asks for; null for a playbook. */
    readonly action: SignalAction | null;
}

export interface SignalAction {
    readonly title: string;
    readonly instructions: string | null;
    readonly customerContact: boolean;
    /** Working hours from surfacing until it is due. */
    readonly dueInWorkingHours: number;
}

/** The org's own choices (`Playbook_Setting__mdt`, `Playbook_Holiday__mdt`). */
export interface Settings {
    /** Figure → Account field (or lookup path) that holds it; an unmapped figure is missing here. */
    readonly figures: Readonly<Partial<Record<FigureName, string>>>;
    /** 0 = Sunday … 6 = Saturday. */
    readonly workingDays: readonly number[];
    /** Days without work, `YYYY-MM-DD`. */
    readonly holidays: readonly string[];
    /** Business days a step gets when its day had passed before the run surfaced. */
    readonly lateStartDays: number;
    /** Figures older than this many days are stale: they are shown so, and raise no alarm. */
    readonly staleAfterDays: number;
    /** Prompts that a CSM has in front at a time; what the sweep finds beyond them waits. */
    readonly capacity: number;
    /** Days after a contact in one episode in which no other one approaches the customer. */
    readonly contactGuardDays: number;
    /** The furthest that a prompt can be put aside, in days. */
    readonly maxSnoozeDays: number;
    /** Formula (Checkbox): accounts for nurture campaigns, a filter of the worklist; null: no such filter. */
    readonly nurtureWhen: string | null;
    /** Formula (Checkbox): accounts on which runs are practice and count in no figure; null: none is. */
    readonly practiceWhen: string | null;
    /** Below this count a rate is marked as resting on few runs. */
    readonly smallCount: number;
    /** Whether comparisons of people show no names. */
    readonly hideIndividuals: boolean;
}

export type DueFrom = 'Start' | 'Anchor' | 'Previous step';
export type DueUnit = 'Working hours' | 'Days' | 'Business days';

export interface Step {
    readonly id: string;
    readonly key: string;
    readonly position: number;
    readonly phase: string;
    readonly title: string;
    readonly role: string | null;
    readonly required: boolean;
    /** Marks a step in which the customer is spoken to: it makes a run "worked". */
    readonly customerContact: boolean;
    /** Formula (Checkbox); blank: always shown. Unknown counts as false. */
    readonly showWhen: string | null;
    /** Key of the step that has to be answered (done, skipped, not applicable) before this one shows. */
    readonly dependsOn: string | null;
    readonly dueFrom: DueFrom | null;
    /** Counted in `dueUnit`, negative before an anchor; null: no due date. */
    readonly dueOffset: number | null;
    readonly dueUnit: DueUnit | null;
    readonly decision: Decision | null;
    readonly noteRequired: boolean;
    /** The step comes back this many days after it was done, while its condition holds; null: once. */
    readonly repeatEveryDays: number | null;
}

export interface Decision {
    readonly question: string;
    readonly options: readonly string[];
    /** How many options may be chosen; 1 is a single choice. */
    readonly max: number;
}

export type PlaybookCategory = 'Risk' | 'Renewal' | 'Stakeholders' | 'Onboarding' | 'Growth';
export type VersionStatus = 'Draft' | 'Published' | 'Retired';

export interface PlaybookVersion {
    readonly id: string;
    readonly playbookId: string;
    readonly playbookKey: string;
    readonly playbookName: string;
    /** What kind of playbook it is: decides which outcomes a run can have. Null: not told. */
    readonly category: PlaybookCategory | null;
    /** Only a published version surfaces; a run keeps its version when that is retired. */
    readonly status: VersionStatus;
    readonly number: number;
    /** Formula (Checkbox) over figures and `$Run`; blank: nothing is suggested. */
    readonly successWhen: string | null;
    readonly lostWhen: string | null;
    readonly steps: readonly Step[];
}

/** The account as read: values by Account field path (`Health_Score__c`, `Champion__r.Email`), raw as the API gives them. */
export interface AccountSnapshot {
    readonly id: string;
    readonly values: Readonly<Record<string, Value>>;
}

/** Types of Account fields by path; a path that is missing here does not exist or may not be read. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

export interface CurrentUser {
    readonly id: string;
    readonly name: string;
    readonly firstName: string;
    readonly email: string;
    /** IANA name, `Europe/Berlin`. */
    readonly timeZone: string;
}

/** Now, and for whom: the engine never reads a clock of its own. */
export interface Clock {
    readonly now: string;
    readonly timeZone: string;
}

/** One comparison that made a rule true, ready to be put into words. */
export interface Reason {
    /** The figure's name where the rule spoke of one, else null. */
    readonly figure: FigureName | null;
    /** The field's label, for rules that name a field. */
    readonly label: string;
    readonly type: FieldType['type'];
    readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'other';
    /** Raw, except that a Percent is a fraction (-0.42). */
    readonly actual: Value;
    readonly limit: Value;
    /** For dates: days from today to `actual` and to `limit`, negative in the past; else null. */
    readonly actualDays: number | null;
    readonly limitDays: number | null;
    /** The comparison as the admin wrote it. */
    readonly source: string;
}

/** A trigger whose entry rule holds for an account now. */
export interface Match {
    readonly trigger: Trigger;
    readonly tier: Tier;
    readonly reasons: readonly Reason[];
    /** The trigger's own extra sentence, or null. */
    readonly explanation: string | null;
    readonly anchorOn: string | null;
}

/** A rule that cannot be used: that rule is off, the others work. */
export interface RuleProblem {
    /**
     * `trigger` problems turn the trigger off; `step` problems hide or mislay one step; `version` problems stop a suggestion; `setting`
     * problems leave out what the setting is for.
     */
    readonly where: 'trigger' | 'step' | 'version' | 'setting';
    readonly key: string;
    readonly label: string;
    /** The field of the record that holds the formula, as the admin sees it (`Enter When`). */
    readonly field: string;
    readonly message: string;
    /** 0-based offset into the formula, or null. */
    readonly position: number | null;
}

/** What the panel can put in front: an open run, a match without one, or both. */
export interface Prompt {
    /** Stable while the page is open: `playbook:<key>` or `signal:<trigger key>`. */
    readonly id: string;
    readonly kind: 'Playbook' | 'Signal';
    readonly title: string;
    readonly tier: Tier;
    readonly match: Match | null;
    readonly run: Run | null;
    readonly version: PlaybookVersion | null;
    readonly trigger: Trigger | null;
    /** Why it is not put in front now; null: nothing holds it back. */
    readonly held: Held | null;
    /** A closed run that this prompt continues (it came back within its cooldown): the next action opens that one again. */
    readonly continues: Run | null;
}

/** Why a prompt stays out of the way. */
export interface Held {
    /**
     * `critical`: the account is being rescued. `contact`: somebody has just spoken to the customer. `stale`: it rests on figures too old
     * to raise an alarm. `snoozed`: somebody put it aside.
     */
    readonly why: 'critical' | 'contact' | 'stale' | 'snoozed';
    /** The day on which it comes back by itself; null: when the reason has gone. */
    readonly until: string | null;
    /** Title of the prompt that holds it back; null for `stale` and `snoozed`. */
    readonly by: string | null;
}

export type StepState = 'open' | 'done' | 'skipped' | 'not-applicable' | 'not-done';

/** A step as the checklist shows it now. */
export interface StepView {
    readonly step: Step;
    readonly occurrence: number;
    readonly state: StepState;
    /** The record of this occurrence; an undone one is given too, while its state is open. */
    readonly completion: Completion | null;
    /** A repeated step that was answered and whose next turn has not come: open, but nothing to do before `dueAt`. */
    readonly waiting: boolean;
    /** Instant at which it is due, or null. */
    readonly dueAt: string | null;
    readonly overdue: boolean;
    /** The day it was planned for when that had passed before the run surfaced; such a step got a new due date. */
    readonly plannedOn: string | null;
    /** Repeated steps: answers of earlier occurrences, oldest first. */
    readonly history: readonly Completion[];
}

export interface Phase {
    readonly name: string;
    readonly steps: readonly StepView[];
    readonly answered: number;
}

export interface Checklist {
    readonly phases: readonly Phase[];
    /** Steps that show now and are answered (done, skipped, not applicable) or waiting for their next turn. */
    readonly answered: number;
    readonly total: number;
    /** The first open step: by due date, then position; steps without a date after those with one, waiting ones last. */
    readonly next: StepView | null;
}

export interface OutcomeSuggestion {
    readonly outcome: Outcome;
    /** The comparisons that speak for it. */
    readonly reasons: readonly Reason[];
}

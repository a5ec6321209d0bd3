/** What a sweep puts into the engine for each account, and what comes out of it. */
import type { Formats, Phrases, PreparedRules } from './inputs';
import type {
    AccountSnapshot,
    ChangePlan,
    Clock,
    CurrentUser,
    Match,
    PlaybookVersion,
    Prompt,
    RuleProblem,
    Run,
    Settings,
    Tier,
} from './types';

/** The same for every account of a sweep. */
export interface SweepRules {
    readonly prepared: PreparedRules;
    readonly settings: Settings;
    /** Published versions, and those that runs keep. */
    readonly versions: readonly PlaybookVersion[];
    /** When the sweep's figures were read; days are those of the org's time zone, but for steps and due dates, which are the CSM's. */
    readonly clock: Clock;
    /** For the reason in words that a new run carries. */
    readonly phrases: Phrases;
    readonly formats: Formats;
}

export interface SweepAccount {
    readonly account: AccountSnapshot;
    /** Runs that are not closed, with their completions, and those closed within the longest cooldown. */
    readonly runs: readonly Run[];
    /** The CSM that the account belongs to; null: nobody, or somebody who is no longer active. */
    readonly csm: CurrentUser | null;
}

/**
 * open: a new run. continue: a closed one that came back within its cooldown. close: outcome by the data. expire: nobody touched it in
 * time. recover, relapse: the exit rule begins or stops to hold. wake: a snooze is over. raise: a worse tier. refresh: easier tier, next step,
 * due date, CSM. wait: nothing moved, but the run waits for a place.
 */
export type SweepChangeKind =
    'open' | 'continue' | 'close' | 'expire' | 'recover' | 'relapse' | 'wake' | 'raise' | 'refresh' | 'wait';

export interface SweepChange {
    /** The most telling of what happens to the run; `plan` may do several at once. */
    readonly kind: SweepChangeKind;
    readonly triggerKey: string | null;
    readonly playbookKey: string | null;
    readonly tier: Tier;
    /** See `rankOf`: higher is more urgent. */
    readonly rank: number;
    readonly arr: number | null;
    /** The run it changes; null: it opens one. */
    readonly runId: string | null;
    /** A new run, or one that waits: it is Open if its CSM has room for it, else Waiting (see `placed`). */
    readonly needsPlace: boolean;
    /** What to write if there is room. Never creates a task. */
    readonly plan: ChangePlan;
}

export interface SweepResult {
    /** The triggers whose entry rule holds, stale figures taken as blank. */
    readonly matches: readonly Match[];
    /** At most one change a run. */
    readonly changes: readonly SweepChange[];
    /** Open runs that take one of their CSM's places now (nothing holds them back), those of `changes` that need one left out. */
    readonly placesTaken: number;
    /** Prompts that surface nothing now, and why. */
    readonly held: readonly Prompt[];
    /** Rules that failed on this account's values. */
    readonly problems: readonly RuleProblem[];
}

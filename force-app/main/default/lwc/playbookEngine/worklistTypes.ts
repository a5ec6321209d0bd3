/** What the worklist is made from, and what it shows. */
import type { PreparedRules } from './inputs';
import type {
    AccountSnapshot,
    Checklist,
    Clock,
    CurrentUser,
    PlaybookVersion,
    Prompt,
    RuleProblem,
    Run,
    Settings,
    StepView,
} from './types';

/** One account of a CSM's book. */
export interface BookAccount {
    readonly account: AccountSnapshot;
    readonly name: string;
    /** Name of its CSM; null: nobody. */
    readonly csmName: string | null;
    /** Runs that are not closed, with their completions, and those closed within the longest cooldown. */
    readonly runs: readonly Run[];
}

export interface WorklistInput {
    readonly book: readonly BookAccount[];
    readonly prepared: PreparedRules;
    readonly settings: Settings;
    readonly versions: readonly PlaybookVersion[];
    readonly clock: Clock;
    /** Who looks; in a colleague's list still the one who looks. */
    readonly user: CurrentUser;
}

/**
 * today: in front, as many as the setting allows. waiting: deserves attention too, beyond that number. later: begun, and its next step is
 * due after the next working day, or it recovers and nobody has to decide yet (see `awaitsDecision`). held: see `Held`.
 */
export type Place = 'today' | 'waiting' | 'later' | 'held';

/** Why a row stands where it stands; each part from 0 to 1. */
export interface Rank {
    readonly score: number;
    readonly tier: number;
    /** Speed of change: how steeply usage or health has fallen. */
    readonly change: number;
    readonly arr: number;
    readonly renewal: number;
    readonly waiting: number;
}

/** One account, with the most urgent of its prompts in front. */
export interface WorklistRow {
    readonly account: BookAccount;
    readonly prompt: Prompt;
    /** Null when the version of its run cannot be read. */
    readonly checklist: Checklist | null;
    /** The step to do next; null: nothing is left to do. */
    readonly next: StepView | null;
    readonly place: Place;
    readonly rank: Rank;
    /** Its other prompts, most urgent first. */
    readonly also: readonly Prompt[];
}

export interface Worklist {
    /** By place, then most urgent first. */
    readonly rows: readonly WorklistRow[];
    /** Accounts without a prompt for which the nurture rule holds, by name. */
    readonly nurture: readonly BookAccount[];
    /** Rules that are off, each once. */
    readonly problems: readonly RuleProblem[];
}

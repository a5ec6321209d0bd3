import type { Impact } from 'c/playbookEngine';
import type { Failure } from 'c/playbookRecords';

/** What a closed run tells beside what the panel has read of it. */
export interface PastFacts {
    /** Null: the user may not see it. */
    readonly worked: boolean | null;
    /** Name of who decided the outcome; null: the figures did, or the user may not see people. */
    readonly decidedBy: string | null;
}

/** What a manager wrote about a step. */
export interface Remark {
    readonly id: string;
    readonly text: string;
    /** Name; null: the user may not see people. */
    readonly author: string | null;
    /** Instant. */
    readonly writtenAt: string;
}

/** A step as it was recorded. */
export interface RecordedStep {
    readonly title: string;
    /** Oldest first. */
    readonly remarks: readonly Remark[];
}

/** By id of the run. */
export type PastRuns = Readonly<Record<string, PastFacts>>;
/** By id of the completion. */
export type RecordedSteps = Readonly<Record<string, RecordedStep>>;

/** What was learned; only the part that did not come has failed. */
export type PastAnswer =
    | { readonly of: 'runs'; readonly runs: PastRuns }
    | { readonly of: 'steps'; readonly steps: RecordedSteps; readonly runIds: readonly string[] }
    | { readonly of: 'impact'; readonly impact: Impact }
    | { readonly of: 'failure'; readonly failure: Failure };

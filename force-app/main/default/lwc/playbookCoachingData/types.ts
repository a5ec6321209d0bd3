import type { Kept } from 'c/playbookEngine';
import type { Failure } from 'c/playbookRecords';

/** Which runs and steps are shown. */
export interface CoachingScope {
    /** Days back from today: saves by when they were closed, steps by when they were answered. */
    readonly days: number;
    /** CSM of the run; null: all. */
    readonly csmId: string | null;
    /** Playbook of the run; null: all, and signals. */
    readonly playbookId: string | null;
}

export interface Csm {
    readonly id: string;
    readonly name: string;
    /** False: the user left. */
    readonly isActive: boolean;
}

export interface PlaybookChoice {
    readonly id: string;
    readonly name: string;
}

/** What a save and a skipped step say alike about their run. */
export interface RunFacts {
    readonly accountId: string;
    readonly accountName: string;
    /** Playbook, or label of the signal's trigger; null: neither is there any more. */
    readonly playbook: string | null;
    /** Name of the CSM, as reports show it; null: the run has none, or the org hides individuals. */
    readonly csm: string | null;
    readonly csmLeft: boolean;
}

/** A worked risk that was closed as Saved. */
export interface Save extends RunFacts {
    readonly runId: string;
    /** Instant. */
    readonly closedAt: string;
    /** In the org's currency; null: unknown, or this user may not see it. */
    readonly arrSaved: number | null;
    readonly cause: string | null;
    readonly reason: string | null;
    readonly kept: Kept | null;
}

/** Saves of one state of Kept. */
export interface SaveGroup {
    readonly kept: Kept | null;
    readonly count: number;
    /** Null: unknown, or this user may not see it. */
    readonly arrSaved: number | null;
}

/** Steps of one title that were answered alike. */
export interface AnsweredGroup {
    readonly step: string;
    readonly isRequired: boolean;
    /** Value of Skip Reason; null: done. */
    readonly skipReason: string | null;
    readonly count: number;
}

export interface Comment {
    readonly id: string;
    readonly text: string;
    readonly byId: string;
    readonly byName: string;
    /** Instant. */
    readonly writtenAt: string;
}

export interface SkippedStep extends RunFacts {
    /** Of the completion. */
    readonly id: string;
    readonly step: string;
    readonly isRequired: boolean;
    readonly skipReason: string;
    readonly note: string | null;
    /** Instant. */
    readonly skippedAt: string;
    /** Outcome of the run; null: it is not closed. */
    readonly outcome: string | null;
    /** Oldest first. */
    readonly comments: readonly Comment[];
}

/** All that the coaching page knows, read at one moment. */
export interface CoachingData {
    readonly scope: CoachingScope;
    readonly hidesIndividuals: boolean;
    /** A rate over fewer is marked. */
    readonly smallCount: number;
    readonly userId: string;
    /** Null: not known yet. */
    readonly canComment: boolean | null;
    /** Blank when the org hides individuals. */
    readonly csms: readonly Csm[];
    readonly playbooks: readonly PlaybookChoice[];
    readonly saveGroups: readonly SaveGroup[];
    /** Newest first, at most ten. */
    readonly saves: readonly Save[];
    readonly answered: readonly AnsweredGroup[];
    /** There are more groups than one request brings. */
    readonly answeredTruncated: boolean;
    /** Newest first, as far as they have been asked for. */
    readonly skipped: readonly SkippedStep[];
    readonly hasMoreSkipped: boolean;
}

/** Null: it went well. */
export type ReadFailure = Failure | null;

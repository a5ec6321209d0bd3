/** Runs of playbooks and signals, and what was done in them. Instants, days and blanks as in types.ts. */
import type { Tier } from './types';

/** Waiting: recorded by the sweep beyond what its CSM can take on now. */
export type RunStatus = 'Waiting' | 'Open' | 'Snoozed' | 'Closed';
export type OpenedBy = 'First action' | 'By hand' | 'Sweep';
export type Outcome =
    | 'Saved'
    | 'Recovered'
    | 'Lost'
    | 'Let go'
    | 'False alarm'
    | 'Expired'
    | 'Renewed'
    | 'Renewed smaller'
    | 'Not renewed'
    | 'Completed';

/** The figures that a run counts in: a risk is saved or lost, a renewal renewed or not; a signal is one action, and the others have no risk. */
export type RunKind = 'Risk' | 'Renewal' | 'Signal' | 'Other';

/** Whether what was won has lasted; see `kept.ts`. */
export type Kept = 'Provisional' | 'Kept for 90 days' | 'Kept at renewal' | 'Kept smaller' | 'Lost since';

export interface Run {
    readonly id: string;
    readonly episodeKey: string;
    readonly episodeNumber: number;
    readonly playbookKey: string | null;
    readonly playbookName: string | null;
    readonly versionId: string | null;
    readonly triggerKey: string | null;
    readonly status: RunStatus;
    readonly openedBy: OpenedBy;
    readonly firstTier: Tier;
    readonly worstTier: Tier;
    readonly currentTier: Tier;
    readonly reason: string | null;
    readonly anchorOn: string | null;
    readonly surfacedAt: string;
    readonly closedAt: string | null;
    /** Day on which a snoozed run comes back; null: not snoozed. */
    readonly snoozedUntil: string | null;
    /** Why it was put aside; null: it is not. */
    readonly snoozeReason: string | null;
    /** Since when the exit rule holds; null: it does not. */
    readonly recoveringSince: string | null;
    /** Last act of a person; null: only the sweep has touched it. */
    readonly actedAt: string | null;
    /** How often the episode came back within its cooldown. */
    readonly reopenedCount: number;
    /** When it last came back so; null: it never did. Due dates and expiry then count from here. */
    readonly returnedAt: string | null;
    /** User responsible for the account when the run was last written; null: nobody. */
    readonly csmId: string | null;
    /** Title of the step to do next and when it is due, as last written; null: nothing is left to do, or it has no date. */
    readonly nextStep: string | null;
    readonly nextDueAt: string | null;
    readonly outcome: Outcome | null;
    /** Id of the user who decided the outcome; null: the figures did, or it is open. Pages read it, the nightly sweep does not. */
    readonly outcomeBy?: string | null;
    /** Why it ended so, in words; read by pages only. */
    readonly outcomeReason?: string | null;
    readonly cause: string | null;
    readonly healthAtOpening: number | null;
    readonly usageAtOpening: number | null;
    readonly arrAtOpening: number | null;
    /** As it was when the run opened, whatever its playbook has become since; null: opened before this was recorded. */
    readonly kind: RunKind | null;
    /** Counts in no figure. */
    readonly practice: boolean;
    /** Counted when it was closed, 0 where another run of the account had counted it; null: not saved or not lost, or unknown. */
    readonly arrSaved: number | null;
    readonly arrLost: number | null;
    /** Null: nothing was won, or it is open. */
    readonly kept: Kept | null;
    /** Day on which the sweep last decided `kept`; null: not yet. */
    readonly keptOn: string | null;
    /** The account's renewal day when the run was closed; null: open, or unknown. */
    readonly renewalAtCloseOn: string | null;
    /** Whole months that its CSM had worked with playbooks when it surfaced; null: not written yet, or nobody's. */
    readonly csmMonths: number | null;
    readonly completions: readonly Completion[];
}

export type CompletionStatus = 'Done' | 'Skipped' | 'Not applicable' | 'Not done' | 'Undone';

export interface Completion {
    readonly id: string;
    readonly key: string;
    readonly stepKey: string;
    /** 1 for a step that happens once; counts up for a repeated one. */
    readonly occurrence: number;
    readonly status: CompletionStatus;
    /** The chosen options, in the order of the step's options. */
    readonly decision: readonly string[];
    readonly skipReason: string | null;
    readonly note: string | null;
    readonly dueAt: string | null;
    readonly completedAt: string | null;
    readonly completedByName: string | null;
    /** The task that is its proof: logged with it, or attached. */
    readonly taskId: string | null;
    /** Whether the step was one in which the customer is spoken to, as it was marked when this was recorded. */
    readonly customerContact: boolean;
}

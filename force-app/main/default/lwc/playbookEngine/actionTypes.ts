/** What a person does with a prompt, and what is written for it. Blank is `null`, as in types.ts. */
import type { Outcome } from './types';

/** What the user did to a step. */
export type Answer =
    | { readonly kind: 'done'; readonly note: string | null; readonly decision: readonly string[] }
    | { readonly kind: 'skip'; readonly reason: string; readonly note: string | null }
    | { readonly kind: 'not-applicable'; readonly note: string | null }
    | { readonly kind: 'note'; readonly note: string }
    | { readonly kind: 'undo' };

/** Proof of a contact: a call to log as a task together with the answer, or a task that is logged already. */
export type Proof =
    | { readonly kind: 'log'; readonly subject: string; readonly contactId: string | null }
    | { readonly kind: 'attach'; readonly taskId: string };

/** How the user puts a prompt aside. */
export interface Snooze {
    /** Day on which it comes back. */
    readonly until: string;
    readonly reason: string;
}

/** How the user closes a run. */
export interface Finish {
    readonly outcome: Outcome;
    readonly cause: string | null;
    readonly reason: string | null;
}

/** Field values to write, by field API name. */
export type FieldChanges = Readonly<Record<string, string | number | boolean | null>>;

/** What one action writes, all or nothing: at most one run created or updated, and completions. */
export interface ChangePlan {
    /** Set when the run does not exist yet; completions then hang on it. */
    readonly createRun: FieldChanges | null;
    /**
     * Written first: a closed run that this action opens again and then closes or puts aside anew, which a closed run refuses in one step.
     * Missing: there is none; an action that leaves the run open opens it with `updateRun`.
     */
    readonly reopenRun?: { readonly id: string; readonly fields: FieldChanges };
    /**
     * Written last, or, when it opens the run, before its completions. Together with `createRun` (a finish at once) its id is
     * {@link NEW_RUN_ID}: a closed run takes no completions.
     */
    readonly updateRun: { readonly id: string; readonly fields: FieldChanges } | null;
    readonly createCompletions: readonly FieldChanges[];
    readonly updateCompletions: readonly { readonly id: string; readonly fields: FieldChanges }[];
    /** A call logged together with a completion, which names it as {@link NEW_TASK_ID}; null: none. */
    readonly createTask: FieldChanges | null;
}

/** Stands for the id of the run that the same plan creates. */
export const NEW_RUN_ID = '@{run}';
/** Stands for the id of the task that the same plan creates, in a text field, where the platform takes no `@{task}`. */
export const NEW_TASK_ID = '@{task.Record.Id}';

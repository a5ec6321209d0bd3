import type { BookAccount, CurrentUser, FieldTypes, PlaybookVersion, Settings, Trigger } from 'c/playbookEngine';

/** All that is known of a book and the org, read at one moment. Plain and never half filled. */
export interface BookData {
    /** Whose accounts these are: a user's id, or null for everyone's. */
    readonly csmId: string | null;
    /** By account id. Runs are newest first; older closed ones carry no completions. */
    readonly book: readonly BookAccount[];
    /** Account fields by path, for rules; only fields this user may see. */
    readonly fieldTypes: FieldTypes;
    readonly triggers: readonly Trigger[];
    readonly settings: Settings;
    /** Published versions, and retired ones that runs keep. */
    readonly versions: readonly PlaybookVersion[];
    readonly user: CurrentUser;
    /** The sweep that finished last; null: none has. */
    readonly lastSweep: LastSweep | null;
    /** Whether this user may see sweeps at all. */
    readonly seesSweeps: boolean;
    readonly canWrite: boolean;
    /** Whether this user may run sweeps. */
    readonly canSweep: boolean;
    /** There are more accounts or runs than can be read. */
    readonly truncated: boolean;
}

export interface LastSweep {
    /** Instant. */
    readonly finishedAt: string;
    readonly withFailures: boolean;
}

/** How far the reading of a book that takes several requests is. */
export interface Progress {
    readonly read: number;
    /** Null: not known. */
    readonly total: number | null;
}

/** Somebody whose list can be looked at. */
export interface Colleague {
    readonly id: string;
    readonly name: string;
    /** Job title, or ''. */
    readonly title: string;
}

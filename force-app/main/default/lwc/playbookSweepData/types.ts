import type { CurrentUser, LockHolder } from 'c/playbookEngine';
import type { Failure } from 'c/playbookRecords';

/** The record of a sweep that runs, or of one that died. */
export interface SweepHolder extends LockHolder {
    /** As people see it: SW-00042. */
    readonly name: string;
    /** Instant; null: not known. */
    readonly startedAt: string | null;
    readonly fromPage: boolean;
    /** Who started it; null: not known. */
    readonly by: string | null;
    /** Instant by the org's clock; null: not known. */
    readonly createdAt: string | null;
}

/** Rows that were read, or why they could not be. */
export type ReadRows<Row> =
    { readonly ok: true; readonly rows: readonly Row[] } | { readonly ok: false; readonly failure: Failure };

export type ReadHolders = ReadRows<SweepHolder>;
export type ReadUsers = ReadRows<CurrentUser>;

/** What a sweep in the page needs of the org; the container gives it. Nothing here rejects. */
import type { BookData, Failure, Progress } from 'c/playbookBookData';
import type { ChangePlan, FieldChanges } from 'c/playbookEngine';
import type { ReadHolders, ReadUsers, SaveResult } from 'c/playbookSweepData';

export type ReadBook =
    { readonly ok: true; readonly data: BookData } | { readonly ok: false; readonly failure: Failure | null };

export interface Door {
    /** All accounts, as the server knows them now. It is stopped when `onProgress` gives false; its failure is null then. */
    readBook(onProgress: (progress: Progress) => boolean): Promise<ReadBook>;
    holders(): Promise<ReadHolders>;
    users(ids: readonly string[]): Promise<ReadUsers>;
    create(fields: FieldChanges): Promise<SaveResult>;
    update(id: string, fields: FieldChanges): Promise<SaveResult>;
    save(plan: ChangePlan): Promise<SaveResult>;
    /** This computer's clock, in milliseconds. */
    now(): number;
    /** Lets the page breathe, or time pass. */
    pause(milliseconds: number): Promise<void>;
}

/** What all jobs of the Bulk API 2.0 have in common: how they are asked for, and how one waits for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { OrgClient } from './org-client.ts';
import { OrgRefusal } from './patience.ts';

/** See "How Requests Are Processed" of the Bulk API 2.0 guide. */
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export const bulkJob = z.object({
    id: z.string(),
    state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
    numberRecordsProcessed: z.number().default(0),
    errorMessage: z.string().nullish(),
});
export type BulkJob = z.infer<typeof bulkJob>;

const LONGEST_BETWEEN_LOOKS = 20_000;

/** The job as it is now; null when the org has none with that id (any more). */
export async function readJob(client: OrgClient, path: string): Promise<BulkJob | null> {
    try {
        return await client.json(bulkJob, { method: 'GET', path });
    } catch (error) {
        if (error instanceof OrgRefusal && error.status === 404) {
            return null;
        }
        throw error;
    }
}

/**
 * Waits until a job has ended, however long the org takes: less often the longer it lasts, and at once more often when it gets ahead.
 * `onLook` is called with each answer. Null: the job is gone.
 */
export async function waitForJob(
    client: OrgClient,
    path: string,
    onLook: (job: BulkJob) => void | Promise<void>,
): Promise<BulkJob | null> {
    for (let wait = client.firstLook; ; wait = Math.min(wait * 1.5, LONGEST_BETWEEN_LOOKS)) {
        const job = await readJob(client, path);
        if (job === null || hasEnded(job)) {
            return job;
        }
        await onLook(job);
        await sleep(wait);
    }
}

export function hasEnded({ state }: BulkJob): boolean {
    return state === 'JobComplete' || state === 'Failed' || state === 'Aborted';
}

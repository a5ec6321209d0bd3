/** Whether what a sweep is about to ask of the org fits into what the org may be asked in a day. */
import { z } from 'zod';
import { CommandError } from '../lib/errors.ts';
import type { OrgClient } from './org-client.ts';
import { OrgRefusal } from './patience.ts';

/** What a sweep needs at most, as far as it is known. */
export interface Needs {
    readonly requests: number;
    readonly queryJobs: number;
    /** Jobs that write; each is one batch of 10,000 rows. */
    readonly ingestJobs: number;
}

const limit = z.object({ Max: z.number(), Remaining: z.number() });
const limits = z.object({
    DailyApiRequests: limit.optional(),
    DailyBulkV2QueryJobs: limit.optional(),
    DailyBulkApiBatches: limit.optional(),
});

type Limits = z.infer<typeof limits>;

/** Left for everybody else. */
const RESERVE = 0.1;
/** Of what is left: so little is in nobody's way. */
const LITTLE = 0.01;

/** Throws CommandError when it does not fit. Returns false when the org does not tell this user its limits: then nothing is known. */
export async function checkLimits(client: OrgClient, needs: Needs): Promise<boolean> {
    const told = await readLimits(client);
    if (told === null) {
        return false;
    }
    const short = shortages(told, needs);
    if (short.length > 0) {
        throw new CommandError(
            short.join('\n'),
            'Run the sweep later: the limits count the last 24 hours. Setup → System Overview shows who uses them.',
        );
    }
    return true;
}

/** What would not fit, in words. What needs next to nothing of what is left always fits. */
export function shortages(told: Limits, needs: Needs): readonly string[] {
    const checks = [
        { what: 'API requests', needed: needs.requests, has: told.DailyApiRequests },
        { what: 'bulk query jobs', needed: needs.queryJobs, has: told.DailyBulkV2QueryJobs },
        { what: 'bulk batches', needed: needs.ingestJobs, has: told.DailyBulkApiBatches },
    ];
    return checks.flatMap(({ has, needed, what }) =>
        has !== undefined && needed > has.Remaining * LITTLE && has.Remaining - needed < has.Max * RESERVE
            ? [
                  `The sweep needs about ${needed} ${what}; the org has ${has.Remaining} of ${has.Max} left for today, and a tenth is kept for others.`,
              ]
            : [],
    );
}

async function readLimits(client: OrgClient): Promise<Limits | null> {
    try {
        return await client.json(limits, { method: 'GET', path: '/limits' });
    } catch (error) {
        // Only users with View Setup and Configuration are told.
        if (error instanceof OrgRefusal && (error.status === 403 || error.status === 404)) {
            return null;
        }
        throw error;
    }
}

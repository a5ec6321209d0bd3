/** What a sweep counted, as it outlasts a kill with the work file. */
import { z } from 'zod';
import type { BookCounts } from 'c/playbookEngine';

export { BookTally } from 'c/playbookEngine';
export type { BookCounts, CountedProblem } from 'c/playbookEngine';

const problem = z.object({ label: z.string(), field: z.string(), message: z.string(), accounts: z.number() });

export const BOOK_COUNTS: z.ZodType<BookCounts> = z.object({
    evaluated: z.number(),
    customers: z.number(),
    withoutCsm: z.number(),
    held: z.object({ critical: z.number(), contact: z.number(), stale: z.number(), snoozed: z.number() }),
    tooLate: z.number(),
    triggers: z.record(z.string(), z.object({ accounts: z.number(), arr: z.number(), held: z.number() })),
    csms: z.record(z.string(), z.object({ name: z.string(), customers: z.number(), taken: z.number() })),
    problems: z.array(problem),
});

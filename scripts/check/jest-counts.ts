/** Counts from Jest's `--json` report. */
import { z } from 'zod';
import type { TestCounts } from './test-counts.ts';

const report = z.object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
    /** Files that could not even be loaded: none of their tests is counted. */
    numRuntimeErrorTestSuites: z.number(),
});

/** A file that could not be loaded counts as one failed test. Throws when the text is not Jest's report. */
export function jestCounts(json: string): TestCounts {
    const counts = report.parse(JSON.parse(json));
    return {
        passed: counts.numPassedTests,
        failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
        skipped: counts.numPendingTests + counts.numTodoTests,
        emptyFiles: [],
    };
}

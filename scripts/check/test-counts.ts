/**
 * Reporter for Node's test runner: one line of JSON with the counts. Suites are not tests; a file that holds no test is
 * a failure, since a test that was never registered must not look like one that passed.
 */
import { resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

export interface TestCounts {
    readonly passed: number;
    readonly failed: number;
    /** Skipped or still to be written. */
    readonly skipped: number;
    /** Files in which nothing was tested. */
    readonly emptyFiles: readonly string[];
}

export async function countTests(events: AsyncIterable<TestEvent>): Promise<TestCounts> {
    let [passed, failed, skipped] = [0, 0, 0];
    const emptyFiles: string[] = [];
    for await (const event of events) {
        if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
        const { data } = event;
        if (data.details.type === 'suite') continue;
        if (event.type === 'test:fail') failed += data.todo === undefined ? 1 : 0;
        else if (isWholeFile(data)) emptyFiles.push(data.name);
        else if (data.skip !== undefined || data.todo !== undefined) skipped += 1;
        else passed += 1;
    }
    return { passed, failed: failed + emptyFiles.length, skipped, emptyFiles };
}

/** The runner reports a file in which nothing registered as one passed test with the file's name. */
function isWholeFile(data: { readonly name: string; readonly nesting: number; readonly file?: string }): boolean {
    return data.nesting === 0 && data.file !== undefined && resolve(data.name) === data.file;
}

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
    yield JSON.stringify(await countTests(events));
}

/** Reporter for Node's test runner: contracts as a table, an area after the other, with what they have to say; then failures in full, then the counts. */
import { inspect } from 'node:util';
import type { TestEvent } from 'node:test/reporters';

type Result = 'holds' | 'broken' | 'skipped';

const SIGN: Readonly<Record<Result, string>> = { holds: '✓', broken: '✗', skipped: '–' };

/** Lines of the table, as the runner tells of the contracts. */
export async function* tableOf(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
    const counts: Record<Result, number> = { holds: 0, broken: 0, skipped: 0 };
    const failures: string[] = [];
    for await (const event of events) {
        if (event.type === 'test:start' && event.data.nesting === 0) {
            yield `\n${event.data.name}\n`;
        } else if (event.type === 'test:diagnostic' && event.data.nesting > 0) {
            // They follow the result of their contract.
            yield indented(event.data.message);
        } else if (event.type === 'test:stdout' || event.type === 'test:stderr') {
            yield indented(event.data.message.trimEnd());
        } else if (event.type === 'test:pass' || event.type === 'test:fail') {
            const { data } = event;
            // A suite passes or fails with its contracts, which count themselves; by itself it fails when what prepares them does.
            const isSuite = data.details.type === 'suite';
            if (isSuite && (event.type === 'test:pass' || failureType(data.details) === 'subtestsFailed')) {
                continue;
            }
            const result = resultOf(event);
            counts[result] += 1;
            const time = result === 'skipped' ? reason(data.skip) : `${Math.round(data.details.duration_ms)} ms`;
            yield `  ${SIGN[result]} ${data.name}  (${time})\n`;
            if (result === 'broken') {
                failures.push(`✗ ${data.name}\n${errorText(data.details)}`);
            }
        }
    }
    yield failures.length > 0 ? `\nBroken contracts:\n\n${failures.join('\n\n')}\n` : '';
    yield `\n${counts.holds} passed, ${counts.broken} failed, ${counts.skipped} skipped\n`;
}

function indented(text: string): string {
    return text
        .split('\n')
        .map((line) => `      ${line}\n`)
        .join('');
}

function resultOf(event: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>): Result {
    if (event.data.skip !== undefined && event.data.skip !== false) {
        return 'skipped';
    }
    return event.type === 'test:pass' ? 'holds' : 'broken';
}

function reason(skip: string | boolean | undefined): string {
    return typeof skip === 'string' && skip !== '' ? skip : 'skipped';
}

function failureType(details: object): unknown {
    const error: unknown = Reflect.get(details, 'error');
    return error instanceof Error ? Reflect.get(error, 'failureType') : undefined;
}

/** What was thrown, with the places in the contracts alone: the rest of the stack is the runner's. */
function errorText(details: object): string {
    const error: unknown = Reflect.get(details, 'error');
    const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
    if (!(cause instanceof Error)) {
        return inspect(cause);
    }
    const places = (cause.stack ?? '').split('\n').filter((line) => /^ +at .*\/scripts\/contract\//.test(line));
    return [cause.message, ...places.slice(0, 2)].join('\n');
}

export default tableOf;

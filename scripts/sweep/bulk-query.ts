/** Rows of a query through the Bulk API 2.0: any number of them in constant memory, over connections that break. */
import { CommandError } from '../lib/errors.ts';
import { bulkJob, waitForJob } from './bulk-job.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { CsvRow } from './csv-scanner.ts';
import type { OrgClient } from './org-client.ts';
import { OrgRefusal } from './patience.ts';

export interface BulkQueryOptions {
    /** Called with the rows read so far. */
    onProgress?(rows: number): void;
    /** Called while the org works on the query, with the rows that it has found so far. */
    onWaiting?(found: number): void | Promise<void>;
    /** Rows of a page; the org may give fewer. */
    readonly pageRows?: number;
}

const PAGE_ROWS = 50_000;

/**
 * Rows in the order of the query, in batches as they come; every value is text, '' is blank, numbers look as Java writes them (`5.0`,
 * `1.6E13`), instants are ISO 8601 in UTC. While a page is being worked on, the next one is on its way. Throws CommandError for a query that
 * the org refuses.
 */
export async function* bulkRows(
    client: OrgClient,
    soql: string,
    options: BulkQueryOptions = {},
): AsyncGenerator<readonly CsvRow[], void> {
    const path = `/jobs/query/${await startQuery(client, soql)}`;
    let ended = false;
    try {
        const job = await waitForJob(client, path, ({ numberRecordsProcessed }) =>
            options.onWaiting?.(numberRecordsProcessed),
        );
        ended = true;
        if (job?.state !== 'JobComplete') {
            throw new CommandError(
                `The org did not finish a query (${job?.state ?? 'its job is gone'}): ${job?.errorMessage ?? soql}`,
                'Run the same command again. If it stays, look at Setup → Bulk Data Load Jobs.',
            );
        }
        let rows = 0;
        for await (const batch of pagesOf(client, path, options.pageRows ?? PAGE_ROWS)) {
            rows += batch.length;
            yield batch;
            options.onProgress?.(rows);
        }
    } finally {
        await discard(client, path, ended);
    }
}

async function startQuery(client: OrgClient, soql: string): Promise<string> {
    const job = { operation: 'query', query: soql, contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' };
    try {
        return (await client.json(bulkJob, { method: 'POST', path: '/jobs/query', body: { json: job } })).id;
    } catch (error) {
        if (error instanceof OrgRefusal) {
            throw new CommandError(
                `The org refuses a query: ${error.message}`,
                'Deploy force-app to the org first, and use a user with the Playbook Integration permission set, who sees the fields that triggers name.',
            );
        }
        throw error;
    }
}

/** Results are customer data: nothing of them is left lying in the org. Whether that works does not matter to the sweep. */
async function discard(client: OrgClient, path: string, ended: boolean): Promise<void> {
    try {
        if (!ended) {
            const body = { json: { state: 'Aborted' } };
            await client.sendOnce({ method: 'PATCH', path, body }, async (response) => response.body?.cancel());
        }
        await client.sendOnce({ method: 'DELETE', path }, async (response) => response.body?.cancel());
    } catch {
        // The org deletes the job by itself after seven days.
    }
}

interface Page {
    readonly locator: string | null;
    /** Where the next page begins; null at the end. */
    readonly next: string | null;
    /** Rows that it should have; null: the org did not say. */
    readonly rows: number | null;
    readonly body: Response['body'];
}

async function* pagesOf(client: OrgClient, path: string, pageRows: number): AsyncGenerator<CsvRow[], void> {
    const open = (locator: string | null): Promise<Page> => openPage(client, path, pageRows, locator);
    let page: Promise<Page> | null = open(null);
    while (page !== null) {
        const current: Page = await page;
        const following: Promise<Page> | null = current.next === null ? null : open(current.next);
        // Its failure is told when its turn comes, not before.
        following?.catch(() => undefined);
        let whole = false;
        try {
            yield* rowsOf(client, current, open);
            whole = true;
        } finally {
            if (!whole) {
                await following?.then(({ body }) => body?.cancel()).catch(() => undefined);
            }
        }
        page = following;
    }
}

async function openPage(client: OrgClient, path: string, pageRows: number, locator: string | null): Promise<Page> {
    const from = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
    return client.send(
        { method: 'GET', path: `${path}/results?maxRecords=${pageRows}${from}`, accept: 'text/csv' },
        async ({ body, headers }) => {
            const next = headers.get('sforce-locator');
            const rows = headers.get('sforce-numberofrecords');
            return {
                locator,
                next: next === null || next === 'null' || next === '' ? null : next,
                rows: rows === null ? null : Number(rows),
                body,
            };
        },
    );
}

/** Rows of one page. When the connection is cut, the page is asked for again, and what was read of it is left out. */
async function* rowsOf(
    client: OrgClient,
    first: Page,
    open: (locator: string | null) => Promise<Page>,
): AsyncGenerator<CsvRow[], void> {
    const patience = client.patience();
    let page = first;
    let given = 0;
    for (;;) {
        let seen = 0;
        try {
            for await (const rows of scan(page)) {
                seen += rows.length;
                const fresh = seen - given >= rows.length ? rows : rows.slice(rows.length - Math.max(0, seen - given));
                if (fresh.length > 0) {
                    given = seen;
                    patience.progress();
                    yield fresh;
                }
            }
            if (page.rows !== null && seen !== page.rows) {
                throw new OrgRefusal(502, 'INCOMPLETE', `A page of results came with ${seen} of ${page.rows} rows.`);
            }
            return;
        } catch (error) {
            await patience.after(error);
            page = await open(page.locator);
        }
    }
}

async function* scan({ body }: Page): AsyncGenerator<CsvRow[], void> {
    const scanner = new CsvScanner();
    if (body === null) {
        return;
    }
    const reader = body.getReader();
    try {
        for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
            const rows = scanner.add(piece.value);
            if (rows.length > 0) {
                yield rows;
            }
        }
    } finally {
        // Left early, the connection would stay taken.
        await reader.cancel().catch(() => undefined);
    }
    const rows = endOf(scanner);
    if (rows.length > 0) {
        yield rows;
    }
}

function endOf(scanner: CsvScanner): CsvRow[] {
    try {
        return scanner.end();
    } catch (error) {
        throw error instanceof SyntaxError ? new OrgRefusal(502, 'INCOMPLETE', error.message) : error;
    }
}

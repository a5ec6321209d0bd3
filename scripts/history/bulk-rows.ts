/** Many rows through one job of the Bulk API 2.0, all of which have to be taken. */
import { stringify } from 'csv-stringify/sync';
import { CommandError } from '../lib/errors.ts';
import type { FieldValue, RecordFields } from '../lib/records.ts';
import { closeIngest, fillIngest, forgetIngest, ingestResults, openIngest, waitForIngest } from '../sweep/ingest.ts';
import type { OrgClient } from '../sweep/org-client.ts';

const ROWS_PER_JOB = 10_000;

/** Creates the rows; gives their ids by the value that each has in `keyField`. Throws CommandError with what the org says of the first refused row. */
export async function insertRows(
    client: OrgClient,
    object: string,
    rows: readonly RecordFields[],
    keyField: string,
): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    for (let start = 0; start < rows.length; start += ROWS_PER_JOB) {
        for (const row of await job(client, object, 'insert', rows.slice(start, start + ROWS_PER_JOB))) {
            ids.set(row[keyField] ?? '', row['sf__Id'] ?? '');
        }
    }
    return ids;
}

/** Changes rows by their `Id`; blank values leave a field as it is. Throws as {@link insertRows} does. */
export async function updateRows(client: OrgClient, object: string, rows: readonly RecordFields[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_PER_JOB) {
        await job(client, object, 'update', rows.slice(start, start + ROWS_PER_JOB));
    }
}

async function job(
    client: OrgClient,
    object: string,
    operation: 'insert' | 'update',
    rows: readonly RecordFields[],
): Promise<readonly Readonly<Record<string, string>>[]> {
    const id = await openIngest(client, object, operation);
    await fillIngest(client, id, csvOf(rows));
    await closeIngest(client, id);
    const ended = await waitForIngest(client, id, () => undefined);
    const failed = await ingestResults(client, id, 'failedResults');
    const [first] = failed;
    if (ended?.state !== 'JobComplete' || first !== undefined) {
        const why = first?.['sf__Error'] ?? ended?.errorMessage ?? 'the job is gone';
        throw new CommandError(
            `${failed.length === 0 ? 'No' : `${failed.length} of ${rows.length}`} ${object} could not be written: ${why}`,
            'Nothing more of the history was loaded, and what was loaded stays. In the local org: start over with `npm start -- --fresh`. In another org: delete the accounts whose External Id begins with “generated-”, which takes their runs with them, then load again.',
        );
    }
    const done = await ingestResults(client, id, 'successfulResults');
    await forgetIngest(client, id);
    return done;
}

function csvOf(rows: readonly RecordFields[]): string {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return stringify([names, ...rows.map((row) => names.map((name) => cellOf(row[name] ?? null)))]);
}

function cellOf(value: FieldValue): string {
    return value === null ? '' : String(value);
}

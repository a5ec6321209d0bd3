/** What could not be written, record by record, in a file that a spreadsheet opens. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Outbox, Trouble } from './outbox.ts';

const COLUMNS = ['state', 'object', 'record', 'key', 'account', 'link', 'reason'] as const;

/** The file's path when there was anything to tell, else null. `instanceUrl`: for links to the accounts. */
export async function writeTroubles(
    outboxes: readonly Outbox[],
    path: string,
    instanceUrl: string,
): Promise<string | null> {
    const troubles = troublesOf(outboxes);
    const first = troubles.next();
    if (first.done === true) {
        return null;
    }
    const rows = function* (): Generator<Record<(typeof COLUMNS)[number], string>> {
        yield rowOf(first.value, instanceUrl);
        for (let next = troubles.next(); next.done !== true; next = troubles.next()) {
            yield rowOf(next.value, instanceUrl);
        }
    };
    await pipeline(
        Readable.from(rows()),
        stringify({ header: true, columns: [...COLUMNS], bom: true }),
        createWriteStream(path),
    );
    return path;
}

function* troublesOf(outboxes: readonly Outbox[]): Generator<Trouble, void> {
    for (const outbox of outboxes) {
        yield* outbox.troubles();
    }
}

function rowOf(
    { accountId, key, object, reason, recordId, state }: Trouble,
    instanceUrl: string,
): Record<(typeof COLUMNS)[number], string> {
    return {
        state,
        object,
        record: recordId ?? '',
        key,
        account: accountId,
        link: `${instanceUrl}/${accountId}`,
        // A formula must not come out of a text that the org or a person wrote.
        reason: (reason ?? '').replace(/^[=+\-@\t\r]/, "'$&"),
    };
}

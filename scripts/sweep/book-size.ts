/** How large the book is: asked of the org when a sweep does not read every account. */
import { z } from 'zod';
import type { Connection } from '../lib/connection.ts';
import { queryAll } from '../lib/records.ts';
import type { SweepConfiguration } from './configuration.ts';
import { rangeConditions } from './shards.ts';
import type { IdRange } from './shards.ts';
import type { BookCounts } from './tally.ts';

const count = z.number().nullable();
export const BOOK_SIZE = z.object({
    /** Null: not known. */
    inScope: count,
    /** Accounts that have not left; null: not known. */
    customers: count,
    /** Customers by user id; null: not known. */
    byCsm: z.record(z.string(), z.number()).nullable(),
});
export type BookSize = z.infer<typeof BOOK_SIZE>;

/** Every account was looked at, so that the sweep itself has counted. */
export function countedSize({ csms, customers, evaluated }: BookCounts): BookSize {
    const byCsm = Object.fromEntries(Object.entries(csms).map(([id, csm]) => [id, csm.customers]));
    return { inScope: evaluated, customers, byCsm };
}

/** Counting takes the org too long in very large books: what it does not tell stays unknown, and only shares are missing for it. */
export async function askSize(
    connection: Connection,
    { configuration, range }: { readonly configuration: SweepConfiguration; readonly range: IdRange },
): Promise<BookSize> {
    const inRange = rangeConditions('Id', range);
    const churned = configuration.rules.prepared.figures.ChurnedOn.path;
    const stayed = [...inRange, ...(churned === null ? [] : [`${churned} = null`])];
    return {
        inScope: await unlessRefused(() => countAccounts(connection, inRange)),
        customers: await unlessRefused(() => countAccounts(connection, stayed)),
        byCsm: await unlessRefused(async () =>
            Object.fromEntries(await countGroups(connection, 'Account', configuration.csmPath, stayed)),
        ),
    };
}

async function countAccounts(connection: Connection, conditions: readonly string[]): Promise<number> {
    return (await connection.query(`SELECT COUNT() FROM Account${where(conditions)}`)).totalSize;
}

/** Groups of one answer; the platform gives no second page of them. */
const GROUPS = 2000;

/** Records by the value of a lookup, blank ones left out. */
export async function countGroups(
    connection: Connection,
    object: string,
    field: string,
    conditions: readonly string[],
): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (let last: string | null = null; ;) {
        const after = last === null ? `${field} != null` : `${idOf(field)} > '${last}'`;
        const rows: Record<string, unknown>[] = await queryAll(
            connection,
            `SELECT ${field} grouped, COUNT(Id) records FROM ${object}${where([...conditions, after])} GROUP BY ${field} ORDER BY ${field} LIMIT ${GROUPS}`,
        );
        for (const { grouped, records } of rows) {
            last = String(grouped);
            found.set(last, Number(records));
        }
        if (rows.length < GROUPS) {
            return found;
        }
    }
}

/** The id behind a lookup, which can be compared by size: `CSM__r.Id`, `Owner.Id`. */
function idOf(lookup: string): string {
    return lookup.endsWith('__c') ? lookup.replace(/__c$/, '__r.Id') : lookup.replace(/Id$/, '.Id');
}

function where(conditions: readonly string[]): string {
    return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
        return await ask();
    } catch (error) {
        // The platform's refusals carry a code; anything else is no matter of size.
        if (error instanceof Error && typeof Reflect.get(error, 'errorCode') === 'string') {
            return null;
        }
        throw error;
    }
}

/** Whether refused rows were overtaken by a person, are about records that are gone, or failed: the records themselves tell. */
import { z } from 'zod';
import { soqlIn } from '../lib/soql.ts';
import type { OrgClient } from './org-client.ts';
import type { Outbox, PlannedRow, WriteState } from './outbox.ts';

export interface RefusedRow {
    readonly row: PlannedRow;
    /** As the platform wrote it. */
    readonly error: string;
    /** A record with its unique key exists. */
    readonly taken: boolean;
}

export interface Verdict {
    readonly row: PlannedRow;
    readonly state: WriteState;
    readonly reason: string;
}

/** Looked up together; the query has to fit into an address. */
const AT_ONCE = 100;

const run = z.object({ Id: z.string(), Acted_At__c: z.string().nullable() });
const openedRun = z.object({
    Episode_Key__c: z.string(),
    Opened_By__c: z.string().nullable(),
    Surfaced_At__c: z.string().nullable(),
});
const completion = z.object({ Completion_Key__c: z.string(), Completion_Status__c: z.string() });
const account = z.object({ Id: z.string() });

/** Looks at each of them. A wording in an error may be translated or changed by an admin; what is in the records may not. */
export async function judge(client: OrgClient, outbox: Outbox, refused: readonly RefusedRow[]): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    for (let start = 0; start < refused.length; start += AT_ONCE) {
        verdicts.push(...(await judgeSome(client, outbox, refused.slice(start, start + AT_ONCE))));
    }
    return verdicts;
}

async function judgeSome(client: OrgClient, outbox: Outbox, refused: readonly RefusedRow[]): Promise<Verdict[]> {
    const taken = refused.filter((one) => one.taken).map(({ row }) => row);
    const others = refused.filter((one) => !one.taken).map(({ row }) => row);
    const keysOf = (object: PlannedRow['object']): string[] =>
        taken.filter((row) => row.object === object).map(({ key }) => key);
    const runs = await find(
        client,
        run,
        'Playbook_Run__c',
        'Id',
        idsOf(others, ({ runId }) => runId),
    );
    const accounts = await find(client, account, 'Account', 'Id', idsOf(others, accountOfNewRun));
    const opened = await find(client, openedRun, 'Playbook_Run__c', 'Episode_Key__c', keysOf('Playbook_Run__c'));
    const made = await find(
        client,
        completion,
        'Step_Completion__c',
        'Completion_Key__c',
        keysOf('Step_Completion__c'),
    );
    return refused.map(({ error, row, taken: isTaken }) => {
        if (isTaken) {
            const state =
                row.object === 'Playbook_Run__c'
                    ? stateOfOpened(row, opened.get(row.key))
                    : stateOfMade(made.get(row.key));
            return { row, state, reason: error };
        }
        if (row.runId === null) {
            return { row, state: accounts.has(row.accountId) ? 'failed' : 'gone', reason: error };
        }
        const now = runs.get(row.runId);
        const acted = now !== undefined && !isSameInstant(now.Acted_At__c, outbox.seenAt(row.change));
        return { row, state: now === undefined ? 'gone' : acted ? 'overtaken' : 'failed', reason: error };
    });
}

function idsOf(rows: readonly PlannedRow[], idOf: (row: PlannedRow) => string | null): string[] {
    return [...new Set(rows.map(idOf).filter((id) => id !== null))];
}

function accountOfNewRun({ accountId, runId }: PlannedRow): string | null {
    return runId === null ? accountId : null;
}

/** This very sweep may have made it, in a job whose answer was lost. */
function stateOfOpened({ fields }: PlannedRow, found: z.infer<typeof openedRun> | undefined): WriteState {
    // Then its live key is taken: somebody has opened another run of the same playbook, or opened one again.
    if (found === undefined) {
        return 'overtaken';
    }
    const surfaced = fields['Surfaced_At__c'];
    const isOurs =
        found.Opened_By__c === 'Sweep' &&
        isSameInstant(found.Surfaced_At__c, typeof surfaced === 'string' ? surfaced : null);
    return isOurs ? 'done' : 'overtaken';
}

/** What is recorded as not done already need not be recorded again. */
function stateOfMade(found: z.infer<typeof completion> | undefined): WriteState {
    return found === undefined ? 'failed' : found.Completion_Status__c === 'Not done' ? 'done' : 'overtaken';
}

/** The platform keeps whole seconds. */
function isSameInstant(one: string | null, other: string | null): boolean {
    const second = (instant: string | null): number | null =>
        instant === null ? null : Math.floor(Date.parse(instant) / 1000);
    return second(one) === second(other);
}

/** Records by the values of a field; nothing is asked for none. */
async function find<T extends z.ZodObject>(
    client: OrgClient,
    shape: T,
    object: string,
    field: string & keyof z.output<T>,
    values: readonly string[],
): Promise<ReadonlyMap<string, z.output<T>>> {
    if (values.length === 0) {
        return new Map();
    }
    const soql = `SELECT ${Object.keys(shape.shape).join(', ')} FROM ${object} WHERE ${soqlIn(field, values)}`;
    const { records } = await client.json(z.object({ records: z.array(shape) }), {
        method: 'GET',
        path: `/query?q=${encodeURIComponent(soql)}`,
    });
    return new Map(records.map((record) => [String(record[field]), record]));
}

/**
 * A new episode is numbered after the last one of its account and playbook (or signal), however long ago that was closed. Runs closed long
 * ago decide nothing else, so they are asked for only here, of the few accounts on which something opens: the cost of a night does not
 * grow with the years.
 */
import type { ChangePlan } from 'c/playbookEngine';
import type { Connection } from '../lib/connection.ts';
import { queryAll } from '../lib/records.ts';
import { soqlIn } from '../lib/soql.ts';

/** Highest number by the episode key without it: `001…:at-risk`. */
export type EpisodeNumbers = ReadonlyMap<string, number>;

const ACCOUNTS_PER_QUERY = 200;

export interface NumberQuestion {
    readonly accountIds: readonly string[];
    /** ISO instant: runs closed since are known. */
    readonly closedBefore: string;
    /** Called before each query. */
    readonly keep: () => Promise<void>;
}

export async function formerNumbers(
    connection: Connection,
    { accountIds, closedBefore, keep }: NumberQuestion,
): Promise<EpisodeNumbers> {
    const numbers = new Map<string, number>();
    const former = `Run_Status__c = 'Closed' AND Closed_At__c < ${closedBefore}`;
    const isYoung =
        accountIds.length === 0 ||
        (await queryAll(connection, `SELECT Id FROM Playbook_Run__c WHERE ${former} LIMIT 1`)).length === 0;
    for (let at = 0; !isYoung && at < accountIds.length; at += ACCOUNTS_PER_QUERY) {
        await keep();
        const rows = await queryAll(
            connection,
            `SELECT Episode_Key__c FROM Playbook_Run__c WHERE ${soqlIn('Account__c', accountIds.slice(at, at + ACCOUNTS_PER_QUERY))} AND ${former}`,
        );
        for (const { Episode_Key__c: key } of rows) {
            const { number, subject } = partsOf(String(key));
            numbers.set(subject, Math.max(number, numbers.get(subject) ?? 0));
        }
    }
    return numbers;
}

/** The plan with the number that follows what the org has; plans that open nothing stay as they are. */
export function numbered(plan: ChangePlan, numbers: EpisodeNumbers): ChangePlan {
    const key = plan.createRun?.['Episode_Key__c'];
    if (typeof key !== 'string') {
        return plan;
    }
    const { number, subject } = partsOf(key);
    const former = numbers.get(subject) ?? 0;
    const fields = { Episode_Key__c: `${subject}:${former + 1}`, Episode_Number__c: former + 1 };
    return former < number ? plan : { ...plan, createRun: { ...plan.createRun, ...fields } };
}

function partsOf(key: string): { readonly subject: string; readonly number: number } {
    const at = key.lastIndexOf(':');
    return { subject: key.slice(0, at), number: Number(key.slice(at + 1)) };
}

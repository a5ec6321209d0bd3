/** A history as the records that an org takes. Ids in them are stand-ins (see `StandIns` in `load.ts`). */
import { countFields } from 'c/playbookEngine';
import { valueOf } from './node-values.ts';
import type { GraphNode } from 'c/playbookRecords';
import type { RecordFields } from '../lib/records.ts';
import type { GeneratedHistory, Night } from './generate.ts';
import type { HiddenAccount } from './hidden-account.ts';

export interface HistoryRun {
    /** Episode key. */
    readonly key: string;
    /** As the run stood before it was closed: a closed run takes no steps. */
    readonly opened: RecordFields;
    /** What closing it wrote; null: it is not closed. */
    readonly closed: RecordFields | null;
}

export interface HistoryCompletion {
    readonly runKey: string;
    readonly fields: RecordFields;
}

export interface HistoryRecords {
    readonly accounts: readonly RecordFields[];
    readonly runs: readonly HistoryRun[];
    readonly completions: readonly HistoryCompletion[];
    readonly sweeps: readonly RecordFields[];
}

export const GENERATED_NOTE = 'Generated for the sample history: no real company.';
const GENERATED = 'Generated history.';

/** Fields that closing a run writes. */
const AT_CLOSE: ReadonlySet<string> = new Set([
    ...['Run_Status__c', 'Outcome__c', 'Cause__c', 'Outcome_Reason__c', 'Outcome_By__c', 'Closed_At__c'],
    ...['Health_At_Close__c', 'Usage_At_Close__c', 'ARR_At_Close__c', 'Renewal_At_Close_On__c'],
    ...['ARR_Saved__c', 'ARR_Lost__c', 'Kept__c', 'Kept_On__c', 'ARR_Kept__c'],
]);

export function recordsOf(history: GeneratedHistory): HistoryRecords {
    const { accounts, book, nights } = history;
    const runs: HistoryRun[] = [];
    const completions: HistoryCompletion[] = [];
    for (const { of } of accounts) {
        // Oldest first, as they came about.
        for (const node of [...book.nodesOf(of.id)].reverse()) {
            const run = runRecord(node);
            runs.push(run);
            completions.push(...completionNodes(node).map((one) => completionRecord(one, node, run.key)));
        }
    }
    return {
        accounts: accounts.map(({ hidden, of }) => accountRecord(hidden, of.id, of.values)),
        runs,
        completions,
        sweeps: nights.map(sweepRecord),
    };
}

function accountRecord(hidden: HiddenAccount, id: string, values: Readonly<Record<string, unknown>>): RecordFields {
    // Usage_Change__c is a formula of the org.
    const { Usage_Change__c: change, ...figures } = values as RecordFields;
    return {
        ...figures,
        Id: id,
        External_Id__c: hidden.externalId,
        Description: GENERATED_NOTE,
        Pending_Usage_On__c: hidden.measuredOn,
        Pending_Usage_Change__c: typeof change === 'number' ? Math.round(change * 10) / 10 : null,
    };
}

function runRecord(node: GraphNode): HistoryRun {
    const fields = fieldsOf(node);
    const key = String(fields['Episode_Key__c']);
    const isClosed = fields['Run_Status__c'] === 'Closed';
    const entries = Object.entries(fields);
    const opened: RecordFields = {
        ...Object.fromEntries(entries.filter(([name]) => !isClosed || !AT_CLOSE.has(name))),
        Reason__c: [fields['Reason__c'], GENERATED].filter((text) => typeof text === 'string').join(' '),
        CreatedDate: fields['Surfaced_At__c'] ?? null,
        ...(isClosed ? { Run_Status__c: 'Open', Live_Key__c: null } : {}),
    };
    return {
        key,
        opened,
        closed: isClosed ? Object.fromEntries(entries.filter(([name]) => AT_CLOSE.has(name))) : null,
    };
}

function completionRecord(node: GraphNode, run: GraphNode, runKey: string): HistoryCompletion {
    const { Playbook_Run__c: _run, ...fields } = fieldsOf(node);
    const at = fields['Completed_At__c'] ?? valueOf(run, 'Closed_At__c') ?? valueOf(run, 'Surfaced_At__c');
    return { runKey, fields: { ...fields, CreatedDate: at } };
}

/** Everything but ids and what stands beside the record's own fields. */
function fieldsOf(node: GraphNode): RecordFields {
    return Object.fromEntries(
        Object.keys(node)
            .filter((name) => name !== 'Id' && !name.endsWith('__r'))
            .map((name) => [name, valueOf(node, name)]),
    );
}

function completionNodes(run: GraphNode): readonly GraphNode[] {
    const steps = run['Step_Completions__r'];
    return typeof steps === 'object' && steps !== null && 'edges' in steps
        ? (steps.edges as { readonly node: GraphNode }[]).map(({ node }) => node)
        : [];
}

function sweepRecord(night: Night): RecordFields {
    return {
        Sweep_Status__c: 'Finished',
        Ran_From__c: 'Runner',
        Shard__c: '1/1',
        Started_At__c: night.at,
        Finished_At__c: new Date(Date.parse(night.at) + 40_000).toISOString(),
        ...countFields(
            {
                Account: night.accounts,
                Candidate: night.candidates,
                Opened: night.opened,
                Continued: night.continued,
                Raised: night.raised,
                Refreshed: night.refreshed,
                Recovering: night.recovering,
                Relapsed: night.relapsed,
                Woken: night.woken,
                Promoted: night.promoted,
                Closed: night.closed,
                Expired: night.expired,
                Waiting: night.waiting,
                Held: night.held,
                Stale: 0,
                Failed: 0,
                Overtaken: 0,
            },
            night.waitingArr,
        ),
        Sweep_Message__c: GENERATED,
        CreatedDate: night.at,
    };
}

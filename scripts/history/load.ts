/** A generated history into an org, through the public API: accounts, runs as they were open, their steps, and how they ended. */
import type { Connection } from 'jsforce';
import { CommandError } from '../lib/errors.ts';
import { queryAll } from '../lib/records.ts';
import type { FieldValue, RecordFields } from '../lib/records.ts';
import { soqlIn } from '../lib/soql.ts';
import { addDays } from '../replay/days.ts';
import { OrgClient } from '../sweep/org-client.ts';
import { insertRows, updateRows } from './bulk-rows.ts';
import { commentsOn, writeComments } from './coaching.ts';
import type { GeneratedHistory } from './generate.ts';
import { recordsOf, type HistoryRecords } from './records.ts';

export interface LoadInput {
    /** Of a user who may record the past (custom permission Playbook_Record_Past) and set CreatedDate. */
    readonly connection: Connection;
    readonly history: GeneratedHistory;
    /** Of a user with the permission set Playbook Coach, who writes the comments on skipped steps; without: there are none. */
    readonly coach?: Connection | null;
    readonly log?: (line: string) => void;
}

export interface LoadedHistory {
    readonly accounts: number;
    readonly runs: number;
    readonly completions: number;
    readonly sweeps: number;
}

/** Milliseconds. */
const FIRST_LOOK = 50;

/**
 * Both versions of At Risk have to be in the org (see `importHistoryPlaybooks`), and the generated CSMs as users. Throws CommandError; what was written by then
 * stays.
 */
export async function loadHistory({ coach, connection, history, log }: LoadInput): Promise<LoadedHistory> {
    const records = recordsOf(history);
    const client = new OrgClient(connection, async () => connection.accessToken ?? '', { firstLook: FIRST_LOOK });
    await refuseSecond(connection, history.today);
    const known = await knownIds(connection, history);
    const ids = new StandIns(known);
    const accounts = await insertRows(
        client,
        'Account',
        records.accounts.map(({ Id: _id, ...fields }) => ids.resolved(fields)),
        'External_Id__c',
    );
    for (const { External_Id__c: key, Id: standIn } of records.accounts) {
        ids.add(String(standIn), accounts.get(String(key)) ?? '');
    }
    const completions = await loadRuns(client, records, ids);
    await insertRows(client, 'Playbook_Sweep__c', records.sweeps, 'Started_At__c');
    if (coach) {
        const comments = commentsOn(records.completions, history.today);
        await writeComments(coach, comments, (key) => completions.get(ids.key(key)) ?? '');
    }
    const loaded = {
        accounts: records.accounts.length,
        runs: records.runs.length,
        completions: records.completions.length,
        sweeps: records.sweeps.length,
    };
    log?.(
        `Generated history: ${loaded.accounts} accounts, ${loaded.runs} runs, ${loaded.completions} steps, ${loaded.sweeps} sweeps`,
    );
    return loaded;
}

/** Gives the ids of the steps by their keys. */
async function loadRuns(
    client: OrgClient,
    { completions, runs }: HistoryRecords,
    ids: StandIns,
): Promise<ReadonlyMap<string, string>> {
    const runIds = await insertRows(
        client,
        'Playbook_Run__c',
        runs.map(({ opened }) => ids.resolved(opened)),
        'Episode_Key__c',
    );
    const idOf = (key: string): string => runIds.get(ids.key(key)) ?? '';
    const stepIds = await insertRows(
        client,
        'Step_Completion__c',
        completions.map(({ fields, runKey }) => ({ ...ids.resolved(fields), Playbook_Run__c: idOf(runKey) })),
        'Completion_Key__c',
    );
    await updateRows(
        client,
        'Playbook_Run__c',
        runs.flatMap(({ closed, key }) => (closed === null ? [] : [{ Id: idOf(key), ...ids.resolved(closed) }])),
    );
    return stepIds;
}

/** Sweeps are loaded after all runs: an org that has the accounts without them has been left by a load that did not end. */
async function refuseSecond(connection: Connection, today: string): Promise<void> {
    const rows = await queryAll(connection, "SELECT Id FROM Account WHERE External_Id__c LIKE 'generated-%' LIMIT 1");
    if (rows.length === 0) {
        return;
    }
    // Every history is a year long at least.
    const sweptOn = await queryAll(
        connection,
        `SELECT Id FROM Playbook_Sweep__c WHERE Started_At__c < ${addDays(today, -300)}T00:00:00Z LIMIT 1`,
    );
    if (sweptOn.length === 0) {
        throw new CommandError(
            'This org has a part of a generated history: an earlier load broke off.',
            `${START_OVER} In another org: delete the accounts whose External Id begins with “generated-”, which takes their runs with them, then load again.`,
        );
    }
    throw new CommandError(
        'This org has a generated history already.',
        `A second one would mix with it. ${START_OVER}`,
    );
}

const START_OVER = 'In the local org: start over with `npm start -- --fresh`.';

/** Ids that the history does not know, by what it uses in their place. */
class StandIns {
    constructor(private readonly ids: Map<string, string>) {}

    add(standIn: string, id: string): void {
        this.ids.set(standIn, id);
    }

    resolved(fields: RecordFields): RecordFields {
        return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, this.value(name, value)]));
    }

    /** Keys begin with the 18 characters of the account's id. */
    key(text: string): string {
        return (this.ids.get(text.slice(0, 18)) ?? text.slice(0, 18)) + text.slice(18);
    }

    private value(name: string, value: FieldValue): FieldValue {
        if (typeof value !== 'string') {
            return value;
        }
        return name.endsWith('_Key__c') && value.includes(':') ? this.key(value) : (this.ids.get(value) ?? value);
    }
}

async function knownIds(connection: Connection, { csms }: GeneratedHistory): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const [object, field] of [
        ['Playbook__c', 'Key__c'],
        ['Playbook_Version__c', 'Version_Key__c'],
        ['Playbook_Step__c', 'Step_Record_Key__c'],
    ] as const) {
        for (const row of await queryAll(connection, `SELECT Id, ${field} FROM ${object}`)) {
            ids.set(String(row[field]), String(row['Id']));
        }
    }
    if (!ids.has('at-risk:2')) {
        throw new CommandError(
            'This org has no second version of At Risk, as the history tells it.',
            'Load the history into an org without playbooks: `npm start -- --empty --data DIR` gives one.',
        );
    }
    const emails = csms.map(({ user }) => user.email);
    const users = await queryAll(connection, `SELECT Id, Username FROM User WHERE ${soqlIn('Username', emails)}`);
    for (const { user } of csms) {
        const found = users.find(({ Username }) => Username === user.email);
        if (found === undefined) {
            throw new CommandError(
                `This org has no user ${user.email}.`,
                'A generated history belongs to generated CSMs: load it into a local org, whose config/local-org.json has them.',
            );
        }
        ids.set(user.id, String(found['Id']));
    }
    return ids;
}

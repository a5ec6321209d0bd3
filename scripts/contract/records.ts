/** Records that contracts make: all of one run carry its mark, so that all of them, and no others, can be removed again. */
import type { Connection } from 'jsforce';
import { at, words } from './answer.ts';
import { MARK, SAVE_DUPLICATES } from './org.ts';

export type Fields = Readonly<Record<string, unknown>>;

let made = 0;

/** A name or key that nothing else has: the run's mark, a word, a number. */
export function marked(word: string): string {
    made += 1;
    return `${MARK}-${word}-${process.pid.toString(36)}${made}`;
}

/** Makes records as one user; each method returns the new record's id and rejects with the org's own words. */
export class RecordMaker {
    readonly #connection: Connection;

    constructor(connection: Connection) {
        this.#connection = connection;
    }

    async create(type: string, fields: Fields): Promise<string> {
        const saved: unknown = await this.#connection.sobject(type).create(fields, SAVE_DUPLICATES);
        return String(at(saved, 'id'));
    }

    account(fields: Fields = {}): Promise<string> {
        return this.create('Account', { Name: marked('account'), ...fields });
    }

    playbook(fields: Fields = {}): Promise<string> {
        return this.create('Playbook__c', { Name: marked('playbook'), Key__c: marked('p'), ...fields });
    }

    version(playbookId: string, fields: Fields = {}): Promise<string> {
        return this.create('Playbook_Version__c', {
            Name: 'Version 1',
            Playbook__c: playbookId,
            Version_Key__c: marked('v'),
            Version_Number__c: 1,
            Version_Status__c: 'Draft',
            ...fields,
        });
    }

    step(versionId: string, fields: Fields = {}): Promise<string> {
        return this.create('Playbook_Step__c', {
            Name: 'Call the customer',
            Playbook_Version__c: versionId,
            Step_Key__c: 'call',
            Step_Record_Key__c: marked('s'),
            Phase__c: 'First week',
            Position__c: 1,
            ...fields,
        });
    }

    resource(versionId: string, fields: Fields = {}): Promise<string> {
        return this.create('Playbook_Resource__c', {
            Name: 'Template',
            Resource_Version__c: versionId,
            Resource_Key__c: marked('r'),
            ...fields,
        });
    }

    run(accountId: string, fields: Fields = {}): Promise<string> {
        return this.create('Playbook_Run__c', { ...openRun(accountId), ...fields });
    }

    completion(runId: string, fields: Fields = {}): Promise<string> {
        return this.create('Step_Completion__c', { ...doneStep(runId), ...fields });
    }

    /** One record by its id, or null when it is gone. */
    async read(type: string, id: string, fields: string): Promise<Fields | null> {
        const { records } = await this.#connection.query<Record<string, unknown>>(
            `SELECT ${fields} FROM ${type} WHERE Id = '${id}'`,
        );
        return records[0] ?? null;
    }
}

/** Fields of an open run of an account. */
export function openRun(accountId: string): Fields {
    return {
        Account__c: accountId,
        Episode_Key__c: marked('run'),
        Episode_Number__c: 1,
        Run_Status__c: 'Open',
        Opened_By__c: 'By hand',
    };
}

/** Fields of an answered step of a run. */
export function doneStep(runId: string): Fields {
    return {
        Playbook_Run__c: runId,
        Completion_Key__c: marked('done'),
        Completion_Status__c: 'Done',
        Completed_At__c: new Date().toISOString(),
    };
}

/** Object and the field that carries the mark, in an order in which nothing holds on to what is removed. */
const MARKED: readonly (readonly [type: string, field: string])[] = [
    ['Case', 'Subject'],
    ['Task', 'Subject'],
    ['Playbook_Run__c', 'Episode_Key__c'],
    // Its lock key may be blank by then.
    ['Playbook_Sweep__c', 'Shard__c'],
    ['Contact', 'LastName'],
    ['Account', 'Name'],
    ['Playbook__c', 'Key__c'],
];

/** What could not be removed of a run's records, a line each; empty when all of them are gone. */
export async function removeMarked(connection: Connection, mark: string): Promise<readonly string[]> {
    const left: string[] = [];
    for (const [type, field] of MARKED) {
        try {
            left.push(...(await removeOf(connection, type, `${field} LIKE '${mark}%'`)));
        } catch (error) {
            // An org without cases, say: the others have to go all the same.
            left.push(`${type}: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
    return left;
}

async function removeOf(connection: Connection, type: string, condition: string): Promise<readonly string[]> {
    const left: string[] = [];
    const soql = `SELECT Id FROM ${type} WHERE ${condition}`;
    const { records } = await connection.query<{ Id: string }>(soql, { autoFetch: true, maxFetch: 50_000 });
    const ids = records.map((record) => record.Id);
    for (let start = 0; start < ids.length; start += 200) {
        const results = await connection.sobject(type).destroy(ids.slice(start, start + 200));
        for (const result of results.filter((one) => !one.success)) {
            left.push(`${type}: ${words(at(result, 'errors', 0, 'message'))}`);
        }
    }
    return left;
}

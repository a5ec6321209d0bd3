/** A local org filled with a random book through the public API, by those who may write the past. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { API_VERSION } from '../../lib/connection.ts';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { createRecords, queryAll, requireIds } from '../../lib/records.ts';
import type { RecordFields } from '../../lib/records.ts';
import { createLocalOrg } from '../../local-org/server.ts';
import type { LocalOrg } from '../../local-org/server.ts';
import { RandomBook } from './random-book.ts';

export const NOW = '2026-11-22T12:00:00.000Z';
/** Names that two playbooks share, and an order that is not that of their letters. */
const PLAYBOOKS = ['At risk', 'Renewal', 'At risk', 'Älteste =1+1', 'Never run'];
const CSMS = ['maya', 'tom', 'ines', 'nora'];
const OWNERS = ['maya', 'tom', 'ines', 'sam', 'integration'];

export interface RandomOrg {
    readonly org: LocalOrg;
    as(name: string): Connection;
    /** A directory to give as `--data`. */
    readonly dataDir: string;
    /** Changes the settings as the administrator does in Setup. */
    change(setting: RecordFields): Promise<void>;
    /** Adds a book of this seed to what is there. */
    fill(seed: number, runs: number): Promise<void>;
    close(): Promise<void>;
}

export async function startRandomOrg(): Promise<RandomOrg> {
    const dataDir = mkdtempSync(join(tmpdir(), 'figures-'));
    const org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: 0, now: () => NOW });
    writeFileSync(join(dataDir, 'server.json'), JSON.stringify({ url: org.url, tokens: org.tokens }));
    const as = (name: string): Connection => {
        const accessToken = org.tokens[`${name}@playbooks.local`] ?? '';
        const connection = new Connection({ instanceUrl: org.url, accessToken, version: API_VERSION });
        connection.bulk2.pollInterval = 20;
        return connection;
    };
    return {
        org,
        as,
        dataDir,
        change: async (values) => {
            const answer = await fetch(`${org.url}/local/setup/Playbook_Setting__mdt/Default`, {
                method: 'PATCH',
                headers: {
                    authorization: `Bearer ${org.tokens['sam@playbooks.local'] ?? ''}`,
                    'content-type': 'application/json',
                },
                body: JSON.stringify({ values }),
            });
            if (!answer.ok) throw new Error(await answer.text());
        },
        fill: (seed, runs) => fill(as('sam'), as('integration'), seed, runs),
        close: async () => {
            await org.close();
            rmSync(dataDir, { recursive: true, force: true });
        },
    };
}

async function fill(admin: Connection, integration: Connection, seed: number, count: number): Promise<void> {
    const book = new RandomBook(seed, NOW);
    const users = await queryAll(admin, 'SELECT Id, Username FROM User');
    const idOf = (name: string): string =>
        String(users.find(({ Username }) => String(Username).startsWith(`${name}@`))?.['Id']);
    const accounts = await create(
        admin,
        'Account',
        book.accounts(Math.ceil(count / 3)).map((account, index) => ({
            ...account,
            OwnerId: idOf(OWNERS[index % OWNERS.length] ?? ''),
        })),
    );
    const playbooks = await create(
        admin,
        'Playbook__c',
        PLAYBOOKS.map((Name, index) => ({ Name, Key__c: `random-${seed}-${index}`, Category__c: 'Risk' })),
    );
    const versionsOf = 3;
    const versions = await create(
        admin,
        'Playbook_Version__c',
        playbooks.flatMap((Playbook__c, playbook) =>
            Array.from({ length: versionsOf }, (_, index) => ({
                Name: `Version ${index + 1}`,
                Playbook__c,
                Version_Number__c: index + 1,
                Version_Key__c: `random-${seed}-${playbook}-${index}`,
                Version_Status__c: 'Draft',
            })),
        ),
    );
    // The last playbook is never run, nor are the last versions of the others.
    const sizes = {
        accounts: accounts.length,
        playbooks: playbooks.length - 1,
        versions: versionsOf - 1,
        csms: CSMS.length,
    };
    const runs = book.runs(count, sizes);
    const ids = await ingest(
        integration,
        'insert',
        'Playbook_Run__c',
        runs.map(({ account, playbook, version, csm, opening }) => ({
            ...opening,
            Account__c: accounts[account] ?? null,
            Run_Playbook__c: playbook === null ? null : (playbooks[playbook] ?? null),
            Run_Version__c:
                playbook === null || version === null ? null : (versions[playbook * versionsOf + version] ?? null),
            Run_CSM__c: csm === null ? null : idOf(CSMS[csm] ?? ''),
        })),
    );
    const completions = await ingest(
        integration,
        'insert',
        'Step_Completion__c',
        runs.flatMap((run, index) =>
            run.completions.map((fields) => ({ ...fields, Playbook_Run__c: ids[index] ?? null })),
        ),
    );
    await create(integration, 'Playbook_Sweep__c', book.sweeps(Math.ceil(count / 5)));
    // What was written is taken back, goes to others, and goes with its account.
    await ingest(
        admin,
        'delete',
        'Step_Completion__c',
        every(completions, 17).map((Id) => ({ Id })),
    );
    await ingest(
        integration,
        'update',
        'Playbook_Run__c',
        runs.flatMap(({ closing }, index) => (closing === null ? [] : [{ Id: ids[index] ?? null, ...closing }])),
    );
    await ingest(
        integration,
        'update',
        'Playbook_Run__c',
        every(ids, 11).map((Id) => ({ Id, Run_CSM__c: idOf('tom') })),
    );
    await ingest(
        admin,
        'delete',
        'Playbook_Run__c',
        every(ids, 23).map((Id) => ({ Id })),
    );
    await ingest(
        admin,
        'delete',
        'Account',
        every(accounts, 29).map((Id) => ({ Id })),
    );
    await ingest(
        admin,
        'update',
        'Account',
        every(accounts, 7)
            .filter((id) => !every(accounts, 29).includes(id))
            .map((Id) => ({ Id, OwnerId: idOf('ines'), Segment__c: 'Small business' })),
    );
}

function every<T>(values: readonly T[], nth: number): T[] {
    return values.filter((_, index) => index % nth === 3);
}

async function create(connection: Connection, type: string, records: readonly RecordFields[]): Promise<string[]> {
    return requireIds(await createRecords(connection, type, records), ({ index, errors }) => {
        throw new Error(`${type} ${index}: ${errors[0]?.message ?? ''}`);
    });
}

/** Ids in the order of the rows. */
async function ingest(
    connection: Connection,
    operation: 'insert' | 'update' | 'delete',
    object: string,
    rows: readonly RecordFields[],
): Promise<string[]> {
    if (rows.length === 0) return [];
    const { successfulResults, failedResults } = await connection.bulk2.loadAndWaitForResults({
        object,
        operation,
        input: rows.map((row) => ({ ...row })),
    });
    const [failed] = failedResults;
    if (failed !== undefined) throw new Error(`${operation} ${object}: ${failed.sf__Error}`);
    return successfulResults.map(({ sf__Id }) => sf__Id);
}

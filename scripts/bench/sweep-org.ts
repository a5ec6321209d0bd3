/**
 * A local org with a large book, in a process of its own, which ends with its parent. Arguments: folder of the project (see sweep-project.ts), data
 * directory, accounts. Sends `OrgReady`; to each message it lets a night go by (`passNight`) and answers.
 */
import { Connection } from 'jsforce';
import { join } from 'node:path';
import { API_VERSION } from '../lib/connection.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { readConfig } from '../local-org/config.ts';
import { createLocalOrg, type LocalOrg } from '../local-org/server.ts';
import { insertRecord, updateRecord } from '../local-org/store/save.ts';
import { importPlaybooks } from '../playbooks/import.ts';
import { accountRecords } from './sweep-book.ts';

export interface OrgReady {
    readonly url: string;
    readonly accessToken: string;
    /** The records are those of an earlier run of the benchmark. */
    readonly isKept: boolean;
}

const FIRST_SEED = 1;
/** Far from those of the first book; each night takes the next. */
const NIGHTS_SEED = 500_000_000;
/** Every so many accounts one gets new figures overnight. */
const CHANGED = 20;

const [projectRoot = '', dataDir = '', accounts = '0'] = process.argv.slice(2);
const today = new Date().toISOString().slice(0, 10);
const org = await createLocalOrg({ projectRoot, dataDir, port: 0 });
process.once('disconnect', () => void org.close().then(() => process.exit(0)));
const accessToken = tokenOf(org, 'integration');
const ids = accountIds(org);
if (ids.length === 0) {
    const connection = new Connection({ instanceUrl: org.url, accessToken, version: API_VERSION });
    await importPlaybooks({ connection, directory: join(PROJECT_ROOT, 'data/playbooks'), log: () => undefined });
    fill(org, Number(accounts));
} else if (ids.length !== Number(accounts)) {
    throw new Error(`${dataDir} holds ${ids.length} accounts, not ${accounts}: give another folder.`);
}
process.send?.({ url: org.url, accessToken, isKept: ids.length > 0 } satisfies OrgReady);
process.on('message', () => {
    passNight(org);
    process.send?.({});
});

/** Through the store's own saves, with their checks, defaults and sharing; HTTP is all that is left out. */
function fill({ store }: LocalOrg, count: number): void {
    const usernames = readConfig(projectRoot).users.map(({ username }) => username);
    const csms = usernames
        .filter((username) => username.startsWith('csm'))
        .map((username) => store.session(username)?.userId ?? '');
    for (const records of accountRecords({ count, today, csms, seed: FIRST_SEED })) {
        store.transaction(() => {
            for (const record of records) {
                insertRecord(store, store.system, 'Account', record);
            }
        });
    }
}

/** What happens between two sweeps: some accounts get other figures. */
function passNight(org: LocalOrg): void {
    const { store } = org;
    const changed = accountIds(org).filter((_, index) => index % CHANGED === 0);
    const sweeps = Number(store.db.prepare('SELECT COUNT(*) AS count FROM "Playbook_Sweep__c"').get()?.['count']);
    const book = { count: changed.length, today, csms: [''], seed: sweeps * NIGHTS_SEED };
    for (const records of accountRecords(book)) {
        const part = changed.splice(0, records.length);
        store.transaction(() => {
            for (const [index, { CSM__c: _csm, Name: _name, OwnerId: _owner, ...figures }] of records.entries()) {
                updateRecord(store, store.system, 'Account', part[index] ?? '', figures);
            }
        });
    }
}

function accountIds({ store }: LocalOrg): string[] {
    return store.db
        .prepare('SELECT "Id" FROM "Account" ORDER BY "Id"')
        .all()
        .map((row) => String(row['Id']));
}

function tokenOf({ tokens }: LocalOrg, name: string): string {
    const username = Object.keys(tokens).find((one) => one.startsWith(`${name}@`));
    return username === undefined ? '' : (tokens[username] ?? '');
}

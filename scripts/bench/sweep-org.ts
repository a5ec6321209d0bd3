/**
 * A local org with a large book, in a process of its own. Arguments: folder of the project (see sweep-project.ts), data directory, accounts. Sends
 * `OrgReady` to its parent, and ends with it.
 */
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { API_VERSION } from '../lib/connection.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { readConfig } from '../local-org/config.ts';
import { createLocalOrg, type LocalOrg } from '../local-org/server.ts';
import { insertRecord } from '../local-org/store/save.ts';
import { importPlaybooks } from '../playbooks/import.ts';
import { accountRecords } from './sweep-book.ts';

export interface OrgReady {
    readonly url: string;
    readonly accessToken: string;
}

const [projectRoot = '', dataDir = '', accounts = '0'] = process.argv.slice(2);
const org = await createLocalOrg({ projectRoot, dataDir, port: 0 });
process.once('disconnect', () => void org.close().then(() => process.exit(0)));
const accessToken = tokenOf(org, 'integration');
const have = countOf(org, 'Account');
if (have === 0) {
    const connection = new Connection({ instanceUrl: org.url, accessToken, version: API_VERSION });
    await importPlaybooks({ connection, directory: join(PROJECT_ROOT, 'data/playbooks'), log: () => undefined });
    fill(org, Number(accounts));
} else if (have !== Number(accounts)) {
    throw new Error(`${dataDir} holds ${have} accounts, not ${accounts}: give another --data, or the same --accounts.`);
}
process.send?.({ url: org.url, accessToken } satisfies OrgReady);

/** Through the store's own saves, with their checks, defaults and sharing; HTTP would be all that is left out. */
function fill({ store }: LocalOrg, count: number): void {
    const usernames = readConfig(projectRoot).users.map(({ username }) => username);
    const csms = usernames
        .filter((username) => username.startsWith('csm'))
        .map((username) => store.session(username)?.userId ?? '');
    const today = new Date().toISOString().slice(0, 10);
    for (const records of accountRecords(count, today, csms)) {
        store.transaction(() => {
            for (const record of records) {
                insertRecord(store, store.system, 'Account', record);
            }
        });
    }
}

function countOf({ store }: LocalOrg, type: string): number {
    const row = store.db.prepare(`SELECT COUNT(*) AS count FROM "${type}"`).get();
    return Number(row?.['count']);
}

function tokenOf({ tokens }: LocalOrg, name: string): string {
    const username = Object.keys(tokens).find((one) => one.startsWith(`${name}@`));
    return username === undefined ? '' : (tokens[username] ?? '');
}

/** A local org of its own for one test file, empty but for its users. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Connection } from 'jsforce';
import { createLocalOrg } from '../../local-org/server.ts';
import { API_VERSION } from '../connection.ts';
import { PROJECT_ROOT } from '../project-metadata.ts';
import { queryAll } from '../records.ts';

export interface TemporaryOrg {
    /** As the integration user, or the user whose name begins so. */
    connect(user?: string): Connection;
    /** Rows of a query as the integration user. */
    rows(soql: string): Promise<Record<string, unknown>[]>;
    count(type: string): Promise<number>;
}

export async function temporaryOrg(): Promise<TemporaryOrg> {
    const dataDir = await mkdtemp(join(tmpdir(), 'playbooks-org-'));
    const org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: 0 });
    after(async () => {
        await org.close();
        await rm(dataDir, { recursive: true, force: true });
    });
    const connect = (user = 'integration'): Connection => {
        const username = Object.keys(org.tokens).find((name) => name.startsWith(`${user}@`)) ?? '';
        return new Connection({
            instanceUrl: org.url,
            accessToken: org.tokens[username] ?? '',
            version: API_VERSION,
        });
    };
    const connection = connect();
    return {
        connect,
        rows: (soql) => queryAll(connection, soql),
        count: async (type) => (await connection.query(`SELECT COUNT() FROM ${type}`)).totalSize,
    };
}

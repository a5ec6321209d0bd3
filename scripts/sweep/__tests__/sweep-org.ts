/** A local org for one test file, and clients that reach it directly or through a connection with faults. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Connection } from '../../lib/connection.ts';
import { connectToOrg } from '../../lib/connection.ts';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { queryAll } from '../../lib/records.ts';
import { createLocalOrg } from '../../local-org/server.ts';
import { openOrgClient } from '../org-client.ts';
import type { OrgClient } from '../org-client.ts';

export interface SweepOrg {
    readonly url: string;
    /** Of the integration user. */
    readonly token: string;
    /** As the integration user, without faults. */
    readonly connection: Connection;
    /** As another user, by the beginning of the name. */
    connect(user: string): Promise<Connection>;
    /** A directory to give as `--data`. */
    readonly dataDir: string;
    /** A client as a sweep has one; `through` is the address of a proxy, `token` another one than the user's own. */
    client(through?: string, token?: string): Promise<OrgClient>;
    /** Writes down where the org is for `--org local`; returns the directory, a new one unless it is given. */
    announce(url: string, token: string, directory?: string): Promise<string>;
    readonly rows: (soql: string) => Promise<Record<string, unknown>[]>;
    /** Files of bulk jobs that the org still has. */
    jobFiles(): readonly string[];
}

const USER = 'integration@playbooks.local';

export async function sweepOrg(): Promise<SweepOrg> {
    const folder = await mkdtemp(join(tmpdir(), 'sweep-'));
    const dataDir = join(folder, 'org');
    const org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: 0 });
    after(async () => {
        await org.close();
        await rm(folder, { recursive: true, force: true });
    });
    const token = org.tokens[USER] ?? '';
    const announce = async (url: string, own: string, directory?: string): Promise<string> => {
        const known = directory ?? (await mkdtemp(join(folder, 'known-')));
        await writeFile(join(known, 'server.json'), JSON.stringify({ url, tokens: { ...org.tokens, [USER]: own } }));
        return known;
    };
    const own = await announce(org.url, token);
    const connection = await connectToOrg({ org: 'local', data: own });
    return {
        url: org.url,
        token,
        connection,
        connect: (user) => connectToOrg({ org: 'local', data: own, user }),
        dataDir,
        announce,
        client: async (through = org.url, own = token) =>
            openOrgClient(
                { org: 'local', data: await announce(through, own) },
                { patience: { first: 5, longest: 50, total: 2000 }, firstLook: 10 },
            ),
        rows: (soql) => queryAll(connection, soql),
        jobFiles: () => readdirSync(join(dataDir, 'bulk')),
    };
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import type { LocalOrgConfig } from '../config.ts';
import { PROJECT, type Files } from './small-project.ts';
import { createLocalOrg, type LocalOrg, type LocalOrgOptions } from '../server.ts';

const person = (
    name: string,
    profile: string,
    permissionSets: string[],
    teams: string[],
): LocalOrgConfig['users'][number] => ({
    username: `${name}@test.local`,
    firstName: name,
    lastName: 'Test',
    title: 'Tester',
    persona: name,
    timeZone: name === 'dora' ? 'Asia/Tokyo' : 'Europe/Berlin',
    locale: 'en-GB',
    profile,
    permissionSets,
    teams,
});

/** dora and dan drive in one team, ella in another; wim watches, nora has nothing, sam administers. */
export const CONFIG: LocalOrgConfig = {
    organization: { name: 'Test', currency: 'EUR', timeZone: 'UTC', locale: 'en-US' },
    app: 'Routes',
    profiles: {
        Standard: { objects: { Account: 'create', Contact: 'create' }, modifyAllData: false, userPermissions: [] },
        Admin: { objects: {}, modifyAllData: true, userPermissions: ['CustomizeApplication', 'CreateAuditFields'] },
    },
    users: [
        person('dora', 'Standard', ['Driver'], ['East']),
        person('dan', 'Standard', ['Driver'], ['East']),
        person('ella', 'Standard', ['Driver'], ['West']),
        person('wim', 'Standard', ['Watcher'], []),
        person('nora', 'Standard', [], ['East']),
        person('sam', 'Admin', ['Driver', 'Office'], []),
    ],
};

export const NOW = '2026-11-21T18:00:00.000Z';

const folders: string[] = [];
const orgs: TestOrg[] = [];
// Registered once at the top of the file: hooks registered inside a test or hook would run when that one ends.
after(async () => {
    await Promise.all(orgs.map((org) => org.close()));
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** A folder that is gone when the test file is done. */
export function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
    folders.push(folder);
    return folder;
}

export function writeProject(files: Files): string {
    const root = temporaryFolder();
    const write = (path: string, content: string): void => {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
    };
    write(
        'sfdx-project.json',
        JSON.stringify({ packageDirectories: [{ path: 'force-app' }], sourceApiVersion: '67.0' }),
    );
    for (const [path, content] of Object.entries(files)) {
        write(join('force-app', 'main', 'default', path), content);
    }
    return root;
}

/** A running org over the small project; closed when the test file is done. */
export async function startOrg(options: Partial<LocalOrgOptions> = {}): Promise<TestOrg> {
    const org = await createLocalOrg({
        projectRoot: options.projectRoot ?? writeProject(PROJECT),
        dataDir: options.dataDir ?? temporaryFolder(),
        port: 0,
        config: CONFIG,
        now: () => NOW,
        ...options,
    });
    const testOrg = new TestOrg(org);
    orgs.push(testOrg);
    return testOrg;
}

export interface Answer {
    readonly status: number;
    readonly body: unknown;
    readonly headers: Headers;
}

export class TestOrg {
    readonly org: LocalOrg;
    #closed = false;

    constructor(org: LocalOrg) {
        this.org = org;
    }

    async close(): Promise<void> {
        if (!this.#closed) {
            this.#closed = true;
            await this.org.close();
        }
    }

    tokenOf(user: string): string {
        return this.org.tokens[`${user}@test.local`] ?? '';
    }

    async call(
        user: string,
        method: string,
        path: string,
        body?: unknown,
        headers: Record<string, string> = {},
    ): Promise<Answer> {
        const response = await fetch(this.org.url + path, {
            method,
            headers: {
                authorization: `Bearer ${this.tokenOf(user)}`,
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
                ...headers,
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
    }

    data(
        user: string,
        method: string,
        path: string,
        body?: unknown,
        headers?: Record<string, string>,
    ): Promise<Answer> {
        return this.call(user, method, `/services/data/v67.0${path}`, body, headers);
    }

    /** Creates a record over REST and returns its id; fails the test when the org refuses it. */
    async create(user: string, type: string, fields: Readonly<Record<string, unknown>>): Promise<string> {
        const { status, body } = await this.data(user, 'POST', `/sobjects/${type}`, fields);
        const id = at(body, 'id');
        if (status !== 201 || typeof id !== 'string') {
            throw new Error(`${type} was refused: ${JSON.stringify(body)}`);
        }
        return id;
    }

    async query(user: string, soql: string): Promise<readonly unknown[]> {
        const { status, body } = await this.data(user, 'GET', `/query?q=${encodeURIComponent(soql)}`);
        const records = at(body, 'records');
        if (status !== 200 || !Array.isArray(records)) {
            throw new Error(`${soql}: ${JSON.stringify(body)}`);
        }
        const list: readonly unknown[] = records;
        return list;
    }

    async graphql(
        user: string,
        query: string,
        variables: Readonly<Record<string, unknown>> = {},
    ): Promise<{ data: unknown; errors: readonly unknown[] }> {
        const { status, body } = await this.data(user, 'POST', '/graphql', { query, variables });
        const errors = at(body, 'errors');
        if (status !== 200 || !Array.isArray(errors)) {
            throw new Error(`GraphQL answered ${status}: ${JSON.stringify(body)}`);
        }
        return { data: at(body, 'data'), errors };
    }
}

/** The value at a path of an answer, undefined when it is not there. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
    let current = value;
    for (const key of path) {
        current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
    }
    return current;
}

export function keys(value: unknown): readonly string[] {
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** Error codes of a REST answer. */
export function codes(body: unknown): readonly unknown[] {
    return Array.isArray(body) ? body.map((error) => at(error, 'errorCode')) : [];
}

/**
 * The org that contracts are checked against: a local one, started here for one file of contracts and thrown away after it, or the real one that
 * CONTRACT_TARGET_ORG names.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { Connection } from 'jsforce';
import { API_VERSION, connectToOrg } from '../lib/connection.ts';
import { createLocalOrg, type LocalOrg, type LocalOrgOptions } from '../local-org/server.ts';

export const PROJECT_ROOT = resolve(import.meta.dirname, '..', '..');

/** What a run's records carry in their names and keys: fits every key format of the project's validation rules. */
export const MARK = process.env['CONTRACT_MARK'] ?? `contract-${Date.now().toString(36)}`;

/** Whether metadata may really be deployed to a real org; without it deploys there only validate. */
export const MAY_DEPLOY = process.env['CONTRACT_ALLOW_DEPLOY'] === '1';

/** For what contracts create: an org's duplicate rules may find our names too much alike. */
export const SAVE_DUPLICATES = { headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } };

/** One answer, undigested. */
export interface Answer {
    readonly status: number;
    readonly headers: Headers;
    /** Parsed when it is JSON, else its text. */
    readonly body: unknown;
}

export class ContractOrg {
    /** Only of a local org: its store and log of requests. */
    readonly local: LocalOrg | null;
    readonly url: string;
    readonly token: string;
    /** Alias of the Salesforce CLI when the org was named by one. */
    readonly alias: string | null;
    /** As the administrator. */
    readonly admin: Connection;
    readonly #folders: string[] = [];

    constructor(url: string, token: string, alias: string | null, local: LocalOrg | null) {
        this.local = local;
        this.url = url;
        this.token = token;
        this.alias = alias;
        this.admin = this.#connect(token);
    }

    #connect(accessToken: string): Connection {
        const connection = new Connection({ instanceUrl: this.url, accessToken, version: API_VERSION });
        for (const api of [connection.metadata, connection.bulk2]) {
            // Jobs and deploys of a real org wait in a queue.
            api.pollInterval = this.local === null ? 2000 : 50;
            api.pollTimeout = this.local === null ? 600_000 : 60_000;
        }
        return connection;
    }

    /** For `skip`: why a contract that needs what only a local org has is not checked here; false when it is. */
    skipUnlessLocal(reason: string): string | false {
        return this.local === null ? reason : false;
    }

    /** The access token of a sample user of the local org: `maya`. */
    tokenOf(name: string): string {
        const token = this.local?.tokens[`${name}@playbooks.local`];
        if (token === undefined) {
            throw new Error(`Only a local org has the user ${name}: skip this contract on a real one.`);
        }
        return token;
    }

    /** A connection as a sample user of the local org. */
    as(name: string): Connection {
        return this.#connect(this.tokenOf(name));
    }

    /** A plain request below `/services/data/vNN.N`, for what clients hide: statuses and headers. A text body is sent as it is. */
    async call(
        method: string,
        path: string,
        body?: unknown,
        options: { readonly token?: string; readonly headers?: Readonly<Record<string, string>> } = {},
    ): Promise<Answer> {
        const response = await fetch(`${this.url}/services/data/v${API_VERSION}${path}`, {
            method,
            headers: {
                authorization: `Bearer ${options.token ?? this.token}`,
                ...SAVE_DUPLICATES.headers,
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
                ...options.headers,
            },
            ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: parsed(text) };
    }

    /** Data and errors of a GraphQL request. */
    async graphql(
        query: string,
        variables: Readonly<Record<string, unknown>> = {},
        token = this.token,
    ): Promise<unknown> {
        return (await this.call('POST', '/graphql', { query, variables }, { token })).body;
    }

    /** A folder that goes when the file of contracts is done. */
    temporaryFolder(): string {
        const folder = mkdtempSync(join(tmpdir(), 'contract-'));
        this.#folders.push(folder);
        return folder;
    }

    async close(): Promise<void> {
        await this.local?.close();
        this.#folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
    }
}

/** Opens the org for a file of contracts, and closes it when the file is done: call it once, at the top. */
export async function openOrg(options: Partial<LocalOrgOptions> = {}): Promise<ContractOrg> {
    const target = process.env['CONTRACT_TARGET_ORG'];
    const org = target === undefined ? await startLocal(options) : await connectReal(target);
    after(() => org.close());
    return org;
}

async function startLocal(options: Partial<LocalOrgOptions>): Promise<ContractOrg> {
    const dataDir = mkdtempSync(join(tmpdir(), 'contract-org-'));
    const local = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: 0, ...options });
    after(() => rmSync(dataDir, { recursive: true, force: true }));
    return new ContractOrg(local.url, local.tokens['sam@playbooks.local'] ?? '', null, local);
}

/** Throws CommandError when there is no such org, or the project is not in it. */
export async function connectReal(target: string): Promise<ContractOrg> {
    const { instanceUrl, accessToken } = await connectToOrg({ org: target });
    const alias = /^https?:\/\//i.test(target) ? null : target;
    // The CLI keeps addresses with a slash at their end.
    return new ContractOrg(instanceUrl.replace(/\/+$/, ''), accessToken ?? '', alias, null);
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Bundles the page's plain modules as the page itself does and loads them into this process, over a window and a server of our own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import type { Boot } from '../../page-contract.ts';
import { lwcPlugin } from '../lwc-plugin.ts';

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../../../..');
const ENTRY = `
export { startSession, localeFacts } from 'local/session';
export { parseRoute, hrefOf, routeOf } from 'local/router';
export { getRecord, getFieldValue, updateRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
export { graphql, gql, executeMutation } from 'lightning/graphql';
export { encodeDefaultFieldValues, decodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
`;

type Emission = Readonly<Record<string, unknown>>;
interface Wire {
    new (emit: (emission: Emission) => void): {
        update(config: Readonly<Record<string, unknown>>): void;
        connect(): void;
        disconnect(): void;
    };
}
type Route = Readonly<Record<string, string | undefined>>;
interface Answer {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message: string }[];
}

export interface PageModules {
    startSession(boot: Boot): void;
    localeFacts(): Readonly<Record<string, string | number>>;
    parseRoute(pathname: string, search: URLSearchParams): Route;
    hrefOf(route: Route): string;
    routeOf(reference: { type: string; attributes?: Readonly<Record<string, string>> }): Route;
    readonly getRecord: Wire;
    readonly graphql: Wire;
    getFieldValue(record: unknown, field: string): unknown;
    updateRecord(input: { fields: Readonly<Record<string, unknown>> }): Promise<unknown>;
    notifyRecordUpdateAvailable(items: readonly { recordId: string }[]): Promise<void>;
    gql(strings: TemplateStringsArray, ...values: unknown[]): unknown;
    executeMutation(config: { query: unknown; variables?: Readonly<Record<string, unknown>> }): Promise<Answer>;
    encodeDefaultFieldValues(values: Readonly<Record<string, unknown>>): string;
    decodeDefaultFieldValues(encoded: string): Record<string, string>;
}

/** A fresh copy, with nothing cached. `window` is stubbed for as long as the process runs. */
export async function loadPageModules(boot: Boot): Promise<PageModules> {
    const folder = await mkdtemp(path.join(tmpdir(), 'page-modules-'));
    try {
        const bundle = await rolldown({
            input: '\0entry.js',
            platform: 'browser',
            plugins: [
                entry,
                lwcPlugin({
                    projectRoot: PROJECT_ROOT,
                    productDir: path.join(PROJECT_ROOT, 'force-app/main/default/lwc'),
                    modulesDir: path.join(PROJECT_ROOT, 'scripts/local-org/browser/page/lwc'),
                    platformModule: (id) => `throw new Error('unexpected ${id}')`,
                }),
            ],
        });
        const file = path.join(folder, 'page.mjs');
        await bundle.write({ file, format: 'esm' });
        await bundle.close();
        Object.assign(globalThis, { window: { innerWidth: 1440, addEventListener: () => undefined } });
        const modules = (await import(pathToFileURL(file).href)) as PageModules;
        modules.startSession(boot);
        return modules;
    } finally {
        await rm(folder, { recursive: true });
    }
}

const entry: Plugin = {
    name: 'entry',
    resolveId: { order: 'pre', handler: (id) => (id === '\0entry.js' ? id : undefined) },
    load: (id) => (id === '\0entry.js' ? ENTRY : undefined),
};

export const BOOT: Boot = {
    organization: { name: 'Example' },
    notice: null,
    user: {
        id: '005000000000001AAA',
        username: 'maya@example.com',
        name: 'Maya Lindqvist',
        timeZone: 'Europe/Berlin',
        locale: 'de-DE',
        language: 'de',
        currency: 'EUR',
        setup: false,
        customPermissions: [],
    },
    users: [],
    app: {
        label: 'App',
        navigation: [{ kind: 'object', tab: 'standard-Account', label: 'Accounts', objectApiName: 'Account' }],
    },
    recordPages: {},
    appPages: {},
    listViews: {},
    apiVersion: '67.0',
};

export interface SentRequest {
    readonly method: string;
    readonly url: string;
    readonly body: unknown;
}

/** Answers `fetch` from here on; returns what was asked so far. An answer is `[status, body]`, or an Error for a server that is not there. */
export function answerWith(answer: (request: SentRequest) => readonly [number, unknown] | Error): SentRequest[] {
    const requests: SentRequest[] = [];
    globalThis.fetch = (input, init) => {
        const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
        const request = { method: init?.method ?? 'GET', url: typeof input === 'string' ? input : '', body };
        requests.push(request);
        const given = answer(request);
        if (given instanceof Error) return Promise.reject(given);
        return Promise.resolve(new Response(JSON.stringify(given[1]), { status: given[0] }));
    };
    return requests;
}

/** Lets promises that wait for nothing but each other settle. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

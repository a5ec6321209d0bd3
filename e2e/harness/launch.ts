/**
 * Browser tests against the real thing: the page as built, the local org in this process on a free port with a data directory of its own, and Chromium.
 *
 *     const world = await launch();
 *     const maya = await world.open({ user: 'Maya Lindqvist', path: '/lightning/o/Account/list' });
 *     …
 *     maya.expectNoProblems();
 *     await world.close();
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from 'jsforce';
import type { Browser } from 'playwright-core';
import { API_VERSION, chooseUser } from '../../scripts/lib/connection.ts';
import { buildPage } from '../../scripts/local-org/browser/build.ts';
import { generateHistory } from '../../scripts/history/generate.ts';
import { importHistoryPlaybooks } from '../../scripts/history/import-playbooks.ts';
import { projectHistoryInput } from '../../scripts/history/input.ts';
import { loadHistory } from '../../scripts/history/load.ts';
import { createLocalOrg, type LocalOrg } from '../../scripts/local-org/server.ts';
import { importPlaybooks } from '../../scripts/playbooks/import.ts';
import { loadSample } from '../../scripts/sample/load.ts';
import { launchChromium } from './chromium.ts';
import { openAs, type OpenOptions, type UserPage } from './user-page.ts';

export const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..');

export interface World {
    /** The running one; another object after {@link World.startOrg}. */
    readonly org: LocalOrg;
    readonly browser: Browser;
    /** A browser of one user, with cookies of its own; two of them are two people. */
    open(options: OpenOptions): Promise<UserPage>;
    /** Stops the org under the open pages. */
    stopOrg(): Promise<void>;
    /** Starts it again, at the same address with the same records. */
    startOrg(): Promise<void>;
    close(): Promise<void>;
}

export interface LaunchOptions {
    /** Delays every answer of the org. */
    readonly latencyMs?: number;
    /** Accounts of a generated history besides the sample data; default: none. */
    readonly history?: number;
}

/** Builds the page if need be, starts the org with the sample data, starts the browser. */
export async function launch({ history = 0, ...options }: LaunchOptions = {}): Promise<World> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'local-org-'));
    await buildPage({
        projectRoot: PROJECT_ROOT,
        outDir: path.join(PROJECT_ROOT, '.local-org/page'),
        log: (line) => process.stderr.write(`${line}\n`),
    });
    let org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: 0, ...options });
    const browser = await prepare(org, history).catch(async (error: unknown) => {
        await org.close();
        throw error;
    });
    return {
        get org() {
            return org;
        },
        browser,
        open: (choice) => openAs(browser, org.url, choice),
        stopOrg: () => org.close(),
        async startOrg() {
            org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: org.port, ...options });
        },
        async close() {
            await browser.close();
            await org.close();
            await rm(dataDir, { recursive: true, force: true });
        },
    };
}

async function prepare(org: LocalOrg, accounts: number): Promise<Browser> {
    const connection = await connectToLocalOrg(org);
    const today = new Date().toISOString().slice(0, 10);
    const directory = path.join(PROJECT_ROOT, 'data/playbooks');
    if (accounts > 0) {
        const history = generateHistory({ ...(await projectHistoryInput()), seed: 7, years: 2, accounts, today });
        await importHistoryPlaybooks({ connection, history, directory });
        await loadHistory({ connection, history });
    } else {
        await importPlaybooks({ connection, directory });
    }
    await loadSample({ connection, directory: path.join(PROJECT_ROOT, 'data/sample'), today });
    return launchChromium();
}

/** A client of the public API, as the user whose name begins so; by default the integration user. */
export async function connectToLocalOrg(org: LocalOrg, user = 'integration'): Promise<Connection> {
    const accessToken = org.tokens[chooseUser(Object.keys(org.tokens), user)] ?? '';
    const connection = new Connection({ instanceUrl: org.url, accessToken, version: API_VERSION });
    await connection.identity();
    return connection;
}

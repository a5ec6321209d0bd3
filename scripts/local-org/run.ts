import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import { buildPage } from './browser/build.ts';
import { buildOrgPage } from './browser/build-org-page.ts';
import { MetadataError } from './metadata/problems.ts';
import { createLocalOrg, removeData, type LocalOrg } from './server.ts';
import { DataError } from './store/database.ts';
import { dayAt } from './store/days.ts';

const USAGE = `npm start -- [--port N] [--data DIR] [--fresh] [--empty] [--bare]

  --port N     port on 127.0.0.1 (default 4510; 0: any free one)
  --data DIR   where records are kept (default .local-org/data)
  --fresh      start over: delete the records in DIR and load the sample again
  --empty      load no sample
  --bare       an empty org to deploy to: nothing of the project is read, no sample is loaded, and there is only what was deployed to DIR

Without --bare each start brings the org to the project's folders, as a deploy would: fields and objects that the project no longer has go with their data,
and what was deployed besides stays; where both have a file, the project's counts. A bare org may so become one of the project. The other way there is none:
--bare refuses records of an org that was started from the project (give another --data DIR, or --fresh).`;

const PROJECT_ROOT = resolve(import.meta.dirname, '..', '..');

/** A mistake of the caller or the machine, already in words: printed without a stack. */
class StartError extends Error {}

interface Options {
    readonly port: number;
    readonly dataDir: string;
    readonly fresh: boolean;
    readonly empty: boolean;
    readonly bare: boolean;
}

/** Fills an empty org. It gets a client of the public API, as anyone else would. */
export type SampleLoader = (input: {
    readonly connection: Connection;
    /** As the first user who may write coaching comments; null: nobody may. */
    readonly coach: Connection | null;
    /** The project's `data` folder. */
    readonly dataRoot: string;
    /** `YYYY-MM-DD`. */
    readonly today: string;
    readonly log: (line: string) => void;
}) => Promise<void>;

/** Builds the page, opens the records, serves both until SIGINT or SIGTERM. Prints what went wrong and sets the exit code. */
export async function run(args: readonly string[], loadSample: SampleLoader): Promise<void> {
    try {
        const options = readOptions(args);
        if (options) {
            await start(options, loadSample);
        }
    } catch (error) {
        process.exitCode = 1;
        console.error(isExplained(error) ? error.message : error);
    }
}

/** Mistakes whose message says all; anything else is a defect and shows where. */
function isExplained(error: unknown): error is Error {
    return error instanceof StartError || error instanceof MetadataError || error instanceof DataError;
}

function readOptions(args: readonly string[]): Options | null {
    let values;
    try {
        ({ values } = parseArgs({
            args: [...args],
            options: {
                port: { type: 'string', default: '4510' },
                data: { type: 'string', default: join('.local-org', 'data') },
                fresh: { type: 'boolean', default: false },
                empty: { type: 'boolean', default: false },
                bare: { type: 'boolean', default: false },
                help: { type: 'boolean', default: false },
            },
        }));
    } catch (error) {
        throw new StartError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    }
    if (values.help) {
        console.log(USAGE);
        return null;
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw new StartError(`--port ${values.port} is no port: give a number from 0 to 65535.`);
    }
    const { fresh, empty, bare } = values;
    return { port, dataDir: resolve(values.data), fresh, empty, bare };
}

async function start(options: Options, loadSample: SampleLoader): Promise<void> {
    const { dataDir, fresh, empty, bare } = options;
    await refuseSecond(dataDir);
    if (fresh) {
        removeData(dataDir);
    }
    const pageDir = join(PROJECT_ROOT, '.local-org', 'page');
    if (!bare) {
        await buildPage({ projectRoot: PROJECT_ROOT, outDir: pageDir, log: (line) => console.log(line) });
    }
    const org = await listen(options, pageDir);
    try {
        if (!empty && !bare && org.store.isEmpty()) {
            await fill(org, loadSample);
        }
    } catch (error) {
        await org.close();
        throw error;
    }
    const serverFile = join(dataDir, 'server.json');
    const about = { url: org.url, port: org.port, pid: process.pid, tokens: org.tokens };
    writeFileSync(serverFile, JSON.stringify(about, null, 4), { mode: 0o600 });
    stopOnSignals(org, serverFile);
    announce(org);
}

/** As the integration user, whose permissions are those of a real org's imports. */
async function fill(org: LocalOrg, loadSample: SampleLoader): Promise<void> {
    const user = org.store.config.users.find((one) => one.profile === 'Integration User');
    const accessToken = user && org.tokens[user.username];
    if (!user || !accessToken) {
        throw new StartError(
            'config/local-org.json has no user with the profile "Integration User" to load the sample.',
        );
    }
    const { Connection: Client } = await import('jsforce');
    const version = org.store.schema.apiVersion;
    const coach = org.store.config.users.find(({ permissionSets }) => permissionSets.includes('Playbook_Coach'));
    const coachToken = coach && org.tokens[coach.username];
    await loadSample({
        connection: new Client({ instanceUrl: org.url, accessToken, version }),
        coach: coachToken ? new Client({ instanceUrl: org.url, accessToken: coachToken, version }) : null,
        dataRoot: join(PROJECT_ROOT, 'data'),
        today: dayAt(org.store.now(), user.timeZone),
        log: (line) => console.log(line),
    });
}

async function listen({ port, dataDir, bare }: Options, pageDir: string): Promise<LocalOrg> {
    const log = (line: string): void => console.log(line);
    try {
        return await createLocalOrg({
            projectRoot: PROJECT_ROOT,
            dataDir,
            port,
            pageDir,
            bare,
            buildPage: (files) => buildOrgPage({ projectRoot: PROJECT_ROOT, dataDir, files, log }),
        });
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
            throw new StartError(
                `Port ${port} is in use. Stop what runs there, or choose another port: npm start -- --port ${port === 65_535 ? 0 : port + 1}`,
            );
        }
        throw error;
    }
}

const serverShape = z.object({ url: z.url(), pid: z.number() });

/** Two servers over the same records would surprise each other. A left-over file of one that was killed is no server. */
async function refuseSecond(dataDir: string): Promise<void> {
    const path = join(dataDir, 'server.json');
    const server = existsSync(path) ? serverShape.safeParse(parsed(path)) : null;
    if (!server?.success) {
        return;
    }
    const answers = await fetch(server.data.url, { signal: AbortSignal.timeout(1000) }).then(
        (response) => response.headers.has('content-security-policy'),
        () => false,
    );
    if (answers) {
        throw new StartError(
            `A local org already serves these records: ${server.data.url} (process ${server.data.pid}). Open it, stop it first, or give another --data DIR.`,
        );
    }
}

function parsed(path: string): unknown {
    try {
        return JSON.parse(readFileSync(path, 'utf8'));
    } catch {
        return null;
    }
}

function stopOnSignals(org: LocalOrg, serverFile: string): void {
    let stopping = false;
    const stop = (): void => {
        if (!stopping) {
            stopping = true;
            rmSync(serverFile, { force: true });
            void org.close().then(() => console.log('The local org has stopped; its records are kept.'));
        }
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
}

function announce(org: LocalOrg): void {
    const users = org.store.config.users.filter(({ active }) => active !== false);
    const rows = users.map((user) => [user.username, user.persona, org.tokens[user.username] ?? '']);
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const table = rows.map((row) =>
        `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
    );
    console.log(
        [
            '',
            `Open ${org.url}  (Ctrl+C stops it; records are kept)`,
            '',
            'Access tokens for API clients:',
            ...table,
        ].join('\n'),
    );
}

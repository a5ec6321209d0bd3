/** Connections to an org: the local one, any org by address and token, or one that the Salesforce CLI is logged in to. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Connection, ConnectionConfig } from 'jsforce';
import { z } from 'zod';
import { CommandError } from './errors.ts';

export type { Connection } from 'jsforce';

/** The API version of the project's metadata. */
export const API_VERSION = '67.0';

export interface OrgChoice {
    /** `local`, an address (`https://…`, with the token in SF_ACCESS_TOKEN), or an alias or username of the Salesforce CLI. */
    readonly org: string;
    /** Local org only: username or the beginning of one; by default the integration user. */
    readonly user?: string | undefined;
    /** Local org only: its data directory. */
    readonly data?: string | undefined;
}

const LOCAL_DATA = '.local-org/data';

const localServer = z.object({ url: z.url(), tokens: z.record(z.string(), z.string()) });
const cliAnswer = z.object({
    result: z.object({ instanceUrl: z.string().optional(), accessToken: z.string().optional() }),
});

/** A connection that has been tried out. Throws CommandError when there is no such org or it does not let us in. */
export async function connectToOrg(choice: OrgChoice): Promise<Connection> {
    return connectWith(await readCredentials(choice));
}

/** As {@link connectToOrg}; `renew` gives another token when the one in use has expired, or throws: the same one would be tried for ever. */
export async function connectWith(
    { instanceUrl, accessToken }: Credentials,
    renew?: () => Promise<string>,
): Promise<Connection> {
    // jsforce would try an address where nothing answers again and again; this fails at once. What is answered does not matter yet.
    await fetch(new URL('/services/data', instanceUrl), { signal: AbortSignal.timeout(20_000) });
    // Loaded only here: it takes half a second, and checks need no org.
    const { Connection } = await import('jsforce');
    const connection = new Connection({
        instanceUrl,
        accessToken,
        version: API_VERSION,
        ...(renew === undefined ? {} : { refreshFn: refreshBy(renew) }),
    });
    // The first request is a cheap one whose failure is about the connection and nothing else.
    await connection.identity();
    return connection;
}

function refreshBy(renew: () => Promise<string>): NonNullable<ConnectionConfig['refreshFn']> {
    return (_connection, done) => {
        void renew().then(
            (accessToken) => {
                done(null, accessToken);
            },
            (error: unknown) => {
                done(error instanceof Error ? error : new Error(String(error)));
            },
        );
    };
}

export interface Credentials {
    readonly instanceUrl: string;
    readonly accessToken: string;
}

/** Address and token of an org as they are now: a second reading gives a fresh token where there is one. Throws CommandError. */
export async function readCredentials(choice: OrgChoice): Promise<Credentials> {
    if (choice.org === 'local') {
        return localCredentials(choice.data ?? LOCAL_DATA, choice.user);
    }
    return /^https?:\/\//i.test(choice.org) ? addressCredentials(choice.org) : cliCredentials(choice.org);
}

async function localCredentials(dataDir: string, user: string | undefined): Promise<Credentials> {
    const path = join(dataDir, 'server.json');
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) {
        throw new CommandError(
            `The local org is not running: there is no ${path}.`,
            'Start it with `npm start` in another terminal (with --data DIR: give the same --data here).',
        );
    }
    const server = localServer.safeParse(parseJson(text));
    if (!server.success) {
        throw new CommandError(`${path} is not what the local org writes.`, 'Stop the local org and start it again.');
    }
    const { url, tokens } = server.data;
    const username = chooseUser(Object.keys(tokens), user);
    return { instanceUrl: url, accessToken: tokens[username] ?? '' };
}

/** The full username that `wanted` begins; without it the integration user. */
export function chooseUser(usernames: readonly string[], wanted: string | undefined): string {
    const beginning = (wanted ?? 'integration').toLowerCase();
    const matches = usernames.filter((name) => name.toLowerCase().startsWith(beginning));
    const exact = matches.find((name) => name.toLowerCase() === beginning);
    const chosen = exact ?? (matches.length === 1 ? matches[0] : undefined);
    if (chosen === undefined) {
        throw new CommandError(
            matches.length === 0 ? `The local org has no user “${beginning}”.` : `“${beginning}” fits several users.`,
            `Choose one with --user: ${usernames.join(', ')}.`,
        );
    }
    return chosen;
}

function addressCredentials(address: string): Credentials {
    const accessToken = process.env['SF_ACCESS_TOKEN'];
    if (accessToken === undefined || accessToken === '') {
        throw new CommandError(
            `There is no token for ${address}.`,
            'Put one into the environment: SF_ACCESS_TOKEN=… (not on the command line, where others can read it).',
        );
    }
    return { instanceUrl: address.replace(/\/+$/, ''), accessToken };
}

async function cliCredentials(alias: string): Promise<Credentials> {
    const shown = await askCli(['org', 'display', '--target-org', alias, '--json'], alias);
    let accessToken = shown.accessToken;
    // Since May 2026 the CLI leaves the token out of `org display` and gives it only when asked for it by name.
    if (accessToken === undefined || !accessToken.includes('!')) {
        accessToken = (
            await askCli(['org', 'auth', 'show-access-token', '--target-org', alias, '--no-prompt', '--json'], alias)
        ).accessToken;
    }
    if (shown.instanceUrl === undefined || accessToken === undefined) {
        throw new CommandError(
            `The Salesforce CLI gave no address or token for “${alias}”.`,
            'Log in again with `sf org login web --alias …`, or give the address as --org and the token in SF_ACCESS_TOKEN.',
        );
    }
    return { instanceUrl: shown.instanceUrl, accessToken };
}

async function askCli(
    args: readonly string[],
    alias: string,
): Promise<{ instanceUrl?: string | undefined; accessToken?: string | undefined }> {
    try {
        const { stdout } = await promisify(execFile)('sf', [...args], { maxBuffer: 1 << 24 });
        return cliAnswer.parse(parseJson(stdout)).result;
    } catch (error) {
        if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') {
            throw new CommandError(
                `“${alias}” is neither “local” nor an address, and the Salesforce CLI (sf), which could know it, is not installed.`,
                'Use --org local, or --org https://… with SF_ACCESS_TOKEN, or install the CLI and log in.',
            );
        }
        throw new CommandError(
            `The Salesforce CLI knows no org “${alias}” that one can use now.`,
            `Look at \`sf org list\`, then log in: \`sf org login web --alias ${alias}\`.`,
        );
    }
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

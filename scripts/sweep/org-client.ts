/** Requests to an org for hours: waits while it is down, renews an expired token, counts what it asks. */
import { z } from 'zod';
import { API_VERSION, connectWith, readCredentials } from '../lib/connection.ts';
import type { Connection, OrgChoice } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import { OrgRefusal, PATIENCE, Patience } from './patience.ts';
import type { PatienceLimits } from './patience.ts';

export interface OrgRequest {
    readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below `/services/data/vNN.N`. */
    readonly path: string;
    /** JSON, or CSV text. */
    readonly body?: { readonly json: unknown } | { readonly csv: string };
    readonly accept?: 'text/csv';
    /** Milliseconds until an answer has begun. */
    readonly timeout?: number;
}

export interface OrgClientOptions {
    readonly patience?: PatienceLimits;
    /** Milliseconds before a bulk job is looked at for the second time; then less and less often. */
    readonly firstLook?: number;
    /** Told why a request has to wait. */
    readonly onWait?: (message: string) => void;
}

const TIMEOUT = 120_000;
const FIRST_LOOK = 200;
const MOST_RENEWALS_IN_A_ROW = 3;

/** An org tried out and ready. Throws CommandError when there is none or it does not let us in. */
export async function openOrgClient(choice: OrgChoice, options: OrgClientOptions = {}): Promise<OrgClient> {
    const credentials = await readCredentials(choice);
    const readToken = async (): Promise<string> => (await readCredentials(choice)).accessToken;
    const opening: { client: OrgClient | null; isRefused: boolean } = { client: null, isRefused: false };
    try {
        const connection = await connectWith(credentials, async () => {
            opening.isRefused = opening.client === null;
            return (await opening.client?.renewToken()) ?? Promise.reject(expired());
        });
        opening.client = new OrgClient(connection, readToken, options);
        return opening.client;
    } catch (error) {
        throw opening.isRefused ? expired() : error;
    }
}

export class OrgClient {
    /** For small queries and descriptions: its requests are counted and its token is renewed as well. */
    readonly connection: Connection;
    readonly #readToken: () => Promise<string>;
    readonly #options: Required<OrgClientOptions>;
    #calls = 0;
    /** Of the org's clock before ours, in milliseconds. */
    #ahead = 0;
    #renewal: Promise<string> | null = null;
    #renewals = 0;

    constructor(connection: Connection, readToken: () => Promise<string>, options: OrgClientOptions = {}) {
        this.connection = connection;
        this.#readToken = readToken;
        this.#options = { patience: PATIENCE, firstLook: FIRST_LOOK, onWait: () => undefined, ...options };
        const ask = connection.request.bind(connection);
        connection.request = <R = unknown>(...given: Parameters<Connection['request']>) => {
            this.#calls += 1;
            return ask<R>(...given);
        };
    }

    /** Requests so far, repeated ones included. */
    get calls(): number {
        return this.#calls;
    }

    /** The org's time: leases are compared by several machines, whose own clocks may be wrong. */
    now(): Date {
        return new Date(Date.now() + this.#ahead);
    }

    get firstLook(): number {
        return this.#options.firstLook;
    }

    /** For what is repeated by the caller, such as a download that was cut. */
    patience(): Patience {
        return new Patience(this.#options.patience, this.#options.onWait);
    }

    /** The answer's JSON by its shape; null for an answer without a body. Throws OrgRefusal. */
    async json<T>(shape: z.ZodType<T>, request: OrgRequest): Promise<T> {
        return this.send(request, async (response) => {
            const text = await response.text();
            return shape.parse(text === '' ? null : JSON.parse(text));
        });
    }

    /** Asks until the org answers and `read` has taken the answer. Throws OrgRefusal, or CommandError when it stays out of reach. */
    async send<T>(request: OrgRequest, read: (response: Response) => Promise<T>): Promise<T> {
        const patience = this.patience();
        for (;;) {
            try {
                return await this.sendOnce(request, read);
            } catch (error) {
                await patience.after(error);
            }
        }
    }

    /** As {@link send}, for what must not be repeated without a look at what has become of it. */
    async sendOnce<T>(request: OrgRequest, read: (response: Response) => Promise<T>): Promise<T> {
        for (;;) {
            const token = this.connection.accessToken ?? '';
            const response = await this.#fetch(request, token);
            if (response.ok) {
                this.#renewals = 0;
                return read(response);
            }
            const refusal = await refusalOf(response);
            if (refusal.status === 401) {
                await this.renewToken(token);
                continue;
            }
            throw refusal.errorCode === 'REQUEST_LIMIT_EXCEEDED' && !refusal.message.startsWith('Concurrent')
                ? limitReached()
                : refusal;
        }
    }

    /** A token other than the one that was refused (by default the one in use). Throws CommandError when there is none. */
    async renewToken(refused = this.connection.accessToken ?? ''): Promise<string> {
        const current = this.connection.accessToken ?? '';
        if (current !== refused) {
            return current;
        }
        this.#renewal ??= this.#renew(refused).finally(() => (this.#renewal = null));
        return this.#renewal;
    }

    async #renew(refused: string): Promise<string> {
        this.#renewals += 1;
        const token = this.#renewals > MOST_RENEWALS_IN_A_ROW ? refused : await this.#readToken();
        if (token === refused) {
            throw expired();
        }
        this.connection.accessToken = token;
        return token;
    }

    async #fetch({ method, path, body, accept, timeout }: OrgRequest, token: string): Promise<Response> {
        this.#calls += 1;
        const csv = body !== undefined && 'csv' in body;
        const abort = new AbortController();
        const late = setTimeout(
            () => abort.abort(new DOMException('The org did not answer in time.', 'TimeoutError')),
            timeout ?? TIMEOUT,
        );
        try {
            const response = await fetch(`${this.connection.instanceUrl}/services/data/v${API_VERSION}${path}`, {
                method,
                headers: {
                    authorization: `Bearer ${token}`,
                    accept: accept ?? 'application/json',
                    ...(body === undefined ? {} : { 'content-type': csv ? 'text/csv' : 'application/json' }),
                },
                ...(body === undefined ? {} : { body: csv ? body.csv : JSON.stringify(body.json) }),
                signal: abort.signal,
            });
            const date = Date.parse(response.headers.get('date') ?? '');
            this.#ahead = Number.isNaN(date) ? this.#ahead : aheadBy(date);
            return response;
        } finally {
            clearTimeout(late);
        }
    }
}

/** The header tells whole seconds: less than two of difference says nothing. */
function aheadBy(orgTime: number): number {
    const ahead = orgTime - Date.now();
    return Math.abs(ahead) < 2000 ? 0 : ahead;
}

const failures = z.array(z.object({ errorCode: z.string(), message: z.string() })).min(1);

async function refusalOf(response: Response): Promise<OrgRefusal> {
    const text = await response.text();
    try {
        const [first] = failures.parse(JSON.parse(text));
        if (first !== undefined) {
            return new OrgRefusal(response.status, first.errorCode, first.message);
        }
    } catch {
        // A proxy on the way, or a page about maintenance: no answer of the API.
    }
    const words = text.replace(/<[^>]*>/g, ' ').trim();
    return new OrgRefusal(
        response.status,
        `HTTP_${response.status}`,
        `The org answered ${response.status} ${response.statusText}${words === '' ? '' : `: ${words.slice(0, 200)}`}`,
    );
}

function expired(): CommandError {
    return new CommandError(
        'The session has ended, and there is no other one to go on with.',
        'Log in again, or take a fresh token, and run the same command again: it goes on where it stopped. A login with JWT (`sf org login jwt`, then --org ALIAS) renews itself.',
    );
}

function limitReached(): CommandError {
    return new CommandError(
        'The org has used up its API requests for today.',
        'Run the same command again when there are some left: it goes on where it stopped. Setup → System Overview shows who uses them.',
    );
}

/** Requests to the local org, failures in the platform's shape, and whether the org can be reached at all. */
import type { FetchResponse } from 'lightning/uiRecordApi';
import { session } from 'local/session';

/** `expired`: the server runs, but does not know this page's session any more. */
export type ConnectionState = 'up' | 'down' | 'expired';
type Listener = (state: ConnectionState) => void;

let state: ConnectionState = 'up';
const listeners = new Set<Listener>();

export function onConnectionChange(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function setState(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
}

/** `/services/data/v67.0` + path. */
export const apiPath = (path: string): string => `/services/data/${apiVersion()}${path}`;
const apiVersion = (): string => `v${session().apiVersion.replace(/^v/, '')}`;

/** Sends JSON, resolves with the answer's JSON (undefined for an empty one), rejects with a `FetchResponse`, as Lightning Data Service does. */
export async function request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown): Promise<T> {
    let response: Response;
    try {
        response = await fetch(url, {
            method,
            headers: {
                accept: 'application/json',
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
    } catch {
        setState('down');
        return refuse(0, '', { message: 'Disconnected or Canceled' });
    }
    setState(response.status === 401 ? 'expired' : 'up');
    const text = await response.text();
    const answer = parse(text);
    if (!response.ok) return refuse(response.status, response.statusText, answer ?? { message: text });
    return answer as T;
}

/** What a person reads of a rejected {@link request}. */
export function explain(error: unknown): string {
    if ((error as Partial<FetchResponse> | undefined)?.status === 0) return 'The local org does not answer.';
    return messagesOf(error).join(' ');
}

/** The messages of a rejected {@link request}, whatever its shape. */
export function messagesOf(error: unknown): string[] {
    if (error instanceof Error) return [error.message];
    const body = (error as Partial<FetchResponse> | undefined)?.body;
    if (!body) return [String(error)];
    if ('length' in body) return body.map((entry) => entry.message);
    const details = [...(body.output?.errors ?? []), ...Object.values(body.output?.fieldErrors ?? {}).flat()];
    return details.length ? details.map((entry) => entry.message) : [body.message];
}

function refuse(status: number, statusText: string, body: unknown): Promise<never> {
    const failure: FetchResponse = { ok: false, status, statusText, body: body as FetchResponse['body'] };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the platform rejects with a plain object, and product code has to cope with that
    return Promise.reject(Object.freeze(failure));
}

function parse(text: string): unknown {
    if (!text) return undefined;
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined; // not JSON: a proxy's or a crashed server's page
    }
}

/** A real connection to an org that goes wrong as connections do: a proxy that cuts, refuses, loses answers and lets tokens expire. */
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after } from 'node:test';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/**
 * `unavailable`: the org answers 503 and has not been asked. `cut`: the answer ends after so many bytes. `lost`: the org has done it, and
 * the answer never arrives. `refused`: an answer of the platform in place of its own. `locked`: so many rows of an upload are kept back and
 * told as locked.
 */
export type Fault =
    | { readonly kind: 'unavailable' }
    | { readonly kind: 'cut'; readonly after: number }
    | { readonly kind: 'lost' }
    | { readonly kind: 'refused'; readonly status: number; readonly errorCode: string; readonly message: string }
    | { readonly kind: 'locked'; readonly rows: number };

export interface Asked {
    readonly method: string;
    /** With its query, below `/services/data/vNN.N`. */
    readonly path: string;
}

export interface FaultyLine {
    readonly url: string;
    readonly asked: readonly Asked[];
    /** The fault of each request that fits, so many times. */
    fail(fits: (asked: Asked) => boolean, fault: Fault, times?: number): void;
    /** A token that stands for the user's own. */
    issue(token: string): void;
    /** Refuses a token from now on, the user's own too. */
    expire(token: string): void;
    /** Called before a request is handed on. */
    onRequest: (asked: Asked) => Promise<void> | void;
}

interface Failing {
    readonly fits: (asked: Asked) => boolean;
    readonly fault: Fault;
    left: number;
}

export async function faultyLine(org: { readonly url: string; readonly token: string }): Promise<FaultyLine> {
    const failing: Failing[] = [];
    const asked: Asked[] = [];
    const issued = new Set([org.token]);
    const heldBack = new Map<string, { readonly header: readonly string[]; readonly rows: readonly string[][] }>();

    const answer = (response: ServerResponse, status: number, errorCode: string, message: string): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify([{ errorCode, message }]));
    };

    const handOn = (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, fault: Fault | null): void => {
        const { method, url = '', headers } = incoming;
        const token = headers.authorization?.replace('Bearer ', '') ?? '';
        const { connection: _connection, 'content-length': _length, ...others } = headers;
        const forwarded = ask(
            new URL(url, org.url),
            {
                method,
                headers: {
                    ...others,
                    host: new URL(org.url).host,
                    authorization: `Bearer ${issued.has(token) ? org.token : 'expired'}`,
                    ...(body.length > 0 ? { 'content-length': body.length } : {}),
                },
            },
            (from) => {
                if (fault?.kind === 'lost') {
                    from.resume().on('end', () => outgoing.destroy());
                    return;
                }
                const job = /\/ingest\/(\w+)\/failedResults/.exec(url)?.[1];
                const locked = job === undefined ? undefined : heldBack.get(job);
                outgoing.writeHead(from.statusCode ?? 500, withoutLength(from.headers));
                let sent = 0;
                from.on('data', (piece: Buffer) => {
                    const most = fault?.kind === 'cut' ? fault.after - sent : piece.length;
                    sent += piece.length;
                    outgoing.write(piece.subarray(0, Math.max(0, most)));
                    if (most < piece.length) {
                        from.destroy();
                        outgoing.destroy();
                    }
                });
                from.on('end', () => {
                    if (locked !== undefined) {
                        outgoing.write(lockedResults(locked.header, locked.rows, sent === 0));
                    }
                    outgoing.end();
                });
            },
        );
        forwarded.on('error', () => outgoing.destroy());
        forwarded.end(body);
    };

    const line: FaultyLine = {
        url: '',
        asked,
        fail: (fits, fault, times = 1) => void failing.push({ fits, fault, left: times }),
        issue: (token) => void issued.add(token),
        expire: (token) => void issued.delete(token),
        onRequest: () => undefined,
    };
    const server = createServer((incoming, outgoing) => {
        const pieces: Buffer[] = [];
        incoming.on('data', (piece: Buffer) => pieces.push(piece));
        incoming.on('end', () => {
            const now = {
                method: incoming.method ?? '',
                path: (incoming.url ?? '').replace(/^\/services\/data\/v[\d.]+/, ''),
            };
            asked.push(now);
            const fits = failing.find((one) => one.left > 0 && one.fits(now));
            if (fits !== undefined) {
                fits.left -= 1;
            }
            const fault = fits?.fault ?? null;
            void Promise.resolve(line.onRequest(now)).then(() => {
                if (fault?.kind === 'unavailable') {
                    answer(outgoing, 503, 'SERVER_UNAVAILABLE', 'The server is down for maintenance.');
                } else if (fault?.kind === 'refused') {
                    answer(outgoing, fault.status, fault.errorCode, fault.message);
                } else if (fault?.kind === 'locked') {
                    const job = /\/ingest\/(\w+)\/batches/.exec(now.path)?.[1] ?? '';
                    const [header = [], ...rows]: string[][] = parse(Buffer.concat(pieces));
                    heldBack.set(job, { header, rows: rows.slice(0, fault.rows) });
                    handOn(incoming, Buffer.from(stringify([header, ...rows.slice(fault.rows)])), outgoing, null);
                } else {
                    handOn(incoming, Buffer.concat(pieces), outgoing, fault);
                }
            });
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    after(() => {
        server.closeAllConnections();
        server.close();
    });
    const address = server.address();
    return Object.assign(line, { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });
}

function withoutLength(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
    const { 'content-length': _length, connection: _connection, ...others } = headers;
    return others;
}

/** As the platform tells of them; `alone`: with the header, which the org leaves out when it has no failed row. */
function lockedResults(header: readonly string[], rows: readonly (readonly string[])[], alone: boolean): string {
    const error =
        'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records: 001000000000001AAA:--';
    const lines = rows.map((row) => ['', error, ...row]);
    return stringify(alone ? [['sf__Id', 'sf__Error', ...header], ...lines] : lines);
}

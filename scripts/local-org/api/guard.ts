import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { failure, PlatformFailure } from '../failure.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import type { Credentials } from './credentials.ts';

declare module 'fastify' {
    interface FastifyRequest {
        /** Who asks; set by the guard for everything but the HTML page itself. */
        orgSession: Session | null;
    }
}

export interface GuardOptions {
    readonly store: OrgStore;
    readonly credentials: Credentials;
    readonly port: () => number;
    /** Whether a GET of this path answers with the HTML page. */
    readonly isPage: (path: string) => boolean;
    /** Milliseconds that an API request waits before it is answered. */
    readonly latencyMs: () => number;
    /** False from the moment the org is being closed: requests that waited are dropped. */
    readonly isOpen: () => boolean;
}

/** Where `sf org open` sends a browser. */
export const FRONT_DOOR = '/secur/frontdoor.jsp';
const API_PATH = /^\/(services|id)\//;
/** SOAP requests may bring their session in the envelope instead of a header; who answers them looks there. The page's cookie does not count. */
const SOAP_PATH = /^\/services\/Soap\//;

/**
 * The door of the org: loopback hosts and its own origin only, then a token or the page's cookie.
 * A cookie without a same-origin `Origin` header changes nothing, so no other site can act through an open page.
 */
export function addGuard(app: FastifyInstance, options: GuardOptions): void {
    app.decorateRequest('orgSession', null);
    app.addHook('onRequest', async (request, reply) => {
        const path = request.url.replace(/\?.*$/, '');
        checkHost(request, options.port());
        checkOrigin(request, options.port());
        if (request.method === 'GET' && path === FRONT_DOOR) {
            openFrontDoor(request, reply, options);
            return reply;
        }
        if (request.method === 'GET' && options.isPage(path)) {
            keepPageSession(request, reply, options);
            return;
        }
        const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
        if (bearer === undefined && request.method === 'POST' && SOAP_PATH.test(path)) {
            return;
        }
        const username = bearer === undefined ? userOfPage(request, options) : options.credentials.userOfToken(bearer);
        const session = username === null ? null : options.store.session(username);
        if (!session) {
            throw failure('INVALID_SESSION_ID', 'Session expired or invalid');
        }
        if (bearer === undefined && request.method !== 'GET' && request.headers.origin === undefined) {
            throw new PlatformFailure(
                [
                    {
                        errorCode: 'INVALID_SESSION_ID',
                        message: 'A page session needs an Origin header to change anything.',
                    },
                ],
                403,
            );
        }
        request.orgSession = session;
        if (options.latencyMs() > 0 && API_PATH.test(path)) {
            await sleep(options.latencyMs());
            if (!options.isOpen()) {
                reply.hijack();
                request.raw.destroy();
            }
        }
    });
}

export function sessionOf(request: FastifyRequest): Session {
    if (!request.orgSession) {
        throw failure('INVALID_SESSION_ID', 'Session expired or invalid');
    }
    return request.orgSession;
}

function checkHost(request: FastifyRequest, port: number): void {
    const host = request.headers.host ?? '';
    if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase())) {
        throw new PlatformFailure(
            [
                {
                    errorCode: 'INVALID_HOST',
                    message: `This is the local org at 127.0.0.1:${port}; it does not answer for "${host}".`,
                },
            ],
            421,
        );
    }
}

function checkOrigin(request: FastifyRequest, port: number): void {
    const { origin } = request.headers;
    if (
        origin !== undefined &&
        ![`http://127.0.0.1:${port}`, `http://localhost:${port}`].includes(origin.toLowerCase())
    ) {
        throw new PlatformFailure(
            [{ errorCode: 'INVALID_ORIGIN', message: `Requests from "${origin}" are refused.` }],
            403,
        );
    }
}

const cookieName = (port: number): string => `local_org_${port}`;

function userOfPage(request: FastifyRequest, options: GuardOptions): string | null {
    const prefix = `${cookieName(options.port())}=`;
    const cookie = (request.headers.cookie ?? '').split(/;\s*/).find((one) => one.startsWith(prefix));
    return cookie === undefined ? null : options.credentials.userOfCookie(cookie.slice(prefix.length));
}

function keepPageSession(request: FastifyRequest, reply: FastifyReply, options: GuardOptions): void {
    const username = userOfPage(request, options);
    if (username === null || !options.store.session(username)) {
        startPageSession(reply, options, options.store.config.users[0]?.username ?? '');
    }
}

const frontDoorQuery = z.object({
    /** A one-time password of `/services/oauth2/singleaccess`. */
    otp: z.string().optional(),
    startURL: z.string().optional(),
    retURL: z.string().optional(),
});

/**
 * Signs a browser in and sends it on. Only a person opens this door, from the command line or the address bar: another site that leads here
 * could sign the browser in as somebody else.
 */
function openFrontDoor(request: FastifyRequest, reply: FastifyReply, options: GuardOptions): void {
    const from = request.headers['sec-fetch-site'];
    if (from !== undefined && from !== 'none' && from !== 'same-origin') {
        throw new PlatformFailure([{ errorCode: 'INVALID_ORIGIN', message: 'Other sites cannot sign in here.' }], 403);
    }
    const { otp = '', startURL, retURL } = frontDoorQuery.safeParse(request.query).data ?? {};
    const { credentials, store } = options;
    const username = credentials.userOfLink(otp);
    if (username === null || !store.session(username)) {
        throw failure('INVALID_SESSION_ID', 'This link was used, or is too old: run `sf org open` again.');
    }
    startPageSession(reply, options, username);
    reply.header('cache-control', 'no-store').redirect(pathOf(startURL ?? retURL ?? '/'));
}

/** A path of this org; anything that leads elsewhere becomes the start page. */
export function pathOf(url: string): string {
    const base = 'http://localhost';
    const parsed = URL.parse(url, base);
    return parsed?.origin === base && url.startsWith('/') ? parsed.pathname + parsed.search + parsed.hash : '/';
}

/** Gives the page a session of this user from now on. */
export function startPageSession(
    reply: FastifyReply,
    options: Pick<GuardOptions, 'credentials' | 'port'>,
    username: string,
): void {
    const value = options.credentials.cookieOf(username);
    reply.header('set-cookie', `${cookieName(options.port())}=${value}; Path=/; HttpOnly; SameSite=Strict`);
}

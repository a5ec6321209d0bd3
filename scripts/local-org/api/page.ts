import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { failure } from '../failure.ts';
import type { OrgStore } from '../store/store.ts';
import { addAnalyticsPage } from './analytics-page.ts';
import { bootOf } from './boot.ts';
import type { Credentials } from './credentials.ts';
import { sessionOf, startPageSession } from './guard.ts';
import { listPage, relatedLists } from './lists.ts';
import { addSetupApi } from './setup.ts';

/** Everything comes from this server: no other host, no inline script, no eval. Styles are put in by the component engine. */
const POLICY = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
    '.css': 'text/css; charset=utf-8',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml',
};

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Local org</title>
<p>The page is not built yet. Stop the local org and run <code>npm start</code>: it builds the page first.</p></html>`;

/** Paths that answer with the one HTML page; its own routes take it from there. */
export function isPagePath(path: string): boolean {
    return (
        path === '/' ||
        path === '/index.html' ||
        path.startsWith('/lightning') ||
        path === '/setup' ||
        path.startsWith('/setup/')
    );
}

export interface PageOptions {
    readonly store: OrgStore;
    readonly credentials: Credentials;
    readonly port: () => number;
    /** Where browser/build.ts put the page; another folder once components were deployed. */
    readonly pageDir: () => string;
}

const listQuery = z.object({
    search: z.string().default(''),
    sort: z.string().default(''),
    limit: z.coerce.number().int().min(1).max(2000).default(100),
});
const relatedQuery = z.object({ limit: z.coerce.number().int().min(1).max(2000).default(50) });
const listPath = z.object({ object: z.string(), view: z.string() });
const recordPath = z.object({ id: z.string() });
const switchUser = z.object({ username: z.string() });

/** The page's files and its own endpoints, `/local/*`. */
export function addPage(app: FastifyInstance, options: PageOptions): void {
    const { store } = options;
    app.addHook('onSend', async (_request, reply, payload) => {
        reply
            .header('content-security-policy', POLICY)
            .header('x-content-type-options', 'nosniff')
            .header('referrer-policy', 'same-origin')
            .header('cross-origin-resource-policy', 'same-origin')
            .header('cross-origin-opener-policy', 'same-origin');
        return payload;
    });
    app.get('/local/boot', (request) => {
        const session = sessionOf(request);
        return store.actingAs(session, () => bootOf(store, session));
    });
    app.post('/local/switch-user', (request, reply) => {
        const parsed = switchUser.safeParse(request.body);
        const session = parsed.success ? store.session(parsed.data.username) : null;
        if (!session) {
            throw failure('NOT_FOUND', 'There is no such user. Choose one of the list.');
        }
        startPageSession(reply, options, session.username);
        return reply.code(204).send();
    });
    app.get('/local/list/:object/:view', (request) => {
        const session = sessionOf(request);
        const { object, view } = listPath.parse(request.params);
        const query = parsedQuery(listQuery, request.query);
        return store.actingAs(session, () =>
            listPage(store, session, { objectName: object, viewName: view, ...query }),
        );
    });
    app.get('/local/related/:id', (request) => {
        const session = sessionOf(request);
        const { id } = recordPath.parse(request.params);
        const { limit } = parsedQuery(relatedQuery, request.query);
        return store.actingAs(session, () => relatedLists(store, session, id, limit));
    });
    addSetupApi(app, store);
    addAnalyticsPage(app, store);
    addFiles(app, options.pageDir);
}

function parsedQuery<T>(schema: z.ZodType<T>, query: unknown): T {
    const parsed = schema.safeParse(query);
    if (!parsed.success) {
        throw failure('INVALID_ARGUMENT', z.prettifyError(parsed.error));
    }
    return parsed.data;
}

function addFiles(app: FastifyInstance, pageDir: () => string): void {
    app.get('/*', (request, reply) => {
        const root = resolve(pageDir());
        const path = decodeURIComponent(request.url.replace(/\?.*$/, ''));
        if (isPagePath(path)) {
            const index = join(root, 'index.html');
            reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
            return reply.send(existsSync(index) ? createReadStream(index) : NOT_BUILT);
        }
        const file = resolve(join(root, path));
        if (!file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile()) {
            reply.callNotFound();
            return reply;
        }
        // File names carry a hash of their content.
        const hashed = /[.-][\w-]{8,}\.\w+$/.test(path);
        reply
            .type(TYPES[extname(file)] ?? 'application/octet-stream')
            .header('cache-control', hashed ? 'private, max-age=31536000, immutable' : 'no-cache');
        return reply.send(createReadStream(file));
    });
}

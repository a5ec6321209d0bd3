import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { Credentials } from './api/credentials.ts';
import { addGraphQLApi } from './api/graphql/endpoint.ts';
import { addGuard } from './api/guard.ts';
import { addPage, isPagePath } from './api/page.ts';
import { addRestApi } from './api/rest.ts';
import { addUiApi } from './api/ui-api.ts';
import { readConfig, type LocalOrgConfig } from './config.ts';
import { failure, PlatformFailure } from './failure.ts';
import { readProject } from './metadata/read-project.ts';
import type { Schema } from './metadata/schema.ts';
import { OrgStore } from './store/store.ts';

export interface LocalOrgOptions {
    /** The folder with sfdx-project.json. */
    readonly projectRoot: string;
    /** Database, tokens and cookie key; made when missing. */
    readonly dataDir: string;
    /** 0: any free port. */
    readonly port: number;
    /** The built page; `.local-org/page` of the project by default. */
    readonly pageDir?: string;
    /** Added to every API request, for measurements; the environment's LOCAL_ORG_LATENCY_MS or 0 by default. */
    readonly latencyMs?: number;
    /** The org's clock (ISO 8601, UTC), for tests; the machine's by default. */
    readonly now?: () => string;
    /** In place of the project's own, for tests. */
    readonly schema?: Schema;
    readonly config?: LocalOrgConfig;
}

/** One answered request, for tests and measurements. */
export interface LoggedRequest {
    readonly method: string;
    /** Without the query string. */
    readonly path: string;
    readonly status: number;
}

export interface LocalOrg {
    readonly url: string;
    readonly port: number;
    /** Access tokens by username. */
    readonly tokens: Readonly<Record<string, string>>;
    readonly store: OrgStore;
    /** Requests since the start, or since it was emptied; the oldest are dropped beyond 10,000. */
    readonly requests: LoggedRequest[];
    /** Milliseconds added to every API request from now on. */
    latencyMs: number;
    close(): Promise<void>;
}

const MOST_LOGGED = 10_000;
const BODY_LIMIT = 16 * 1024 * 1024;

/** Starts a local org on 127.0.0.1. Throws MetadataError for metadata it cannot read, and what Node throws for a port in use (EADDRINUSE). */
export async function createLocalOrg(options: LocalOrgOptions): Promise<LocalOrg> {
    const { projectRoot, dataDir } = options;
    const config = options.config ?? readConfig(projectRoot);
    const store = new OrgStore({
        schema: options.schema ?? readProject(projectRoot),
        config,
        file: join(dataDir, 'org.sqlite'),
        ...(options.now ? { now: options.now } : {}),
    });
    const requests: LoggedRequest[] = [];
    let port = options.port;
    let latencyMs = options.latencyMs ?? Number(process.env['LOCAL_ORG_LATENCY_MS'] ?? 0);
    const app = Fastify({
        bodyLimit: BODY_LIMIT,
        // The Salesforce CLI puts two slashes before paths.
        rewriteUrl: (request) => (request.url ?? '/').replace(/^\/{2,}/, '/'),
        routerOptions: { maxParamLength: 2000 },
        forceCloseConnections: true,
    });
    const credentials = Credentials.open(
        dataDir,
        config.users.map((user) => user.username),
    );
    let isOpen = true;
    const getPort = (): number => port;
    addErrorShapes(app);
    addGuard(app, {
        store,
        credentials,
        port: getPort,
        isPage: isPagePath,
        latencyMs: () => latencyMs,
        isOpen: () => isOpen,
    });
    app.addHook('onResponse', async (request, reply) => {
        requests.push({ method: request.method, path: request.url.replace(/\?.*$/, ''), status: reply.statusCode });
        if (requests.length > MOST_LOGGED) {
            requests.shift();
        }
    });
    addRestApi(app, store, () => `http://127.0.0.1:${port}`);
    addUiApi(app, store);
    addGraphQLApi(app, store);
    addPage(app, {
        store,
        credentials,
        port: getPort,
        pageDir: options.pageDir ?? join(projectRoot, '.local-org', 'page'),
    });
    try {
        await app.listen({ host: '127.0.0.1', port });
    } catch (error) {
        store.close();
        throw error;
    }
    const address = app.server.address();
    port = typeof address === 'object' && address !== null ? address.port : port;
    return {
        url: `http://127.0.0.1:${port}`,
        port,
        tokens: credentials.tokens,
        store,
        requests,
        get latencyMs() {
            return latencyMs;
        },
        set latencyMs(value) {
            latencyMs = value;
        },
        close: async () => {
            isOpen = false;
            await app.close();
            store.close();
        },
    };
}

/** Deletes what an earlier start kept: records, tokens, cookie key. Only files of the local org's own are touched. */
export function removeData(dataDir: string): void {
    for (const name of ['org.sqlite', 'org.sqlite-wal', 'org.sqlite-shm', 'credentials.json', 'server.json']) {
        const path = join(dataDir, name);
        if (existsSync(path)) {
            rmSync(path);
        }
    }
}

function addErrorShapes(app: FastifyInstance): void {
    app.setErrorHandler((error, _request, reply) => {
        if (error instanceof PlatformFailure) {
            return reply.code(error.status).send(error.errors);
        }
        const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
        if (status >= 400 && status < 500) {
            const message = error instanceof Error ? error.message : String(error);
            return reply.code(status).send([{ errorCode: 'JSON_PARSER_ERROR', message }]);
        }
        console.error(error);
        const message = error instanceof Error ? error.message : String(error);
        return reply.code(500).send([{ errorCode: 'UNKNOWN_EXCEPTION', message: `The local org failed: ${message}` }]);
    });
    app.setNotFoundHandler((request) => {
        throw failure(
            'NOT_FOUND',
            `The requested resource does not exist: the local org has no ${request.method} ${request.url.replace(/\?.*$/, '')}`,
        );
    });
}

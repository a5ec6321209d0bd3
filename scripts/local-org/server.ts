import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { Credentials } from './api/credentials.ts';
import { addBulkApi } from './api/bulk/bulk-api.ts';
import { addGraphQLApi } from './api/graphql/endpoint.ts';
import { addGuard } from './api/guard.ts';
import { addJsonBodies, EARLY_REFUSALS } from './api/json-bodies.ts';
import { addMetadataApi } from './api/metadata-api/index.ts';
import { addPage, isPagePath } from './api/page.ts';
import { addIdentityApi } from './api/rest-identity.ts';
import { addRestApi } from './api/rest.ts';
import { addUiApi } from './api/ui-api.ts';
import { ApiUsage } from './api/usage.ts';
import { readConfig, type LocalOrgConfig } from './config.ts';
import type { MetadataFile } from './metadata/files.ts';
import { projectFiles } from './metadata/project-files.ts';
import { OrgPage } from './org-page.ts';
import { DataError } from './store/database.ts';
import { OrgStore } from './store/store.ts';

export interface LocalOrgOptions {
    /** The folder with sfdx-project.json. */
    readonly projectRoot: string;
    /** Database, tokens and cookie key; made when missing. */
    readonly dataDir: string;
    /** 0: any free port. */
    readonly port: number;
    /** The page built from the project; its `.local-org/page` by default. */
    readonly pageDir?: string;
    /** Builds the page of an org to which components were deployed and returns its folder. Without it the project's page is served. */
    readonly buildPage?: (files: readonly MetadataFile[]) => Promise<string>;
    /** Added to every API request, for measurements; the environment's LOCAL_ORG_LATENCY_MS or 0 by default. */
    readonly latencyMs?: number;
    /** API requests until they are refused; 100,000 by default. */
    readonly apiLimit?: number;
    /** The org's clock (ISO 8601, UTC), for tests; the machine's by default. */
    readonly now?: () => string;
    /** An empty org: nothing of the project is read, there is only what was deployed to this data directory. */
    readonly bare?: boolean;
    /** In place of the project's own, for tests. */
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
    /** API requests as the platform counts them. */
    readonly usage: ApiUsage;
    /** Milliseconds added to every API request from now on. */
    latencyMs: number;
    close(): Promise<void>;
}

const MOST_LOGGED = 10_000;
const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * Starts a local org on 127.0.0.1. Throws MetadataError for metadata it cannot install, DataError for records that do not fit it, and what Node throws for a
 * port in use (EADDRINUSE).
 */
export async function createLocalOrg(options: LocalOrgOptions): Promise<LocalOrg> {
    const { projectRoot, dataDir } = options;
    const config = options.config ?? readConfig(projectRoot);
    const store = openStore(options, config);
    const requests: LoggedRequest[] = [];
    let port = options.port;
    let latencyMs = options.latencyMs ?? Number(process.env['LOCAL_ORG_LATENCY_MS'] ?? 0);
    const app = Fastify({
        bodyLimit: BODY_LIMIT,
        // The Salesforce CLI puts two slashes before paths.
        rewriteUrl: (request) => (request.url ?? '/').replace(/^\/{2,}/, '/'),
        routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: true },
        forceCloseConnections: true,
        ...EARLY_REFUSALS,
    });
    const credentials = Credentials.open(
        dataDir,
        config.users.filter(({ active }) => active !== false).map(({ username }) => username),
    );
    const page = await OrgPage.open(options, store).catch((error: unknown) => {
        store.close();
        throw error;
    });
    let isOpen = true;
    const getPort = (): number => port;
    addJsonBodies(app);
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
    const usage = new ApiUsage(options.apiLimit ?? 100_000);
    usage.register(app);
    addRestApi(app, store, usage);
    addIdentityApi(app, store, credentials, () => `http://127.0.0.1:${port}`);
    addUiApi(app, store);
    addGraphQLApi(app, store);
    addBulkApi(app, { store, usage, folder: join(dataDir, 'bulk') });
    addMetadataApi(app, { store, credentials, afterInstall: (paths) => page.follow(paths) });
    addPage(app, { store, credentials, port: getPort, pageDir: () => page.folder });
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
        usage,
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

function openStore({ projectRoot, dataDir, bare = false, now }: LocalOrgOptions, config: LocalOrgConfig): OrgStore {
    const { apiVersion, files } = projectFiles(projectRoot);
    const file = join(dataDir, 'org.sqlite');
    try {
        return new OrgStore({ apiVersion, source: bare ? null : files, config, file, ...(now ? { now } : {}) });
    } catch (error) {
        if (!(error instanceof DataError)) {
            throw error;
        }
        const again = bare ? 'npm start -- --bare --fresh' : 'npm start -- --fresh';
        throw new DataError([
            ...error.problems,
            {
                field: null,
                message: `The records in ${file} cannot be used. Start over with \`${again}\`, or give another --data DIR.`,
            },
        ]);
    }
}

/** Deletes what an earlier start kept: records, tokens, cookie key, the page of deployed components. Only files of the local org's own are touched. */
export function removeData(dataDir: string): void {
    const records = ['org.sqlite', 'org.sqlite-wal', 'org.sqlite-shm'];
    for (const name of [...records, 'credentials.json', 'server.json', 'page', 'page-source', 'bulk']) {
        rmSync(join(dataDir, name), { recursive: true, force: true });
    }
}

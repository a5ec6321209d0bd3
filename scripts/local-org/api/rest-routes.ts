import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';
import { errorsOf, failure, PlatformFailure } from '../failure.ts';
import type { RecordInput } from '../store/record-input.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { sessionOf } from './guard.ts';

/** Data of a request in the words of the API. */
export interface RestCall {
    readonly session: Session;
    /** `v67.0`. */
    readonly version: string;
    readonly params: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string | undefined>>;
    readonly body: unknown;
    /** By lower-case name. */
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What a resource answers; no body for 204. */
export interface RestAnswer {
    readonly status: number;
    readonly body?: unknown;
}

export type RestHandler = (call: RestCall) => RestAnswer;

/** A part of a composite request. `url` begins with `/services/data/`. */
export interface Subrequest {
    readonly method: string;
    readonly url: string;
    readonly body?: unknown;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const BASE = '/services/data/:version';
const OLDEST = 31;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HTTPMethods[];
export type RestMethod = (typeof METHODS)[number];

interface Resource {
    readonly path: string;
    readonly parts: readonly string[];
    readonly handlers: Map<RestMethod, RestHandler>;
}

const paramsShape = z.record(z.string(), z.string());
const queryShape = z.record(z.string(), z.string().optional());

/** The resources under `/services/data/vNN.N`: clients reach them over HTTP, composite requests reach the same ones in the same transaction. */
export class RestRoutes {
    readonly #resources = new Map<string, Resource>();
    #newest = '';

    add(method: RestMethod, path: string, handle: RestHandler): void {
        let resource = this.#resources.get(path);
        if (!resource) {
            resource = { path, parts: path.split('/').slice(1), handlers: new Map() };
            this.#resources.set(path, resource);
        }
        resource.handlers.set(method, handle);
    }

    register(app: FastifyInstance, store: OrgStore): void {
        this.#newest = store.schema.apiVersion;
        app.addHook('onRequest', async (request) => {
            const version = /^\/services\/data\/([^/?]+)/.exec(request.url)?.[1];
            if (version !== undefined) {
                this.#checkVersion(version);
            }
        });
        for (const resource of this.#resources.values()) {
            for (const method of METHODS) {
                app.route({
                    method,
                    url: BASE + resource.path,
                    handler: (request, reply) => {
                        const call = restCall(request);
                        const answer = store.actingAs(call.session, () => handlerOf(resource, method)(call));
                        reply.code(answer.status);
                        return answer.body === undefined ? reply.send() : reply.send(answer.body);
                    },
                });
            }
        }
    }

    /** Refuses what is no version of the API, or one that the org does not have: those before 31.0 are retired. */
    #checkVersion(version: string): string {
        const number = /^v(\d{2}\.0)$/.exec(version)?.[1];
        if (number === undefined || Number(number) > Number(this.#newest)) {
            throw failure('NOT_FOUND', 'The requested resource does not exist');
        }
        if (Number(number) < OLDEST) {
            throw new PlatformFailure(
                [{ errorCode: 'UNSUPPORTED_API_VERSION', message: `API version ${number} is retired.` }],
                410,
            );
        }
        return version;
    }

    /** Answers a subrequest; a refusal becomes its answer. Throws only for defects of the local org. */
    run(session: Session, { method, url, body, headers }: Subrequest): RestAnswer {
        try {
            const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
            const [, services, data, version = '', ...parts] = pathname.split('/').map(decoded);
            for (const resource of this.#resources.values()) {
                const params = matched(resource.parts, parts);
                if (services === 'services' && data === 'data' && params) {
                    const known = METHODS.find((one) => one === method);
                    const query = Object.fromEntries(searchParams);
                    const call = { session, version: this.#checkVersion(version), params, query, body, headers };
                    return handlerOf(resource, known ?? method)(call);
                }
            }
            throw failure('NOT_FOUND', 'The requested resource does not exist');
        } catch (error) {
            if (error instanceof PlatformFailure) {
                return { status: error.status, body: errorsOf(error) };
            }
            throw error;
        }
    }
}

function handlerOf(resource: Resource, method: string): RestHandler {
    const found = [...resource.handlers].find(([one]) => one === method)?.[1];
    if (!found) {
        const allowed = [...resource.handlers.keys()].flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one]));
        throw failure('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`);
    }
    return found;
}

function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
}

function matched(pattern: readonly string[], parts: readonly string[]): Readonly<Record<string, string>> | null {
    if (pattern.length !== parts.length) {
        return null;
    }
    const params: Record<string, string> = {};
    for (const [index, part] of parts.entries()) {
        const name = pattern[index] ?? '';
        if (name.startsWith(':')) {
            params[name.slice(1)] = part;
        } else if (name !== part) {
            return null;
        }
    }
    return params;
}

/** Reads a request's path and query string; a name that is given twice in the query string is refused. */
export function restCall(request: FastifyRequest): RestCall {
    const { version = '', ...params } = paramsShape.parse(request.params);
    const query = queryShape.safeParse(request.query);
    if (!query.success) {
        throw failure('INVALID_ARGUMENT', 'Each name may stand once in the query string.');
    }
    return {
        session: sessionOf(request),
        version,
        params,
        query: query.data,
        body: request.body,
        headers: request.headers,
    };
}

/** The JSON object that a write was sent. */
export function recordInput(body: unknown): RecordInput {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw failure('JSON_PARSER_ERROR', 'The request body must be one JSON object of field values.');
    }
    return { ...body };
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { failure } from '../failure.ts';
import { findField, type ObjectType } from '../metadata/schema.ts';
import { equals } from '../store/conditions.ts';
import type { RecordInput } from '../store/record-input.ts';
import { deleteRecord } from '../store/remove.ts';
import { existingId, insertRecord, updateRecord, upsertRecord } from '../store/save.ts';
import { selectRecords } from '../store/read.ts';
import { readableObject } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { addCompositeApi } from './rest-composite.ts';
import { describeObject, describeSummary } from './describe.ts';
import { sessionOf } from './guard.ts';
import { addIdentityApi } from './rest-identity.ts';
import { QueryApi } from './rest-query.ts';
import { recordsJson, recordUrl } from './records-json.ts';

type Params = Readonly<Record<string, string>>;
type QueryString = Readonly<Record<string, string | undefined>>;

/** Data of a request in the words of the API. */
export interface RestCall {
    readonly session: Session;
    /** `v67.0`. */
    readonly version: string;
    readonly params: Params;
    readonly query: QueryString;
    readonly body: unknown;
    readonly request: FastifyRequest;
}

const paramsShape = z.record(z.string(), z.string());
const queryShape = z.record(z.string(), z.string().optional());

/** Reads a request's path and query string; a name that is given twice in the query string is refused. */
export function restCall(request: FastifyRequest): RestCall {
    const params = paramsShape.parse(request.params);
    const query = queryShape.safeParse(request.query);
    if (!query.success) {
        throw failure('MALFORMED_QUERY', 'Each name may stand once in the query string.');
    }
    const version = params['version'] ?? '';
    if (!/^v\d{2}\.\d$/.test(version)) {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
    return { session: sessionOf(request), version, params, query: query.data, body: request.body, request };
}

/** The JSON object that a write was sent. */
export function recordInput(body: unknown): RecordInput {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw failure('JSON_PARSER_ERROR', 'The request body must be one JSON object of field values.');
    }
    return { ...body };
}

/** REST: query, describe, records, collections, identity. */
export function addRestApi(app: FastifyInstance, store: OrgStore, baseUrl: () => string): void {
    const queries = new QueryApi(store);
    const base = '/services/data/:version';
    type Handler = (call: RestCall) => unknown;
    const route = (
        method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
        path: string,
        status: number,
        handle: Handler,
    ): void => {
        app.route({
            method,
            url: base + path,
            handler: (request, reply) => {
                const call = restCall(request);
                const answer = store.actingAs(call.session, () => handle(call));
                reply.code(status).header('sforce-limit-info', 'api-usage=1/100000');
                return answer ?? reply.send();
            },
        });
    };

    route('GET', '/query', 200, ({ session, version, query, request }) => {
        if (query['columns'] !== undefined) {
            throw failure('MALFORMED_QUERY', 'The local org does not support columns=true; leave it out.');
        }
        return queries.run(session, required(query['q'], 'q'), version, batchSize(request));
    });
    route('GET', '/query/:locator', 200, ({ session, version, params, request }) =>
        queries.more(session, params['locator'] ?? '', version, batchSize(request)),
    );
    route('GET', '/sobjects', 200, ({ session, version }) => ({
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: readableObjects(store, session).map((object) => describeSummary(store, session, object, version)),
    }));
    route('GET', '/sobjects/:type', 200, ({ session, version, params }) => ({
        objectDescribe: describeSummary(store, session, objectOf(store, session, params), version),
        recentItems: [],
    }));
    route('GET', '/sobjects/:type/describe', 200, ({ session, version, params }) =>
        describeObject(store, session, objectOf(store, session, params), version),
    );
    route('POST', '/sobjects/:type', 201, ({ session, params, body }) => ({
        id: store.transaction(() =>
            insertRecord(store, session, objectOf(store, session, params).name, recordInput(body)),
        ),
        success: true,
        errors: [],
    }));
    route('GET', '/sobjects/:type/:id', 200, (call) => {
        const object = objectOf(store, call.session, call.params);
        const id = existingId(store, call.session, object, call.params['id'] ?? '');
        return recordOf(store, call, object, id);
    });
    route('PATCH', '/sobjects/:type/:id', 204, ({ session, params, body, request }) => {
        const since = request.headers['if-unmodified-since'];
        store.transaction(() =>
            updateRecord(
                store,
                session,
                objectOf(store, session, params).name,
                params['id'] ?? '',
                recordInput(body),
                typeof since === 'string' ? since : null,
            ),
        );
    });
    route('DELETE', '/sobjects/:type/:id', 204, ({ session, params }) => {
        store.transaction(() =>
            deleteRecord(store, session, objectOf(store, session, params).name, params['id'] ?? ''),
        );
    });
    route('GET', '/sobjects/:type/:field/:key', 200, (call) => {
        const object = objectOf(store, call.session, call.params);
        return recordOf(store, call, object, idByKey(store, call.session, object, call.params));
    });
    app.patch(`${base}/sobjects/:type/:field/:key`, (request, reply) => {
        const { session, params, body } = restCall(request);
        const { id, created } = store.actingAs(session, () =>
            store.transaction(() =>
                upsertRecord(
                    store,
                    session,
                    params['type'] ?? '',
                    params['field'] ?? '',
                    params['key'] ?? '',
                    recordInput(body),
                ),
            ),
        );
        return reply.code(created ? 201 : 200).send({ id, success: true, errors: [], created });
    });
    route('GET', '/limits', 200, () => ({ DailyApiRequests: { Max: 100_000, Remaining: 100_000 } }));

    addCompositeApi(app, store);
    addIdentityApi(app, store, baseUrl);
}

function required(value: string | undefined, name: string): string {
    if (value === undefined || value === '') {
        throw failure('MISSING_ARGUMENT', `The query string needs ${name}.`);
    }
    return value;
}

function batchSize(request: FastifyRequest): number | undefined {
    const match = /batchSize=(\d+)/.exec(String(request.headers['sforce-query-options'] ?? ''));
    return match ? Math.min(Math.max(Number(match[1]), 200), 2000) : undefined;
}

function readableObjects(store: OrgStore, session: Session): readonly ObjectType[] {
    return [...store.schema.objects.values()].filter((object) => session.access.rights(object).read);
}

/** The object of the path; a REST path that names none is NOT_FOUND where SOQL says INVALID_TYPE. */
function objectOf(store: OrgStore, session: Session, params: Params): ObjectType {
    try {
        return readableObject(store, session, params['type'] ?? '');
    } catch {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
}

function recordOf(store: OrgStore, { session, version, query }: RestCall, object: ObjectType, id: string): unknown {
    const fields = query['fields']
        ?.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    const all = [...object.fields.values()]
        .filter((field) => session.access.readsField(object, field))
        .map((field) => field.name);
    const [record] = recordsJson(
        store,
        session,
        { object: object.name, fields: fields ?? all, where: equals('Id', id) },
        version,
    );
    return record && { ...record.json, attributes: { type: object.name, url: recordUrl(version, object.name, id) } };
}

function idByKey(store: OrgStore, session: Session, object: ObjectType, params: Params): string {
    const field = findField(object, params['field'] ?? '');
    if (!field || !(field.externalId || field.kind === 'Id') || !session.access.readsField(object, field)) {
        throw failure(
            'NOT_FOUND',
            `Provided external ID field does not exist or is not accessible: ${params['field'] ?? ''}`,
        );
    }
    const { rows } = selectRecords(store, session, {
        object: object.name,
        fields: ['Id'],
        where: equals(field.name, params['key'] ?? ''),
        limit: 2,
    });
    const [only, second] = rows;
    if (!only || second) {
        throw failure(second ? 'MULTIPLE_CHOICES' : 'NOT_FOUND', 'The requested resource does not exist');
    }
    return String(only.values['Id']);
}

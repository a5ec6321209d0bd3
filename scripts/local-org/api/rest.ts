import type { FastifyInstance } from 'fastify';
import { failure } from '../failure.ts';
import { findField, type ObjectType } from '../metadata/schema.ts';
import { equals } from '../store/conditions.ts';
import { deleteRecord } from '../store/remove.ts';
import { existingId, insertRecord, updateRecord, upsertRecord } from '../store/save.ts';
import { selectRecords } from '../store/read.ts';
import { readableObject } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { describeObject, describeSummary } from './describe.ts';
import { queryColumns } from './query-columns.ts';
import { addCollections } from './rest-composite.ts';
import { QueryApi } from './rest-query.ts';
import { recordInput, RestRoutes, type RestAnswer, type RestCall } from './rest-routes.ts';
import type { ApiUsage } from './usage.ts';
import { recordsJson, recordUrl } from './records-json.ts';

/** REST: query, describe, records, collections, limits. */
export function addRestApi(app: FastifyInstance, store: OrgStore, usage: ApiUsage): void {
    const queries = new QueryApi(store);
    const routes = new RestRoutes();

    routes.add('GET', '/query', ({ session, version, query, headers }) => {
        const soql = required(query['q'], 'q');
        return ok(
            query['columns'] === 'true'
                ? queryColumns(store, session, soql)
                : queries.run(session, soql, version, batchSize(headers)),
        );
    });
    routes.add('GET', '/query/:locator', ({ session, version, params, headers }) =>
        ok(queries.more(session, params['locator'] ?? '', version, batchSize(headers))),
    );
    addRecords(routes, store);
    addCollections(routes, store);
    routes.add('GET', '/limits', () =>
        ok({ DailyApiRequests: { Max: usage.limit, Remaining: usage.limit - usage.used } }),
    );
    routes.register(app, store);
}

const ok = (body: unknown): RestAnswer => ({ status: 200, body });

function addRecords(routes: RestRoutes, store: OrgStore): void {
    routes.add('GET', '/sobjects', ({ session, version }) =>
        ok({
            encoding: 'UTF-8',
            maxBatchSize: 200,
            sobjects: readableObjects(store, session).map((object) => describeSummary(store, session, object, version)),
        }),
    );
    routes.add('GET', '/sobjects/:type', ({ session, version, params }) =>
        ok({
            objectDescribe: describeSummary(store, session, objectOf(store, session, params), version),
            recentItems: [],
        }),
    );
    routes.add('GET', '/sobjects/:type/describe', ({ session, version, params }) =>
        ok(describeObject(store, session, objectOf(store, session, params), version)),
    );
    routes.add('POST', '/sobjects/:type', ({ session, params, body }) => {
        const { name } = objectOf(store, session, params);
        const id = store.transaction(() => insertRecord(store, session, name, recordInput(body)));
        return { status: 201, body: { id, success: true, errors: [] } };
    });
    routes.add('GET', '/sobjects/:type/:id', (call) => {
        const object = objectOf(store, call.session, call.params);
        const id = existingId(store, call.session, object, call.params['id'] ?? '');
        return ok(recordOf(store, call, object, id));
    });
    routes.add('PATCH', '/sobjects/:type/:id', ({ session, params, body, headers }) => {
        const { name } = objectOf(store, session, params);
        const since = headers['if-unmodified-since'];
        store.transaction(() =>
            updateRecord(
                store,
                session,
                name,
                params['id'] ?? '',
                recordInput(body),
                typeof since === 'string' ? since : null,
            ),
        );
        return { status: 204 };
    });
    routes.add('DELETE', '/sobjects/:type/:id', ({ session, params }) => {
        const { name } = objectOf(store, session, params);
        store.transaction(() => deleteRecord(store, session, name, params['id'] ?? ''));
        return { status: 204 };
    });
    routes.add('GET', '/sobjects/:type/:field/:key', (call) => {
        const object = objectOf(store, call.session, call.params);
        return ok(recordOf(store, call, object, idByKey(store, call.session, object, call.params)));
    });
    routes.add('PATCH', '/sobjects/:type/:field/:key', ({ session, params, body }) => {
        const { name } = objectOf(store, session, params);
        const { id, created } = store.transaction(() =>
            upsertRecord(store, session, name, params['field'] ?? '', params['key'] ?? '', recordInput(body)),
        );
        return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
    });
}

function required(value: string | undefined, name: string): string {
    if (value === undefined || value === '') {
        throw failure('MISSING_ARGUMENT', `The query string needs ${name}.`);
    }
    return value;
}

function batchSize(headers: RestCall['headers']): number | undefined {
    const match = /batchSize=(\d+)/.exec(headers['sforce-query-options']?.toString() ?? '');
    return match ? Math.min(Math.max(Number(match[1]), 200), 2000) : undefined;
}

function readableObjects(store: OrgStore, session: Session): readonly ObjectType[] {
    return [...store.schema.objects.values()].filter((object) => session.access.rights(object).read);
}

/** The object of the path; a REST path that names none is NOT_FOUND where SOQL says INVALID_TYPE. */
function objectOf(store: OrgStore, session: Session, params: RestCall['params']): ObjectType {
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

function idByKey(store: OrgStore, session: Session, object: ObjectType, params: RestCall['params']): string {
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

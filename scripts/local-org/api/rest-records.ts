import type { ObjectType } from '../metadata/schema.ts';
import { equals } from '../store/conditions.ts';
import { deleteRecord } from '../store/remove.ts';
import { existingId, insertRecord, updateRecord, upsertRecord } from '../store/save.ts';
import type { OrgStore } from '../store/store.ts';
import { describeObject, describeSummary } from './describe.ts';
import { fieldsOf, recordsJson } from './records-json.ts';
import { idByKey, restId, restObject } from './rest-path.ts';
import type { RestAnswer, RestCall, RestRoutes } from './rest-routes.ts';

const ok = (body: unknown): RestAnswer => ({ status: 200, body });

/** `/sobjects`: descriptions, and records by id or external id. */
export function addRecords(routes: RestRoutes, store: OrgStore): void {
    routes.add('GET', '/sobjects', ({ session, version }) => {
        const objects = [...store.schema.objects.values()].filter((object) => session.access.rights(object).read);
        return ok({
            encoding: 'UTF-8',
            maxBatchSize: 200,
            sobjects: objects.map((object) => describeSummary(store, session, object, version)),
        });
    });
    routes.add('GET', '/sobjects/:type', (call) =>
        ok({
            objectDescribe: describeSummary(store, call.session, restObject(store, call), call.version),
            recentItems: [],
        }),
    );
    routes.add('GET', '/sobjects/:type/describe', (call) =>
        ok(describeObject(store, call.session, restObject(store, call), call.version)),
    );
    routes.add('POST', '/sobjects/:type', (call) => {
        const { name } = restObject(store, call);
        const fields = fieldsOf(store, name, call.body);
        const id = store.transaction(() => insertRecord(store, call.session, name, fields));
        return { status: 201, body: { id, success: true, errors: [] } };
    });
    routes.add('GET', '/sobjects/:type/:id', (call) => {
        const object = restObject(store, call);
        return ok(recordOf(store, call, object, existingId(store, call.session, object, restId(call))));
    });
    routes.add('PATCH', '/sobjects/:type/:id', (call) => {
        const { name } = restObject(store, call);
        const id = restId(call);
        const fields = fieldsOf(store, name, call.body);
        const since = call.headers['if-unmodified-since']?.toString() ?? null;
        store.transaction(() => updateRecord(store, call.session, name, id, fields, since));
        return { status: 204 };
    });
    routes.add('DELETE', '/sobjects/:type/:id', (call) => {
        const { name } = restObject(store, call);
        const id = restId(call);
        store.transaction(() => deleteRecord(store, call.session, name, id));
        return { status: 204 };
    });
    routes.add('GET', '/sobjects/:type/:field/:key', (call) => {
        const object = restObject(store, call);
        return ok(recordOf(store, call, object, idByKey(store, call, object)));
    });
    routes.add('PATCH', '/sobjects/:type/:field/:key', (call) => {
        const { name } = restObject(store, call);
        const { field = '', key = '' } = call.params;
        const fields = fieldsOf(store, name, call.body);
        const { id, created } = store.transaction(() => upsertRecord(store, call.session, name, field, key, fields));
        return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
    });
}

function recordOf(store: OrgStore, { session, version, query }: RestCall, object: ObjectType, id: string): unknown {
    const fields = query['fields']
        ?.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    const all = [...object.fields.values()]
        .filter((field) => session.access.readsField(object, field))
        .map((field) => field.name);
    const where = equals('Id', id);
    return recordsJson(store, session, { object: object.name, fields: fields ?? all, where }, version)[0]?.json;
}

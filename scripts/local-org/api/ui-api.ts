import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Value } from 'c/formula';
import { errorsOf, failure, PlatformFailure } from '../failure.ts';
import { findField, type ObjectType } from '../metadata/schema.ts';
import type { PlatformError } from '../page-contract.ts';
import { equals } from '../store/conditions.ts';
import { followPath } from '../metadata/paths.ts';
import { canonicalId } from '../store/ids.ts';
import { deleteRecord } from '../store/remove.ts';
import { insertRecord, updateRecord } from '../store/save.ts';
import { selectRecords, type Row } from '../store/read.ts';
import type { Column } from '../store/select.ts';
import { sharedWith } from '../store/sharing.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { displayValue } from './display.ts';
import { recordLayout } from './layouts.ts';
import { infoObject, nameField, objectInfo, picklistValues } from './object-info.ts';
import { recordInput, restCall, type RestCall } from './rest-routes.ts';

/** UI API: what Lightning Data Service asks of records and objects. */
export function addUiApi(app: FastifyInstance, store: OrgStore): void {
    const base = '/services/data/:version/ui-api';
    app.get(`${base}/records/:id`, (request) => {
        const call = restCall(request);
        return store.actingAs(call.session, () => readRecord(store, call));
    });
    app.post(`${base}/records`, (request, reply) => {
        const call = restCall(request);
        return writing(store, call, reply, 'create', () => {
            const { apiName, fields } = recordInput(call.body);
            const object = infoObject(store, call.session, typeof apiName === 'string' ? apiName : '');
            const id = insertRecord(store, call.session, object.name, recordInput(fields ?? {}));
            reply.code(201);
            return representation(store, call.session, object, id, Object.keys(recordInput(fields ?? {})), []);
        });
    });
    app.patch(`${base}/records/:id`, (request, reply) => {
        const call = restCall(request);
        return writing(store, call, reply, 'update', () => {
            const { object, id } = visibleRecord(store, call.session, call.params['id'] ?? '');
            const fields = recordInput(recordInput(call.body)['fields'] ?? {});
            const since = request.headers['if-unmodified-since'];
            updateRecord(store, call.session, object.name, id, fields, typeof since === 'string' ? since : null);
            return representation(store, call.session, object, id, Object.keys(fields), []);
        });
    });
    app.delete(`${base}/records/:id`, (request, reply) => {
        const call = restCall(request);
        return writing(store, call, reply, 'delete', () => {
            const { object, id } = visibleRecord(store, call.session, call.params['id'] ?? '');
            deleteRecord(store, call.session, object.name, id);
            reply.code(204);
            return undefined;
        });
    });
    app.get(`${base}/object-info/batch/:names`, (request) => {
        const { session, params } = restCall(request);
        const results = (params['names'] ?? '').split(',').map((name) => infoOrError(store, session, name));
        return { hasErrors: results.some((one) => one.statusCode !== 200), results };
    });
    app.get(`${base}/object-info/:name`, (request) => {
        const { session, params } = restCall(request);
        return objectInfo(store, session, infoObject(store, session, params['name'] ?? ''));
    });
    app.get(`${base}/object-info/:name/picklist-values/:recordType`, (request) => {
        const { session, params } = restCall(request);
        return picklistValues(session, infoObject(store, session, params['name'] ?? ''));
    });
    app.get(`${base}/layout/:name`, (request) => {
        const { session, params, query } = restCall(request);
        return recordLayout(store, session, infoObject(store, session, params['name'] ?? ''), query);
    });
}

function infoOrError(store: OrgStore, session: Session, name: string): { statusCode: number; result: unknown } {
    try {
        return { statusCode: 200, result: objectInfo(store, session, infoObject(store, session, name)) };
    } catch (error) {
        if (error instanceof PlatformFailure) {
            return { statusCode: error.status, result: error.errors };
        }
        throw error;
    }
}

/** Finds a record by its id alone. 404 when there is none, 403 when it is not shared with the user. */
function visibleRecord(
    store: OrgStore,
    session: Session,
    text: string,
): { readonly object: ObjectType; readonly id: string } {
    const id = canonicalId(text);
    const name = id && [...store.prefixes].find(([, prefix]) => prefix === id.slice(0, 3))?.[0];
    const object = name ? store.schema.objects.get(name) : undefined;
    if (!id || !object || object.kind === 'metadata' || !sharedWith(store, store.system, object, id, 'read')) {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
    if (!session.access.rights(object).read || !sharedWith(store, session, object, id, 'read')) {
        throw failure(
            'INSUFFICIENT_ACCESS',
            "You don't have access to this record. Ask your administrator for help or to request access.",
        );
    }
    return { object, id };
}

function readRecord(store: OrgStore, { session, params, query }: RestCall): unknown {
    const { object, id } = visibleRecord(store, session, params['id'] ?? '');
    if (query['layoutTypes'] !== undefined) {
        throw failure(
            'ILLEGAL_QUERY_PARAMETER_VALUE',
            'The local org gives records by field: read ui-api/layout, then ask for fields or optionalFields.',
        );
    }
    const fields = pathsOf(object, query['fields']);
    const optional = pathsOf(object, query['optionalFields']);
    if (fields.length + optional.length === 0) {
        throw failure('MISSING_ARGUMENT', 'Ask for fields or optionalFields.');
    }
    return representation(store, session, object, id, fields, optional);
}

/** `Account.Name,Account.Champion__r.Email` → paths from the record. */
function pathsOf(object: ObjectType, list: string | undefined): readonly string[] {
    return (list ?? '')
        .split(',')
        .filter((name) => name.trim() !== '')
        .map((name) => {
            const [type, ...path] = name.trim().split('.');
            if (type?.toLowerCase() !== object.name.toLowerCase() || path.length === 0) {
                throw failure(
                    'INVALID_FIELD',
                    `Field names begin with the object: "${name}" on a record of ${object.name}.`,
                );
            }
            return path.join('.');
        });
}

/** A record in UI API form with the fields named; those of `optional` that the user may not see are left out. */
function representation(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    id: string,
    fields: readonly string[],
    optional: readonly string[],
): unknown {
    const visible = optional.filter((path) => mayRead(store, session, object, path));
    const asked = [...new Set([...fields, ...visible])];
    const parents = new Set(asked.flatMap((path) => prefixesOf(path)));
    const technical = [
        'Id',
        ...[...parents].flatMap((prefix) => [`${prefix}.Id`, ...parentName(store, object, prefix)]),
    ];
    const stamps = ['LastModifiedDate', 'LastModifiedById', 'SystemModstamp'].filter((name) => object.fields.has(name));
    const { columns, rows } = selectRecords(store, session, {
        object: object.name,
        fields: [...asked, ...technical, ...stamps],
        where: equals('Id', id),
    });
    const [row] = rows;
    if (!row) {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
    return nested(session, object, columns.slice(0, asked.length), row, '', store);
}

function prefixesOf(path: string): readonly string[] {
    const parts = path.split('.').slice(0, -1);
    return parts.map((_part, index) => parts.slice(0, index + 1).join('.'));
}

function parentName(store: OrgStore, object: ObjectType, prefix: string): readonly string[] {
    const found = followPath(store.schema.objects, object, `${prefix}.Id`);
    return found ? [`${prefix}.${nameField(found.object)}`] : [];
}

function mayRead(store: OrgStore, session: Session, object: ObjectType, path: string): boolean {
    const parts = path.split('.');
    const [first = ''] = parts;
    if (parts.length === 1) {
        const field = findField(object, first);
        return field !== undefined && session.access.readsField(object, field);
    }
    const found = followPath(store.schema.objects, object, `${first}.Id`);
    const through = [...object.fields.values()].find(
        (field) => field.reference?.relationshipName?.toLowerCase() === first.toLowerCase(),
    );
    return (
        found !== undefined &&
        through !== undefined &&
        session.access.readsField(object, through) &&
        session.access.rights(found.object).read &&
        mayRead(store, session, found.object, parts.slice(1).join('.'))
    );
}

interface FieldJson {
    readonly displayValue: string | null;
    readonly value: unknown;
}

function nested(
    session: Session,
    object: ObjectType,
    columns: readonly Column[],
    row: Row,
    prefix: string,
    store: OrgStore,
): Record<string, unknown> {
    const at = (name: string): Value => row.values[prefix + name] ?? null;
    const fields: Record<string, FieldJson> = {};
    for (const column of columns.filter((one) => one.path.startsWith(prefix))) {
        const rest = column.path.slice(prefix.length);
        const dot = rest.indexOf('.');
        if (dot < 0) {
            const value = at(rest);
            fields[rest] = { displayValue: displayValue(session, column.field, value), value };
            continue;
        }
        const relation = rest.slice(0, dot);
        const parent = followPath(store.schema.objects, object, `${relation}.Id`)?.object;
        if (!(relation in fields) && parent) {
            const inner = `${prefix}${relation}.`;
            const name = row.values[inner + nameField(parent)] ?? null;
            fields[relation] = row.values[`${inner}Id`]
                ? {
                      displayValue: name === null ? null : String(name),
                      value: nested(session, parent, columns, row, inner, store),
                  }
                : { displayValue: null, value: null };
        }
    }
    const stamp = createHash('md5').update(JSON.stringify(row.values)).digest('hex');
    const modified = at('LastModifiedDate');
    return {
        apiName: object.name,
        childRelationships: {},
        eTag: stamp,
        fields,
        id: at('Id'),
        lastModifiedById: at('LastModifiedById'),
        lastModifiedDate: modified,
        recordTypeId: null,
        recordTypeInfo: null,
        systemModstamp: at('SystemModstamp'),
        weakEtag: typeof modified === 'string' ? Date.parse(modified) : 0,
    };
}

/** Runs a write; a refusal takes the shape that failed writes have in the UI API. */
function writing(
    store: OrgStore,
    call: RestCall,
    reply: FastifyReply,
    verb: 'create' | 'update' | 'delete',
    work: () => unknown,
): unknown {
    try {
        const answer = store.actingAs(call.session, () => store.transaction(work));
        return answer ?? reply.send();
    } catch (error) {
        if (!(error instanceof PlatformFailure)) {
            throw error;
        }
        // Reads and writes of records that are not there or not shared fail alike, with an array.
        if (error.status === 404 || error.errors[0]?.errorCode === 'INSUFFICIENT_ACCESS') {
            throw error;
        }
        reply.code(error.status);
        return writeErrors(error, verb);
    }
}

function writeErrors(error: PlatformFailure, verb: string): unknown {
    const entries = errorsOf(error).map((one) => ({ one, field: one.fields?.[0] ?? null }));
    const fieldErrors: Record<string, unknown[]> = {};
    const errors: unknown[] = [];
    for (const { one, field } of entries) {
        if (field === null) {
            errors.push(writeError(one, null));
        } else {
            for (const name of one.fields ?? []) {
                (fieldErrors[name] ??= []).push(writeError(one, name));
            }
        }
    }
    return {
        message: `An error occurred while trying to ${verb} the record. Please try again.`,
        statusCode: error.status,
        enhancedErrorType: 'RecordError',
        output: { errors, fieldErrors },
    };
}

function writeError(error: PlatformError, field: string | null): unknown {
    return {
        constituentField: null,
        duplicateRecordError: null,
        errorCode: error.errorCode,
        field,
        fieldLabel: field,
        message: error.message,
    };
}

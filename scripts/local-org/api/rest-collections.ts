import { errorsOf, failure, PlatformFailure } from '../failure.ts';
import type { PlatformError } from '../page-contract.ts';
import type { Condition } from '../store/conditions.ts';
import { canonicalId } from '../store/ids.ts';
import { deleteRecord } from '../store/remove.ts';
import { insertRecord, updateRecord, upsertRecord } from '../store/save.ts';
import type { OrgStore } from '../store/store.ts';
import { attributeOf, fieldsOf, recordsJson, type RecordJson } from './records-json.ts';
import { restObject } from './rest-path.ts';
import { recordInput, type RestAnswer, type RestCall, type RestRoutes } from './rest-routes.ts';
import { takingBack } from './take-back.ts';

/** Most records that one collections request may carry. */
const MOST = 200;
const MOST_RETRIEVED = 2000;

interface SaveResult {
    readonly id?: string;
    readonly success: boolean;
    readonly created?: boolean;
    readonly errors: readonly CollectionError[];
}

export interface CollectionError {
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
}

/** Collections: up to 200 records of any types in one request, each by itself or (`allOrNone`) all together. */
export function addCollections(routes: RestRoutes, store: OrgStore): void {
    const base = '/composite/sobjects';
    routes.add('GET', `${base}/:type`, (call) => ({
        status: 200,
        body: retrieveAll(store, call, idsOf(call.query['ids']), call.query['fields']?.split(',')),
    }));
    routes.add('POST', `${base}/:type`, (call) => {
        const { ids, fields } = recordInput(call.body);
        return { status: 200, body: retrieveAll(store, call, ids, fields) };
    });
    routes.add('POST', base, (call) =>
        saveAll(store, call, ({ type, fields }) => ({
            id: insertRecord(store, call.session, type, fields),
            success: true,
            errors: [],
        })),
    );
    routes.add('PATCH', base, (call) =>
        saveAll(store, call, ({ type, fields: { id, Id, ...fields } }) => {
            const recordId = textOf(id ?? Id);
            updateRecord(store, call.session, type, recordId, fields);
            return { id: recordId, success: true, errors: [] };
        }),
    );
    routes.add('PATCH', `${base}/:type/:field`, (call) => {
        const { field = '' } = call.params;
        return saveAll(store, call, ({ type, fields }) => {
            const key = Object.entries(fields).find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1];
            if (typeof key !== 'string' || key === '') {
                throw failure('MISSING_ARGUMENT', `${field} not specified`, [field]);
            }
            return { ...upsertRecord(store, call.session, type, field, key, fields), success: true, errors: [] };
        });
    });
    routes.add('DELETE', base, (call) => {
        const ids = idsOf(call.query['ids']);
        return inOrder(store, ids, call.query['allOrNone'] === 'true', (id) => {
            deleteRecord(store, call.session, typeOfId(store, id), id);
            return { id, success: true, errors: [] };
        });
    });
}

/** Records of one object by their ids; null for those that are not there. */
function retrieveAll(store: OrgStore, call: RestCall, ids: unknown, fields: unknown): readonly (RecordJson | null)[] {
    const names = listOfText(fields);
    const wanted = listOfText(ids);
    if (!names || !wanted) {
        throw failure('JSON_PARSER_ERROR', 'The request needs "ids" and "fields", lists of text.');
    }
    if (wanted.length > MOST_RETRIEVED) {
        throw failure('EXCEEDED_ID_LIMIT', `record limit reached. cannot retrieve more than ${MOST_RETRIEVED} records`);
    }
    const { name } = restObject(store, call);
    const where: Condition = { kind: 'in', path: 'Id', operands: wanted };
    const found = recordsJson(store, call.session, { object: name, fields: names, where }, call.version);
    const byId = new Map(found.map(({ id, json }) => [id, json]));
    return wanted.map((id) => byId.get(canonicalId(id) ?? id) ?? null);
}

function listOfText(value: unknown): readonly string[] | null {
    const list: readonly unknown[] | null = Array.isArray(value) ? value : null;
    return list?.every((one) => typeof one === 'string') ? list : null;
}

const idsOf = (ids: string | undefined): readonly string[] => (ids ?? '').split(',').filter((id) => id !== '');

/** A record of the request: its fields, and the object that they are of. */
interface Sent {
    readonly type: string;
    readonly fields: Readonly<Record<string, unknown>>;
}

function saveAll(store: OrgStore, { body, params }: RestCall, save: (sent: Sent) => SaveResult): RestAnswer {
    const { records, allOrNone } = recordInput(body);
    if (!Array.isArray(records)) {
        throw failure('JSON_PARSER_ERROR', 'The request body must hold "records", a list of JSON objects.');
    }
    const sent = records.map((record: unknown): Sent => {
        const type = params['type'] ?? typeOf(recordInput(record));
        return { type, fields: fieldsOf(store, type, record) };
    });
    return inOrder(store, sent, allOrNone === true, save);
}

function inOrder<T>(
    store: OrgStore,
    items: readonly T[],
    allOrNone: boolean,
    save: (item: T) => SaveResult,
): RestAnswer {
    if (items.length > MOST) {
        throw failure(
            'EXCEEDED_ID_LIMIT',
            `record limit reached. cannot submit more than ${MOST} records in this request`,
        );
    }
    const { result, takenBack } = takingBack(
        store,
        () => items.map((item) => attempt(store, () => save(item))),
        (results) => allOrNone && results.some((one) => !one.success),
    );
    return { status: 200, body: takenBack ? result.map((one) => (one.success ? ROLLED_BACK : one)) : result };
}

const ROLLED_BACK: SaveResult = {
    success: false,
    errors: [
        {
            statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
            fields: [],
        },
    ],
};

function attempt(store: OrgStore, save: () => SaveResult): SaveResult {
    try {
        return store.transaction(save);
    } catch (error) {
        if (!(error instanceof PlatformFailure)) {
            throw error;
        }
        return { success: false, errors: errorsOf(error).map(collectionError) };
    }
}

export function collectionError({ errorCode, message, fields }: PlatformError): CollectionError {
    return { statusCode: errorCode, message, fields: fields ?? [] };
}

function textOf(value: unknown): string {
    return typeof value === 'string' ? value : '';
}

function typeOf(record: Readonly<Record<string, unknown>>): string {
    const type = attributeOf(record, 'type');
    if (type === null) {
        throw failure('INVALID_TYPE', 'Each record needs "attributes": { "type": "…" }.');
    }
    return type;
}

/** The object that an id belongs to, by its key prefix. */
function typeOfId(store: OrgStore, id: string): string {
    const prefix = id.slice(0, 3);
    for (const [name, known] of store.prefixes) {
        if (known === prefix) {
            return name;
        }
    }
    throw failure('MALFORMED_ID', `bad id ${id}`);
}

import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import { findField, findObject, type Field, type ObjectType } from '../metadata/schema.ts';
import type { RecordQuery } from '../store/conditions.ts';
import { addDays } from '../store/days.ts';
import { selectRecords, type Row } from '../store/read.ts';
import type { RecordInput } from '../store/record-input.ts';
import type { Column } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { isNumber } from '../store/values.ts';
import { describedType } from './describe.ts';
import { recordInput } from './rest-routes.ts';

/** A record as the REST API writes it: `attributes`, fields, and parents nested as the query named them. */
export interface RecordJson {
    attributes: { type: string; url?: string };
    [field: string]: unknown;
}

/** `2026-11-21T18:00:00.000Z` → `2026-11-21T18:00:00.000+0000`, as the REST API writes instants. */
export function restValue(kind: string, value: Value): Value {
    return kind === 'DateTime' && typeof value === 'string' ? value.replace(/Z$/, '+0000') : value;
}

export function recordUrl(version: string, type: string, id: string): string {
    return `/services/data/${version}/sobjects/${type}/${id}`;
}

/** A record with its id and what else was asked for beside it. */
interface WrittenRecord {
    readonly id: string;
    readonly json: RecordJson;
    readonly extra: readonly Value[];
}

/**
 * Runs a query and writes its records; ids of the record and of every parent are read along, to tell a missing parent from an empty one.
 * `beside`: fields that are read but not written.
 */
export function recordsJson(
    store: OrgStore,
    session: Session,
    query: RecordQuery,
    version: string,
    beside: readonly string[] = [],
): readonly WrittenRecord[] {
    const prefixes = new Set(
        query.fields.flatMap((path) => {
            const parts = path.split('.').slice(0, -1);
            return parts.map((_part, index) => parts.slice(0, index + 1).join('.'));
        }),
    );
    const extra = ['Id', ...[...prefixes].map((prefix) => `${prefix}.Id`)];
    const fields = [...query.fields, ...extra, ...beside];
    const { columns, rows } = selectRecords(store, session, { ...query, fields });
    const asked = columns.slice(0, query.fields.length);
    const parents = columns.slice(query.fields.length + 1, query.fields.length + extra.length);
    const others = columns.slice(query.fields.length + extra.length);
    const object = columns[query.fields.length]?.object;
    return rows.map((row) => ({
        id: String(row.values['Id']),
        extra: others.map((column) => row.values[column.path] ?? null),
        json: recordJson(object, asked, parents, row, version),
    }));
}

function recordJson(
    object: ObjectType | undefined,
    asked: readonly Column[],
    parents: readonly Column[],
    row: Row,
    version: string,
): RecordJson {
    const type = object?.name ?? '';
    const root: RecordJson = { attributes: { type, url: recordUrl(version, type, String(row.values['Id'])) } };
    const nodes = new Map<string, RecordJson | null>([['', root]]);
    // Shorter paths first: a parent hangs on its own parent.
    for (const column of [...parents].sort((a, b) => a.path.length - b.path.length)) {
        const path = column.path.slice(0, -'.Id'.length);
        const id = row.values[column.path];
        const name = column.object.name;
        const node: RecordJson | null =
            typeof id === 'string' ? { attributes: { type: name, url: recordUrl(version, name, id) } } : null;
        nodes.set(path, node);
        const above = nodes.get(parentPath(path));
        if (above) {
            above[path.slice(path.lastIndexOf('.') + 1)] = node;
        }
    }
    for (const column of asked) {
        const node = nodes.get(parentPath(column.path));
        if (node) {
            node[column.field.name] = restValue(column.field.kind, row.values[column.path] ?? null);
        }
    }
    return root;
}

function parentPath(path: string): string {
    const dot = path.lastIndexOf('.');
    return dot < 0 ? '' : path.slice(0, dot);
}

/** A text of a record's `attributes`; null when there is none. */
export function attributeOf(record: Readonly<Record<string, unknown>>, name: string): string | null {
    const { attributes } = record;
    const value: unknown =
        typeof attributes === 'object' && attributes !== null ? Reflect.get(attributes, name) : undefined;
    return typeof value === 'string' ? value : null;
}

/** The fields of a record that a client sent. Throws JSON_PARSER_ERROR for values that JSON already shows to be of another type than the field. */
export function fieldsOf(store: OrgStore, type: string, record: unknown): RecordInput {
    const fields = Object.entries(recordInput(record)).filter(([name]) => name !== 'attributes');
    const object = findObject(store.schema, type);
    for (const [name, value] of object ? fields : []) {
        const field = object && findField(object, name);
        const expected = field && value !== null && value !== '' ? mismatch(field, value) : null;
        if (expected !== null) {
            // The platform names the place in what it has read so far, most often this one.
            throw failure(
                'JSON_PARSER_ERROR',
                `Cannot deserialize instance of ${expected} from ${tokenOf(value)} or request may be missing a required field at [line:1, column:2]`,
            );
        }
    }
    return Object.fromEntries(fields);
}

/** The platform's name of the type that was expected; null when the value fits. */
function mismatch(field: Field, value: unknown): string | null {
    const text = typeof value === 'string' ? value : '';
    if (typeof value === 'object') {
        return 'string';
    }
    if (isNumber(field.kind)) {
        const isFigure = typeof value === 'number' || (text.trim() !== '' && Number.isFinite(Number(text)));
        return isFigure ? null : describedType(field);
    }
    if (field.kind === 'Checkbox') {
        return typeof value === 'boolean' || /^(true|false)$/.test(text) ? null : 'boolean';
    }
    if (field.kind === 'Date' || field.kind === 'DateTime') {
        const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0] ?? '';
        const isDay = Number.isFinite(Date.parse(day)) && addDays(day, 0) === day;
        return isDay ? null : describedType(field);
    }
    return null;
}

function tokenOf(value: unknown): string {
    switch (typeof value) {
        case 'string':
            return `VALUE_STRING value ${value}`;
        case 'number':
            return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'} value ${value}`;
        case 'boolean':
            return `VALUE_${value ? 'TRUE' : 'FALSE'} value ${value}`;
        default:
            return Array.isArray(value) ? 'START_ARRAY value [' : 'START_OBJECT value {';
    }
}

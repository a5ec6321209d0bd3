import type { Value } from 'c/formula';
import type { ObjectType } from '../metadata/schema.ts';
import type { RecordQuery } from '../store/conditions.ts';
import { selectRecords, type Row } from '../store/read.ts';
import type { Column } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';

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

/** Runs a query and writes its records; ids of the record and of every parent are read along, to tell a missing parent from an empty one. */
export function recordsJson(
    store: OrgStore,
    session: Session,
    query: RecordQuery,
    version: string,
): readonly { readonly id: string; readonly json: RecordJson }[] {
    const prefixes = new Set(
        query.fields.flatMap((path) => {
            const parts = path.split('.').slice(0, -1);
            return parts.map((_part, index) => parts.slice(0, index + 1).join('.'));
        }),
    );
    const extra = ['Id', ...[...prefixes].map((prefix) => `${prefix}.Id`)];
    const { columns, rows } = selectRecords(store, session, { ...query, fields: [...query.fields, ...extra] });
    const asked = columns.slice(0, query.fields.length);
    const parents = columns.slice(query.fields.length + 1);
    const object = columns[query.fields.length]?.object;
    return rows.map((row) => ({
        id: String(row.values['Id']),
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

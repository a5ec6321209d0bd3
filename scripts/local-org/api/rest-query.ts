import { randomBytes } from 'node:crypto';
import { failure } from '../failure.ts';
import { childRelationships } from '../metadata/schema.ts';
import { parseSoql, type ChildQuery, type SoqlQuery } from '../soql/soql.ts';
import { and, equals } from '../store/conditions.ts';
import { countRecords, selectAggregate } from '../store/read.ts';
import { readableObject } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { recordsJson, restValue, type RecordJson } from './records-json.ts';

export interface QueryResult {
    readonly totalSize: number;
    readonly done: boolean;
    readonly nextRecordsUrl?: string;
    readonly records: readonly unknown[];
}

const PAGE = 2000;
/** Cursors that are remembered; the oldest is dropped when there are more. */
const CURSORS = 50;

interface Cursor {
    readonly username: string;
    readonly records: readonly unknown[];
}

/** `/query`: SOQL, with the rest of a long result behind `nextRecordsUrl`. */
export class QueryApi {
    readonly #store: OrgStore;
    readonly #cursors = new Map<string, Cursor>();

    constructor(store: OrgStore) {
        this.#store = store;
    }

    run(session: Session, soql: string, version: string, pageSize = PAGE): QueryResult {
        const query = parseSoql(soql);
        if (query.kind === 'count') {
            return { totalSize: countRecords(this.#store, session, query.query), done: true, records: [] };
        }
        const records =
            query.kind === 'aggregate' ? this.#aggregate(session, query) : this.#records(session, query, version);
        if (records.length <= pageSize) {
            return { totalSize: records.length, done: true, records };
        }
        const id = `01g${randomBytes(8).toString('hex').slice(0, 15)}`;
        this.#cursors.set(id, { username: session.username, records });
        const [oldest] = this.#cursors.keys();
        if (this.#cursors.size > CURSORS && oldest !== undefined) {
            this.#cursors.delete(oldest);
        }
        return this.#page(id, records, 0, version, pageSize);
    }

    /** `locator` is `<cursor>-<offset>`. */
    more(session: Session, locator: string, version: string, pageSize = PAGE): QueryResult {
        const [id = '', offset = ''] = locator.split('-');
        const cursor = this.#cursors.get(id);
        if (!cursor || cursor.username !== session.username || !/^\d+$/.test(offset)) {
            throw failure('INVALID_QUERY_LOCATOR', 'invalid query locator: run the query again');
        }
        return this.#page(id, cursor.records, Number(offset), version, pageSize);
    }

    #page(id: string, records: readonly unknown[], offset: number, version: string, pageSize: number): QueryResult {
        const end = offset + pageSize;
        const done = end >= records.length;
        return {
            totalSize: records.length,
            done,
            ...(done ? {} : { nextRecordsUrl: `/services/data/${version}/query/${id}-${end}` }),
            records: records.slice(offset, end),
        };
    }

    #aggregate(
        session: Session,
        { query, groupAliases }: Extract<SoqlQuery, { kind: 'aggregate' }>,
    ): readonly RecordJson[] {
        const { groups, figures, rows } = selectAggregate(this.#store, session, query);
        return rows.map(({ values }) => {
            const json: RecordJson = { attributes: { type: 'AggregateResult' } };
            for (const [path, alias] of Object.entries(groupAliases)) {
                const group = groups.find((one) => one.path.toLowerCase() === path.toLowerCase());
                json[alias] = group ? restValue(group.field.kind, values[group.path] ?? null) : null;
            }
            for (const { alias, kind } of figures) {
                json[alias] = restValue(kind, values[alias] ?? null);
            }
            return json;
        });
    }

    #records(
        session: Session,
        { query, children }: Extract<SoqlQuery, { kind: 'records' }>,
        version: string,
    ): readonly RecordJson[] {
        return recordsJson(this.#store, session, query, version).map(({ id, json }) => {
            for (const child of children) {
                const { name, records } = this.#children(session, query.object, id, child, version);
                json[name] = records.length > 0 ? { totalSize: records.length, done: true, records } : null;
            }
            return json;
        });
    }

    #children(
        session: Session,
        parent: string,
        parentId: string,
        child: ChildQuery,
        version: string,
    ): { readonly name: string; readonly records: readonly RecordJson[] } {
        const object = readableObject(this.#store, session, parent);
        const relationship = childRelationships(this.#store.schema, object.name).find(
            (one) => one.name.toLowerCase() === child.relationshipName.toLowerCase(),
        );
        if (!relationship) {
            throw failure(
                'INVALID_TYPE',
                `Didn't understand relationship '${child.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
            );
        }
        const records = recordsJson(
            this.#store,
            session,
            {
                ...child.query,
                object: relationship.child.name,
                where: and(equals(relationship.field.name, parentId), child.query.where),
            },
            version,
        ).map(({ json }) => json);
        return { name: relationship.name, records };
    }
}

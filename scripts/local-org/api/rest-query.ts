import { randomBytes } from 'node:crypto';
import { failure } from '../failure.ts';
import { childRelationships } from '../metadata/schema.ts';
import { parseSoql, type ChildQuery, type SoqlQuery } from '../soql/soql.ts';
import { locating } from '../soql/text.ts';
import { and, type RecordQuery } from '../store/conditions.ts';
import { countRecords, selectAggregate, selectRecords } from '../store/read.ts';
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
/** Cursors of one user, and ids in all cursors together; the oldest go when there are more. The platform keeps ten a user for two days. */
const CURSORS_OF_USER = 10;
const MOST_IDS = 1_000_000;

type Records = Extract<SoqlQuery, { kind: 'records' }>;

/** A long result: which records it has and in what order. Their fields are read when their page is asked for. */
interface Cursor {
    readonly username: string;
    readonly query: Records;
    readonly ids: readonly string[];
}

/** `/query`: SOQL, with the rest of a long result behind `nextRecordsUrl`. */
export class QueryApi {
    readonly #store: OrgStore;
    /** The oldest first. */
    readonly #cursors = new Map<string, Cursor>();

    constructor(store: OrgStore) {
        this.#store = store;
    }

    run(session: Session, soql: string, version: string, pageSize = PAGE): QueryResult {
        return locating(soql, () => {
            const query = parseSoql(soql);
            switch (query.kind) {
                case 'count': {
                    const count = countRecords(this.#store, session, query.query);
                    return { totalSize: Math.min(count, query.query.limit ?? count), done: true, records: [] };
                }
                case 'aggregate':
                    return this.#aggregate(session, query);
                case 'records':
                    return this.#first(session, query, version, pageSize);
            }
        });
    }

    /** `locator` is `<cursor>-<offset>`. */
    more(session: Session, locator: string, version: string, pageSize = PAGE): QueryResult {
        const [id = '', offset = ''] = locator.split('-');
        const cursor = this.#cursors.get(id);
        if (!cursor || cursor.username !== session.username || !/^\d+$/.test(offset)) {
            throw failure('INVALID_QUERY_LOCATOR', 'invalid query locator: run the query again');
        }
        const { ids, query } = cursor;
        const start = Number(offset);
        const page = ids.slice(start, start + pageSize);
        const where: RecordQuery['where'] = { kind: 'in', path: 'Id', operands: page };
        const { object, fields } = query.query;
        const found = this.#records(session, { ...query, query: { object, fields, where } }, version);
        const byId = new Map(found.map(({ id: recordId, json }) => [recordId, json]));
        // What was deleted since is left out.
        const records = page.flatMap((recordId) => byId.get(recordId) ?? []);
        return { totalSize: ids.length, records, ...this.#next(id, start + pageSize, ids.length, version) };
    }

    #first(session: Session, query: Records, version: string, pageSize: number): QueryResult {
        const { limit = Infinity } = query.query;
        const first = { ...query.query, limit: Math.min(limit, pageSize + 1) };
        const found = this.#records(session, { ...query, query: first }, version).map(({ json }) => json);
        if (found.length <= pageSize) {
            return { totalSize: found.length, done: true, records: found };
        }
        const { rows } = selectRecords(this.#store, session, { ...query.query, fields: ['Id'] });
        const ids = rows.map((row) => String(row.values['Id']));
        const id = `01g${randomBytes(8).toString('hex').slice(0, 15)}`;
        this.#cursors.set(id, { username: session.username, query, ids });
        this.#dropOldest(session.username);
        return {
            totalSize: ids.length,
            records: found.slice(0, pageSize),
            ...this.#next(id, pageSize, ids.length, version),
        };
    }

    #next(id: string, end: number, total: number, version: string): { done: boolean; nextRecordsUrl?: string } {
        return end >= total
            ? { done: true }
            : { done: false, nextRecordsUrl: `/services/data/${version}/query/${id}-${end}` };
    }

    #dropOldest(username: string): void {
        const ofUser = [...this.#cursors].filter(([, cursor]) => cursor.username === username);
        for (const [id] of ofUser.slice(0, Math.max(0, ofUser.length - CURSORS_OF_USER))) {
            this.#cursors.delete(id);
        }
        let kept = [...this.#cursors.values()].reduce((sum, cursor) => sum + cursor.ids.length, 0);
        for (const [id, cursor] of [...this.#cursors].slice(0, -1)) {
            if (kept <= MOST_IDS) {
                return;
            }
            this.#cursors.delete(id);
            kept -= cursor.ids.length;
        }
    }

    #aggregate(session: Session, { query, output }: Extract<SoqlQuery, { kind: 'aggregate' }>): QueryResult {
        const { groups, figures, rows } = selectAggregate(this.#store, session, query);
        if (rows.length > PAGE) {
            throw failure(
                'EXCEEDED_ID_LIMIT',
                'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
            );
        }
        const columns = output.map(({ alias, group }) => ({
            alias,
            column:
                group === null
                    ? figures.find((figure) => figure.alias === alias)
                    : groups.find((one) => one.path.toLowerCase() === group.toLowerCase()),
            key: group === null ? alias : null,
        }));
        const records = rows.map(({ values }) => {
            const json: RecordJson = { attributes: { type: 'AggregateResult' } };
            for (const { alias, column, key } of columns) {
                json[alias] = column ? restValue(column.field.kind, values[key ?? column.path] ?? null) : null;
            }
            return json;
        });
        return { totalSize: records.length, done: true, records };
    }

    #records(
        session: Session,
        { query, children }: Records,
        version: string,
    ): readonly { readonly id: string; readonly json: RecordJson }[] {
        const records = recordsJson(this.#store, session, query, version);
        const ids = records.map(({ id }) => id);
        for (const child of children) {
            const { name, byParent } = this.#children(session, query.object, ids, child, version);
            for (const { id, json } of records) {
                const list = byParent.get(id);
                json[name] = list ? { totalSize: list.length, done: true, records: list } : null;
            }
        }
        return records;
    }

    /** The children of all these parents, in one query. */
    #children(
        session: Session,
        parent: string,
        parentIds: readonly string[],
        child: ChildQuery,
        version: string,
    ): { readonly name: string; readonly byParent: ReadonlyMap<string, readonly RecordJson[]> } {
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
        const lookup = relationship.field.name;
        const query: RecordQuery = {
            ...child.query,
            object: relationship.child.name,
            where: and({ kind: 'in', path: lookup, operands: parentIds }, child.query.where),
            perParent: lookup,
        };
        const byParent = new Map<string, RecordJson[]>();
        for (const { extra, json } of recordsJson(this.#store, session, query, version, [lookup])) {
            const parentId = String(extra[0]);
            const list = byParent.get(parentId);
            if (list) {
                list.push(json);
            } else {
                byParent.set(parentId, [json]);
            }
        }
        return { name: relationship.name, byParent };
    }
}

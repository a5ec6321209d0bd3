import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import type { Field } from '../metadata/schema.ts';
import type { AggregateFunction, AggregateQuery, RecordQuery } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { quoted, rows, scalar } from './database.ts';
import { Select, type Column } from './select.ts';
import type { Session } from './session.ts';
import { fromStored, isNumber, type Stored } from './values.ts';

export interface Row {
    /** By canonical path. */
    readonly values: Readonly<Record<string, Value>>;
}

/** The SELECT for rows that match, in order; its columns are exactly the fields asked for. */
export function recordSelect(
    context: StoreContext,
    session: Session,
    query: RecordQuery,
): { readonly columns: readonly Column[]; readonly sql: string; readonly params: readonly Stored[] } {
    const select = new Select(context, session, query.object);
    const columns = query.fields.map((path) => select.column(path));
    const params: Stored[] = [];
    const where = select.where(query.where, params);
    const order = select.orderBy(query.orderBy, params) || `ORDER BY ${select.alias}."Id"`;
    const sql = [
        `SELECT ${columns.map((column) => column.sql).join(', ') || '1'}`,
        select.from(),
        where,
        // The id makes pages stable when the order leaves ties.
        query.orderBy?.length ? `${order}, ${select.alias}."Id"` : order,
        `LIMIT ${query.limit ?? -1} OFFSET ${query.offset ?? 0}`,
    ].join(' ');
    return { columns, sql, params };
}

/** Rows that match, in order, with exactly the fields asked for (canonical paths). */
export function selectRecords(
    context: StoreContext,
    session: Session,
    query: RecordQuery,
): { readonly columns: readonly Column[]; readonly rows: readonly Row[] } {
    const { columns, sql, params } = recordSelect(context, session, query);
    const found = rows(context.db, sql, ...params).map((row) => ({
        values: Object.fromEntries(
            columns.map((column, index) => [column.path, fromStored(column.field.kind, row[index])]),
        ),
    }));
    return { columns, rows: found };
}

export function countRecords(context: StoreContext, session: Session, query: Omit<RecordQuery, 'fields'>): number {
    const select = new Select(context, session, query.object);
    const params: Stored[] = [];
    const where = select.where(query.where, params);
    return Number(scalar(context.db, `SELECT COUNT(*) ${select.from()} ${where}`, ...params));
}

/** Groups with their figures; keys are canonical paths and the functions' aliases. */
export function selectAggregate(
    context: StoreContext,
    session: Session,
    query: AggregateQuery,
): {
    readonly groups: readonly Column[];
    readonly figures: readonly { readonly alias: string; readonly kind: Field['kind'] }[];
    readonly rows: readonly Row[];
} {
    const select = new Select(context, session, query.object);
    const groups = query.groupBy.map((path) => select.column(path));
    const figures = query.functions.map((one) => ({ ...one, ...aggregate(select, one) }));
    const params: Stored[] = [];
    const where = select.where(query.where, params);
    const order = select.orderBy(query.orderBy, params, new Set(query.functions.map((one) => one.alias)));
    const sql = [
        `SELECT ${[
            ...groups.map((group) => group.sql),
            ...figures.map((figure) => `${figure.sql} AS ${quoted(figure.alias)}`),
        ].join(', ')}`,
        select.from(),
        where,
        groups.length > 0 ? `GROUP BY ${groups.map((group) => group.sql).join(', ')}` : '',
        order,
        `LIMIT ${query.limit ?? -1}`,
    ].join(' ');
    const found = rows(context.db, sql, ...params).map((row) => ({
        values: Object.fromEntries([
            ...groups.map((group, index) => [group.path, fromStored(group.field.kind, row[index])] as const),
            ...figures.map(
                (figure, index) => [figure.alias, fromStored(figure.kind, row[groups.length + index])] as const,
            ),
        ]),
    }));
    return { groups, figures, rows: found };
}

function aggregate(select: Select, { name, path }: AggregateFunction): { sql: string; kind: Field['kind'] } {
    if (path === null) {
        return { sql: 'COUNT(*)', kind: 'Number' };
    }
    const column = select.column(path);
    switch (name) {
        case 'count':
            return { sql: `COUNT(${column.sql})`, kind: 'Number' };
        case 'count_distinct':
            return { sql: `COUNT(DISTINCT ${column.sql})`, kind: 'Number' };
        case 'sum':
        case 'avg':
            if (!isNumber(column.field.kind)) {
                throw failure(
                    'INVALID_FIELD',
                    `field ${column.field.name} does not support aggregate operator ${name.toUpperCase()}`,
                );
            }
            return { sql: `${name.toUpperCase()}(${column.sql})`, kind: column.field.kind };
        case 'min':
        case 'max':
            return { sql: `${name.toUpperCase()}(${column.sql})`, kind: column.field.kind };
    }
}

import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import type { Field } from '../metadata/schema.ts';
import type { AggregateFunction, AggregateQuery, RecordQuery } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { rows, scalar } from './database.ts';
import { isAggregatable, isGroupable } from './field-traits.ts';
import { Select, type Column } from './select.ts';
import type { Session } from './session.ts';
import { fromStored, isNumber, isReferenceKind, type Stored } from './values.ts';
import { ConditionSql } from './where.ts';

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
    const orderParams: Stored[] = [];
    // The id makes pages stable when the order leaves ties.
    const order = ['ORDER BY', select.order(query.orderBy ?? [], orderParams), `${select.alias}."Id"`].join(' ');
    const parent = query.perParent === undefined ? null : select.column(query.perParent).sql;
    const { limit, offset = 0 } = query;
    if (parent !== null && (limit !== undefined || offset > 0)) {
        const inner = columns.map((column, index) => `${column.sql} AS c${index}`);
        const rank = `ROW_NUMBER() OVER (PARTITION BY ${parent} ${order}) AS rank`;
        const last = limit === undefined ? Number.MAX_SAFE_INTEGER : offset + limit;
        return {
            columns,
            sql: `SELECT ${columns.map((_column, index) => `c${index}`).join(', ')} FROM (SELECT ${[...inner, rank].join(', ')} ${select.from()} ${where}) WHERE rank > ? AND rank <= ? ORDER BY rank`,
            params: [...orderParams, ...params, offset, last],
        };
    }
    const sql = [
        `SELECT ${columns.map((column) => column.sql).join(', ') || '1'}`,
        select.from(),
        where,
        order,
        `LIMIT ${limit ?? -1} OFFSET ${offset}`,
    ].join(' ');
    return { columns, sql, params: [...params, ...orderParams] };
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

/** A function's result as a column: what HAVING compares it with follows its kind. */
interface Figure extends Column {
    readonly alias: string;
    readonly kind: Field['kind'];
}

/** Groups with their figures; keys are canonical paths and the functions' aliases. */
export function selectAggregate(
    context: StoreContext,
    session: Session,
    query: AggregateQuery,
): { readonly groups: readonly Column[]; readonly figures: readonly Figure[]; readonly rows: readonly Row[] } {
    const select = new Select(context, session, query.object);
    const groups = query.groupBy.map((path) => groupColumn(select, path));
    const figures = query.functions.map((one) => figureOf(select, one));
    const params: Stored[] = [];
    const where = select.where(query.where, params);
    const column = (path: string): Column => {
        const found = figures.find((figure) => figure.alias === path) ?? groups.find((group) => sameField(group, path));
        if (!found) {
            // An unknown field is told from one that is there but not grouped.
            throw failure('MALFORMED_QUERY', `Field must be grouped or aggregated: ${select.column(path).path}`);
        }
        return found;
    };
    const having = query.having
        ? `HAVING ${new ConditionSql(context, session, { alias: select.alias, column }, params).of(query.having)}`
        : '';
    const order = select.order(query.orderBy ?? [], params, column);
    const sql = [
        `SELECT ${[...groups, ...figures].map((one) => one.sql).join(', ')}`,
        select.from(),
        where,
        groups.length > 0 ? `GROUP BY ${groups.map((group) => group.sql).join(', ')}` : '',
        having,
        order === '' ? '' : `ORDER BY ${order.replace(/, $/, '')}`,
        `LIMIT ${query.limit ?? -1} OFFSET ${query.offset ?? 0}`,
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

const sameField = (column: Column, path: string): boolean => column.path.toLowerCase() === path.toLowerCase();

function groupColumn(select: Select, path: string): Column {
    const column = select.column(path);
    if (!isGroupable(column.field)) {
        throw failure('INVALID_FIELD', `field '${column.field.name}' can not be grouped in a query call`);
    }
    return column;
}

function figureOf(select: Select, { name, path, alias }: AggregateFunction): Figure {
    const id = select.column('Id');
    const counted = (sql: string): Figure => ({
        ...id,
        field: { ...id.field, name: alias, kind: 'Number' },
        sql,
        alias,
        kind: 'Number',
    });
    if (path === null) {
        return counted('COUNT(*)');
    }
    const column = select.column(path);
    const { kind } = column.field;
    const numbersOnly = name === 'sum' || name === 'avg';
    const noOrder = (name === 'min' || name === 'max') && (kind === 'Id' || isReferenceKind(kind));
    if (!isAggregatable(column.field) || (numbersOnly && !isNumber(kind)) || noOrder) {
        throw failure(
            'MALFORMED_QUERY',
            `field ${column.field.name} does not support aggregate operator ${name.toUpperCase()}`,
        );
    }
    if (name === 'count' || name === 'count_distinct') {
        return counted(`COUNT(${name === 'count' ? '' : 'DISTINCT '}${column.sql})`);
    }
    return { ...column, sql: `${name.toUpperCase()}(${column.sql})`, alias, kind };
}

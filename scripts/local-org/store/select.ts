import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import { findField, findObject, findRelationship, type Field, type ObjectType } from '../metadata/schema.ts';
import {
    isDateLiteral,
    type AggregateFunction,
    type AggregateQuery,
    type Condition,
    type DateLiteral,
    type Operand,
    type OrderBy,
    type RecordQuery,
} from './conditions.ts';
import type { StoreContext } from './context.ts';
import { collation, quoted } from './database.ts';
import { dayAt, dayRange, startOfDay } from './days.ts';
import { canonicalId } from './ids.ts';
import type { Session } from './session.ts';
import { visibleRows } from './sharing.ts';
import { fromStored, isNumber, isReferenceKind, isText, toSecond, toStored, type Stored } from './values.ts';

/** A field path found in the schema, as SQL. */
export interface Column {
    /** Canonical spelling. */
    readonly path: string;
    readonly object: ObjectType;
    readonly field: Field;
    readonly sql: string;
}

export interface Row {
    /** By canonical path. */
    readonly values: Readonly<Record<string, Value>>;
}

/** Finds an object that the user may read; INVALID_TYPE otherwise, in the platform's words. */
export function readableObject(context: StoreContext, session: Session, name: string): ObjectType {
    const object = findObject(context.schema, name);
    if (!object || !session.access.rights(object).read) {
        throw failure(
            'INVALID_TYPE',
            `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
        );
    }
    return object;
}

/** Builds one SELECT over an object: joins for lookup paths, functions for formula fields, the user's permissions and sharing in every part. */
export class Select {
    readonly object: ObjectType;
    readonly #context: StoreContext;
    readonly #session: Session;
    readonly #alias: string;
    readonly #joins = new Map<string, { readonly alias: string; readonly object: ObjectType; readonly sql: string }>();

    constructor(context: StoreContext, session: Session, objectName: string, alias = 't') {
        this.#context = context;
        this.#session = session;
        this.object = readableObject(context, session, objectName);
        this.#alias = alias;
    }

    /** Throws INVALID_FIELD for what does not exist or the user may not read: the platform does not tell them apart. */
    column(path: string): Column {
        return this.#column(path, this.object, this.#alias, '', true);
    }

    #column(path: string, from: ObjectType, alias: string, prefix: string, secured: boolean): Column {
        const dot = path.indexOf('.');
        if (dot < 0) {
            const field = findField(from, path);
            if (!field || (secured && !this.#session.access.readsField(from, field))) {
                throw noSuchColumn(path, from);
            }
            return {
                path: prefix + field.name,
                object: from,
                field,
                sql: this.#expression(from, field, alias, prefix),
            };
        }
        const name = path.slice(0, dot);
        const through = findRelationship(from, name);
        const relation = through?.reference;
        if (!through || !relation?.relationshipName || (secured && !this.#session.access.readsField(from, through))) {
            throw failure(
                'INVALID_FIELD',
                `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
            );
        }
        const target = this.#context.schema.objects.get(relation.to);
        if (!target || (secured && !this.#session.access.rights(target).read)) {
            throw noSuchColumn(path, from);
        }
        const nextPrefix = `${prefix}${relation.relationshipName}.`;
        const join = this.#join(nextPrefix, target, alias, through);
        return this.#column(path.slice(dot + 1), target, join, nextPrefix, secured);
    }

    #join(prefix: string, target: ObjectType, alias: string, through: Field): string {
        let join = this.#joins.get(prefix);
        if (!join) {
            const name = `${this.#alias}_${this.#joins.size + 1}`;
            join = {
                alias: name,
                object: target,
                sql: `LEFT JOIN ${quoted(target.name)} ${name} ON ${name}."Id" = ${alias}.${quoted(through.name)}`,
            };
            this.#joins.set(prefix, join);
        }
        return join.alias;
    }

    #expression(object: ObjectType, field: Field, alias: string, prefix: string): string {
        if (!field.formula) {
            return `${alias}.${quoted(field.name)}`;
        }
        const formula = this.#context.formulas.field(object, field);
        // A formula may look at fields that its reader may not see.
        const given = formula.arguments.map((path) => this.#column(path, object, alias, prefix, false).sql);
        return `${formula.functionName}(${given.join(', ')})`;
    }

    from(): string {
        return [
            `FROM ${quoted(this.object.name)} ${this.#alias}`,
            ...[...this.#joins.values()].map((join) => join.sql),
        ].join(' ');
    }

    /** WHERE with sharing; '' when nothing restricts. */
    where(condition: Condition | undefined, params: Stored[]): string {
        const parts: string[] = [];
        const visible = visibleRows(this.#context, this.#session, this.object, this.#alias);
        if (visible) {
            parts.push(visible.sql);
            params.push(...visible.params);
        }
        if (condition) {
            parts.push(this.#condition(condition, params));
        }
        return parts.length === 0 ? '' : `WHERE ${parts.map((part) => `(${part})`).join(' AND ')}`;
    }

    #condition(condition: Condition, params: Stored[]): string {
        switch (condition.kind) {
            case 'and':
            case 'or':
                return condition.parts.length === 0
                    ? condition.kind === 'and'
                        ? '1'
                        : '0'
                    : condition.parts
                          .map((part) => `(${this.#condition(part, params)})`)
                          .join(condition.kind === 'and' ? ' AND ' : ' OR ');
            case 'not':
                // A comparison with a blank is false to the platform, so NOT of it is true; SQL would say unknown.
                return `NOT IFNULL((${this.#condition(condition.part, params)}), 0)`;
            case 'compare':
                return this.#compare(condition, params);
            case 'like': {
                const column = this.#filterable(condition.path);
                params.push(condition.pattern);
                return `${column.sql} LIKE ? ESCAPE '\\'`;
            }
            case 'in':
                return this.#in(condition.path, condition.operands, params);
            case 'inQuery':
                return this.#inQuery(condition.path, condition.query, params);
            case 'includes': {
                const column = this.#filterable(condition.path);
                return condition.choices
                    .map((choice) =>
                        choice
                            .map((value) => {
                                params.push(value);
                                return `instr(';' || IFNULL(${column.sql}, '') || ';', ';' || ? || ';') > 0`;
                            })
                            .join(' AND '),
                    )
                    .map((choice) => `(${choice})`)
                    .join(' OR ');
            }
        }
    }

    #filterable(path: string): Column {
        const column = this.column(path);
        if (column.field.kind === 'LongTextArea') {
            throw failure('INVALID_FIELD', `field '${column.field.name}' can not be filtered in a query call`);
        }
        return column;
    }

    #compare(condition: Extract<Condition, { kind: 'compare' }>, params: Stored[]): string {
        const column = this.#filterable(condition.path);
        if (isDateLiteral(condition.operand)) {
            return this.#compareRange(column, condition.operator, condition.operand, params);
        }
        const stored = this.operand(column.field, condition.operand);
        if (stored === null) {
            if (condition.operator !== '=' && condition.operator !== '!=') {
                throw failure(
                    'INVALID_QUERY_FILTER_OPERATOR',
                    `${column.path}: null can only be compared with = and !=.`,
                );
            }
            return `${column.sql} IS ${condition.operator === '=' ? '' : 'NOT '}NULL`;
        }
        params.push(stored);
        const collate = isText(column.field.kind) ? collation(column.field) || ' COLLATE BINARY' : '';
        return condition.operator === '!='
            ? `${column.sql} IS NOT ?${collate}`
            : `${column.sql} ${condition.operator} ?${collate}`;
    }

    #compareRange(column: Column, operator: string, literal: DateLiteral, params: Stored[]): string {
        if (column.field.kind !== 'Date' && column.field.kind !== 'DateTime') {
            throw failure('INVALID_FIELD', `${column.path} is no date; it cannot be compared with ${literal.literal}.`);
        }
        const zone = this.#session.timeZone;
        const range = dayRange(literal, dayAt(this.#context.now(), zone));
        const bound = (day: string): string => (column.field.kind === 'Date' ? day : startOfDay(day, zone));
        const { sql } = column;
        switch (operator) {
            case '=':
                params.push(bound(range.from), bound(range.to));
                return `${sql} >= ? AND ${sql} < ?`;
            case '!=':
                params.push(bound(range.from), bound(range.to));
                return `${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?`;
            case '<':
            case '>=':
                params.push(bound(range.from));
                return `${sql} ${operator} ?`;
            default:
                params.push(bound(range.to));
                return `${sql} ${operator === '>' ? '>=' : '<'} ?`;
        }
    }

    #in(path: string, operands: readonly Operand[], params: Stored[]): string {
        const column = this.#filterable(path);
        const values = operands.map((operand) => {
            if (isDateLiteral(operand)) {
                throw failure('MALFORMED_QUERY', `${column.path}: date literals cannot stand in a list.`);
            }
            return this.operand(column.field, operand);
        });
        const present = values.filter((value) => value !== null);
        const parts: string[] = [];
        if (present.length > 0) {
            // One parameter however long the list: SQLite limits their number.
            params.push(JSON.stringify(present));
            const collate = isText(column.field.kind) ? collation(column.field) : '';
            parts.push(`${column.sql}${collate} IN (SELECT value FROM json_each(?))`);
        }
        if (present.length < values.length) {
            parts.push(`${column.sql} IS NULL`);
        }
        return parts.length === 0 ? '0' : parts.join(' OR ');
    }

    #inQuery(path: string, query: RecordQuery, params: Stored[]): string {
        const column = this.#filterable(path);
        const inner = new Select(this.#context, this.#session, query.object, `${this.#alias}s`);
        const [only, ...more] = query.fields;
        if (only === undefined || more.length > 0) {
            throw failure('MALFORMED_QUERY', 'A query after IN selects exactly one field.');
        }
        const selected = inner.column(only).sql;
        const where = inner.where(query.where, params);
        return `${column.sql} IN (SELECT ${selected} ${inner.from()} ${where})`;
    }

    /** A filter value as SQLite compares it; refused when it is of another type than the field. */
    operand(field: Field, value: Value): Stored {
        if (value === null || value === '') {
            return null;
        }
        const refuse = (type: string): never => {
            throw failure(
                'INVALID_FIELD',
                `value of filter criterion for field '${field.name}' must be of type ${type}${typeof value === 'string' ? ' and should not be enclosed in quotes' : ''}`,
            );
        };
        if (isNumber(field.kind)) {
            return typeof value === 'number' ? value : refuse('double');
        }
        if (field.kind === 'Checkbox') {
            return typeof value === 'boolean' ? toStored(value) : refuse('boolean');
        }
        if (typeof value !== 'string') {
            return refuse('string');
        }
        if (field.kind === 'Date') {
            return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : refuse('date');
        }
        if (field.kind === 'DateTime') {
            const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : NaN;
            return Number.isFinite(time) ? toSecond(new Date(time).toISOString()) : refuse('dateTime');
        }
        if (field.kind === 'Id' || isReferenceKind(field.kind)) {
            const id = canonicalId(value);
            if (!id) {
                throw failure('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value}`);
            }
            return id;
        }
        return value;
    }

    orderBy(
        orders: readonly OrderBy[] | undefined,
        params: Stored[],
        aliases: ReadonlySet<string> = new Set(),
    ): string {
        const parts = (orders ?? []).map((order) => {
            const nulls = `NULLS ${order.nullsLast ? 'LAST' : 'FIRST'}`;
            const direction = order.descending ? 'DESC' : 'ASC';
            if (aliases.has(order.path)) {
                return `${quoted(order.path)} ${direction} ${nulls}`;
            }
            return `${this.#orderExpression(order.path, params)} ${direction} ${nulls}`;
        });
        return parts.length === 0 ? '' : `ORDER BY ${parts.join(', ')}`;
    }

    #orderExpression(path: string, params: Stored[]): string {
        const column = this.column(path);
        const { field, sql } = column;
        if (field.kind === 'LongTextArea' || field.kind === 'MultiselectPicklist') {
            throw failure('INVALID_FIELD', `field '${field.name}' can not be sorted in a query call`);
        }
        if (field.kind === 'Picklist' && field.picklist.length > 0) {
            // Picklists sort by the order of their values, not by the alphabet.
            const whens = field.picklist.map((option, index) => {
                params.push(option.value);
                return `WHEN ? THEN ${index}`;
            });
            return `CASE ${sql} ${whens.join(' ')} WHEN NULL THEN NULL ELSE ${field.picklist.length} END`;
        }
        return isText(field.kind) ? `${sql}${collation(field)}` : sql;
    }

    get alias(): string {
        return this.#alias;
    }
}

function noSuchColumn(path: string, object: ObjectType): Error {
    return failure(
        'INVALID_FIELD',
        `No such column '${path}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
}

/** Rows that match, in order, with exactly the fields asked for (canonical paths). */
export function selectRecords(
    context: StoreContext,
    session: Session,
    query: RecordQuery,
): { readonly columns: readonly Column[]; readonly rows: readonly Row[] } {
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
    const rows = context.db
        .prepare<Stored[], unknown[]>(sql)
        .raw()
        .all(...params)
        .map((row) => ({
            values: Object.fromEntries(
                columns.map((column, index) => [column.path, fromStored(column.field.kind, row[index])]),
            ),
        }));
    return { columns, rows };
}

export function countRecords(context: StoreContext, session: Session, query: Omit<RecordQuery, 'fields'>): number {
    const select = new Select(context, session, query.object);
    const params: Stored[] = [];
    const where = select.where(query.where, params);
    const sql = `SELECT COUNT(*) ${select.from()} ${where}`;
    return (
        context.db
            .prepare<Stored[], number>(sql)
            .pluck()
            .get(...params) ?? 0
    );
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
    const rows = context.db
        .prepare<Stored[], unknown[]>(sql)
        .raw()
        .all(...params)
        .map((row) => ({
            values: Object.fromEntries([
                ...groups.map((group, index) => [group.path, fromStored(group.field.kind, row[index])] as const),
                ...figures.map(
                    (figure, index) => [figure.alias, fromStored(figure.kind, row[groups.length + index])] as const,
                ),
            ]),
        }));
    return { groups, figures, rows };
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

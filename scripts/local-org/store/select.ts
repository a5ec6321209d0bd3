import { failure } from '../failure.ts';
import { findField, findObject, findRelationship, type Field, type ObjectType } from '../metadata/schema.ts';
import type { Condition, OrderBy } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { collation, quoted } from './database.ts';
import { isSortable } from './field-traits.ts';
import type { Session } from './session.ts';
import { visibleRows } from './sharing.ts';
import { isText, type Stored } from './values.ts';
import { ConditionSql } from './where.ts';

/** Most relationships in a path, and most of them in a query: the platform's limits. */
const DEEPEST_PATH = 5;
const MOST_JOINS = 55;

/** A field path found in the schema, as SQL. */
export interface Column {
    /** Canonical spelling. */
    readonly path: string;
    readonly object: ObjectType;
    readonly field: Field;
    readonly sql: string;
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
        if (path.split('.').length > DEEPEST_PATH + 1) {
            // The words are a guess.
            throw failure('INVALID_FIELD', `'${path}' goes through more than ${DEEPEST_PATH} relationships.`);
        }
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
            if (this.#joins.size === MOST_JOINS) {
                throw failure(
                    'QUERY_TOO_COMPLICATED',
                    'Query is either selecting too many fields or the filter conditions are too complicated.',
                );
            }
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
        return `FROM ${quoted(this.object.name)} ${this.#alias} ${this.joins()}`;
    }

    /** The joins for lookup paths that columns went through. */
    joins(): string {
        return [...this.#joins.values()].map((join) => join.sql).join(' ');
    }

    /** The condition of sharing; null when nothing restricts. */
    visible(params: Stored[]): string | null {
        const visible = visibleRows(this.#context, this.#session, this.object, this.#alias);
        params.push(...(visible?.params ?? []));
        return visible?.sql ?? null;
    }

    /** WHERE with sharing; '' when nothing restricts. */
    where(condition: Condition | undefined, params: Stored[]): string {
        const parts: string[] = [];
        const visible = this.visible(params);
        if (visible !== null) {
            parts.push(visible);
        }
        if (condition) {
            parts.push(new ConditionSql(this.#context, this.#session, this, params).of(condition));
        }
        return parts.length === 0 ? '' : `WHERE ${parts.map((part) => `(${part})`).join(' AND ')}`;
    }

    /** `a ASC NULLS FIRST, ` and so on, a comma after each; '' for no orders. `columnOf` finds what stands behind a path. */
    order(
        orders: readonly OrderBy[],
        params: Stored[],
        columnOf: (path: string) => Column = (path) => this.column(path),
    ): string {
        return orders
            .map(({ path, descending, nullsLast }) => {
                const sql = orderExpression(columnOf(path), params);
                return `${sql} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}, `;
            })
            .join('');
    }

    get alias(): string {
        return this.#alias;
    }
}

function orderExpression({ field, sql }: Column, params: Stored[]): string {
    if (!isSortable(field)) {
        throw failure('INVALID_FIELD', `field '${field.name}' can not be sorted in a query call`);
    }
    if (field.kind === 'Picklist' && field.picklist.length > 0) {
        // Picklists sort by the order of their values, not by the alphabet.
        const whens = field.picklist.map((option, index) => {
            params.push(option.value);
            return `WHEN ? THEN ${index}`;
        });
        return `CASE WHEN ${sql} IS NULL THEN NULL ELSE CASE ${sql} ${whens.join(' ')} ELSE ${whens.length} END END`;
    }
    return isText(field.kind) ? `${sql}${collation(field)}` : sql;
}

function noSuchColumn(path: string, object: ObjectType): Error {
    return failure(
        'INVALID_FIELD',
        `No such column '${path}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
}

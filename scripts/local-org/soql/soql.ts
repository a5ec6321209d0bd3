import {
    parseQuery,
    type FieldType,
    type OrderByClause,
    type Query,
    type Subquery,
} from '@jetstreamapp/soql-parser-js';
import { failure } from '../failure.ts';
import type { AggregateFunction, AggregateQuery, OrderBy, RecordQuery } from '../store/conditions.ts';
import { whereCondition } from './where.ts';

/** A SOQL query as the store runs it. */
export type SoqlQuery =
    | { readonly kind: 'count'; readonly query: Omit<RecordQuery, 'fields'> }
    | {
          readonly kind: 'aggregate';
          readonly query: AggregateQuery;
          readonly groupAliases: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'records'; readonly query: RecordQuery; readonly children: readonly ChildQuery[] };

/** `(SELECT … FROM Contacts)`. `object` of the inner query is the relationship's name. */
export interface ChildQuery {
    readonly relationshipName: string;
    readonly query: RecordQuery;
}

const AGGREGATES = {
    COUNT: 'count',
    COUNT_DISTINCT: 'count_distinct',
    SUM: 'sum',
    MIN: 'min',
    MAX: 'max',
    AVG: 'avg',
} as const;

/** Parses SOQL. Throws MALFORMED_QUERY for what does not parse and for clauses that the local org does not support. */
export function parseSoql(text: string): SoqlQuery {
    let parsed: Query;
    try {
        parsed = parseQuery(text, { allowApexBindVariables: false });
    } catch (error) {
        throw failure('MALFORMED_QUERY', error instanceof Error ? error.message : String(error));
    }
    refuseUnsupported(parsed);
    const object = parsed.sObject ?? '';
    const fields = parsed.fields ?? [];
    const functions = fields.filter((field) => field.type === 'FieldFunctionExpression');
    const [only] = functions;
    if (only?.functionName.toUpperCase() === 'COUNT' && only.parameters.length === 0 && fields.length === 1) {
        return { kind: 'count', query: { object, where: whereOf(parsed), limit: parsed.limit } };
    }
    return functions.length > 0 || parsed.groupBy ? aggregateOf(parsed, object) : recordsOf(parsed, object);
}

function refuseUnsupported(query: Query | Subquery): void {
    const refused = [
        query.having && 'HAVING',
        query.usingScope && 'USING SCOPE',
        query.withDataCategory && 'WITH DATA CATEGORY',
        query.for && `FOR ${query.for}`,
        query.update && `UPDATE ${query.update}`,
    ].find((clause) => typeof clause === 'string');
    if (refused) {
        throw failure('MALFORMED_QUERY', `The local org does not support ${refused} in SOQL.`);
    }
}

function recordsOf(parsed: Query, object: string): SoqlQuery {
    const children: ChildQuery[] = [];
    const fields: string[] = [];
    for (const field of parsed.fields ?? []) {
        if (field.type === 'FieldSubquery') {
            const { subquery } = field;
            refuseUnsupported(subquery);
            children.push({
                relationshipName: subquery.relationshipName,
                query: queryOf(subquery, subquery.relationshipName),
            });
        } else {
            fields.push(pathOf(field));
        }
    }
    return { kind: 'records', query: { ...queryOf(parsed, object), fields }, children };
}

function queryOf(parsed: Query | Subquery, object: string): RecordQuery {
    return {
        object,
        fields: (parsed.fields ?? []).filter((field) => field.type !== 'FieldSubquery').map(pathOf),
        where: whereOf(parsed),
        orderBy: ordersOf(parsed.orderBy),
        limit: parsed.limit,
        offset: parsed.offset,
    };
}

function whereOf(parsed: Query | Subquery): RecordQuery['where'] {
    return parsed.where && whereCondition(parsed.where, (query) => queryOf(query, query.sObject ?? ''));
}

function pathOf(field: FieldType): string {
    switch (field.type) {
        case 'Field':
            return field.field;
        case 'FieldRelationship':
            return [...field.relationships, field.field].join('.');
        case 'FieldFunctionExpression':
            throw failure(
                'MALFORMED_QUERY',
                `The local org does not support ${field.rawValue ?? field.functionName}; name the fields.`,
            );
        default:
            throw failure('MALFORMED_QUERY', `The local org does not support ${field.type} in SELECT.`);
    }
}

function aggregateOf(parsed: Query, object: string): SoqlQuery {
    const groupBy = asList(parsed.groupBy).map((clause) => {
        if ('fn' in clause) {
            throw failure('MALFORMED_QUERY', `The local org does not group by ${clause.fn.rawValue ?? 'a function'}.`);
        }
        return clause.field;
    });
    const functions: AggregateFunction[] = [];
    const groupAliases: Record<string, string> = {};
    const rawAliases = new Map<string, string>();
    for (const field of parsed.fields ?? []) {
        if (field.type === 'FieldFunctionExpression') {
            const alias = field.alias ?? `expr${functions.filter((one) => one.alias.startsWith('expr')).length}`;
            functions.push(aggregateFunction(field.functionName, field.parameters[0], field.rawValue, alias));
            rawAliases.set((field.rawValue ?? '').toLowerCase(), alias);
        } else {
            const path = pathOf(field);
            if (!groupBy.some((group) => group.toLowerCase() === path.toLowerCase())) {
                throw failure('MALFORMED_QUERY', `Field must be grouped or aggregated: ${path}`);
            }
            const alias = 'alias' in field && field.alias ? field.alias : (path.split('.').at(-1) ?? path);
            groupAliases[path] = alias;
        }
    }
    if (parsed.offset) {
        throw failure('MALFORMED_QUERY', 'The local org does not support OFFSET with GROUP BY.');
    }
    const orderBy = ordersOf(parsed.orderBy, rawAliases);
    return {
        kind: 'aggregate',
        query: { object, groupBy, functions, where: whereOf(parsed), orderBy, limit: parsed.limit },
        groupAliases,
    };
}

function aggregateFunction(
    name: string,
    parameter: unknown,
    raw: string | undefined,
    alias: string,
): AggregateFunction {
    const known = Object.entries(AGGREGATES).find(([key]) => key === name.toUpperCase())?.[1];
    if (!known || (parameter !== undefined && typeof parameter !== 'string')) {
        throw failure('MALFORMED_QUERY', `The local org does not support ${raw ?? name} in SELECT.`);
    }
    return { name: known, path: parameter ?? null, alias };
}

function ordersOf(
    orderBy: OrderByClause | OrderByClause[] | undefined,
    aliases: ReadonlyMap<string, string> = new Map(),
): readonly OrderBy[] {
    return asList(orderBy).map((clause) => {
        const raw = 'fn' in clause ? (clause.fn.rawValue ?? '') : clause.field;
        const path = aliases.get(raw.toLowerCase()) ?? raw;
        if ('fn' in clause && path === raw) {
            throw failure(
                'MALFORMED_QUERY',
                `ORDER BY ${raw}: select it as well, so that the local org can sort by it.`,
            );
        }
        return { path, descending: clause.order === 'DESC', nullsLast: clause.nulls === 'LAST' };
    });
}

function asList<T>(value: T | T[] | undefined): readonly T[] {
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

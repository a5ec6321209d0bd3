import { parseQuery, type Query, type Subquery } from '@jetstreamapp/soql-parser-js';
import { failure } from '../failure.ts';
import type { AggregateQuery, OrderBy, RecordQuery } from '../store/conditions.ts';
import { aggregateOf, type AggregateOutput } from './aggregate.ts';
import { asList, Names, pathOf, sameName } from './names.ts';
import { checkText, unexpected } from './text.ts';
import { whereCondition, type Subqueries } from './where.ts';

/** A SOQL query as the store runs it. */
export type SoqlQuery =
    | { readonly kind: 'count'; readonly query: Omit<RecordQuery, 'fields'> }
    | { readonly kind: 'aggregate'; readonly query: AggregateQuery; readonly output: readonly AggregateOutput[] }
    | { readonly kind: 'records'; readonly query: RecordQuery; readonly children: readonly ChildQuery[] };

/** `(SELECT … FROM Contacts)`. `object` of the inner query is the relationship's name. */
export interface ChildQuery {
    readonly relationshipName: string;
    readonly query: RecordQuery;
}

const MOST_OFFSET = 2000;
const MOST_CHILDREN = 20;

/** Parses SOQL. Throws MALFORMED_QUERY for what does not parse and for clauses that the local org does not support, by their names. */
export function parseSoql(text: string): SoqlQuery {
    checkText(text);
    let parsed: Query;
    try {
        parsed = parseQuery(text, { allowApexBindVariables: false });
    } catch (error) {
        throw unexpected(error instanceof Error ? error.message : String(error));
    }
    checkClauses(parsed);
    const object = parsed.sObject ?? '';
    const names = new Names(parsed.sObjectAlias);
    const fields = parsed.fields ?? [];
    const functions = fields.filter((field) => field.type === 'FieldFunctionExpression');
    const [only] = functions;
    if (only?.functionName.toUpperCase() === 'COUNT' && only.parameters.length === 0 && fields.length === 1) {
        if (parsed.groupBy || parsed.orderBy || parsed.offset !== undefined) {
            throw failure('MALFORMED_QUERY', 'COUNT() takes no GROUP BY, ORDER BY or OFFSET.');
        }
        return {
            kind: 'count',
            query: {
                object,
                where: parsed.where && whereCondition(parsed.where, subqueriesOf(names)),
                limit: parsed.limit,
            },
        };
    }
    if (functions.length > 0 || parsed.groupBy) {
        return { kind: 'aggregate', ...aggregateOf(parsed, object, names, subqueriesOf(names)) };
    }
    const children = fields.flatMap((field) => (field.type === 'FieldSubquery' ? [childOf(field.subquery)] : []));
    if (children.length > MOST_CHILDREN) {
        throw failure('MALFORMED_QUERY', `A query can hold at most ${MOST_CHILDREN} subqueries in SELECT.`);
    }
    return { kind: 'records', query: queryOf(parsed, object, names), children };
}

function childOf(subquery: Subquery): ChildQuery {
    checkClauses(subquery);
    const { relationshipName } = subquery;
    if (subquery.fields?.some((field) => field.type === 'FieldSubquery')) {
        throw failure(
            'MALFORMED_QUERY',
            `The local org does not support subqueries in the subquery ${relationshipName}.`,
        );
    }
    if (subquery.groupBy) {
        throw failure('MALFORMED_QUERY', 'The local org does not support GROUP BY in a subquery.');
    }
    return { relationshipName, query: queryOf(subquery, relationshipName, new Names(subquery.sObjectAlias)) };
}

function checkClauses(query: Query | Subquery): void {
    const refused = [
        query.usingScope && 'USING SCOPE',
        query.withDataCategory && 'WITH DATA CATEGORY',
        query.withSecurityEnforced && 'WITH SECURITY_ENFORCED',
        query.withAccessLevel && `WITH ${query.withAccessLevel}`,
        query.for && `FOR ${query.for}`,
        query.update && `UPDATE ${query.update}`,
    ].find((clause) => typeof clause === 'string');
    if (refused) {
        throw failure('MALFORMED_QUERY', `The local org does not support ${refused} in SOQL.`);
    }
    if ((query.offset ?? 0) > MOST_OFFSET) {
        throw failure('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MOST_OFFSET}`);
    }
}

function queryOf(
    parsed: Query | Subquery,
    object: string,
    names: Names,
    subqueries: Subqueries = subqueriesOf(names),
): RecordQuery {
    const selected = (parsed.fields ?? []).filter((field) => field.type !== 'FieldSubquery');
    const fields = selected.map((field) => pathOf(field, names));
    if (selected.some((field) => 'alias' in field && field.alias)) {
        throw failure('MALFORMED_QUERY', 'only aggregate expressions use field aliasing');
    }
    const twice = fields.find((path, index) => fields.some((other, at) => at < index && sameName(path, other)));
    if (twice !== undefined) {
        throw failure('INVALID_FIELD', `duplicate field selected: ${twice}`);
    }
    return {
        object,
        fields,
        where: parsed.where && whereCondition(parsed.where, subqueries),
        orderBy: ordersOf(parsed, names),
        limit: parsed.limit,
        offset: parsed.offset,
    };
}

function ordersOf(parsed: Query | Subquery, names: Names): readonly OrderBy[] {
    return asList(parsed.orderBy).map((clause) => {
        if ('fn' in clause) {
            throw failure('MALFORMED_QUERY', `The local org does not order by ${clause.fn.rawValue ?? 'a function'}.`);
        }
        return {
            path: names.path(clause.field),
            descending: clause.order === 'DESC',
            nullsLast: clause.nulls === 'LAST',
        };
    });
}

function subqueriesOf(names: Names): Subqueries {
    return {
        names,
        query: (inner) => {
            checkClauses(inner);
            if (inner.orderBy || inner.limit !== undefined || inner.offset !== undefined || inner.groupBy) {
                throw failure('MALFORMED_QUERY', 'Semi join sub-selects take no GROUP BY, ORDER BY, LIMIT or OFFSET.');
            }
            const innerNames = new Names(inner.sObjectAlias);
            const nested: Subqueries = {
                names: innerNames,
                query: () => {
                    throw failure('MALFORMED_QUERY', 'Nesting of semi join sub-selects is not supported');
                },
            };
            const query = queryOf(inner, inner.sObject ?? '', innerNames, nested);
            if (query.fields.length !== 1) {
                throw failure('MALFORMED_QUERY', 'Semi join sub-selects select exactly one field.');
            }
            return query;
        },
    };
}

import type { FieldType, FunctionExp, GroupByClause, OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import { failure } from '../failure.ts';
import type { AggregateFunction, AggregateQuery, OrderBy } from '../store/conditions.ts';
import { asList, pathOf, sameName, type Names } from './names.ts';
import { whereCondition, type Subqueries } from './where.ts';

/** Results of functions and groups by the names that the query gives them, in the order of SELECT. */
export interface AggregateOutput {
    readonly alias: string;
    /** A grouped path; null: the function of this alias. */
    readonly group: string | null;
}

const AGGREGATES = {
    COUNT: 'count',
    COUNT_DISTINCT: 'count_distinct',
    SUM: 'sum',
    MIN: 'min',
    MAX: 'max',
    AVG: 'avg',
} as const;

type FunctionExpression = Extract<FieldType, { type: 'FieldFunctionExpression' }>;

/** Functions by their text, `COUNT(Id)`: HAVING and ORDER BY may name those of SELECT and others. */
class Functions {
    readonly all: AggregateFunction[] = [];
    readonly #names: Names;
    #implied = 0;

    constructor(names: Names) {
        this.#names = names;
    }

    /** Adds a function of SELECT; without an alias it becomes `expr0` and so on. */
    select({ functionName, parameters, alias, rawValue }: FunctionExpression): string {
        return this.#add(functionName, parameters, rawValue, alias ?? `expr${this.#implied++}`);
    }

    /** The alias of a function that HAVING or ORDER BY names. */
    alias({ functionName = '', parameters = [], rawValue }: FunctionExp): string {
        const wanted = this.#function(functionName, parameters, rawValue, '');
        const found = this.all.find((one) => one.name === wanted.name && sameName(one.path, wanted.path));
        return found?.alias ?? this.#add(functionName, parameters, rawValue, `:${this.all.length}`);
    }

    #add(name: string, parameters: readonly unknown[], raw: string | undefined, alias: string): string {
        if (this.all.some((one) => sameName(one.alias, alias))) {
            throw failure('MALFORMED_QUERY', `duplicate alias: ${alias}`);
        }
        this.all.push(this.#function(name, parameters, raw, alias));
        return alias;
    }

    #function(name: string, [path]: readonly unknown[], raw: string | undefined, alias: string): AggregateFunction {
        const known = Object.entries(AGGREGATES).find(([key]) => key === name.toUpperCase())?.[1];
        if (!known || (path !== undefined && typeof path !== 'string') || (path === undefined && known !== 'count')) {
            throw failure('MALFORMED_QUERY', `The local org does not support ${raw ?? name} here.`);
        }
        return { name: known, path: path === undefined ? null : this.#names.path(path), alias };
    }
}

/** A query with GROUP BY or aggregate functions. Throws MALFORMED_QUERY where the platform does. */
export function aggregateOf(
    parsed: Query,
    object: string,
    names: Names,
    subqueries: Subqueries,
): { readonly query: AggregateQuery; readonly output: readonly AggregateOutput[] } {
    const groupBy = asList(parsed.groupBy).map((clause) => groupPath(clause, names));
    const functions = new Functions(names);
    const output = (parsed.fields ?? []).map((field): AggregateOutput => {
        if (field.type === 'FieldFunctionExpression') {
            return { alias: functions.select(field), group: null };
        }
        const path = pathOf(field, names);
        if (!groupBy.some((group) => sameName(group, path))) {
            throw failure('MALFORMED_QUERY', `Field must be grouped or aggregated: ${path}`);
        }
        const alias = 'alias' in field && field.alias ? field.alias : (path.split('.').at(-1) ?? path);
        return { alias, group: path };
    });
    if (groupBy.length === 0 && parsed.limit !== undefined) {
        throw failure(
            'MALFORMED_QUERY',
            'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
        );
    }
    const inHaving: Subqueries = {
        names,
        query: () => {
            throw failure('MALFORMED_QUERY', 'Semi-joins are only supported in WHERE clauses');
        },
        functionPath: (fn) => functions.alias(fn),
    };
    return {
        query: {
            object,
            groupBy,
            where: parsed.where && whereCondition(parsed.where, subqueries),
            having: parsed.having && whereCondition(parsed.having, inHaving),
            orderBy: ordersOf(parsed.orderBy, groupBy, functions, names),
            functions: functions.all,
            limit: parsed.limit,
            offset: parsed.offset,
        },
        output,
    };
}

function groupPath(clause: GroupByClause, names: Names): string {
    if ('fn' in clause) {
        throw failure('MALFORMED_QUERY', `The local org does not group by ${clause.fn.rawValue ?? 'a function'}.`);
    }
    return names.path(clause.field);
}

function ordersOf(
    orderBy: OrderByClause | OrderByClause[] | undefined,
    groupBy: readonly string[],
    functions: Functions,
    names: Names,
): readonly OrderBy[] {
    return asList(orderBy).map((clause) => {
        const path = 'fn' in clause ? functions.alias(clause.fn) : names.path(clause.field);
        if ('field' in clause && !groupBy.some((group) => sameName(group, path))) {
            throw failure('MALFORMED_QUERY', `Ordered field must be grouped or aggregated: ${path}`);
        }
        return { path, descending: clause.order === 'DESC', nullsLast: clause.nulls === 'LAST' };
    });
}

import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { failure } from '../../failure.ts';
import { findField, type Field, type ObjectType } from '../../metadata/schema.ts';
import type { AggregateFunction } from '../../store/conditions.ts';
import { selectAggregate, type Row } from '../../store/read.ts';
import type { Session } from '../../store/session.ts';
import { cursorAt, firstOf, type PageInfo } from './connections.ts';
import type { GraphQLRun } from './record-node.ts';
import { fieldsOf } from './selection.ts';
import type { FieldValue } from './value-types.ts';
import { filterOf } from './where.ts';

/** A group on its way out. */
export interface AggregateNode {
    readonly row: Row;
    readonly session: Session;
}

type FunctionName = Extract<AggregateFunction['name'], 'count' | 'sum'>;

interface AggregateConnection {
    readonly edges: readonly { readonly node: AggregateNode; readonly cursor: string }[];
    readonly pageInfo: PageInfo;
    /** Groups, not records. */
    totalCount(): number;
}

/** More groups than this are not counted. */
const MOST_COUNTED = 50_000;

const aliasOf = (name: FunctionName, field: string): string => `${name}(${field})`;

/** What is asked about a field of the groups. */
interface Asked {
    readonly field: string;
    readonly what: string;
}

/** The first groups with all that is asked about them. Throws MALFORMED_QUERY for the value of a field that is not grouped by. */
export function resolveAggregate(
    { store, session }: GraphQLRun,
    object: ObjectType,
    args: Readonly<Record<string, unknown>>,
    info: GraphQLResolveInfo,
): AggregateConnection {
    const first = firstOf(args);
    const groupBy = groupedBy(object, args['groupBy']);
    const asked = askedIn(info);
    const loose = asked.find(({ field, what }) => !isFunction(what) && !groupBy.includes(field));
    if (loose) {
        throw failure('MALFORMED_QUERY', `Field must be grouped or aggregated: ${loose.field}`);
    }
    const functions = functionsIn(asked);
    const query = {
        object: object.name,
        groupBy,
        // With neither a group nor a function there would be nothing to select.
        functions: functions.length > 0 ? functions : [{ name: 'count' as const, path: null, alias: 'count()' }],
        where: filterOf(store.schema, object, args['where']),
    };
    const { rows } = selectAggregate(store, session, { ...query, limit: first + 1 });
    const edges = rows.slice(0, first).map((row, index) => ({ node: { row, session }, cursor: cursorAt(index + 1) }));
    return {
        edges,
        pageInfo: {
            hasNextPage: rows.length > first,
            hasPreviousPage: false,
            startCursor: edges[0]?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
        },
        totalCount: () =>
            rows.length > first
                ? selectAggregate(store, session, { ...query, limit: MOST_COUNTED }).rows.length
                : rows.length,
    };
}

/** The field's value in this group. */
export function valueIn({ row, session }: AggregateNode, field: Field): FieldValue {
    return { field, value: row.values[field.name] ?? null, session };
}

/** What a function of the field came to over this group; a count is a whole number whatever was counted. */
export function figureIn({ row, session }: AggregateNode, name: FunctionName, field: Field): FieldValue {
    const value = row.values[aliasOf(name, field.name)] ?? null;
    return { field: name === 'count' ? { ...field, kind: 'Number', scale: 0 } : field, value, session };
}

function groupedBy(object: ObjectType, groupBy: unknown): readonly string[] {
    const clauses: readonly (readonly [string, unknown])[] = Object.entries(Object(groupBy) as object);
    return clauses.flatMap(([name, clause]) => {
        const isGrouped = typeof clause === 'object' && clause !== null && 'group' in clause && clause.group === true;
        return isGrouped ? [findField(object, name)?.name ?? name] : [];
    });
}

const isFunction = (name: string): name is FunctionName => name === 'count' || name === 'sum';

function functionsIn(asked: readonly Asked[]): readonly AggregateFunction[] {
    const functions = new Map<string, AggregateFunction>();
    for (const { field, what } of asked) {
        if (isFunction(what)) {
            const alias = aliasOf(what, field);
            functions.set(alias, { name: what, path: field, alias });
        }
    }
    return [...functions.values()];
}

function askedIn(info: GraphQLResolveInfo): readonly Asked[] {
    const under = (nodes: readonly FieldNode[], name: string): readonly FieldNode[] =>
        nodes.flatMap((node) => fieldsOf(node.selectionSet, info)).filter((node) => node.name.value === name);
    const groups = under(under(under(info.fieldNodes, 'edges'), 'node'), 'aggregate');
    return groups
        .flatMap((node) => fieldsOf(node.selectionSet, info))
        .flatMap((field) =>
            fieldsOf(field.selectionSet, info)
                .filter((node) => node.name.value !== '__typename')
                .map((node) => ({ field: field.name.value, what: node.name.value })),
        );
}

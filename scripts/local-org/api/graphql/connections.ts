import type { GraphQLResolveInfo } from 'graphql';
import { failure } from '../../failure.ts';
import type { ObjectType } from '../../metadata/schema.ts';
import { and, equals } from '../../store/conditions.ts';
import { countRecords, selectRecords } from '../../store/read.ts';
import type { GraphQLRun, RecordNode } from './record-node.ts';
import { nodePaths } from './selection.ts';
import { filterOf, ordersOf } from './where.ts';

export interface PageInfo {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
}

export interface Connection {
    readonly edges: readonly { readonly node: RecordNode; readonly cursor: string }[];
    readonly pageInfo: PageInfo;
    readonly pageResultCount: number;
    totalCount(): number;
}

const DEFAULT_FIRST = 10;
const MOST = 2000;
/** How far a list can be paged through that names no upper bound. */
const PAGEABLE = 4000;
const SMALLEST_BOUNDED = 200;

/** One page of records; `parent` narrows to the children of one record. */
export function resolveConnection(
    { store, session }: GraphQLRun,
    object: ObjectType,
    args: Readonly<Record<string, unknown>>,
    info: GraphQLResolveInfo,
    parent: { readonly field: string; readonly id: string } | null,
): Connection {
    const first = firstOf(args);
    const bound = typeof args['upperBound'] === 'number' ? args['upperBound'] : null;
    if (bound !== null && first < SMALLEST_BOUNDED) {
        throw failure('INVALID_ARGUMENT', `With upperBound, first must be between ${SMALLEST_BOUNDED} and ${MOST}.`);
    }
    const offset = typeof args['after'] === 'string' ? offsetOf(args['after']) : 0;
    const room = Math.min(first, Math.max(0, (bound ?? PAGEABLE) - offset));
    const where = and(parent && equals(parent.field, parent.id), filterOf(store.schema, object, args['where']));
    const { rows } = selectRecords(store, session, {
        object: object.name,
        fields: nodePaths(store.schema, object, info),
        where,
        orderBy: ordersOf(store.schema, object, args['orderBy']),
        limit: room + 1,
        offset,
    });
    const edges = rows.slice(0, room).map((row, index) => ({
        node: { object, row, prefix: '' },
        cursor: cursorAt(offset + index + 1),
    }));
    return {
        edges,
        pageInfo: {
            hasNextPage: rows.length > room && offset + room < (bound ?? PAGEABLE),
            hasPreviousPage: offset > 0,
            startCursor: edges[0]?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
        },
        pageResultCount: edges.length,
        totalCount: () => countRecords(store, session, { object: object.name, where }),
    };
}

/** How many are wanted. Throws INVALID_ARGUMENT. */
export function firstOf(args: Readonly<Record<string, unknown>>): number {
    const first = typeof args['first'] === 'number' ? args['first'] : DEFAULT_FIRST;
    if (first < 1 || first > MOST) {
        throw failure('INVALID_ARGUMENT', `first must be between 1 and ${MOST}.`);
    }
    return first;
}

export const cursorAt = (position: number): string => Buffer.from(`v1:${position}`).toString('base64');

function offsetOf(cursor: string): number {
    const position = /^v1:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
    if (position === undefined) {
        throw failure('INVALID_ARGUMENT', `Invalid cursor: ${cursor}`);
    }
    return Number(position);
}

/** GraphQL nodes as plain values: `{ Name: { value } }` becomes `{ Name }`, connections become lists. */

/** What a field of a node holds: `{ value }`, a parent node, a connection, or a bare id. */
export interface GraphNode {
    readonly [field: string]: unknown;
}
export interface Connection {
    readonly edges?: readonly ({ readonly node?: GraphNode | null } | null)[] | null;
    readonly totalCount?: number | null;
}

const isObject = (thing: unknown): thing is GraphNode => typeof thing === 'object' && thing !== null;

export function nodesOf(connection: unknown): readonly GraphNode[] {
    if (!isObject(connection)) return [];
    const { edges } = connection as Connection;
    return (edges ?? []).flatMap((edge) => (edge?.node ? [edge.node] : []));
}

/** How many records a connection has in all; null when it was left out. */
export function countOf(connection: unknown): number | null {
    return isObject(connection) ? ((connection as Connection).totalCount ?? null) : null;
}

/** A field's value; null when blank, left out (`@optional`) or not a scalar. */
export function scalar(node: GraphNode, field: string): string | number | boolean | null {
    const value = valueOf(node, field);
    return value === '' ? null : value;
}

function valueOf(node: GraphNode, field: string): string | number | boolean | null {
    const held = node[field];
    const value: unknown = isObject(held) && 'value' in held ? held['value'] : held;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

export function text(node: GraphNode, field: string): string | null {
    const value = valueOf(node, field);
    return value === null || value === '' ? null : String(value);
}

export function number(node: GraphNode, field: string): number | null {
    const value = valueOf(node, field);
    if (value === null || value === '' || typeof value === 'boolean') return null;
    const parsed = Number(value);
    return Number.isFinite(parsed) ? parsed : null;
}

export function flag(node: GraphNode, field: string): boolean {
    const value = valueOf(node, field);
    return value === true || value === 'true';
}

/** One of `allowed`, or the first of them when the value is blank or unknown. */
export function choice<T extends string>(node: GraphNode, field: string, allowed: readonly [T, ...T[]]): T {
    const value = text(node, field);
    return allowed.find((option) => option === value) ?? allowed[0];
}

export function choiceOrNull<T extends string>(node: GraphNode, field: string, allowed: readonly T[]): T | null {
    const value = text(node, field);
    return allowed.find((option) => option === value) ?? null;
}

export function parent(node: GraphNode, relationship: string): GraphNode | null {
    const held = node[relationship];
    return isObject(held) ? held : null;
}

/** Lines of a long text, without blank ones. */
export function lines(value: string | null): readonly string[] {
    return (value ?? '')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}

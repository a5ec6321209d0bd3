/** Accounts through GraphQL: a selection made of the fields that rules and settings name, and their values by path. */
import type { Value } from 'c/formula';
import { parent, scalar, type GraphNode } from './nodes';

const FIELD_PATH = /^[A-Za-z]\w*(\.[A-Za-z]\w*){0,4}$/;

/** Whether this can stand in a query: nothing but names of fields and lookups. What an admin types into a setting may be anything. */
export const isFieldPath = (path: string): boolean => FIELD_PATH.test(path);

type FieldTree = Map<string, FieldTree | null>;

/**
 * The fields of a node, lookups nested. Each is left out for users who may not see it, and a path that is none is skipped;
 * `Id` needs no asking for.
 */
export function selectionOf(paths: readonly string[]): string {
    const tree: FieldTree = new Map();
    for (const path of paths.filter(isFieldPath)) {
        const parts = path.split('.');
        const last = parts.pop() ?? '';
        let at = tree;
        for (const part of parts) {
            const inner = at.get(part) ?? (new Map() as FieldTree);
            at.set(part, inner);
            at = inner;
        }
        if (!at.get(last)) at.set(last, null);
    }
    return written(tree);
}

/** A condition on the field at the end of a path: `Parent.CSM__c` gives `{ Parent: { CSM__c: … } }`. Throws when it is no path. */
export function filterAlong(path: string, condition: string): string {
    if (!isFieldPath(path)) throw new Error(`${path} names no field.`);
    return path.split('.').reduceRight((inner, part) => `{ ${part}: ${inner} }`, condition);
}

/** A node's values by path; a path that was left out is missing, a blank value is null. */
export function nodeValues(node: GraphNode, paths: readonly string[]): Readonly<Record<string, Value>> {
    const values: Record<string, Value> = {};
    for (const path of paths) {
        const value = valueAt(node, path);
        if (value !== undefined) values[path] = value;
    }
    return values;
}

function valueAt(node: GraphNode, path: string): Value | undefined {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    let at: GraphNode = node;
    for (const part of parts) {
        const next = parent(at, part);
        // Null: the lookup is empty, so is everything behind it.
        if (!next) return part in at ? null : undefined;
        at = next;
    }
    return last in at ? scalar(at, last) : undefined;
}

function written(tree: FieldTree): string {
    return [...tree]
        .map(([name, inner]) => {
            if (inner) return `${name} @optional { Id ${written(inner)} }`;
            return name === 'Id' ? 'Id' : `${name} @optional { value }`;
        })
        .join(' ');
}

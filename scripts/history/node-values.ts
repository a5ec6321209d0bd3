/** Values of records in the shape in which GraphQL gives them. */
import type { GraphNode } from 'c/playbookRecords';
import type { FieldValue } from '../lib/records.ts';

/** Null where the node has no such field, or one of another kind. */
export function valueOf(node: GraphNode, field: string): FieldValue {
    const cell = node[field];
    if (typeof cell !== 'object' || cell === null || !('value' in cell)) {
        return null;
    }
    const { value } = cell;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

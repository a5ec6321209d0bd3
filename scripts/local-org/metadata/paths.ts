import { findField, findRelationship, type Field, type ObjectType } from './schema.ts';

/** Follows a path through lookups; undefined when a part does not exist. */
export function followPath(
    objects: ReadonlyMap<string, ObjectType>,
    object: ObjectType,
    path: string,
): { readonly path: string; readonly object: ObjectType; readonly field: Field } | undefined {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const canonical: string[] = [];
    let current = object;
    for (const part of parts) {
        const relation = findRelationship(current, part)?.reference;
        const next = relation && objects.get(relation.to);
        if (!next || !relation.relationshipName) {
            return undefined;
        }
        canonical.push(relation.relationshipName);
        current = next;
    }
    const field = findField(current, last);
    return field && { path: [...canonical, field.name].join('.'), object: current, field };
}

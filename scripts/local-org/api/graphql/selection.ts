import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { findField, findRelationship, type ObjectType, type Schema } from '../../metadata/schema.ts';

/** All fields of a selection by name, fragments unfolded; aliases do not matter here. */
export function fieldsOf(selection: SelectionSetNode | undefined, info: GraphQLResolveInfo): readonly FieldNode[] {
    return (selection?.selections ?? []).flatMap((node) => {
        switch (node.kind) {
            case Kind.FIELD:
                return [node];
            case Kind.INLINE_FRAGMENT:
                return fieldsOf(node.selectionSet, info);
            case Kind.FRAGMENT_SPREAD:
                return fieldsOf(info.fragments[node.name.value]?.selectionSet, info);
        }
    });
}

/** Field paths that the `node`s of a connection ask for, so that one query reads them all. */
export function nodePaths(schema: Schema, object: ObjectType, info: GraphQLResolveInfo): readonly string[] {
    const paths = new Set<string>(['Id']);
    for (const connection of info.fieldNodes) {
        for (const edges of fieldsOf(connection.selectionSet, info).filter((node) => node.name.value === 'edges')) {
            for (const node of fieldsOf(edges.selectionSet, info).filter((one) => one.name.value === 'node')) {
                collectPaths(schema, object, node.selectionSet, info, '', paths);
            }
        }
    }
    return [...paths];
}

/** Field paths under the record of a mutation's result. */
export function recordPaths(schema: Schema, object: ObjectType, info: GraphQLResolveInfo): readonly string[] {
    const paths = new Set<string>(['Id']);
    for (const payload of info.fieldNodes) {
        for (const record of fieldsOf(payload.selectionSet, info).filter((node) => node.name.value === 'Record')) {
            collectPaths(schema, object, record.selectionSet, info, '', paths);
        }
    }
    return [...paths];
}

function collectPaths(
    schema: Schema,
    object: ObjectType,
    selection: SelectionSetNode | undefined,
    info: GraphQLResolveInfo,
    prefix: string,
    paths: Set<string>,
): void {
    for (const node of fieldsOf(selection, info)) {
        const name = node.name.value;
        if (findField(object, name)) {
            paths.add(prefix + name);
            continue;
        }
        const through = findRelationship(object, name)?.reference;
        const parent = through && schema.objects.get(through.to);
        if (parent) {
            paths.add(`${prefix}${name}.Id`);
            collectPaths(schema, parent, node.selectionSet, info, `${prefix}${name}.`, paths);
        }
    }
}

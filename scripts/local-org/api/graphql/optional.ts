import {
    Kind,
    TypeInfo,
    visit,
    visitWithTypeInfo,
    type DocumentNode,
    type FieldNode,
    type GraphQLSchema,
} from 'graphql';

/**
 * Leaves out fields marked `@optional` that this user's schema does not have, and what becomes empty by it; a fragment that becomes empty keeps its
 * type name. Variables that only the removed parts used go too.
 */
export function pruneOptional(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
    const types = new TypeInfo(schema);
    const pruned = { any: false };
    const isOptional = (node: FieldNode): boolean =>
        node.directives?.some((one) => one.name.value === 'optional') ?? false;
    const result = visit(
        document,
        visitWithTypeInfo(types, {
            Field: {
                enter: (node) => {
                    const parent = types.getParentType();
                    const known = parent && 'getFields' in parent && node.name.value in parent.getFields();
                    if (isOptional(node) && parent && !known && node.name.value !== '__typename') {
                        pruned.any = true;
                        return null;
                    }
                    return undefined;
                },
                leave: (node) => {
                    if (pruned.any && node.selectionSet?.selections.length === 0) {
                        return isOptional(node) ? null : withTypeName(node);
                    }
                    return undefined;
                },
            },
        }),
    );
    return pruned.any ? withoutUnusedVariables(result) : result;
}

function withTypeName(node: FieldNode): FieldNode {
    return {
        ...node,
        selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
        },
    };
}

function withoutUnusedVariables(document: DocumentNode): DocumentNode {
    return {
        ...document,
        definitions: document.definitions.map((definition) => {
            if (definition.kind !== Kind.OPERATION_DEFINITION) {
                return definition;
            }
            const used = new Set<string>();
            const note = (name: string): void => void used.add(name);
            visit(
                {
                    ...document,
                    definitions: document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION),
                },
                {
                    Variable: (node) => note(node.name.value),
                },
            );
            visit(definition.selectionSet, { Variable: (node) => note(node.name.value) });
            return {
                ...definition,
                variableDefinitions: (definition.variableDefinitions ?? []).filter((one) =>
                    used.has(one.variable.name.value),
                ),
            };
        }),
    };
}

import {
    GraphQLBoolean,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    type GraphQLFieldConfig,
    type GraphQLFieldConfigMap,
} from 'graphql';
import type { Field, FieldKind, ObjectType } from '../../metadata/schema.ts';
import { isAggregatable, isGroupable } from '../../store/field-traits.ts';
import { isNumber } from '../../store/values.ts';
import { displayValue } from '../display.ts';
import { figureIn, resolveAggregate, valueIn, type AggregateNode } from './aggregates.ts';
import type { Arguments, GraphQLRun } from './record-node.ts';
import { LABEL, outputScalar, typeNameOf, valueType, type FieldValue } from './value-types.ts';

/**
 * Types of `uiapi { aggregate { … } }`: groups of records with their counts and sums. Other functions, grouping by dates or parents, ROLLUP and
 * CUBE, an order and pages beyond the first are not in the schema, so that asking for them fails by name.
 */

/** A field as one group has it: its value where it is grouped by, figures over the group's records. */
interface FieldOfGroup extends FieldValue {
    readonly group: AggregateNode;
}

const groupByClause = new GraphQLInputObjectType({
    name: 'GroupByClause',
    fields: { group: { type: GraphQLBoolean } },
});

const long = new GraphQLObjectType<FieldValue>({
    name: 'LongValue',
    fields: {
        value: { type: new GraphQLScalarType({ name: 'Long' }), resolve: ({ value }) => value },
        displayValue: {
            type: GraphQLString,
            resolve: ({ session, field, value }) => displayValue(session, field, value),
        },
    },
});

const aggregates = new Map<string, GraphQLObjectType>();

/** `StringAggregate`, `CurrencyAggregate`, … with the functions that this kind of field takes. */
function aggregateType(kind: FieldKind): GraphQLObjectType {
    const name = typeNameOf(kind);
    let type = aggregates.get(name);
    if (!type) {
        const fields: GraphQLFieldConfigMap<FieldOfGroup, GraphQLRun> = {
            value: { type: outputScalar(kind), resolve: ({ value }) => value },
            displayValue: {
                type: GraphQLString,
                resolve: ({ session, field, value }) => displayValue(session, field, value),
            },
        };
        if (name === 'Picklist') {
            fields['label'] = LABEL;
        }
        if (kind !== 'Checkbox') {
            fields['count'] = { type: long, resolve: ({ group, field }) => figureIn(group, 'count', field) };
        }
        if (isNumber(kind)) {
            fields['sum'] = { type: valueType(kind), resolve: ({ group, field }) => figureIn(group, 'sum', field) };
        }
        type = new GraphQLObjectType<FieldOfGroup, GraphQLRun>({ name: `${name}Aggregate`, fields });
        aggregates.set(name, type);
    }
    return type;
}

/** One object's entry of `aggregate`, with the fields that the user may read. */
export function aggregateField(
    object: ObjectType,
    fields: readonly Field[],
    filter: GraphQLInputObjectType,
    pageInfo: GraphQLObjectType,
): GraphQLFieldConfig<unknown, GraphQLRun> {
    const groupBy = new GraphQLInputObjectType({
        name: `${object.name}_GroupBy`,
        fields: Object.fromEntries(fields.filter(isGroupable).map((field) => [field.name, { type: groupByClause }])),
    });
    const aggregate = new GraphQLObjectType<AggregateNode, GraphQLRun>({
        name: `${object.name}Aggregate`,
        fields: () =>
            Object.fromEntries(
                fields
                    .filter((field) => isGroupable(field) || isAggregatable(field))
                    .map((field) => [
                        field.name,
                        {
                            type: aggregateType(field.kind),
                            resolve: (group: AggregateNode): FieldOfGroup => ({ ...valueIn(group, field), group }),
                        },
                    ]),
            ),
    });
    const result = new GraphQLObjectType({
        name: `${object.name}Result`,
        fields: { aggregate: { type: aggregate, resolve: (group: AggregateNode) => group } },
    });
    const edge = new GraphQLObjectType({
        name: `${object.name}AggregateEdge`,
        fields: { node: { type: result }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
    });
    return {
        type: new GraphQLObjectType({
            name: `${object.name}AggregateConnection`,
            fields: {
                edges: { type: new GraphQLList(edge) },
                pageInfo: { type: new GraphQLNonNull(pageInfo) },
                totalCount: { type: new GraphQLNonNull(GraphQLInt) },
            },
        }),
        args: { first: { type: GraphQLInt }, where: { type: filter }, groupBy: { type: groupBy } },
        resolve: (_source, args: Arguments, run, info) => resolveAggregate(run, object, args, info),
    };
}

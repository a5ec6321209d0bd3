import {
    DirectiveLocation,
    GraphQLBoolean,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    specifiedDirectives,
    type GraphQLFieldConfig,
    type GraphQLFieldConfigArgumentMap,
    type GraphQLFieldConfigMap,
    type GraphQLInputFieldConfigMap,
} from 'graphql';
import { childRelationships, type Field, type ObjectType, type Schema } from '../../metadata/schema.ts';
import type { Session } from '../../store/session.ts';
import { aggregateField } from './aggregate-types.ts';
import { mutationType } from './mutation-types.ts';
import { resolveConnection, type Connection } from './connections.ts';
import { readableFields, valueFields, type Arguments, type GraphQLRun, type RecordNode } from './record-node.ts';
import { operatorsType } from './value-types.ts';

const resultOrder = new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } });
const nullsOrder = new GraphQLEnumType({ name: 'NullOrder', values: { FIRST: {}, LAST: {} } });
const orderByClause = new GraphQLInputObjectType({
    name: 'OrderByClause',
    fields: { order: { type: resultOrder }, nulls: { type: nullsOrder } },
});
const pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
        hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
        hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
        startCursor: { type: GraphQLString },
        endCursor: { type: GraphQLString },
    },
});

/** `@optional`: leave out what this user may not see. The document is pruned before it is checked. */
const optional = new GraphQLDirective({ name: 'optional', locations: [DirectiveLocation.FIELD] });

/** The schema as one user sees it: objects and fields that may not be read are not in it. */
export function buildSchemaFor(schema: Schema, session: Session): GraphQLSchema {
    const types = new ObjectTypes(schema, session);
    const query = new GraphQLObjectType({
        name: 'RecordQuery',
        fields: Object.fromEntries(types.objects.map((object) => [object.name, types.connectionField(object)])),
    });
    const aggregate = new GraphQLObjectType({
        name: 'RecordQueryAggregate',
        fields: Object.fromEntries(types.objects.map((object) => [object.name, types.aggregateField(object)])),
    });
    return new GraphQLSchema({
        directives: [...specifiedDirectives, optional],
        query: new GraphQLObjectType({
            name: 'Query',
            fields: {
                uiapi: {
                    type: new GraphQLNonNull(
                        new GraphQLObjectType({
                            name: 'UIAPI',
                            fields: {
                                query: { type: new GraphQLNonNull(query), resolve: () => ({}) },
                                aggregate: { type: new GraphQLNonNull(aggregate), resolve: () => ({}) },
                            },
                        }),
                    ),
                    resolve: () => ({}),
                },
            },
        }),
        mutation: mutationType(session, types.objects),
    });
}

class ObjectTypes {
    readonly objects: readonly ObjectType[];
    readonly #schema: Schema;
    readonly #session: Session;
    readonly #nodes = new Map<string, GraphQLObjectType>();
    readonly #connections = new Map<string, GraphQLObjectType>();
    readonly #filters = new Map<string, GraphQLInputObjectType>();
    readonly #orders = new Map<string, GraphQLInputObjectType>();

    constructor(schema: Schema, session: Session) {
        this.#schema = schema;
        this.#session = session;
        this.objects = [...schema.objects.values()].filter((object) => session.access.rights(object).read);
    }

    connectionField(object: ObjectType): GraphQLFieldConfig<unknown, GraphQLRun> {
        return {
            type: this.#connection(object),
            args: this.#connectionArguments(object),
            resolve: (_source, args: Arguments, run, info) => resolveConnection(run, object, args, info, null),
        };
    }

    aggregateField(object: ObjectType): GraphQLFieldConfig<unknown, GraphQLRun> {
        return aggregateField(object, this.#fields(object), this.#filter(object), pageInfo);
    }

    #connectionArguments(object: ObjectType): GraphQLFieldConfigArgumentMap {
        return {
            first: { type: GraphQLInt },
            after: { type: GraphQLString },
            upperBound: { type: GraphQLInt },
            where: { type: this.#filter(object) },
            orderBy: { type: this.#order(object) },
        };
    }

    #fields(object: ObjectType): readonly Field[] {
        return readableFields(this.#session, object);
    }

    /** Lookups that a query may follow. The owner of a custom object can be a queue on the platform, which needs a fragment: it is not offered. */
    #parents(object: ObjectType): readonly { readonly name: string; readonly target: ObjectType }[] {
        return this.#fields(object).flatMap((field) => {
            const name = field.reference?.relationshipName;
            const target = field.reference && this.objects.find((one) => one.name === field.reference?.to);
            const isQueueable = field.name === 'OwnerId' && object.kind === 'custom';
            return name && target && !isQueueable ? [{ name, target }] : [];
        });
    }

    #node(object: ObjectType): GraphQLObjectType {
        let type = this.#nodes.get(object.name);
        if (!type) {
            type = new GraphQLObjectType<RecordNode, GraphQLRun>({
                name: object.name,
                fields: () => ({
                    ...valueFields(object, this.#fields(object)),
                    ...this.#parentFields(object),
                    ...this.#childFields(object),
                }),
            });
            this.#nodes.set(object.name, type);
        }
        return type;
    }

    #parentFields(object: ObjectType): GraphQLFieldConfigMap<RecordNode, GraphQLRun> {
        return Object.fromEntries(
            this.#parents(object).map(({ name, target }) => [
                name,
                {
                    type: this.#node(target),
                    resolve: ({ row, prefix }: RecordNode): RecordNode | null => {
                        const inner = `${prefix}${name}.`;
                        return row.values[`${inner}Id`] ? { object: target, row, prefix: inner } : null;
                    },
                },
            ]),
        );
    }

    #childFields(object: ObjectType): GraphQLFieldConfigMap<RecordNode, GraphQLRun> {
        return Object.fromEntries(
            childRelationships(this.#schema, object.name)
                .filter(
                    ({ child, field }) => this.objects.includes(child) && this.#session.access.readsField(child, field),
                )
                .map(({ name, child, field }) => [
                    name,
                    {
                        type: this.#connection(child),
                        args: this.#connectionArguments(child),
                        resolve: (source: RecordNode, args: Arguments, run, info): Connection =>
                            resolveConnection(run, child, args, info, {
                                field: field.name,
                                id: String(source.row.values[`${source.prefix}Id`]),
                            }),
                    },
                ]),
        );
    }

    #connection(object: ObjectType): GraphQLObjectType {
        let type = this.#connections.get(object.name);
        if (!type) {
            const edge = new GraphQLObjectType({
                name: `${object.name}Edge`,
                fields: () => ({
                    node: { type: this.#node(object) },
                    cursor: { type: new GraphQLNonNull(GraphQLString) },
                }),
            });
            type = new GraphQLObjectType({
                name: `${object.name}Connection`,
                fields: () => ({
                    edges: { type: new GraphQLList(edge) },
                    pageInfo: { type: new GraphQLNonNull(pageInfo) },
                    totalCount: { type: new GraphQLNonNull(GraphQLInt) },
                    pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
                }),
            });
            this.#connections.set(object.name, type);
        }
        return type;
    }

    #filter(object: ObjectType): GraphQLInputObjectType {
        let type = this.#filters.get(object.name);
        if (!type) {
            type = new GraphQLInputObjectType({
                name: `${object.name}_Filter`,
                fields: (): GraphQLInputFieldConfigMap => ({
                    and: { type: new GraphQLList(this.#filter(object)) },
                    or: { type: new GraphQLList(this.#filter(object)) },
                    not: { type: this.#filter(object) },
                    ...Object.fromEntries(
                        this.#fields(object).flatMap((field) => {
                            const operators = operatorsType(field.kind);
                            return operators ? [[field.name, { type: operators }]] : [];
                        }),
                    ),
                    ...Object.fromEntries(
                        this.#parents(object).map(({ name, target }) => [name, { type: this.#filter(target) }]),
                    ),
                }),
            });
            this.#filters.set(object.name, type);
        }
        return type;
    }

    #order(object: ObjectType): GraphQLInputObjectType {
        let type = this.#orders.get(object.name);
        if (!type) {
            type = new GraphQLInputObjectType({
                name: `${object.name}_OrderBy`,
                fields: (): GraphQLInputFieldConfigMap => ({
                    ...Object.fromEntries(
                        this.#fields(object)
                            .filter((field) => field.kind !== 'LongTextArea' && field.kind !== 'MultiselectPicklist')
                            .map((field) => [field.name, { type: orderByClause }]),
                    ),
                    ...Object.fromEntries(
                        this.#parents(object).map(({ name, target }) => [name, { type: this.#order(target) }]),
                    ),
                }),
            });
            this.#orders.set(object.name, type);
        }
        return type;
    }
}

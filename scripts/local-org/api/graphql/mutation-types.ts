import {
    GraphQLBoolean,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    type GraphQLFieldConfig,
    type GraphQLFieldConfigArgumentMap,
    type GraphQLFieldConfigMap,
    type GraphQLInputFieldConfigMap,
} from 'graphql';
import type { ObjectType } from '../../metadata/schema.ts';
import type { Session } from '../../store/session.ts';
import { changeRecord, createRecord, dropRecord } from './mutations.ts';
import { readableFields, valueFields, type Arguments, type GraphQLRun, type RecordNode } from './record-node.ts';
import { inputType } from './value-types.ts';

/** Create, update and delete for the objects and fields that the user may write; null when there are none. */
export function mutationType(session: Session, objects: readonly ObjectType[]): GraphQLObjectType | null {
    const fields: GraphQLFieldConfigMap<unknown, GraphQLRun> = {};
    for (const object of objects) {
        const rights = session.access.rights(object);
        if (object.kind === 'metadata' || !(rights.create || rights.edit || rights.delete)) {
            continue;
        }
        const record = new GraphQLObjectType<RecordNode, GraphQLRun>({
            name: `${object.name}Representation`,
            fields: valueFields(object, readableFields(session, object)),
        });
        if (rights.create) {
            fields[`${object.name}Create`] = createField(session, object, record);
        }
        if (rights.edit) {
            fields[`${object.name}Update`] = updateField(session, object, record);
        }
        if (rights.delete) {
            fields[`${object.name}Delete`] = deleteField(object);
        }
    }
    if (Object.keys(fields).length === 0) {
        return null;
    }
    const options = new GraphQLInputObjectType({
        name: 'UIAPIMutationsInput',
        fields: { allOrNone: { type: GraphQLBoolean } },
    });
    return new GraphQLObjectType<unknown, GraphQLRun>({
        name: 'Mutation',
        fields: {
            uiapi: {
                type: new GraphQLNonNull(new GraphQLObjectType({ name: 'UIAPIMutations', fields })),
                args: { input: { type: options } },
                resolve: (_source, args: { input?: { allOrNone?: boolean | null } | null }, run) => {
                    run.mutation.allOrNone = args.input?.allOrNone !== false;
                    return {};
                },
            },
        },
    });
}

function inputFields(session: Session, object: ObjectType, when: 'create' | 'update'): GraphQLInputFieldConfigMap {
    return Object.fromEntries(
        readableFields(session, object)
            .filter((field) => session.access.writesField(object, field, when))
            .map((field) => [field.name, { type: inputType(field.kind) }]),
    );
}

function createField(
    session: Session,
    object: ObjectType,
    record: GraphQLObjectType,
): GraphQLFieldConfig<unknown, GraphQLRun> {
    const representation = new GraphQLInputObjectType({
        name: `${object.name}CreateRepresentation`,
        fields: inputFields(session, object, 'create'),
    });
    return {
        type: new GraphQLObjectType({ name: `${object.name}CreatePayload`, fields: { Record: { type: record } } }),
        args: inputArgument(`${object.name}CreateInput`, {
            [object.name]: { type: new GraphQLNonNull(representation) },
        }),
        resolve: (_source, args: Arguments, run, info) => createRecord(run, object, args['input'], info),
    };
}

function updateField(
    session: Session,
    object: ObjectType,
    record: GraphQLObjectType,
): GraphQLFieldConfig<unknown, GraphQLRun> {
    const representation = new GraphQLInputObjectType({
        name: `${object.name}UpdateRepresentation`,
        fields: inputFields(session, object, 'update'),
    });
    return {
        type: new GraphQLObjectType({
            name: `${object.name}UpdatePayload`,
            fields: { success: { type: GraphQLBoolean }, Record: { type: record } },
        }),
        args: inputArgument(`${object.name}UpdateInput`, {
            Id: { type: new GraphQLNonNull(inputType('Lookup')) },
            [object.name]: { type: new GraphQLNonNull(representation) },
        }),
        resolve: (_source, args: Arguments, run, info) => changeRecord(run, object, args['input'], info),
    };
}

function inputArgument(name: string, fields: GraphQLInputFieldConfigMap): GraphQLFieldConfigArgumentMap {
    return { input: { type: new GraphQLNonNull(new GraphQLInputObjectType({ name, fields })) } };
}

function deleteField(object: ObjectType): GraphQLFieldConfig<unknown, GraphQLRun> {
    return {
        type: new GraphQLObjectType({ name: `${object.name}DeletePayload`, fields: { Id: { type: GraphQLID } } }),
        args: inputArgument(`${object.name}DeleteInput`, { Id: { type: new GraphQLNonNull(inputType('Lookup')) } }),
        resolve: (_source, args: Arguments, run, info) => dropRecord(run, object, args['input'], info),
    };
}

import { GraphQLID, GraphQLNonNull, GraphQLString, type GraphQLFieldConfigMap } from 'graphql';
import type { Field, ObjectType } from '../../metadata/schema.ts';
import type { Row } from '../../store/read.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import type { MutationRun } from './mutations.ts';
import { valueType, type FieldValue } from './value-types.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** What every resolver gets. */
export interface GraphQLRun {
    readonly store: OrgStore;
    readonly session: Session;
    readonly mutation: MutationRun;
}

/** A record on its way out: one row, and how far into its parents this node is (`Champion__r.`). */
export interface RecordNode {
    readonly object: ObjectType;
    readonly row: Row;
    readonly prefix: string;
}

/** Fields of an object that the user may read. */
export function readableFields(session: Session, object: ObjectType): readonly Field[] {
    return [...object.fields.values()].filter((field) => session.access.readsField(object, field));
}

/** The fields of a record as `{ value displayValue }`; Id and ApiName are plain. */
export function valueFields(
    object: ObjectType,
    fields: readonly Field[],
): GraphQLFieldConfigMap<RecordNode, GraphQLRun> {
    const config: GraphQLFieldConfigMap<RecordNode, GraphQLRun> = {
        ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
    };
    for (const field of fields) {
        config[field.name] =
            field.kind === 'Id'
                ? {
                      type: new GraphQLNonNull(GraphQLID),
                      resolve: ({ row, prefix }) => row.values[`${prefix}Id`],
                  }
                : {
                      type: valueType(field.kind),
                      resolve: ({ row, prefix }, _args, { session }): FieldValue => ({
                          field,
                          value: row.values[prefix + field.name] ?? null,
                          session,
                      }),
                  };
    }
    return config;
}

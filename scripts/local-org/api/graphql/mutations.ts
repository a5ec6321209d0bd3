import type { GraphQLResolveInfo } from 'graphql';
import { failure } from '../../failure.ts';
import type { ObjectType } from '../../metadata/schema.ts';
import { equals } from '../../store/conditions.ts';
import { deleteRecord } from '../../store/remove.ts';
import { insertRecord, updateRecord } from '../../store/save.ts';
import { selectRecords } from '../../store/read.ts';
import type { GraphQLRun, RecordNode } from './record-node.ts';
import { recordPaths } from './selection.ts';

/** One request's mutations: what earlier ones created, and whether a failure takes all of them back. */
export class MutationRun {
    allOrNone = false;
    failed = false;
    readonly #created = new Map<string, string>();

    remember(alias: string, id: string): void {
        this.#created.set(alias, id);
    }

    /**
     * `@{alias}` stands for the id that an earlier operation created, where an id is expected; `@{alias.Record.Id}` does so in fields of every
     * type. Everything else is itself.
     */
    resolve(value: unknown, expects: 'id' | 'value' = 'id'): unknown {
        const reference = typeof value === 'string' ? /^@\{(\w+)(\.Record\.Id)?\}$/.exec(value) : null;
        const alias = reference?.[1];
        if (alias === undefined || (expects === 'value' && reference?.[2] === undefined)) {
            return value;
        }
        const id = this.#created.get(alias);
        if (id === undefined) {
            throw failure('INVALID_REFERENCE', `@{${alias}} names no operation before it that created a record.`);
        }
        return id;
    }
}

interface Payload {
    readonly Record: RecordNode | null;
    readonly success: boolean;
}

type Input = Readonly<Record<string, unknown>>;

function asInput(value: unknown): Input {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Runs one operation by itself; after a failure of an all-or-none request the rest is not tried. */
function operate<T>(run: GraphQLRun, work: () => T): T {
    if (run.mutation.allOrNone && run.mutation.failed) {
        throw failure(
            'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            'The operation was not performed because another one in the request failed and allOrNone is true.',
        );
    }
    try {
        return run.store.transaction(work);
    } catch (error) {
        run.mutation.failed = true;
        throw error;
    }
}

export function createRecord(run: GraphQLRun, object: ObjectType, input: unknown, info: GraphQLResolveInfo): Payload {
    return operate(run, () => {
        const id = insertRecord(run.store, run.session, object.name, fieldsOf(run, object, input));
        run.mutation.remember(String(info.path.key), id);
        return { Record: savedRecord(run, object, id, info), success: true };
    });
}

export function changeRecord(run: GraphQLRun, object: ObjectType, input: unknown, info: GraphQLResolveInfo): Payload {
    return operate(run, () => {
        const id = String(run.mutation.resolve(asInput(input)['Id']));
        updateRecord(run.store, run.session, object.name, id, fieldsOf(run, object, input));
        return { Record: savedRecord(run, object, id, info), success: true };
    });
}

export function dropRecord(
    run: GraphQLRun,
    object: ObjectType,
    input: unknown,
    _info: GraphQLResolveInfo,
): { readonly Id: string } {
    return operate(run, () => {
        const id = String(run.mutation.resolve(asInput(input)['Id']));
        deleteRecord(run.store, run.session, object.name, id);
        return { Id: id };
    });
}

function fieldsOf(run: GraphQLRun, object: ObjectType, input: unknown): Input {
    return Object.fromEntries(
        Object.entries(asInput(asInput(input)[object.name])).map(([name, value]) => [
            name,
            run.mutation.resolve(value, object.fields.get(name)?.reference ? 'id' : 'value'),
        ]),
    );
}

function savedRecord(run: GraphQLRun, object: ObjectType, id: string, info: GraphQLResolveInfo): RecordNode | null {
    const { rows } = selectRecords(run.store, run.session, {
        object: object.name,
        fields: recordPaths(run.store.schema, object, info),
        where: equals('Id', id),
    });
    const [row] = rows;
    return row ? { object, row, prefix: '' } : null;
}

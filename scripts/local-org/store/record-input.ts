import type { Value } from 'c/formula';
import { failure, PlatformFailure } from '../failure.ts';
import { findField, findRelationship, type Field, type ObjectType } from '../metadata/schema.ts';
import type { PlatformError } from '../page-contract.ts';
import type { StoreContext } from './context.ts';
import { quoted, scalar, texts } from './database.ts';
import type { Session } from './session.ts';
import { mayWriteUnder, sharedWith } from './sharing.ts';
import { checkValue, isReferenceKind, toStored, ValueRefused } from './values.ts';

/** What an API was given for a record: raw JSON by field name. */
export type RecordInput = Readonly<Record<string, unknown>>;
/** Checked values by canonical field name. */
export type FieldValues = ReadonlyMap<Field, Value>;

/** Checks names, permissions and values of a write. Throws PlatformFailure with every refusal found. */
export function checkInput(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    input: RecordInput,
    when: 'create' | 'update',
): FieldValues {
    const values = new Map<Field, Value>();
    const errors: PlatformError[] = [];
    const forbidden: string[] = [];
    for (const [name, given] of Object.entries(input)) {
        if (name === 'attributes') {
            continue; // REST clients send it back; it only repeats the type.
        }
        const resolved = resolveParent(context, object, name, given);
        const field = resolved?.field ?? findField(object, name);
        if (!field || !session.access.readsField(object, field)) {
            throw failure('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
        }
        if (!session.access.writesField(object, field, when)) {
            forbidden.push(field.name);
            continue;
        }
        try {
            const value = checkValue(field, resolved ? resolved.id : given);
            checkReference(context, session, field, value);
            values.set(field, value);
        } catch (error) {
            errors.push(...refusals(error));
        }
    }
    if (forbidden.length > 0) {
        throw failure(
            'INVALID_FIELD_FOR_INSERT_UPDATE',
            `Unable to create/update fields: ${forbidden.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
            forbidden,
        );
    }
    if (errors.length > 0) {
        throw new PlatformFailure(errors);
    }
    return values;
}

function refusals(error: unknown): readonly PlatformError[] {
    if (error instanceof ValueRefused) {
        return [error.error];
    }
    if (error instanceof PlatformFailure) {
        return error.errors;
    }
    throw error;
}

/** `"Playbook__r": { "Key__c": "at-risk" }` in place of an id: the parent is looked up by an external id. */
function resolveParent(
    context: StoreContext,
    object: ObjectType,
    name: string,
    given: unknown,
): { readonly field: Field; readonly id: string | null } | null {
    const field = findField(object, name) ? undefined : findRelationship(object, name);
    const parent = field?.reference ? context.schema.objects.get(field.reference.to) : undefined;
    if (!field || !parent) {
        return null;
    }
    if (given === null) {
        return { field, id: null };
    }
    const entries = typeof given === 'object' ? Object.entries(given).filter(([key]) => key !== 'attributes') : [];
    const [key, value] = entries[0] ?? [];
    const by = key === undefined ? undefined : findField(parent, key);
    if (
        entries.length !== 1 ||
        !by ||
        !(by.externalId || by.unique !== 'no' || by.kind === 'Id') ||
        typeof value !== 'string'
    ) {
        throw failure(
            'INVALID_FIELD',
            `${name} must hold exactly one external id of ${parent.name}, such as { "External_Id__c": "…" }.`,
        );
    }
    const found = texts(
        context.db,
        `SELECT "Id" FROM ${quoted(parent.name)} WHERE ${quoted(by.name)} = ? LIMIT 2`,
        value,
    );
    if (found.length !== 1 || found[0] === undefined) {
        throw failure(
            'INVALID_FIELD',
            `Foreign key external ID: ${value.toLowerCase()} ${found.length === 0 ? 'not found' : 'found more than once'} for field ${by.name} in entity ${parent.name}`,
        );
    }
    return { field, id: found[0] };
}

function checkReference(context: StoreContext, session: Session, field: Field, value: Value): void {
    if (!field.reference || typeof value !== 'string' || !isReferenceKind(field.kind)) {
        return;
    }
    const target = context.schema.objects.get(field.reference.to);
    if (!target || context.prefixes.get(target.name) !== value.slice(0, 3)) {
        throw failure('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${value}`, [
            field.name,
        ]);
    }
    if (scalar(context.db, `SELECT 1 FROM ${quoted(target.name)} WHERE "Id" = ?`, value) === undefined) {
        throw failure('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
    }
    const allowed =
        field.kind === 'MasterDetail'
            ? mayWriteUnder(context, session, field, value)
            : session.access.rights(target).read && sharedWith(context, session, target, value, 'read');
    if (!allowed) {
        throw failure(
            'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
            `insufficient access rights on cross-reference id: ${value}`,
            [field.name],
        );
    }
}

/** Refuses blank required fields: all of them on create, those that are given on update. */
export function checkRequired(object: ObjectType, values: FieldValues, when: 'create' | 'update'): void {
    const missing = [...object.fields.values()]
        .filter((field) => field.required && !field.readOnly)
        .filter((field) => (when === 'create' || values.has(field)) && toStored(values.get(field) ?? null) === null)
        .map((field) => field.name);
    if (missing.length > 0) {
        throw failure('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
    }
}

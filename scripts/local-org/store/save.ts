import { failure } from '../failure.ts';
import { findField, type Field, type ObjectType } from '../metadata/schema.ts';
import type { StoreContext } from './context.ts';
import { isColumn, nextNumber, quoted, run, scalar, text, texts } from './database.ts';
import { canonicalId, idOf } from './ids.ts';
import { isAssigned } from './people.ts';
import { checkInput, checkRequired, type FieldValues, type RecordInput } from './record-input.ts';
import { emptyFigure, mastersOf, refreshRollUps } from './rollups.ts';
import { checkRules, ruleValues } from './rules.ts';
import { readableObject } from './select.ts';
import type { Session } from './session.ts';
import { sharedWith } from './sharing.ts';
import { settleTask } from './tasks.ts';
import { toSecond, toStored, type Stored } from './values.ts';

/**
 * The order of a save: names and permissions, values, defaults, required fields, the write with its unique keys, validation rules, roll-ups.
 * Callers run each save in a transaction of its own, so that a refusal leaves nothing behind.
 */

const refusedAccess = (): Error =>
    failure('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);

/** Creates a record and returns its id. Throws PlatformFailure. */
export function insertRecord(context: StoreContext, session: Session, objectName: string, input: RecordInput): string {
    const object = readableObject(context, session, objectName);
    if (!session.access.rights(object).create) {
        throw failure(
            'INSUFFICIENT_ACCESS_OR_READONLY',
            `You do not have the level of access necessary to create ${object.pluralLabel}. Ask your administrator for a permission set.`,
        );
    }
    const given = checkInput(context, session, object, input, 'create');
    const values = withDefaults(context, session, object, given);
    checkRequired(object, values, 'create');
    if (object.name === 'PermissionSetAssignment') {
        refuseSecondAssignment(context, values);
    }
    const id = idOf(context.prefixes.get(object.name) ?? '', nextNumber(context.db, object.name));
    const row = new Map<string, Stored>([['Id', id]]);
    for (const field of object.fields.values()) {
        if (isColumn(field) && field.kind !== 'Id') {
            row.set(field.name, firstValue(context, object, field, values));
        }
    }
    stamp(context, session, object, row, true);
    for (const [field, value] of given) {
        if (field.audit) {
            row.set(field.name, toStored(value));
        }
    }
    const names = [...row.keys()];
    writeRow(context, object, id, given, () =>
        run(
            context.db,
            `INSERT INTO ${quoted(object.name)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
            ...row.values(),
        ),
    );
    settleTask(context, object, id);
    checkRules(context, object, id, null);
    refreshRollUps(context, object, mastersOf(context, object, id));
    return id;
}

/** Changes the given fields. `unmodifiedSince`: refuses when the record was changed after that instant. */
export function updateRecord(
    context: StoreContext,
    session: Session,
    objectName: string,
    recordId: string,
    input: RecordInput,
    unmodifiedSince: string | null = null,
): void {
    const object = readableObject(context, session, objectName);
    const id = existingId(context, session, object, recordId, 'write');
    if (!session.access.rights(object).edit || !sharedWith(context, session, object, id, 'edit')) {
        throw refusedAccess();
    }
    const values = checkInput(context, session, object, input, 'update');
    checkRequired(object, values, 'update');
    checkTransfer(context, session, object, id, values);
    if (unmodifiedSince !== null) {
        checkUnmodified(context, object, id, unmodifiedSince);
    }
    const before = ruleValues(context, object, id);
    const oldMasters = mastersOf(context, object, id);
    const row = new Map<string, Stored>([...values].map(([field, value]) => [field.name, toStored(value)]));
    stamp(context, session, object, row, false);
    writeRow(context, object, id, values, () =>
        run(
            context.db,
            `UPDATE ${quoted(object.name)} SET ${[...row.keys()].map((name) => `${quoted(name)} = ?`).join(', ')} WHERE "Id" = ?`,
            ...row.values(),
            id,
        ),
    );
    settleTask(context, object, id);
    checkRules(context, object, id, before ?? {});
    refreshRollUps(context, object, oldMasters, mastersOf(context, object, id));
}

/** Creates or updates by an external id. Throws NOT_FOUND for a field that is none, MULTIPLE_CHOICES when several records match. */
export function upsertRecord(
    context: StoreContext,
    session: Session,
    objectName: string,
    fieldName: string,
    key: string,
    input: RecordInput,
): { readonly id: string; readonly created: boolean } {
    const object = readableObject(context, session, objectName);
    const field = findField(object, fieldName);
    if (!field || !session.access.readsField(object, field) || !(field.externalId || field.kind === 'Id')) {
        throw failure('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${fieldName}`);
    }
    // Otherwise a user who cannot see a record would make it a second time.
    if (field.unique === 'no' && field.kind !== 'Id' && !session.access.rights(object).viewAll) {
        throw failure('INSUFFICIENT_ACCESS', 'Upsert requires view all data on a non-unique custom index');
    }
    const matches = texts(
        context.db,
        `SELECT "Id" FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ? LIMIT 2`,
        field.kind === 'Id' ? (canonicalId(key) ?? key) : key,
    );
    const rest = Object.fromEntries(
        Object.entries(input).filter(([name]) => name.toLowerCase() !== field.name.toLowerCase()),
    );
    const [found, second] = matches;
    if (second !== undefined) {
        throw failure('MULTIPLE_CHOICES', `More than one record found for external id field: ${field.name}`);
    }
    if (found !== undefined) {
        updateRecord(context, session, object.name, found, rest);
        return { id: found, created: false };
    }
    if (field.kind === 'Id') {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
    return { id: insertRecord(context, session, object.name, { ...rest, [field.name]: key }), created: true };
}

/** The canonical id of a record that the user may see. Throws MALFORMED_ID, NOT_FOUND, or for a write to what was deleted ENTITY_IS_DELETED. */
export function existingId(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    recordId: string,
    purpose: 'read' | 'write' = 'read',
): string {
    const id = canonicalId(recordId);
    if (!id || context.prefixes.get(object.name) !== id.slice(0, 3)) {
        throw failure('MALFORMED_ID', `${object.name} ID: id value of incorrect type: ${recordId}`, ['Id']);
    }
    if (!sharedWith(context, session, object, id, 'read')) {
        throw purpose === 'write' && wasDeleted(context, object, id)
            ? failure('ENTITY_IS_DELETED', 'entity is deleted', [])
            : failure('NOT_FOUND', 'The requested resource does not exist');
    }
    return id;
}

/** Ids are given in order, so one among them that has no record had one. */
function wasDeleted(context: StoreContext, object: ObjectType, id: string): boolean {
    const prefix = context.prefixes.get(object.name) ?? '';
    const last = Number(scalar(context.db, 'SELECT last FROM local_sequence WHERE name = ?', object.name) ?? 0);
    const exists = scalar(context.db, `SELECT 1 FROM ${quoted(object.name)} WHERE "Id" = ?`, id) !== undefined;
    return !exists && id > idOf(prefix, 0) && id <= idOf(prefix, last);
}

function withDefaults(context: StoreContext, session: Session, object: ObjectType, given: FieldValues): FieldValues {
    const values = new Map(given);
    for (const field of object.fields.values()) {
        const isGiven = values.has(field) && !(field.name === 'OwnerId' && values.get(field) === null);
        if (isGiven || !isColumn(field)) {
            continue;
        }
        if (field.name === 'OwnerId') {
            values.set(field, session.userId);
        } else if (!field.readOnly) {
            values.set(field, context.formulas.defaultOf(object, field));
        }
    }
    return values;
}

function firstValue(context: StoreContext, object: ObjectType, field: Field, values: FieldValues): Stored {
    if (field.summary) {
        return emptyFigure(field);
    }
    if (field.autoNumberFormat !== null) {
        const number = nextNumber(context.db, `${object.name}.${field.name}`);
        return field.autoNumberFormat.replace(/\{(0+)\}/, (_all, zeros: string) =>
            String(number).padStart(zeros.length, '0'),
        );
    }
    const value = toStored(values.get(field) ?? null);
    return value === null && field.kind === 'Checkbox' ? 0 : value;
}

function stamp(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    row: Map<string, Stored>,
    isNew: boolean,
): void {
    const now = toSecond(context.now());
    const marks: Readonly<Record<string, Stored>> = {
        ...(isNew ? { CreatedDate: now, CreatedById: session.userId } : {}),
        LastModifiedDate: now,
        LastModifiedById: session.userId,
        SystemModstamp: now,
    };
    for (const [name, value] of Object.entries(marks)) {
        if (object.fields.has(name)) {
            row.set(name, value);
        }
    }
}

/** Giving a record away takes more than editing it. */
function checkTransfer(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    id: string,
    values: FieldValues,
): void {
    const owner = object.fields.get('OwnerId');
    const next = owner && values.get(owner);
    if (typeof next === 'string' && !sharedWith(context, session, object, id, 'full')) {
        const current = text(context.db, `SELECT "OwnerId" FROM ${quoted(object.name)} WHERE "Id" = ?`, id);
        if (current !== next) {
            throw refusedAccess();
        }
    }
}

function refuseSecondAssignment(context: StoreContext, values: FieldValues): void {
    const given = Object.fromEntries([...values].map(([field, value]) => [field.name, String(value)]));
    const { AssigneeId: userId = '', PermissionSetId: setId = '' } = given;
    if (isAssigned(context, userId, setId)) {
        throw failure(
            'DUPLICATE_VALUE',
            `Duplicate PermissionSetAssignment. Assignee: ${userId}; Permission Set: ${setId}`,
            [],
        );
    }
}

function checkUnmodified(context: StoreContext, object: ObjectType, id: string, since: string): void {
    const time = Date.parse(since);
    if (!Number.isFinite(time)) {
        throw failure('INVALID_HEADER', `If-Unmodified-Since is no date: ${since}`);
    }
    const modified = text(context.db, `SELECT "LastModifiedDate" FROM ${quoted(object.name)} WHERE "Id" = ?`, id);
    if (modified !== undefined && Date.parse(modified) > time) {
        throw failure(
            'PRECONDITION_FAILED',
            'The record was changed by another user after you loaded it. Reload it and try again.',
        );
    }
}

/** Runs the write; a clash of unique keys becomes DUPLICATE_VALUE with the other record's id. */
function writeRow(
    context: StoreContext,
    object: ObjectType,
    id: string,
    values: FieldValues,
    write: () => unknown,
): void {
    try {
        write();
    } catch (error) {
        const name =
            error instanceof Error ? /UNIQUE constraint failed: \S+\.(\w+)$/.exec(error.message)?.[1] : undefined;
        const field = name === undefined ? undefined : object.fields.get(name);
        if (!field) {
            throw error;
        }
        const other = text(
            context.db,
            `SELECT "Id" FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ? AND "Id" <> ?`,
            toStored(values.get(field) ?? null),
            id,
        );
        throw failure(
            'DUPLICATE_VALUE',
            `duplicate value found: ${field.name} duplicates value on record with id: ${other ?? 'unknown'}`,
            [],
        );
    }
}

import { failure } from '../failure.ts';
import type { Field, ObjectType } from '../metadata/schema.ts';
import type { StoreContext } from './context.ts';
import { quoted, run, texts } from './database.ts';
import { mastersOf, refreshRollUps, type Masters } from './rollups.ts';
import { existingId } from './save.ts';
import { readableObject } from './select.ts';
import type { Session } from './session.ts';
import { sharedWith } from './sharing.ts';

interface Doomed {
    readonly object: ObjectType;
    readonly id: string;
    readonly masters: Masters;
}

/**
 * Deletes a record with its details, whose own permissions do not count. Throws DELETE_FAILED while a lookup that restricts deletion points at any of them
 * from outside: whether the platform asks so of details too, or only of the record itself, is not documented.
 */
export function deleteRecord(context: StoreContext, session: Session, objectName: string, recordId: string): void {
    const object = readableObject(context, session, objectName);
    const id = existingId(context, session, object, recordId, 'write');
    if (!session.access.rights(object).delete || !sharedWith(context, session, object, id, 'full')) {
        throw failure('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
    }
    const doomed = new Map<string, Doomed>();
    collect(context, object, id, doomed);
    for (const one of doomed.values()) {
        checkRestricted(context, one, doomed);
    }
    for (const one of doomed.values()) {
        clearLookups(context, one);
        run(context.db, `DELETE FROM ${quoted(one.object.name)} WHERE "Id" = ?`, one.id);
    }
    for (const one of doomed.values()) {
        refreshRollUps(context, one.object, one.masters);
    }
}

function collect(context: StoreContext, object: ObjectType, id: string, doomed: Map<string, Doomed>): void {
    if (doomed.has(id)) {
        return;
    }
    doomed.set(id, { object, id, masters: mastersOf(context, object, id) });
    for (const { child, field } of pointingAt(context, object)) {
        if (field.reference?.onDelete === 'Cascade') {
            for (const childId of idsPointing(context, child, field, id)) {
                collect(context, child, childId, doomed);
            }
        }
    }
}

function checkRestricted(context: StoreContext, one: Doomed, doomed: ReadonlyMap<string, Doomed>): void {
    for (const { child, field } of pointingAt(context, one.object)) {
        if (field.reference?.onDelete === 'Restrict' || (field.reference?.onDelete === 'SetNull' && field.required)) {
            const blocking = idsPointing(context, child, field, one.id).filter((id) => !doomed.has(id));
            if (blocking.length > 0) {
                throw failure(
                    'DELETE_FAILED',
                    `Your attempt to delete ${one.id} could not be completed because it is associated with the following ${child.pluralLabel.toLowerCase()}: ${blocking.slice(0, 5).join(', ')}${blocking.length > 5 ? ` and ${blocking.length - 5} more` : ''}`,
                    [],
                );
            }
        }
    }
}

function clearLookups(context: StoreContext, one: Doomed): void {
    for (const { child, field } of pointingAt(context, one.object)) {
        if (field.reference?.onDelete === 'SetNull') {
            const column = quoted(field.name);
            run(context.db, `UPDATE ${quoted(child.name)} SET ${column} = NULL WHERE ${column} = ?`, one.id);
        }
    }
}

function pointingAt(context: StoreContext, target: ObjectType): readonly { child: ObjectType; field: Field }[] {
    return [...context.schema.objects.values()].flatMap((child) =>
        [...child.fields.values()]
            .filter((field) => field.reference?.to === target.name)
            .map((field) => ({ child, field })),
    );
}

function idsPointing(context: StoreContext, child: ObjectType, field: Field, id: string): readonly string[] {
    return texts(context.db, `SELECT "Id" FROM ${quoted(child.name)} WHERE ${quoted(field.name)} = ?`, id);
}

import { masterField, type Field, type ObjectType } from '../metadata/schema.ts';
import type { StoreContext } from './context.ts';
import { quoted, scalar } from './database.ts';
import type { Session } from './session.ts';
import type { Stored } from './values.ts';

/** SQL with its parameters; null in place of it: no restriction. */
export interface SqlPart {
    readonly sql: string;
    readonly params: readonly Stored[];
}

/** Colleagues are users that share a team; the local org's stand-in for account teams and sharing rules. */
const COLLEAGUES = `SELECT other.user_id FROM local_team_member mine JOIN local_team_member other ON other.team = mine.team WHERE mine.user_id = ?`;

/** The field through which a detail follows its parent's sharing. */
function parentField(object: ObjectType): Field | undefined {
    return masterField(object) ?? object.fields.get('AccountId');
}

/**
 * What sharing lets a user do with a record. `full` is the owner's: delete and give away. Editing comes with teams and public objects, deleting does not;
 * details of a master are the exception.
 */
export type SharingLevel = 'read' | 'edit' | 'full';

/** Restricts rows of `alias` to those the user may see; object permissions are checked elsewhere. */
export function visibleRows(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    alias: string,
): SqlPart | null {
    const rights = session.access.rights(object);
    if (rights.viewAll || rights.modifyAll || object.sharing === 'Read' || object.sharing === 'ReadWrite') {
        return null;
    }
    return object.sharing === 'Private'
        ? ownedRows(session, object, alias)
        : rowsOfParents(context, session, object, alias, 'read');
}

function ownedRows(session: Session, object: ObjectType, alias: string): SqlPart {
    const owner = `${alias}."OwnerId"`;
    return object.name === 'Account'
        ? { sql: `(${owner} = ? OR ${owner} IN (${COLLEAGUES}))`, params: [session.userId, session.userId] }
        : { sql: `${owner} = ?`, params: [session.userId] };
}

function rowsOfParents(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    alias: string,
    level: SharingLevel,
): SqlPart | null {
    const field = parentField(object);
    const parent = field?.reference ? context.schema.objects.get(field.reference.to) : undefined;
    if (!field || !parent) {
        throw new Error(`${object.name} is controlled by a parent that it does not have`);
    }
    const inner = `${alias}_${field.name.toLowerCase()}`;
    const parents = rowsFor(level, context, session, parent, inner);
    if (!parents) {
        return null;
    }
    const column = `${alias}.${quoted(field.name)}`;
    const through = `${column} IN (SELECT ${inner}."Id" FROM ${quoted(parent.name)} ${inner} WHERE ${parents.sql})`;
    // A contact or case without an account belongs to its owner alone.
    return field.kind === 'MasterDetail'
        ? { sql: through, params: parents.params }
        : {
              sql: `(${through} OR (${column} IS NULL AND ${alias}."OwnerId" = ?))`,
              params: [...parents.params, session.userId],
          };
}

function rowsFor(
    level: SharingLevel,
    context: StoreContext,
    session: Session,
    object: ObjectType,
    alias: string,
): SqlPart | null {
    if (level === 'read') {
        return visibleRows(context, session, object, alias);
    }
    const isPublic = object.sharing === 'ReadWrite' && level === 'edit';
    if (session.access.rights(object).modifyAll || isPublic) {
        return null;
    }
    if (object.sharing === 'ControlledByParent') {
        const parent = parentField(object);
        const needed = parent?.reference?.writeRequiresMasterRead ? 'read' : 'edit';
        return rowsOfParents(context, session, object, alias, parent?.kind === 'MasterDetail' ? needed : level);
    }
    if (object.sharing === 'Private' && level === 'edit') {
        return ownedRows(session, object, alias);
    }
    return object.fields.has('OwnerId')
        ? { sql: `${alias}."OwnerId" = ?`, params: [session.userId] }
        : { sql: '0', params: [] };
}

/** Whether sharing lets the user do this with one record. */
export function sharedWith(
    context: StoreContext,
    session: Session,
    object: ObjectType,
    id: string,
    level: SharingLevel,
): boolean {
    const rows = rowsFor(level, context, session, object, 'r');
    const found = scalar(
        context.db,
        `SELECT 1 FROM ${quoted(object.name)} r WHERE r."Id" = ?${rows ? ` AND ${rows.sql}` : ''}`,
        id,
        ...(rows?.params ?? []),
    );
    return found !== undefined;
}

/** Whether the user may hang a new detail under this master. */
export function mayWriteUnder(context: StoreContext, session: Session, field: Field, masterId: string): boolean {
    const master = field.reference && context.schema.objects.get(field.reference.to);
    return (
        master !== undefined &&
        master !== null &&
        sharedWith(context, session, master, masterId, field.reference?.writeRequiresMasterRead ? 'read' : 'edit')
    );
}

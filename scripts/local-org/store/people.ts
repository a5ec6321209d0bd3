import type { LocalOrgConfig } from '../config.ts';
import type { Schema } from '../metadata/schema.ts';
import { MetadataError } from '../metadata/xml.ts';
import type { StoreContext } from './context.ts';
import { nextNumber, quoted, scalar, text, texts } from './database.ts';
import { idOf } from './ids.ts';
import { toSecond, type Stored } from './values.ts';

/** Writes organisation, profiles, permission sets, users, assignments and teams of the configuration; what exists is brought up to date. */
export function installPeople(context: StoreContext, config: LocalOrgConfig): void {
    const ensure = recordKeeper(context);
    ensure('Organization', 'Name', config.organization.name, {
        InstanceName: 'LOCAL',
        OrganizationType: 'Developer Edition',
        NamespacePrefix: null,
        IsSandbox: 0,
    });
    const profiles = new Map(Object.keys(config.profiles).map((name) => [name, ensure('Profile', 'Name', name, {})]));
    const sets = new Map(
        [...context.schema.permissionSets.values()].map((set) => [
            set.name,
            ensure('PermissionSet', 'Name', set.name, { Label: set.label }),
        ]),
    );
    for (const person of config.users) {
        const id = ensure('User', 'Username', person.username, {
            FirstName: person.firstName,
            LastName: person.lastName,
            Title: person.title,
            Email: person.username,
            IsActive: 1,
            TimeZoneSidKey: person.timeZone,
            LocaleSidKey: person.locale.replace('-', '_'),
            LanguageLocaleKey: 'en_US',
            ProfileId: profiles.get(person.profile) ?? null,
        });
        context.db.prepare('DELETE FROM local_team_member WHERE user_id = ?').run(id);
        for (const team of person.teams) {
            context.db.prepare('INSERT INTO local_team_member (user_id, team) VALUES (?, ?)').run(id, team);
        }
        assign(context, ensure, id, person.permissionSets, sets, person.username);
    }
}

type Ensure = (object: string, key: string, value: string, fields: Readonly<Record<string, Stored>>) => string;

/** Finds a record by its key or makes it; these records are the organisation's own, so the save order does not apply. */
function recordKeeper(context: StoreContext): Ensure {
    return (object, key, value, fields) => {
        const found = text(context.db, `SELECT "Id" FROM ${quoted(object)} WHERE ${quoted(key)} = ?`, value);
        const id = found ?? nextId(context, object);
        const now = toSecond(context.now());
        const row: Readonly<Record<string, Stored>> = {
            Id: id,
            [key]: value,
            ...fields,
            ...(found === undefined ? { CreatedDate: now, LastModifiedDate: now, SystemModstamp: now } : {}),
        };
        const names = Object.keys(row);
        context.db
            .prepare(
                `INSERT INTO ${quoted(object)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})
                 ON CONFLICT ("Id") DO UPDATE SET ${names.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')}`,
            )
            .run(...Object.values(row));
        return id;
    };
}

function nextId(context: StoreContext, object: string): string {
    return idOf(context.prefixes.get(object) ?? '', nextNumber(context.db, object));
}

function assign(
    context: StoreContext,
    ensure: Ensure,
    userId: string,
    names: readonly string[],
    sets: ReadonlyMap<string, string>,
    username: string,
): void {
    for (const name of names) {
        const setId = sets.get(name);
        if (setId === undefined) {
            throw new MetadataError(
                'config/local-org.json',
                `${username} has the permission set ${name}, which the project does not have.`,
            );
        }
        const assigned = scalar(
            context.db,
            'SELECT 1 FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ?',
            userId,
            setId,
        );
        if (assigned === undefined) {
            const id = nextId(context, 'PermissionSetAssignment');
            ensure('PermissionSetAssignment', 'Id', id, { AssigneeId: userId, PermissionSetId: setId });
        }
    }
}

/** Names of the permission sets a user has now. */
export function assignedSets(context: StoreContext, schema: Schema, userId: string): readonly string[] {
    return texts(
        context.db,
        'SELECT s."Name" FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = ?',
        userId,
    ).filter((name) => schema.permissionSets.has(name));
}

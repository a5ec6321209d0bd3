import type { LocalOrgConfig } from '../config.ts';
import { MetadataError } from '../metadata/problems.ts';
import type { StoreContext } from './context.ts';
import { nextNumber, quoted, run, scalar, text, texts } from './database.ts';
import { idOf } from './ids.ts';
import { toSecond, type Stored } from './values.ts';

/** Writes organisation, profiles, users and teams of the configuration; what exists is brought up to date. */
export function installPeople(context: StoreContext, config: LocalOrgConfig): void {
    const ensure = recordKeeper(context);
    ensure('Organization', 'Name', config.organization.name, {
        InstanceName: 'LOCAL',
        OrganizationType: 'Developer Edition',
        TimeZoneSidKey: config.organization.timeZone,
        DefaultLocaleSidKey: config.organization.locale.replace('-', '_'),
        NamespacePrefix: null,
        IsSandbox: 0,
    });
    const profiles = new Map(Object.keys(config.profiles).map((name) => [name, ensure('Profile', 'Name', name, {})]));
    for (const person of config.users) {
        const id = ensure('User', 'Username', person.username, {
            FirstName: person.firstName,
            LastName: person.lastName,
            Title: person.title,
            Email: person.username,
            IsActive: person.active === false ? 0 : 1,
            UserType: 'Standard',
            TimeZoneSidKey: person.timeZone,
            LocaleSidKey: person.locale.replace('-', '_'),
            LanguageLocaleKey: 'en_US',
            ProfileId: profiles.get(person.profile) ?? null,
        });
        run(context.db, 'DELETE FROM local_team_member WHERE user_id = ?', id);
        for (const team of person.teams) {
            run(context.db, 'INSERT INTO local_team_member (user_id, team) VALUES (?, ?)', id, team);
        }
    }
}

/** A record for each permission set of the schema; those of sets that are gone go, with their assignments. */
export function installPermissionSets(context: StoreContext): void {
    const ensure = recordKeeper(context);
    const { permissionSets } = context.schema;
    for (const set of permissionSets.values()) {
        ensure('PermissionSet', 'Name', set.name, { Label: set.label });
    }
    for (const name of texts(context.db, 'SELECT "Name" FROM "PermissionSet"')) {
        if (!permissionSets.has(name)) {
            const ofSet = '"PermissionSetId" = (SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?)';
            run(context.db, `DELETE FROM "PermissionSetAssignment" WHERE ${ofSet}`, name);
            run(context.db, 'DELETE FROM "PermissionSet" WHERE "Name" = ?', name);
        }
    }
}

/** Gives each user the permission sets of the configuration. Throws MetadataError for one that is not there. */
export function assignConfigured(context: StoreContext, config: LocalOrgConfig): void {
    const ensure = recordKeeper(context);
    for (const person of config.users) {
        const userId = text(context.db, 'SELECT "Id" FROM "User" WHERE "Username" = ?', person.username) ?? '';
        for (const name of person.permissionSets) {
            const setId = text(context.db, 'SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?', name);
            if (setId === undefined) {
                throw new MetadataError(
                    'config/local-org.json',
                    `${person.username} has the permission set ${name}, which the project does not have.`,
                );
            }
            if (!isAssigned(context, userId, setId)) {
                const id = nextId(context, 'PermissionSetAssignment');
                ensure('PermissionSetAssignment', 'Id', id, { AssigneeId: userId, PermissionSetId: setId });
            }
        }
    }
}

export function isAssigned(context: StoreContext, userId: string, setId: string): boolean {
    const sql = 'SELECT 1 FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ?';
    return scalar(context.db, sql, userId, setId) !== undefined;
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
        run(
            context.db,
            `INSERT INTO ${quoted(object)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})
             ON CONFLICT ("Id") DO UPDATE SET ${names.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')}`,
            ...Object.values(row),
        );
        return id;
    };
}

function nextId(context: StoreContext, object: string): string {
    return idOf(context.prefixes.get(object) ?? '', nextNumber(context.db, object));
}

/** Names of the permission sets a user has now. */
export function assignedSets(context: StoreContext, userId: string): readonly string[] {
    return texts(
        context.db,
        'SELECT s."Name" FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = ?',
        userId,
    );
}

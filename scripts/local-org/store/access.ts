import { alwaysVisible } from '../metadata/read-permission-sets.ts';
import type { Field, ObjectPermission, ObjectType, PermissionSet } from '../metadata/schema.ts';

/** What a profile of the local org gives; product objects and custom fields come from permission sets alone. */
export interface Profile {
    readonly name: string;
    /** Standard objects by name. */
    readonly objects: Readonly<Record<string, ProfileAccess>>;
    /** Every object, every record (Modify All Data); field-level security still holds. */
    readonly modifyAllData: boolean;
    readonly userPermissions: readonly string[];
}
export const PROFILE_ACCESS = ['read', 'edit', 'create', 'delete'] as const;
/** Each level includes those before it. */
export type ProfileAccess = (typeof PROFILE_ACCESS)[number];

export interface ObjectRights {
    readonly read: boolean;
    readonly create: boolean;
    readonly edit: boolean;
    readonly delete: boolean;
    readonly viewAll: boolean;
    readonly modifyAll: boolean;
}

const NONE: ObjectRights = { read: false, create: false, edit: false, delete: false, viewAll: false, modifyAll: false };
const ALL: ObjectRights = { read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true };
/**
 * Read by everybody on the platform, whatever the permissions. Here they are made from configuration and metadata, so no API writes them; only assignments
 * are created and deleted, by an admin, and never changed.
 */
const SETUP_OBJECTS = [
    'User',
    'Organization',
    'Profile',
    'PermissionSet',
    'PermissionSetAssignment',
    // Which of them a user can run is up to the objects that they are about.
    'Report',
    'Dashboard',
];

/** What one user may do, the same for every API. */
export interface Access {
    /** Two users with the same signature see the same schema. */
    readonly signature: string;
    readonly customPermissions: readonly string[];
    rights(object: ObjectType): ObjectRights;
    readsField(object: ObjectType, field: Field): boolean;
    /** `create`: master-detail fields may be given once. */
    writesField(object: ObjectType, field: Field, when: 'create' | 'update'): boolean;
    /** A user permission of the platform, such as CustomizeApplication. */
    may(permission: string): boolean;
    seesTab(tab: string): boolean;
    seesApplication(application: string): boolean;
}

/** The local org itself: formulas, roll-ups and loading are subject to nobody's permissions. */
export const SYSTEM_ACCESS: Access = {
    signature: 'system',
    customPermissions: [],
    rights: () => ALL,
    readsField: () => true,
    writesField: (_object, field) => !field.readOnly || field.audit,
    may: () => true,
    seesTab: () => true,
    seesApplication: () => true,
};

export function accessOf(profile: Profile, sets: readonly PermissionSet[]): Access {
    const readable = new Set<string>();
    const editable = new Set<string>();
    for (const permission of sets.flatMap((set) => set.fields)) {
        if (permission.readable) {
            readable.add(permission.field);
        }
        if (permission.editable) {
            editable.add(permission.field);
        }
    }
    const granted = joinObjects(sets);
    const metadataTypes = new Set(sets.flatMap((set) => set.metadataTypes));
    const userPermissions = new Set([...profile.userPermissions, ...sets.flatMap((set) => set.userPermissions)]);
    const tabs = new Set(sets.flatMap((set) => set.tabs.filter((tab) => tab.visible).map((tab) => tab.tab)));
    const applications = new Set(sets.flatMap((set) => set.applications));

    const rights = (object: ObjectType): ObjectRights => {
        if (object.kind === 'metadata') {
            const read = metadataTypes.has(object.name) || userPermissions.has('CustomizeApplication');
            return { ...NONE, read, viewAll: read };
        }
        if (SETUP_OBJECTS.includes(object.name)) {
            const assigns = object.name === 'PermissionSetAssignment' && profile.modifyAllData;
            return { ...NONE, read: true, viewAll: true, create: assigns, delete: assigns, modifyAll: assigns };
        }
        if (profile.modifyAllData) {
            return ALL;
        }
        const own = profileRights(profile, object.name);
        const more = granted.get(object.name) ?? NONE;
        return {
            read: own.read || more.read,
            create: own.create || more.create,
            edit: own.edit || more.edit,
            delete: own.delete || more.delete,
            viewAll: own.viewAll || more.viewAll,
            modifyAll: own.modifyAll || more.modifyAll,
        };
    };
    return {
        signature: `${profile.name}:${sets
            .map((set) => set.name)
            .sort()
            .join(',')}`,
        customPermissions: [...new Set(sets.flatMap((set) => set.customPermissions))],
        rights,
        readsField: (object, field) =>
            object.kind === 'metadata' ||
            !field.custom ||
            alwaysVisible(field) ||
            readable.has(`${object.name}.${field.name}`),
        writesField: (object, field, when) => {
            if (field.readOnly) {
                return field.audit && when === 'create' && userPermissions.has('CreateAuditFields');
            }
            if (field.kind === 'MasterDetail') {
                return when === 'create' || field.reference?.reparentable === true;
            }
            return !field.custom || alwaysVisible(field) || editable.has(`${object.name}.${field.name}`);
        },
        may: (permission) =>
            userPermissions.has(permission) || (permission === 'ModifyAllData' && profile.modifyAllData),
        seesTab: (tab) => tabs.has(tab) || profile.modifyAllData,
        seesApplication: (application) => applications.has(application) || profile.modifyAllData,
    };
}

function profileRights(profile: Profile, object: string): ObjectRights {
    const level = profile.objects[object];
    if (!level) {
        return NONE;
    }
    const rank = PROFILE_ACCESS.indexOf(level);
    return { ...NONE, read: true, edit: rank >= 1, create: rank >= 2, delete: rank >= 3 };
}

function joinObjects(sets: readonly PermissionSet[]): ReadonlyMap<string, ObjectRights> {
    const joined = new Map<string, ObjectRights>();
    for (const permission of sets.flatMap((set): readonly ObjectPermission[] => set.objects)) {
        const before = joined.get(permission.object) ?? NONE;
        joined.set(permission.object, {
            read: before.read || permission.read,
            create: before.create || permission.create,
            edit: before.edit || permission.edit,
            delete: before.delete || permission.delete,
            viewAll: before.viewAll || permission.viewAll,
            modifyAll: before.modifyAll || permission.modifyAll,
        });
    }
    return joined;
}

import type { MetadataFile } from './files.ts';
import type { Field, ObjectType, PermissionSet } from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

/** Reads one permission set and checks it as a deploy would: what it names exists, and fields that everybody sees are left out. */
export function readPermissionSet(file: MetadataFile, objects: ReadonlyMap<string, ObjectType>): PermissionSet {
    const xml = readXml(file, 'PermissionSet').only(
        'label',
        'description',
        'hasActivationRequired',
        'license',
        'objectPermissions',
        'fieldPermissions',
        'customMetadataTypeAccesses',
        'customPermissions',
        'userPermissions',
        'tabSettings',
        'applicationVisibilities',
    );
    const set: PermissionSet = {
        name: xml.source.fullName,
        label: xml.requiredString('label'),
        description: xml.string('description'),
        objects: xml.all('objectPermissions').map((element) => readObjectPermission(element, objects)),
        fields: xml.all('fieldPermissions').map((element) => readFieldPermission(element, objects)),
        metadataTypes: enabled(xml, 'customMetadataTypeAccesses', objects),
        customPermissions: enabled(xml, 'customPermissions', null),
        userPermissions: enabled(xml, 'userPermissions', null),
        tabs: xml.all('tabSettings').map((element) => {
            element.only('tab', 'visibility');
            const visibility = element.oneOf('visibility', ['Visible', 'Available', 'None']);
            return { tab: element.requiredString('tab'), visible: visibility !== 'None' };
        }),
        applications: xml
            .all('applicationVisibilities')
            .filter((element) => element.only('application', 'default', 'visible').flag('visible'))
            .map((element) => element.requiredString('application')),
        source: xml.source,
    };
    checkMasters(xml, set, objects);
    return set;
}

function enabled(xml: XmlElement, name: string, objects: ReadonlyMap<string, ObjectType> | null): readonly string[] {
    return xml
        .all(name)
        .filter((element) => element.only('enabled', 'name').flag('enabled'))
        .map((element) => {
            const target = element.requiredString('name');
            if (objects && !objects.has(target)) {
                throw element.error(`<${name}> names ${target}, which the project does not have.`);
            }
            return target;
        });
}

function readObjectPermission(
    xml: XmlElement,
    objects: ReadonlyMap<string, ObjectType>,
): PermissionSet['objects'][number] {
    xml.only(
        'object',
        'allowRead',
        'allowCreate',
        'allowEdit',
        'allowDelete',
        'viewAllRecords',
        'modifyAllRecords',
        'viewAllFields',
    );
    const object = xml.requiredString('object');
    if (!objects.has(object)) {
        throw xml.error(`<objectPermissions> names ${object}, an object that the project does not have.`);
    }
    const read = xml.flag('allowRead');
    const edit = xml.flag('allowEdit');
    const remove = xml.flag('allowDelete');
    const viewAll = xml.flag('viewAllRecords');
    const modifyAll = xml.flag('modifyAllRecords');
    const create = xml.flag('allowCreate');
    if (xml.flag('viewAllFields')) {
        throw xml.error(`<viewAllFields> of ${object}: the local org does not support it; list the fields.`);
    }
    if ((!read && (create || edit || viewAll)) || (!edit && remove) || (modifyAll && !(edit && remove && viewAll))) {
        throw xml.error(
            `${object}: create, edit and view all need read; delete needs edit; modify all needs all of them.`,
        );
    }
    return { object, read, create, edit, delete: remove, viewAll, modifyAll };
}

function readFieldPermission(
    xml: XmlElement,
    objects: ReadonlyMap<string, ObjectType>,
): PermissionSet['fields'][number] {
    const path = xml.only('field', 'readable', 'editable').requiredString('field');
    const [objectName, fieldName] = path.split('.');
    const field = objectName && fieldName ? objects.get(objectName)?.fields.get(fieldName) : undefined;
    if (!field) {
        throw xml.error(`<fieldPermissions> names ${path}, a field that the project does not have.`);
    }
    if (alwaysVisible(field)) {
        throw xml.error(
            `<fieldPermissions> names ${path}: required and master-detail fields are always visible; leave it out.`,
        );
    }
    const editable = xml.flag('editable');
    if (editable && field.readOnly) {
        throw xml.error(`${path} cannot be editable: formulas, roll-ups and auto-numbers are never written.`);
    }
    const readable = xml.flag('readable');
    if (editable && !readable) {
        throw xml.error(`${path}: editable needs readable.`);
    }
    return { field: path, readable, editable };
}

/** Field-level security does not reach these: whoever reads the object reads them. */
export function alwaysVisible(field: Field): boolean {
    return (
        field.required ||
        field.kind === 'MasterDetail' ||
        field.kind === 'Id' ||
        field.name === 'Name' ||
        (!field.custom && field.readOnly)
    );
}

/** Permissions on a detail need those on its master: a deploy refuses the set otherwise. */
function checkMasters(xml: XmlElement, set: PermissionSet, objects: ReadonlyMap<string, ObjectType>): void {
    for (const permission of set.objects) {
        for (const field of objects.get(permission.object)?.fields.values() ?? []) {
            const master = field.kind === 'MasterDetail' ? field.reference?.to : undefined;
            if (master && permission.read && !set.objects.some((other) => other.object === master && other.read)) {
                throw xml.error(
                    `read on ${permission.object} needs read on its master ${master} in the same permission set.`,
                );
            }
        }
    }
}

import { childrenOf, valueOf } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import type { FieldMetadata, Finding, MetadataFile, Project } from '../project.ts';

const PERSONAS = ['Playbook_CSM', 'Playbook_Author', 'Playbook_Admin', 'Playbook_Leader', 'Playbook_Integration'];
/** What success operations write and a CSM only reads. */
const CONTENT = ['Playbook__c', 'Playbook_Version__c', 'Playbook_Step__c', 'Playbook_Resource__c'];
const WRITES = ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords'] as const;

/** Each persona reads all that the product shows, and writes no more than it has to. */
export function permissions(project: Project): Finding[] {
    const sets = project.metadata('permissionset');
    const missing = [...PERSONAS, 'Playbook_Coach', 'Playbook_Account_Fields', 'Playbook_Account_Fields_Edit']
        .filter((name) => !sets.some((set) => set.name === name))
        .map((name) => ({
            file: 'force-app',
            what: `there is no permission set ${name}`,
            todo: 'add it, or take it out of this rule',
        }));
    return [
        ...missing,
        ...sets.flatMap((set) => [
            ...takenByThePlatform(set, project),
            ...(PERSONAS.includes(set.name) ? [...coverage(set, project), ...restraint(set)] : []),
            ...accountFields(set, project),
        ]),
    ];
}

/** What a deploy would refuse, or quietly drop. */
function takenByThePlatform(set: MetadataFile, project: Project): Finding[] {
    const findings: Finding[] = [];
    const say = (what: string, todo: string) => findings.push({ file: set.path, what, todo });
    const readableObjects = new Set(
        childrenOf(set.root, 'objectPermissions')
            .filter((permission) => isTrue(permission, 'allowRead'))
            .map((permission) => valueOf(permission, 'object') ?? ''),
    );
    for (const permission of childrenOf(set.root, 'fieldPermissions')) {
        const path = valueOf(permission, 'field') ?? '';
        const field = fieldAt(project, path);
        const editable = isTrue(permission, 'editable');
        if (field?.alwaysVisible === true) {
            say(`${path} is required or a master-detail field`, 'take it out: the platform refuses permissions for it');
        }
        if (field?.readOnly === true && editable) say(`${path} is computed, yet editable`, 'set editable to false');
        if (editable && !isTrue(permission, 'readable'))
            say(`${path} is editable, yet not readable`, 'set readable too');
        if (field !== undefined && !readableObjects.has(field.object)) {
            say(`${path} is readable, ${field.object} is not`, `add objectPermissions for ${field.object}`);
        }
    }
    for (const permission of childrenOf(set.root, 'objectPermissions')) {
        const object = valueOf(permission, 'object') ?? '';
        const needs: readonly (readonly [string, string])[] = [
            ['allowCreate', 'allowRead'],
            ['allowEdit', 'allowRead'],
            ['allowDelete', 'allowEdit'],
            ['viewAllRecords', 'allowRead'],
            ['modifyAllRecords', 'viewAllRecords'],
            ['modifyAllRecords', 'allowDelete'],
        ];
        for (const [has, lacks] of needs) {
            if (isTrue(permission, has) && !isTrue(permission, lacks)) {
                say(
                    `${object} has ${has} without ${lacks}`,
                    `add ${lacks}: the platform refuses one without the other`,
                );
            }
        }
        for (const master of mastersOf(project, object)) {
            if (isTrue(permission, 'allowRead') && !readableObjects.has(master)) {
                say(`${object} is readable, its master ${master} is not`, `add read permission for ${master}`);
            }
        }
    }
    return findings;
}

/** Every field of the product's objects is readable, every custom metadata type accessible. */
function coverage(set: MetadataFile, project: Project): Finding[] {
    const readable = fieldsWith(set, 'readable');
    const types = new Set(
        childrenOf(set.root, 'customMetadataTypeAccesses')
            .filter((access) => isTrue(access, 'enabled'))
            .map((access) => valueOf(access, 'name')),
    );
    return [...project.fields].flatMap(([object, fields]) => {
        if (object.endsWith('__mdt')) {
            if (types.has(object)) return [];
            return [{ file: set.path, what: `cannot read ${object}`, todo: 'add a customMetadataTypeAccesses entry' }];
        }
        if (!object.endsWith('__c')) return [];
        return [...fields.values()]
            .filter((field) => !field.alwaysVisible && !readable.has(`${object}.${field.name}`))
            .map((field) => ({
                file: set.path,
                what: `cannot read ${object}.${field.name}`,
                todo: 'add a fieldPermissions entry',
            }));
    });
}

/** A CSM changes no content and deletes nothing; a leader changes nothing at all. */
function restraint(set: MetadataFile): Finding[] {
    if (set.name !== 'Playbook_CSM' && set.name !== 'Playbook_Leader') return [];
    const leader = set.name === 'Playbook_Leader';
    const forbidden = (object: string, write: string) =>
        leader || CONTENT.includes(object) || write === 'allowDelete' || write === 'modifyAllRecords';
    const objects = childrenOf(set.root, 'objectPermissions').flatMap((permission) => {
        const object = valueOf(permission, 'object') ?? '';
        return WRITES.filter((write) => isTrue(permission, write) && forbidden(object, write)).map((write) => ({
            file: set.path,
            what: `${object} has ${write}`,
            todo: leader ? 'a leader changes nothing: set it to false' : 'a CSM may not: set it to false',
        }));
    });
    const fields = [...fieldsWith(set, 'editable')]
        .filter((field) => leader || CONTENT.includes(field.split('.')[0] ?? ''))
        .map((field) => ({ file: set.path, what: `${field} is editable`, todo: 'set editable to false' }));
    return [...objects, ...fields];
}

/** The shipped Account fields have permission sets of their own: one reads all of them, one writes them. */
function accountFields(set: MetadataFile, project: Project): Finding[] {
    const access = { Playbook_Account_Fields: 'readable', Playbook_Account_Fields_Edit: 'editable' }[set.name];
    if (access === undefined) return [];
    const allowed = fieldsWith(set, access);
    return [...(project.fields.get('Account')?.values() ?? [])]
        .filter((field) => !field.alwaysVisible && !(access === 'editable' && field.readOnly))
        .filter((field) => !allowed.has(`Account.${field.name}`))
        .map((field) => ({
            file: set.path,
            what: `Account.${field.name} is not ${access}`,
            todo: 'add a fieldPermissions entry',
        }));
}

function mastersOf(project: Project, object: string): string[] {
    return [...(project.fields.get(object)?.values() ?? [])]
        .filter((field) => field.type === 'MasterDetail')
        .map((field) => valueOf(field.root, 'referenceTo') ?? '');
}

function fieldsWith(set: MetadataFile, access: string): Set<string> {
    return new Set(
        childrenOf(set.root, 'fieldPermissions')
            .filter((permission) => isTrue(permission, access))
            .map((permission) => valueOf(permission, 'field') ?? ''),
    );
}

function fieldAt(project: Project, path: string): FieldMetadata | undefined {
    const [object = '', field = ''] = path.split('.');
    return project.fields.get(object)?.get(field);
}

function isTrue(element: XmlElement, name: string): boolean {
    return valueOf(element, name) === 'true';
}

import type { MetadataProblem } from '../files.ts';
import { absent, objectAndPart, placeOf, textOf, type Definition, type Project } from './definitions.ts';

const MOST_MASTERS = 2;
/** The platform's default; its support raises it to 40. */
const MOST_ROLL_UPS = 25;
const SHARING_RANK = ['Private', 'Read', 'ReadWrite'];
const RELATIONSHIPS = ['Lookup', 'MasterDetail'];
const NO_MASTERS = ['User', 'Profile', 'Organization', 'PermissionSet', 'PermissionSetAssignment'];

/** Relationships between objects: what they refer to, their names, how many; and what an object's own file says. */
export function* checkObjects(project: Project): Iterable<MetadataProblem> {
    const byObject = Map.groupBy(project.of('CustomField'), ({ fullName }) => objectAndPart(fullName)[0]);
    for (const fields of byObject.values()) {
        yield* atMost(fields, 'MasterDetail', MOST_MASTERS, 'master-detail fields');
        yield* atMost(fields, 'Summary', MOST_ROLL_UPS, 'roll-ups');
    }
    yield* relationships(project);
    for (const { root, fullName } of project.of('CustomObject')) {
        yield* sharing(root, byObject.get(fullName) ?? []);
        const layout = textOf(root, 'compactLayoutAssignment');
        if (layout !== '' && layout !== 'SYSTEM' && !project.find('CompactLayout', `${fullName}.${layout}`)) {
            yield placeOf(root, 'compactLayoutAssignment').problem(
                `no CompactLayout named ${fullName}.${layout} found; add it, or assign SYSTEM.`,
            );
        }
    }
}

function* atMost(fields: readonly Definition[], type: string, most: number, words: string): Iterable<MetadataProblem> {
    const [over] = fields.filter(({ root }) => textOf(root, 'type') === type).slice(most);
    if (over) {
        const [object] = objectAndPart(over.fullName);
        yield placeOf(over.root, 'type').problem(`${object} has more than ${most} ${words}; an object has no more.`);
    }
}

function* relationships({ schema, of }: Project): Iterable<MetadataProblem> {
    const taken = new Map<string, string>();
    for (const object of schema.objects.values()) {
        for (const { custom, name, reference } of object.fields.values()) {
            if (!custom && reference?.childRelationshipName) {
                taken.set(`${reference.to}.${reference.childRelationshipName}`.toLowerCase(), `${object.name}.${name}`);
            }
        }
    }
    for (const { root, fullName } of of('CustomField')) {
        const [type, to, name] = [textOf(root, 'type'), textOf(root, 'referenceTo'), textOf(root, 'relationshipName')];
        if (to !== '' && !schema.objects.has(to)) {
            yield placeOf(root, 'referenceTo').problem(
                absent(
                    to,
                    `referenceTo value of '${to}' does not resolve to a valid sObject type; the org has no object ${to}.`,
                ),
            );
        } else if (
            (to.endsWith('__mdt') && RELATIONSHIPS.includes(type)) ||
            (type === 'MasterDetail' && NO_MASTERS.includes(to))
        ) {
            yield placeOf(root, 'referenceTo').problem(`A ${type} cannot refer to ${to}; take another type of field.`);
        }
        if (name !== '' && (!/^[A-Za-z](_?[A-Za-z0-9])*$/.test(name) || name.length > 40)) {
            yield placeOf(root, 'relationshipName').problem(
                `<relationshipName> ${name}: at most 40 letters, digits and single underscores, a letter first, no underscore last.`,
            );
        }
        const key = `${to}.${name}__r`.toLowerCase();
        const other = taken.get(key);
        if (name !== '' && other !== undefined) {
            yield placeOf(root, 'relationshipName').problem(
                `There is already a Child Relationship named ${name} on ${to}, that of ${other}; take another name.`,
            );
        }
        taken.set(key, fullName);
    }
}

function* sharing(root: Definition['root'], fields: readonly Definition[]): Iterable<MetadataProblem> {
    const [internal, external] = [textOf(root, 'sharingModel'), textOf(root, 'externalSharingModel')];
    const isDetail = fields.some((field) => textOf(field.root, 'type') === 'MasterDetail');
    if (internal !== '' && (internal === 'ControlledByParent') !== isDetail) {
        yield placeOf(root, 'sharingModel').problem(
            '<sharingModel> is ControlledByParent exactly for objects with a master-detail field; change one of them.',
        );
    }
    const controlled = [internal, external].filter((model) => model === 'ControlledByParent').length;
    if (external !== '' && (controlled === 1 || SHARING_RANK.indexOf(external) > SHARING_RANK.indexOf(internal))) {
        yield placeOf(root, 'externalSharingModel').problem(
            `<externalSharingModel> ${external} gives more than <sharingModel> ${internal}; it cannot. Take ${internal} or less.`,
        );
    }
}

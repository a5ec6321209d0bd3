import type { MetadataProblem } from '../files.ts';
import { alwaysVisible } from '../read-permission-sets.ts';
import type { Schema } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { absent, objectAndPart, placeOf, repeated, textOf, type Project } from './definitions.ts';
import { absentTab, tabExists } from './navigation.ts';

/** Right on an object → rights on it that go along. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
    allowCreate: ['allowRead'],
    allowEdit: ['allowRead'],
    allowDelete: ['allowRead', 'allowEdit'],
    viewAllRecords: ['allowRead'],
    modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};
/** The platform: "Permission Read Account depends on permission(s): Read Contact"; masters of custom objects besides. */
const READ_TOGETHER: Readonly<Record<string, readonly string[]>> = { Account: ['Contact'], Contact: ['Account'] };
/** Elements that may name a thing once, and the child with its name. */
const ONCE: Readonly<Record<string, string>> = {
    objectPermissions: 'object',
    fieldPermissions: 'field',
    tabSettings: 'tab',
    applicationVisibilities: 'application',
    customPermissions: 'name',
    userPermissions: 'name',
    customMetadataTypeAccesses: 'name',
};

/** Permission sets: what they name exists, and the rights go together. */
export function* checkPermissionSets(project: Project): Iterable<MetadataProblem> {
    for (const { root } of project.of('PermissionSet')) {
        for (const [element, name] of Object.entries(ONCE)) {
            for (const one of repeated(root.all(element), (entry) => textOf(entry, name))) {
                yield one.problem(`<${element}> of ${textOf(one, name)} is there twice; keep one.`);
            }
        }
        yield* objects(project.schema, root);
        yield* fields(project.schema, root);
        yield* references(project, root);
    }
}

function* objects(schema: Schema, root: XmlElement): Iterable<MetadataProblem> {
    const readable = root
        .all('objectPermissions')
        .filter((entry) => isTrue(entry, 'allowRead'))
        .map((entry) => textOf(entry, 'object'));
    for (const entry of root.all('objectPermissions')) {
        const name = textOf(entry, 'object');
        const object = schema.objects.get(name);
        if (!object || object.kind === 'metadata') {
            yield placeOf(entry, 'object').problem(
                object
                    ? `${name} is a custom metadata type; give access with <customMetadataTypeAccesses>.`
                    : absent(name, `In field: object - no CustomObject named ${name} found; add it or take it out.`),
            );
            continue;
        }
        for (const [right, needed] of Object.entries(IMPLIED)) {
            const missing = needed.filter((other) => isTrue(entry, right) && !isTrue(entry, other));
            if (missing.length > 0) {
                yield placeOf(entry, right).problem(
                    `<${right}> of ${name} depends on ${missing.map((one) => `<${one}>`).join(', ')}; set them to true too.`,
                );
            }
        }
        const masters = [...object.fields.values()].filter(({ kind }) => kind === 'MasterDetail');
        const together = [...masters.flatMap(({ reference }) => reference?.to ?? []), ...(READ_TOGETHER[name] ?? [])];
        for (const other of together.filter((one) => readable.includes(name) && !readable.includes(one))) {
            yield entry.problem(
                `Permission Read ${name} depends on permission(s): Read ${other}; add <objectPermissions> of ${other} with read access.`,
            );
        }
    }
}

function* fields(schema: Schema, root: XmlElement): Iterable<MetadataProblem> {
    for (const entry of root.all('fieldPermissions')) {
        const path = textOf(entry, 'field');
        const [object, name] = objectAndPart(path);
        const field = schema.objects.get(object)?.fields.get(name);
        if (!field) {
            yield placeOf(entry, 'field').problem(
                absent(
                    schema.objects.has(object) ? name : object,
                    `In field: field - no CustomField named ${path} found; add it or take it out.`,
                ),
            );
        } else if (alwaysVisible(field)) {
            yield placeOf(entry, 'field').problem(
                `You cannot deploy to a required field: ${path}. Required and master-detail fields are always visible; leave it out.`,
            );
        } else if (isTrue(entry, 'editable') && field.readOnly) {
            yield placeOf(entry, 'editable').problem(
                `${path} cannot be editable: formulas, roll-ups and auto-numbers are never written; set false.`,
            );
        } else if (isTrue(entry, 'editable') && !isTrue(entry, 'readable')) {
            yield placeOf(entry, 'readable').problem(`${path}: <editable> needs <readable>; set it to true too.`);
        }
    }
}

function* references(project: Project, root: XmlElement): Iterable<MetadataProblem> {
    const { schema } = project;
    const checks: readonly (readonly [
        element: string,
        child: string,
        type: string,
        exists: (name: string) => boolean,
    ])[] = [
        [
            'customMetadataTypeAccesses',
            'name',
            'custom metadata type',
            (name) => schema.objects.get(name)?.kind === 'metadata',
        ],
        ['customPermissions', 'name', 'CustomPermission', (name) => schema.customPermissions.includes(name)],
        ['tabSettings', 'tab', 'CustomTab', (name) => tabExists(project, name)],
        [
            'applicationVisibilities',
            'application',
            'CustomApplication',
            (name) => schema.applications.has(name) || name.startsWith('standard__'),
        ],
    ];
    for (const [element, child, type, exists] of checks) {
        for (const entry of root.all(element).filter((one) => !exists(textOf(one, child)))) {
            yield placeOf(entry, child).problem(
                absentTab(
                    textOf(entry, child),
                    `no ${type} named ${textOf(entry, child)} found; add it or take it out.`,
                ),
            );
        }
    }
}

function isTrue(entry: XmlElement, name: string): boolean {
    return textOf(entry, name) === 'true';
}

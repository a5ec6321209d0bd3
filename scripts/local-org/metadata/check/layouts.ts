import { apiNameOfColumn, codeOfColumn } from '../column-codes.ts';
import type { MetadataProblem } from '../files.ts';
import { followPath } from '../paths.ts';
import { findField, type Field, type FieldKind, type ObjectType, type Schema } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { absent, objectAndPart, placeOf, repeated, textOf, type Project } from './definitions.ts';
import { filterProblem } from './filters.ts';

const MOST_COLUMNS = 15;
const MOST_FILTERS = 10;
const MOST_COMPACT_FIELDS = 10;
const SECTION_COLUMNS: Readonly<Record<string, number>> = { OneColumn: 1, CustomLinks: 3 };
const NOT_COMPACT: readonly FieldKind[] = ['LongTextArea', 'TextArea', 'MultiselectPicklist'];

/** List views, page layouts and compact layouts: the fields they name are there and may stand there. */
export function* checkLayouts(project: Project): Iterable<MetadataProblem> {
    const { schema } = project;
    for (const { root, fullName } of project.of('ListView')) {
        const object = schema.objects.get(objectAndPart(fullName)[0]);
        if (object) {
            yield* listView(schema, object, root);
        }
    }
    for (const { root, fullName } of project.of('CompactLayout')) {
        const object = schema.objects.get(objectAndPart(fullName)[0]);
        if (object) {
            yield* compactLayout(object, root);
        }
    }
    for (const { root, fullName } of project.of('Layout')) {
        const name = fullName.slice(0, fullName.indexOf('-'));
        const object = schema.objects.get(name);
        if (object) {
            yield* pageLayout(object, root);
            yield* relatedLists(schema, object, root);
        }
    }
}

function* listView(schema: Schema, object: ObjectType, root: XmlElement): Iterable<MetadataProblem> {
    const columns = root.all('columns');
    for (const column of columns) {
        yield* columnProblem(schema, object, column);
    }
    for (const column of repeated(columns, ({ text }) => text)) {
        yield column.problem(`The column ${column.text} is there twice; keep one.`);
    }
    if (columns.length > MOST_COLUMNS) {
        yield root.problem(`A list view shows at most ${MOST_COLUMNS} columns, not ${columns.length}; take some out.`);
    }
    const filters = root.all('filters');
    for (const filter of filters) {
        const place = placeOf(filter, 'field');
        const problems = [...columnProblem(schema, object, place)];
        yield* problems;
        const field = problems.length === 0 && followPath(schema.objects, object, apiNameOfColumn(place.text))?.field;
        const wrong = field ? filterProblem(field, textOf(filter, 'operation'), textOf(filter, 'value')) : null;
        if (wrong !== null) {
            yield placeOf(filter, 'value').problem(wrong);
        }
    }
    if (filters.length > MOST_FILTERS) {
        yield root.problem(`A list view has at most ${MOST_FILTERS} filters, not ${filters.length}; take some out.`);
    }
    if (textOf(root, 'filterScope') === 'Mine' && !object.fields.has('OwnerId')) {
        yield placeOf(root, 'filterScope').problem(`Records of ${object.name} have no owner; take Everything.`);
    }
}

/** Columns are custom fields by their API names, and the platform's own fields by codes such as NAME. */
function* columnProblem(schema: Schema, object: ObjectType, column: XmlElement): Iterable<MetadataProblem> {
    const code = column.text;
    const path = apiNameOfColumn(code);
    const isOwnName = code.endsWith('__c') || object.kind === 'metadata';
    const isCode = path !== code && (!code.startsWith('ACCOUNT.') || object.name === 'Account');
    if ((isOwnName ? object.fields.get(code) : isCode && followPath(schema.objects, object, path)) || code === '') {
        return;
    }
    const right = findField(object, code) && codeOfColumn(object.name, code);
    if (/^[A-Z][A-Z0-9_.]*$/.test(code)) {
        yield column.problem(absent(`column ${code}`, ''));
        return;
    }
    yield column.problem(
        `Could not resolve list view column: ${code}; ${right ? `write ${right}` : `name a field of ${object.name}, or the code of one of the platform's own`}.`,
    );
}

function* compactLayout(object: ObjectType, root: XmlElement): Iterable<MetadataProblem> {
    const items = root.all('fields');
    for (const item of items) {
        const field = findField(object, item.text);
        if (!field) {
            yield item.problem(noField(object, item.text));
        } else if (NOT_COMPACT.includes(field.kind)) {
            yield item.problem(`A compact layout takes no ${field.kind} such as ${field.name}; take it out.`);
        }
    }
    if (items.length > MOST_COMPACT_FIELDS) {
        yield root.problem(`A compact layout has at most ${MOST_COMPACT_FIELDS} fields, not ${items.length}.`);
    }
    for (const item of repeated(items, ({ text }) => text)) {
        yield item.problem(`${item.text} is there twice; keep one.`);
    }
}

function* pageLayout(object: ObjectType, root: XmlElement): Iterable<MetadataProblem> {
    for (const section of root.all('layoutSections')) {
        const most = SECTION_COLUMNS[textOf(section, 'style')] ?? 2;
        const columns = section.all('layoutColumns').length;
        if (columns > most) {
            yield section.problem(
                `A section of style ${textOf(section, 'style')} has ${most} columns, not ${columns}.`,
            );
        }
    }
    const items = root
        .all('layoutSections')
        .flatMap((section) => section.all('layoutColumns'))
        .flatMap((column) => column.all('layoutItems'))
        .filter((item) => textOf(item, 'field') !== '');
    for (const item of repeated(items, (one) => textOf(one, 'field'))) {
        yield item.problem(`${textOf(item, 'field')} is there twice; keep one.`);
    }
    const shown = new Set<string>();
    for (const item of items) {
        const field = findField(object, textOf(item, 'field'));
        const behavior = textOf(item, 'behavior') || 'Edit';
        shown.add(field?.name ?? '');
        if (!field) {
            yield placeOf(item, 'field').problem(noField(object, textOf(item, 'field')));
        } else if (mustBeShown(field) && behavior !== 'Required') {
            yield placeOf(item, 'behavior').problem(`Field:${field.name} must be Required; set <behavior> to it.`);
        } else if (field.readOnly && (field.custom || field.audit) && behavior !== 'Readonly') {
            yield placeOf(item, 'behavior').problem(`Field:${field.name} must be Readonly; set <behavior> to it.`);
        }
    }
    for (const field of object.fields.values()) {
        if (mustBeShown(field) && !shown.has(field.name)) {
            yield root.problem(`Layout must contain an item for required layout field: ${field.name}; add it.`);
        }
    }
}

function mustBeShown(field: Field): boolean {
    return (
        (field.custom || field.name === 'Name') && !field.readOnly && (field.required || field.kind === 'MasterDetail')
    );
}

function* relatedLists(schema: Schema, object: ObjectType, root: XmlElement): Iterable<MetadataProblem> {
    const lists = root.all('relatedLists');
    for (const list of repeated(lists, (one) => textOf(one, 'relatedList'))) {
        yield list.problem(`The related list ${textOf(list, 'relatedList')} is there twice; keep one.`);
    }
    for (const list of lists) {
        const [childName, lookup] = objectAndPart(textOf(list, 'relatedList'));
        const child = schema.objects.get(childName);
        const field = child?.fields.get(lookup);
        if (!child || !field?.custom || field.reference?.to !== object.name) {
            yield placeOf(list, 'relatedList').problem(
                absent(
                    textOf(list, 'relatedList'),
                    `Cannot find related list: ${textOf(list, 'relatedList')}; write Child__c.Lookup__c, a lookup of it to ${object.name}.`,
                ),
            );
            continue;
        }
        for (const column of [...list.all('fields'), ...list.all('sortField')]) {
            yield* columnProblem(schema, child, column);
        }
    }
}

function noField(object: ObjectType, name: string): string {
    return absent(name, `In field: field - no CustomField named ${object.name}.${name} found; add it or take it out.`);
}

import type { MetadataProblem } from '../files.ts';
import { childRelationships, findRelationship, type Field, type ObjectType, type Schema } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { absent, everyElement, placeOf, repeated, textOf, type Project } from './definitions.ts';

const MOST_OBJECTS = 4;
const MOST_LOOKUPS = 4;

/** Report types: a chain of real relationships, and columns of its objects. */
export function* checkReportTypes({ schema, of }: Project): Iterable<MetadataProblem> {
    for (const { root } of of('ReportType')) {
        const base = schema.objects.get(textOf(root, 'baseObject'));
        if (!base || base.kind === 'metadata') {
            yield placeOf(root, 'baseObject').problem(
                absent(
                    textOf(root, 'baseObject'),
                    `Invalid object: ${textOf(root, 'baseObject')}; reports go over objects of the org.`,
                ),
            );
            continue;
        }
        const tables = tablesOf(schema, root);
        const joins = joinsOf(root);
        const broken = joins[tables.size - 1];
        if (broken) {
            const parent = [...tables.values()].at(-1)?.name ?? '';
            yield placeOf(broken, 'relationship').problem(
                `Invalid relationship: ${parent} has no children called ${textOf(broken, 'relationship')}; write the child relationship's name, Steps__r for a custom one.`,
            );
        }
        if (!broken) {
            yield* columns(schema, root, tables);
        }
        const outer = joins.findIndex((join) => textOf(join, 'outerJoin') === 'true');
        const inner = outer < 0 ? undefined : joins.slice(outer).find((join) => textOf(join, 'outerJoin') === 'false');
        if (inner) {
            yield placeOf(inner, 'outerJoin').problem(
                "An inner join isn't allowed after an outer join; set <outerJoin> to true here, or to false further up.",
            );
        }
        if (joins.length >= MOST_OBJECTS) {
            yield root.problem(`A report type joins at most ${MOST_OBJECTS} objects; take some out.`);
        }
    }
}

function joinsOf(root: XmlElement): readonly XmlElement[] {
    return [...everyElement(root)].filter(({ name }) => name === 'join');
}

function* columns(
    schema: Schema,
    root: XmlElement,
    tables: ReadonlyMap<string, ObjectType>,
): Iterable<MetadataProblem> {
    const all = root.all('sections').flatMap((section) => section.all('columns'));
    for (const column of all) {
        const [tableName, path] = [textOf(column, 'table'), textOf(column, 'field')];
        const table = tables.get(tableName);
        if (!table) {
            yield placeOf(column, 'table').problem(
                `Could not find table for path: ${tableName}; the report type has ${[...tables.keys()].join(', ')}.`,
            );
        } else if (!reportField(schema, table, path)) {
            yield placeOf(column, 'field').problem(
                `Could not find field ${path} on ${table.name}; write the field's name, the relationship's for the platform's own lookups (Owner, not OwnerId).`,
            );
        }
    }
    const key = (column: XmlElement): string => `${textOf(column, 'table')}$${textOf(column, 'field')}`;
    for (const column of repeated(all, key)) {
        yield column.problem(`The column ${key(column)} is there twice; keep one.`);
    }
    // The platform's own names (Name, CreatedDate) are on every object and do not clash.
    const own = all.filter((column) => /^\w+__c$/.test(textOf(column, 'field')));
    const once = own.filter((column) => !repeated(own, key).includes(column));
    for (const column of repeated(once, (one) => textOf(one, 'field'))) {
        const name = textOf(column, 'field');
        const first = once.find((one) => textOf(one, 'field').toLowerCase() === name.toLowerCase()) ?? column;
        yield column.problem(
            `${name} is a field of ${textOf(first, 'table')} in this report type too, and only one of them would show; give one of the fields another API name, or take the column out.`,
        );
    }
}

/** Objects of a report type by the name that its columns use: `Policy__c`, `Policy__c.Coverages__r`. Ends where a relationship does not exist. */
function tablesOf(schema: Schema, root: XmlElement): ReadonlyMap<string, ObjectType> {
    const tables = new Map<string, ObjectType>();
    let object = schema.objects.get(textOf(root, 'baseObject'));
    let path = object?.name ?? '';
    let element: XmlElement | undefined = root;
    while (object && element) {
        tables.set(path, object);
        element = element.all('join')[0];
        const name = textOf(element, 'relationship');
        path = `${path}.${name}`;
        object = childRelationships(schema, object.name).find((one) => one.name === name)?.child;
    }
    return tables;
}

/** A field as report types name it, through lookups: `Account__c.Segment__c`, `Owner.Name`. */
function reportField(schema: Schema, object: ObjectType, path: string): Field | undefined {
    const parts = path.split('.');
    let current: ObjectType | undefined = object;
    let field: Field | undefined;
    for (const part of parts.length > MOST_LOOKUPS + 1 ? [] : parts) {
        const own: Field | undefined = current?.fields.get(part);
        field = own?.custom || !own?.reference ? own : undefined;
        field ??= current && !part.endsWith('__r') ? findRelationship(current, part) : undefined;
        current = field?.reference ? schema.objects.get(field.reference.to) : undefined;
    }
    return field;
}

/**
 * Columns that reports of a report type may use, as `Table$Field`. `name` is what reports say: `DevName__c`. Null: no such report type; undefined: its own
 * joins lead nowhere, which is said there.
 */
export function reportColumns({ schema, find }: Project, name: string): ReadonlyMap<string, Field> | null | undefined {
    const definition = find('ReportType', name.replace(/__c$/, ''));
    if (!definition || !name.endsWith('__c')) {
        return null;
    }
    const tables = tablesOf(schema, definition.root);
    if (tables.size < 1 + joinsOf(definition.root).length) {
        return undefined;
    }
    return new Map(
        definition.root
            .all('sections')
            .flatMap((section) => section.all('columns'))
            .flatMap((column) => {
                const [table, path] = [textOf(column, 'table'), textOf(column, 'field')];
                const object = tables.get(table);
                const field = object && reportField(schema, object, path);
                return field ? [[`${table}$${path}`, field] as const] : [];
            }),
    );
}

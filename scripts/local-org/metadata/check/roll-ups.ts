import type { MetadataProblem } from '../files.ts';
import type { Field, FieldKind, ObjectType, Schema } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { objectAndPart, placeOf, textOf, type Project } from './definitions.ts';
import { filterProblem } from './filters.ts';
import { readsOtherObjectsOrToday } from './formulas.ts';

const SUMMABLE: readonly FieldKind[] = ['Number', 'Currency', 'Percent'];
const COMPARABLE: readonly FieldKind[] = [...SUMMABLE, 'Date', 'DateTime'];
/** The platform's help: these cannot be used in the field column of roll-up filters. */
const NOT_FILTERED: readonly FieldKind[] = ['LongTextArea', 'MultiselectPicklist', 'Lookup', 'MasterDetail', 'Id'];

/** Roll-ups: over details of the object alone, of fields that can be summed, with filters that look at nothing but the detail. */
export function* checkRollUps({ schema, of }: Project): Iterable<MetadataProblem> {
    for (const { root, fullName } of of('CustomField')) {
        const [master] = objectAndPart(fullName);
        if (textOf(root, 'type') !== 'Summary' || textOf(root, 'summaryForeignKey') === '') {
            continue;
        }
        const [childName, keyName] = objectAndPart(textOf(root, 'summaryForeignKey'));
        const child = schema.objects.get(childName);
        const key = child?.fields.get(keyName);
        if (!child || key?.kind !== 'MasterDetail' || key.reference?.to !== master) {
            yield placeOf(root, 'summaryForeignKey').problem(
                `${childName}.${keyName} is no master-detail field to ${master}; a roll-up goes over details alone.`,
            );
            continue;
        }
        yield* summarized(schema, child, root);
        for (const item of root.all('summaryFilterItems')) {
            yield* filter(schema, child, item);
        }
    }
}

function* summarized(schema: Schema, child: ObjectType, root: XmlElement): Iterable<MetadataProblem> {
    const operation = textOf(root, 'summaryOperation');
    const path = textOf(root, 'summarizedField');
    const place = placeOf(root, 'summarizedField');
    if (operation === 'count') {
        return;
    }
    const field = fieldOf(child, path);
    if (!field) {
        yield place.problem(
            path === ''
                ? `A roll-up that takes the ${operation} needs <summarizedField>; add it.`
                : `In field: summarizedField - no CustomField named ${path} found; write ${child.name}.Field__c.`,
        );
    } else if (!(operation === 'sum' ? SUMMABLE : COMPARABLE).includes(field.kind)) {
        yield place.problem(
            `The ${operation} of ${path}, a ${field.kind}, cannot be taken; take a number${operation === 'sum' ? '' : ', Date or DateTime'}.`,
        );
    } else if (readsOtherObjectsOrToday(schema, child, field)) {
        yield place.problem(
            `${path} is a formula over other objects or today, which a roll-up cannot take: copy the value into a field of ${child.name}.`,
        );
    }
}

function* filter(schema: Schema, child: ObjectType, item: XmlElement): Iterable<MetadataProblem> {
    const path = textOf(item, 'field');
    const field = fieldOf(child, path);
    const place = placeOf(item, 'field');
    if (!field) {
        yield place.problem(`In field: field - no CustomField named ${path} found; write ${child.name}.Field__c.`);
        return;
    }
    if (NOT_FILTERED.includes(field.kind)) {
        yield place.problem(
            `Roll-up filters take no ${field.kind}: copy what matters of ${path} into a field of ${child.name} and filter on that.`,
        );
        return;
    }
    if (readsOtherObjectsOrToday(schema, child, field)) {
        yield place.problem(
            `${path} is a formula over other objects or today, which roll-up filters do not take: copy the value into a field of ${child.name}.`,
        );
        return;
    }
    const value = textOf(item, 'value');
    const isDay = field.kind === 'Date' || field.kind === 'DateTime';
    const wrong =
        isDay && /^[A-Z]/i.test(value)
            ? `Roll-up filters do not take "${value}", which changes from day to day; write a date.`
            : filterProblem(field, textOf(item, 'operation'), value);
    if (wrong !== null) {
        yield placeOf(item, 'value').problem(wrong);
    }
}

function fieldOf(child: ObjectType, path: string): Field | undefined {
    const [object, name] = objectAndPart(path);
    return object === child.name ? child.fields.get(name) : undefined;
}

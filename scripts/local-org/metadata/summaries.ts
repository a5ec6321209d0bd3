import type { Field, FieldKind, ObjectType, Summary } from './schema.ts';
import { MetadataError } from './xml.ts';

const SUMMABLE: readonly FieldKind[] = ['Number', 'Currency', 'Percent'];
const COMPARABLE: readonly FieldKind[] = [...SUMMABLE, 'Date', 'DateTime'];

/** Checks a roll-up against the rules of a deploy and returns the field it sums (null for a count). */
export function summarizedField(
    objects: ReadonlyMap<string, ObjectType>,
    master: string,
    field: Field,
    summary: Summary,
): Field | null {
    const child = objects.get(summary.childObject);
    if (!child) {
        throw new MetadataError(
            field.source,
            `sums up ${summary.childObject}, an object that the project does not have.`,
        );
    }
    const foreignKey = child.fields.get(summary.foreignKey);
    if (foreignKey?.kind !== 'MasterDetail' || foreignKey.reference?.to !== master) {
        throw new MetadataError(
            field.source,
            `${summary.childObject}.${summary.foreignKey} is no master-detail field to ${master}.`,
        );
    }
    for (const filter of summary.filters) {
        const filtered = child.fields.get(filter.field);
        if (!filtered) {
            throw new MetadataError(
                field.source,
                `filters on ${child.name}.${filter.field}, a field that does not exist.`,
            );
        }
        if (filtered.reference) {
            throw new MetadataError(field.source, `filters on the lookup ${filter.field}; roll-up filters cannot.`);
        }
    }
    if (summary.field === null) {
        return null;
    }
    const summarized = child.fields.get(summary.field);
    const allowed = summary.operation === 'sum' ? SUMMABLE : COMPARABLE;
    if (!summarized || !allowed.includes(summarized.kind)) {
        throw new MetadataError(
            field.source,
            `cannot take the ${summary.operation} of ${child.name}.${summary.field}.`,
        );
    }
    return summarized;
}

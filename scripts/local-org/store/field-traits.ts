import type { Field } from '../metadata/schema.ts';
import { isNumber } from './values.ts';

/** What a query can do with a field, as its description says. */

/** Custom numbers are doubles to the platform, even without decimals. */
export function isInteger(field: Field): boolean {
    return field.kind === 'Number' && !field.custom && field.scale === 0;
}

export function isFilterable(field: Field): boolean {
    return field.kind !== 'LongTextArea';
}

export function isSortable(field: Field): boolean {
    return field.kind !== 'LongTextArea' && field.kind !== 'MultiselectPicklist';
}

export function isGroupable(field: Field): boolean {
    const isDouble = isNumber(field.kind) && !isInteger(field);
    return isSortable(field) && field.kind !== 'DateTime' && !isDouble && field.formula === null;
}

/** COUNT and COUNT_DISTINCT; the other functions ask for more. */
export function isAggregatable(field: Field): boolean {
    return isSortable(field) && field.kind !== 'Checkbox';
}

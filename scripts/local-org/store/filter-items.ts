import type { Field, FieldKind, FilterItem } from '../metadata/schema.ts';
import type { Comparator, Condition, Operand } from './conditions.ts';
import { isNumber } from './values.ts';

const COMPARATORS: Readonly<Record<FilterItem['operation'], Comparator>> = {
    equals: '=',
    notEqual: '!=',
    lessThan: '<',
    greaterThan: '>',
    lessOrEqual: '<=',
    greaterOrEqual: '>=',
};

/** A filter of the metadata (roll-up, list view) as a condition. That the value fits the field is checked with the metadata; a field that is none fails in the query. */
export function filterCondition({ field: path, operation, value }: FilterItem, field: Field | undefined): Condition {
    const [operand = null, ...more] = splitValues(value).map((text) => operandOf(field?.kind, text));
    if (more.length === 0) {
        return { kind: 'compare', path, operator: COMPARATORS[operation], operand };
    }
    const among: Condition = { kind: 'in', path, operands: [operand, ...more] };
    return operation === 'notEqual' ? { kind: 'not', part: among } : among;
}

/** `a,"b,c"` → a | b,c. */
export function splitValues(text: string): readonly string[] {
    if (text === '') {
        return [];
    }
    return [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)]
        .filter((match) => match[0] !== '')
        .map((match) => (match[1] !== undefined ? match[1].replaceAll('""', '"') : (match[2] ?? '').trim()));
}

function operandOf(kind: FieldKind | undefined, text: string): Operand {
    if (kind && isNumber(kind)) {
        return Number(text.replace(/^[A-Z]{3}|%$/g, ''));
    }
    if (kind === 'Checkbox') {
        return /^(true|1)$/i.test(text);
    }
    const isLiteral = (kind === 'Date' || kind === 'DateTime') && !/^\d/.test(text);
    const [literal = '', count] = text.toUpperCase().replaceAll(' ', '_').split(':');
    return isLiteral ? { literal, count: count === undefined ? null : Number(count) } : text;
}

import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import type { Field } from '../metadata/schema.ts';
import type { WrittenText } from './conditions.ts';
import { addDays } from './days.ts';
import { canonicalId } from './ids.ts';
import { isNumber, isReferenceKind, toSecond, toStored, type Stored } from './values.ts';

/** What may stand on the right of a field in a condition, by the field's type. */

/** Whether less and greater mean anything. Ids are compared by their characters, as the platform's own division of large tables does. */
export function isOrdered({ kind }: Field): boolean {
    return !isReferenceKind(kind) && kind !== 'Checkbox' && kind !== 'MultiselectPicklist';
}

export function wrongOperator({ name, kind }: Field): Error {
    const type = kind === 'Id' || isReferenceKind(kind) ? 'id' : kind.toLowerCase();
    return failure('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${type} field: '${name}'`);
}

/** A filter value as SQLite compares it; refused when it is of another type than the field. */
export function filterOperand(field: Field, operand: Value | WrittenText): Stored {
    const written = typeof operand === 'object' && operand !== null ? operand : null;
    const value = written ? written.text : typeof operand === 'object' ? null : operand;
    if (value === null || value === '') {
        return null;
    }
    const isQuoted = written?.quoted ?? typeof value === 'string';
    const refuse = (type: string): never => {
        const quotes = type === 'string' ? 'should be' : 'should not be';
        throw failure(
            'INVALID_FIELD',
            `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes} enclosed in quotes`,
        );
    };
    if (isNumber(field.kind)) {
        return typeof value === 'number' ? value : refuse('double');
    }
    if (field.kind === 'Checkbox') {
        return typeof value === 'boolean' ? toStored(value) : refuse('boolean');
    }
    if (field.kind === 'Date' || field.kind === 'DateTime') {
        return typeof value === 'string' && !(written?.quoted ?? false)
            ? (moment(field.kind, value) ?? refuse(field.kind === 'Date' ? 'date' : 'dateTime'))
            : refuse(field.kind === 'Date' ? 'date' : 'dateTime');
    }
    if (typeof value !== 'string' || !isQuoted) {
        return refuse('string');
    }
    if (field.kind === 'Id' || isReferenceKind(field.kind)) {
        const id = canonicalId(value);
        if (!id) {
            throw failure('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value}`);
        }
        return id;
    }
    return value;
}

/** A day or instant as it is stored; null for what is none. */
function moment(kind: 'Date' | 'DateTime', text: string): string | null {
    const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
    const time = Date.parse(text);
    if (day === undefined || !Number.isFinite(time) || addDays(day, 0) !== day) {
        return null;
    }
    const isDay = day === text;
    return kind === 'Date' ? (isDay ? day : null) : isDay ? null : toSecond(new Date(time).toISOString());
}

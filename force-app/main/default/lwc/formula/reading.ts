import { dayText, instantText, parseDay, parseInstant, parseTime, timeText } from './days';
import { familyOf, spoken } from './families';
import { fail, type Span } from './issues';
import type { FieldNode } from './nodes';
import { divide, multiply } from './numbers';
import type { Inner } from './runs';
import type { Blanks, FieldTypeName, Value } from './types';

/** Where a value comes from: a field, or a function of the host. */
interface Origin extends Span {
    readonly path: string;
    readonly type: FieldNode['type'];
}

/**
 * A raw value as it is inside a formula. A blank is null, but a checkbox is never blank (what is missing is false) and
 * under `zero` a blank number is 0. `asStored` leaves a Percent as it is. Fails on a value of another type.
 */
export function innerOf(raw: Value | undefined, origin: Origin, blanks: Blanks, asStored = false): Inner {
    const family = familyOf(origin.type);
    if (raw === null || raw === undefined || raw === '') {
        return family === 'checkbox' ? false : family === 'number' && blanks === 'zero' ? 0 : null;
    }
    switch (family) {
        case 'checkbox':
            return typeof raw === 'boolean' ? raw : failOn(raw, origin);
        case 'text':
        case 'picklist':
        case 'multipicklist':
            return typeof raw === 'string' ? raw : failOn(raw, origin);
        case 'number':
            if (typeof raw !== 'number') {
                return failOn(raw, origin);
            }
            return origin.type === 'Percent' && !asStored ? divide(raw, 100) : raw;
        default:
            return typeof raw === 'string' ? (parserOf(family)(raw) ?? failOn(raw, origin)) : failOn(raw, origin);
    }
}

/** A value from inside a formula as the API would give it. Fails on numbers and dates out of range. */
export function toRaw(inner: Inner, type: FieldTypeName, span: Span): Value {
    if (inner === null || inner === '') {
        return null;
    }
    if (typeof inner !== 'number') {
        return inner;
    }
    switch (familyOf(type)) {
        case 'date':
            return dayText(inner) ?? fail(span, 'the date is outside the years 0 to 9999');
        case 'datetime':
            return instantText(inner) ?? fail(span, 'the date is outside the years 0 to 9999');
        case 'time':
            return timeText(inner);
        default:
            return finite(type === 'Percent' ? multiply(inner, 100) : inner, span);
    }
}

/** The number itself, 0 without a sign. Fails when a result has outgrown numbers. */
export function finite(value: number, span: Span): number {
    if (!Number.isFinite(value)) {
        return fail(span, 'the result is too large for a number');
    }
    return value === 0 ? 0 : value;
}

function parserOf(family: string): (text: string) => number | undefined {
    return family === 'date' ? parseDay : family === 'datetime' ? parseInstant : parseTime;
}

const FORMATS: Readonly<Partial<Record<FieldTypeName | 'Null', string>>> = {
    Date: ' (YYYY-MM-DD, a day that exists)',
    DateTime: ' (YYYY-MM-DDTHH:MM:SS.mmmZ)',
    Time: ' (HH:MM:SS.mmm)',
};

function failOn(raw: Value, origin: Origin): never {
    const wanted = `${spoken(origin.type)}${FORMATS[origin.type] ?? ''}`;
    return fail(origin, `${origin.path} should hold ${wanted}, but holds ${JSON.stringify(raw)}`);
}

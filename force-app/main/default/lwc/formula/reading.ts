import { dayText, instantText, parseDay, parseInstant, parseTime, timeText } from './days';
import { familyOf, spoken } from './families';
import { fail, type Span } from './issues';
import type { FieldNode } from './nodes';
import { divide, multiply } from './numbers';
import type { Inner, Run } from './runs';
import type { Blanks, FieldTypeName, Value } from './types';

/** Reads a number, date, instant or time field. Under `zero` a blank number is 0. */
export function readNumber(field: FieldNode, blanks: Blanks): Run<number> {
    const { path } = field;
    if (field.type === 'Percent' || familyOf(field.type) !== 'number') {
        return (values) => {
            const raw = values[path];
            return raw === null || raw === undefined ? blankNumber(field, blanks) : innerNumber(raw, field, blanks);
        };
    }
    return (values) => {
        const raw = values[path];
        return typeof raw === 'number' ? raw : blankOrFail(raw, field, blanks);
    };
}

/** What a number field holds that holds no number: its blank, or a failure. */
export function blankOrFail(raw: Value | undefined, field: FieldNode, blanks: Blanks): number | null {
    return raw === null || raw === undefined || raw === '' ? blankNumber(field, blanks) : failOn(raw, field);
}

export function readText(field: FieldNode): Run<string> {
    const { path } = field;
    return (values) => {
        const raw = values[path];
        return typeof raw === 'string' && raw !== '' ? raw : blankTextOrFail(raw, field);
    };
}

export function blankTextOrFail(raw: Value | undefined, field: FieldNode): null {
    return raw === null || raw === undefined || raw === '' ? null : failOn(raw, field);
}

/** A checkbox is never blank: what is missing is false. */
export function readCheckbox(field: FieldNode): Run<boolean> {
    const { path } = field;
    return (values) => {
        const raw = values[path];
        return typeof raw === 'boolean' ? raw : raw === null || raw === undefined ? false : failOn(raw, field);
    };
}

/** A raw value of a given type as it is inside a formula. Fails on a value of another type. */
export function toInner(raw: Value, type: FieldTypeName, origin: Origin): Inner {
    if (raw === null || raw === '') {
        return null;
    }
    switch (familyOf(type)) {
        case 'checkbox':
            return typeof raw === 'boolean' ? raw : failOn(raw, origin);
        case 'text':
        case 'picklist':
        case 'multipicklist':
            return typeof raw === 'string' ? raw : failOn(raw, origin);
        default:
            return innerNumber(raw, { ...origin, type }, 'blank');
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

interface Origin extends Span {
    readonly path: string;
    readonly type: FieldNode['type'];
}

function innerNumber(raw: Value, origin: Origin, blanks: Blanks): number | null {
    if (raw === '') {
        return blankNumber(origin, blanks);
    }
    if (typeof raw === 'number') {
        const family = familyOf(origin.type);
        return family === 'number' ? (origin.type === 'Percent' ? divide(raw, 100) : raw) : failOn(raw, origin);
    }
    if (typeof raw !== 'string') {
        return failOn(raw, origin);
    }
    switch (familyOf(origin.type)) {
        case 'date':
            return parseDay(raw) ?? failOn(raw, origin);
        case 'datetime':
            return parseInstant(raw) ?? failOn(raw, origin);
        case 'time':
            return parseTime(raw) ?? failOn(raw, origin);
        default:
            return failOn(raw, origin);
    }
}

function blankNumber(origin: Origin, blanks: Blanks): number | null {
    return blanks === 'zero' && familyOf(origin.type) === 'number' ? 0 : null;
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

/** The number itself, 0 without a sign. Fails when a result has outgrown numbers. */
export function finite(value: number, span: Span): number {
    if (!Number.isFinite(value)) {
        return fail(span, 'the result is too large for a number');
    }
    return value === 0 ? 0 : value;
}

import type { Value } from 'c/formula';
import type { Field, FieldKind } from '../metadata/schema.ts';
import type { PlatformError } from '../page-contract.ts';
import { canonicalId } from './ids.ts';

/** What SQLite holds: numbers, text, 0/1 for checkboxes, days and instants as ISO text, blank as NULL. */
export type Stored = string | number | null;

export function isNumber(kind: FieldKind): boolean {
    return kind === 'Number' || kind === 'Currency' || kind === 'Percent';
}

export function isReferenceKind(kind: FieldKind): boolean {
    return kind === 'Lookup' || kind === 'MasterDetail';
}

/** Text that queries compare without regard to case. */
export function isText(kind: FieldKind): boolean {
    return (
        !isNumber(kind) &&
        kind !== 'Checkbox' &&
        kind !== 'Date' &&
        kind !== 'DateTime' &&
        kind !== 'Id' &&
        !isReferenceKind(kind)
    );
}

export function fromStored(kind: FieldKind, stored: unknown): Value {
    if (stored === null || stored === undefined) {
        return kind === 'Checkbox' ? false : null;
    }
    if (kind === 'Checkbox') {
        return stored === 1;
    }
    return typeof stored === 'number' || typeof stored === 'string' ? stored : null;
}

export function toStored(value: Value): Stored {
    if (typeof value === 'boolean') {
        return value ? 1 : 0;
    }
    return value === '' ? null : value;
}

/** A value that a field does not take; `error` is worded as the platform words it. */
export class ValueRefused extends Error {
    readonly error: PlatformError;
    constructor(errorCode: string, message: string, field: Field) {
        super(message);
        this.error = { errorCode, message, fields: [field.name] };
    }
}

/** Checks what an API was given for a field and returns it raw and normalised. Throws ValueRefused. */
export function checkValue(field: Field, input: unknown): Value {
    if (input === null || input === undefined || input === '') {
        if (field.kind === 'Checkbox') {
            throw wrongType(field, input);
        }
        return null;
    }
    switch (field.kind) {
        case 'Checkbox':
            return checkBoolean(field, input);
        case 'Number':
        case 'Currency':
        case 'Percent':
            return checkNumber(field, input);
        case 'Date':
            return checkDay(field, input);
        case 'DateTime':
            return checkInstant(field, input);
        case 'Picklist':
            return checkChoice(field, checkText(field, input), [checkText(field, input)]);
        case 'MultiselectPicklist': {
            const chosen = checkText(field, input).split(';');
            return checkChoice(field, [...new Set(chosen)].join(';'), chosen);
        }
        case 'Id':
        case 'Lookup':
        case 'MasterDetail': {
            const text = checkText(field, input);
            const id = canonicalId(text);
            if (!id) {
                throw new ValueRefused('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, field);
            }
            return id;
        }
        default:
            return checkLength(field, checkText(field, input));
    }
}

function wrongType(field: Field, input: unknown): ValueRefused {
    return new ValueRefused(
        'INVALID_TYPE_ON_FIELD_IN_RECORD',
        `${field.label}: value not of required type: ${typeof input === 'string' ? input : JSON.stringify(input)}`,
        field,
    );
}

function checkText(field: Field, input: unknown): string {
    if (typeof input !== 'string' && typeof input !== 'number') {
        throw wrongType(field, input);
    }
    return String(input);
}

function checkBoolean(field: Field, input: unknown): boolean {
    if (input === true || input === 'true') {
        return true;
    }
    if (input === false || input === 'false') {
        return false;
    }
    throw wrongType(field, input);
}

function checkNumber(field: Field, input: unknown): number {
    const number =
        typeof input === 'number' ? input : typeof input === 'string' && input.trim() !== '' ? Number(input) : NaN;
    if (!Number.isFinite(number)) {
        throw wrongType(field, input);
    }
    const scale = field.scale ?? 0;
    const wholeDigits = (field.precision ?? 18) - scale;
    if (Math.abs(number) >= 10 ** wholeDigits) {
        throw new ValueRefused(
            'NUMBER_OUTSIDE_VALID_RANGE',
            `${field.label}: value outside of valid range on numeric field: ${number}`,
            field,
        );
    }
    return roundTo(number, scale);
}

/** Rounds half away from zero, as the platform does; works on the decimal text so that 1.005 becomes 1.01. */
function roundTo(number: number, scale: number): number {
    const rounded = Math.sign(number) * Number(`${Math.round(Number(`${Math.abs(number)}e${scale}`))}e-${scale}`);
    return Number.isFinite(rounded) ? rounded + 0 : number;
}

function checkDay(field: Field, input: unknown): string {
    const match =
        typeof input === 'string' ? /^(\d{4}-\d{2}-\d{2})(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.exec(input) : null;
    const day = match?.[1];
    if (!day || !isRealDay(day)) {
        throw new ValueRefused(
            'INVALID_TYPE_ON_FIELD_IN_RECORD',
            `${field.label}: invalid date: ${String(input)}`,
            field,
        );
    }
    return day;
}

function isRealDay(day: string): boolean {
    const time = Date.parse(`${day}T00:00:00Z`);
    return Number.isFinite(time) && new Date(time).toISOString().startsWith(day);
}

/** Instants are kept to the second, as the platform keeps them. */
function checkInstant(field: Field, input: unknown): string {
    const text = typeof input === 'string' ? input : '';
    const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
    const time = match ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : NaN;
    if (!match?.[1] || !isRealDay(match[1]) || !Number.isFinite(time)) {
        throw new ValueRefused(
            'INVALID_TYPE_ON_FIELD_IN_RECORD',
            `${field.label}: invalid date and time: ${String(input)}`,
            field,
        );
    }
    return toSecond(new Date(time).toISOString());
}

export function toSecond(instant: string): string {
    return `${instant.slice(0, 19)}.000Z`;
}

function checkChoice(field: Field, stored: string, chosen: readonly string[]): string {
    if (field.restricted) {
        const wrong = chosen.find((value) => !field.picklist.some((option) => option.value === value && option.active));
        if (wrong !== undefined) {
            throw new ValueRefused(
                'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
                `${field.label}: bad value for restricted picklist field: ${wrong}`,
                field,
            );
        }
    }
    return stored;
}

function checkLength(field: Field, input: string): string | null {
    const text = field.kind === 'LongTextArea' ? input.trimEnd() : input.trim();
    if (field.length !== null && text.length > field.length) {
        throw new ValueRefused(
            'STRING_TOO_LONG',
            `${field.label}: data value too large: ${text.slice(0, 80)}${text.length > 80 ? '…' : ''} (max length=${field.length})`,
            field,
        );
    }
    if (field.kind === 'Email' && text !== '' && !/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*$/.test(text)) {
        throw new ValueRefused('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, field);
    }
    return text === '' ? null : text;
}

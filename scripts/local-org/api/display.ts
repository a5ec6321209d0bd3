import type { Value } from 'c/formula';
import type { Field } from '../metadata/schema.ts';
import type { Session } from '../store/session.ts';

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
    let format = cache.get(key);
    if (format === undefined) {
        format = make();
        cache.set(key, format);
    }
    return format;
}

function number(session: Session, field: Field, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
    const digits = field.scale ?? 0;
    const key = [session.locale, digits, options.style, options.currency].join('|');
    return kept(
        numberFormats,
        key,
        () =>
            new Intl.NumberFormat(session.locale, {
                minimumFractionDigits: digits,
                maximumFractionDigits: digits,
                ...options,
            }),
    );
}

/** How the platform words a value for this user; null where it gives no wording of its own (text, references, checkboxes). */
export function displayValue(session: Session, field: Field, value: Value): string | null {
    if (value === null) {
        return null;
    }
    switch (field.kind) {
        case 'Number':
            return typeof value === 'number' ? number(session, field).format(value) : null;
        case 'Percent':
            return typeof value === 'number' ? `${number(session, field).format(value)}%` : null;
        case 'Currency':
            return typeof value === 'number'
                ? number(session, field, { style: 'currency', currency: session.currency }).format(value)
                : null;
        case 'Date':
            return dayFormat(session).format(new Date(`${String(value)}T00:00:00Z`));
        case 'DateTime':
            return instantFormat(session).format(new Date(String(value)));
        case 'Picklist':
            return labelOf(field, String(value));
        case 'MultiselectPicklist':
            return String(value)
                .split(';')
                .map((one) => labelOf(field, one))
                .join(';');
        default:
            return null;
    }
}

export function labelOf(field: Field, value: string): string {
    return field.picklist.find((option) => option.value === value)?.label ?? value;
}

function dayFormat(session: Session): Intl.DateTimeFormat {
    return kept(
        dateFormats,
        `${session.locale}|day`,
        () => new Intl.DateTimeFormat(session.locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    );
}

function instantFormat(session: Session): Intl.DateTimeFormat {
    return kept(
        dateFormats,
        `${session.locale}|${session.timeZone}`,
        () =>
            new Intl.DateTimeFormat(session.locale, {
                dateStyle: 'medium',
                timeStyle: 'short',
                timeZone: session.timeZone,
            }),
    );
}

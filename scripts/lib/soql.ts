/** Values inside SOQL. jsforce's own query builder escapes no backslash and drops the WHERE of an empty list, so we write SOQL ourselves. */

const ESCAPES: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    "'": "\\'",
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\b': '\\b',
    '\f': '\\f',
};

/** A value as a SOQL literal. Dates and instants are text in JavaScript and unquoted in SOQL: use `soqlDate` for them. */
export function soqlLiteral(value: string | number | boolean | null): string {
    if (value === null) {
        return 'null';
    }
    if (typeof value === 'number') {
        if (!Number.isFinite(value)) {
            throw new RangeError(`${value} has no form in SOQL.`);
        }
        return String(value);
    }
    if (typeof value === 'boolean') {
        return value ? 'true' : 'false';
    }
    return `'${value.replace(/[\\'\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** A day (`YYYY-MM-DD`) or an instant (ISO 8601) as a SOQL literal. Throws RangeError for anything else. */
export function soqlDate(value: string): string {
    if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2}))?$/.test(value)) {
        throw new RangeError(`“${value}” is neither a day nor an instant.`);
    }
    return value;
}

/** `field IN (…)`; for an empty list a condition that no record meets, never one that all meet. */
export function soqlIn(field: string, values: readonly (string | number | boolean | null)[]): string {
    return values.length === 0 ? 'Id = null' : `${field} IN (${values.map(soqlLiteral).join(', ')})`;
}

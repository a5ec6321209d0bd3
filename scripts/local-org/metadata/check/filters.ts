import type { Field, FieldKind } from '../schema.ts';

const NUMBERS: readonly FieldKind[] = ['Number', 'Currency', 'Percent'];
const ORDERED: readonly FieldKind[] = [...NUMBERS, 'Date', 'DateTime'];
const BY_ORDER = ['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'];
const BY_TEXT = ['contains', 'notContain', 'startsWith'];
const BY_CHOICE = ['includes', 'excludes'];

/** A line of a filter of a list view, roll-up or report that the platform refuses: what is wrong and what to do, or null. */
export function filterProblem(field: Field, operation: string, value: string): string | null {
    const { kind, name } = field;
    if (
        BY_CHOICE.includes(operation) !== (kind === 'MultiselectPicklist') &&
        !['equals', 'notEqual'].includes(operation)
    ) {
        return `${operation} does not go with ${name}; includes and excludes are for multi-select picklists, and they take no others but equals and notEqual.`;
    }
    if (
        (BY_TEXT.includes(operation) && (ORDERED.includes(kind) || kind === 'Checkbox')) ||
        (BY_ORDER.includes(operation) && kind === 'Checkbox')
    ) {
        return `${operation} does not go with ${name}, a ${kind}; take equals or notEqual.`;
    }
    if (BY_ORDER.includes(operation) && value.includes(',')) {
        return `${operation} on ${name} takes one value, not "${value}".`;
    }
    const wrong = value === '' ? undefined : value.split(',').find((one) => !fits(kind, one.trim()));
    return wrong === undefined ? null : `"${wrong.trim()}" is no value of ${name}; ${WORDS[kind] ?? 'write another'}.`;
}

const WORDS: Partial<Record<FieldKind, string>> = {
    Checkbox: 'write True or False',
    Date: 'write YYYY-MM-DD or a literal such as LAST_N_DAYS:90',
    DateTime: 'write YYYY-MM-DD or a literal such as LAST_N_DAYS:90',
    Number: 'write a number',
    Currency: 'write a number',
    Percent: 'write a number',
};

function fits(kind: FieldKind, value: string): boolean {
    if (NUMBERS.includes(kind)) {
        return /^([A-Z]{3})?-?\d*\.?\d+%?$/.test(value);
    }
    if (kind === 'Checkbox') {
        return /^(true|false|1|0)$/i.test(value);
    }
    return (kind !== 'Date' && kind !== 'DateTime') || /^(\d|[A-Z][A-Z_ ]*\d*[A-Z_ ]*(:\d+)?$)/i.test(value);
}

/** What is wrong with filter logic such as `1 AND (2 OR 3)` over `count` filters, in the platform's words; null: nothing. */
export function logicProblem(logic: string, count: number): string | null {
    const tokens = logic.match(/\d+|\(|\)|\w+|\S/g) ?? [];
    const unknown = tokens.find((token) => !/^(\d+|[()]|AND|OR|NOT)$/i.test(token));
    if (unknown !== undefined) {
        return `The filter logic has "${unknown}"; write numbers of filters, AND, OR, NOT and parentheses.`;
    }
    const named = tokens.filter((token) => /^\d+$/.test(token)).map(Number);
    const missing = named.find((number) => number < 1 || number > count);
    if (missing !== undefined) {
        return `The filter logic references an undefined filter: ${missing}.`;
    }
    if (new Set(named).size < count) {
        return 'Some filter conditions are defined but not referenced in your filter logic; name all of them.';
    }
    // Innermost brackets become one operand after the other, until one is left.
    let rest = tokens.map((token) => (/^\d+$/.test(token) ? 'x' : token.toUpperCase())).join(' ');
    for (let before = ''; before !== rest;) {
        before = rest;
        rest = rest.replace(/NOT x/g, 'x').replace(/\( x((?: AND x)*|(?: OR x)*) \)/g, 'x');
    }
    if (/^x((?: AND x)*|(?: OR x)*)$/.test(rest)) {
        return null;
    }
    return / AND .* OR | OR .* AND /.test(rest)
        ? 'The filter logic needs parentheses around successive AND and OR expressions.'
        : `The filter logic "${logic}" cannot be read; write it such as 1 AND (2 OR 3).`;
}

import { failure } from '../failure.ts';
import type { Source } from '../metadata/files.ts';
import type { Field, FilterItem } from '../metadata/schema.ts';
import { MetadataError } from '../metadata/problems.ts';
import { likeText, type Comparator, type Condition, type Operand } from './conditions.ts';
import { isNumber } from './values.ts';

const COMPARATORS: Readonly<Record<string, Comparator>> = {
    equals: '=',
    notEqual: '!=',
    lessThan: '<',
    greaterThan: '>',
    lessOrEqual: '<=',
    greaterOrEqual: '>=',
};

/** A filter of the metadata (roll-up, list view) as a condition. `fieldOf` finds the field behind a path. */
export function filterCondition(item: FilterItem, fieldOf: (path: string) => Field, source: Source): Condition {
    const field = fieldOf(item.field);
    const values = splitValues(item.value);
    const operands = values.map((value) => operandOf(field, value, source));
    const path = item.field;
    const contains = (pattern: (text: string) => string): Condition => ({
        kind: 'or',
        parts: values.map((value) => ({ kind: 'like', path, pattern: pattern(likeText(value)) })),
    });
    switch (item.operation) {
        case 'equals':
            return operands.length > 1
                ? { kind: 'in', path, operands }
                : { kind: 'compare', path, operator: '=', operand: operands[0] ?? null };
        case 'notEqual':
            return operands.length > 1
                ? { kind: 'not', part: { kind: 'in', path, operands } }
                : { kind: 'compare', path, operator: '!=', operand: operands[0] ?? null };
        case 'contains':
            return contains((text) => `%${text}%`);
        case 'notContain':
            return { kind: 'not', part: contains((text) => `%${text}%`) };
        case 'startsWith':
            return contains((text) => `${text}%`);
        case 'includes':
            return { kind: 'includes', path, choices: values.map((value) => [value]) };
        case 'excludes':
            return { kind: 'not', part: { kind: 'includes', path, choices: values.map((value) => [value]) } };
        default: {
            const [operand, ...more] = operands;
            if (operand === undefined || more.length > 0) {
                throw new MetadataError(source, `the filter on ${path} needs exactly one value.`);
            }
            return { kind: 'compare', path, operator: COMPARATORS[item.operation] ?? '=', operand };
        }
    }
}

/** `a,"b,c"` → a | b,c. */
function splitValues(text: string): readonly string[] {
    if (text === '') {
        return [];
    }
    return [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)]
        .filter((match) => match[0] !== '')
        .map((match) => (match[1] !== undefined ? match[1].replaceAll('""', '"') : (match[2] ?? '').trim()));
}

function operandOf(field: Field, text: string, source: Source): Operand {
    if (isNumber(field.kind)) {
        const number = Number(text);
        if (!Number.isFinite(number)) {
            throw new MetadataError(source, `filters ${field.name} by "${text}", which is no number.`);
        }
        return number;
    }
    if (field.kind === 'Checkbox') {
        if (!/^(true|false|1|0)$/i.test(text)) {
            throw new MetadataError(source, `filters ${field.name} by "${text}"; write True or False.`);
        }
        return /^(true|1)$/i.test(text);
    }
    if ((field.kind === 'Date' || field.kind === 'DateTime') && !/^\d{4}-/.test(text)) {
        const match = /^([A-Z][A-Z0-9_]*)(?::(\d+))?$/i.exec(text);
        if (!match?.[1]) {
            throw new MetadataError(
                source,
                `filters ${field.name} by "${text}"; write YYYY-MM-DD or a literal such as LAST_N_DAYS:90.`,
            );
        }
        return { literal: match[1].toUpperCase(), count: match[2] === undefined ? null : Number(match[2]) };
    }
    return text;
}

/** Filters of a list view joined as `1 AND (2 OR 3)` says; all of them when it says nothing. */
export function joinFilters(conditions: readonly Condition[], logic: string | null, source: Source): Condition {
    if (logic === null) {
        return { kind: 'and', parts: conditions };
    }
    const tokens = logic.match(/\d+|\(|\)|AND|OR|NOT/gi) ?? [];
    let next = 0;
    const parseOr = (): Condition => parseChain('OR', parseAnd);
    const parseAnd = (): Condition => parseChain('AND', parseOne);
    const parseChain = (word: 'AND' | 'OR', operand: () => Condition): Condition => {
        const parts = [operand()];
        while (tokens[next]?.toUpperCase() === word) {
            next += 1;
            parts.push(operand());
        }
        return parts.length === 1 && parts[0] ? parts[0] : { kind: word === 'AND' ? 'and' : 'or', parts };
    };
    const parseOne = (): Condition => {
        const token = tokens[next]?.toUpperCase();
        next += 1;
        if (token === 'NOT') {
            return { kind: 'not', part: parseOne() };
        }
        if (token === '(') {
            const inner = parseOr();
            next += 1;
            return inner;
        }
        const condition = conditions[Number(token) - 1];
        if (!condition) {
            throw failure(
                'MALFORMED_QUERY',
                `${source.file}: the filter logic "${logic}" names a filter that is not there.`,
            );
        }
        return condition;
    };
    return parseOr();
}

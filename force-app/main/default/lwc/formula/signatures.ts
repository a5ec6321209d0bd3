import type { Family } from './families';
import type { FieldTypeName } from './types';

/** What a function takes and gives. IF, CASE, BLANKVALUE and NULLVALUE follow rules of their own (check.ts). */
export interface Signature {
    /** Families each argument may have; `any`: all of them. */
    readonly takes: readonly (readonly Family[] | 'any')[];
    /** Arguments that must be there; all when left out. */
    readonly required?: number;
    /** The last parameter may repeat. */
    readonly repeats?: true;
    /** `first`: the type of the first argument. */
    readonly gives: FieldTypeName | 'first';
}

const number = ['number'] as const;
const text = ['text'] as const;
const date = ['date'] as const;
const checkbox = ['checkbox'] as const;

export const SIGNATURES: Readonly<Record<string, Signature>> = {
    AND: { takes: [checkbox], repeats: true, gives: 'Checkbox' },
    OR: { takes: [checkbox], repeats: true, gives: 'Checkbox' },
    NOT: { takes: [checkbox], gives: 'Checkbox' },
    ISBLANK: { takes: ['any'], gives: 'Checkbox' },
    ISNULL: { takes: ['any'], gives: 'Checkbox' },
    ISPICKVAL: { takes: [['picklist'], text], gives: 'Checkbox' },
    // A Text may hold several answers too, joined like a multi-select picklist: 'A;B'.
    INCLUDES: { takes: [['multipicklist', 'text'], text], gives: 'Checkbox' },
    CONTAINS: { takes: [text, text], gives: 'Checkbox' },
    BEGINS: { takes: [text, text], gives: 'Checkbox' },
    TEXT: { takes: [['number', 'date', 'datetime', 'time', 'picklist', 'text']], gives: 'Text' },
    VALUE: { takes: [text], gives: 'Number' },
    LEN: { takes: [text], gives: 'Number' },
    FIND: { takes: [text, text, number], required: 2, gives: 'Number' },
    LEFT: { takes: [text, number], gives: 'Text' },
    RIGHT: { takes: [text, number], gives: 'Text' },
    MID: { takes: [text, number, number], gives: 'Text' },
    TRIM: { takes: [text], gives: 'Text' },
    UPPER: { takes: [text], gives: 'Text' },
    LOWER: { takes: [text], gives: 'Text' },
    SUBSTITUTE: { takes: [text, text, text], gives: 'Text' },
    ABS: { takes: [number], gives: 'first' },
    MIN: { takes: [number], repeats: true, gives: 'Number' },
    MAX: { takes: [number], repeats: true, gives: 'Number' },
    ROUND: { takes: [number, number], gives: 'first' },
    FLOOR: { takes: [number], gives: 'Number' },
    CEILING: { takes: [number], gives: 'Number' },
    MOD: { takes: [number, number], gives: 'Number' },
    SQRT: { takes: [number], gives: 'Number' },
    TODAY: { takes: [], gives: 'Date' },
    NOW: { takes: [], gives: 'DateTime' },
    DATE: { takes: [number, number, number], gives: 'Date' },
    DATEVALUE: { takes: [['text', 'datetime', 'date']], gives: 'Date' },
    DATETIMEVALUE: { takes: [['text', 'datetime', 'date']], gives: 'DateTime' },
    YEAR: { takes: [date], gives: 'Number' },
    MONTH: { takes: [date], gives: 'Number' },
    DAY: { takes: [date], gives: 'Number' },
    WEEKDAY: { takes: [date], gives: 'Number' },
    ADDMONTHS: { takes: [['date', 'datetime'], number], gives: 'first' },
};

export const BRANCHING = ['IF', 'CASE', 'BLANKVALUE', 'NULLVALUE'] as const;

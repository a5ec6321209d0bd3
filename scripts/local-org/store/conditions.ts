import type { Value } from 'c/formula';

/** A query as every API states it; field paths may go through lookups (`Account.Owner.Name`). */
export interface RecordQuery {
    readonly object: string;
    readonly fields: readonly string[];
    readonly where?: Condition | undefined;
    readonly orderBy?: readonly OrderBy[] | undefined;
    readonly limit?: number | undefined;
    readonly offset?: number | undefined;
    /** A lookup of the object: limit and offset then hold for the records of each parent by itself. */
    readonly perParent?: string | undefined;
}

export interface OrderBy {
    readonly path: string;
    readonly descending: boolean;
    readonly nullsLast: boolean;
}

export interface AggregateQuery {
    readonly object: string;
    readonly groupBy: readonly string[];
    readonly functions: readonly AggregateFunction[];
    readonly where?: Condition | undefined;
    /** Paths are aliases of the functions and grouped fields. */
    readonly having?: Condition | undefined;
    /** As in `having`. */
    readonly orderBy?: readonly OrderBy[] | undefined;
    readonly limit?: number | undefined;
    readonly offset?: number | undefined;
}

export interface AggregateFunction {
    readonly name: 'count' | 'count_distinct' | 'sum' | 'min' | 'max' | 'avg';
    /** Null: count the records. */
    readonly path: string | null;
    readonly alias: string;
}

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `LAST_N_DAYS:30`; `count` is null for literals without a number. */
export interface DateLiteral {
    readonly literal: string;
    readonly count: number | null;
}

/** A value as a query wrote it, where it matters whether it stood in quotes: `'2026-11-21'` is no date. */
export interface WrittenText {
    readonly text: string;
    readonly quoted: boolean;
}

export type Operand = Value | DateLiteral | WrittenText;

export type Condition =
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
    | { readonly kind: 'not'; readonly part: Condition }
    | { readonly kind: 'compare'; readonly path: string; readonly operator: Comparator; readonly operand: Operand }
    /** `%` and `_` are wildcards, `\` escapes them. */
    | { readonly kind: 'like'; readonly path: string; readonly pattern: string }
    | { readonly kind: 'in'; readonly path: string; readonly operands: readonly Operand[] }
    | { readonly kind: 'inQuery'; readonly path: string; readonly query: RecordQuery };

export const and = (...parts: readonly (Condition | null | undefined)[]): Condition => ({
    kind: 'and',
    parts: parts.filter((part) => part !== null && part !== undefined),
});

export const equals = (path: string, operand: Operand): Condition => ({
    kind: 'compare',
    path,
    operator: '=',
    operand,
});

export function isDateLiteral(operand: Operand): operand is DateLiteral {
    return typeof operand === 'object' && operand !== null && 'literal' in operand;
}

/** Text that a LIKE pattern matches literally. */
export function likeText(text: string): string {
    return text.replace(/[\\%_]/g, '\\$&');
}

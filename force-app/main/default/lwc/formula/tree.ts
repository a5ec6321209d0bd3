import type { Span } from './issues';

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '&' | ComparisonSymbol;
export type ComparisonSymbol = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * A formula as parsed: names not yet looked up, types not yet known. `&&`, `||` and `!` are the calls AND, OR and NOT.
 */
export type Tree = Span &
    (
        | { readonly kind: 'literal'; readonly value: number | string | boolean | null }
        | { readonly kind: 'name'; readonly name: string }
        | { readonly kind: 'negate'; readonly operand: Tree }
        | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Tree; readonly right: Tree }
        | CallTree
    );

export type CallTree = Span & {
    readonly kind: 'call';
    /** In upper case. */
    readonly name: string;
    readonly nameSpan: Span;
    readonly operands: readonly Tree[];
};

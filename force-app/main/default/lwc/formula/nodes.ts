import type { NodeType } from './families';
import type { Span } from './issues';
import type { ComparisonSymbol } from './tree';
import type { HostFunction } from './types';

/** A checked formula: every name resolved, every part typed. What the compiler and `explain` work on. */
export type Node =
    LiteralNode | FieldNode | NegateNode | ArithmeticNode | ConcatNode | CompareNode | CallNode | HostNode;

interface Typed extends Span {
    readonly type: NodeType;
}

export interface LiteralNode extends Typed {
    readonly kind: 'literal';
    readonly value: number | string | boolean | null;
}

export interface FieldNode extends Typed {
    readonly kind: 'field';
    readonly path: string;
    readonly label: string | undefined;
}

export interface NegateNode extends Typed {
    readonly kind: 'negate';
    readonly operand: Node;
}

export interface ArithmeticNode extends Typed {
    readonly kind: 'arithmetic';
    readonly operator: '+' | '-' | '*' | '/' | '^';
    readonly left: Node;
    readonly right: Node;
}

export interface ConcatNode extends Typed {
    readonly kind: 'concat';
    readonly left: Node;
    readonly right: Node;
}

export interface CompareNode extends Typed {
    readonly kind: 'compare';
    readonly operator: ComparisonSymbol;
    readonly left: Node;
    readonly right: Node;
}

export interface CallNode extends Typed {
    readonly kind: 'call';
    readonly name: string;
    readonly operands: readonly Node[];
}

export interface HostNode extends Typed {
    readonly kind: 'host';
    readonly name: string;
    readonly host: HostFunction;
    readonly operands: readonly Node[];
}

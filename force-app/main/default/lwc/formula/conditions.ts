import { familyOf } from './families';
import type { Cell } from './frame';
import { junction } from './logic';
import type { CallNode, CompareNode, FieldNode, Node } from './nodes';
import { multiply } from './numbers';
import { type Compiler, type Inner, literalNumber, literalText, type Run } from './runs';
import type { ComparisonSymbol } from './tree';
import type { Value } from './types';

const MIRRORED: Readonly<Record<ComparisonSymbol, ComparisonSymbol>> = {
    '=': '=',
    '<>': '<>',
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
};

/**
 * A field against something fixed, the condition that nearly all rules are made of: a number or date within bounds, or
 * a text that is the wanted one. All of them are objects of this one class, so that AND and OR run through them
 * without a call.
 */
export class FixedCondition {
    private readonly wanted: string | null;
    private low = -Infinity;
    private high = Infinity;
    private readonly values: readonly (Value | undefined)[];
    private readonly index: number;

    /** `wanted`: the text; null for a condition on numbers. `whenBlank`: what a blank gives. */
    constructor(
        private readonly cell: Cell,
        wanted: string | null,
        private whenBlank: boolean | null,
    ) {
        this.wanted = wanted === null ? null : interned(wanted);
        this.values = cell.values;
        this.index = cell.index;
    }

    test(): boolean | null {
        const value = this.values[this.index];
        if (typeof value === 'number' && this.wanted === null) {
            return value >= this.low && value <= this.high;
        }
        if (typeof value === 'string' && this.wanted !== null && value !== '') {
            return value === this.wanted;
        }
        return value === null ? this.whenBlank : this.settled();
    }

    /** Sets the bounds for `field operator limit`; NaN, a limit that is not known, is met by nothing. */
    bound(operator: ComparisonSymbol, limit: number, blankIsZero: boolean): void {
        this.low = operator === '>' ? nextAbove(limit) : operator === '<' || operator === '<=' ? -Infinity : limit;
        this.high = operator === '<' ? -nextAbove(-limit) : operator === '>' || operator === '>=' ? Infinity : limit;
        if (blankIsZero) {
            this.whenBlank = this.isMet(0);
        }
    }

    private settled(): boolean | null {
        const value = this.cell.settle();
        return value === null ? this.whenBlank : this.isMet(value);
    }

    private isMet(value: Inner): boolean {
        return typeof value === 'number' ? value >= this.low && value <= this.high : value === this.wanted;
    }
}

/** The condition as one with something fixed, if it is of that form. */
export function fixedCondition(compiler: Compiler, node: Node): FixedCondition | undefined {
    if (node.kind === 'compare') {
        return (
            numberCondition(compiler, node.operator, node.left, node.right) ??
            numberCondition(compiler, MIRRORED[node.operator], node.right, node.left) ??
            textCondition(compiler, node, node.left, node.right) ??
            textCondition(compiler, node, node.right, node.left)
        );
    }
    return node.kind === 'call' && node.name === 'ISPICKVAL' ? pickCondition(compiler, node) : undefined;
}

function numberCondition(
    compiler: Compiler,
    operator: ComparisonSymbol,
    field: Node,
    limit: Node,
): FixedCondition | undefined {
    if (
        field.kind !== 'field' ||
        operator === '<>' ||
        !isFixed(limit) ||
        !['number', 'date', 'datetime'].includes(familyOf(field.type))
    ) {
        return undefined;
    }
    const { frame, blanks } = compiler;
    // A raw Percent is compared with 100 times the fraction, which spares a division for each record.
    const condition = new FixedCondition(frame.cell(field, blanks, true), null, null);
    const blankIsZero = blanks === 'zero' && familyOf(field.type) === 'number';
    const fixed = literalNumber(limit);
    if (fixed !== undefined) {
        condition.bound(operator, field.type === 'Percent' ? multiply(fixed, 100) : fixed, blankIsZero);
        return condition;
    }
    const run = compiler.number(limit);
    frame.onClock(() => {
        condition.bound(operator, run() ?? NaN, false);
    });
    return condition;
}

/** A number, or a day or an instant some days from now; nothing that could fail. */
function isFixed(node: Node): boolean {
    if (literalNumber(node) !== undefined) {
        return true;
    }
    if (node.kind === 'arithmetic') {
        const shifts = (node.operator === '+' || node.operator === '-') && node.type !== 'Number';
        return shifts && isFixed(node.left) && isFixed(node.right);
    }
    return node.kind === 'call' && (node.name === 'TODAY' || node.name === 'NOW');
}

function textCondition(
    { frame, blanks }: Compiler,
    { operator }: CompareNode,
    field: Node,
    literal: Node,
): FixedCondition | undefined {
    const wanted = literalText(literal);
    return isField(field) && wanted !== undefined && operator === '='
        ? new FixedCondition(frame.cell(field, blanks), wanted, blanks === 'unknown' ? null : false)
        : undefined;
}

function pickCondition({ frame, blanks }: Compiler, { operands }: CallNode): FixedCondition | undefined {
    const [field, value] = operands;
    const wanted = value === undefined ? undefined : literalText(value);
    return isField(field) && wanted !== undefined
        ? new FixedCondition(frame.cell(field, blanks), wanted, blanks === 'unknown' ? null : false)
        : undefined;
}

function isField(node: Node | undefined): node is FieldNode {
    return node?.kind === 'field';
}

/**
 * AND or OR of conditions with something fixed. Rules of three are common enough to be spelt out, with true and false
 * as such: that lets an engine go from a comparison straight to the end of the rule.
 */
export function fixedJunction(conditions: readonly FixedCondition[], decider: boolean): Run<boolean> {
    const [first, second, third] = conditions;
    if (conditions.length !== 3 || first === undefined || second === undefined || third === undefined) {
        const runs = conditions.map((condition) => () => condition.test());
        return junction(runs, decider);
    }
    if (decider) {
        return () => {
            const one = first.test();
            if (one === true) {
                return true;
            }
            const two = second.test();
            if (two === true) {
                return true;
            }
            const three = third.test();
            return three === true ? true : one === null || two === null ? null : three;
        };
    }
    return () => {
        const one = first.test();
        if (one === false) {
            return false;
        }
        const two = second.test();
        if (two === false) {
            return false;
        }
        const three = third.test();
        return three === false ? false : one === null || two === null ? null : three;
    };
}

/** The same text as an engine keeps property names: two texts kept so are compared by address. */
function interned(text: string): string {
    return Object.keys({ [text]: true })[0] ?? text;
}

const BITS = new DataView(new ArrayBuffer(8));

/** The smallest double above `value`: what `> value` begins with. */
function nextAbove(value: number): number {
    if (!Number.isFinite(value)) {
        return value;
    }
    if (value === 0) {
        return Number.MIN_VALUE;
    }
    BITS.setFloat64(0, value);
    BITS.setBigInt64(0, BITS.getBigInt64(0) + (value > 0 ? 1n : -1n));
    return BITS.getFloat64(0);
}

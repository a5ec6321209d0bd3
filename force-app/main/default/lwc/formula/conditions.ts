import { familyOf } from './families';
import type { Cell } from './frame';
import type { FieldNode, Node } from './nodes';
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

/** Something that is true, false or unknown. Rules go through few classes of them, which an engine can run without a call. */
export interface Condition {
    test(): boolean | null;
}

/**
 * A field against something fixed, the condition that nearly all rules are made of: a number or date within bounds, or
 * a text that is the wanted one.
 */
class FixedCondition implements Condition {
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

class NegatedCondition implements Condition {
    constructor(private readonly condition: FixedCondition) {}

    test(): boolean | null {
        const held = this.condition.test();
        return held === null ? null : !held;
    }
}

class OtherCondition implements Condition {
    constructor(readonly test: Run<boolean>) {}
}

/** The condition that a part gives; undefined unless it is a field against something fixed. */
export function fixedCondition(compiler: Compiler, node: Node): Condition | undefined {
    if (node.kind === 'compare' && node.operator === '<>') {
        const equal = comparison(compiler, '=', node.left, node.right);
        return equal === undefined ? undefined : new NegatedCondition(equal);
    }
    if (node.kind === 'compare') {
        return comparison(compiler, node.operator, node.left, node.right);
    }
    const [field, value] = node.kind === 'call' && node.name === 'ISPICKVAL' ? node.operands : [];
    return field === undefined || value === undefined ? undefined : textCondition(compiler, field, value);
}

function comparison(
    compiler: Compiler,
    operator: ComparisonSymbol,
    left: Node,
    right: Node,
): FixedCondition | undefined {
    const texts =
        operator === '=' ? (textCondition(compiler, left, right) ?? textCondition(compiler, right, left)) : undefined;
    return (
        texts ??
        numberCondition(compiler, operator, left, right) ??
        numberCondition(compiler, MIRRORED[operator], right, left)
    );
}

function numberCondition(
    compiler: Compiler,
    operator: ComparisonSymbol,
    field: Node,
    limit: Node,
): FixedCondition | undefined {
    if (field.kind !== 'field' || !isFixed(limit) || !['number', 'date', 'datetime'].includes(familyOf(field.type))) {
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

function textCondition({ frame, blanks }: Compiler, node: Node, literal: Node): FixedCondition | undefined {
    const field = textField(node);
    const wanted = literalText(literal);
    return field === undefined || wanted === undefined
        ? undefined
        : new FixedCondition(frame.cell(field, blanks), wanted, blanks === 'unknown' ? null : false);
}

/** The field of a text or picklist, also within TEXT( ). */
function textField(node: Node): FieldNode | undefined {
    const [inner] = node.kind === 'call' && node.name === 'TEXT' ? node.operands : [node];
    return inner?.kind === 'field' && ['text', 'picklist'].includes(familyOf(inner.type)) ? inner : undefined;
}

/**
 * Three-valued AND (`decider` false: one false decides) or OR (one true decides); else one unknown decides. Rules of
 * two and three conditions are common enough to be spelt out, with true and false as such: that lets an engine go from
 * a comparison straight to the end of the rule.
 */
export function compileJunction(compiler: Compiler, operands: readonly Node[], decider: boolean): Run<boolean> {
    const conditions = operands.map(
        (operand): Condition => fixedCondition(compiler, operand) ?? new OtherCondition(compiler.checkbox(operand)),
    );
    const [first, second, third] = conditions;
    if (first === undefined || second === undefined || conditions.length > 3) {
        return junction(conditions, decider);
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
            const three = third === undefined ? false : third.test();
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
        const three = third === undefined ? true : third.test();
        return three === false ? false : one === null || two === null ? null : three;
    };
}

function junction(conditions: readonly Condition[], decider: boolean): Run<boolean> {
    return () => {
        let result: boolean | null = !decider;
        for (const condition of conditions) {
            const held = condition.test();
            if (held === decider) {
                return decider;
            }
            if (held === null) {
                result = null;
            }
        }
        return result;
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

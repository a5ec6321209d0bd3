import { fixedCondition } from './conditions';
import { familyOf } from './families';
import type { CompareNode, Node } from './nodes';
import { type Compiler, constant, isBlankLiteral, type Run } from './runs';
import type { ComparisonSymbol } from './tree';

/**
 * A comparison with a blank is null: unknown in a rule, neither met nor unmet in a formula field. Two exceptions. In a
 * rule, `= NULL`, `= ""` and their `<>` ask whether something is blank, and always know. In a formula field a blank
 * text equals "", as on the platform.
 */
export function compileComparison(compiler: Compiler, node: CompareNode): Run<boolean> {
    const { operator, left, right } = node;
    if (compiler.blanks === 'unknown' && (operator === '=' || operator === '<>')) {
        if (isBlankLiteral(left) || isBlankLiteral(right)) {
            return compileBlankTest(compiler, isBlankLiteral(right) ? left : right, operator === '=');
        }
    }
    const fixed = fixedCondition(compiler, node);
    if (fixed !== undefined) {
        return () => fixed.test();
    }
    const family = familyOf(left.type) === 'null' ? familyOf(right.type) : familyOf(left.type);
    switch (family) {
        case 'text':
            return compareTexts(compiler, node);
        case 'checkbox':
            return compareCheckboxes(compiler.checkbox(left), compiler.checkbox(right), operator === '=');
        case 'null':
            return constant<boolean>(null);
        default:
            return compareNumbers(operator, compiler.number(left), compiler.number(right));
    }
}

export function compileBlankTest(compiler: Compiler, node: Node, whenBlank: boolean): Run<boolean> {
    const run = compiler.any(node);
    return () => (run() === null ? whenBlank : !whenBlank);
}

function compareNumbers(operator: ComparisonSymbol, left: Run<number>, right: Run<number>): Run<boolean> {
    return () => {
        const leftValue = left();
        if (leftValue === null) {
            return null;
        }
        const rightValue = right();
        return rightValue === null ? null : holds(operator, leftValue, rightValue);
    };
}

function compareCheckboxes(left: Run<boolean>, right: Run<boolean>, whenEqual: boolean): Run<boolean> {
    return () => {
        const leftValue = left();
        const rightValue = right();
        return leftValue === null || rightValue === null ? null : (leftValue === rightValue) === whenEqual;
    };
}

function compareTexts(compiler: Compiler, { operator, left, right }: CompareNode): Run<boolean> {
    const blankIsEmpty = compiler.blanks !== 'unknown';
    const leftRun = compiler.text(left);
    const rightRun = compiler.text(right);
    if (operator === '=' || operator === '<>') {
        const whenEqual = operator === '=';
        if (blankIsEmpty) {
            return () => (leftRun() === rightRun()) === whenEqual;
        }
        return () => {
            const leftValue = leftRun();
            const rightValue = rightRun();
            return leftValue === null || rightValue === null ? null : (leftValue === rightValue) === whenEqual;
        };
    }
    return () => {
        const leftValue = leftRun();
        const rightValue = rightRun();
        return leftValue === null || rightValue === null ? null : holds(operator, leftValue, rightValue);
    };
}

export function holds<T extends number | string>(operator: ComparisonSymbol, left: T, right: T): boolean {
    switch (operator) {
        case '=':
            return left === right;
        case '<>':
            return left !== right;
        case '<':
            return left < right;
        case '<=':
            return left <= right;
        case '>':
            return left > right;
        case '>=':
            return left >= right;
    }
}

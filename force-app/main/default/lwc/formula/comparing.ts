import { familyOf } from './families';
import type { CompareNode, FieldNode, Node } from './nodes';
import { multiply } from './numbers';
import { blankOrFail, blankTextOrFail } from './reading';
import { type Compiler, constant, isBlankLiteral, literalNumber, literalText, type Run } from './runs';
import type { ComparisonSymbol } from './tree';

const MIRRORED: Readonly<Record<ComparisonSymbol, ComparisonSymbol>> = {
    '=': '=',
    '<>': '<>',
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
};

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
    const family = familyOf(left.type) === 'null' ? familyOf(right.type) : familyOf(left.type);
    switch (family) {
        case 'text':
            return compareTexts(compiler, node);
        case 'checkbox':
            return compareCheckboxes(compiler.checkbox(left), compiler.checkbox(right), operator === '=');
        case 'null':
            return constant<boolean>(null);
        default:
            return (
                numberWithConstant(compiler, operator, left, right) ??
                numberWithConstant(compiler, MIRRORED[operator], right, left) ??
                compareNumbers(operator, compiler.number(left), compiler.number(right))
            );
    }
}

export function compileBlankTest(compiler: Compiler, node: Node, whenBlank: boolean): Run<boolean> {
    const run = compiler.any(node);
    return (values, clock) => (run(values, clock) === null ? whenBlank : !whenBlank);
}

/** A number field against a literal, the commonest condition of all, reads the field in place. */
function numberWithConstant(
    compiler: Compiler,
    operator: ComparisonSymbol,
    field: Node,
    literal: Node,
): Run<boolean> | undefined {
    const value = literalNumber(literal);
    if (field.kind !== 'field' || familyOf(field.type) !== 'number' || value === undefined) {
        return undefined;
    }
    // Raw percents are compared with 100 times the fraction, which spares a division for each record.
    const limit = field.type === 'Percent' ? multiply(value, 100) : value;
    return rawWithConstant(operator, field, limit, (raw) => {
        const blank = blankOrFail(raw, field, compiler.blanks);
        return blank === null ? null : holds(operator, blank, limit);
    });
}

type Otherwise = (raw: string | boolean | null | undefined) => boolean | null;

function rawWithConstant(
    operator: ComparisonSymbol,
    { path }: FieldNode,
    limit: number,
    otherwise: Otherwise,
): Run<boolean> {
    // One closure for each operator: choosing inside would cost as much as the comparison.
    switch (operator) {
        case '=':
            return (values) => {
                const raw = values[path];
                return typeof raw === 'number' ? raw === limit : otherwise(raw);
            };
        case '<>':
            return (values) => {
                const raw = values[path];
                return typeof raw === 'number' ? raw !== limit : otherwise(raw);
            };
        case '<':
            return (values) => {
                const raw = values[path];
                return typeof raw === 'number' ? raw < limit : otherwise(raw);
            };
        case '<=':
            return (values) => {
                const raw = values[path];
                return typeof raw === 'number' ? raw <= limit : otherwise(raw);
            };
        case '>':
            return (values) => {
                const raw = values[path];
                return typeof raw === 'number' ? raw > limit : otherwise(raw);
            };
        case '>=':
            return (values) => {
                const raw = values[path];
                return typeof raw === 'number' ? raw >= limit : otherwise(raw);
            };
    }
}

function compareNumbers(operator: ComparisonSymbol, left: Run<number>, right: Run<number>): Run<boolean> {
    return (values, clock) => {
        const leftValue = left(values, clock);
        if (leftValue === null) {
            return null;
        }
        const rightValue = right(values, clock);
        return rightValue === null ? null : holds(operator, leftValue, rightValue);
    };
}

function compareCheckboxes(left: Run<boolean>, right: Run<boolean>, whenEqual: boolean): Run<boolean> {
    return (values, clock) => {
        const leftValue = left(values, clock);
        const rightValue = right(values, clock);
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
            return (values, clock) => (leftRun(values, clock) === rightRun(values, clock)) === whenEqual;
        }
        return (
            textWithConstant(left, right, whenEqual) ??
            textWithConstant(right, left, whenEqual) ??
            ((values, clock) => {
                const leftValue = leftRun(values, clock);
                const rightValue = rightRun(values, clock);
                return leftValue === null || rightValue === null ? null : (leftValue === rightValue) === whenEqual;
            })
        );
    }
    return (values, clock) => {
        const leftValue = leftRun(values, clock);
        const rightValue = rightRun(values, clock);
        return leftValue === null || rightValue === null ? null : holds(operator, leftValue, rightValue);
    };
}

function textWithConstant(field: Node, literal: Node, whenEqual: boolean): Run<boolean> | undefined {
    const wanted = literalText(literal);
    return field.kind === 'field' && wanted !== undefined ? textFieldEquals(field, wanted, whenEqual) : undefined;
}

/** A rule's test of a text or picklist field against a fixed value; unknown when the field is blank. */
export function textFieldEquals(field: FieldNode, wanted: string, whenEqual: boolean): Run<boolean> {
    const { path } = field;
    return (values) => {
        const raw = values[path];
        return typeof raw === 'string' && raw !== '' ? (raw === wanted) === whenEqual : blankTextOrFail(raw, field);
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

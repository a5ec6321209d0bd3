import type { Checker } from './check';
import { type Family, familyOf, type NodeType, spoken } from './families';
import type { Span } from './issues';
import type { Node } from './nodes';
import type { BinaryOperator, ComparisonSymbol } from './tree';

type ArithmeticSymbol = '+' | '-' | '*' | '/' | '^';

export function checkBinary(
    checker: Checker,
    operator: BinaryOperator,
    left: Node | undefined,
    right: Node | undefined,
    { start, end }: Span,
): Node | undefined {
    if (left === undefined || right === undefined) {
        return undefined;
    }
    switch (operator) {
        case '&':
            return isTextual(checker, left, '&') && isTextual(checker, right, '&')
                ? { kind: 'concat', left, right, type: 'Text', start, end }
                : undefined;
        case '+':
        case '-':
        case '*':
        case '/':
        case '^':
            return checkArithmetic(checker, operator, left, right, { start, end });
        default:
            return comparable(checker, operator, left, right)
                ? { kind: 'compare', operator, left, right, type: 'Checkbox', start, end }
                : undefined;
    }
}

function checkArithmetic(
    checker: Checker,
    operator: ArithmeticSymbol,
    left: Node,
    right: Node,
    { start, end }: Span,
): Node | undefined {
    const leftFamily = familyOf(left.type);
    const rightFamily = familyOf(right.type);
    const texts = [leftFamily, rightFamily].filter((family) => family === 'text');
    if (operator === '+' && texts.length > 0) {
        return isTextual(checker, left, '+') && isTextual(checker, right, '+')
            ? { kind: 'concat', left, right, type: 'Text', start, end }
            : undefined;
    }
    const type = arithmeticType(operator, left.type, right.type);
    if (type !== undefined) {
        return { kind: 'arithmetic', operator, left, right, type, start, end };
    }
    const wrong = leftFamily === 'number' || leftFamily === 'null' || isDay(leftFamily) ? right : left;
    const message =
        isDay(leftFamily) && isDay(rightFamily)
            ? `${spoken(left.type)} ${operator} ${spoken(right.type)} has no meaning`
            : `${operator} needs a Number, but ${checker.describe(wrong)}`;
    checker.noteType(wrong, message, isDay(leftFamily) && isDay(rightFamily) ? ['date'] : ['number']);
    return undefined;
}

function isDay(family: Family): boolean {
    return family === 'date' || family === 'datetime' || family === 'time';
}

/** Type of the result, or undefined where the operator has no meaning. */
function arithmeticType(operator: ArithmeticSymbol, left: NodeType, right: NodeType): NodeType | undefined {
    const leftFamily = familyOf(left);
    const rightFamily = familyOf(right);
    if (leftFamily === 'null' || rightFamily === 'null') {
        const other = leftFamily === 'null' ? right : left;
        return familyOf(other) === 'number' || other === 'Null' || isDay(familyOf(other)) ? other : undefined;
    }
    if (leftFamily === 'number' && rightFamily === 'number') {
        return left === right && (operator === '+' || operator === '-') ? left : 'Number';
    }
    if (operator === '+' || operator === '-') {
        if (isDay(leftFamily) && rightFamily === 'number') {
            return left;
        }
        if (operator === '+' && leftFamily === 'number' && isDay(rightFamily)) {
            return right;
        }
        if (operator === '-' && isDay(leftFamily) && leftFamily === rightFamily) {
            return 'Number';
        }
    }
    return undefined;
}

function isTextual(checker: Checker, node: Node, operator: '&' | '+'): boolean {
    const family = familyOf(node.type);
    if (family === 'text' || family === 'null') {
        return true;
    }
    checker.noteType(node, `${operator} joins texts, but ${checker.describe(node)}`, ['text']);
    return false;
}

function comparable(checker: Checker, operator: ComparisonSymbol, left: Node, right: Node): boolean {
    for (const [node, other] of [
        [left, right],
        [right, left],
    ] as const) {
        const family = familyOf(node.type);
        if (family === 'picklist' || family === 'multipicklist') {
            notePicklist(checker, operator, node, other);
            return false;
        }
    }
    const leftFamily = familyOf(left.type);
    const rightFamily = familyOf(right.type);
    if (leftFamily !== rightFamily && leftFamily !== 'null' && rightFamily !== 'null') {
        const message = `${checker.describe(left)} and cannot be compared with ${spoken(right.type)}`;
        // A number is made from a text rather than the other way round, so that 10 is not less than 9.
        if (leftFamily === 'text' && rightFamily === 'number') {
            checker.noteType(left, message, ['number']);
        } else {
            checker.noteType(right, message, [leftFamily]);
        }
        return false;
    }
    const ordered = operator !== '=' && operator !== '<>';
    if (ordered && (leftFamily === 'checkbox' || rightFamily === 'checkbox')) {
        checker.note(left, `${operator} does not order Checkbox values`);
        return false;
    }
    return true;
}

/** Salesforce compares a picklist by ISPICKVAL, INCLUDES or TEXT only: say which one to write here. */
function notePicklist(checker: Checker, operator: ComparisonSymbol, node: Node, other: Node): void {
    const field = checker.written(node);
    const value = other.type === 'Null' ? '""' : checker.written(other);
    const single = familyOf(node.type) === 'picklist';
    const test = single ? `ISPICKVAL(${field}, ${value})` : `INCLUDES(${field}, ${value})`;
    const asText = single ? ` or TEXT(${field}) ${operator} ${value}` : '';
    const negated = operator === '<>' ? `NOT(${test})` : test;
    checker.note(
        { start: Math.min(node.start, other.start), end: Math.max(node.end, other.end) },
        `${field} is ${spoken(node.type)} and cannot be compared with ${operator}; write ${negated}${asText}`,
        negated,
    );
}

import { DAY_MS } from './days';
import { familyOf } from './families';
import type { Frame } from './frame';
import { fail } from './issues';
import type { ArithmeticNode, Node } from './nodes';
import { add, divide, multiply, power, subtract } from './numbers';
import { finite } from './reading';
import type { Compiler, Run } from './runs';

type Operation = (left: number, right: number) => number;

/** Arithmetic of numbers and of days. A blank operand makes the result blank. */
export function compileArithmetic(compiler: Compiler, node: ArithmeticNode): Run<number> {
    const left = compiler.number(node.left);
    const right = compiler.number(node.right);
    const operation = operationOf(node);
    return () => {
        const leftValue = left();
        if (leftValue === null) {
            return null;
        }
        const rightValue = right();
        return rightValue === null ? null : operation(leftValue, rightValue);
    };
}

function operationOf(node: ArithmeticNode): Operation {
    switch (node.operator) {
        case '*':
            return (left, right) => finite(multiply(left, right), node);
        case '/':
            return (left, right) =>
                right === 0 ? fail(node.right, 'division by zero') : finite(divide(left, right), node);
        case '^':
            return (base, exponent) =>
                power(base, exponent) ??
                fail(node, `cannot raise ${base} to ${exponent}; the exponent must be whole and the result below 1e64`);
        default:
            return sumOf(node, node.operator);
    }
}

/** `+` and `-`: a Date moves by whole days, a DateTime by days rounded to the second, a Time by milliseconds. */
function sumOf(node: ArithmeticNode, operator: '+' | '-'): Operation {
    const leftFamily = familyOf(node.left.type);
    const rightFamily = familyOf(node.right.type);
    const sign = operator === '+' ? 1 : -1;
    if (leftFamily === rightFamily && leftFamily !== 'number') {
        return differenceOf(node.left);
    }
    switch (familyOf(node.type)) {
        case 'date':
            return mover((day, days) => day + sign * Math.trunc(days), leftFamily === 'number');
        case 'datetime':
            return mover((instant, days) => instant + sign * Math.round(days * 86_400) * 1000, leftFamily === 'number');
        case 'time':
            return mover((time, ms) => {
                const moved = time + sign * Math.trunc(ms);
                return moved >= 0 && moved < DAY_MS ? moved : fail(node, 'the time leaves the day');
            }, leftFamily === 'number');
        default:
            return operator === '+'
                ? (left, right) => finite(add(left, right), node)
                : (left, right) => finite(subtract(left, right), node);
    }
}

/** `moment + amount` may be written the other way round. */
function mover(move: Operation, amountFirst: boolean): Operation {
    return amountFirst ? (amount, moment) => move(moment, amount) : move;
}

/** Date and DateTime differ by days, Time by milliseconds. */
function differenceOf(node: Node): Operation {
    return familyOf(node.type) === 'datetime'
        ? (left, right) => divide(left - right, DAY_MS)
        : (left, right) => left - right;
}

/** Whether a part depends on nothing but the clock, like TODAY() - 90. */
export function isClockOnly(node: Node): boolean {
    switch (node.kind) {
        case 'literal':
            return true;
        case 'negate':
            return isClockOnly(node.operand);
        case 'arithmetic':
            return isClockOnly(node.left) && isClockOnly(node.right);
        case 'call':
            return node.operands.every(isClockOnly);
        default:
            return false;
    }
}

/** Keeps the result for as long as the clock stands still: a sweep asks 100,000 times what day it was 90 days ago. */
export function oncePerClock(run: Run<number>, frame: Frame): Run<number> {
    let result: number | null | undefined;
    frame.onClock(() => {
        result = undefined;
    });
    return () => {
        if (result === undefined) {
            result = run();
        }
        return result;
    };
}

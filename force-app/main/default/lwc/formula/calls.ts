import { addMonths, calendarDay, DAY_MS, existingDay, parseDay, parseInstant, weekday } from './days';
import { familyOf } from './families';
import { fail } from './issues';
import type { CallNode, Node } from './nodes';
import { ceilingOf, floorOf, remainder, roundTo } from './numbers';
import { type Compiler, constant, type Run } from './runs';
import { localDay, nowOf, todayOf } from './zones';

/** Calls that give a number, a date, an instant. A blank argument makes the result blank. */
export function compileNumberCall(compiler: Compiler, node: CallNode): Run<number> {
    const [first, second, third] = node.operands;
    if (first === undefined) {
        const { frame } = compiler;
        return node.name === 'NOW' ? () => nowOf(frame.clock) : () => todayOf(frame.clock);
    }
    const number = (operand: Node = BLANK): Run<number> => compiler.number(operand);
    switch (node.name) {
        case 'ABS':
            return map(number(first), Math.abs);
        case 'FLOOR':
            return map(number(first), floorOf);
        case 'CEILING':
            return map(number(first), ceilingOf);
        case 'SQRT':
            return map(number(first), (value) => squareRoot(value, first));
        case 'ROUND':
            return map2(number(first), number(second), roundTo);
        case 'MOD':
            return map2(number(first), number(second), (value, divisor) => modulo(value, divisor, second ?? node));
        case 'MIN':
            return extreme(node.operands.map(number), Math.min);
        case 'MAX':
            return extreme(node.operands.map(number), Math.max);
        case 'YEAR':
            return map(number(first), (day) => calendarDay(day).year);
        case 'MONTH':
            return map(number(first), (day) => calendarDay(day).month);
        case 'DAY':
            return map(number(first), (day) => calendarDay(day).day);
        case 'WEEKDAY':
            return map(number(first), weekday);
        case 'DATE':
            return compileDate(node, number(first), number(second), number(third));
        case 'ADDMONTHS':
            return compileAddMonths(first, number(first), number(second));
        case 'DATEVALUE':
            return compileDateValue(compiler, first);
        case 'DATETIMEVALUE':
            return compileInstantValue(compiler, first);
        case 'VALUE':
            return map(compiler.text(first), (text) => parseNumber(text, first));
        case 'LEN':
            return lengthOf(compiler, first);
        case 'FIND':
            return compileFind(compiler, node);
        default:
            throw new RangeError(`${node.name} gives no number.`);
    }
}

/** Stands in for an argument that was left out. */
const BLANK: Node = { kind: 'literal', value: null, type: 'Null', start: 0, end: 0 };

function squareRoot(value: number, operand: Node): number {
    return value < 0 ? fail(operand, `SQRT of a negative number (${value})`) : Math.sqrt(value);
}

function modulo(value: number, divisor: number, operand: Node): number {
    return divisor === 0 ? fail(operand, 'division by zero') : remainder(value, divisor);
}

/** The result of `transform`, or null for a blank. */
export function map<A extends string | number, B extends string | number | boolean>(
    run: Run<A>,
    transform: (value: A) => B | null,
): Run<B> {
    return () => {
        const value = run();
        return value === null ? null : transform(value);
    };
}

function map2(left: Run<number>, right: Run<number>, transform: (left: number, right: number) => number): Run<number> {
    return () => {
        const leftValue = left();
        const rightValue = right();
        return leftValue === null || rightValue === null ? null : transform(leftValue, rightValue);
    };
}

function extreme(runs: readonly Run<number>[], pick: (left: number, right: number) => number): Run<number> {
    return () => {
        let result: number | null = null;
        for (const run of runs) {
            const value = run();
            if (value === null) {
                return null;
            }
            result = result === null ? value : pick(result, value);
        }
        return result;
    };
}

function compileDate(node: CallNode, year: Run<number>, month: Run<number>, day: Run<number>): Run<number> {
    return () => {
        const parts = [year(), month(), day()];
        const [y, m, d] = parts.map((part) => (part === null ? null : Math.trunc(part)));
        if (y === null || m === null || d === null || y === undefined || m === undefined || d === undefined) {
            return null;
        }
        return existingDay(y, m, d) ?? fail(node, `DATE(${y}, ${m}, ${d}) does not exist`);
    };
}

function compileAddMonths(start: Node, moment: Run<number>, months: Run<number>): Run<number> {
    if (familyOf(start.type) !== 'datetime') {
        return map2(moment, months, (day, count) => addMonths(day, Math.trunc(count)));
    }
    return map2(moment, months, (instant, count) => {
        const day = Math.floor(instant / DAY_MS);
        return addMonths(day, Math.trunc(count)) * DAY_MS + (instant - day * DAY_MS);
    });
}

/** DATEVALUE: the day of an instant in the user's time zone, or a text such as 2026-01-31. */
function compileDateValue(compiler: Compiler, operand: Node): Run<number> {
    switch (familyOf(operand.type)) {
        case 'date':
            return compiler.number(operand);
        case 'datetime': {
            const instant = compiler.number(operand);
            return () => {
                const value = instant();
                return value === null ? null : localDay(value, compiler.frame.clock.timeZone);
            };
        }
        default:
            return map(
                compiler.text(operand),
                (text) =>
                    parseDay(text) ??
                    fail(operand, `DATEVALUE cannot read "${text}"; it needs YYYY-MM-DD of a day that exists`),
            );
    }
}

/** DATETIMEVALUE: midnight UTC of a date, or a text such as 2026-01-31 09:00:00, read as UTC. */
function compileInstantValue(compiler: Compiler, operand: Node): Run<number> {
    switch (familyOf(operand.type)) {
        case 'datetime':
            return compiler.number(operand);
        case 'date':
            return map(compiler.number(operand), (day) => day * DAY_MS);
        default:
            return map(
                compiler.text(operand),
                (text) =>
                    parseInstant(text) ??
                    fail(
                        operand,
                        `DATETIMEVALUE cannot read "${text}"; it needs YYYY-MM-DD HH:MM:SS of a time that exists`,
                    ),
            );
    }
}

function parseNumber(text: string, operand: Node): number {
    const trimmed = text.trim();
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)
        ? Number(trimmed)
        : fail(operand, `VALUE cannot read "${text}" as a number`);
}

/** In a formula field a blank text has length 0. */
function lengthOf(compiler: Compiler, operand: Node): Run<number> {
    const text = compiler.text(operand);
    const whenBlank = compiler.blanks === 'unknown' ? null : 0;
    return () => text()?.length ?? whenBlank;
}

/** The place where a text is found, counting from 1; 0 when it is not there. */
function compileFind(compiler: Compiler, node: CallNode): Run<number> {
    const [search, target, start] = node.operands;
    if (search === undefined || target === undefined) {
        return constant<number>(null);
    }
    const searched = compiler.text(search);
    const within = compiler.text(target);
    const from = start === undefined ? constant(1) : compiler.number(start);
    const whenBlank = compiler.blanks === 'unknown' ? null : 0;
    return () => {
        const needle = searched();
        const text = within();
        const position = from();
        return needle === null || text === null || position === null
            ? whenBlank
            : text.indexOf(needle, Math.max(0, Math.trunc(position) - 1)) + 1;
    };
}

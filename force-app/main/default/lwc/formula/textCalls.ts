import { map } from './calls';
import { dayText, instantText, timeText } from './days';
import { familyOf } from './families';
import { fail } from './issues';
import type { CallNode, ConcatNode, Node } from './nodes';
import { plainText } from './numbers';
import { finite } from './reading';
import { type Compiler, constant, type Run } from './runs';

/** Calls that give a text. An empty result is a blank. */
export function compileTextCall(compiler: Compiler, node: CallNode): Run<string> {
    const [first, second, third] = node.operands;
    if (first === undefined) {
        throw new RangeError(`${node.name} gives no text.`);
    }
    switch (node.name) {
        case 'TEXT':
            return compileToText(compiler, first);
        case 'TRIM':
            return map(compiler.text(first), (text) => orBlank(text.trim()));
        case 'UPPER':
            return map(compiler.text(first), (text) => text.toUpperCase());
        case 'LOWER':
            return map(compiler.text(first), (text) => text.toLowerCase());
        case 'LEFT':
            return cut(compiler, [first, second], (text, count) => text.slice(0, Math.max(0, count)));
        case 'RIGHT':
            return cut(compiler, [first, second], (text, count) => (count <= 0 ? '' : text.slice(-count)));
        case 'MID':
            return cut(compiler, [first, second, third], (text, start, count) => {
                const from = Math.max(1, start) - 1;
                return text.slice(from, from + Math.max(0, count));
            });
        case 'SUBSTITUTE':
            return compileSubstitute(compiler, first, second, third);
        default:
            throw new RangeError(`${node.name} gives no text.`);
    }
}

/** Joins texts. A blank adds nothing, in a rule as in a formula field. */
export function compileConcat(compiler: Compiler, node: ConcatNode): Run<string> {
    const left = compiler.text(node.left);
    const right = compiler.text(node.right);
    return () => {
        const leftText = left();
        const rightText = right();
        return leftText === null ? rightText : rightText === null ? leftText : leftText + rightText;
    };
}

function orBlank(text: string): string | null {
    return text === '' ? null : text;
}

function compileToText(compiler: Compiler, operand: Node): Run<string> {
    const outOfRange = (): never => fail(operand, 'the date is outside the years 0 to 9999');
    switch (familyOf(operand.type)) {
        case 'number':
            return map(compiler.number(operand), (value) => plainText(finite(value, operand)));
        case 'date':
            return map(compiler.number(operand), (day) => dayText(day) ?? outOfRange());
        case 'datetime':
            return map(compiler.number(operand), (instant) => {
                const iso = instantText(instant) ?? outOfRange();
                return `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`;
            });
        case 'time':
            return map(compiler.number(operand), timeText);
        default:
            return compiler.text(operand);
    }
}

/** A part of a text by one or two whole numbers. */
function cut(
    compiler: Compiler,
    [text, first, second]: readonly (Node | undefined)[],
    part: (text: string, first: number, second: number) => string,
): Run<string> {
    if (text === undefined || first === undefined) {
        return constant<string>(null);
    }
    const textRun = compiler.text(text);
    const firstRun = compiler.number(first);
    const secondRun = second === undefined ? constant(0) : compiler.number(second);
    return () => {
        const whole = textRun();
        const firstValue = firstRun();
        const secondValue = secondRun();
        return whole === null || firstValue === null || secondValue === null
            ? null
            : orBlank(part(whole, Math.trunc(firstValue), Math.trunc(secondValue)));
    };
}

/** Replaces every occurrence; a blank replacement removes them. */
function compileSubstitute(
    compiler: Compiler,
    source: Node,
    search: Node | undefined,
    replacement: Node | undefined,
): Run<string> {
    const text = compiler.text(source);
    const old = search === undefined ? constant<string>(null) : compiler.text(search);
    const fresh = replacement === undefined ? constant<string>(null) : compiler.text(replacement);
    return () => {
        const whole = text();
        const needle = old();
        return whole === null || needle === null ? null : orBlank(whole.replaceAll(needle, () => fresh() ?? ''));
    };
}

import type { Frame } from './frame';
import type { Node } from './nodes';
import type { Blanks } from './types';

/** A value inside a formula: Percent as fraction, dates and times as numbers (days.ts), blank as null; a text is never ''. */
export type Inner = number | string | boolean | null;

/** One part of a formula, ready to run on the record and the clock of its frame. */
export type Run<T extends Inner> = () => T | null;

/** Turns checked nodes into closures, by the family of what they give. */
export interface Compiler {
    readonly blanks: Blanks;
    readonly frame: Frame;
    /** For nodes that give a number, date, instant or time. */
    number(node: Node): Run<number>;
    /** For nodes that give a text, id or picklist value. */
    text(node: Node): Run<string>;
    checkbox(node: Node): Run<boolean>;
    any(node: Node): Run<Inner>;
}

export function constant<T extends Inner>(value: T | null): Run<T> {
    return () => value;
}

/** The number that a literal (or its negative) stands for. */
export function literalNumber(node: Node): number | undefined {
    if (node.kind === 'negate') {
        const value = literalNumber(node.operand);
        return value === undefined ? undefined : -value;
    }
    return node.kind === 'literal' && typeof node.value === 'number' ? node.value : undefined;
}

/** The text of a literal that is not empty. */
export function literalText(node: Node): string | undefined {
    return node.kind === 'literal' && typeof node.value === 'string' && node.value !== '' ? node.value : undefined;
}

/** NULL or "": comparing with it asks whether something is blank. */
export function isBlankLiteral(node: Node): boolean {
    return node.kind === 'literal' && (node.value === null || node.value === '');
}

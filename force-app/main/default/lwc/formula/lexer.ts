import { issueAt, type Span } from './issues';
import { FormulaError } from './types';

export type Symbol =
    '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '!' | '(' | ')' | ',';

export type Token = Span &
    (
        | { readonly kind: 'number'; readonly value: number }
        | { readonly kind: 'text'; readonly value: string }
        | { readonly kind: 'name'; readonly value: string }
        | { readonly kind: 'symbol'; readonly value: Symbol }
        | { readonly kind: 'end' }
    );

const SYMBOLS: readonly (readonly [spelling: string, symbol: Symbol])[] = [
    ['&&', '&&'],
    ['||', '||'],
    ['==', '='],
    ['!=', '<>'],
    ['<>', '<>'],
    ['<=', '<='],
    ['>=', '>='],
    ['+', '+'],
    ['-', '-'],
    ['*', '*'],
    ['/', '/'],
    ['^', '^'],
    ['&', '&'],
    ['=', '='],
    ['<', '<'],
    ['>', '>'],
    ['!', '!'],
    ['(', '('],
    [')', ')'],
    [',', ','],
];

const BLANK = /[\s\u00a0\ufeff]+/y;
const NUMBER = /\d+(?:\.\d*)?|\.\d+/y;
// A path such as Owner.Name, $Figure.Health or, for a polymorphic lookup, Owner:User.Name.
const NAME = /[\p{L}_$][\p{L}\d_$]*(?:[.:][\p{L}_$][\p{L}\d_$]*)*/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

/** What people type by habit from other languages, with what to write instead. */
const STRANGERS: Readonly<Record<string, string>> = {
    '|': 'write || for "or"',
    '%': 'write a percentage as a fraction: 0.3 for 30 %',
    '“': 'write straight quotes: "text"',
    '”': 'write straight quotes: "text"',
    '‘': "write straight quotes: 'text'",
    '’': "write straight quotes: 'text'",
    '≤': 'write <=',
    '≥': 'write >=',
    '≠': 'write <>',
    '{': 'write a field by its name alone, without { }',
    '[': 'write a field by its name alone, without [ ]',
    ';': 'separate arguments with a comma',
};

/** Splits a formula into tokens, the last one `end`. Throws FormulaError at the first character that cannot be read. */
export function tokenize(source: string): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    while (at < source.length) {
        const blank = match(BLANK, source, at);
        if (blank !== undefined) {
            at += blank.length;
            continue;
        }
        if (source.startsWith('/*', at)) {
            at = endOfComment(source, at);
            continue;
        }
        const token = readToken(source, at);
        tokens.push(token);
        at = token.end;
    }
    tokens.push({ kind: 'end', start: source.length, end: source.length });
    return tokens;
}

function readToken(source: string, start: number): Token {
    const character = source.charAt(start);
    if (character === '"' || character === "'") {
        return readText(source, start, character);
    }
    const number = match(NUMBER, source, start);
    if (number !== undefined) {
        return { kind: 'number', value: Number(number), start, end: start + number.length };
    }
    const name = match(NAME, source, start);
    if (name !== undefined) {
        return { kind: 'name', value: name, start, end: start + name.length };
    }
    for (const [spelling, symbol] of SYMBOLS) {
        if (source.startsWith(spelling, start)) {
            return { kind: 'symbol', value: symbol, start, end: start + spelling.length };
        }
    }
    const stranger = String.fromCodePoint(source.codePointAt(start) ?? 0);
    const hint = STRANGERS[stranger];
    const message = `unexpected character ${stranger}${hint === undefined ? '' : `; ${hint}`}`;
    throw new FormulaError([issueAt({ start, end: start + stranger.length }, message)]);
}

function readText(source: string, start: number, quote: string): Token {
    let value = '';
    let at = start + 1;
    while (at < source.length) {
        const character = source.charAt(at);
        if (character === quote) {
            return { kind: 'text', value, start, end: at + 1 };
        }
        if (character === '\\') {
            const escaped = ESCAPES[source.charAt(at + 1)];
            if (escaped === undefined) {
                const span = { start: at, end: at + 2 };
                throw new FormulaError([issueAt(span, 'unknown escape in text; write \\\\ for a backslash')]);
            }
            value += escaped;
            at += 2;
        } else {
            value += character;
            at += 1;
        }
    }
    const message = `this text has no closing ${quote}`;
    throw new FormulaError([issueAt({ start, end: source.length }, message)]);
}

function endOfComment(source: string, start: number): number {
    const end = source.indexOf('*/', start + 2);
    if (end < 0) {
        const message = 'this comment has no end; close it with */';
        throw new FormulaError([issueAt({ start, end: source.length }, message)]);
    }
    return end + 2;
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
}

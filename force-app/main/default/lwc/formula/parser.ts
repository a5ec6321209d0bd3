import { issueAt, type Span } from './issues';
import { type Symbol, type Token, tokenize } from './lexer';
import type { BinaryOperator, Tree } from './tree';
import { FormulaError } from './types';

/** How tightly an operator holds its operands; a higher level holds tighter, one level groups from left to right. */
const LEVELS: Readonly<Partial<Record<Symbol, number>>> = {
    '||': 1,
    '&&': 2,
    '=': 3,
    '<>': 3,
    '<': 4,
    '<=': 4,
    '>': 4,
    '>=': 4,
    '+': 5,
    '-': 5,
    '&': 5,
    // Salesforce's published grammar reads 2 * 3 ^ 2 as (2 * 3) ^ 2. Formula fields give what it gives, so this does too.
    '^': 6,
    '*': 7,
    '/': 7,
};
const DEEPEST = 250;

/** Parses a formula. Throws FormulaError with one issue, where reading stopped. */
export function parse(source: string): Tree {
    const tokens = tokenize(source);
    if (tokens.length === 1) {
        throw new FormulaError([issueAt({ start: 0, end: 0 }, 'the formula is empty')]);
    }
    return new Parser(tokens).formula();
}

class Parser {
    private at = 0;
    private depth = 0;

    constructor(private readonly tokens: readonly Token[]) {}

    formula(): Tree {
        const tree = this.expression(0);
        if (this.peek().kind !== 'end') {
            this.unexpected(this.isSymbol(')') ? 'there is no ( for this )' : undefined);
        }
        return tree;
    }

    private expression(minimum: number): Tree {
        this.deepen();
        const depthBefore = this.depth;
        let left = this.prefix();
        for (let symbol = this.infix(); symbol !== undefined; symbol = this.infix()) {
            const level = LEVELS[symbol] ?? 0;
            if (level <= minimum) {
                break;
            }
            const operator = this.next();
            if (symbol === '&&' || symbol === '||') {
                left = this.chain(symbol, operator, left, level);
            } else {
                // Each step of a chain such as a + b + c + … is one level deeper in the tree.
                this.deepen();
                left = binary(symbol, left, this.expression(level));
            }
        }
        this.depth = depthBefore - 1;
        return left;
    }

    /** a && b && c becomes one AND of three, so that long conditions stay flat. */
    private chain(symbol: '&&' | '||', nameSpan: Span, first: Tree, level: number): Tree {
        const operands = [first, this.expression(level)];
        while (this.isSymbol(symbol)) {
            this.next();
            operands.push(this.expression(level));
        }
        const end = operands[operands.length - 1]?.end ?? first.end;
        return { kind: 'call', name: symbol === '&&' ? 'AND' : 'OR', nameSpan, operands, start: first.start, end };
    }

    private prefix(): Tree {
        const token = this.next();
        if (token.kind === 'number' || token.kind === 'text') {
            return { kind: 'literal', value: token.value, start: token.start, end: token.end };
        }
        if (token.kind === 'name') {
            return this.name(token.value, token);
        }
        if (token.kind === 'symbol') {
            if (token.value === '(') {
                const inner = this.expression(0);
                const close = this.expect(')', token);
                return { ...inner, start: token.start, end: close.end };
            }
            if (token.value === '-' || token.value === '+' || token.value === '!') {
                return this.unary(token.value, token);
            }
        }
        this.at -= 1;
        return this.unexpected();
    }

    private unary(symbol: '-' | '+' | '!', token: Token): Tree {
        this.deepen();
        const operand = this.prefix();
        this.depth -= 1;
        const span = { start: token.start, end: operand.end };
        if (symbol === '!') {
            return { kind: 'call', name: 'NOT', nameSpan: token, operands: [operand], ...span };
        }
        return symbol === '-' ? { kind: 'negate', operand, ...span } : operand;
    }

    private name(name: string, token: Token): Tree {
        const upper = name.toUpperCase();
        if (this.isSymbol('(')) {
            return this.call(upper, token);
        }
        if (upper === 'NOT') {
            return this.unary('!', token);
        }
        const span = { start: token.start, end: token.end };
        if (upper === 'TRUE' || upper === 'FALSE') {
            return { kind: 'literal', value: upper === 'TRUE', ...span };
        }
        return upper === 'NULL' ? { kind: 'literal', value: null, ...span } : { kind: 'name', name, ...span };
    }

    private call(name: string, nameSpan: Token): Tree {
        const open = this.next();
        const operands: Tree[] = [];
        if (!this.isSymbol(')')) {
            operands.push(this.expression(0));
            while (this.isSymbol(',')) {
                this.next();
                operands.push(this.expression(0));
            }
        }
        const close = this.expect(')', open);
        return { kind: 'call', name, nameSpan, operands, start: nameSpan.start, end: close.end };
    }

    private infix(): Symbol | undefined {
        const token = this.peek();
        return token.kind === 'symbol' && LEVELS[token.value] !== undefined ? token.value : undefined;
    }

    private expect(symbol: ')', opening: Token): Token {
        if (this.isSymbol(symbol)) {
            return this.next();
        }
        if (this.peek().kind === 'end') {
            throw new FormulaError([issueAt(opening, 'this ( is never closed; add a )')]);
        }
        return this.unexpected('expected a comma, an operator or )');
    }

    private unexpected(message?: string): never {
        const token = this.peek();
        const found =
            token.kind === 'end'
                ? 'the formula ends too early; something is missing here'
                : `unexpected ${spell(token)}`;
        throw new FormulaError([issueAt(token, message === undefined ? found : `${found}; ${message}`)]);
    }

    private deepen(): void {
        this.depth += 1;
        if (this.depth > DEEPEST) {
            const message = `the formula is nested or chained more than ${DEEPEST} levels deep; split it into several`;
            throw new FormulaError([issueAt(this.peek(), message)]);
        }
    }

    private isSymbol(symbol: Symbol): boolean {
        const token = this.peek();
        return token.kind === 'symbol' && token.value === symbol;
    }

    private peek(): Token {
        const token = this.tokens[Math.min(this.at, this.tokens.length - 1)];
        if (token === undefined) {
            throw new RangeError('A token list always has an end.');
        }
        return token;
    }

    private next(): Token {
        const token = this.peek();
        this.at += 1;
        return token;
    }
}

function binary(operator: Symbol, left: Tree, right: Tree): Tree {
    return { kind: 'binary', operator: operator as BinaryOperator, left, right, start: left.start, end: right.end };
}

function spell(token: Token): string {
    switch (token.kind) {
        case 'text':
            return `text "${token.value}"`;
        case 'number':
        case 'name':
        case 'symbol':
            return String(token.value);
        case 'end':
            return 'end';
    }
}

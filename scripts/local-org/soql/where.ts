import type {
    WhereClause,
    Condition as ParsedCondition,
    Query,
    ValueQueryCondition,
} from '@jetstreamapp/soql-parser-js';
import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import type { Comparator, Condition, DateLiteral, Operand, RecordQuery } from '../store/conditions.ts';

/**
 * The parser gives WHERE as a flat chain with counts of brackets; here it becomes a tree. As on the platform, AND and OR do not mix
 * without brackets.
 */

type Test = Exclude<ParsedCondition, { openParen: number; field?: never }> | ValueQueryCondition;
type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly test: Test };

export function whereCondition(where: WhereClause, subquery: (query: Query) => RecordQuery): Condition {
    const tokens = tokensOf(where);
    let next = 0;
    const peek = (): Token | undefined => tokens[next];
    const chain = (): Condition => {
        const parts = [one()];
        let operator: 'AND' | 'OR' | null = null;
        for (let token = peek(); token === 'AND' || token === 'OR'; token = peek()) {
            if (operator !== null && token !== operator) {
                throw failure(
                    'MALFORMED_QUERY',
                    `unexpected token: '${token}': put brackets round conditions that mix AND and OR`,
                );
            }
            operator = token;
            next += 1;
            parts.push(one());
        }
        const [first] = parts;
        return parts.length === 1 && first ? first : { kind: operator === 'OR' ? 'or' : 'and', parts };
    };
    const one = (): Condition => {
        const token = peek();
        next += 1;
        if (token === 'NOT') {
            return { kind: 'not', part: one() };
        }
        if (token === '(') {
            const inner = chain();
            next += 1;
            return inner;
        }
        if (typeof token !== 'object') {
            throw failure('MALFORMED_QUERY', `unexpected token: '${token ?? 'end of query'}'`);
        }
        return testCondition(token.test, subquery);
    };
    return chain();
}

function tokensOf(where: WhereClause): readonly Token[] {
    const tokens: Token[] = [];
    for (let clause: WhereClause | undefined = where; clause; clause = 'right' in clause ? clause.right : undefined) {
        const { left } = clause;
        for (let count = left?.openParen ?? 0; count > 0; count -= 1) {
            tokens.push('(');
        }
        if (left && isTest(left)) {
            tokens.push({ test: left });
            for (let count = left.closeParen ?? 0; count > 0; count -= 1) {
                tokens.push(')');
            }
        }
        if ('operator' in clause) {
            tokens.push(clause.operator);
        }
    }
    return tokens;
}

function isTest(left: object): left is Test {
    return 'operator' in left;
}

function testCondition(test: Test, subquery: (query: Query) => RecordQuery): Condition {
    if ('fn' in test) {
        throw failure(
            'MALFORMED_QUERY',
            `The local org does not support functions in WHERE (${test.fn.rawValue ?? ''}).`,
        );
    }
    const path = test.field;
    const operator = test.operator;
    if ('valueQuery' in test) {
        const inner: Condition = { kind: 'inQuery', path, query: subquery(test.valueQuery) };
        return operator === 'NOT IN' ? { kind: 'not', part: inner } : inner;
    }
    const operands = operandsOf(test);
    const [first = null] = operands;
    switch (operator) {
        case 'IN':
            return { kind: 'in', path, operands };
        case 'NOT IN':
            return { kind: 'not', part: { kind: 'in', path, operands } };
        case 'LIKE':
            if (typeof first !== 'string') {
                throw failure('MALFORMED_QUERY', `${path} LIKE needs text.`);
            }
            return { kind: 'like', path, pattern: first };
        case 'INCLUDES':
        case 'EXCLUDES': {
            const choices = operands.map((operand) => (typeof operand === 'string' ? operand.split(';') : []));
            const inner: Condition = { kind: 'includes', path, choices };
            return operator === 'EXCLUDES' ? { kind: 'not', part: inner } : inner;
        }
        default:
            return { kind: 'compare', path, operator: comparator(operator), operand: first };
    }
}

function comparator(operator: string): Comparator {
    switch (operator) {
        case '=':
        case '!=':
        case '<':
        case '<=':
        case '>':
        case '>=':
            return operator;
        default:
            throw failure('MALFORMED_QUERY', `The local org does not support the operator ${operator}.`);
    }
}

function operandsOf(test: Exclude<Test, ValueQueryCondition | { fn: unknown }>): readonly Operand[] {
    const values = Array.isArray(test.value) ? test.value : [test.value];
    const types = Array.isArray(test.literalType) ? test.literalType : values.map(() => test.literalType);
    return values.map((text, index) => operandOf(text, typeof types[index] === 'string' ? types[index] : undefined));
}

function operandOf(text: string, type: string | undefined): Value | DateLiteral {
    switch (type) {
        case 'STRING':
            return unescaped(text);
        case 'INTEGER':
        case 'DECIMAL':
            return Number(text);
        case 'BOOLEAN':
            return text.toUpperCase() === 'TRUE';
        case 'NULL':
            return null;
        case 'DATE':
        case 'DATETIME':
            return text;
        case 'DATE_LITERAL':
            return { literal: text.toUpperCase(), count: null };
        case 'DATE_N_LITERAL': {
            const [literal = '', count] = text.split(':');
            return { literal: literal.toUpperCase(), count: Number(count) };
        }
        default:
            throw failure(
                'MALFORMED_QUERY',
                `The local org does not support the value ${text} (${type ?? 'unknown'}).`,
            );
    }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', N: '\n', r: '\r', R: '\r', t: '\t', T: '\t' };

/** `'O\'Neil'` → O'Neil. `\%` and `\_` stay escaped: LIKE reads them. */
function unescaped(literal: string): string {
    return literal.slice(1, -1).replace(/\\(.)/gs, (all, character: string) => {
        if (character === '%' || character === '_') {
            return all;
        }
        if (character === '\\') {
            return '\\';
        }
        return ESCAPES[character] ?? character;
    });
}

import type {
    FunctionExp,
    HavingClause,
    Query,
    ValueQueryCondition,
    WhereClause,
    Condition as ParsedCondition,
} from '@jetstreamapp/soql-parser-js';
import { failure } from '../failure.ts';
import type { Comparator, Condition, Operand, RecordQuery, WrittenText } from '../store/conditions.ts';
import type { Names } from './names.ts';

/** The parser gives WHERE and HAVING as a flat chain with counts of brackets; here they become a tree. AND and OR do not mix in it: checkText saw to that. */

type Test = Exclude<ParsedCondition, { openParen: number; field?: never }> | ValueQueryCondition;
type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly test: Test };

/** How a clause reads its names, the queries in it and, in HAVING, functions. */
export interface Subqueries {
    readonly names: Names;
    readonly query: (parsed: Query) => RecordQuery;
    readonly functionPath?: (fn: FunctionExp) => string;
}

const MOST_JOINS = 2;

/** A clause's condition. Throws MALFORMED_QUERY for what the platform or the local org does not take. */
export function whereCondition(where: WhereClause | HavingClause, subqueries: Subqueries): Condition {
    const condition = treeOf(tokensOf(where), subqueries);
    if (checkJoins(condition, 0) > MOST_JOINS) {
        throw failure('MALFORMED_QUERY', `Maximum ${MOST_JOINS} semi join sub-selects are allowed`);
    }
    return condition;
}

/** Counts the semi-joins; they may stand in the outermost AND only. */
function checkJoins(condition: Condition, depth: number): number {
    switch (condition.kind) {
        case 'inQuery':
            if (depth > 1) {
                throw failure(
                    'MALFORMED_QUERY',
                    'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
                );
            }
            return 1;
        case 'not':
            return checkJoins(condition.part, condition.part.kind === 'inQuery' ? depth : depth + 2);
        case 'and':
        case 'or': {
            const counts = condition.parts.map((part) => checkJoins(part, depth + 1));
            const count = counts.reduce((sum, one) => sum + one, 0);
            if (condition.kind === 'or' && count > 0) {
                throw failure('MALFORMED_QUERY', "Semi join sub-selects are not allowed with the 'OR' operator");
            }
            return count;
        }
        default:
            return 0;
    }
}

function treeOf(tokens: readonly Token[], subqueries: Subqueries): Condition {
    let next = 0;
    const peek = (): Token | undefined => tokens[next];
    const chain = (): Condition => {
        const parts = [one()];
        let operator: 'AND' | 'OR' | null = null;
        for (let token = peek(); token === 'AND' || token === 'OR'; token = peek()) {
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
        return testCondition(token.test, subqueries);
    };
    return chain();
}

function tokensOf(where: WhereClause | HavingClause): readonly Token[] {
    const tokens: Token[] = [];
    for (
        let clause: WhereClause | HavingClause | undefined = where;
        clause;
        clause = 'right' in clause ? clause.right : undefined
    ) {
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

function testCondition(test: Test, subqueries: Subqueries): Condition {
    const path = pathOfTest(test, subqueries);
    const operator = test.operator;
    if ('valueQuery' in test) {
        const inner: Condition = { kind: 'inQuery', path, query: subqueries.query(test.valueQuery) };
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
            if (!isWritten(first) || !first.quoted) {
                throw failure('MALFORMED_QUERY', `${path} LIKE needs text in quotes.`);
            }
            return { kind: 'like', path, pattern: first.text };
        default:
            return { kind: 'compare', path, operator: comparator(operator), operand: first };
    }
}

function pathOfTest(test: Test, { names, functionPath }: Subqueries): string {
    if (!('fn' in test)) {
        return names.path(test.field);
    }
    if (!functionPath) {
        throw failure(
            'MALFORMED_QUERY',
            `The local org does not support functions in WHERE (${test.fn.rawValue ?? ''}).`,
        );
    }
    return functionPath(test.fn);
}

function isWritten(operand: Operand): operand is WrittenText {
    return typeof operand === 'object' && operand !== null && 'quoted' in operand;
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
        case '<>':
            return '!=';
        default:
            throw failure('MALFORMED_QUERY', `The local org does not support the operator ${operator}.`);
    }
}

function operandsOf(test: Exclude<Test, ValueQueryCondition>): readonly Operand[] {
    const values = Array.isArray(test.value) ? test.value : [test.value];
    const types = Array.isArray(test.literalType) ? test.literalType : values.map(() => test.literalType);
    return values.map((text, index) => operandOf(text, typeof types[index] === 'string' ? types[index] : undefined));
}

function operandOf(text: string, type: string | undefined): Operand {
    switch (type) {
        case 'STRING':
            return { text: unescaped(text), quoted: true };
        case 'INTEGER':
        case 'DECIMAL':
            return Number(text);
        case 'BOOLEAN':
            return text.toUpperCase() === 'TRUE';
        case 'NULL':
            return null;
        case 'DATE':
        case 'DATETIME':
            return { text, quoted: false };
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

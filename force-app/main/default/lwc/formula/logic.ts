import { familyOf } from './families';
import type { CallNode, Node } from './nodes';
import { type Compiler, type Inner, isBlankLiteral, type Run } from './runs';

export function negated(condition: Run<boolean>): Run<boolean> {
    return () => {
        const held = condition();
        return held === null ? null : !held;
    };
}

/** How a compiler turns a branch into a run of the wanted family. */
type Branch<T extends Inner> = (node: Node) => Run<T>;

/** IF, CASE, BLANKVALUE and NULLVALUE, whose results have the type of their branches. */
export function compileBranching<T extends Inner>(
    compiler: Compiler,
    node: CallNode,
    branch: Branch<T>,
): Run<T> | undefined {
    const [first, second, third] = node.operands;
    if (first === undefined || second === undefined) {
        return undefined;
    }
    switch (node.name) {
        case 'IF':
            return third === undefined
                ? undefined
                : choose(compiler, compiler.checkbox(first), branch(second), branch(third));
        case 'BLANKVALUE':
            return fallback(branch(first), branch(second));
        case 'NULLVALUE':
            // On the platform a text is never null; in a rule a blank is a blank.
            return compiler.blanks !== 'unknown' && familyOf(first.type) === 'text'
                ? branch(first)
                : fallback(branch(first), branch(second));
        case 'CASE':
            return compileCase(compiler, node, branch);
        default:
            return undefined;
    }
}

/**
 * In a rule an unknown condition leaves the result unknown, unless both branches give the same. In a formula field it
 * counts as false, as on the platform.
 */
function choose<T extends Inner>(compiler: Compiler, condition: Run<boolean>, yes: Run<T>, no: Run<T>): Run<T> {
    if (compiler.blanks !== 'unknown') {
        return () => (condition() === true ? yes() : no());
    }
    return () => {
        const held = condition();
        if (held === true) {
            return yes();
        }
        const otherwise = no();
        return held === false || otherwise === yes() ? otherwise : null;
    };
}

function fallback<T extends Inner>(value: Run<T>, substitute: Run<T>): Run<T> {
    return () => value() ?? substitute();
}

/** The pairs of a CASE, and what it gives when none matches. */
export function casesOf(
    node: CallNode,
): { subject: Node; pairs: [value: Node, result: Node][]; otherwise: Node } | undefined {
    const [subject, ...rest] = node.operands;
    const otherwise = rest.pop();
    if (subject === undefined || otherwise === undefined) {
        return undefined;
    }
    const pairs: [Node, Node][] = [];
    for (let index = 0; index + 1 < rest.length; index += 2) {
        const value = rest[index];
        const result = rest[index + 1];
        if (value !== undefined && result !== undefined) {
            pairs.push([value, result]);
        }
    }
    return { subject, pairs, otherwise };
}

/**
 * In a rule a blank subject matches only NULL or "" among the values; without one the result is unknown. In a formula
 * field a blank text matches "", any other blank matches nothing.
 */
function compileCase<T extends Inner>(compiler: Compiler, node: CallNode, branch: Branch<T>): Run<T> | undefined {
    const cases = casesOf(node);
    if (cases === undefined) {
        return undefined;
    }
    const subject = compiler.any(cases.subject);
    const otherwise = branch(cases.otherwise);
    const rule = compiler.blanks === 'unknown';
    const textual = ['text', 'picklist'].includes(familyOf(cases.subject.type));
    const pairs = cases.pairs.map(([value, result]) => ({
        value: compiler.any(value),
        matchesBlank: rule ? isBlankLiteral(value) : textual,
        result: branch(result),
    }));
    return () => {
        const wanted = subject();
        for (const { value, matchesBlank, result } of pairs) {
            const candidate = value();
            if (candidate === wanted && (candidate !== null || matchesBlank)) {
                return result();
            }
            if (rule && candidate === null && !matchesBlank) {
                return null;
            }
        }
        return rule && wanted === null ? null : otherwise();
    };
}

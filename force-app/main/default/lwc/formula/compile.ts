import { Checker } from './check';
import { ClosureCompiler } from './compiler';
import { Explainer } from './explain';
import { familyOf } from './families';
import { Frame } from './frame';
import type { Node } from './nodes';
import { parse } from './parser';
import { toRaw } from './reading';
import {
    type CheckOptions,
    type CompiledFormula,
    type CompileOptions,
    type FieldTypeName,
    type FormulaCheck,
    FormulaError,
    type FormulaIssue,
    type Scope,
} from './types';

/** Checks a formula against a scope without running it; never throws for what the author wrote. */
export function checkFormula(source: string, scope: Scope, options: CheckOptions = {}): FormulaCheck {
    const { node, issues, references } = analyse(source, scope, options);
    return { issues, type: node === undefined ? undefined : resultType(node, options), references };
}

/**
 * The formula as a tree: names resolved, parts typed, spans into the source. For tools that say a rule in another
 * language. Throws FormulaError with every issue found.
 */
export function parseFormula(source: string, scope: Scope, options: CheckOptions = {}): Node {
    const { node, issues } = analyse(source, scope, options);
    if (node === undefined || issues.length > 0) {
        throw new FormulaError(issues);
    }
    return node;
}

/** Compiles a formula. Throws FormulaError with every issue found. */
export function compileFormula(source: string, scope: Scope, options: CompileOptions): CompiledFormula {
    const { node, issues, references } = analyse(source, scope, options);
    if (node === undefined || issues.length > 0) {
        throw new FormulaError(issues);
    }
    const frame = options.reads ?? new Frame(false);
    const compiler = new ClosureCompiler(options.blanks, frame);
    const run = compiler.any(node);
    const type = resultType(node, options);
    // A Checkbox formula field is never blank; only a rule may answer "unknown".
    const neverBlank = type === 'Checkbox' && options.blanks !== 'unknown';
    const evaluate: CompiledFormula['evaluate'] =
        type === 'Checkbox' && !neverBlank
            ? (values, clock) => {
                  if (!frame.isAt(values, clock)) {
                      frame.begin(values, clock);
                  }
                  return run();
              }
            : (values, clock) => {
                  frame.begin(values, clock);
                  return toRaw(run(), type, node) ?? (neverBlank ? false : null);
              };
    const explainer = new Explainer(node, source, compiler);
    return {
        source,
        type,
        references,
        evaluate,
        explain: (values, clock) => ({ value: evaluate(values, clock), comparisons: explainer.comparisons() }),
    };
}

interface Analysis {
    readonly node: Node | undefined;
    readonly issues: readonly FormulaIssue[];
    readonly references: readonly string[];
}

function analyse(source: string, scope: Scope, { expect = 'any', functions = {} }: CheckOptions): Analysis {
    const checker = new Checker(source, scope, functions);
    try {
        const node = checker.check(parse(source));
        if (node !== undefined && checker.issues.length === 0) {
            checker.expect(node, expect);
        }
        const issues = [...checker.issues].sort((left, right) => left.position - right.position);
        return { node, issues, references: [...checker.references] };
    } catch (error) {
        if (error instanceof FormulaError) {
            return { node: undefined, issues: error.issues, references: [] };
        }
        throw error;
    }
}

/** A number takes the expected number type: a Percent field of a formula of Numbers shows them times 100. */
function resultType(node: Node, { expect = 'any' }: CheckOptions): FieldTypeName {
    if (node.type === 'Null') {
        return expect === 'any' ? 'Text' : expect;
    }
    return expect !== 'any' && familyOf(expect) === familyOf(node.type) ? expect : node.type;
}

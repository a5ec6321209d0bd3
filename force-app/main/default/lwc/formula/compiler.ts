import { compileArithmetic, isClockOnly, oncePerClock } from './arithmetic';
import { compileNumberCall } from './calls';
import { compileComparison } from './comparing';
import { familyOf } from './families';
import { fail } from './issues';
import { compileBranching } from './logic';
import type { HostNode, Node } from './nodes';
import { readCheckbox, readNumber, readText, toInner, toRaw } from './reading';
import { type Compiler, constant, type Inner, literalNumber, type Run } from './runs';
import { compileTest } from './tests';
import { compileConcat, compileTextCall } from './textCalls';
import type { Blanks, HostOperand } from './types';

/** Compiles checked nodes to closures; the checker has made sure that every node has a type its place can take. */
export class ClosureCompiler implements Compiler {
    constructor(readonly blanks: Blanks) {}

    number(node: Node): Run<number> {
        switch (node.kind) {
            case 'literal':
                return constant(typeof node.value === 'number' ? node.value : null);
            case 'field':
                return readNumber(node, this.blanks);
            case 'negate': {
                const value = literalNumber(node);
                return value === undefined ? negative(this.number(node.operand)) : constant(value);
            }
            case 'arithmetic': {
                const run = compileArithmetic(this, node);
                return isClockOnly(node) ? oncePerClock(run) : run;
            }
            case 'call': {
                const branching = compileBranching(this, node, (branch) => this.number(branch));
                if (branching !== undefined) {
                    return branching;
                }
                const run = compileNumberCall(this, node);
                return isClockOnly(node) ? oncePerClock(run) : run;
            }
            case 'host':
                return narrow(this.host(node), node, (value) => typeof value === 'number');
            default:
                throw new RangeError(`No number: ${node.kind}`);
        }
    }

    text(node: Node): Run<string> {
        switch (node.kind) {
            case 'literal':
                return constant(typeof node.value === 'string' && node.value !== '' ? node.value : null);
            case 'field':
                return readText(node);
            case 'concat':
                return compileConcat(this, node);
            case 'call':
                return compileBranching(this, node, (branch) => this.text(branch)) ?? compileTextCall(this, node);
            case 'host':
                return narrow(this.host(node), node, (value) => typeof value === 'string');
            default:
                throw new RangeError(`No text: ${node.kind}`);
        }
    }

    checkbox(node: Node): Run<boolean> {
        switch (node.kind) {
            case 'literal':
                return constant(typeof node.value === 'boolean' ? node.value : null);
            case 'field':
                return readCheckbox(node);
            case 'compare':
                return compileComparison(this, node);
            case 'call':
                return compileBranching(this, node, (branch) => this.checkbox(branch)) ?? compileTest(this, node);
            case 'host':
                return narrow(this.host(node), node, (value) => typeof value === 'boolean');
            default:
                throw new RangeError(`Neither true nor false: ${node.kind}`);
        }
    }

    any(node: Node): Run<Inner> {
        switch (familyOf(node.type)) {
            case 'checkbox':
                return this.checkbox(node);
            case 'text':
            case 'picklist':
            case 'multipicklist':
                return this.text(node);
            default:
                return this.number(node);
        }
    }

    private host(node: HostNode): Run<Inner> {
        const operands = node.operands.map((operand) => {
            const run = this.any(operand);
            const type = operand.type === 'Null' ? 'Text' : operand.type;
            const path = operand.kind === 'field' ? operand.path : undefined;
            return { run, type, path, span: operand };
        });
        const type = node.type === 'Null' ? 'Text' : node.type;
        const origin = { path: `${node.name}()`, type, start: node.start, end: node.end };
        return (values, clock) => {
            const given = operands.map(({ run, type: operandType, path, span }): HostOperand => {
                const value = toRaw(run(values, clock), operandType, span);
                return path === undefined ? { value } : { path, value };
            });
            return toInner(node.host.evaluate(given, values, clock), type, origin);
        };
    }
}

function negative(run: Run<number>): Run<number> {
    return (values, clock) => {
        const value = run(values, clock);
        return value === null ? null : -value;
    };
}

/** A host function may break its word: then say so, at its place in the formula. */
function narrow<T extends Inner>(run: Run<Inner>, node: HostNode, fits: (value: Inner) => boolean): Run<T> {
    const isWanted = (value: Inner): value is T => fits(value);
    return (values, clock) => {
        const value = run(values, clock);
        if (value === null || isWanted(value)) {
            return value;
        }
        return fail(node, `${node.name} gave ${JSON.stringify(value)}, which is not what it declares`);
    };
}

import { compileArithmetic, isClockOnly, oncePerClock } from './arithmetic';
import { compileNumberCall } from './calls';
import { compileComparison } from './comparing';
import { familyOf } from './families';
import type { Frame } from './frame';
import { fail } from './issues';
import { compileBranching } from './logic';
import type { HostNode, Node } from './nodes';
import { innerOf, toRaw } from './reading';
import { readCheckbox, readNumber, readText } from './fields';
import { type Compiler, constant, type Inner, literalNumber, type Run } from './runs';
import { compileTest } from './tests';
import { compileConcat, compileTextCall } from './textCalls';
import type { Blanks, HostOperand } from './types';

/** Compiles checked nodes to closures; the checker has made sure that every node has a type its place can take. */
export class ClosureCompiler implements Compiler {
    constructor(
        readonly blanks: Blanks,
        readonly frame: Frame,
    ) {}

    number(node: Node): Run<number> {
        switch (node.kind) {
            case 'literal':
                return constant(typeof node.value === 'number' ? node.value : null);
            case 'field':
                return readNumber(this, node);
            case 'negate': {
                const value = literalNumber(node);
                return value === undefined ? negative(this.number(node.operand)) : constant(value);
            }
            case 'arithmetic': {
                const run = compileArithmetic(this, node);
                return isClockOnly(node) ? oncePerClock(run, this.frame) : run;
            }
            case 'call': {
                const branching = compileBranching(this, node, (branch) => this.number(branch));
                if (branching !== undefined) {
                    return branching;
                }
                const run = compileNumberCall(this, node);
                return isClockOnly(node) ? oncePerClock(run, this.frame) : run;
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
                return readText(this, node);
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
                return readCheckbox(this, node);
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
        const { frame } = this;
        const origin = { path: `${node.name}()`, type, start: node.start, end: node.end };
        return () => {
            const given = operands.map(({ run, type: operandType, path, span }): HostOperand => {
                const value = toRaw(run(), operandType, span);
                return path === undefined ? { value } : { path, value };
            });
            return innerOf(node.host.evaluate(given, frame.values, frame.clock), origin, 'blank');
        };
    }
}

function negative(run: Run<number>): Run<number> {
    return () => {
        const value = run();
        return value === null ? null : -value;
    };
}

/** A host function may break its word: then say so, at its place in the formula. */
function narrow<T extends Inner>(run: Run<Inner>, node: HostNode, fits: (value: Inner) => boolean): Run<T> {
    const isWanted = (value: Inner): value is T => fits(value);
    return () => {
        const value = run();
        if (value === null || isWanted(value)) {
            return value;
        }
        return fail(node, `${node.name} gave ${JSON.stringify(value)}, which is not what it declares`);
    };
}

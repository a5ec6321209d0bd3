import { compileBlankTest } from './comparing';
import { compileJunction, fixedCondition } from './conditions';
import { familyOf } from './families';
import { negated } from './logic';
import type { CallNode, Node } from './nodes';
import { type Compiler, constant, isBlankLiteral, type Run } from './runs';

/** Calls that give true or false. */
export function compileTest(compiler: Compiler, node: CallNode): Run<boolean> {
    const [first, second] = node.operands;
    if (first === undefined) {
        throw new RangeError(`${node.name} needs an argument.`);
    }
    switch (node.name) {
        case 'AND':
            return compileJunction(compiler, node.operands, false);
        case 'OR':
            return compileJunction(compiler, node.operands, true);
        case 'NOT':
            return negated(compiler.checkbox(first));
        case 'ISBLANK':
            return compileBlankTest(compiler, first, true);
        case 'ISNULL':
            // On the platform a text is never null; in a rule a blank is a blank.
            return compiler.blanks !== 'unknown' && familyOf(first.type) === 'text'
                ? constant<boolean>(false)
                : compileBlankTest(compiler, first, true);
        case 'ISPICKVAL':
            return compilePickTest(compiler, node, first, second ?? first);
        case 'INCLUDES':
            return pairTest(compiler, first, second ?? first, includes);
        case 'CONTAINS':
            return textTest(compiler, first, second ?? first, (text, part) => text.includes(part));
        case 'BEGINS':
            return textTest(compiler, first, second ?? first, (text, part) => text.startsWith(part));
        default:
            throw new RangeError(`${node.name} gives neither true nor false.`);
    }
}

/** ISPICKVAL(field, "") asks whether nothing is chosen, and always knows. */
function compilePickTest(compiler: Compiler, node: CallNode, field: Node, value: Node): Run<boolean> {
    if (isBlankLiteral(value)) {
        return compileBlankTest(compiler, field, true);
    }
    const fixed = fixedCondition(compiler, node);
    if (fixed !== undefined) {
        return () => fixed.test();
    }
    if (compiler.blanks === 'unknown') {
        return pairTest(compiler, field, value, (chosen, candidate) => chosen === candidate);
    }
    const chosen = compiler.text(field);
    const candidate = compiler.text(value);
    return () => chosen() === candidate();
}

function includes(chosen: string, value: string): boolean {
    return chosen.split(';').includes(value);
}

/** A test of two texts: unknown in a rule, false in a formula field when either is blank. */
function pairTest(
    compiler: Compiler,
    left: Node,
    right: Node,
    test: (left: string, right: string) => boolean,
): Run<boolean> {
    const leftRun = compiler.text(left);
    const rightRun = compiler.text(right);
    const whenBlank = compiler.blanks === 'unknown' ? null : false;
    return () => {
        const leftValue = leftRun();
        const rightValue = rightRun();
        return leftValue === null || rightValue === null ? whenBlank : test(leftValue, rightValue);
    };
}

/** CONTAINS and BEGINS: in a formula field every text contains a blank, as on the platform. */
function textTest(
    compiler: Compiler,
    text: Node,
    part: Node,
    test: (text: string, part: string) => boolean,
): Run<boolean> {
    const textRun = compiler.text(text);
    const partRun = compiler.text(part);
    const blankPart = compiler.blanks === 'unknown' ? null : true;
    return () => {
        const partValue = partRun();
        if (partValue === null) {
            return blankPart;
        }
        const textValue = textRun();
        return textValue === null ? null : test(textValue, partValue);
    };
}

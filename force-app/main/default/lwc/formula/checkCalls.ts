import type { Checker } from './check';
import { commonType, type Family, familyOf, FAMILY_NAMES, type NodeType, spoken } from './families';
import type { Node } from './nodes';
import { type Signature, SIGNATURES } from './signatures';
import type { CallTree } from './tree';
import type { HostFunction } from './types';

type Operands = readonly (Node | undefined)[];

/** Checks a call of one of the language's own functions. */
export function checkCall(checker: Checker, tree: CallTree, operands: Operands): Node | undefined {
    switch (tree.name) {
        case 'IF':
            return hasCount(checker, tree, 3, 3) ? checkIf(checker, tree, operands) : undefined;
        case 'CASE':
            return checkCase(checker, tree, operands);
        case 'BLANKVALUE':
        case 'NULLVALUE':
            return hasCount(checker, tree, 2, 2) ? checkFallback(checker, tree, operands) : undefined;
        default:
            return checkSignature(checker, tree, SIGNATURES[tree.name], operands);
    }
}

/** Checks a call of a function that the host added. */
export function checkHostCall(
    checker: Checker,
    tree: CallTree,
    host: HostFunction,
    operands: Operands,
): Node | undefined {
    if (!hasCount(checker, tree, host.parameters.length, host.parameters.length)) {
        return undefined;
    }
    const nodes = complete(operands);
    if (nodes === undefined) {
        return undefined;
    }
    let sound = true;
    for (const [index, parameter] of host.parameters.entries()) {
        const node = nodes[index];
        if (node === undefined || parameter === 'any') {
            continue;
        }
        if (parameter === 'field') {
            if (node.kind !== 'field') {
                checker.note(node, `${tree.name} needs a field here, not an expression`);
                sound = false;
            }
        } else if (!fits(node, [familyOf(parameter)])) {
            noteArgument(checker, tree.name, node, [familyOf(parameter)]);
            sound = false;
        }
    }
    const type = host.returns === 'first' ? (nodes[0]?.type ?? 'Null') : host.returns;
    const { name, start, end } = tree;
    return sound ? { kind: 'host', name, host, operands: nodes, type, start, end } : undefined;
}

function checkSignature(
    checker: Checker,
    tree: CallTree,
    signature: Signature | undefined,
    operands: Operands,
): Node | undefined {
    if (signature === undefined) {
        return undefined;
    }
    const most = signature.repeats === true ? Infinity : signature.takes.length;
    if (!hasCount(checker, tree, signature.required ?? signature.takes.length, most)) {
        return undefined;
    }
    let sound = true;
    for (const [index, node] of operands.entries()) {
        const families = signature.takes[Math.min(index, signature.takes.length - 1)];
        if (node === undefined) {
            sound = false;
        } else if (families !== undefined && families !== 'any' && !fits(node, families)) {
            noteArgument(checker, tree.name, node, families);
            sound = false;
        }
    }
    const nodes = complete(operands);
    if (!sound || nodes === undefined) {
        return undefined;
    }
    return callNode(tree, nodes, signature.gives === 'first' ? firstType(nodes, signature) : signature.gives);
}

/** NULL as first argument leaves the type to the parameter's first family. */
function firstType(nodes: readonly Node[], signature: Signature): NodeType {
    const type = nodes[0]?.type ?? 'Null';
    if (type !== 'Null') {
        return type;
    }
    return signature.takes[0]?.[0] === 'date' ? 'Date' : 'Number';
}

function checkIf(checker: Checker, tree: CallTree, operands: Operands): Node | undefined {
    const [condition, yes, no] = operands;
    const conditionFits = condition !== undefined && fits(condition, ['checkbox']);
    if (condition !== undefined && !conditionFits) {
        noteArgument(checker, 'IF', condition, ['checkbox']);
    }
    const type = branchType(checker, 'IF', [yes, no]);
    const nodes = complete(operands);
    return conditionFits && type !== undefined && nodes !== undefined ? callNode(tree, nodes, type) : undefined;
}

function checkFallback(checker: Checker, tree: CallTree, operands: Operands): Node | undefined {
    const type = branchType(checker, tree.name, operands);
    const nodes = complete(operands);
    return type === undefined || nodes === undefined ? undefined : callNode(tree, nodes, type);
}

function checkCase(checker: Checker, tree: CallTree, operands: Operands): Node | undefined {
    if (operands.length < 4 || operands.length % 2 !== 0) {
        checker.note(
            tree,
            'CASE needs an expression, pairs of value and result, and a result for everything else: ' +
                'CASE(expression, value1, result1, …, else)',
        );
        return undefined;
    }
    const [subject] = operands;
    let sound = true;
    if (subject !== undefined && (subject.type === 'MultiPicklist' || subject.type === 'Checkbox')) {
        const advice = subject.type === 'Checkbox' ? 'IF' : 'INCLUDES';
        checker.note(subject, `CASE does not take ${spoken(subject.type)}; use ${advice}`);
        sound = false;
    } else if (subject !== undefined) {
        const wanted = familyOf(subject.type === 'Picklist' ? 'Text' : subject.type);
        for (let index = 1; index < operands.length - 1; index += 2) {
            const value = operands[index];
            if (value !== undefined && wanted !== 'null' && !fits(value, [wanted])) {
                const message = `CASE compares with ${spoken(subject.type)}, but ${checker.describe(value)}`;
                checker.noteType(value, message, [wanted]);
                sound = false;
            }
        }
    }
    const results = operands.filter((_, index) => index > 0 && (index % 2 === 0 || index === operands.length - 1));
    const type = branchType(checker, 'CASE', results);
    const nodes = complete(operands);
    return sound && type !== undefined && nodes !== undefined ? callNode(tree, nodes, type) : undefined;
}

/** The one type of all results; notes the first result that does not go with those before it. */
function branchType(checker: Checker, name: string, branches: Operands): NodeType | undefined {
    let type: NodeType = 'Null';
    for (const branch of branches) {
        if (branch === undefined) {
            return undefined;
        }
        const family = familyOf(branch.type);
        if (family === 'picklist' || family === 'multipicklist') {
            const message = `${name} cannot give ${spoken(branch.type)}`;
            checker.noteType(branch, message, family === 'picklist' ? ['text'] : []);
            return undefined;
        }
        const common: NodeType | undefined = commonType(type, branch.type);
        if (common === undefined) {
            const message = `${name} needs results of one type: ${spoken(type)} before, but ${checker.describe(branch)}`;
            checker.noteType(branch, message, [familyOf(type)]);
            return undefined;
        }
        type = common;
    }
    return type;
}

function callNode({ name, start, end }: CallTree, operands: readonly Node[], type: NodeType): Node {
    return { kind: 'call', name, operands, type, start, end };
}

function fits(node: Node, families: readonly Family[]): boolean {
    return node.type === 'Null' || families.includes(familyOf(node.type));
}

function complete(operands: Operands): Node[] | undefined {
    const nodes: Node[] = [];
    for (const operand of operands) {
        if (operand === undefined) {
            return undefined;
        }
        nodes.push(operand);
    }
    return nodes;
}

function noteArgument(checker: Checker, name: string, node: Node, families: readonly Family[]): void {
    const wanted = families.map((family) => FAMILY_NAMES[family]).join(' or ');
    checker.noteType(node, `${name} needs ${wanted} here, but ${checker.describe(node)}`, families);
}

function hasCount(checker: Checker, tree: CallTree, least: number, most: number): boolean {
    const count = tree.operands.length;
    if (count >= least && count <= most) {
        return true;
    }
    const wanted = least === most ? String(least) : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    const noun = wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments';
    checker.note(tree, `${tree.name} needs ${wanted === '0' ? 'no' : wanted} ${noun}, but has ${count}`);
    return false;
}

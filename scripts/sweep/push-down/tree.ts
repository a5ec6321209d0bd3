/** What a part of a rule is, as far as SOQL is concerned. */
import type { CallNode, FieldNode, Node } from 'c/formula';

/** Calls that give a blank as soon as one of their arguments is blank. */
const STRICT = new Set(
    (
        'ABS MIN MAX ROUND FLOOR CEILING MOD SQRT DATE DATEVALUE DATETIMEVALUE YEAR MONTH DAY WEEKDAY ADDMONTHS ' +
        'TEXT VALUE LEN FIND LEFT RIGHT MID TRIM UPPER LOWER INCLUDES CONTAINS BEGINS ISPICKVAL'
    ).split(' '),
);

/** Whether a part is the same for every record. */
export function isFixed(node: Node): boolean {
    switch (node.kind) {
        case 'literal':
            return true;
        case 'field':
        case 'host':
            return false;
        case 'negate':
            return isFixed(node.operand);
        case 'call':
            return node.operands.every(isFixed);
        default:
            return isFixed(node.left) && isFixed(node.right);
    }
}

/** NULL or "": comparing with it asks whether something is blank. */
export function isBlankLiteral(node: Node): boolean {
    return node.kind === 'literal' && (node.value === null || node.value === '');
}

/** BLANKVALUE(value, substitute), also by its other name. */
export function isFallback(node: Node): node is CallNode {
    return node.kind === 'call' && (node.name === 'BLANKVALUE' || node.name === 'NULLVALUE');
}

export function isMoment({ type }: Node): boolean {
    return type === 'Date' || type === 'DateTime';
}

/** What a call of this name is about: the operand of TEXT(…); undefined for anything else. */
export function operandOf(node: Node, ...names: readonly string[]): Node | undefined {
    return node.kind === 'call' && names.includes(node.name) ? node.operands[0] : undefined;
}

/** Fields without which a part is blank or unknown. */
export function neededFields(node: Node): readonly FieldNode[] {
    switch (node.kind) {
        case 'field':
            // A checkbox is never blank.
            return node.type === 'Checkbox' ? [] : [node];
        case 'negate':
            return neededFields(node.operand);
        case 'arithmetic':
            return [node.left, node.right].flatMap(neededFields);
        case 'compare':
            return neededBy([node.left, node.right]);
        case 'call':
            return STRICT.has(node.name) ? neededBy(node.operands) : [];
        default:
            return [];
    }
}

/** A test for blanks, such as x = "" or ISPICKVAL(x, ""), always knows. */
function neededBy(operands: readonly Node[]): readonly FieldNode[] {
    return operands.some(isBlankLiteral) ? [] : operands.flatMap(neededFields);
}

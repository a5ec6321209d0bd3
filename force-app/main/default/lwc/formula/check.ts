import { checkCall, checkHostCall } from './checkCalls';
import { checkBinary } from './checkOperators';
import { type Family, familyOf, FAMILY_NAMES, type NodeType, spoken } from './families';
import { issueAt, type Span } from './issues';
import type { FieldNode, Node } from './nodes';
import { BRANCHING, SIGNATURES } from './signatures';
import { closest } from './suggest';
import type { CallTree, Tree } from './tree';
import type { FieldTypeName, FormulaIssue, HostFunctions, Scope } from './types';

/** Looks up every name and types every part. Collects issues instead of stopping, so that an author sees them all. */
export class Checker {
    readonly issues: FormulaIssue[] = [];
    readonly references = new Set<string>();

    constructor(
        readonly source: string,
        private readonly scope: Scope,
        private readonly functions: HostFunctions,
    ) {}

    /** The typed node, or undefined when an issue (already noted) leaves its type open. */
    check(tree: Tree): Node | undefined {
        switch (tree.kind) {
            case 'literal':
                return { ...tree, type: typeOfLiteral(tree.value) };
            case 'name':
                return this.field(tree.name, tree);
            case 'negate':
                return this.negate(tree.operand, tree);
            case 'binary':
                return checkBinary(this, tree.operator, this.check(tree.left), this.check(tree.right), tree);
            case 'call':
                return this.call(tree);
        }
    }

    /** Notes an issue; the part it is about is left without a type. */
    note(span: Span, message: string, suggestion?: string): void {
        this.issues.push(issueAt(span, message, suggestion));
    }

    /** Notes that a part has the wrong type, with the way from a picklist, number or date to what is needed. */
    noteType(node: Node, message: string, wanted: readonly Family[]): void {
        const written = this.written(node);
        const conversion = conversionOf(node, wanted, written);
        this.note(node, conversion === undefined ? message : `${message}; write ${conversion}`, conversion);
    }

    written(span: Span): string {
        return this.source.slice(span.start, span.end);
    }

    /** "Name is a Text", or "this part is a Text" for anything longer than a field or a literal. */
    describe(node: Node): string {
        const subject = node.kind === 'field' || node.kind === 'literal' ? this.written(node) : 'this part';
        return node.type === 'Null' ? 'NULL stands here' : `${subject} is ${spoken(node.type)}`;
    }

    /** Notes when the whole formula does not give what is expected of it. */
    expect(node: Node, expected: FieldTypeName | 'any'): void {
        if (expected === 'any' || node.type === 'Null' || familyOf(node.type) === familyOf(expected)) {
            return;
        }
        const message = `the formula gives ${spoken(node.type)}, but ${FAMILY_NAMES[familyOf(expected)]} is needed`;
        this.noteType(node, message, [familyOf(expected)]);
    }

    private field(name: string, span: Span): FieldNode | undefined {
        const found = this.scope.resolve(name);
        if (found === undefined) {
            this.noteUnknownField(name, span);
            return undefined;
        }
        this.references.add(found.path);
        const { start, end } = span;
        return { kind: 'field', path: found.path, label: found.type.label, type: found.type.type, start, end };
    }

    private noteUnknownField(name: string, span: Span): void {
        if (this.functionNames().includes(name.toUpperCase())) {
            this.note(span, `${name} is a function; write ${name}(…)`);
            return;
        }
        const candidate = closest(name, this.scope.names());
        const question = candidate === undefined ? '' : `; did you mean ${candidate}?`;
        this.note(span, `no field ${name}${question}`, candidate);
    }

    private negate(tree: Tree, span: Span): Node | undefined {
        const operand = this.check(tree);
        if (operand === undefined) {
            return undefined;
        }
        if (operand.type !== 'Null' && familyOf(operand.type) !== 'number') {
            this.noteType(operand, `- needs a Number, but ${this.describe(operand)}`, ['number']);
            return undefined;
        }
        return { kind: 'negate', operand, type: operand.type, start: span.start, end: span.end };
    }

    private call(tree: CallTree): Node | undefined {
        const host = Object.hasOwn(this.functions, tree.name) ? this.functions[tree.name] : undefined;
        if (host === undefined && !this.functionNames().includes(tree.name)) {
            const candidate = closest(tree.name, this.functionNames());
            const question = candidate === undefined ? '' : `; did you mean ${candidate}?`;
            this.note(tree.nameSpan, `no function ${tree.name}${question}`, candidate);
            // Its arguments may hold mistakes of their own.
            tree.operands.forEach((operand) => this.check(operand));
            return undefined;
        }
        const operands = tree.operands.map((operand) => this.check(operand));
        return host === undefined ? checkCall(this, tree, operands) : checkHostCall(this, tree, host, operands);
    }

    private functionNames(): string[] {
        return [...Object.keys(SIGNATURES), ...BRANCHING, ...Object.keys(this.functions)];
    }
}

function typeOfLiteral(value: number | string | boolean | null): NodeType {
    switch (typeof value) {
        case 'number':
            return 'Number';
        case 'string':
            return 'Text';
        case 'boolean':
            return 'Checkbox';
        default:
            return 'Null';
    }
}

function conversionOf(node: Node, wanted: readonly Family[], written: string): string | undefined {
    const family = familyOf(node.type);
    if (family === 'picklist' && wanted.includes('checkbox')) {
        return `ISPICKVAL(${written}, "…")`;
    }
    if (family === 'multipicklist' && (wanted.includes('checkbox') || wanted.includes('text'))) {
        return `INCLUDES(${written}, "…")`;
    }
    if (wanted.includes('text') && family !== 'checkbox' && family !== 'text') {
        return `TEXT(${written})`;
    }
    if (family === 'text' && wanted.includes('number')) {
        // A written-out text is a slip of quotes, or no number at all: converting it would not help.
        if (node.kind === 'literal') {
            const digits = String(node.value).trim();
            return digits !== '' && Number.isFinite(Number(digits)) ? digits : undefined;
        }
        return `VALUE(${written})`;
    }
    if ((family === 'text' || family === 'datetime') && wanted.includes('date')) {
        return `DATEVALUE(${written})`;
    }
    return undefined;
}

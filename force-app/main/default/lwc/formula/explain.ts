import { familyOf } from './families';
import { casesOf } from './logic';
import type { CallNode, CompareNode, Node } from './nodes';
import { toRaw } from './reading';
import { type Compiler, type Inner, isBlankLiteral, type Run } from './runs';
import {
    type Blanks,
    type Comparison,
    type ComparisonOperator,
    type FieldTypeName,
    FormulaError,
    type Operand,
} from './types';

const TRUE: Operand = { type: 'Checkbox', value: true, source: 'TRUE' };

/** Tests whose first two operands are compared with each other. */
const PAIR_TESTS: Readonly<Record<string, ComparisonOperator>> = {
    ISPICKVAL: '=',
    CONTAINS: 'other',
    BEGINS: 'other',
    INCLUDES: 'other',
};

/** Finds the comparisons of one formula. Parts are compiled when first asked for and kept for the next record. */
export class Explainer {
    private readonly runs = new Map<Node, Run<Inner>>();

    constructor(
        private readonly node: Node,
        private readonly source: string,
        private readonly compiler: Compiler,
    ) {}

    /** The comparisons looked at for the record of the frame, in the order of the source. The formula must evaluate. */
    comparisons(): Comparison[] {
        const found: Comparison[] = [];
        const visit = new Visit(this.source, this.compiler.blanks, found, (node) => this.run(node)());
        visit.node(this.node, true);
        return found.sort((left, right) => left.position - right.position);
    }

    private run(node: Node): Run<Inner> {
        const known = this.runs.get(node);
        if (known !== undefined) {
            return known;
        }
        const run = this.compiler.any(node);
        this.runs.set(node, run);
        return run;
    }
}

/** One walk over a formula with the values of one record. */
class Visit {
    constructor(
        private readonly source: string,
        private readonly blanks: Blanks,
        private readonly found: Comparison[],
        private readonly valueOf: (node: Node) => Inner,
    ) {}

    /** `decisive`: the value of this part made the result what it is. */
    node(node: Node, decisive: boolean): void {
        switch (node.kind) {
            case 'compare':
                this.comparison(node, decisive);
                break;
            case 'call':
                this.call(node, decisive);
                break;
            case 'field':
                if (node.type === 'Checkbox') {
                    this.note(node, 'other', this.operand(node), TRUE, decisive);
                }
                break;
            case 'host':
                if (node.type === 'Checkbox') {
                    this.note(node, 'other', this.operand(node.operands[0] ?? node), TRUE, decisive);
                }
                break;
            case 'negate':
                this.node(node.operand, decisive);
                break;
            case 'arithmetic':
            case 'concat':
                this.node(node.left, decisive);
                this.node(node.right, decisive);
                break;
            case 'literal':
                break;
        }
    }

    private comparison(node: CompareNode, decisive: boolean): void {
        const { operator, left, right } = node;
        this.note(node, operator, this.operand(left, right), this.operand(right, left), decisive);
        this.inside(left, decisive);
        this.inside(right, decisive);
    }

    private call(node: CallNode, decisive: boolean): void {
        const [first, second] = node.operands;
        switch (node.name) {
            case 'AND':
            case 'OR':
                this.junction(node, decisive);
                return;
            case 'IF':
                this.branches(node, decisive);
                return;
            case 'CASE':
                this.cases(node, decisive);
                return;
            case 'NOT':
                node.operands.forEach((operand) => this.node(operand, decisive));
                return;
        }
        if (
            node.type === 'Checkbox' &&
            first !== undefined &&
            node.name !== 'BLANKVALUE' &&
            node.name !== 'NULLVALUE'
        ) {
            const operator = PAIR_TESTS[node.name];
            const right = operator === undefined || second === undefined ? TRUE : this.operand(second, first);
            this.note(node, operator ?? 'other', this.operand(first), right, decisive);
        }
        node.operands.forEach((operand) => this.inside(operand, decisive));
    }

    /** In a true OR those that held decide, in a false AND those that failed, in an unknown one the unknown. */
    private junction(node: CallNode, decisive: boolean): void {
        const whole = this.valueOf(node);
        for (const operand of node.operands) {
            const before = this.found.length;
            try {
                this.node(operand, decisive && this.valueOf(operand) === whole);
            } catch (error) {
                // Evaluation had stopped before this operand, which often guards against just this failure.
                if (!(error instanceof FormulaError)) {
                    throw error;
                }
                this.found.length = before;
            }
        }
    }

    private branches(node: CallNode, decisive: boolean): void {
        const [condition, yes, no] = node.operands;
        if (condition === undefined || yes === undefined || no === undefined) {
            return;
        }
        const held = this.valueOf(condition);
        this.node(condition, decisive);
        if (held === true) {
            this.inside(yes, decisive);
        } else if (held === false || this.blanks !== 'unknown') {
            this.inside(no, decisive);
        }
    }

    /** A CASE compares its subject with one value after the other until one matches. */
    private cases(node: CallNode, decisive: boolean): void {
        const cases = casesOf(node);
        if (cases === undefined) {
            return;
        }
        const { subject, pairs, otherwise } = cases;
        this.inside(subject, decisive);
        const looked = pairs.map(([value, result]) => ({ value, result, held: this.matches(subject, value) }));
        const matched = looked.findIndex(({ held }) => held === true);
        const tried = matched < 0 ? looked : looked.slice(0, matched + 1);
        tried.forEach(({ value, held }, index) => {
            const counts = decisive && (matched < 0 || index === matched);
            this.note(value, '=', this.operand(subject, value), this.operand(value, subject), counts, held);
        });
        const result = matched < 0 ? otherwise : looked[matched]?.result;
        if (result !== undefined && (matched >= 0 || looked.every(({ held }) => held === false))) {
            this.inside(result, decisive);
        }
    }

    private matches(subject: Node, value: Node): boolean | null {
        const wanted = this.valueOf(subject);
        const candidate = this.valueOf(value);
        if (wanted !== null && candidate !== null) {
            return wanted === candidate;
        }
        if (this.blanks === 'unknown') {
            return isBlankLiteral(value) ? wanted === null : null;
        }
        return wanted === candidate && ['text', 'picklist'].includes(familyOf(subject.type));
    }

    /** Comparisons within an operand; a plain field there is no condition of its own. */
    private inside(node: Node, decisive: boolean): void {
        if (node.kind !== 'field') {
            this.node(node, decisive);
        }
    }

    private note(
        node: Node,
        operator: ComparisonOperator,
        left: Operand,
        right: Operand,
        decisive: boolean,
        held = this.heldOf(node),
    ): void {
        this.found.push({ source: this.written(node), position: node.start, operator, left, right, held, decisive });
    }

    private heldOf(node: Node): boolean | null {
        const value = this.valueOf(node);
        return typeof value === 'boolean' ? value : null;
    }

    /** A literal takes the type of the field beside it, so that 0.3 beside a Percent can be shown as 30 %. */
    private operand(node: Node, beside: Node = node): Operand {
        const borrows =
            node.type === 'Null' || (node.kind !== 'field' && familyOf(node.type) === familyOf(beside.type));
        const borrowed = borrows ? beside.type : node.type;
        const type: FieldTypeName = borrowed === 'Null' ? 'Text' : borrowed;
        const value = toRaw(this.valueOf(node), type === 'Percent' ? 'Number' : type, node);
        const source = this.written(node);
        if (node.kind !== 'field') {
            return { type, value, source };
        }
        const { path, label } = node;
        return label === undefined ? { path, type, value, source } : { path, label, type, value, source };
    }

    private written(node: Node): string {
        return this.source.slice(node.start, node.end);
    }
}

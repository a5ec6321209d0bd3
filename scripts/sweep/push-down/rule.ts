/** One rule as a condition that is met wherever the rule holds. */
import type { CallNode, Clock, CompareNode, Node, Scope } from 'c/formula';
import { Comparisons } from './comparisons.ts';
import { type Condition, everything, NOTHING } from './condition.ts';
import { type FieldContext, FieldConditions } from './field-conditions.ts';
import { likeTest, MIRRORED, NEGATED } from './field-tests.ts';
import { RuleText } from './rule-text.ts';
import { isBlankLiteral, isFixed } from './tree.ts';

export interface RuleContext extends FieldContext {
    readonly scope: Scope;
    readonly clock: Clock;
}

/**
 * Reads a rule twice: `holds` is met by every record for which a part is true, `fails` by every record for which it is
 * false. Unknown is neither, so NOT turns one into the other, and no condition is ever negated.
 */
export class RuleReader {
    private readonly held = new Map<Node, Condition>();
    private readonly failed = new Map<Node, Condition>();
    private readonly source: RuleText;
    private readonly fields: FieldConditions;
    private readonly comparisons: Comparisons;

    constructor(source: string, context: RuleContext) {
        this.source = new RuleText(source, context.scope, context.clock);
        this.fields = new FieldConditions(context);
        this.comparisons = new Comparisons(this.source, this.fields, (node, wanted) => this.when(node, wanted));
    }

    holds(node: Node): Condition {
        return this.when(node, true);
    }

    private fails(node: Node): Condition {
        return this.when(node, false);
    }

    private when(node: Node, wanted: boolean): Condition {
        const known = wanted ? this.held : this.failed;
        const condition = known.get(node) ?? this.read(node, wanted);
        known.set(node, condition);
        return condition;
    }

    private read(node: Node, wanted: boolean): Condition {
        if (isFixed(node)) {
            const value = this.source.valueOf(node);
            if (value === undefined) {
                return this.source.failing(node);
            }
            return value === wanted ? everything('it always holds') : NOTHING;
        }
        switch (node.kind) {
            case 'field':
                return this.fields.checkbox(node, wanted);
            case 'compare':
                return this.comparison(node, wanted);
            case 'call':
                return this.call(node, wanted);
            default:
                return this.source.unsayable(node);
        }
    }

    private call(node: CallNode, wanted: boolean): Condition {
        const { fields, comparisons } = this;
        const { operands } = node;
        const [first = node, second = node, third = node] = operands;
        switch (node.name) {
            case 'AND':
            case 'OR': {
                const parts = operands.map((operand) => this.when(operand, wanted));
                return (node.name === 'AND') === wanted ? fields.all(parts) : fields.any(parts);
            }
            case 'NOT':
                return this.when(first, !wanted);
            case 'IF':
                // With an unknown condition the result is what both branches give.
                return fields.any([
                    fields.all([this.holds(first), this.when(second, wanted)]),
                    fields.all([this.fails(first), this.when(third, wanted)]),
                    fields.all([this.when(second, wanted), this.when(third, wanted)]),
                ]);
            case 'CASE':
                return this.choice(operands, wanted);
            case 'BLANKVALUE':
            case 'NULLVALUE':
                return fields.any([this.when(first, wanted), this.when(second, wanted)]);
            case 'ISBLANK':
            case 'ISNULL':
                return comparisons.blank(first, wanted);
            case 'ISPICKVAL':
                return isBlankLiteral(second)
                    ? comparisons.blank(first, wanted)
                    : comparisons.equal(first, second, wanted);
            case 'BEGINS':
            case 'CONTAINS':
                return wanted ? this.search(node, first, second) : comparisons.needed(node);
            default:
                return comparisons.needed(node);
        }
    }

    /** CASE(subject, value, result, …, otherwise): each result that is as wanted, with the value that leads to it. */
    private choice([subject, ...rest]: readonly Node[], wanted: boolean): Condition {
        const { fields, comparisons } = this;
        const parts = rest.flatMap((value, index): Condition[] => {
            const result = rest[index + 1];
            if (index % 2 === 1 || subject === undefined) {
                return [];
            }
            if (result === undefined) {
                return [this.when(value, wanted)];
            }
            const isChosen = isBlankLiteral(value)
                ? comparisons.blank(subject, true)
                : comparisons.equal(subject, value, true);
            return [fields.all([isChosen, this.when(result, wanted)])];
        });
        return fields.any(parts);
    }

    private search(node: CallNode, text: Node, part: Node): Condition {
        const value = isFixed(part) ? this.source.valueOf(part) : undefined;
        return text.kind === 'field' && text.type === 'Text' && typeof value === 'string'
            ? this.fields.on(text, () => likeTest(text.path, value, node.name === 'BEGINS'))
            : this.comparisons.needed(node);
    }

    private comparison(node: CompareNode, wanted: boolean): Condition {
        const { comparisons } = this;
        const { left, right } = node;
        if ((node.operator === '=' || node.operator === '<>') && (isBlankLiteral(left) || isBlankLiteral(right))) {
            return comparisons.blank(isBlankLiteral(right) ? left : right, (node.operator === '=') === wanted);
        }
        const operator = wanted ? node.operator : NEGATED[node.operator];
        if (isFixed(right)) {
            return comparisons.against(left, operator, right);
        }
        return isFixed(left) ? comparisons.against(right, MIRRORED[operator], left) : comparisons.needed(node);
    }
}

/** Comparisons with something fixed, and questions whether something is blank. */
import type { Node } from 'c/formula';
import { type Condition, NOTHING, present } from './condition.ts';
import type { FieldConditions } from './field-conditions.ts';
import { dayTest, instantTest, MIRRORED, numberTest, type Operator, textTest } from './field-tests.ts';
import type { RuleText } from './rule-text.ts';
import { isFallback, isFixed, isMoment, neededFields, operandOf } from './tree.ts';

const DAY_MS = 86_400_000;

export class Comparisons {
    constructor(
        private readonly source: RuleText,
        private readonly fields: FieldConditions,
        /** Met wherever a part is true (`wanted`), or false. */
        private readonly when: (node: Node, wanted: boolean) => Condition,
    ) {}

    /** `part operator fixed`, where `fixed` depends on nothing but the clock. */
    against(part: Node, operator: Operator, fixed: Node): Condition {
        const limit = this.source.valueOf(fixed);
        if (limit === undefined) {
            return this.source.failing(fixed);
        }
        if (limit === null) {
            return NOTHING;
        }
        if (typeof limit === 'boolean') {
            return this.when(part, limit === (operator === '='));
        }
        const [value, substitute] = isFallback(part) ? part.operands : [];
        if (value !== undefined && substitute !== undefined && isFixed(substitute)) {
            const { source } = this;
            const standsIn = source.evaluated(`(${source.written(substitute)}) ${operator} (${source.written(fixed)})`);
            const whenBlank = standsIn === false ? NOTHING : this.blank(value, true);
            return this.fields.any([this.against(value, operator, fixed), whenBlank]);
        }
        if (typeof limit === 'number') {
            return this.number(part, operator, limit);
        }
        return isMoment(fixed) ? this.moment(part, operator, momentOf(limit), 0) : this.text(part, operator, limit);
    }

    /** Two parts are equal (`wanted`), or both known and not equal. */
    equal(part: Node, value: Node, wanted: boolean): Condition {
        return isFixed(value)
            ? this.against(part, wanted ? '=' : '<>', value)
            : this.fields.all([this.needed(part), this.needed(value)]);
    }

    /** Whether a part is blank (`wanted`), or has a value. */
    blank(node: Node, wanted: boolean): Condition {
        const field = operandOf(node, 'TEXT', 'DATEVALUE') ?? node;
        if (!wanted) {
            return this.needed(field);
        }
        return field.kind === 'field' && field.type !== 'Checkbox'
            ? this.fields.blank(field)
            : this.source.unsayable(node);
    }

    /** Every field that a part cannot do without has a value. */
    needed(node: Node): Condition {
        const fields = neededFields(node);
        return fields.length === 0 ? this.source.unsayable(node) : this.fields.present(fields);
    }

    private number(part: Node, operator: Operator, limit: number): Condition {
        if (part.kind === 'field') {
            const { path } = part;
            return this.fields.on(part, (field) =>
                operator === '<>' ? present(path) : this.fields.all(numberTest(path, field, operator, limit)),
            );
        }
        if (part.kind === 'arithmetic' && part.operator === '-' && isMoment(part.left)) {
            const { left, right } = part;
            const from = isFixed(left) ? this.source.valueOf(left) : undefined;
            const to = isFixed(right) ? this.source.valueOf(right) : undefined;
            if (typeof to === 'string') {
                return this.moment(left, operator, momentOf(to), limit);
            }
            if (typeof from === 'string') {
                return this.moment(right, MIRRORED[operator], momentOf(from), -limit);
            }
        }
        return this.needed(part);
    }

    /** `part operator (moment + more days)`; moments are days since 1970-01-01. */
    private moment(part: Node, operator: Operator, moment: number, more: number): Condition {
        if (operator === '<>') {
            return this.needed(part);
        }
        if (part.kind === 'field') {
            const { path } = part;
            return this.fields.on(part, ({ type }) =>
                this.fields.all(
                    type === 'Date'
                        ? dayTest(path, operator, moment, more)
                        : instantTest(path, operator, moment + more, false),
                ),
            );
        }
        const operand = operandOf(part, 'DATEVALUE');
        if (operand?.kind === 'field' && operand.type === 'DateTime') {
            const { path } = operand;
            return this.fields.on(operand, () => this.fields.all(instantTest(path, operator, moment + more, true)));
        }
        const days = part.kind === 'arithmetic' && isFixed(part.right) ? this.source.valueOf(part.right) : undefined;
        if (part.kind === 'arithmetic' && isMoment(part.left) && typeof days === 'number') {
            const shift = part.type === 'Date' ? Math.trunc(days) : days;
            return this.moment(part.left, operator, moment - (part.operator === '-' ? -shift : shift), more);
        }
        return this.needed(part);
    }

    private text(part: Node, operator: Operator, limit: string): Condition {
        const field = operandOf(part, 'TEXT') ?? part;
        return field.kind === 'field' && (field.type === 'Text' || field.type === 'Picklist')
            ? this.fields.on(field, () => textTest(field.path, operator, limit))
            : this.needed(part);
    }
}

/** Days since 1970-01-01 of a raw Date or DateTime. */
function momentOf(raw: string): number {
    return Date.parse(raw.length === 10 ? `${raw}T00:00:00Z` : raw) / DAY_MS;
}

/** The text of a rule, and what parts of it come to without any record. */
import { type Clock, compileFormula, FormulaError, type Node, type Scope, type Value } from 'c/formula';
import { type Condition, everything } from './condition.ts';

const LONGEST_QUOTE = 60;

export class RuleText {
    constructor(
        private readonly source: string,
        private readonly scope: Scope,
        private readonly clock: Clock,
    ) {}

    written({ start, end }: Node): string {
        return this.source.slice(start, end);
    }

    /** The raw value of a part without fields; undefined when it fails. */
    valueOf(node: Node): Value | undefined {
        return this.evaluated(this.written(node));
    }

    evaluated(formula: string): Value | undefined {
        try {
            return compileFormula(formula, this.scope, { blanks: 'unknown' }).evaluate({}, this.clock);
        } catch (error) {
            if (error instanceof FormulaError) {
                return undefined;
            }
            throw error;
        }
    }

    unsayable(node: Node): Condition {
        return everything(`SOQL cannot say ${shortened(this.written(node))}`);
    }

    failing(node: Node): Condition {
        return everything(`${shortened(this.written(node))} fails`);
    }
}

function shortened(text: string): string {
    const line = text.replace(/\s+/g, ' ');
    return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

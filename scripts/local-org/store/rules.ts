import { FormulaError, type Value } from 'c/formula';
import { PlatformFailure } from '../failure.ts';
import { IS_NEW, PRIOR } from '../metadata/formula-scope.ts';
import type { ObjectType } from '../metadata/schema.ts';
import type { PlatformError } from '../page-contract.ts';
import { SYSTEM_ACCESS } from './access.ts';
import { equals } from './conditions.ts';
import type { StoreContext } from './context.ts';
import type { PreparedRule } from './formulas.ts';
import { selectRecords } from './read.ts';

/** What a record's validation rules look at, by path; taken before a write for PRIORVALUE and ISCHANGED. */
export type RuleValues = Readonly<Record<string, Value>>;

/** The values that the rules of an object refer to, as the database has them now; null when it has no rules. */
export function ruleValues(context: StoreContext, object: ObjectType, id: string): RuleValues | null {
    const rules = context.formulas.rules(object);
    if (rules.length === 0) {
        return null;
    }
    const paths = new Set(rules.flatMap(({ formula }) => formula.references.filter((path) => !path.startsWith('$'))));
    const session = { ...context.acting, access: SYSTEM_ACCESS };
    const { rows } = selectRecords(context, session, {
        object: object.name,
        fields: [...paths],
        where: equals('Id', id),
    });
    return rows[0]?.values ?? {};
}

/** Runs the validation rules over the record as just written; `before` is null for a new record. Throws PlatformFailure with every rule's message. */
export function checkRules(context: StoreContext, object: ObjectType, id: string, before: RuleValues | null): void {
    const after = ruleValues(context, object, id);
    if (after === null) {
        return;
    }
    const values: Record<string, Value> = { ...after, [IS_NEW]: before === null };
    for (const [path, value] of Object.entries(before ?? {})) {
        values[PRIOR + path] = value;
    }
    const errors: PlatformError[] = [];
    for (const prepared of context.formulas.rules(object)) {
        const error = runRule(context, prepared, values);
        if (error) {
            errors.push(error);
        }
    }
    if (errors.length > 0) {
        throw new PlatformFailure(errors);
    }
}

function runRule(
    context: StoreContext,
    { rule, formula }: PreparedRule,
    values: Record<string, Value>,
): PlatformError | null {
    for (const path of formula.references.filter((reference) => reference.startsWith('$'))) {
        values[path] = context.formulas.globalValue(path);
    }
    try {
        return formula.evaluate(values, context.formulas.clock()) === true
            ? {
                  errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                  message: rule.message,
                  fields: rule.errorField ? [rule.errorField] : [],
              }
            : null;
    } catch (error) {
        if (error instanceof FormulaError) {
            return {
                errorCode: 'FORMULA_EXPRESSION_INVALID',
                message: `The formula in the "${rule.name}" validation rule is invalid or resulted in an error (${error.message}).`,
                fields: [],
            };
        }
        throw error;
    }
}

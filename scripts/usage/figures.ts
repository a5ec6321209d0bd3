/** From what was gathered about an account to the field values that it gets. */
import { FormulaError } from 'c/formula';
import type { Value } from 'c/formula';
import type { FieldValue, RecordFields } from '../lib/records.ts';
import type { GatheredAccount } from './gather.ts';
import type { FieldPlan, FigureMap } from './map.ts';

/** Field values by API name, raw as the API takes them. Throws FigureError for an account whose formulas fail. */
export function figuresOf(map: FigureMap, account: GatheredAccount, asOf: string): RecordFields {
    const clock = { now: `${asOf}T12:00:00.000Z`, timeZone: 'UTC' };
    const fields: Record<string, FieldValue> = {};
    for (const plan of map.fields) {
        try {
            fields[plan.field] = fieldValue(plan, plan.formula.evaluate(account.values, clock));
        } catch (error) {
            if (error instanceof FormulaError) {
                throw new FigureError(`${plan.field}: ${error.message}`);
            }
            throw error;
        }
    }
    return fields;
}

export class FigureError extends Error {}

function fieldValue({ target, formula }: FieldPlan, value: Value): FieldValue {
    if (value === null || value === '') {
        return null;
    }
    if (typeof value === 'number') {
        // As in a formula field of type Percent: 0.3 is 30 %. A column that is a percentage already stays as it is.
        const raw = target?.type === 'Percent' && formula.type !== 'Percent' ? value * 100 : value;
        return roundTo(raw, target?.scale ?? null);
    }
    return target?.type === 'Date' && typeof value === 'string' ? value.slice(0, 10) : value;
}

function roundTo(value: number, scale: number | null): number {
    if (scale === null) {
        return value;
    }
    const factor = 10 ** scale;
    return (Math.sign(value) * Math.round(Math.abs(value) * factor + 1e-9)) / factor;
}

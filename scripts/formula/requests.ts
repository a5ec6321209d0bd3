/** One line of the formula command's input: what it may say, and what is answered. */
import { checkFormula, compileFormula, FormulaError, scopeOf } from 'c/formula';
import type { Clock, Comparison, CompiledFormula, FieldType, FormulaIssue, Scope, Value, Values } from 'c/formula';
import { z } from 'zod';

const typeName = z.enum([
    'Number',
    'Currency',
    'Percent',
    'Date',
    'DateTime',
    'Time',
    'Checkbox',
    'Text',
    'Picklist',
    'MultiPicklist',
    'Id',
]);
const field = z.object({
    type: typeName,
    label: z.string().optional(),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
});
const requestShape = z.object({
    formula: z.string(),
    type: typeName.optional(),
    blanks: z.enum(['zero', 'blank', 'unknown']).default('zero'),
    fields: z.record(z.string(), field).default({}),
    now: z.iso.datetime({ offset: true }).optional(),
    timeZone: z.string().default('UTC'),
});

export type FormulaRequest = z.infer<typeof requestShape>;

export type Answer =
    | { readonly value: Value }
    | { readonly value: Value; readonly comparisons: readonly Comparison[] }
    | {
          readonly ok: boolean;
          readonly type: string | null;
          readonly references: readonly string[];
          readonly issues: readonly FormulaIssue[];
      }
    | { readonly error: string };

export type Verb = 'eval' | 'check' | 'explain';

/** Every formula may read these without declaring them. */
const ORIGIN = '$System.OriginDateTime';
const ORIGIN_VALUE = '1900-01-01T00:00:00.000Z';

/** Answers one line; whatever is wrong with it becomes an `error`. `now` serves lines that do not set their own. */
export function answer(verb: Verb, line: string, now: string): Answer {
    try {
        const request = readRequest(line);
        const scope = scopeFor(request);
        if (verb === 'check') {
            return check(request, scope);
        }
        const compiled = compile(request, scope);
        const values = valuesOf(request);
        const clock: Clock = { now: request.now ?? now, timeZone: request.timeZone };
        return verb === 'eval' ? { value: compiled.evaluate(values, clock) } : compiled.explain(values, clock);
    } catch (error) {
        if (error instanceof RequestError || error instanceof FormulaError) {
            return { error: inWords(error) };
        }
        throw error;
    }
}

/** A line that is not a request. */
class RequestError extends Error {}

function readRequest(line: string): FormulaRequest {
    let json: unknown;
    try {
        json = JSON.parse(line);
    } catch (error) {
        throw new RequestError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    const result = requestShape.safeParse(json);
    if (!result.success) {
        const [issue] = result.error.issues;
        const place = issue === undefined || issue.path.length === 0 ? 'the line' : issue.path.join('.');
        throw new RequestError(`${place}: ${issue?.message ?? 'not understood'}`);
    }
    return result.data;
}

/** Fields by the name given, and with `__c` added for those given without it. */
function scopeFor({ fields }: FormulaRequest): Scope {
    const types: Record<string, FieldType> = { [ORIGIN]: { type: 'DateTime' } };
    for (const [name, { type, label }] of Object.entries(fields)) {
        types[name] = label === undefined ? { type } : { type, label };
    }
    const scope = scopeOf(types);
    return {
        resolve: (path) => scope.resolve(path) ?? (/__c$/i.test(path) ? scope.resolve(path.slice(0, -3)) : undefined),
        names: () => scope.names(),
    };
}

function valuesOf({ fields }: FormulaRequest): Values {
    const values: Record<string, Value> = { [ORIGIN]: ORIGIN_VALUE };
    for (const [name, { type, value = null }] of Object.entries(fields)) {
        values[name] = typeof value === 'string' ? fromText(value, type) : value;
    }
    return values;
}

/** Numbers and checkboxes may come as text, days with a time and instants without, as spreadsheets give them. */
function fromText(text: string, type: z.infer<typeof typeName>): Value {
    const trimmed = text.trim();
    if (type === 'Number' || type === 'Currency' || type === 'Percent') {
        return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
    }
    if (type === 'Checkbox') {
        return /^true$/i.test(trimmed) ? true : /^false$/i.test(trimmed) ? false : text;
    }
    if (type === 'Date' && /^\d{4}-\d{2}-\d{2}[T ]/.test(trimmed)) {
        return trimmed.slice(0, 10);
    }
    return type === 'DateTime' && /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00:00.000Z` : text;
}

function check(request: FormulaRequest, scope: Scope): Answer {
    const { issues, type, references } = checkFormula(request.formula, scope, { expect: request.type ?? 'any' });
    return { ok: issues.length === 0, type: type ?? null, references, issues };
}

function compile({ formula, type, blanks }: FormulaRequest, scope: Scope): CompiledFormula {
    // Asked for a Date, a formula that gives a DateTime gives its day in the user's time zone.
    const isInstant = type === 'Date' && checkFormula(formula, scope).type === 'DateTime';
    const source = isInstant ? `DATEVALUE(${formula}\n)` : formula;
    return compileFormula(source, scope, { blanks, expect: type ?? 'any' });
}

function inWords(error: RequestError | FormulaError): string {
    if (error instanceof RequestError) {
        return error.message;
    }
    return error.issues.map(({ message, position }) => `${message} (at character ${position + 1})`).join('; ');
}

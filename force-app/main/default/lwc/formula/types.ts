import type { Frame } from './frame';

/**
 * What `c/formula` takes and returns. Values are raw, as the Salesforce API gives them: a Percent field carries 30 for
 * 30 % (inside a formula it is the fraction 0.3), a Date is `YYYY-MM-DD`, a DateTime an ISO 8601 instant in UTC, a Time
 * `HH:MM:SS.mmm`, a multi-select picklist `A;B`. Blank is null.
 */
export type FieldTypeName =
    | 'Number'
    | 'Currency'
    | 'Percent'
    | 'Date'
    | 'DateTime'
    | 'Time'
    | 'Checkbox'
    | 'Text'
    | 'Picklist'
    | 'MultiPicklist'
    | 'Id';

export interface FieldType {
    readonly type: FieldTypeName;
    /** What people call the field; shown by `explain`. */
    readonly label?: string;
}

export type Value = string | number | boolean | null;

/** Raw values by canonical path. A path that is missing or undefined is blank. */
export type Values = Readonly<Record<string, Value | undefined>>;

/**
 * What a blank means. `unknown`: rules; three-valued logic, a comparison with a blank is neither true nor false.
 * `zero` and `blank`: Salesforce's formula fields (`formulaTreatBlanksAs`), where a blank number is 0 or stays blank.
 */
export type Blanks = 'unknown' | 'zero' | 'blank';

/** The names a formula may use. Lookups ignore case; the result carries the canonical spelling. */
export interface Scope {
    resolve(path: string): ScopeField | undefined;
    /** Every name, for suggestions when one is misspelt. */
    names(): Iterable<string>;
}

export interface ScopeField {
    readonly path: string;
    readonly type: FieldType;
}

export interface Clock {
    /** The instant of evaluation, ISO 8601 in UTC. */
    readonly now: string;
    /** IANA name of the user's time zone, which decides what day it is. */
    readonly timeZone: string;
}

export interface FormulaIssue {
    /** What is wrong and, where known, what to do; starts in lower case, so that it reads well after "Trigger X: ". */
    readonly message: string;
    /** 0-based offset in the source. */
    readonly position: number;
    readonly length: number;
    /** What to write instead of the marked text, when there is a likely candidate. */
    readonly suggestion?: string;
}

/** A formula that cannot be compiled (every issue found), or that failed on actual values (one issue). */
export class FormulaError extends Error {
    readonly issues: readonly FormulaIssue[];

    constructor(issues: readonly FormulaIssue[]) {
        super(issues.map((issue) => issue.message).join('\n'));
        this.name = 'FormulaError';
        this.issues = issues;
    }
}

/** What a host function gets for one argument: the raw value, and the path when a field was named. */
export interface HostOperand {
    readonly path?: string;
    readonly value: Value;
}

/**
 * A function that the host adds to the language, such as ISCHANGED in validation rules. Blank arguments are passed as
 * null. Anything that belongs to one evaluation (the record as it was) travels in `values` under names of the host's own.
 */
export interface HostFunction {
    /** One entry an argument; `field` demands a plain field reference of any type. */
    readonly parameters: readonly (FieldTypeName | 'any' | 'field')[];
    /** Type of the result; `first`: that of the first argument. */
    readonly returns: FieldTypeName | 'first';
    evaluate(operands: readonly HostOperand[], values: Values, clock: Clock): Value;
}

/** Host functions by name, in upper case. */
export type HostFunctions = Readonly<Record<string, HostFunction>>;

export interface CheckOptions {
    /** Type the result must have; `any` (the default) takes whatever the formula gives. */
    readonly expect?: FieldTypeName | 'any';
    readonly functions?: HostFunctions;
}

export interface CompileOptions extends CheckOptions {
    readonly blanks: Blanks;
    /**
     * For formulas that look at the same records: each field is read once a record, not once a formula. A record that
     * formulas share (the same object) must not be changed between their evaluations.
     */
    readonly reads?: Frame;
}

export interface FormulaCheck {
    readonly issues: readonly FormulaIssue[];
    /** Type of the result; undefined when the issues leave it open. */
    readonly type: FieldTypeName | undefined;
    /** Canonical paths of the fields named, each once, in the order of appearance. */
    readonly references: readonly string[];
}

export interface CompiledFormula {
    readonly source: string;
    readonly type: FieldTypeName;
    readonly references: readonly string[];
    /**
     * The raw result. Under `unknown` a Checkbox result is null when it depends on a blank.
     * Throws FormulaError for what only values can show: division by zero, text that is no date, a value of the wrong type.
     */
    evaluate(values: Values, clock: Clock): Value;
    /** The result with every comparison that was looked at. Throws like `evaluate`. */
    explain(values: Values, clock: Clock): Explanation;
}

export interface Explanation {
    readonly value: Value;
    /** In the order of the source. */
    readonly comparisons: readonly Comparison[];
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'other';

/** One condition of a formula: a comparison, or (`other`) a test such as ISBLANK(x), CONTAINS(x, y) or a plain checkbox. */
export interface Comparison {
    readonly source: string;
    /** 0-based offset of `source` in the formula. */
    readonly position: number;
    readonly operator: ComparisonOperator;
    readonly left: Operand;
    /** Of a test with one operand: the value TRUE. */
    readonly right: Operand;
    /** null: unknown. */
    readonly held: boolean | null;
    /** Made the whole result what it is: in a true OR only the branches that held, and so on through AND, NOT and IF. */
    readonly decisive: boolean;
}

export interface Operand {
    /** Canonical path when the operand is a plain field. */
    readonly path?: string;
    readonly label?: string;
    readonly type: FieldTypeName;
    /** As inside the formula: Percent operands are fractions. */
    readonly value: Value;
    readonly source: string;
}

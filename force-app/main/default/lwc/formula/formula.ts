/**
 * Salesforce formula syntax as a rule language: check, compile to closures, evaluate, explain. Pure: knows no org, no
 * DOM and no clock but the one it is given.
 */
export { FormulaError } from './types';
export type {
    Blanks,
    CheckOptions,
    Clock,
    Comparison,
    ComparisonOperator,
    CompiledFormula,
    CompileOptions,
    Explanation,
    FieldType,
    FieldTypeName,
    FormulaCheck,
    FormulaIssue,
    HostFunction,
    HostFunctions,
    HostOperand,
    Operand,
    Scope,
    ScopeField,
    Value,
    Values,
} from './types';
export type { CallNode, CompareNode, FieldNode, Node } from './nodes';
export { type Frame as SharedReads, sharedReads } from './frame';
export { scopeOf } from './scope';
export { checkFormula, compileFormula, parseFormula } from './compile';

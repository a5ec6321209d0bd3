import { FormulaError, type FormulaIssue } from './types';

/** A stretch of the source, as offsets; `end` is exclusive. */
export interface Span {
    readonly start: number;
    readonly end: number;
}

export function issueAt(span: Span, message: string, suggestion?: string): FormulaIssue {
    const issue = { message, position: span.start, length: Math.max(1, span.end - span.start) };
    return suggestion === undefined ? issue : { ...issue, suggestion };
}

/** Stops evaluation with one issue: something only the values could show. */
export function fail(span: Span, message: string): never {
    throw new FormulaError([issueAt(span, message)]);
}

import type { Scope } from 'c/formula';
import type { FormulaIssue } from 'c/formula';
import type { MergeContext, MergeSegment } from './inputs';
/** A text with `{!formula}` in it, values put in; what is missing or broken is marked, never blank. */
export function mergeTemplate(template: string, context: MergeContext): readonly MergeSegment[] {
    throw new Error(`Not built yet: ${String([template, context])}`);
}
/** Account field paths that a text names. */
export function templateFieldPaths(template: string): readonly string[] {
    throw new Error(`Not built yet: ${template}`);
}
/** What is wrong with the formulas of a text; positions count from the start of the text. */
export function templateProblems(template: string, scope: Scope): readonly FormulaIssue[] {
    throw new Error(`Not built yet: ${String([template, scope])}`);
}

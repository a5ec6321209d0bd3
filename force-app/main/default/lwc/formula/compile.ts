import type { CheckOptions, CompiledFormula, CompileOptions, FormulaCheck, Scope } from './types';

/** Checks a formula against a scope without running it; never throws for what the author wrote. */
export function checkFormula(source: string, scope: Scope, options: CheckOptions = {}): FormulaCheck {
    throw new Error(`Not built yet: ${source} ${String(scope)} ${String(options)}`);
}

/** Compiles a formula. Throws FormulaError with every issue found. */
export function compileFormula(source: string, scope: Scope, options: CompileOptions): CompiledFormula {
    throw new Error(`Not built yet: ${source} ${String(scope)} ${options.blanks}`);
}

import type { PreparedRules, RuleSource } from './inputs';
import type { Settings, Trigger } from './types';
/** Checks and compiles the active triggers. A formula that fails turns its trigger off and is listed under `problems`; the others work. */
export function prepareRules(source: RuleSource): PreparedRules {
    throw new Error(`Not built yet: ${String(source)}`);
}
/**
 * Account fields to ask for, before their types are known: those that active triggers name, all mapped figures, and what
 * `templates` (texts with `{!…}`) and `formulas` (of steps and versions) name. Sorted, each once; what does not parse gives nothing.
 */
export function requiredFieldPaths(
    triggers: readonly Trigger[],
    settings: Settings,
    templates: readonly string[] = [],
    formulas: readonly string[] = [],
): readonly string[] {
    throw new Error(`Not built yet: ${String([triggers, settings, templates, formulas])}`);
}
/** The relationships that field paths go through (`Champion__r`, `Owner`), whose objects' types have to be read too. */
export function relationshipsOf(paths: readonly string[]): readonly string[] {
    throw new Error(`Not built yet: ${String(paths)}`);
}

/** Texts with merge fields: what an e-mail, a script or an instruction says for this account. */
import {
    checkFormula,
    compileFormula,
    type CompiledFormula,
    FormulaError,
    type FormulaIssue,
    type Scope,
    type Values,
} from 'c/formula';
import { episodeValues, stepsOf } from './episode';
import type { MergeContext, MergeSegment } from './inputs';
import { valueText } from './phrases';
import { fieldsNamed } from './rules';
import { stepScope, userValues } from './scope';
import { templateFormulas, templateParts } from './templateText';
import type { PlaybookVersion } from './types';

const BRANCHES = /\b(?:IF|CASE)\s*\(/i;
const BLANK_TEST = /\b(?:ISBLANK|ISNULL|BLANKVALUE|NULLVALUE)\s*\(\s*(?:TEXT\s*\(\s*)?([\w$.:]+)/gi;
const UNCLOSED = 'This merge field has no closing }. Write {!Name}.';

/** A text with `{!formula}` in it, values put in; what is missing or broken is marked, never blank. */
export function mergeTemplate(template: string, context: MergeContext): readonly MergeSegment[] {
    const { account, prepared, prompt, user } = context;
    const steps = prompt === null ? [] : stepsOf(prompt);
    const scope = prompt === null ? prepared.scope : stepScope(prepared.scope, steps);
    const values = prompt === null ? { ...account.values, ...userValues(user) } : episodeValues(prompt, steps, context);
    return templateParts(template).flatMap((part) => {
        if (part.kind === 'text') {
            return [part];
        }
        if (!part.closed) {
            return [{ kind: 'broken', message: UNCLOSED, source: part.source }];
        }
        return merged(part.source, scope, values, context);
    });
}

/** Account field paths that a text names. */
export function templateFieldPaths(template: string): readonly string[] {
    return [...new Set(templateFormulas(template).flatMap(fieldsNamed))].sort();
}

/** What is wrong with the formulas of a text; positions count from the start of the text. */
export function templateProblems(template: string, scope: Scope): readonly FormulaIssue[] {
    return templateParts(template).flatMap((part) => {
        if (part.kind === 'text') {
            return [];
        }
        if (!part.closed) {
            return [{ message: UNCLOSED, position: part.start, length: Math.max(1, part.source.length) }];
        }
        const { issues, type } = checkFormula(part.source, scope);
        const all = type === 'Checkbox' ? [checkboxIssue(part.source)] : issues;
        return all.map((issue) => ({ ...issue, position: issue.position + part.start }));
    });
}

/** Texts of a version that hold formulas, for callers that gather the fields to read. */
export function versionFormulas({ lostWhen, steps, successWhen }: PlaybookVersion): readonly string[] {
    return [successWhen, lostWhen, ...steps.map(({ showWhen }) => showWhen)].filter((source) => source !== null);
}

function merged(source: string, scope: Scope, values: Values, context: MergeContext): readonly MergeSegment[] {
    try {
        const formula = compileFormula(source, scope, { blanks: 'unknown' });
        if (formula.type === 'Checkbox') {
            return [{ kind: 'broken', message: checkboxIssue(source).message, source }];
        }
        const raw = formula.evaluate(values, context.clock);
        const blank = unhandledBlank(formula, values, scope);
        if (blank !== undefined && (raw === null || !BRANCHES.test(source))) {
            return [{ kind: 'missing', label: labelOf(blank, source, scope), source }];
        }
        // A Percent result is raw, 30 for 30 %.
        const value = formula.type === 'Percent' && typeof raw === 'number' ? raw / 100 : raw;
        const text = valueText(value, formula.type, { blank: '' }, context.formats);
        return text === '' ? [] : [{ kind: 'value', text, source }];
    } catch (error) {
        if (error instanceof FormulaError) {
            return [{ kind: 'broken', message: error.message, source }];
        }
        throw error;
    }
}

/**
 * A field that is blank although the formula does not ask whether it is. Joining texts would let it pass in silence ("Dear , …"); where
 * branches decide, it may not be wanted at all, so only a blank result tells.
 */
function unhandledBlank(formula: CompiledFormula, values: Values, scope: Scope): string | undefined {
    const handled = Array.from(formula.source.matchAll(BLANK_TEST), ([, name = '']) => scope.resolve(name)?.path);
    return formula.references.find((path) => (values[path] ?? null) === null && !handled.includes(path));
}

/** What to call a value that is missing: the label of the name as written, where the text names just one. */
function labelOf(path: string, source: string, scope: Scope): string {
    const field = scope.resolve(source.trim()) ?? scope.resolve(path);
    return field?.type.label ?? path;
}

function checkboxIssue(source: string): FormulaIssue {
    const message = 'A checkbox cannot stand in a text. Write such as IF(Active__c, "yes", "no").';
    return { message, position: 0, length: Math.max(1, source.length) };
}

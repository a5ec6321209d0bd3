/** From custom metadata as read to rules that can be evaluated. */
import {
    checkFormula,
    compileFormula,
    type CompiledFormula,
    type FieldTypeName,
    type Scope,
    type SharedReads,
    sharedReads,
} from 'c/formula';
import { formulaProblems } from './formulaProblems';
import type { PreparedRules, RuleSource, TriggerRule } from './inputs';
import { practiceRule } from './practice';
import { expectedFigureType, FIGURE_NAMES, figureSources, figureTakes, scopeOver } from './scope';
import { templateFormulas } from './templateText';
import type { RuleProblem, Settings, Trigger } from './types';

/** Checks and compiles the active triggers. A formula that fails turns its trigger off and is listed under `problems`; the others work. */
export function prepareRules(source: RuleSource): PreparedRules {
    const figures = figureSources(source.fieldTypes, source.settings);
    const scope = scopeOver(source.fieldTypes, figures);
    const problems = [...settingProblems(source)];
    const rules: TriggerRule[] = [];
    const reads = sharedReads();
    for (const trigger of source.triggers.filter(({ active }) => active)) {
        const found = prepareTrigger(trigger, scope, reads);
        if ('rule' in found) {
            rules.push(found.rule);
        } else {
            problems.push(...found.problems);
        }
    }
    const practice = practiceRule(source.settings, scope);
    problems.push(...practice.problems);
    const fields = new Set<string>();
    for (const formula of [...rules.flatMap(formulasOf), ...(practice.rule === null ? [] : [practice.rule])]) {
        formula.references.filter((path) => !path.startsWith('$')).forEach((path) => fields.add(path));
    }
    for (const { path } of Object.values(figures)) {
        if (path !== null) {
            fields.add(path);
        }
    }
    const { staleAfterDays } = source.settings;
    const { triggers } = source;
    const named = [...fields].sort();
    return { rules, problems, fields: named, triggers, figures, scope, staleAfterDays, practice: practice.rule };
}

/**
 * Account fields to ask for, before their types are known: those that active triggers and the settings' practice rule name, all mapped figures, and what
 * `templates` (texts with `{!…}`) and `formulas` (of steps and versions) name. Sorted, each once; what does not parse gives nothing.
 */
export function requiredFieldPaths(
    triggers: readonly Trigger[],
    settings: Settings,
    templates: readonly string[] = [],
    formulas: readonly string[] = [],
): readonly string[] {
    const texts = [...templates];
    const sources = [...formulas, settings.practiceWhen ?? ''];
    for (const trigger of triggers.filter(({ active }) => active)) {
        sources.push(trigger.enterWhen, trigger.exitWhen, trigger.tier ?? '', trigger.explanation ?? '');
        texts.push(trigger.action?.instructions ?? '');
    }
    const named = [...sources, ...texts.flatMap((text) => templateFormulas(text))].flatMap(fieldsNamed);
    const mapped = Object.values(settings.figures).filter((path) => path !== '');
    // Without a figure for it, an account's CSM is its owner.
    const owner = settings.figures.CSM === undefined ? ['OwnerId'] : [];
    return [...new Set([...named, ...mapped, ...owner])].sort();
}

/** The relationships that field paths go through (`Champion__r`, `Owner`), whose objects' types have to be read too. */
export function relationshipsOf(paths: readonly string[]): readonly string[] {
    const names = paths.filter((path) => path.includes('.')).map((path) => path.slice(0, path.indexOf('.')));
    return [...new Set(names)].sort();
}

/** Account fields that a formula names, by its syntax alone. */
export function fieldsNamed(source: string): readonly string[] {
    const named = new Set<string>();
    const everything: Scope = {
        resolve(path) {
            named.add(path);
            return { path, type: { type: 'Text' } };
        },
        names: () => [],
    };
    checkFormula(source, everything);
    return [...named].filter((path) => !path.startsWith('$'));
}

function formulasOf(rule: TriggerRule): readonly CompiledFormula[] {
    return [rule.enter, rule.exit, rule.tier, rule.explanation].filter((formula) => formula !== null);
}

function prepareTrigger(
    trigger: Trigger,
    scope: Scope,
    reads: SharedReads,
): { readonly rule: TriggerRule } | { readonly problems: readonly RuleProblem[] } {
    const problems: RuleProblem[] = [];
    const place = (field: string): Omit<RuleProblem, 'message' | 'position'> => ({
        where: 'trigger',
        key: trigger.key,
        label: trigger.label,
        field,
    });
    const compile = (source: string | null, field: string, expect: FieldTypeName): CompiledFormula | null => {
        if (isBlank(source)) {
            return null;
        }
        try {
            return compileFormula(source, scope, { blanks: 'unknown', expect, reads });
        } catch (error) {
            problems.push(...formulaProblems(error, place(field)));
            return null;
        }
    };
    const missing = (field: string, message: string): void => {
        problems.push({ ...place(field), message, position: null });
    };

    const enter = compile(trigger.enterWhen, 'Enter When', 'Checkbox');
    const exit = compile(trigger.exitWhen, 'Exit When', 'Checkbox');
    const tier = compile(trigger.tier, 'Tier', 'Text');
    const explanation = compile(trigger.explanation, 'Explanation', 'Text');
    if (isBlank(trigger.enterWhen)) {
        missing('Enter When', 'Enter When is empty. Write when this trigger surfaces, such as $Figure.Health < 60.');
    }
    if (isBlank(trigger.exitWhen)) {
        missing('Exit When', 'Exit When is empty. Write when it is over, such as $Figure.Health >= 65.');
    }
    if (trigger.kind === 'Playbook' && isBlank(trigger.playbookKey)) {
        missing('Playbook Key', 'A trigger of kind Playbook needs a playbook key, such as at-risk.');
    }
    if (trigger.kind === 'Signal' && isBlank(trigger.action?.title ?? null)) {
        missing('Signal Title', 'A trigger of kind Signal needs a signal title: what it asks for, in a few words.');
    }
    if (problems.length > 0 || enter === null || exit === null) {
        return { problems };
    }
    const usesUser = [enter, tier, explanation].some(
        (formula) => formula?.references.some((path) => path.startsWith('$User.')) ?? false,
    );
    return { rule: { trigger, enter, exit, tier, explanation, usesUser } };
}

function settingProblems({ settings, fieldTypes }: RuleSource): RuleProblem[] {
    const sources = figureSources(fieldTypes, settings);
    const problems: RuleProblem[] = [];
    const report = (field: string, message: string): void => {
        problems.push({ where: 'setting', key: field, label: 'Playbook Setting', field, message, position: null });
    };
    for (const figure of FIGURE_NAMES) {
        const mapped = settings.figures[figure];
        const { path, type } = sources[figure];
        const expected = expectedFigureType(figure);
        if (mapped === undefined) {
            continue;
        }
        if (path === null) {
            report(
                figure,
                `$Figure.${figure} is mapped to ${mapped}, which is no field of Account that you may read. ` +
                    'Until that is changed, the figure is blank.',
            );
        } else if (!figureTakes(figure, type.type)) {
            report(
                figure,
                `$Figure.${figure} is mapped to ${path}, a field of type ${type.type}. Map it to one of type ${expected.type}.`,
            );
        }
    }
    if (settings.workingDays.length === 0) {
        report(
            'Working Days',
            'No working days are set, so Monday to Friday count. Enter such as Mon,Tue,Wed,Thu,Fri.',
        );
    }
    return problems;
}

function isBlank(text: string | null): text is null | '' {
    return text === null || text.trim() === '';
}

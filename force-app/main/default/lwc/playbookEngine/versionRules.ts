/** The formulas and dependencies of a version, checked and compiled once. */
import { compileFormula, type CompiledFormula } from 'c/formula';
import type { PreparedRules } from './inputs';
import { formulaProblems } from './formulaProblems';
import { stepScope } from './scope';
import type { PlaybookVersion, RuleProblem, Step } from './types';

export interface VersionRules {
    /** By step key; a step whose formula is blank or broken is missing, and shows. */
    readonly showWhen: ReadonlyMap<string, CompiledFormula>;
    /** Step that has to be answered first, by the key of the one that waits; impossible ones are missing. */
    readonly dependsOn: ReadonlyMap<string, Step>;
    readonly successWhen: CompiledFormula | null;
    readonly lostWhen: CompiledFormula | null;
    readonly problems: readonly RuleProblem[];
}

type Place = Omit<RuleProblem, 'message' | 'position'>;
const compiled = new WeakMap<PreparedRules, WeakMap<PlaybookVersion, VersionRules>>();

export function versionRules(version: PlaybookVersion, prepared: PreparedRules): VersionRules {
    let byVersion = compiled.get(prepared);
    if (byVersion === undefined) {
        byVersion = new WeakMap();
        compiled.set(prepared, byVersion);
    }
    let rules = byVersion.get(version);
    if (rules === undefined) {
        rules = compileVersion(version, prepared);
        byVersion.set(version, rules);
    }
    return rules;
}

export function stepPlace(step: Step, field: string): Place {
    return { where: 'step', key: step.key, label: step.title, field };
}

export function versionPlace(version: PlaybookVersion, field: string): Place {
    return { where: 'version', key: version.playbookKey, label: `${version.playbookName}, ${version.number}`, field };
}

function compileVersion(version: PlaybookVersion, prepared: PreparedRules): VersionRules {
    const scope = stepScope(prepared.scope, version.steps);
    const problems: RuleProblem[] = [];
    const compile = (source: string | null, place: Place): CompiledFormula | null => {
        if (source === null || source.trim() === '') {
            return null;
        }
        try {
            return compileFormula(source, scope, { blanks: 'unknown', expect: 'Checkbox' });
        } catch (error) {
            problems.push(...formulaProblems(error, place));
            return null;
        }
    };
    const byKey = new Map(version.steps.map((step) => [step.key, step]));
    const showWhen = new Map<string, CompiledFormula>();
    const dependsOn = new Map<string, Step>();
    for (const step of version.steps) {
        const condition = compile(step.showWhen, stepPlace(step, 'Show When'));
        if (condition !== null) {
            showWhen.set(step.key, condition);
        }
        const needed = neededBy(step, byKey);
        if (typeof needed === 'string') {
            problems.push({ ...stepPlace(step, 'Depends On'), message: needed, position: null });
        } else if (needed !== null) {
            dependsOn.set(step.key, needed);
        }
    }
    const successWhen = compile(version.successWhen, versionPlace(version, 'Success When'));
    const lostWhen = compile(version.lostWhen, versionPlace(version, 'Lost When'));
    return { showWhen, dependsOn, successWhen, lostWhen, problems };
}

/** The step that comes first; a message when it is missing, or waits for this one in turn: neither would ever show. */
function neededBy(step: Step, byKey: ReadonlyMap<string, Step>): Step | string | null {
    if (step.dependsOn === null || step.dependsOn === '') {
        return null;
    }
    const needed = byKey.get(step.dependsOn);
    if (needed === undefined) {
        return `No step has the key ${step.dependsOn}, so this step shows at once. Name a step of the same version.`;
    }
    const seen = new Set<Step>();
    for (let next: Step | undefined = needed; next !== undefined && !seen.has(next);) {
        if (next === step) {
            return `This step and ${step.dependsOn} wait for each other, so this one shows at once. Remove one of the two.`;
        }
        seen.add(next);
        next = next.dependsOn === null ? undefined : byKey.get(next.dependsOn);
    }
    return needed;
}

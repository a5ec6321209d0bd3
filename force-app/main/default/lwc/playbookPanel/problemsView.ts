/** Rules that are off, for the admin. */
import { fill } from 'c/playbookFormat';
import type { Model } from './model';
import rulesOff from '@salesforce/label/c.Playbook_Rules_Off';
import ruleProblem from '@salesforce/label/c.Playbook_Rule_Problem';

export interface ProblemsView {
    readonly summary: string;
    readonly lines: readonly string[];
}

/** Null: all rules work. */
export function problemsView({ problems }: Model): ProblemsView | null {
    if (problems.length === 0) return null;
    return {
        summary: fill(rulesOff, problems.length),
        lines: problems.map(({ label, field, message }) => fill(ruleProblem, label, field, message)),
    };
}

/** Checklists of a run with given steps and completions. */
import type { Value } from 'c/formula';
import { buildChecklist, type Completion, type Prompt, type Run, type Step, type StepView } from '../playbookEngine';
import { context, promptFor, run, version } from './sample';

export const ask = (options: readonly string[], max = 1): Step['decision'] => ({ question: 'Which?', options, max });

export function viewsOf(
    steps: readonly Step[],
    completions: readonly Completion[] | null,
    values: Record<string, Value> = {},
    now?: string,
): StepView[] {
    return checklistOf(steps, completions, values, now).phases.flatMap((phase) => phase.steps);
}

export function checklistOf(
    steps: readonly Step[],
    completions: readonly Completion[] | null,
    values: Record<string, Value> = {},
    now?: string,
    runChanges: Partial<Run> = {},
) {
    const where = context(values);
    const clock = { ...where.clock, now: now ?? where.clock.now };
    return buildChecklist(promptOf(steps, completions, runChanges), { ...where, clock });
}

export function promptOf(
    steps: readonly Step[],
    completions: readonly Completion[] | null,
    runChanges: Partial<Run> = {},
): Prompt {
    return promptFor(version(steps), { run: completions === null ? null : run({ completions, ...runChanges }) });
}

export const shown = (views: readonly StepView[]): string[] =>
    views.map((view) => `${view.step.key}:${view.occurrence} ${view.state}`);

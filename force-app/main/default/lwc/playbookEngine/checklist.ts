/** Which steps show now, in which state, and when they are due. */
import { FormulaError, type Values } from 'c/formula';
import { dayOf } from './days';
import { dueDate, nextOccurrenceDue } from './dueDates';
import { type EpisodeFacts, episodeFacts, episodeValues, isAnswer, standing, stepsOf } from './episode';
import type { AccountContext } from './inputs';
import { outcomeProblems } from './outcomes';
import { practiceOn } from './practice';
import type { Checklist, Completion, Phase, Prompt, RuleProblem, Step, StepState, StepView } from './types';
import { stepPlace, type VersionRules, versionRules } from './versionRules';
import { type WorkingCalendar, workingCalendar } from './workingTime';

const STATES: Readonly<Record<Completion['status'], StepState>> = {
    Done: 'done',
    Skipped: 'skipped',
    'Not applicable': 'not-applicable',
    'Not done': 'not-done',
    Undone: 'open',
};

/** The steps that show now, by phase. Works without a run as if it opened now. */
export function buildChecklist(prompt: Prompt, context: AccountContext): Checklist {
    const { views } = new ChecklistWork(prompt, context);
    const phases = phasesOf(views);
    return {
        phases,
        answered: phases.reduce((sum, { answered }) => sum + answered, 0),
        total: views.length,
        next: nextOf(views),
    };
}

/**
 * Rules of the prompt's steps and version that cannot be used: a step with one is shown, never hidden; a broken criterion for success or
 * loss suggests nothing. Before its run opens, also the rule that would make it practice.
 */
export function checklistProblems(prompt: Prompt, context: AccountContext): readonly RuleProblem[] {
    const opening = prompt.run === null ? practiceOn(context).problems : [];
    return [...new ChecklistWork(prompt, context).problems, ...outcomeProblems(prompt, context), ...opening];
}

/** One pass over the steps of a prompt, in their order. */
class ChecklistWork {
    readonly views: StepView[] = [];
    readonly problems: RuleProblem[] = [];
    private readonly facts: EpisodeFacts;
    private readonly rules: VersionRules | null;
    private readonly values: Values;
    private readonly calendar: WorkingCalendar;
    private readonly now: number;
    private readonly closed: boolean;

    constructor(
        prompt: Prompt,
        private readonly context: AccountContext,
    ) {
        const { clock, prepared, settings } = context;
        const steps = stepsOf(prompt);
        this.facts = episodeFacts(prompt, context);
        this.rules = prompt.version === null ? null : versionRules(prompt.version, prepared);
        this.values = episodeValues(prompt, steps, context);
        this.calendar = workingCalendar(settings, clock.timeZone);
        this.now = Date.parse(clock.now);
        this.closed = prompt.run?.status === 'Closed';
        this.problems.push(...(this.rules?.problems ?? []));
        if (prompt.kind === 'Playbook' && prompt.version === null) {
            this.problems.push(unreadableVersion(prompt));
        }
        for (const step of steps) {
            const view = this.view(step);
            if (view !== null) {
                this.views.push(view);
            }
        }
    }

    private view(step: Step): StepView | null {
        const answers = standing(this.facts.completions, step.key);
        const last = answers.at(-1);
        const applies = !this.closed && this.isUnlocked(step) && this.isNeeded(step);
        if (last === undefined) {
            return applies ? this.openView(step, 1, [], this.dueOnce(step)) : null;
        }
        if (!applies || !comesBack(step, last)) {
            return answeredView(step, last, answers.slice(0, -1));
        }
        const answeredAt = last.completedAt ?? this.facts.startedAt;
        const dueAt = nextOccurrenceDue(answeredAt, step.repeatEveryDays ?? 0, this.calendar.timeZone);
        return this.openView(step, last.occurrence + 1, answers, { dueAt, plannedOn: null });
    }

    private openView(
        step: Step,
        occurrence: number,
        history: readonly Completion[],
        due: Pick<StepView, 'dueAt' | 'plannedOn'>,
    ): StepView {
        const { timeZone } = this.calendar;
        const waiting = occurrence > 1 && due.dueAt !== null && dayOf(due.dueAt, timeZone) > dayOf(this.now, timeZone);
        const undone = this.facts.completions.find(
            (completion) => completion.stepKey === step.key && completion.occurrence === occurrence,
        );
        return {
            step,
            occurrence,
            state: 'open',
            completion: undone ?? null,
            waiting,
            ...due,
            overdue: due.dueAt !== null && Date.parse(due.dueAt) < this.now,
            history,
        };
    }

    private dueOnce(step: Step): Pick<StepView, 'dueAt' | 'plannedOn'> {
        const { anchorOn, startedAt } = this.facts;
        const start = { surfacedAt: Date.parse(startedAt), anchorOn, previousAt: this.previousAnswer(step) };
        return dueDate(step, start, this.context.settings, this.calendar);
    }

    /** When the step it depends on, or else the one shown before it, was answered; the first step of all counts from the start. */
    private previousAnswer(step: Step): number | null {
        const needed = this.rules?.dependsOn.get(step.key);
        const before = this.views.at(-1);
        if (needed === undefined && before === undefined) {
            return Date.parse(this.facts.startedAt);
        }
        const key = needed?.key ?? before?.step.key ?? '';
        const answeredAt = standing(this.facts.completions, key).filter(isAnswer).at(-1)?.completedAt ?? null;
        return answeredAt === null ? null : Date.parse(answeredAt);
    }

    private isUnlocked(step: Step): boolean {
        const needed = this.rules?.dependsOn.get(step.key);
        return needed === undefined || standing(this.facts.completions, needed.key).some(isAnswer);
    }

    /** Unknown counts as not needed; a formula that fails on these values shows the step and is reported. */
    private isNeeded(step: Step): boolean {
        const condition = this.rules?.showWhen.get(step.key);
        if (condition === undefined) {
            return true;
        }
        try {
            return condition.evaluate(this.values, this.context.clock) === true;
        } catch (error) {
            if (!(error instanceof FormulaError)) {
                throw error;
            }
            const position = error.issues[0]?.position ?? null;
            this.problems.push({ ...stepPlace(step, 'Show When'), message: error.message, position });
            return true;
        }
    }
}

/** A repeated step comes back after it was done or skipped once; what does not apply stays away. */
function comesBack(step: Step, { status }: Completion): boolean {
    const every = step.repeatEveryDays;
    return every !== null && every > 0 && (status === 'Done' || status === 'Skipped');
}

function answeredView(step: Step, completion: Completion, history: readonly Completion[]): StepView {
    return {
        step,
        occurrence: completion.occurrence,
        state: STATES[completion.status],
        completion,
        waiting: false,
        dueAt: completion.dueAt,
        overdue: false,
        plannedOn: null,
        history,
    };
}

function phasesOf(views: readonly StepView[]): readonly Phase[] {
    const byName = new Map<string, StepView[]>();
    for (const view of views) {
        const steps = byName.get(view.step.phase);
        if (steps === undefined) {
            byName.set(view.step.phase, [view]);
        } else {
            steps.push(view);
        }
    }
    return [...byName].map(([name, steps]) => ({ name, steps, answered: steps.filter(isSettled).length }));
}

function isSettled({ state, waiting }: StepView): boolean {
    return waiting || state === 'done' || state === 'skipped' || state === 'not-applicable';
}

function nextOf(views: readonly StepView[]): StepView | null {
    const open = views.filter(({ state }) => state === 'open');
    const due = ({ dueAt }: StepView): number => (dueAt === null ? Number.MAX_VALUE : Date.parse(dueAt));
    open.sort((one, other) => Number(one.waiting) - Number(other.waiting) || due(one) - due(other));
    return open[0] ?? null;
}

function unreadableVersion({ id, title }: Prompt): RuleProblem {
    const message =
        'The version that this run started with cannot be read, so its open steps are not known. Ask your admin.';
    return { where: 'version', key: id, label: title, field: 'Playbook Version', message, position: null };
}

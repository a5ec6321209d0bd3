/** A CSM's day: which runs they look at, which steps they answer, and what they close. */
import {
    ActionRefused,
    outcomesFor,
    planAnswer,
    planFinish,
    planSnooze,
    type ActionInput,
    type Answer,
    type ChangePlan,
    type Outcome,
    type PlaybookVersion,
    type Prompt,
    type Run,
    type StepView,
} from 'c/playbookEngine';
import { addDays, daysBetween } from '../replay/days.ts';
import { beginning } from './beginning.ts';
import { answerTo, supposedCause, type Situation } from './answering.ts';
import type { BookAccount, HistoryBook } from './book.ts';
import type { Chance } from './chance.ts';
import type { Habits } from './csms.ts';
import { careFactor } from './effects.ts';
import type { HiddenAccount } from './hidden-account.ts';

export interface DeskInput {
    readonly book: HistoryBook;
    readonly chance: Chance;
}

/** An account on its CSM's desk. */
export interface OnDesk {
    readonly of: BookAccount;
    readonly hidden: HiddenAccount;
    readonly habits: Habits;
    readonly versions: readonly PlaybookVersion[];
}

/** Nobody answers more of one account in a day. */
const MOST_A_DAY = 5;
const WORKING_MINUTES = 8 * 60;
/** 8:30 in Berlin in winter: a working day of a history lies within those of its CSMs. */
const FIRST_MINUTE = 7.5 * 60;
const SNOOZED_SHARE = 0.05;

export class Desk {
    /** The day before which a run is not looked at again. */
    private readonly lookOn = new Map<string, string>();

    constructor(private readonly input: DeskInput) {}

    /** The sweep has changed a run: it is looked at anew. */
    touch(runId: string): void {
        this.lookOn.delete(runId);
    }

    /** Works on what is open on an account on a working day. `isNew`: its figures have come after the night's sweep. */
    work(day: string, desk: OnDesk, isNew: boolean): void {
        const { book, chance } = this.input;
        this.begin(day, desk, isNew);
        const open = book.runsOf(desk.of.id).filter(({ status }) => status === 'Open');
        for (const run of open) {
            if ((this.lookOn.get(run.id) ?? '') > day && desk.hidden.noticeOn !== day) {
                continue;
            }
            const askRun: Chance = (...about) => chance(run.episodeKey, ...about);
            let minute = FIRST_MINUTE + askRun('minute', day) * WORKING_MINUTES * 0.8;
            for (let acts = 0; acts < MOST_A_DAY; acts += 1) {
                const now = instant(day, minute);
                if (!this.act(run.id, day, now, desk, askRun)) {
                    break;
                }
                minute += 4 + askRun('pause', day, acts) * 25;
            }
        }
    }

    /** Now and then a run is opened by a person: by the first step that is answered, of what no run is about yet. */
    private begin(day: string, desk: OnDesk, isNew: boolean): void {
        const { book, chance } = this.input;
        const ask: Chance = (...about) => chance('begins', desk.hidden.externalId, ...about);
        const now = instant(day, FIRST_MINUTE + ask('minute', day) * 40);
        const input = beginning(book, desk, { ask, day, isNew, now });
        const views = input?.checklist.phases.flatMap(({ steps }) => steps) ?? [];
        const view = views.find(({ state, waiting }) => state === 'open' && !waiting);
        if (input !== null && view !== undefined) {
            const askStep: Chance = (...about) => ask(day, view.step.key, ...about);
            const situation: Situation = { hidden: desk.hidden, habits: desk.habits, ask: askStep, askRun: askStep };
            this.answerStep(input, view, answerTo(view, situation), views, desk, day);
        }
    }

    private answerStep(
        input: ActionInput,
        { occurrence, step: { key } }: StepView,
        answer: Answer | null,
        views: readonly StepView[],
        desk: OnDesk,
        day: string,
    ): boolean {
        if (answer === null) {
            return false;
        }
        const plan = attempt(() => planAnswer({ ...input, stepKey: key, occurrence, answer, proof: null }));
        const isWritten = this.write(desk.of, plan);
        if (isWritten && answer.kind === 'done') {
            desk.hidden.work(key, occurrence, desk.habits.touch * careOf(views), day);
        }
        return isWritten;
    }

    /** One act on a run; false: there is nothing more to do on it today. */
    private act(runId: string, day: string, now: string, desk: OnDesk, askRun: Chance): boolean {
        const { book } = this.input;
        const page = book.page(desk.of, now, desk.versions);
        const prompt = page.prompts.find(({ run }) => run?.id === runId);
        if (prompt?.run?.status !== 'Open') {
            return false;
        }
        const { run } = prompt;
        const input = page.inputOf(prompt);
        const ended = this.ending(prompt, input, desk, day, askRun);
        if (ended !== null) {
            return this.write(desk.of, ended);
        }
        if (!this.takesUp(run, day, desk, askRun)) {
            return false;
        }
        const snoozed = this.snooze(input, run, day, askRun);
        if (snoozed !== null) {
            return this.write(desk.of, snoozed);
        }
        if (this.answer(input, run, day, desk, askRun)) {
            return true;
        }
        return this.write(desk.of, this.closeAsSaved(prompt, input, desk, day, askRun));
    }

    /** What has been good again for a while is closed by those who close things, before the figures do it. */
    private closeAsSaved(
        prompt: Prompt,
        input: ActionInput,
        { habits, hidden }: OnDesk,
        day: string,
        askRun: Chance,
    ): ChangePlan | null {
        const { run, version } = prompt;
        const since = run?.recoveringSince?.slice(0, 10) ?? null;
        const closes = askRun('closes') < habits.closes && version?.category === 'Risk';
        if (since === null || !closes || !outcomesFor(prompt).includes('Saved')) {
            return null;
        }
        if (daysBetween(since, day) < 3 + askRun('patience') * 8) {
            this.lookOn.delete(run?.id ?? '');
            return null;
        }
        const cause = supposedCause(hidden, habits, askRun);
        return attempt(() => planFinish({ ...input, finish: { outcome: 'Saved', cause, reason: null } }));
    }

    /** Whether the CSM has begun, or begins today. What is not taken up stays as it is. */
    private takesUp(run: Run, day: string, { habits }: OnDesk, askRun: Chance): boolean {
        if (run.completions.some(({ completedAt }) => completedAt !== null)) {
            return true;
        }
        // A case at risk is left lying sooner than a signal, or a renewal whose day everybody knows.
        const takesUp = run.kind === 'Risk' ? habits.takesUp : Math.sqrt(habits.takesUp);
        if (askRun('taken up') >= takesUp) {
            this.lookOn.set(run.id, addDays(day, 7));
            return false;
        }
        const delay = Math.round(-Math.log(1 - askRun('first') * 0.98) * habits.firstAnswerDays * 1.2);
        const from = addDays(run.surfacedAt.slice(0, 10), delay);
        this.lookOn.set(run.id, from);
        return from <= day;
    }

    private answer(input: ActionInput, run: Run, day: string, desk: OnDesk, askRun: Chance): boolean {
        const { chance } = this.input;
        const views = input.checklist.phases.flatMap(({ steps }) => steps);
        const later: string[] = [];
        for (const view of views.filter(({ state, waiting }) => state === 'open' && !waiting)) {
            const { key } = view.step;
            const ask: Chance = (...about) => chance(run.episodeKey, key, view.occurrence, ...about);
            const on = this.plannedDay(view, run, desk.habits, ask);
            if (on > day) {
                later.push(on);
                continue;
            }
            const situation: Situation = { hidden: desk.hidden, habits: desk.habits, ask, askRun };
            if (this.answerStep(input, view, answerTo(view, situation), views, desk, day)) {
                return true;
            }
        }
        // Steps show and hide with the figures, which are new every Monday.
        const monday = addDays(day, 7 - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
        this.lookOn.set(run.id, [...later, monday].sort()[0] ?? monday);
        return false;
    }

    /** The day on which the CSM comes to a step: around the one on which it is due. */
    private plannedDay({ dueAt }: StepView, run: Run, habits: Habits, ask: Chance): string {
        const due = dueAt === null ? addDays(run.surfacedAt.slice(0, 10), 5) : lastDayFor(dueAt);
        const spread = (ask('late') + ask('later') - 1) * (2 + 2 * Math.max(0, habits.lateDays));
        const days = Math.round(habits.lateDays + spread + (ask('very late') < 0.06 ? 6 : 0));
        return addDays(due, days);
    }

    private snooze(input: ActionInput, run: Run, day: string, askRun: Chance): ChangePlan | null {
        const isOnce = run.completions.length === 2 && askRun('snoozed') < SNOOZED_SHARE;
        if (!isOnce || run.actedAt?.slice(0, 10) === day) {
            return null;
        }
        const until = addDays(day, 6 + Math.floor(askRun('until') * 10));
        return attempt(() =>
            planSnooze({ ...input, snooze: { until, reason: 'Asked us to come back later (generated)' } }),
        );
    }

    /** Closes the run where the CSM sees how it ends, before the figures do. */
    private ending(prompt: Prompt, input: ActionInput, desk: OnDesk, day: string, askRun: Chance): ChangePlan | null {
        const end = endOf(prompt, desk, day, askRun);
        if (end === null) {
            return null;
        }
        const allowed = outcomesFor(prompt);
        const outcome = allowed.includes(end.outcome) ? end.outcome : end.otherwise;
        if (outcome === null || !allowed.includes(outcome)) {
            return null;
        }
        const { cause, reason } = end;
        return attempt(() => planFinish({ ...input, finish: { outcome, cause, reason } }));
    }

    private write(of: BookAccount, plan: ChangePlan | null): boolean {
        if (plan === null) {
            return false;
        }
        this.input.book.write(of, plan);
        return true;
    }
}

interface End {
    readonly outcome: Outcome;
    readonly otherwise: Outcome | null;
    readonly cause: string | null;
    readonly reason: string | null;
}

function endOf({ run, version }: Prompt, { habits, hidden }: OnDesk, day: string, askRun: Chance): End | null {
    if (run === null || version === null) {
        return null;
    }
    const says = (stepKey: string): string | null => answered(run, stepKey)?.decision[0] ?? null;
    const isDone = (stepKey: string): boolean => answered(run, stepKey) !== null;
    const cause = askRun('cause told') < 0.9 ? supposedCause(hidden, habits, askRun) : null;
    const closes = askRun('closes') < habits.closes;
    if (version.category === 'Renewal') {
        const isOver = hidden.noticeOn !== null && hidden.noticeOn <= day;
        return isOver && closes ? { outcome: 'Not renewed', otherwise: null, cause, reason: null } : null;
    }
    if (version.category !== 'Risk') {
        const isOld = daysBetween(run.surfacedAt.slice(0, 10), day) > 40 && run.completions.length >= 4;
        return isOld && closes ? { outcome: 'Completed', otherwise: null, cause: null, reason: null } : null;
    }
    if (hidden.noticeOn !== null && hidden.noticeOn <= day) {
        return closes ? { outcome: 'Lost', otherwise: null, cause, reason: null } : null;
    }
    if (isDone('fix_data')) {
        return alarm('The figures were wrong; corrected at their source. (generated)', 'Data error');
    }
    if (isDone('note_season')) {
        return alarm('Expected at this time of the year. (generated)', null);
    }
    if (isDone('leave_well') || (says('day_30') === 'Let go' && closes)) {
        return { outcome: 'Let go', otherwise: null, cause, reason: 'No movement in two months. (generated)' };
    }
    if (isDone('confirm_saved') && closes) {
        return { outcome: 'Saved', otherwise: 'Recovered', cause, reason: null };
    }
    return null;
}

function alarm(reason: string, cause: string | null): End {
    return { outcome: 'False alarm', otherwise: null, cause, reason };
}

function answered(run: Run, stepKey: string) {
    return run.completions.findLast((one) => one.stepKey === stepKey && one.status === 'Done') ?? null;
}

/** Null: the engine refuses it with a reason, as it would refuse the page. */
function attempt(plan: () => ChangePlan): ChangePlan | null {
    try {
        return plan();
    } catch (error) {
        if (error instanceof ActionRefused) {
            return null;
        }
        throw error;
    }
}

/** How careful the work on a run has been up to now, as the customer sees it. */
function careOf(views: readonly StepView[]): number {
    const required = views.filter(({ step }) => step.required);
    const count = (which: (view: StepView) => boolean): number => required.filter(which).length;
    return careFactor({
        done: 1 + count(({ state }) => state === 'done'),
        skipped: count(({ state }) => state === 'skipped'),
        missed: Math.max(0, count(({ overdue, state }) => state === 'open' && overdue) - 1),
    });
}

/** The last day on which working hours come before it is due. */
function lastDayFor(dueAt: string): string {
    return new Date(Date.parse(dueAt) - FIRST_MINUTE * 60_000).toISOString().slice(0, 10);
}

export function instant(day: string, minute: number): string {
    return new Date(Date.parse(`${day}T00:00:00Z`) + Math.round(minute * 60) * 1000).toISOString();
}

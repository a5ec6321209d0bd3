/** What the user does to a playbook: planned by the engine, written by the data service, done again when it failed. */
import {
    ActionRefused,
    buildChecklist,
    joinReasons,
    planAnswer,
    planFinish,
    planReopen,
    planSnooze,
    planWake,
    type ActionInput,
    type Answer,
    type ChangePlan,
    type Finish,
    type Run,
    type Snooze,
} from 'c/playbookEngine';
import type { Failure, SaveResult } from 'c/playbookData';
import type { StepAnswer } from 'c/playbookStep';
import { FORMATS, formatDayOfYear } from 'c/playbookFormat';
import { OUTCOME_WORDS, PHRASES } from 'c/playbookWords';
import type { Model } from './model';
import { stepId } from './stepView';

/** What the user asked for and what the server has not confirmed yet. */
export type Work =
    | { readonly state: 'idle' }
    | { readonly state: 'saving'; readonly step: string | null }
    /** It was refused, and the page looks why. */
    | { readonly state: 'looking' }
    | { readonly state: 'failed'; readonly failure: Failure }
    /** It was refused because the run had been closed meanwhile; `typed` is what the person had written. */
    | { readonly state: 'closed'; readonly run: Run; readonly typed: string };

export const IDLE: Work = { state: 'idle' };

/** What the actions need of the page. */
export interface Page {
    readonly model: () => Model | null;
    readonly save: (plan: ChangePlan) => Promise<SaveResult>;
    /** Reads everything again. */
    readonly reload: () => Promise<void>;
    /** Puts a prompt in front; false when it is gone. */
    readonly bringBack: (promptId: string) => boolean;
    readonly show: (work: Work) => void;
    /** The engine refused an action: its words. */
    readonly refused: (message: string) => void;
    /** Somebody else had answered the step before. */
    readonly someoneFirst: () => void;
    /** What was to be done again had arrived after all, or the step has been changed meanwhile. */
    readonly overtaken: () => void;
    readonly saved: () => void;
}

interface Action {
    readonly plan: (model: Model) => ChangePlan;
    /** The prompt it was meant for; null: it needs none in front. */
    readonly promptId: string | null;
    /** The run of that prompt; null: it had none yet. */
    readonly runId: string | null;
    /** How often the prompt's playbook had ended: once more means that this arrived, or that somebody else ended it. */
    readonly ended: number;
    /** Id of the step it answers, and how that stood; null: it answers none. */
    readonly step: string | null;
    readonly stood: string | null;
    /** What the person had chosen and written, in words. */
    readonly typed: string;
    /** Called once it is confirmed. */
    readonly done: () => void;
}

export class Actions {
    private work: Work = IDLE;
    private failed: Action | null = null;

    constructor(private readonly page: Page) {}

    answer({ stepKey, occurrence, answer, proof }: StepAnswer): Promise<void> {
        const step = `${stepKey}:${occurrence}`;
        const plan = (model: Model): ChangePlan =>
            planAnswer({ ...inputOf(model), stepKey, occurrence, answer, proof });
        return this.perform(this.action(plan, { step, typed: answered(answer) }));
    }

    finish(finish: Finish, done: () => void): Promise<void> {
        const plan = (model: Model): ChangePlan => planFinish({ ...inputOf(model), finish });
        return this.perform(
            this.action(plan, { done, typed: words(OUTCOME_WORDS[finish.outcome].label, finish.reason) }),
        );
    }

    snooze(snooze: Snooze, done: () => void): Promise<void> {
        const plan = (model: Model): ChangePlan => planSnooze({ ...inputOf(model), snooze });
        return this.perform(this.action(plan, { done, typed: words(formatDayOfYear(snooze.until), snooze.reason) }));
    }

    /** Takes up again what was put aside. */
    wake(promptId: string, done: () => void): Promise<void> {
        const plan = (model: Model): ChangePlan => planWake(inputOf(model, promptId));
        return this.perform({ ...this.action(plan, { done }), promptId: null });
    }

    reopen(run: Run, done?: () => void): Promise<void> {
        const plan = ({ context, data }: Model): ChangePlan => {
            const version = data.versions.find(({ id }) => id === run.versionId) ?? null;
            const trigger = data.triggers.find(({ key }) => key === run.triggerKey) ?? null;
            return planReopen(run, { context, prompt: { version, trigger }, runs: data.runs });
        };
        return this.perform({ ...this.action(plan, done ? { done } : {}), promptId: null });
    }

    /**
     * Does again what failed. Reads first: it may have arrived although its answer did not, or somebody may have acted meanwhile. It is done only
     * on the prompt it was meant for, and only while the step stands as it stood then. A run that was closed meanwhile is reopened for it.
     */
    async retry(): Promise<void> {
        const { failed, work } = this;
        if (!failed) return;
        if (work.state === 'closed') {
            await this.reopen(work.run, () => {
                if (failed.promptId !== null && this.page.bringBack(failed.promptId)) void this.perform(failed);
            });
        } else if (await this.stillStands(failed)) await this.perform(failed);
        else this.page.overtaken();
    }

    /** Forgets what failed, as when another account or playbook comes in front. */
    reset(): void {
        this.failed = null;
        this.turn(IDLE);
    }

    private async perform(action: Action, isSecondTry = false): Promise<void> {
        const model = this.page.model();
        if (!model || this.work.state === 'saving') return;
        let plan: ChangePlan;
        try {
            plan = action.plan(model);
        } catch (error) {
            if (!(error instanceof ActionRefused)) throw error;
            this.page.refused(error.message);
            return;
        }
        this.failed = null;
        this.turn({ state: 'saving', step: action.step });
        const result = await this.page.save(plan);
        if (this.page.model()?.data.account.id !== model.data.account.id) {
            // Another account is on the page by now: what came of this shows when that one is opened again.
            return;
        }
        if (result.ok) {
            this.turn(IDLE);
            this.page.saved();
            action.done();
        } else if (result.failure.kind === 'duplicate' && !isSecondTry) {
            await this.join(action);
        } else {
            await this.fail(action, result.failure);
        }
    }

    /** Somebody was first. What they did counts: read it, and add to it only if this step is still open. */
    private async join(action: Action): Promise<void> {
        if (await this.stillStands(action)) await this.perform(action, true);
        else this.page.someoneFirst();
    }

    /** The org may refuse because somebody, or the sweep, has closed the run: then that is the news, not the org's rule. */
    private async fail(action: Action, failure: Failure): Promise<void> {
        const { runId, typed } = action;
        this.failed = action;
        if (failure.kind === 'rejected' && runId !== null) {
            this.turn({ state: 'looking' });
            await this.page.reload();
            if (this.failed !== action) return;
            const run = this.page.model()?.data.runs.find(({ id, status }) => id === runId && status === 'Closed');
            if (run) {
                this.turn({ state: 'closed', run, typed });
                return;
            }
        }
        this.turn({ state: 'failed', failure });
    }

    private async stillStands({ promptId, ended, step, stood }: Action): Promise<boolean> {
        this.turn(IDLE);
        await this.page.reload();
        // A playbook that has ended could still be brought back, but as a new run started by hand.
        if (promptId !== null && endings(this.page.model(), promptId) !== ended) return false;
        if (promptId !== null && !this.page.bringBack(promptId)) return false;
        return step === null || standing(this.page.model(), step) === stood;
    }

    private action(
        plan: Action['plan'],
        { step = null, typed = '', done = (): void => undefined }: Partial<Action>,
    ): Action {
        const model = this.page.model();
        const stood = step === null ? null : standing(model, step);
        const promptId = model?.current?.id ?? null;
        const runId = model?.current?.run?.id ?? null;
        return { plan, promptId, runId, ended: endings(model, promptId), step, stood, typed, done };
    }

    private turn(work: Work): void {
        this.work = work;
        this.page.show(work);
    }
}

function endings(model: Model | null, promptId: string | null): number {
    const isOfPrompt = ({ playbookKey, triggerKey }: Run): boolean =>
        promptId === (playbookKey === null ? `signal:${triggerKey ?? ''}` : `playbook:${playbookKey}`);
    return (model?.data.runs ?? []).filter((run) => run.status === 'Closed' && isOfPrompt(run)).length;
}

/** How a step stands: its state and the note behind it, so that a change by somebody else is noticed. */
function standing(model: Model | null, step: string): string {
    const views = model?.checklist?.phases.flatMap((phase) => phase.steps) ?? [];
    const view = views.find((candidate) => stepId(candidate) === step);
    return view ? `${view.state}:${view.completion?.note ?? ''}` : '';
}

const words = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' – ');

function answered(answer: Answer): string {
    return words(
        ...('decision' in answer ? answer.decision : []),
        'reason' in answer ? answer.reason : null,
        'note' in answer ? answer.note : null,
    );
}

/** The prompt in front, or another one of the account's. */
function inputOf({ checklist, context, current, data, held }: Model, promptId?: string): ActionInput {
    const other = held.find(({ id }) => id === promptId);
    const prompt = other ?? current;
    const steps = other ? buildChecklist(other, context) : checklist;
    if (!prompt || !steps) throw new Error('Nothing is in front that could be answered.');
    const reason = prompt.match ? joinReasons(prompt.match, PHRASES, FORMATS) : null;
    return { ...context, prompt, checklist: steps, runs: data.runs, reason };
}

/** What the user does to a playbook: planned by the engine, written by the data service, done again when it failed. */
import {
    ActionRefused,
    joinReasons,
    planAnswer,
    planFinish,
    planReopen,
    type ChangePlan,
    type Finish,
    type FinishInput,
    type Run,
} from 'c/playbookEngine';
import type { Failure, SaveResult } from 'c/playbookData';
import type { StepAnswer } from 'c/playbookStep';
import { FORMATS } from 'c/playbookFormat';
import type { Model } from './model';
import { PHRASES } from 'c/playbookWords';
import { stepId } from './stepView';

/** What the user asked for and what the server has not confirmed yet. */
export type Work =
    | { readonly state: 'idle' }
    | { readonly state: 'saving'; readonly step: string | null }
    | { readonly state: 'failed'; readonly failure: Failure };

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
    /** How often the prompt's playbook had ended: once more means that this arrived, or that somebody else ended it. */
    readonly ended: number;
    /** Id of the step it answers, and how that stood; null: it answers none. */
    readonly step: string | null;
    readonly stood: string | null;
    /** Called once it is confirmed. */
    readonly done: () => void;
}

export class Actions {
    private work: Work = IDLE;
    private failed: Action | null = null;

    constructor(private readonly page: Page) {}

    answer({ stepKey, occurrence, answer }: StepAnswer): Promise<void> {
        const step = `${stepKey}:${occurrence}`;
        return this.perform(
            this.action((model) => planAnswer({ ...inputOf(model), stepKey, occurrence, answer, proof: null }), {
                step,
            }),
        );
    }

    finish(finish: Finish, done: () => void): Promise<void> {
        return this.perform(this.action((model) => planFinish({ ...inputOf(model), finish }), { done }));
    }

    reopen(run: Run): Promise<void> {
        const plan = ({ context, data }: Model): ChangePlan => {
            const version = data.versions.find(({ id }) => id === run.versionId) ?? null;
            const trigger = data.triggers.find(({ key }) => key === run.triggerKey) ?? null;
            return planReopen(run, { context, prompt: { version, trigger }, runs: data.runs });
        };
        return this.perform({ ...this.action(plan, {}), promptId: null });
    }

    /**
     * Does again what failed. Reads first: it may have arrived although its answer did not, or somebody may have acted meanwhile. It is done only
     * on the prompt it was meant for, and only while the step stands as it stood then.
     */
    async retry(): Promise<void> {
        const { failed } = this;
        if (!failed) return;
        if (await this.stillStands(failed)) await this.perform(failed);
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
            this.failed = action;
            this.turn({ state: 'failed', failure: result.failure });
        }
    }

    /** Somebody was first. What they did counts: read it, and add to it only if this step is still open. */
    private async join(action: Action): Promise<void> {
        if (await this.stillStands(action)) await this.perform(action, true);
        else this.page.someoneFirst();
    }

    private async stillStands({ promptId, ended, step, stood }: Action): Promise<boolean> {
        this.turn(IDLE);
        await this.page.reload();
        // A playbook that has ended could still be brought back, but as a new run started by hand.
        if (promptId !== null && endings(this.page.model(), promptId) !== ended) return false;
        if (promptId !== null && !this.page.bringBack(promptId)) return false;
        return step === null || standing(this.page.model(), step) === stood;
    }

    private action(plan: Action['plan'], { step = null, done = (): void => undefined }: Partial<Action>): Action {
        const model = this.page.model();
        const stood = step === null ? null : standing(model, step);
        const promptId = model?.current?.id ?? null;
        return { plan, promptId, ended: endings(model, promptId), step, stood, done };
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

function inputOf({ current, checklist, context, data }: Model): Omit<FinishInput, 'finish'> {
    if (!current || !checklist) throw new Error('Nothing is in front that could be answered.');
    const reason = current.match ? joinReasons(current.match, PHRASES, FORMATS) : null;
    return { ...context, prompt: current, checklist, runs: data.runs, reason };
}

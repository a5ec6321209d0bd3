/** What the user does to an account of the worklist: planned by the engine, written by the data service, taken back or done again. */
import {
    ActionRefused,
    planAnswer,
    planFinish,
    planReopen,
    planSnooze,
    planWake,
    type ChangePlan,
    type Prompt,
} from 'c/playbookEngine';
import type { Failure, SaveResult } from 'c/playbookBookData';
import type { RowAct, RowAction } from 'c/playbookWorklistRow';
import { contextOf, inputOf, promptOf, type Model } from './model';
import { typedIn } from './overtakenWords';
import { newestRun, standingOf, type Standing } from './standing';

/** What was asked for on an account, and how far it is. */
export type Work =
    | { readonly state: 'saving'; readonly action: RowAction; readonly said: string }
    | { readonly state: 'done'; readonly action: RowAction; readonly said: string; readonly undo: Undo | null }
    | { readonly state: 'undoing'; readonly action: RowAction; readonly said: string }
    | {
          readonly state: 'failed';
          readonly action: RowAction;
          readonly failure: Failure;
          readonly again: () => Promise<void>;
      }
    /** It was done before, by somebody else or by an attempt whose answer was lost. */
    | {
          readonly state: 'overtaken';
          /** What the person meant to act on; null: it is not known any more. */
          readonly stood: Standing | null;
          readonly typed: string;
      };

/** What an action is undone on: the step it answered, if it answered one. */
export interface Undo {
    readonly promptId: string;
    readonly step: { readonly key: string; readonly occurrence: number } | null;
}

/** What the actions need of the page. */
export interface Page {
    readonly model: () => Model | null;
    readonly save: (plan: ChangePlan) => Promise<SaveResult>;
    /** Reads everything again. */
    readonly reload: () => Promise<void>;
    /** Something changed about the work on an account. */
    readonly show: (accountId: string) => void;
    /** What the action will be called once it is done. */
    readonly say: (action: RowAction, model: Model) => string;
    readonly done: (accountId: string) => void;
    readonly undone: (accountId: string) => void;
}

export class Actions {
    private readonly works = new Map<string, Work>();

    constructor(private readonly page: Page) {}

    of(accountId: string): Work | undefined {
        return this.works.get(accountId);
    }

    /** Accounts with something to tell. */
    get accounts(): readonly string[] {
        return [...this.works.keys()];
    }

    forget(accountId: string): void {
        this.works.delete(accountId);
        this.page.show(accountId);
    }

    forgetAll(): void {
        this.works.clear();
    }

    /** Somebody has acted on what the person was writing about. */
    overtake(accountId: string, stood: Standing, typed: string): void {
        this.turn(accountId, { state: 'overtaken', stood, typed });
    }

    perform(action: RowAction): Promise<void> {
        return this.attempt(action, standingOf(this.page.model(), action.accountId), true);
    }

    async undo(accountId: string): Promise<void> {
        const work = this.works.get(accountId);
        const model = this.page.model();
        if (work?.state !== 'done' || !work.undo || !model) return;
        const { undo, action, said } = work;
        const plan = this.planned(() => planOfUndo(model, accountId, undo));
        if (!plan || plan instanceof ActionRefused) {
            this.turn(accountId, { state: 'overtaken', stood: null, typed: '' });
            return;
        }
        this.turn(accountId, { state: 'undoing', action, said });
        const result = await this.page.save(plan);
        if (this.works.get(accountId)?.state !== 'undoing') return;
        if (result.ok) {
            this.forget(accountId);
            this.page.undone(accountId);
        } else {
            const again = (): Promise<void> => {
                this.turn(accountId, work);
                return this.undo(accountId);
            };
            this.turn(accountId, { state: 'failed', action, failure: result.failure, again });
        }
    }

    /** `stood`: how the row stood when the person acted. */
    private async attempt(action: RowAction, stood: Standing | null, mayJoin: boolean): Promise<void> {
        const { accountId } = action;
        const model = this.page.model();
        const row = model?.rows.get(accountId);
        const isBusy = ['saving', 'undoing'].includes(this.works.get(accountId)?.state ?? '');
        if (!model || !row || isBusy) return;
        const plan = this.planned(() => planOf(model, accountId, row.prompt, action.act));
        if (!plan || plan instanceof ActionRefused) {
            this.fail(action, stood, { kind: 'rejected', messages: plan ? [plan.message] : [] });
            return;
        }
        const { next } = row;
        const answers = action.act.kind === 'answer' && next;
        const undo: Undo = {
            promptId: row.prompt.id,
            step: answers ? { key: next.step.key, occurrence: next.occurrence } : null,
        };
        const said = this.page.say(action, model);
        this.turn(accountId, { state: 'saving', action, said });
        const result = await this.page.save(plan);
        // Another list is shown by now.
        if (this.works.get(accountId)?.state !== 'saving') return;
        if (result.ok) {
            this.turn(accountId, { state: 'done', action, said, undo: action.act.kind === 'wake' ? null : undo });
            this.page.done(accountId);
        } else if (result.failure.kind === 'duplicate' && mayJoin) {
            // Somebody was first. What they did counts: it is added to only if the row still stands as it stood.
            await this.again(action, stood, false);
        } else {
            this.fail(action, stood, result.failure);
        }
    }

    /** Reads first: it may have arrived although its answer did not, or somebody may have acted meanwhile. */
    private async again(action: RowAction, stood: Standing | null, mayJoin: boolean): Promise<void> {
        this.works.delete(action.accountId);
        await this.page.reload();
        const { accountId, act } = action;
        const stands = standingOf(this.page.model(), accountId)?.mark === stood?.mark;
        if (stands) await this.attempt(action, stood, mayJoin);
        else this.turn(accountId, { state: 'overtaken', stood, typed: typedIn(act) });
    }

    private fail(action: RowAction, stood: Standing | null, failure: Failure): void {
        const again = (): Promise<void> => this.again(action, stood, true);
        this.turn(action.accountId, { state: 'failed', action, failure, again });
    }

    private planned(plan: () => ChangePlan | null): ChangePlan | ActionRefused | null {
        try {
            return plan();
        } catch (error) {
            if (error instanceof ActionRefused) return error;
            throw error;
        }
    }

    private turn(accountId: string, work: Work): void {
        this.works.set(accountId, work);
        this.page.show(accountId);
    }
}

/** Null when the steps of the prompt cannot be known. Throws ActionRefused. */
function planOf(model: Model, accountId: string, prompt: Prompt, act: RowAct): ChangePlan | null {
    const input = inputOf(model, accountId, prompt);
    if (!input) return null;
    switch (act.kind) {
        case 'answer': {
            const { next } = input.checklist;
            if (!next) return null;
            const { answer } = act;
            return planAnswer({ ...input, stepKey: next.step.key, occurrence: next.occurrence, answer, proof: null });
        }
        case 'snooze':
            return planSnooze({ ...input, snooze: act.snooze });
        case 'finish':
            return planFinish({ ...input, finish: act.finish });
        case 'wake':
            return planWake(input);
    }
}

/** Takes back what was done to the newest run of the subject: opens it if that closed it, wakes it if that put it aside, else undoes the answer. */
function planOfUndo(model: Model, accountId: string, { promptId, step }: Undo): ChangePlan | null {
    const entry = model.accounts.get(accountId);
    const run = newestRun(model, accountId, promptId);
    if (!entry || !run) return null;
    if (run.status === 'Closed') {
        const version = model.data.versions.find(({ id }) => id === run.versionId) ?? null;
        const trigger = model.data.triggers.find(({ key }) => key === run.triggerKey) ?? null;
        return planReopen(run, { context: contextOf(model, entry), prompt: { version, trigger }, runs: entry.runs });
    }
    const prompt = promptOf(model, accountId, promptId);
    const input = prompt && inputOf(model, accountId, prompt);
    if (!input) return null;
    if (run.status === 'Snoozed') return planWake(input);
    if (!step) return null;
    const answer = { kind: 'undo' } as const;
    return planAnswer({ ...input, stepKey: step.key, occurrence: step.occurrence, answer, proof: null });
}

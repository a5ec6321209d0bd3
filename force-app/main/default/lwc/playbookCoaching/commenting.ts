/** What the user does to the comments of a step, and how far it is. */
import type { Failure, SaveResult } from 'c/playbookCoachingData';

export type CommentAct =
    | { readonly kind: 'write'; readonly text: string }
    | { readonly kind: 'rewrite'; readonly id: string; readonly text: string }
    | { readonly kind: 'remove'; readonly id: string; readonly text: string }
    /** Writes again what was removed. */
    | { readonly kind: 'restore'; readonly text: string };

export type CommentWork =
    | { readonly state: 'saving' }
    | { readonly state: 'failed'; readonly act: CommentAct; readonly failure: Failure }
    /** The text can be written again. */
    | { readonly state: 'removed'; readonly text: string; readonly saving: boolean };

export interface CommentDoor {
    readonly send: (completionId: string, act: CommentAct) => Promise<SaveResult>;
    /** Something changed about the work on a step. */
    readonly show: (completionId: string) => void;
    readonly done: (completionId: string, act: CommentAct) => void;
}

export class Commenting {
    private readonly works = new Map<string, CommentWork>();

    constructor(private readonly door: CommentDoor) {}

    of(completionId: string): CommentWork | undefined {
        return this.works.get(completionId);
    }

    forget(completionId: string): void {
        this.works.delete(completionId);
        this.door.show(completionId);
    }

    async perform(completionId: string, act: CommentAct): Promise<void> {
        const before = this.works.get(completionId);
        if (before?.state === 'saving' || (before?.state === 'removed' && before.saving)) return;
        const isRestoring = act.kind === 'restore';
        this.turn(completionId, isRestoring ? { state: 'removed', text: act.text, saving: true } : { state: 'saving' });
        const result = await this.door.send(completionId, act);
        if (!result.ok) {
            this.turn(completionId, { state: 'failed', act, failure: result.failure });
            return;
        }
        if (act.kind === 'remove') this.turn(completionId, { state: 'removed', text: act.text, saving: false });
        else this.forget(completionId);
        this.door.done(completionId, act);
    }

    async retry(completionId: string): Promise<void> {
        const work = this.works.get(completionId);
        if (work?.state === 'failed') await this.perform(completionId, work.act);
    }

    async undo(completionId: string): Promise<void> {
        const work = this.works.get(completionId);
        if (work?.state === 'removed') await this.perform(completionId, { kind: 'restore', text: work.text });
    }

    private turn(completionId: string, work: CommentWork): void {
        this.works.set(completionId, work);
        this.door.show(completionId);
    }
}

/** What can be done with the prompt in front as a whole. */
import { latestSnoozeDay } from 'c/playbookEngine';
import { dayOf } from 'c/playbookFormat';
import type { SnoozeView } from 'c/playbookSnooze';
import type { Work } from './actions';
import { handId, type Model } from './model';
import { closedWords } from './whyView';

/** The form that is asked for: how it ended, why it is not needed, until when it is put aside. */
export type Form = 'finish' | 'dismiss' | 'snooze';

export interface Foot {
    readonly canFinish: boolean;
    readonly canSnooze: boolean;
    /** Nobody has begun, and nobody needs to. */
    readonly canDismiss: boolean;
    /** Nothing keeps it in front but that somebody put it there. */
    readonly canPutAway: boolean;
    /** Playbooks that nothing surfaced. */
    readonly others: readonly { readonly id: string; readonly name: string }[];
    readonly hasOthers: boolean;
    /** The record behind it; null: there is none yet. */
    readonly runId: string | null;
    /** What was finished last, while it can be reopened; or ''. */
    readonly closed: string;
}

export function footView(model: Model, form: Form | null, { state }: Work): Foot {
    const { checklist, context, current, data, lastClosed } = model;
    const isOpen = form === null && checklist !== null && data.canWrite;
    const hasSurfaced = Boolean(current?.match ?? current?.run);
    const canFinish = isOpen && current?.kind === 'Playbook';
    const others =
        form === null && data.canWrite ? model.others.map((one) => ({ id: handId(one), name: one.playbookName })) : [];
    const runId = current?.run?.id ?? null;
    return {
        canFinish,
        canSnooze: isOpen && hasSurfaced && current !== null && latestSnoozeDay(current, context) !== null,
        canDismiss: canFinish && hasSurfaced && checklist.answered === 0,
        canPutAway: current !== null && (!hasSurfaced || current.held !== null) && state !== 'saving',
        others,
        hasOthers: others.length > 0,
        runId: runId === 'run' ? null : runId,
        // Above it stands already that something was closed, with a way back.
        closed: lastClosed && data.canWrite && state !== 'closed' ? closedWords(lastClosed, data.triggers) : '',
    };
}

export function snoozeView({ context, current }: Model, saving: boolean): SnoozeView | null {
    if (!current) return null;
    const latest = latestSnoozeDay(current, context);
    return latest === null ? null : { promptId: current.id, today: dayOf(context.clock.now), latest, saving };
}

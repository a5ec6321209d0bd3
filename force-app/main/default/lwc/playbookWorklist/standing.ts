/** How an account stands in the list: what a person saw there when they acted, so what their answer was meant for. */
import type { Run } from 'c/playbookEngine';
import type { Model } from './model';

/** A step of a prompt; null: no step of it, but all of it. */
export interface Standing {
    readonly promptId: string;
    readonly step: { readonly key: string; readonly occurrence: number; readonly title: string } | null;
    /** Equal as long as nobody has acted on it. */
    readonly mark: string;
}

/** Null when the account has left the list. */
export function standingOf(model: Model | null, accountId: string): Standing | null {
    const row = model?.rows.get(accountId);
    if (!row) return null;
    const { account, next, prompt } = row;
    const ended = account.runs.filter((run) => run.status === 'Closed' && isOf(run, prompt.id)).length;
    const mark = [prompt.id, ended, prompt.run?.status === 'Snoozed', next?.step.key, next?.occurrence].join();
    const step = next && { key: next.step.key, occurrence: next.occurrence, title: next.step.title };
    return { promptId: prompt.id, step, mark };
}

/** Whether a run belongs to a prompt. */
export const isOf = ({ playbookKey, triggerKey }: Run, promptId: string): boolean =>
    promptId === (playbookKey === null ? `signal:${triggerKey ?? ''}` : `playbook:${playbookKey}`);

/** The newest run of a prompt. */
export function newestRun(model: Model | null, accountId: string, promptId: string): Run | undefined {
    return (model?.accounts.get(accountId)?.runs ?? [])
        .filter((run) => isOf(run, promptId))
        .sort((one, other) => other.episodeNumber - one.episodeNumber)[0];
}

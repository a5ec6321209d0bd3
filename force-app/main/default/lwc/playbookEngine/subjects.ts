/** What an episode is about: a playbook, whichever of its triggers surfaced it, or a signal. */
import type { Run, Trigger } from './types';

/** `playbook:<key>` or `signal:<trigger key>`. */
export function subjectOf(trigger: Trigger): string {
    return trigger.kind === 'Playbook' ? `playbook:${trigger.playbookKey ?? ''}` : `signal:${trigger.key}`;
}

/** Null for a run whose playbook and trigger cannot be read: there is nothing to show of it. */
export function subjectOfRun({ playbookKey, triggerKey }: Pick<Run, 'playbookKey' | 'triggerKey'>): string | null {
    if (playbookKey !== null) {
        return `playbook:${playbookKey}`;
    }
    return triggerKey === null ? null : `signal:${triggerKey}`;
}

/** What somebody did first, in words, and what the person here had written: nothing of that is lost. */
import type { Run } from 'c/playbookEngine';
import { FORMATS, fill } from 'c/playbookFormat';
import { OUTCOME_WORDS, SKIP_REASONS } from 'c/playbookWords';
import type { RowAct } from 'c/playbookWorklistRow';
import type { Model } from './model';
import { newestRun, type Standing } from './standing';
import plain from '@salesforce/label/c.Playbook_Overtaken';
import answered from '@salesforce/label/c.Playbook_Overtaken_Step';
import closed from '@salesforce/label/c.Playbook_Overtaken_Closed';
import aside from '@salesforce/label/c.Playbook_Overtaken_Aside';
import wrote from '@salesforce/label/c.Playbook_You_Wrote';
import someone from '@salesforce/label/c.Playbook_Someone';

/** `stood`: what the person acted on; null when that is not known. `typed`: what they had written, or ''. */
export function overtakenWords(model: Model, accountId: string, stood: Standing | null, typed: string): string {
    const run = stood && newestRun(model, accountId, stood.promptId);
    const what = (run && doneFirst(run, stood)) ?? plain;
    return typed ? `${what} ${fill(wrote, typed)}` : what;
}

function doneFirst(run: Run, { step }: Standing): string | null {
    const completion = run.completions.find(
        ({ status, stepKey, occurrence }) =>
            stepKey === step?.key && occurrence === step.occurrence && status !== 'Undone' && status !== 'Not done',
    );
    if (step && completion) return fill(answered, step.title, completion.completedByName ?? someone);
    if (run.status === 'Closed') return fill(closed, run.outcome ? OUTCOME_WORDS[run.outcome].label : '?');
    return run.snoozedUntil ? fill(aside, FORMATS.date(run.snoozedUntil), run.snoozeReason ?? '?') : null;
}

/** What an action holds of the person's own words and choices. */
export function typedIn(act: RowAct): string {
    const parts = (): readonly (string | null)[] => {
        switch (act.kind) {
            case 'answer': {
                const { answer } = act;
                if (answer.kind === 'done') return [...answer.decision, answer.note];
                if (answer.kind !== 'skip') return [];
                const reason = SKIP_REASONS.find(({ value }) => value === answer.reason);
                return [reason?.label ?? answer.reason, answer.note];
            }
            case 'snooze':
                return [act.snooze.reason];
            case 'finish':
                return [act.finish.reason];
            case 'wake':
                return [];
        }
    };
    return parts().filter(Boolean).join(' – ');
}

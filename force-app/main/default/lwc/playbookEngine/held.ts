/** What keeps a prompt out of the way for now, although its rule holds. */
import { addDays, dayOf } from './days';
import { isBegun, isContact, runOf, stepsOf } from './episode';
import type { PromptSource } from './inputs';
import { endingOf } from './outcomes';
import { hasWoken } from './snooze';
import type { Held, Prompt, Run } from './types';

/**
 * Why this prompt is held back; null: nothing holds it. `all` are the account's prompts. In this order:
 *
 * 1. `snoozed`: until its day comes or it gets more urgent.
 * 2. `stale`: its rule holds only on figures that are too old.
 * 3. `critical`: while a risk of tier Critical is open, neither put aside nor recovering, every signal, and what renews or grows the account and has not begun.
 * 4. `contact`: somebody has just spoken to the customer in another episode. Holds what has not begun and would approach the customer
 *    as well, but never a risk of tier Critical.
 */
export function heldBack(prompt: Prompt, all: readonly Prompt[], source: PromptSource): Held | null {
    const { run } = prompt;
    if (run?.status === 'Snoozed' && !hasWoken(run, prompt, source.clock)) {
        return { why: 'snoozed', until: run.snoozedUntil, by: null };
    }
    if (isStale(prompt, source)) {
        return { why: 'stale', until: null, by: null };
    }
    if (givesWayToRescue(prompt)) {
        const rescue = all.find((other) => isUnderWay(other, source));
        if (rescue !== undefined) {
            return { why: 'critical', until: null, by: rescue.title };
        }
    }
    if (isBegun(prompt) || isRescue(prompt) || !wouldContact(prompt)) {
        return null;
    }
    const contact = latestContact(prompt, source);
    return contact === null ? null : { why: 'contact', until: contact.until, by: contact.title };
}

function isStale({ match }: Prompt, { stale }: PromptSource): boolean {
    return match !== null && stale.includes(match);
}

function isRescue(prompt: Prompt): boolean {
    return prompt.tier === 'Critical' && endingOf(prompt) === 'risk';
}

/** A rescue that is put aside, or whose figures are fine again, holds nothing back. */
function isUnderWay(prompt: Prompt, source: PromptSource): boolean {
    const { match, run } = prompt;
    const isAside = run?.status === 'Snoozed' && !hasWoken(run, prompt, source.clock);
    const recovers = match === null && run !== null && run.recoveringSince !== null;
    return isRescue(prompt) && !isStale(prompt, source) && !isAside && !recovers;
}

function givesWayToRescue(prompt: Prompt): boolean {
    const ending = endingOf(prompt);
    if (ending === 'signal') {
        return true;
    }
    return (ending === 'renewal' || prompt.version?.category === 'Growth') && !isBegun(prompt);
}

function wouldContact(prompt: Prompt): boolean {
    return stepsOf(prompt).some(({ customerContact }) => customerContact);
}

/** The contact in another episode that holds the longest, and the first day on which it does not any more. */
function latestContact(
    prompt: Prompt,
    { clock, prepared, runs, settings }: PromptSource,
): { readonly until: string; readonly title: string } | null {
    const own = runOf(prompt)?.id;
    const today = dayOf(clock.now, clock.timeZone);
    let latest: { until: string; title: string } | null = null;
    for (const run of runs) {
        if (run.id === own) {
            continue;
        }
        for (const completion of run.completions) {
            if (isContact(completion) && completion.completedAt !== null) {
                const until = addDays(dayOf(completion.completedAt, clock.timeZone), settings.contactGuardDays);
                if (until > today && until > (latest?.until ?? '')) {
                    latest = { until, title: titleOf(run, prepared.triggers) };
                }
            }
        }
    }
    return latest;
}

function titleOf(run: Run, triggers: PromptSource['prepared']['triggers']): string {
    const signal = triggers.find(({ key, kind }) => kind === 'Signal' && key === run.triggerKey);
    return run.playbookName ?? run.playbookKey ?? signal?.action?.title ?? signal?.label ?? run.triggerKey ?? '';
}

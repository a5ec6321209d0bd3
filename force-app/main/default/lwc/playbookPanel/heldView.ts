/** What stays out of the way: prompts that were put aside, and those that something else holds back. */
import { figureValue, type FigureName, type Prompt } from 'c/playbookEngine';
import type { HeldLine } from 'c/playbookHeld';
import { heldWords } from 'c/playbookWords';
import type { Model } from './model';
import wake from '@salesforce/label/c.Playbook_Wake';
import startAnyway from '@salesforce/label/c.Playbook_Start_Anyway';

export function heldLines(model: Model): readonly HeldLine[] {
    return model.held.map((prompt) => {
        const snoozed = prompt.held?.why === 'snoozed';
        const reason = snoozed && prompt.run?.snoozeReason;
        const words = heldReason(model, prompt);
        return {
            id: prompt.id,
            title: prompt.title,
            why: reason ? `${words} (${reason})` : words,
            snoozed,
            action: model.data.canWrite ? (snoozed ? wake : startAnyway) : '',
        };
    });
}

/** Why it is held back, in words; '' when nothing holds it. */
export function heldReason(model: Model, prompt: Prompt): string {
    return prompt.held ? heldWords(prompt.held, measuredOn(model, prompt)) : '';
}

/** The oldest day on which the figures that speak for it were measured. */
function measuredOn({ context, data }: Model, { match }: Prompt): string | null {
    const on = (match?.reasons ?? []).map(({ figure }): FigureName => (figure === 'Health' ? 'HealthOn' : 'UsageOn'));
    const days = on.map((figure) => figureValue(context.prepared, data.account, figure));
    const [oldest] = days.filter((day) => typeof day === 'string').sort();
    return oldest?.slice(0, 10) ?? null;
}

/** What surfaced and why, in words; and how it can end. */
import {
    outcomesFor,
    practiceOn,
    phraseReason,
    stepsNotDone,
    suggestedCause,
    type Match,
    type Outcome,
    type Prompt,
    type Run,
    type Trigger,
} from 'c/playbookEngine';
import type { VersionDetails } from 'c/playbookData';
import type { FinishView } from 'c/playbookFinish';
import type { PromptTab } from 'c/playbookPrompts';
import type { WhyView } from 'c/playbookWhy';
import { FORMATS, dayAfter, dayOf, fill, formatDayOfYear, formatMoment, formatShortDay } from 'c/playbookFormat';
import type { Form } from './footView';
import { countWords } from './countWords';
import { heldReason } from './heldView';
import type { Model } from './model';
import { OUTCOME_WORDS, PHRASES, TIER_ICONS, TIER_LABELS, type MessageView } from 'c/playbookWords';
import whyNow from '@salesforce/label/c.Playbook_Why_Now';
import whyThen from '@salesforce/label/c.Playbook_Why_Then';
import byHand from '@salesforce/label/c.Playbook_By_Hand';
import began from '@salesforce/label/c.Playbook_Began';
import openedBySweep from '@salesforce/label/c.Playbook_Opened_By_Sweep';
import cameBack from '@salesforce/label/c.Playbook_Came_Back';
import isBack from '@salesforce/label/c.Playbook_Is_Back';
import wasSnoozed from '@salesforce/label/c.Playbook_Was_Snoozed';
import recovering from '@salesforce/label/c.Playbook_Recovering';
import recoveringAs from '@salesforce/label/c.Playbook_Recovering_As';
import recoveringOpen from '@salesforce/label/c.Playbook_Recovering_Open';
import noLonger from '@salesforce/label/c.Playbook_No_Longer';
import progress from '@salesforce/label/c.Playbook_Progress';
import suggestedBecause from '@salesforce/label/c.Playbook_Finish_Suggested';
import suggestedPlain from '@salesforce/label/c.Playbook_Finish_Suggested_Plain';
import signal from '@salesforce/label/c.Playbook_Signal';
import finishedAs from '@salesforce/label/c.Playbook_Finished_As';
import closedBySweep from '@salesforce/label/c.Playbook_Closed_By_Sweep';
import closedMeanwhile from '@salesforce/label/c.Playbook_Closed_Meanwhile';
import notRecorded from '@salesforce/label/c.Playbook_Not_Recorded';
import reopenAndSave from '@salesforce/label/c.Playbook_Reopen_And_Save';
import finishHeading from '@salesforce/label/c.Playbook_Finish_Heading';
import finishConfirm from '@salesforce/label/c.Playbook_Finish_Confirm';
import dismissHeading from '@salesforce/label/c.Playbook_Dismiss_Heading';
import dismissConfirm from '@salesforce/label/c.Playbook_Dismiss_Confirm';

/** What it comes to when all goes well: the sweep closes with these by itself. */
const GOOD: readonly Outcome[] = ['Saved', 'Recovered', 'Renewed', 'Renewed smaller'];
/** Ways to close what nobody has begun. */
const DISMISSING: readonly Outcome[] = ['Let go', 'False alarm'];

export function promptTabs(model: Model): readonly PromptTab[] {
    return model.prompts.map((prompt) => ({
        id: prompt.id,
        title: prompt.title,
        tier: prompt.kind === 'Signal' ? signal : TIER_LABELS[prompt.tier],
        tone: prompt.tier.toLowerCase(),
        selected: prompt.id === model.current?.id,
    }));
}

function sentences(match: Match | null): readonly string[] {
    if (!match) return [];
    const reasons = match.reasons.map((reason) => phraseReason(reason, PHRASES, FORMATS));
    return match.explanation ? [...reasons, match.explanation] : reasons;
}

export function whyView(model: Model, prompt: Prompt, details: VersionDetails | null): WhyView {
    const { run, match, tier } = prompt;
    const now = sentences(match);
    const texts = details && details.version.id === prompt.version?.id ? details : null;
    const { answered = 0, total = 0 } = model.checklist ?? {};
    return {
        title: prompt.title,
        summary: prompt.version ? (model.data.summaries[prompt.version.id] ?? null) : null,
        tier: TIER_LABELS[tier],
        tone: tier.toLowerCase(),
        tierIcon: TIER_ICONS[tier],
        heading: match || !run?.reason ? whyNow : whyThen,
        reasons: now.length > 0 ? now : run?.reason ? [run.reason] : [byHand],
        notes: notesOn(model, prompt),
        whenToUse: texts?.whenToUse ?? null,
        successCriteria: texts?.successCriteria ?? [],
        pitfalls: texts?.pitfalls ?? [],
        answered,
        total,
        progress: fill(progress, answered, total),
    };
}

/** Where it stands, a sentence a line. */
function notesOn(model: Model, prompt: Prompt): readonly string[] {
    const { continues, kind, match, run } = prompt;
    const notes = prompt.held ? [heldReason(model, prompt)] : [];
    if (continues) {
        const { closedAt, outcome } = continues;
        notes.push(fill(isBack, outcome ? OUTCOME_WORDS[outcome].label : '', formatShortDay(closedAt ?? '')));
    }
    if (!run) return notes;
    notes.push(fill(run.openedBy === 'Sweep' ? openedBySweep : began, formatShortDay(run.surfacedAt)));
    if (run.returnedAt) notes.push(fill(cameBack, formatShortDay(run.returnedAt)));
    if (run.snoozedUntil && !prompt.held) {
        notes.push(fill(wasSnoozed, formatDayOfYear(run.snoozedUntil), run.snoozeReason ?? ''));
    }
    if (run.recoveringSince) notes.push(recoveryWords(model, prompt, run.recoveringSince));
    else if (match === null && run.triggerKey !== null && kind === 'Playbook') notes.push(noLonger);
    return notes;
}

/** Since when the figures are fine again, and what becomes of it if they stay so. */
function recoveryWords({ context, suggestion }: Model, { trigger }: Prompt, since: string): string {
    const held = dayAfter(dayOf(since), trigger?.holdDays ?? 0);
    const tomorrow = dayAfter(dayOf(context.clock.now), 1);
    const closes = suggestion && GOOD.includes(suggestion.outcome) ? suggestion.outcome : null;
    return [
        fill(recovering, formatShortDay(since)),
        fill(
            closes ? recoveringAs : recoveringOpen,
            formatDayOfYear(held > tomorrow ? held : tomorrow),
            closes ? OUTCOME_WORDS[closes].label : '',
        ),
    ].join(' ');
}

export function finishView(model: Model, prompt: Prompt, form: Form, saving: boolean): FinishView {
    const { checklist, context, suggestion } = model;
    const dismisses = form === 'dismiss';
    const outcomes = outcomesFor(prompt).filter((outcome) => !dismisses || DISMISSING.includes(outcome));
    const suggested = suggestion && outcomes.includes(suggestion.outcome) ? suggestion : null;
    const { isPractice } = practiceOn(context);
    const words = suggested ? OUTCOME_WORDS[suggested.outcome].label : '';
    const because = suggested?.reasons.map((reason) => phraseReason(reason, PHRASES, FORMATS)).join('. ') ?? '';
    return {
        formId: `${prompt.id}:${form}`,
        heading: dismisses ? dismissHeading : finishHeading,
        confirm: dismisses ? dismissConfirm : finishConfirm,
        outcomes: outcomes.map((outcome) => ({
            value: outcome,
            ...OUTCOME_WORDS[outcome],
            counts: countWords(prompt, outcome, isPractice),
            openSteps: checklist ? stepsNotDone(outcome, prompt, checklist, context.clock).length : 0,
        })),
        suggested: suggested?.outcome ?? null,
        suggestion: suggested ? fill(because ? suggestedBecause : suggestedPlain, words, because) : '',
        cause: prompt.run?.cause ?? suggestedCause(prompt) ?? '',
        asksCause: !dismisses && (prompt.version?.category === 'Risk' || prompt.version?.category === 'Renewal'),
        saving,
    };
}

/** What was closed, when and as what; and by whom: the sweep decides by the figures, and says why. */
export function closedWords(run: Run, triggers: readonly Trigger[]): string {
    const outcome: Outcome | null = run.outcome;
    const what = run.playbookName ?? triggers.find(({ key }) => key === run.triggerKey)?.label ?? signal;
    const words = [what, outcome ? OUTCOME_WORDS[outcome].label : '', run.closedAt ? formatMoment(run.closedAt) : ''];
    const reason = run.outcomeBy ? null : run.outcomeReason;
    return reason ? fill(closedBySweep, ...words, reason) : fill(finishedAs, ...words);
}

/** The run was closed while somebody worked on it: nothing of what they wrote is lost. */
export function closedMessage(run: Run, triggers: readonly Trigger[], typed: string): MessageView {
    return {
        heading: closedMeanwhile,
        text: closedWords(run, triggers),
        details: typed ? [fill(notRecorded, typed)] : [],
        icon: 'utility:lock',
        tone: 'problem',
        action: reopenAndSave,
    };
}

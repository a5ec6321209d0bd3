/** What surfaced and why, in words; and how it can end. */
import {
    outcomesFor,
    phraseReason,
    stepsLeft,
    type Match,
    type Outcome,
    type Prompt,
    type Run,
} from 'c/playbookEngine';
import type { VersionDetails } from 'c/playbookData';
import type { FinishView } from 'c/playbookFinish';
import type { PromptTab } from 'c/playbookPrompts';
import type { WhyView } from 'c/playbookWhy';
import { FORMATS, fill, formatMoment, formatShortDay } from 'c/playbookFormat';
import type { Model } from './model';
import { OUTCOME_WORDS, PHRASES, TIER_ICONS, TIER_LABELS } from 'c/playbookWords';
import whyNow from '@salesforce/label/c.Playbook_Why_Now';
import whyThen from '@salesforce/label/c.Playbook_Why_Then';
import byHand from '@salesforce/label/c.Playbook_By_Hand';
import began from '@salesforce/label/c.Playbook_Began';
import noLonger from '@salesforce/label/c.Playbook_No_Longer';
import progress from '@salesforce/label/c.Playbook_Progress';
import suggested from '@salesforce/label/c.Playbook_Finish_Suggested';
import suggestedPlain from '@salesforce/label/c.Playbook_Finish_Suggested_Plain';
import signal from '@salesforce/label/c.Playbook_Signal';
import finishedAs from '@salesforce/label/c.Playbook_Finished_As';

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
        notes: runNotes(run, match, prompt),
        whenToUse: texts?.whenToUse ?? null,
        successCriteria: texts?.successCriteria ?? [],
        pitfalls: texts?.pitfalls ?? [],
        answered,
        total,
        progress: fill(progress, answered, total),
    };
}

function runNotes(run: Run | null, match: Match | null, prompt: Prompt): readonly string[] {
    if (!run) return [];
    return [
        fill(began, formatShortDay(run.surfacedAt)),
        ...(match === null && run.triggerKey !== null && prompt.kind === 'Playbook' ? [noLonger] : []),
    ];
}

export function finishView(model: Model, prompt: Prompt, saving: boolean): FinishView {
    const { suggestion, checklist } = model;
    const steps = checklist?.phases.flatMap((phase) => phase.steps) ?? [];
    const cause = steps.findLast((view) => view.step.key === 'cause' && view.state === 'done');
    const words = suggestion ? OUTCOME_WORDS[suggestion.outcome].label : '';
    const because = suggestion?.reasons.map((reason) => phraseReason(reason, PHRASES, FORMATS)).join('. ') ?? '';
    return {
        promptId: prompt.id,
        outcomes: outcomesFor(prompt).map((outcome) => ({ value: outcome, ...OUTCOME_WORDS[outcome] })),
        suggested: suggestion?.outcome ?? null,
        suggestion: suggestion ? fill(because ? suggested : suggestedPlain, words, because) : '',
        cause: prompt.run?.cause ?? cause?.completion?.decision[0] ?? '',
        asksCause: prompt.version?.category === 'Risk' || prompt.version?.category === 'Renewal',
        openSteps: checklist ? stepsLeft(checklist, model.context.clock).length : 0,
        saving,
    };
}

export function closedWords(run: Run): string {
    const outcome: Outcome | null = run.outcome;
    return fill(
        finishedAs,
        run.playbookName ?? signal,
        outcome ? OUTCOME_WORDS[outcome].label : '',
        run.closedAt ? formatMoment(run.closedAt) : '',
    );
}

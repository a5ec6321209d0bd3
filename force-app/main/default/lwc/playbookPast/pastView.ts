/** Closed runs as cards. */
import type { Completion, CompletionStatus, Outcome, Run, Trigger } from 'c/playbookEngine';
import { FORMATS, dayOf, fill, formatCompactCurrency } from 'c/playbookFormat';
import type { PastFacts, PastRuns, RecordedSteps } from 'c/playbookPastData';
import type { PastRunCard, PastStep } from 'c/playbookPastRun';
import { CAUSES, KEPT_STATES, OUTCOME_WORDS, answerWords, remarkCards } from 'c/playbookWords';
import signal from '@salesforce/label/c.Playbook_Signal';
import span from '@salesforce/label/c.Playbook_Past_Span';
import worked from '@salesforce/label/c.Playbook_Past_Worked';
import unworked from '@salesforce/label/c.Playbook_Past_Unworked';
import cause from '@salesforce/label/c.Playbook_Past_Cause';
import keptOn from '@salesforce/label/c.Playbook_Past_Kept_On';
import decidedBy from '@salesforce/label/c.Playbook_Past_By';
import byFigures from '@salesforce/label/c.Playbook_Past_By_Figures';
import arrSaved from '@salesforce/label/c.Playbook_Past_ARR_Saved';
import arrLost from '@salesforce/label/c.Playbook_Past_ARR_Lost';
import arrOnce from '@salesforce/label/c.Playbook_Past_ARR_Once';
import practice from '@salesforce/label/c.Playbook_Past_Practice';

const TONES: Readonly<Partial<Record<Outcome, PastRunCard['tone']>>> = {
    Saved: 'won',
    Renewed: 'won',
    'Renewed smaller': 'won',
    Lost: 'lost',
    'Not renewed': 'lost',
};

const ICONS: Readonly<Record<CompletionStatus, string>> = {
    Done: 'utility:check',
    Skipped: 'utility:forward',
    'Not applicable': 'utility:dash',
    'Not done': 'utility:close',
    Undone: '',
};

export interface PastInput {
    readonly triggers: readonly Trigger[];
    /** Null: not read. */
    readonly facts: PastRuns | null;
    readonly steps: RecordedSteps;
    /** Runs whose steps have been read. */
    readonly read: readonly string[];
    /** Runs that are opened. */
    readonly opened: ReadonlySet<string>;
    /** Reading them failed: nothing more comes by itself. */
    readonly failed: boolean;
}

/** Latest closed first. */
export function closedRuns(runs: readonly Run[]): readonly Run[] {
    return runs
        .filter(({ closedAt, status }) => status === 'Closed' && closedAt !== null)
        .sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? ''));
}

export function pastCard(run: Run, input: PastInput): PastRunCard {
    const { outcome } = run;
    return {
        id: run.id,
        title: run.playbookName ?? input.triggers.find(({ key }) => key === run.triggerKey)?.label ?? signal,
        span: fill(span, FORMATS.date(dayOf(run.surfacedAt)), FORMATS.date(dayOf(run.closedAt ?? run.surfacedAt))),
        outcome: outcome ? OUTCOME_WORDS[outcome].label : '',
        tone: (outcome && TONES[outcome]) ?? 'plain',
        kept: keptWords(run),
        facts: factLines(run, input.facts?.[run.id] ?? null),
        open: input.opened.has(run.id),
        loading: !input.failed && !input.read.includes(run.id),
        steps: stepsOf(run, input.steps),
    };
}

function keptWords({ kept, keptOn: on }: Run): string {
    const words = KEPT_STATES.find(({ value }) => value === kept)?.label ?? '';
    return words && on ? fill(keptOn, words, FORMATS.date(on)) : words;
}

function factLines(run: Run, facts: PastFacts | null): readonly string[] {
    const causeWords = CAUSES.find(({ value }) => value === run.cause)?.label ?? run.cause;
    const who = run.outcomeBy ? facts?.decidedBy && fill(decidedBy, facts.decidedBy) : byFigures;
    const lines = [
        run.reason,
        causeWords && fill(cause, causeWords),
        run.outcomeReason,
        who,
        facts && facts.worked !== null && run.kind === 'Risk' ? (facts.worked ? worked : unworked) : '',
        ...amounts(run),
        run.practice ? practice : '',
    ];
    return [...new Set(lines.flatMap((line) => line || []))];
}

/** 0: another run of the account has counted it. */
function amounts({ arrLost: lost, arrSaved: saved }: Run): readonly string[] {
    const words = [
        ...(saved ? [fill(arrSaved, formatCompactCurrency(saved))] : []),
        ...(lost ? [fill(arrLost, formatCompactCurrency(lost))] : []),
    ];
    return words.length === 0 && (saved === 0 || lost === 0) ? [arrOnce] : words;
}

/** What was answered in the order of the answers, then what was not done. */
function stepsOf({ completions }: Run, steps: RecordedSteps): readonly PastStep[] {
    return completions
        .filter(({ status }) => status !== 'Undone')
        .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
        .map((completion) => ({
            id: completion.id,
            title: steps[completion.id]?.title ?? completion.stepKey,
            icon: ICONS[completion.status],
            answered: answerWords(completion),
            note: completion.note ?? '',
            remarks: remarkCards(steps[completion.id]?.remarks ?? []),
        }));
}

const orderOf = ({ completedAt, status }: Completion): string => (status === 'Not done' ? '9' : (completedAt ?? '8'));

/** An account of the worklist in words. */
import {
    figureValue,
    latestSnoozeDay,
    outcomesFor,
    type BookAccount,
    type FigureName,
    type Prompt,
    type StepView,
    type WorklistRow,
} from 'c/playbookEngine';
import { FORMATS, dayOf, daysBetween, fill, formatCompactCurrency, formatShortDay } from 'c/playbookFormat';
import { OUTCOME_WORDS, TIER_ICONS, TIER_LABELS, heldWords } from 'c/playbookWords';
import type { RowAction, RowCard } from 'c/playbookWorklistRow';
import { contextOf, reasonOf, type Model } from './model';
import { standingOf } from './standing';
import byHand from '@salesforce/label/c.Playbook_By_Hand';
import due from '@salesforce/label/c.Playbook_Due';
import dueToday from '@salesforce/label/c.Playbook_Due_Today';
import overdue from '@salesforce/label/c.Playbook_Overdue';
import nextOn from '@salesforce/label/c.Playbook_Next_On';
import today from '@salesforce/label/c.Playbook_Today';
import daysAgo from '@salesforce/label/c.Playbook_Days_Ago';
import inDays from '@salesforce/label/c.Playbook_In_Days';
import signal from '@salesforce/label/c.Playbook_Signal';
import renewal from '@salesforce/label/c.Playbook_Worklist_Renewal';
import also from '@salesforce/label/c.Playbook_Worklist_Also';
import recovering from '@salesforce/label/c.Playbook_Recovering';
import nothingLeft from '@salesforce/label/c.Playbook_Worklist_Nothing_Left';
import done from '@salesforce/label/c.Playbook_Worklist_Done';
import skipped from '@salesforce/label/c.Playbook_Worklist_Skipped';
import snoozed from '@salesforce/label/c.Playbook_Worklist_Snoozed';
import falseAlarm from '@salesforce/label/c.Playbook_Worklist_False_Alarm_Done';
import letGo from '@salesforce/label/c.Playbook_Worklist_Let_Go_Done';
import resumed from '@salesforce/label/c.Playbook_Worklist_Resumed';

export interface AccountFigures {
    readonly arr: string;
    readonly renewal: string;
}

/** Blank where the account has none. */
export function figuresOf(model: Model, { account }: BookAccount): AccountFigures {
    const arr = figureValue(model.prepared, account, 'ARR');
    const renewalOn = figureDay(model, account, 'Renewal');
    return {
        arr: typeof arr === 'number' ? formatCompactCurrency(arr) : '',
        renewal: renewalOn === null ? '' : fill(renewal, distance(dayOf(model.now), renewalOn)),
    };
}

export function rowCard(model: Model, row: WorklistRow, saving: boolean): RowCard {
    const { account, prompt, next } = row;
    const { tier, run } = prompt;
    const context = contextOf(model, account);
    const canWake = prompt.held?.why === 'snoozed';
    const isHeld = prompt.held !== null;
    return {
        key: `${account.account.id}:${standingOf(model, account.account.id)?.mark ?? ''}`,
        accountId: account.account.id,
        name: account.name,
        title: nameOf(prompt),
        kind: prompt.kind === 'Signal' ? signal : '',
        tier: TIER_LABELS[tier],
        tone: tier.toLowerCase(),
        tierIcon: TIER_ICONS[tier],
        // What it surfaced for is over: told in the present tense it would be untrue.
        reason: run?.recoveringSince
            ? fill(recovering, formatShortDay(run.recoveringSince))
            : (reasonOf(prompt) ?? byHand),
        next: isHeld ? '' : next ? next.step.title : row.checklist ? nothingLeft : '',
        ...dueWords(isHeld ? null : next, model.now),
        held: heldReason(model, row),
        ...figuresOf(model, account),
        also: row.also.length > 0 ? fill(also, row.also.map(nameOf).join(', ')) : '',
        // What is held back is not worked on from here: somebody would have to see why first.
        step: next && !next.waiting && !isHeld ? stepOf(next) : null,
        snoozeUntil: isHeld ? null : latestSnoozeDay(prompt, context),
        today: dayOf(model.now),
        outcomes: isHeld ? [] : outcomesFor(prompt),
        canWake: canWake && run !== null,
        readOnly: !model.data.canWrite,
        saving,
    };
}

/** What a signal asks for stands there as its next step: it is called after its trigger. */
const nameOf = ({ kind, title, trigger }: Prompt): string => (kind === 'Signal' ? (trigger?.label ?? title) : title);

function stepOf({ step }: StepView): NonNullable<RowCard['step']> {
    const { title, decision, noteRequired } = step;
    return {
        title,
        question: decision?.question ?? '',
        options: decision?.options ?? [],
        maxOptions: decision?.max ?? 1,
        noteRequired,
    };
}

function dueWords(next: StepView | null, now: string): Pick<RowCard, 'due' | 'dueTone'> {
    if (!next?.dueAt) return { due: '', dueTone: 'plain' };
    const day = formatShortDay(next.dueAt);
    if (next.waiting) return { due: fill(nextOn, day), dueTone: 'plain' };
    if (next.overdue) return { due: fill(overdue, day), dueTone: 'overdue' };
    return { due: dayOf(next.dueAt) === dayOf(now) ? dueToday : fill(due, day), dueTone: 'plain' };
}

function heldReason(model: Model, { account, prompt }: WorklistRow): string {
    if (!prompt.held) return '';
    const words = heldWords(prompt.held, oldestReading(model, account));
    const reason = prompt.held.why === 'snoozed' && prompt.run?.snoozeReason;
    return reason ? `${words} (${reason})` : words;
}

function oldestReading(model: Model, { account }: BookAccount): string | null {
    const days = (['HealthOn', 'UsageOn'] as const).flatMap((name) => figureDay(model, account, name) ?? []);
    return days.sort()[0] ?? null;
}

function figureDay(model: Model, account: BookAccount['account'], name: FigureName): string | null {
    const value = figureValue(model.prepared, account, name);
    return typeof value === 'string' ? value.slice(0, 10) : null;
}

/** "today", "in 12 days", "12 days ago". */
function distance(from: string, day: string): string {
    const days = daysBetween(from, day);
    if (days === 0) return today;
    return days > 0 ? fill(inDays, FORMATS.days(days)) : fill(daysAgo, FORMATS.days(-days));
}

/** What an action is called once it is done. */
export function actionWords({ accountId, act }: RowAction, model: Model): string {
    const step = model.rows.get(accountId)?.next?.step.title ?? '';
    switch (act.kind) {
        case 'answer':
            return fill(act.answer.kind === 'skip' ? skipped : done, step);
        case 'snooze':
            return fill(snoozed, FORMATS.date(act.snooze.until));
        case 'finish':
            return act.finish.outcome === 'False alarm'
                ? falseAlarm
                : act.finish.outcome === 'Let go'
                  ? letGo
                  : OUTCOME_WORDS[act.finish.outcome].label;
        case 'wake':
            return resumed;
    }
}

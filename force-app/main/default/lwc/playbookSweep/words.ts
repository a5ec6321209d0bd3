/** A sweep's stages and result as a person reads them. */
import { FORMATS, fill, formatAgo, formatMoment } from 'c/playbookFormat';
import type { ResultTable, ResultView } from 'c/playbookSweepResult';
import type { SweepHolder } from 'c/playbookSweepData';
import { KEPT_STATES, messageFor, type MessageView } from 'c/playbookWords';
import TEXTS, { DEED_LABELS, HELD_LABELS } from './labels';
import { countOfState, type Summary } from './summary';
import { MOST_ACCOUNTS, type Ending, type Stage } from './sweeping';
import type { Written } from './writing';

const number = (value: number): string => FORMATS.number(value);
const NOTHING = '–';
const dash = (count: number): string => (count === 0 ? NOTHING : number(count));
/** Lines of the record's message that the org keeps. */
const LONGEST_MESSAGE = 32_000;

export function stageWords(stage: Stage): string {
    if (stage.name === 'locking') return TEXTS.locking;
    if (stage.name === 'ending') return TEXTS.ending;
    const { done, name, total } = stage;
    if (total === null) return TEXTS.reading;
    const label = name === 'reading' ? TEXTS.readingOf : name === 'planning' ? TEXTS.planning : TEXTS.writing;
    return fill(label, number(done), number(total));
}

/** Where each stage lies on the bar, 0…100. */
const SPANS: Readonly<Record<Stage['name'], readonly [from: number, to: number]>> = {
    locking: [0, 0],
    reading: [0, 20],
    planning: [20, 40],
    writing: [40, 100],
    ending: [100, 100],
};

export function stagePercent({ done, name, total }: Stage): number {
    const [from, to] = SPANS[name];
    return from + (to - from) * (total ? Math.min(1, done / total) : 0);
}

export function holderWords(holder: SweepHolder, now: string): MessageView {
    const { by, fromPage, leaseUntil, name, startedAt } = holder;
    const ago = startedAt === null ? '' : formatAgo(startedAt, now);
    const who = fill(fromPage ? TEXTS.heldPage : TEXTS.heldRunner, name, by ?? TEXTS.someone, ago);
    const then = leaseUntil === null ? '' : ` ${fill(TEXTS.heldThen, formatMoment(leaseUntil))}`;
    return {
        heading: TEXTS.heldHeading,
        text: `${who}${then}`,
        details: [],
        icon: 'utility:clock',
        tone: 'calm',
        action: TEXTS.checkAgain,
    };
}

const told = (heading: string, text: string, tone: MessageView['tone'], icon: string): MessageView => ({
    ...{ heading, text, tone, icon },
    details: [],
    action: '',
});

/** How it ended, above the result. */
export function endingWords(ending: Ending, now: string): MessageView {
    switch (ending.name) {
        case 'held':
            return holderWords(ending.by, now);
        case 'too-many':
            return told(
                fill(TEXTS.tooManyHeading, number(MOST_ACCOUNTS)),
                TEXTS.tooManyText,
                'problem',
                'utility:warning',
            );
        case 'called-off':
            return told(TEXTS.calledOff, '', 'calm', 'utility:stop');
        case 'failed':
            return messageFor(ending.failure);
        case 'done':
            return doneWords(ending);
    }
}

function doneWords({ isUnreleased, sweepName, written }: Extract<Ending, { name: 'done' }>): MessageView {
    if (!written) return told(TEXTS.dryHeading, '', 'calm', 'utility:preview');
    const name = sweepName ?? '';
    const isOffline = written.ended === 'offline';
    const unreleased = isUnreleased && !isOffline ? TEXTS.unreleased : '';
    const end = (heading: string, text: string, tone: MessageView['tone'], icon: string): MessageView =>
        told(fill(heading, name), [text, unreleased].filter(Boolean).join(' '), tone, icon);
    if (isOffline) {
        const words = end(TEXTS.offlineHeading, TEXTS.offlineText, 'problem', 'utility:offline');
        return { ...words, details: written.failure?.messages ?? [] };
    }
    if (written.ended === 'lost') return end(TEXTS.lostHeading, TEXTS.lostText, 'problem', 'utility:warning');
    if (written.ended === 'cancelled') return end(TEXTS.cancelledHeading, TEXTS.cancelledText, 'calm', 'utility:stop');
    return countOfState(written, 'failed', 'gone') > 0
        ? end(TEXTS.failuresHeading, '', 'problem', 'utility:warning')
        : end(TEXTS.doneHeading, '', isUnreleased ? 'problem' : 'calm', 'utility:success');
}

function deedWords({ deeds }: Summary, isDry: boolean): string {
    const words = DEED_LABELS.flatMap(([deed, label]) => {
        const count = deeds[deed] ?? 0;
        return count === 0 ? [] : [fill(label, number(count))];
    });
    return words.length === 0 ? TEXTS.nothing : fill(isDry ? TEXTS.would : TEXTS.did, words.join(', '));
}

/** Of earlier runs; nothing when nothing was found out. */
function lookedBackWords({ lookedBack: { csmMonths, kept } }: Summary): readonly string[] {
    const counts: Readonly<Partial<Record<string, number>>> = kept;
    const decided = KEPT_STATES.flatMap(({ label, value }) => {
        const count = counts[value] ?? 0;
        return count === 0 ? [] : [`${label}: ${number(count)}`];
    });
    return [
        ...(decided.length > 0 ? [fill(TEXTS.lookedBack, decided.join(', '))] : []),
        ...(csmMonths > 0 ? [fill(TEXTS.csmMonths, number(csmMonths))] : []),
    ];
}

function warnings(summary: Summary): readonly string[] {
    const { csms, failedRules, problems, triggers, withoutCsm } = summary;
    return [
        ...problems.map(({ field, label, message }) => fill(TEXTS.ruleOff, label, field, message)),
        ...failedRules.map(({ accounts, field, label, message }) =>
            fill(TEXTS.ruleFails, label, field, message, number(accounts)),
        ),
        ...triggers
            .filter(({ flagsTooMany }) => flagsTooMany)
            .map(({ label, share }) => fill(TEXTS.warnTrigger, label, FORMATS.percent(share ?? 0))),
        ...csms
            .filter(({ hasTooMany }) => hasTooMany)
            .map(({ customers, inFront, name, waiting }) =>
                fill(TEXTS.warnCsm, name, number(inFront + waiting), number(customers ?? 0)),
            ),
        ...(withoutCsm > 0 ? [fill(TEXTS.warnNoCsm, number(withoutCsm))] : []),
    ];
}

/** What the record of the sweep tells people in the org; null: nothing out of the ordinary. */
export function recordMessage(summary: Summary, { refused }: Written): string | null {
    const lines = [
        ...refused.map(({ accountName, reason }) => `${accountName}: ${reason || TEXTS.gone}`),
        ...warnings(summary),
    ];
    return lines.length === 0 ? null : lines.join('\n').slice(0, LONGEST_MESSAGE);
}

export const stoppedWords = {
    cancelled: TEXTS.stoppedCancelled,
    tooMany: fill(TEXTS.stoppedTooMany, number(MOST_ACCOUNTS)),
    failed: TEXTS.stoppedFailed,
};

export function resultView({ summary, written }: Extract<Ending, { name: 'done' }>): ResultView {
    const { held, unmet } = summary;
    const isDry = written === null;
    const overtaken = written ? countOfState(written, 'overtaken') : 0;
    const left = written ? countOfState(written, 'left') : 0;
    const refused = written?.refused ?? [];
    const heldBack = HELD_LABELS.flatMap(([why, label]) => (held[why] > 0 ? [fill(label, number(held[why]))] : []));
    return {
        lines: [
            `${fill(TEXTS.lookedAt, number(summary.evaluated))} ${deedWords(summary, isDry)}`,
            ...lookedBackWords(summary),
            ...(left > 0 ? [fill(TEXTS.left, number(left))] : []),
            ...(unmet.runs > 0
                ? [fill(TEXTS.unmet, number(unmet.runs), number(unmet.accounts), FORMATS.currency(unmet.arr))]
                : []),
            ...(heldBack.length > 0 ? [fill(TEXTS.heldBack, heldBack.join(', '))] : []),
            ...(overtaken > 0 ? [fill(TEXTS.overtaken, number(overtaken))] : []),
        ],
        warnings: warnings(summary),
        triggers: triggerTable(summary, isDry),
        csms: csmTable(summary, isDry),
        refusedHeading: refused.length === 0 ? '' : fill(TEXTS.refused, number(refused.length)),
        refused: refused.map(({ accountId, accountName, reason }, index) => ({
            key: `${accountId}-${index}`,
            href: `/lightning/r/Account/${accountId}/view`,
            account: accountName,
            reason: reason || TEXTS.gone,
        })),
    };
}

type Texts = readonly string[];
const rowOf = (key: string, name: string, isMarked: boolean, columns: Texts, texts: Texts) => ({
    ...{ key, name, isMarked },
    cells: texts.map((text, index) => ({
        key: String(index),
        label: columns[index] ?? '',
        text,
        className: text === NOTHING ? 'figure nothing' : 'figure',
    })),
});

function triggerTable({ triggers }: Summary, isDry: boolean): ResultTable {
    const columns = [
        TEXTS.columnAccounts,
        TEXTS.columnArr,
        isDry ? TEXTS.columnWouldOpen : TEXTS.columnOpened,
        TEXTS.columnWaiting,
        TEXTS.columnHeld,
    ];
    return {
        nameLabel: TEXTS.columnTrigger,
        columns,
        rows: triggers.map(({ accounts, arr, flagsTooMany, held, key, label, opened, waiting }) =>
            rowOf(key, label, flagsTooMany, columns, [
                dash(accounts),
                accounts === 0 ? NOTHING : FORMATS.currency(arr),
                dash(opened),
                dash(waiting),
                dash(held),
            ]),
        ),
    };
}

function csmTable({ capacity, csms }: Summary, isDry: boolean): ResultTable {
    const columns = [
        TEXTS.columnAccounts,
        fill(TEXTS.columnInFront, number(capacity)),
        isDry ? TEXTS.columnWouldNew : TEXTS.columnNew,
        TEXTS.columnWaiting,
    ];
    return {
        nameLabel: TEXTS.columnCsm,
        columns,
        rows: csms.map(({ customers, hasTooMany, id, inFront, name, opened, waiting }) =>
            rowOf(id ?? 'none', id === null ? TEXTS.noCsm : name, hasTooMany, columns, [
                customers === null ? NOTHING : dash(customers),
                dash(inFront),
                dash(opened),
                dash(waiting),
            ]),
        ),
    };
}

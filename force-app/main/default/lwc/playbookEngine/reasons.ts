/**
 * From the comparisons that made a rule true to the few reasons a person wants to read.
 *
 * 1. Tests for blanks are guards, never reasons. A comparison that had to fail (inside NOT, or before an ELSE) is turned round.
 * 2. For one field only the most telling comparison stays: of several limits in one direction the tightest; of a range the
 *    end that is not simply today, for a day yet to come the later end, for a day gone by the earlier, for a figure whose fall is
 *    the risk (health, usage, NPS) the upper end, else the end written first.
 * 3. Figures that only qualify others (days of measurement, the usage before, ARR, the segment, …) and comparisons without a plain
 *    field are left out, unless there is nothing else to say.
 */
import type { Comparison, ComparisonOperator, Explanation, Operand } from 'c/formula';
import { dayOf, daysBetween, isDay } from './days';
import type { PreparedRules } from './inputs';
import { FIGURE_NAMES } from './scope';
import type { Clock, FigureName, Reason } from './types';

const BLANK_TEST = /^(?:ISBLANK|ISNULL)\b/i;
const FALL_IS_RISK: ReadonlySet<FigureName | null> = new Set<FigureName>(['Health', 'Usage', 'UsageChange', 'NPS']);
const QUALIFIES: ReadonlySet<FigureName | null> = new Set<FigureName>([
    'HealthOn',
    'UsageBefore',
    'UsageOn',
    'EarlierUsageChange',
    'EarlierUsageOn',
    'ARR',
    'Segment',
    'Champion',
    'ChurnedOn',
    'CSM',
    'CustomerSince',
]);
const TURNED_ROUND: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
    '=': '<>',
    '<>': '=',
    '<': '>=',
    '<=': '>',
    '>': '<=',
    '>=': '<',
    // A test such as CONTAINS that had to fail: the value is not what was looked for.
    other: '<>',
};
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
    '=': '=',
    '<>': '<>',
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
    other: 'other',
};

interface Candidate {
    readonly reason: Reason;
    /** What it is about: the field's path, or the expression. */
    readonly subject: string;
    readonly plain: boolean;
}

/** The reasons of a rule that holds, in the order of its text. */
export function reasonsOf(explanation: Explanation, prepared: PreparedRules, clock: Clock): readonly Reason[] {
    const today = dayOf(clock.now, clock.timeZone);
    const bySubject = new Map<string, Candidate>();
    for (const comparison of explanation.comparisons) {
        const candidate = candidateOf(comparison, prepared, today, clock);
        if (candidate !== null) {
            const rival = bySubject.get(candidate.subject);
            bySubject.set(candidate.subject, rival === undefined ? candidate : moreTelling(rival, candidate));
        }
    }
    const candidates = [...bySubject.values()];
    const telling = candidates.filter(({ plain, reason }) => plain && !QUALIFIES.has(reason.figure));
    const plain = candidates.filter((candidate) => candidate.plain);
    const kept = [telling, plain, candidates].find((some) => some.length > 0) ?? [];
    return kept.map(({ reason }) => reason);
}

function candidateOf(comparison: Comparison, prepared: PreparedRules, today: string, clock: Clock): Candidate | null {
    const { decisive, held, source } = comparison;
    if (!decisive || held === null || BLANK_TEST.test(source)) {
        return null;
    }
    const mirrored = comparison.left.path === undefined && comparison.right.path !== undefined;
    const [subject, limit] = mirrored ? [comparison.right, comparison.left] : [comparison.left, comparison.right];
    const operator = mirrored ? MIRRORED[comparison.operator] : comparison.operator;
    if (operator !== 'other' && limit.value === null) {
        // x = NULL and x <> "" are tests for blanks too.
        return null;
    }
    const dayCount = (operand: Operand): number | null => daysFrom(today, operand, clock);
    return {
        subject: subject.path ?? subject.source,
        plain: subject.path !== undefined,
        reason: {
            figure: figureOf(subject, prepared),
            label: subject.label ?? subject.path ?? subject.source,
            type: subject.type,
            operator: held ? operator : TURNED_ROUND[operator],
            actual: subject.value,
            limit: limit.value,
            actualDays: dayCount(subject),
            limitDays: operator === 'other' ? null : dayCount(limit),
            source,
        },
    };
}

/** The figure the rule spoke of; for a rule that names the field itself, the figure that is read there. */
function figureOf({ path, source }: Operand, prepared: PreparedRules): FigureName | null {
    if (path === undefined) {
        return null;
    }
    const named = source.trim().toLowerCase();
    return (
        FIGURE_NAMES.find((figure) => named === `$figure.${figure.toLowerCase()}`) ??
        FIGURE_NAMES.find((figure) => prepared.figures[figure].path === path) ??
        null
    );
}

function daysFrom(today: string, { type, value }: Operand, clock: Clock): number | null {
    if (typeof value !== 'string' || (type !== 'Date' && type !== 'DateTime')) {
        return null;
    }
    const day = type === 'DateTime' ? dayOf(value, clock.timeZone) : value;
    return isDay(day) ? daysBetween(today, day) : null;
}

function moreTelling(one: Candidate, other: Candidate): Candidate {
    const [first, second] = [boundOf(one.reason), boundOf(other.reason)];
    if (first === null || second === null) {
        return second === null && first !== null && other.reason.operator === '=' ? other : one;
    }
    if (first.upper === second.upper) {
        const otherIsTighter = first.upper ? second.at < first.at : second.at > first.at;
        return otherIsTighter ? other : one;
    }
    const [upper, lower] = first.upper ? [one, other] : [other, one];
    const { actualDays } = one.reason;
    if (actualDays !== null) {
        if (upper.reason.limitDays === 0 || lower.reason.limitDays === 0) {
            return upper.reason.limitDays === 0 ? lower : upper;
        }
        return actualDays >= 0 ? upper : lower;
    }
    return FALL_IS_RISK.has(one.reason.figure) ? upper : one;
}

/** Which end of a range a reason speaks of, and where it lies; null when it compares otherwise. */
function boundOf({ operator, limit, limitDays }: Reason): { readonly upper: boolean; readonly at: number } | null {
    const at = limitDays ?? limit;
    if (typeof at !== 'number' || operator === '=' || operator === '<>' || operator === 'other') {
        return null;
    }
    return { upper: operator === '<' || operator === '<=', at };
}

/** The invented CSMs of a history and how each of them works: part of the truth that its figures can be held against. */

export type SkipReason =
    | 'Already covered'
    | 'Customer asked us not to'
    | 'No contact available'
    | 'Does not fit this account'
    | 'Handled by someone else'
    | 'Other';

/** Shares are from 0 to 1. */
export interface Habits {
    /** Share of the episodes that are taken up at all. */
    readonly takesUp: number;
    /** Days until the first answer, in the middle. */
    readonly firstAnswerDays: number;
    /** Days by which steps are late, on average; below 0: early. */
    readonly lateDays: number;
    /** Share of the shown steps that are done, and of those that are skipped with a reason; the others stay open. */
    readonly does: number;
    readonly skips: number;
    /** Share of right judgements: what is a false alarm, what the cause is. */
    readonly judgement: number;
    /** Multiplies what a step brings about (see `effects.ts`). */
    readonly touch: number;
    /** Share of losses and saves that are closed by hand, with a cause, before the data does it. */
    readonly closes: number;
    readonly skipReasons: Readonly<Partial<Record<SkipReason, number>>>;
}

export interface GeneratedCsm {
    /** Beginning of the username. */
    readonly username: string;
    readonly name: string;
    readonly character: string;
    readonly habits: Habits;
    /** Months after the start of the history; null: there from the start, or to the end. */
    readonly joinsAfterMonths: number | null;
    readonly leavesAfterMonths: number | null;
    /** What the habits grow to over the first `months`; null: they stay. */
    readonly growsTo: { readonly habits: Habits; readonly months: number } | null;
}

const EVERY_REASON = {
    'Already covered': 4,
    'Customer asked us not to': 2,
    'No contact available': 3,
    'Does not fit this account': 3,
    'Handled by someone else': 2,
    Other: 1,
};

const SOLID: Habits = {
    takesUp: 0.85,
    firstAnswerDays: 1.2,
    lateDays: 0,
    does: 0.89,
    skips: 0.09,
    judgement: 0.8,
    touch: 0.95,
    closes: 0.75,
    skipReasons: EVERY_REASON,
};
const THOROUGH: Habits = {
    ...SOLID,
    takesUp: 0.97,
    firstAnswerDays: 0.3,
    lateDays: -1.2,
    does: 0.95,
    skips: 0.045,
    judgement: 0.92,
    touch: 1.7,
    closes: 0.92,
};

export const GENERATED_CSMS: readonly GeneratedCsm[] = [
    {
        username: 'amara.generated',
        name: 'Amara Quist (generated)',
        character: 'quick and thorough',
        habits: THOROUGH,
        joinsAfterMonths: null,
        leavesAfterMonths: null,
        growsTo: null,
    },
    {
        username: 'bruno.generated',
        name: 'Bruno Halvorsen (generated)',
        character: 'quick, and leaves the end open',
        habits: { ...THOROUGH, takesUp: 0.92, does: 0.87, skips: 0.06, closes: 0.5, touch: 1.05 },
        joinsAfterMonths: null,
        leavesAfterMonths: null,
        growsTo: null,
    },
    {
        username: 'clara.generated',
        name: 'Clara Mbeki (generated)',
        character: 'solid',
        habits: SOLID,
        joinsAfterMonths: null,
        leavesAfterMonths: null,
        growsTo: null,
    },
    {
        username: 'dario.generated',
        name: 'Dario Fontaine (generated)',
        character: 'slow, and skips with "Other"',
        habits: {
            ...SOLID,
            takesUp: 0.72,
            firstAnswerDays: 5,
            lateDays: 1.6,
            does: 0.54,
            skips: 0.42,
            judgement: 0.6,
            touch: 0.4,
            closes: 0.5,
            skipReasons: { Other: 17, 'Already covered': 2, 'Does not fit this account': 1 },
        },
        joinsAfterMonths: null,
        leavesAfterMonths: null,
        growsTo: null,
    },
    {
        username: 'elif.generated',
        name: 'Elif Sandberg (generated)',
        character: 'new after eight months, and better every month',
        habits: {
            ...SOLID,
            takesUp: 0.6,
            firstAnswerDays: 4,
            lateDays: 1.2,
            does: 0.7,
            skips: 0.18,
            judgement: 0.55,
            touch: 0.45,
        },
        joinsAfterMonths: 8,
        leavesAfterMonths: null,
        growsTo: { habits: { ...THOROUGH, touch: 1.4 }, months: 10 },
    },
    {
        username: 'felix.generated',
        name: 'Felix Moreau (generated)',
        character: 'solid, and left after a year',
        habits: { ...SOLID, firstAnswerDays: 2, touch: 0.9 },
        joinsAfterMonths: null,
        leavesAfterMonths: 12,
        growsTo: null,
    },
];

/** How a CSM works after so many months of the history. */
export function habitsAt({ growsTo, habits, joinsAfterMonths }: GeneratedCsm, months: number): Habits {
    if (growsTo === null) {
        return habits;
    }
    const grown = Math.max(0, Math.min(1, (months - (joinsAfterMonths ?? 0)) / growsTo.months));
    const between = (from: number, to: number): number => from + (to - from) * grown;
    const { habits: to } = growsTo;
    return {
        takesUp: between(habits.takesUp, to.takesUp),
        firstAnswerDays: between(habits.firstAnswerDays, to.firstAnswerDays),
        lateDays: between(habits.lateDays, to.lateDays),
        does: between(habits.does, to.does),
        skips: between(habits.skips, to.skips),
        judgement: between(habits.judgement, to.judgement),
        touch: between(habits.touch, to.touch),
        closes: between(habits.closes, to.closes),
        skipReasons: habits.skipReasons,
    };
}

export function isThere({ joinsAfterMonths, leavesAfterMonths }: GeneratedCsm, months: number): boolean {
    return months >= (joinsAfterMonths ?? 0) && (leavesAfterMonths === null || months < leavesAfterMonths);
}

/** What is going to happen to an account, decided before the history begins: the truth that nobody in the org sees. */
import { addDays, daysBetween } from '../replay/days.ts';
import { weighted, type Chance } from './chance.ts';
import { CAUSE_WEIGHTS, SLIDES_AGAIN, type TrueCause } from './effects.ts';

/**
 * real: goes on to the loss of the account unless a step turns it. by itself: turns without anybody. data error: the figures are wrong for a while,
 * the customer is fine. season: the customer is quiet in August or December, as every year.
 */
export type SlideKind = 'real' | 'by itself' | 'data error' | 'season';

export interface PlannedSlide {
    readonly kind: SlideKind;
    /** Monday of the first reading that shows it. */
    readonly startsOn: string;
    /** Weeks until it is at its lowest. */
    readonly fallWeeks: number;
    /** Points of health that are lost at the lowest. */
    readonly depth: number;
    /** Share of its lowest at which it turns without anybody, 0 to 1; null: it does not. */
    readonly turnsAt: number | null;
    /** Weeks at the lowest after which the account gives notice; null: it never does. */
    readonly patienceWeeks: number | null;
    readonly cause: TrueCause | null;
    /** Whether anybody there answers the first messages. */
    readonly reachable: boolean;
}

/** Of each hundred accounts: as many slides of each kind in a year. */
const SLIDES_A_YEAR: Readonly<Record<Exclude<SlideKind, 'season'>, number>> = {
    real: 41,
    'by itself': 11,
    'data error': 11,
};
/** Share of the accounts that are quiet in a season. */
export const SEASONAL_SHARE = 0.17;
const SEASONS = [
    { month: '08', day: '03', weeks: 5 },
    { month: '12', day: '07', weeks: 5 },
] as const;

/** Days between two slides of an account. */
const APART = 210;

/** Slides of one account between the two days, in their order and never overlapping. */
export function planSlides(
    chance: Chance,
    account: string,
    { from, to }: { readonly from: string; readonly to: string },
): PlannedSlide[] {
    const ask = (...about: (string | number)[]): number => chance('slide', account, ...about);
    const years = daysBetween(from, to) / 365;
    const slides: PlannedSlide[] = [];
    for (const kind of ['real', 'by itself', 'data error'] as const) {
        const expected = (SLIDES_A_YEAR[kind] / 100) * years;
        const count = Math.floor(expected) + (ask(kind, 'one more') < expected % 1 ? 1 : 0);
        for (let index = 0; index < count; index += 1) {
            const startsOn = addDays(from, Math.floor(ask(kind, index, 'day') * daysBetween(from, to)));
            slides.push(slideOf(kind, mondayFrom(startsOn), (what) => ask(kind, index, what)));
        }
    }
    if (ask('seasonal') < SEASONAL_SHARE) {
        for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
            for (const { day, month } of SEASONS) {
                const startsOn = mondayFrom(`${year}-${month}-${day}`);
                if (startsOn >= from && startsOn <= to && ask('season', year, month) < 0.75) {
                    slides.push(slideOf('season', startsOn, (what) => ask('season', year, month, what)));
                }
            }
        }
    }
    slides.sort((one, other) => (one.startsOn < other.startsOn ? -1 : 1));
    const apart: PlannedSlide[] = [];
    for (const slide of slides) {
        const last = apart.at(-1);
        if (last === undefined || daysBetween(last.startsOn, slide.startsOn) >= (last.kind === 'season' ? 70 : APART)) {
            apart.push(slide);
        }
    }
    return apart;
}

function slideOf(kind: SlideKind, startsOn: string, ask: (what: string) => number): PlannedSlide {
    const base = { kind, startsOn, cause: null, reachable: true, patienceWeeks: null, turnsAt: 1 };
    switch (kind) {
        case 'real':
            return {
                ...base,
                fallWeeks: 9 + Math.floor(ask('fall') * 8),
                depth: 38 + Math.floor(ask('depth') * 24),
                turnsAt: null,
                patienceWeeks: 2 + Math.floor(ask('patience') * 7),
                cause: weighted(ask('cause'), CAUSE_WEIGHTS),
                reachable: ask('reachable') < 0.68,
            };
        case 'by itself':
            return {
                ...base,
                fallWeeks: 5 + Math.floor(ask('fall') * 5),
                depth: 30 + Math.floor(ask('depth') * 18),
                cause: weighted(ask('cause'), CAUSE_WEIGHTS),
                reachable: ask('reachable') < 0.8,
            };
        case 'data error':
            return { ...base, fallWeeks: 1, depth: 28 + Math.floor(ask('depth') * 30) };
        case 'season':
            return { ...base, fallWeeks: 2, depth: 20 + Math.floor(ask('depth') * 14) };
    }
}

/** Whether what a step turned on the day slides again, when, and why; null: it lasts, or has slid again once already. */
export function againAfter(
    { again, ...turned }: PlannedSlide & { readonly again: unknown },
    turnedOn: string,
    hasPlan: boolean,
    ask: (what: string) => number,
) {
    if (again !== null || ask('again') >= (hasPlan ? SLIDES_AGAIN.withPlan : SLIDES_AGAIN.withoutPlan)) {
        return null;
    }
    const why = SLIDES_AGAIN.reasons[Math.floor(ask('why') * SLIDES_AGAIN.reasons.length)] ?? SLIDES_AGAIN.reasons[0];
    return {
        ...turned,
        startsOn: mondayFrom(addDays(turnedOn, AGAIN_AFTER_DAYS + Math.floor(ask('when') * 60))),
        fallWeeks: 3 + Math.floor(ask('fall') * 3),
        patienceWeeks: 1 + Math.floor(ask('patience') * 3),
        again: { after: turned.startsOn, why },
    };
}

/** Days: the account is well again by then, and its run is closed. */
const AGAIN_AFTER_DAYS = 70;

/** Weeks for which a slide that nobody has to turn stays at its lowest. */
export function weeksAtLowest({ kind }: PlannedSlide): number {
    return kind === 'season' || kind === 'data error' ? 3 : 1;
}

export function mondayFrom(day: string): string {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return addDays(day, (8 - weekday) % 7);
}

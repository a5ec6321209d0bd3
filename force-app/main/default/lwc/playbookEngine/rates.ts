/** Rates as they are shown: never without their count, never a number where there is nothing to divide by. */

export interface Rate {
    readonly hits: number;
    /** How many it could have been; 0: there is no rate yet. */
    readonly of: number;
    /** 0…1; null: nothing to divide by. */
    readonly rate: number | null;
    /** The rate that is still likely (see `wilsonLowerBound`); null with `rate`. */
    readonly lowerBound: number | null;
    /** Rests on fewer than the settings' small count, so that it may be chance. */
    readonly few: boolean;
}

/** 95 % of the time the true rate lies within 1.96 standard errors on either side. */
const Z = 1.96;

/** `smallCount`: see `Settings.smallCount`. */
export function rateOf(hits: number, of: number, smallCount: number): Rate {
    return {
        hits,
        of,
        rate: of > 0 ? hits / of : null,
        lowerBound: wilsonLowerBound(hits, of),
        few: of < smallCount,
    };
}

/**
 * Lower end of the 95 % score interval (Wilson 1927) of `hits` of `of`, 0…1: what the rate is at least, as far as so many can tell. By it, two
 * of two do not come before eighteen of twenty. Null: nothing to divide by.
 */
export function wilsonLowerBound(hits: number, of: number): number | null {
    if (of <= 0) {
        return null;
    }
    const rate = hits / of;
    const square = Z * Z;
    const centre = rate + square / (2 * of);
    const spread = Z * Math.sqrt((rate * (1 - rate)) / of + square / (4 * of * of));
    // Of none the two are equal but for rounding.
    return Math.max(0, (centre - spread) / (1 + square / of));
}

/** Closed risks by how they ended, as the fields of the same names on runs add up. */
export interface Impact {
    /** Worked: the customer was spoken to. */
    readonly saved: number;
    readonly lost: number;
    readonly letGo: number;
    /** Opened by the sweep, and without recorded work. */
    readonly recoveredUnworked: number;
    readonly lostUnworked: number;
}

/** "Recovered: 14 of 19 worked, 6 of 15 without recorded work": what was seen, not what the work has done. */
export interface ImpactLine {
    readonly worked: { readonly hits: number; readonly of: number };
    readonly unworked: { readonly hits: number; readonly of: number };
    /** Both rest on at least the settings' small count; else the line is left out. */
    readonly show: boolean;
}

/**
 * Worked risks that were saved, of those saved, lost or let go, beside those that recovered without recorded work, of those that recovered
 * or were lost.
 */
export function impactLine(
    { letGo, lost, lostUnworked, recoveredUnworked, saved }: Impact,
    smallCount: number,
): ImpactLine {
    const worked = { hits: saved, of: saved + lost + letGo };
    const unworked = { hits: recoveredUnworked, of: recoveredUnworked + lostUnworked };
    // A small count of 0 must not show a rate of nothing.
    const least = Math.max(1, smallCount);
    return { worked, unworked, show: worked.of >= least && unworked.of >= least };
}

/** How often a playbook worked, never without its counts. */

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

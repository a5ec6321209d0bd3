/** Chance that does not depend on the order in which it is asked: the same question has the same answer for a seed. */

/** A number from 0 to below 1 for what the parts name. */
export type Chance = (...about: readonly (string | number)[]) => number;

export function chanceFor(seed: number): Chance {
    return (...about) => {
        let hash = (0x811c9dc5 ^ seed) >>> 0;
        const text = about.join('|');
        for (let at = 0; at < text.length; at += 1) {
            hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
        }
        // FNV alone leaves neighbours alike; this is the finish of MurmurHash3.
        hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
        hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
        return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
    };
}

/** One of the entries, each as likely as its weight says. */
export function weighted<T extends string>(chance: number, weights: Readonly<Partial<Record<T, number>>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = chance * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [entry, weight] of entries) {
        left -= weight;
        if (left < 0) {
            return entry;
        }
    }
    const [last] = entries.at(-1) ?? [];
    if (last === undefined) {
        throw new Error('There is nothing to choose from.');
    }
    return last;
}

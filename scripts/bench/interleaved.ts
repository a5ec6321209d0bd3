/** Fair timing of several ways to do the same work: in turns, so that whatever else the machine does hits all of them. */

export interface Contender {
    readonly name: string;
    /** Pieces of work that one call of `run` does. */
    readonly pieces: number;
    run(): unknown;
}

/**
 * Median throughput of each contender, in pieces a second. Every round runs all of them, and every second round in reverse order;
 * one round goes before that does not count.
 */
export async function throughputs(
    contenders: readonly Contender[],
    rounds: number,
): Promise<ReadonlyMap<string, number>> {
    const measured = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
        for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
            const start = performance.now();
            await contender.run();
            const seconds = (performance.now() - start) / 1000;
            if (round > 0) measured.get(contender.name)?.push(contender.pieces / seconds);
        }
    }
    return new Map([...measured].map(([name, values]) => [name, median(values)]));
}

/** Middle value, the mean of the two middle ones of an even count. Throws for none. */
export function median(values: readonly number[]): number {
    const sorted = values.toSorted((one, other) => one - other);
    const middle = sorted.length / 2;
    const upper = sorted[Math.floor(middle)];
    const lower = sorted[Math.ceil(middle) - 1];
    if (upper === undefined || lower === undefined) throw new RangeError('The median of nothing is asked for.');
    return (lower + upper) / 2;
}

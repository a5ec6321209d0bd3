/** Fair timing of several ways to do the same work: in turns, so that whatever else the machine does hits all of them. */

export interface Contender {
    readonly name: string;
    /** Pieces of work that one call of `run` does. */
    readonly pieces: number;
    run(): unknown;
}

export interface Race {
    /** Rounds that count. */
    readonly rounds: number;
    /** How long each contender works in a round, in milliseconds: well above the 4 to 10 ms in which some kernels count. */
    readonly turnMs: number;
}

/** Rounds that do not count: until then the machine still learns. */
const WARM_UP = 2;

/**
 * Pieces a second of each contender, a value a round; seconds of this thread's own work, since the machine may be busy. Every
 * round runs all of them, every second one in reverse order.
 */
export async function throughputs(
    contenders: readonly Contender[],
    { rounds, turnMs }: Race,
): Promise<ReadonlyMap<string, readonly number[]>> {
    const measured = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    for (let round = -WARM_UP; round < rounds; round += 1) {
        for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
            const value = await throughput(contender, turnMs);
            if (round >= 0) measured.get(contender.name)?.push(value);
        }
    }
    return measured;
}

async function throughput(contender: Contender, turnMs: number): Promise<number> {
    const start = process.threadCpuUsage();
    let seconds = 0;
    let pieces = 0;
    while (seconds * 1000 < turnMs) {
        await contender.run();
        pieces += contender.pieces;
        const { user, system } = process.threadCpuUsage(start);
        seconds = (user + system) / 1_000_000;
    }
    return pieces / seconds;
}

/** Median over the rounds of how much faster one was than the other in that round: what disturbs a round disturbs both. */
export function medianRatio(faster: readonly number[], slower: readonly number[]): number {
    return median(faster.map((value, round) => value / (slower[round] ?? Number.NaN)));
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

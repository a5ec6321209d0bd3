/**
 * The candidate most like `word`, ignoring case, or undefined when none is near enough to be what was meant:
 * at most a third of the letters may differ.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
    const wanted = word.toLowerCase();
    let best: string | undefined;
    let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. Stops counting at `limit`. */
function editDistance(from: string, to: string, limit: number): number {
    if (Math.abs(from.length - to.length) >= limit) {
        return limit;
    }
    let beforePrevious: number[] = [];
    let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let row = 1; row <= from.length; row++) {
        const current = [row];
        let smallest = row;
        for (let column = 1; column <= to.length; column++) {
            const same = from[row - 1] === to[column - 1];
            let cost = Math.min(
                (previous[column] ?? limit) + 1,
                (current[column - 1] ?? limit) + 1,
                (previous[column - 1] ?? limit) + (same ? 0 : 1),
            );
            const swapped =
                row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            if (swapped) {
                cost = Math.min(cost, (beforePrevious[column - 2] ?? limit) + 1);
            }
            current.push(cost);
            smallest = Math.min(smallest, cost);
        }
        if (smallest >= limit) {
            return limit;
        }
        beforePrevious = previous;
        previous = current;
    }
    return previous[to.length] ?? limit;
}

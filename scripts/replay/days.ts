/** Days as `YYYY-MM-DD`. */
const DAY_MS = 86_400_000;

export function addDays(day: string, count: number): string {
    return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to the other; negative backwards. */
export function daysBetween(from: string, to: string): number {
    return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** From `from` to at most `to`, every so many days, both included. */
export function stepsFrom(from: string, to: string, every: number): string[] {
    const days: string[] = [];
    for (let day = from; day <= to; day = addDays(day, every)) {
        days.push(day);
    }
    return days;
}

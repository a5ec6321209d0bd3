/** Days of the sample data: `today`, `today-12`, `today+30`, or a fixed `YYYY-MM-DD`. */

const DAY_MS = 86_400_000;

/** The day as `YYYY-MM-DD`; null for a blank. Throws RangeError for anything else. */
export function resolveDay(text: string, today: string): string | null {
    if (text === '') {
        return null;
    }
    const relative = /^today(?:([+-])(\d+))?$/.exec(text);
    if (relative === null) {
        if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`))) {
            throw new RangeError(`“${text}” is no day; write today-12, today+30 or 2026-11-21.`);
        }
        return text;
    }
    const days = Number(relative[2] ?? 0) * (relative[1] === '-' ? -1 : 1);
    return new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

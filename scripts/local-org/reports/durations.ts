/** Intervals of a report's date filter: what metadata calls them, the date literal that the API and the store know, and the words of the menu. */
export const DURATIONS = [
    ['INTERVAL_CURY', 'THIS_YEAR', 'Current Calendar Year'],
    ['INTERVAL_PREVY', 'LAST_YEAR', 'Previous Calendar Year'],
    ['INTERVAL_PREV2Y', 'LAST_N_YEARS:2', 'Previous 2 Calendar Years'],
    ['INTERVAL_CURRENTQ', 'THIS_QUARTER', 'Current Calendar Quarter'],
    ['INTERVAL_PREVQ', 'LAST_QUARTER', 'Previous Calendar Quarter'],
    ['INTERVAL_NEXTQ', 'NEXT_QUARTER', 'Next Calendar Quarter'],
    ['INTERVAL_THISMONTH', 'THIS_MONTH', 'Current Month'],
    ['INTERVAL_LASTMONTH', 'LAST_MONTH', 'Previous Month'],
    ['INTERVAL_NEXTMONTH', 'NEXT_MONTH', 'Next Month'],
    ['INTERVAL_THISWEEK', 'THIS_WEEK', 'Current Week'],
    ['INTERVAL_LASTWEEK', 'LAST_WEEK', 'Previous Week'],
    ['INTERVAL_NEXTWEEK', 'NEXT_WEEK', 'Next Week'],
    ['INTERVAL_TODAY', 'TODAY', 'Today'],
    ['INTERVAL_YESTERDAY', 'YESTERDAY', 'Yesterday'],
    ['INTERVAL_TOMORROW', 'TOMORROW', 'Tomorrow'],
    ['INTERVAL_LAST7', 'LAST_N_DAYS:7', 'Last 7 Days'],
    ['INTERVAL_LAST30', 'LAST_N_DAYS:30', 'Last 30 Days'],
    ['INTERVAL_LAST60', 'LAST_N_DAYS:60', 'Last 60 Days'],
    ['INTERVAL_LAST90', 'LAST_N_DAYS:90', 'Last 90 Days'],
    ['INTERVAL_LAST120', 'LAST_N_DAYS:120', 'Last 120 Days'],
    ['INTERVAL_NEXT7', 'NEXT_N_DAYS:7', 'Next 7 Days'],
    ['INTERVAL_NEXT30', 'NEXT_N_DAYS:30', 'Next 30 Days'],
    ['INTERVAL_NEXT60', 'NEXT_N_DAYS:60', 'Next 60 Days'],
    ['INTERVAL_NEXT90', 'NEXT_N_DAYS:90', 'Next 90 Days'],
    ['INTERVAL_NEXT120', 'NEXT_N_DAYS:120', 'Next 120 Days'],
] as const;

const LITERALS: ReadonlyMap<string, string> = new Map(DURATIONS.map(([interval, literal]) => [interval, literal]));

/** The date literal of an interval of the metadata: `INTERVAL_LAST90` → `LAST_N_DAYS:90`. CUSTOM has days of its own; null: the engine does not know it. */
export function durationOf(interval: string): string | null {
    return interval === 'INTERVAL_CUSTOM' ? 'CUSTOM' : (LITERALS.get(interval) ?? null);
}

/** `LAST_N_DAYS:90`, `last 90 days`, `90 DAYS AGO` as the store's literal; null for what is none. */
export function relativeDate(text: string): { readonly literal: string; readonly count: number | null } | null {
    const words = text.trim().toUpperCase().replaceAll(' ', '_');
    const counted = /^(LAST|NEXT)_(\d+)_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)$/.exec(words);
    if (counted) {
        return { literal: `${counted[1]}_N_${counted[3]}`, count: Number(counted[2]) };
    }
    const ago = /^(\d+)_DAYS?_AGO$/.exec(words);
    if (ago) {
        return { literal: 'N_DAYS_AGO', count: Number(ago[1]) };
    }
    const match = /^([A-Z][A-Z_]*)(?::(\d+))?$/.exec(words);
    return match?.[1] === undefined
        ? null
        : { literal: match[1], count: match[2] === undefined ? null : Number(match[2]) };
}

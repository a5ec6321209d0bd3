import { addDays } from '../store/days.ts';
import type { Session } from '../store/session.ts';
import type { Granularity } from './definitions.ts';

/** First day of the calendar period that a day lies in. Weeks start on Sunday, as date literals have it. */
export function periodStart(day: string, granularity: Granularity): string {
    const month = Number(day.slice(5, 7));
    switch (granularity) {
        case 'Week':
            return addDays(day, -new Date(`${day}T00:00:00Z`).getUTCDay());
        case 'Month':
            return `${day.slice(0, 7)}-01`;
        case 'Quarter':
            return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
        case 'Year':
            return `${day.slice(0, 4)}-01-01`;
        default:
            return day;
    }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(session: Session, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const known = formats.get(`${session.locale}|${key}`);
    const made = known ?? new Intl.DateTimeFormat(session.locale, { ...options, timeZone: 'UTC' });
    formats.set(`${session.locale}|${key}`, made);
    return made;
}

/** What the period is called: `Q4 CY2026`, `November 2026`, `CY2026`. */
export function periodLabel(session: Session, start: string, granularity: Granularity): string {
    const date = new Date(`${start}T00:00:00Z`);
    const day = format(session, 'day', { dateStyle: 'short' });
    switch (granularity) {
        case 'Week':
            return `${day.format(date)} - ${day.format(new Date(`${addDays(start, 6)}T00:00:00Z`))}`;
        case 'Month':
            return format(session, 'month', { month: 'long', year: 'numeric' }).format(date);
        case 'Quarter':
            return `Q${Math.ceil(Number(start.slice(5, 7)) / 3)} CY${start.slice(0, 4)}`;
        case 'Year':
            return `CY${start.slice(0, 4)}`;
        default:
            return day.format(date);
    }
}

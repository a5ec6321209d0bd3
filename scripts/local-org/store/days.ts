import { failure } from '../failure.ts';
import type { DateLiteral } from './conditions.ts';

/** Calendar days as `YYYY-MM-DD`, and what the platform's date literals mean for a given today. Weeks start on Sunday, as in the platform's English locales. */

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day it is at an instant (ISO 8601) in a time zone (IANA). */
export function dayAt(instant: string, timeZone: string): string {
    let format = formats.get(timeZone);
    if (!format) {
        format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
        formats.set(timeZone, format);
    }
    return format.format(new Date(instant));
}

/** The instant at which a day starts in a time zone. */
export function startOfDay(day: string, timeZone: string): string {
    const utc = Date.parse(`${day}T00:00:00Z`);
    // The zone's offset is between −12 and +14 hours, and changes only on whole quarters of an hour: look for the first instant of the day.
    for (let instant = utc - 14 * 3_600_000; instant <= utc + 12 * 3_600_000; instant += 900_000) {
        if (dayAt(new Date(instant).toISOString(), timeZone) >= day) {
            return new Date(instant).toISOString();
        }
    }
    throw new Error(`No start of ${day} in ${timeZone}`);
}

export function addDays(day: string, days: number): string {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

function monthStart(day: string, months: number): string {
    const [year = 0, month = 1] = day.split('-').map(Number);
    return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** First day, and the day after the last. */
export interface DayRange {
    readonly from: string;
    readonly to: string;
}

const NAMED: Readonly<Record<string, (today: string) => DayRange>> = {
    TODAY: (today) => ({ from: today, to: addDays(today, 1) }),
    YESTERDAY: (today) => ({ from: addDays(today, -1), to: today }),
    TOMORROW: (today) => ({ from: addDays(today, 1), to: addDays(today, 2) }),
    THIS_WEEK: (today) => week(today, 0),
    LAST_WEEK: (today) => week(today, -1),
    NEXT_WEEK: (today) => week(today, 1),
    THIS_MONTH: (today) => ({ from: monthStart(today, 0), to: monthStart(today, 1) }),
    LAST_MONTH: (today) => ({ from: monthStart(today, -1), to: monthStart(today, 0) }),
    NEXT_MONTH: (today) => ({ from: monthStart(today, 1), to: monthStart(today, 2) }),
    THIS_QUARTER: (today) => quarter(today, 0),
    LAST_QUARTER: (today) => quarter(today, -1),
    NEXT_QUARTER: (today) => quarter(today, 1),
    THIS_YEAR: (today) => year(today, 0),
    LAST_YEAR: (today) => year(today, -1),
    NEXT_YEAR: (today) => year(today, 1),
    LAST_90_DAYS: (today) => ({ from: addDays(today, -90), to: addDays(today, 1) }),
    NEXT_90_DAYS: (today) => ({ from: addDays(today, 1), to: addDays(today, 91) }),
};

const COUNTED: Readonly<Record<string, (today: string, count: number) => DayRange>> = {
    LAST_N_DAYS: (today, count) => ({ from: addDays(today, -count), to: addDays(today, 1) }),
    NEXT_N_DAYS: (today, count) => ({ from: addDays(today, 1), to: addDays(today, count + 1) }),
    LAST_N_WEEKS: (today, count) => ({ from: week(today, -count).from, to: week(today, 0).from }),
    NEXT_N_WEEKS: (today, count) => ({ from: week(today, 1).from, to: week(today, count + 1).from }),
    LAST_N_MONTHS: (today, count) => ({ from: monthStart(today, -count), to: monthStart(today, 0) }),
    NEXT_N_MONTHS: (today, count) => ({ from: monthStart(today, 1), to: monthStart(today, count + 1) }),
    LAST_N_QUARTERS: (today, count) => ({ from: quarter(today, -count).from, to: quarter(today, 0).from }),
    NEXT_N_QUARTERS: (today, count) => ({ from: quarter(today, 1).from, to: quarter(today, count + 1).from }),
    LAST_N_YEARS: (today, count) => ({ from: year(today, -count).from, to: year(today, 0).from }),
    NEXT_N_YEARS: (today, count) => ({ from: year(today, 1).from, to: year(today, count + 1).from }),
    N_DAYS_AGO: (today, count) => ({ from: addDays(today, -count), to: addDays(today, 1 - count) }),
};

function week(today: string, weeks: number): DayRange {
    const sunday = addDays(today, -new Date(`${today}T00:00:00Z`).getUTCDay() + 7 * weeks);
    return { from: sunday, to: addDays(sunday, 7) };
}

function quarter(today: string, quarters: number): DayRange {
    const month = Number(today.slice(5, 7)) - 1;
    const start = monthStart(today, -(month % 3) + 3 * quarters);
    return { from: start, to: monthStart(start, 3) };
}

function year(today: string, years: number): DayRange {
    const first = Number(today.slice(0, 4)) + years;
    return { from: `${first}-01-01`, to: `${first + 1}-01-01` };
}

/** Whether `dayRange` takes it. */
export function isKnownLiteral({ literal, count }: DateLiteral): boolean {
    return Object.hasOwn(count === null ? NAMED : COUNTED, literal);
}

export function dayRange({ literal, count }: DateLiteral, today: string): DayRange {
    const range = count === null ? NAMED[literal]?.(today) : COUNTED[literal]?.(today, count);
    if (!range) {
        throw failure(
            'MALFORMED_QUERY',
            `The local org does not know the date literal ${literal}${count === null ? '' : `:${count}`}. It knows ${[
                ...Object.keys(NAMED),
                ...Object.keys(COUNTED).map((name) => `${name}:n`),
            ].join(', ')}.`,
        );
    }
    return range;
}

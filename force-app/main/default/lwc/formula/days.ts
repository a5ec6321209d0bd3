/**
 * The calendar without Date objects. Inside a formula a Date is the number of days since 1970-01-01, a DateTime
 * milliseconds since then in UTC, a Time milliseconds since midnight.
 */

export const DAY_MS = 86_400_000;

const ZERO = 48;
const DASH = 45;

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar, for years from 0; `month` is 1 to 12. Years are taken to
 * begin in March, so that the leap day comes last. Whole-number arithmetic: sweeps read dates by the hundred thousand.
 */
export function dayNumber(year: number, month: number, day: number): number {
    const marchYear = month <= 2 ? year - 1 : year;
    const leapDays = (marchYear >> 2) - ((marchYear / 100) | 0) + ((marchYear / 400) | 0);
    const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
    return 365 * marchYear + leapDays + dayOfYear - 719_468;
}

export interface CalendarDay {
    readonly year: number;
    /** 1 to 12. */
    readonly month: number;
    readonly day: number;
}

export function calendarDay(dayNumber: number): CalendarDay {
    const shifted = dayNumber + 719_468;
    const era = Math.floor(shifted / 146_097);
    const dayOfEra = shifted - era * 146_097;
    const yearOfEra = Math.floor(
        (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
    );
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
    const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    return {
        year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
        month,
        day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    };
}

export function daysInMonth(year: number, month: number): number {
    if (month === 2) {
        return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
    }
    return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day number of a date that exists, years 1 to 9999; else undefined. Parts must be whole. */
export function existingDay(year: number, month: number, day: number): number | undefined {
    const exists =
        year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
    return exists ? dayNumber(year, month, day) : undefined;
}

/** The last day of a month stays the last day of a month, as on the platform: Feb 28 plus one month is Mar 31. */
export function addMonths(start: number, months: number): number {
    const { year, month, day } = calendarDay(start);
    const index = year * 12 + month - 1 + months;
    const newYear = Math.floor(index / 12);
    const newMonth = index - newYear * 12 + 1;
    const last = daysInMonth(newYear, newMonth);
    return dayNumber(newYear, newMonth, day === daysInMonth(year, month) ? last : Math.min(day, last));
}

/** 1 is Sunday, 7 is Saturday. */
export function weekday(dayNumber: number): number {
    return ((((dayNumber + 4) % 7) + 7) % 7) + 1;
}

/** `YYYY-MM-DD` (also `YYYY-M-D`) of a date that exists, as a day number; else undefined. */
export function parseDay(text: string): number | undefined {
    if (text.length !== 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) {
        const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
        return match === null ? undefined : existingDay(Number(match[1]), Number(match[2]), Number(match[3]));
    }
    const y1 = text.charCodeAt(0) - ZERO;
    const y2 = text.charCodeAt(1) - ZERO;
    const y3 = text.charCodeAt(2) - ZERO;
    const y4 = text.charCodeAt(3) - ZERO;
    const m1 = text.charCodeAt(5) - ZERO;
    const m2 = text.charCodeAt(6) - ZERO;
    const d1 = text.charCodeAt(8) - ZERO;
    const d2 = text.charCodeAt(9) - ZERO;
    // All digits, asked at once: none below 0, and none that 6 more would carry past 15.
    const low = y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2;
    const high = (y1 + 6) | (y2 + 6) | (y3 + 6) | (y4 + 6) | (m1 + 6) | (m2 + 6) | (d1 + 6) | (d2 + 6);
    if (low < 0 || high > 15) {
        return undefined;
    }
    const year = y1 * 1000 + y2 * 100 + y3 * 10 + y4;
    const month = m1 * 10 + m2;
    const day = d1 * 10 + d2;
    return day >= 1 && day <= 28 && month >= 1 && month <= 12 && year >= 1
        ? dayNumber(year, month, day)
        : existingDay(year, month, day);
}

const INSTANT =
    /^\s*(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3})\d*)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i;

/** ISO 8601 or `YYYY-MM-DD HH:MM:SS`, in UTC unless an offset is given, as milliseconds; else undefined. */
export function parseInstant(text: string): number | undefined {
    const match = INSTANT.exec(text);
    if (match === null) {
        return undefined;
    }
    const [, date = '', hours, minutes, seconds = '0', fraction = '', offset = 'Z'] = match;
    const day = parseDay(date);
    const time = timeOfDay(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')));
    return day === undefined || time === undefined ? undefined : day * DAY_MS + time - offsetMs(offset);
}

/** `HH:MM:SS.mmm`, also with a trailing Z, as milliseconds since midnight; else undefined. */
export function parseTime(text: string): number | undefined {
    const match = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?Z?\s*$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const [, hours, minutes, seconds = '0', fraction = ''] = match;
    return timeOfDay(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')));
}

function timeOfDay(hours: number, minutes: number, seconds: number, ms: number): number | undefined {
    return hours < 24 && minutes < 60 && seconds < 60 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms : undefined;
}

function offsetMs(offset: string): number {
    if (offset === 'Z' || offset === 'z') {
        return 0;
    }
    const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
    return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** `YYYY-MM-DD`, or undefined outside the years 0 to 9999. */
export function dayText(dayNumber: number): string | undefined {
    const { year, month, day } = calendarDay(dayNumber);
    return year < 0 || year > 9999 ? undefined : `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`, or undefined outside the years 0 to 9999. */
export function instantText(instant: number): string | undefined {
    const day = Math.floor(instant / DAY_MS);
    const date = dayText(day);
    return date === undefined ? undefined : `${date}T${timeText(instant - day * DAY_MS)}Z`;
}

/** `HH:MM:SS.mmm`. */
export function timeText(ms: number): string {
    const seconds = Math.floor(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    return `${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}:${pad(seconds % 60, 2)}.${pad(ms % 1000, 3)}`;
}

function pad(value: number, width: number): string {
    return String(value).padStart(width, '0');
}

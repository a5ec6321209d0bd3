/**
 * The calendar without Date objects. Inside a formula a Date is the number of days since 1970-01-01, a DateTime
 * milliseconds since then in UTC, a Time milliseconds since midnight.
 */

export const DAY_MS = 86_400_000;

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar, for years from 0; `month` is 1 to 12. Years are taken to
 * begin in March, so that the leap day comes last. Whole-number arithmetic: sweeps read dates by the hundred thousand.
 */
export function dayNumber(year: number, month: number, day: number): number {
    const marchYear = month <= 2 ? year - 1 : year;
    const leapDays = (marchYear >> 2) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
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
    if (text.length === 10 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45) {
        const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
        const month = twoDigits(text, 5);
        const day = twoDigits(text, 8);
        // Anything but digits makes its number NaN, which no comparison accepts.
        if (day >= 1 && day <= 28 && month >= 1 && month <= 12 && year >= 1) {
            return dayNumber(year, month, day);
        }
        return existingDay(year, month, day);
    }
    const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
    return match === null ? undefined : existingDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

function twoDigits(text: string, at: number): number {
    const tens = text.charCodeAt(at) - 48;
    const ones = text.charCodeAt(at + 1) - 48;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
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

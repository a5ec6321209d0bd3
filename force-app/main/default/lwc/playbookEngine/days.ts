/** Days and instants: which day an instant falls on in a time zone, and when a day starts and ends there. */

const MILLISECONDS_A_DAY = 86_400_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Clocks change on the quarter of an hour only, so an offset once found holds for its quarter. */
const QUARTER = 900_000;
const MOST_OFFSETS = 20_000;
/** A book of a million accounts speaks of a few thousand days, over and over. */
const MOST_DAYS = 20_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const numbers = new Map<string, number>();
const texts = new Map<number, string>();

/** Whether a text is a day that exists (`2026-02-30` does not). */
export function isDay(text: string): boolean {
    return !Number.isNaN(dayNumber(text));
}

/** Days from 1970-01-01, in which calendar arithmetic is done. NaN for a day that does not exist. */
export function dayNumber(day: string): number {
    let number = numbers.get(day);
    if (number === undefined) {
        const time = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
        number = !Number.isNaN(time) && toDay(time) === day ? time / MILLISECONDS_A_DAY : Number.NaN;
        remember(numbers, day, number);
    }
    return number;
}

export function addDays(day: string, count: number): string {
    return toDay((dayNumber(day) + count) * MILLISECONDS_A_DAY);
}

/** Days from one day to another, negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
    return dayNumber(to) - dayNumber(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: string): number {
    return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

/** The day (`YYYY-MM-DD`) that an instant (ISO, or milliseconds) falls on in a time zone. */
export function dayOf(instant: string | number, timeZone: string): string {
    const time = typeof instant === 'number' ? instant : Date.parse(instant);
    return toDay(time + offsetAt(time, timeZone));
}

/** Milliseconds of the first moment of a day in a time zone; where clocks skip midnight, the moment they skip to. */
export function startOfDay(day: string, timeZone: string): number {
    const asIfUtc = dayNumber(day) * MILLISECONDS_A_DAY;
    const before = asIfUtc - offsetAt(asIfUtc - MILLISECONDS_A_DAY, timeZone);
    const after = asIfUtc - offsetAt(asIfUtc + MILLISECONDS_A_DAY, timeZone);
    const [first, second] = before < after ? [before, after] : [after, before];
    return dayOf(first, timeZone) === day ? first : second;
}

/** Milliseconds of 23:59:59 of a day in a time zone: when something due on that day is due. */
export function endOfDay(day: string, timeZone: string): number {
    return startOfDay(addDays(day, 1), timeZone) - 1000;
}

/** ISO form of an instant in milliseconds; null for one that does not exist. */
export function toInstant(time: number): string | null {
    return toDay(time) === '' ? null : new Date(time).toISOString();
}

/** Milliseconds to add to UTC to read a clock on the wall. Throws RangeError for an unknown time zone. */
function offsetAt(time: number, timeZone: string): number {
    const quarter = Math.floor(time / QUARTER);
    if (!Number.isFinite(quarter)) {
        return Number.NaN;
    }
    let known = offsets.get(timeZone);
    if (known === undefined || known.size > MOST_OFFSETS) {
        known = new Map();
        offsets.set(timeZone, known);
    }
    let offset = known.get(quarter);
    if (offset === undefined) {
        offset = readOffset(quarter * QUARTER, timeZone);
        known.set(quarter, offset);
    }
    return offset;
}

function readOffset(time: number, timeZone: string): number {
    let formatter = formatters.get(timeZone);
    if (formatter === undefined) {
        formatter = new Intl.DateTimeFormat('en-US', {
            timeZone,
            hourCycle: 'h23',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric',
        });
        formatters.set(timeZone, formatter);
    }
    const wall: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const part of formatter.formatToParts(time)) {
        wall[part.type] = Number(part.value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = wall;
    return Date.UTC(year, month - 1, day, hour, minute, second) - time;
}

function toDay(time: number): string {
    if (!Number.isFinite(time) || Math.abs(time) >= 8e15) {
        return '';
    }
    const number = Math.floor(time / MILLISECONDS_A_DAY);
    let text = texts.get(number);
    if (text === undefined) {
        text = new Date(time).toISOString().slice(0, 10);
        remember(texts, number, text);
    }
    return text;
}

function remember<Key, Found>(known: Map<Key, Found>, key: Key, found: Found): void {
    if (known.size >= MOST_DAYS) {
        known.clear();
    }
    known.set(key, found);
}

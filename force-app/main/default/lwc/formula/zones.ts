import { DAY_MS, dayNumber, parseInstant } from './days';
import { FormulaError, type Clock } from './types';

/** Every offset of every zone changes on a quarter of an hour, so one look-up serves each quarter. */
const QUARTER_MS = 900_000;
const MOST_QUARTERS = 50_000;

interface Zone {
    readonly format: Intl.DateTimeFormat;
    /** UTC offset in milliseconds, by quarter of an hour. */
    readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** The day it is in a time zone at an instant (milliseconds), as a day number. Throws FormulaError for an unknown zone. */
export function localDay(instant: number, timeZone: string): number {
    return Math.floor((instant + offsetAt(instant, timeZone)) / DAY_MS);
}

let lastNow: string | undefined;
let lastInstant = 0;

/** The clock's instant in milliseconds. Throws FormulaError when it is not one. */
export function nowOf(clock: Clock): number {
    if (clock.now !== lastNow) {
        const instant = parseInstant(clock.now);
        if (instant === undefined) {
            throw clockError(`the clock reads "${clock.now}"; it needs an instant such as 2026-01-31T09:00:00.000Z`);
        }
        lastInstant = instant;
        lastNow = clock.now;
    }
    return lastInstant;
}

/** Today in the clock's time zone, as a day number. */
export function todayOf(clock: Clock): number {
    return localDay(nowOf(clock), clock.timeZone);
}

function offsetAt(instant: number, timeZone: string): number {
    const { format, offsets } = zoneOf(timeZone);
    const quarter = Math.floor(instant / QUARTER_MS);
    const known = offsets.get(quarter);
    if (known !== undefined) {
        return known;
    }
    const offset = measureOffset(quarter * QUARTER_MS, format);
    if (offsets.size >= MOST_QUARTERS) {
        offsets.clear();
    }
    offsets.set(quarter, offset);
    return offset;
}

function measureOffset(instant: number, format: Intl.DateTimeFormat): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) {
        parts[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return dayNumber(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 - instant;
}

function zoneOf(timeZone: string): Zone {
    const known = zones.get(timeZone);
    if (known !== undefined) {
        return known;
    }
    const zone = { format: formatFor(timeZone), offsets: new Map<number, number>() };
    zones.set(timeZone, zone);
    return zone;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
    try {
        return new Intl.DateTimeFormat('en-US', {
            timeZone,
            calendar: 'gregory',
            numberingSystem: 'latn',
            hourCycle: 'h23',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric',
        });
    } catch (error) {
        if (error instanceof RangeError) {
            throw clockError(`no time zone "${timeZone}"; write an IANA name such as Europe/Berlin`);
        }
        throw error;
    }
}

function clockError(message: string): FormulaError {
    return new FormulaError([{ message, position: 0, length: 1 }]);
}

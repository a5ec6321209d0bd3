/** Working days and working hours of an org's calendar. */
import { addDays, dayOf, endOfDay, startOfDay, weekday } from './days';
import type { Settings } from './types';

/** The org's working calendar in a time zone. */
export interface WorkingCalendar {
    readonly timeZone: string;
    isWorkingDay(day: string): boolean;
}

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
const MILLISECONDS_AN_HOUR = 3_600_000;
/** No calendar has this many days without work in a row; where one does, counting ends rather than running on. */
const LONGEST_REST = 400;

/** Without a single working day in the settings, Monday to Friday count (the settings are reported as a problem). */
export function workingCalendar(settings: Settings, timeZone: string): WorkingCalendar {
    const workingDays = new Set(settings.workingDays.length > 0 ? settings.workingDays : MONDAY_TO_FRIDAY);
    const holidays = new Set(settings.holidays);
    return { timeZone, isWorkingDay: (day) => workingDays.has(weekday(day)) && !holidays.has(day) };
}

/** The nearest working day from `day` on (itself included), forwards or backwards. */
export function workingDayFrom(day: string, direction: 1 | -1, calendar: WorkingCalendar): string {
    let found = day;
    for (let rest = 0; rest < LONGEST_REST && !calendar.isWorkingDay(found); rest += 1) {
        found = addDays(found, direction);
    }
    return found;
}

/**
 * The `count`-th working day after `day`, or before it when negative. Zero is the day itself or, when that is free, the next working
 * day (the one before, when counting towards a date: `towards` -1).
 */
export function addBusinessDays(day: string, count: number, towards: 1 | -1, calendar: WorkingCalendar): string {
    if (count === 0) {
        return workingDayFrom(day, towards, calendar);
    }
    const direction = count > 0 ? 1 : -1;
    let found = day;
    for (let left = Math.abs(count); left > 0; left -= 1) {
        found = workingDayFrom(addDays(found, direction), direction, calendar);
    }
    return found;
}

/**
 * The instant (milliseconds) at which so many hours of working days have passed since `time`, or before it when negative. A working
 * day has all its hours (24, on a change of clocks 23 or 25); free days pass over. Hours that run out with a working day end at its 23:59:59.
 */
export function addWorkingHours(time: number, hours: number, calendar: WorkingCalendar): number {
    const { timeZone } = calendar;
    const direction = hours < 0 ? -1 : 1;
    let left = Math.abs(hours) * MILLISECONDS_AN_HOUR;
    let at = time;
    let day = dayOf(time, timeZone);
    for (;;) {
        const working = workingDayFrom(day, direction, calendar);
        const start = startOfDay(working, timeZone);
        const end = startOfDay(addDays(working, 1), timeZone);
        if (working !== day) {
            at = direction > 0 ? start : end;
        }
        const available = direction > 0 ? end - at : at - start;
        if (left < available) {
            return at + direction * left;
        }
        if (left === available) {
            return direction > 0 ? endOfDay(working, timeZone) : start;
        }
        left -= available;
        day = addDays(working, direction);
        at = direction > 0 ? end : start;
    }
}

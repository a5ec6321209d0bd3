/** When a step is due, and what becomes of a plan that had passed before the run surfaced. */
import { addDays, dayOf, endOfDay, isDay, toInstant } from './days';
import type { Settings, Step } from './types';
import { addBusinessDays, addWorkingHours, type WorkingCalendar } from './workingTime';

export interface DueStart {
    /** When the run surfaced: milliseconds. */
    readonly surfacedAt: number;
    /** Day of the run's anchor; null when it has none. */
    readonly anchorOn: string | null;
    /** When the step before (or the one depended on) was answered, in milliseconds; null while it is open. */
    readonly previousAt: number | null;
}

export interface DueDate {
    readonly dueAt: string | null;
    readonly plannedOn: string | null;
}

const NOT_DUE: DueDate = { dueAt: null, plannedOn: null };
/** About twenty-seven years: whatever is due later than that is a mistake in the playbook, not a plan. */
const FURTHEST = 10_000;

/**
 * Days and business days end at 23:59:59 of the user's day; working hours run from the very instant (from an anchor: from the end of
 * its day). A day that lies before the one on which the run surfaced becomes the org's late start, counted from surfacing, but
 * never later than the anchor itself; `plannedOn` then tells the day that was planned.
 */
export function dueDate(step: Step, start: DueStart, settings: Settings, calendar: WorkingCalendar): DueDate {
    const { timeZone } = calendar;
    const from = startOf(step, start, timeZone);
    const planned = from === null ? Number.NaN : planOf(step, from, calendar);
    if (Number.isNaN(planned)) {
        return NOT_DUE;
    }
    const surfacedOn = dayOf(start.surfacedAt, timeZone);
    const plannedOn = dayOf(planned, timeZone);
    if (plannedOn >= surfacedOn) {
        return { dueAt: toInstant(planned), plannedOn: null };
    }
    let late = addBusinessDays(surfacedOn, Math.max(0, settings.lateStartDays), 1, calendar);
    const { anchorOn } = start;
    if (
        step.dueFrom === 'Anchor' &&
        anchorOn !== null &&
        anchorOn >= surfacedOn &&
        anchorOn < late &&
        dueBefore(step)
    ) {
        late = anchorOn;
    }
    return { dueAt: toInstant(endOfDay(late, timeZone)), plannedOn };
}

/** When the next occurrence of a repeated step is due: the end of the day so many days after its last answer. */
export function nextOccurrenceDue(answeredAt: string, everyDays: number, timeZone: string): string | null {
    const time = Date.parse(answeredAt);
    if (Number.isNaN(time) || Math.abs(everyDays) > FURTHEST) {
        return null;
    }
    return toInstant(endOfDay(addDays(dayOf(time, timeZone), Math.round(everyDays)), timeZone));
}

function dueBefore(step: Step): boolean {
    return (step.dueOffset ?? 0) <= 0;
}

function startOf(step: Step, start: DueStart, timeZone: string): number | null {
    switch (step.dueFrom) {
        case 'Anchor':
            return start.anchorOn !== null && isDay(start.anchorOn) ? endOfDay(start.anchorOn, timeZone) : null;
        case 'Previous step':
            return start.previousAt;
        case 'Start':
        case null:
            return start.surfacedAt;
    }
}

function planOf(step: Step, from: number, calendar: WorkingCalendar): number {
    const { dueOffset, dueUnit } = step;
    if (dueOffset === null || !Number.isFinite(dueOffset) || Math.abs(dueOffset) > FURTHEST) {
        return Number.NaN;
    }
    const day = dayOf(from, calendar.timeZone);
    switch (dueUnit ?? 'Days') {
        case 'Working hours':
            return addWorkingHours(from, dueOffset, calendar);
        case 'Days':
            return endOfDay(addDays(day, Math.round(dueOffset)), calendar.timeZone);
        case 'Business days': {
            const towards = step.dueFrom === 'Anchor' ? -1 : 1;
            return endOfDay(addBusinessDays(day, Math.round(dueOffset), towards, calendar), calendar.timeZone);
        }
    }
}

/**
 * Dates, numbers and texts with blanks, in the user's language, currency and time zone.
 * Formatters are made once: making one takes longer than using it a thousand times.
 */
import LANGUAGE from '@salesforce/label/c.Playbook_Language';
import JUST_NOW from '@salesforce/label/c.Playbook_Just_Now';
import LOCALE from '@salesforce/i18n/locale';
import CURRENCY from '@salesforce/i18n/currency';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { formatsFor, type Formats } from 'c/playbookEngine';

const compactAmounts = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: CURRENCY,
    notation: 'compact',
    maximumFractionDigits: 1,
});
const shortDays = new Intl.DateTimeFormat(LOCALE, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: TIME_ZONE,
});
/** A day is a day: its name must not depend on the time zone that it is read in. */
const daysOfYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: TIME_ZONE,
});
const isoDays = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: TIME_ZONE,
});
const MS_A_DAY = 86_400_000;

/** How the engine writes values for this user: digits, dates and money by locale, words ("12 days") by the language that the labels around them are in, which need not be the user's. */
const inLanguage = formatsFor(LANGUAGE, CURRENCY, TIME_ZONE);
const agoInLanguage = new Intl.RelativeTimeFormat(LANGUAGE);
export const FORMATS: Formats = {
    ...formatsFor(LOCALE, CURRENCY, TIME_ZONE),
    days: (count) => inLanguage.days(count),
};
export const formatCompactCurrency = (value: number): string => compactAmounts.format(value);
/** `instant`: ISO 8601; gives the day in the user's time zone, without the year. */
export const formatShortDay = (instant: string): string => shortDays.format(new Date(instant));
/** `day`: `YYYY-MM-DD`; "3 Dec". */
export const formatDayOfYear = (day: string): string => daysOfYear.format(new Date(day));
export const formatMoment = (instant: string): string => moments.format(new Date(instant));

/** How long ago an instant was, in the unit that fits: "just now", "40 minutes ago", "3 hours ago", from two days on "2 days ago". */
export function formatAgo(instant: string, now: string): string {
    const minutes = Math.max(0, Math.round((Date.parse(now) - Date.parse(instant)) / 60_000));
    if (minutes === 0) return JUST_NOW;
    if (minutes < 60) return agoInLanguage.format(-minutes, 'minute');
    const hours = Math.round(minutes / 60);
    return hours < 48 ? agoInLanguage.format(-hours, 'hour') : agoInLanguage.format(-Math.floor(hours / 24), 'day');
}

/** The day (`YYYY-MM-DD`) that an instant falls on for the user. */
export const dayOf = (instant: string): string => isoDays.format(new Date(instant));
/** Whole days from one day to another; negative when `to` lies before `from`. */
export const daysBetween = (from: string, to: string): number =>
    Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_A_DAY);
/** The day `count` days after `day`. */
export const dayAfter = (day: string, count: number): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + count * MS_A_DAY).toISOString().slice(0, 10);

/** Puts values into a label's {0}, {1}, …; a place without a value stays as it is, so that a mistake is seen. */
export function fill(label: string, ...values: readonly (string | number)[]): string {
    return label.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}

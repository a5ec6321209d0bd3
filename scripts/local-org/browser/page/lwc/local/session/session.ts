/** Who is signed in, and what follows from their locale. Filled before any component is evaluated. */
import type { Boot } from '../../../../../page-contract.ts';

let current: Boot | undefined;
let facts: LocaleFacts | undefined;

export function startSession(boot: Boot): void {
    current = boot;
    facts = undefined;
}

export function session(): Boot {
    if (!current) throw new Error('The session is not known yet: a module was evaluated before /local/boot answered.');
    return current;
}

/** Values of `@salesforce/i18n/…` and `@salesforce/client/formFactor`. Date and time formats are patterns such as `MMM d, yyyy`. */
export type LocaleFacts = Readonly<Record<string, string | number>>;

/** Below this width the platform serves its phone layout. */
const PHONE_WIDTH = 768;

export function localeFacts(): LocaleFacts {
    facts ??= factsOf(session());
    return facts;
}

function factsOf({ user }: Boot): LocaleFacts {
    const { locale, language, currency, timeZone } = user;
    const number = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(-1234567.8);
    const part = (type: Intl.NumberFormatPartTypes): string => number.find((p) => p.type === type)?.value ?? '';
    const formats: Record<string, string> = {};
    for (const length of ['short', 'medium', 'long'] as const) {
        formats[`dateTime.${length}DateFormat`] = pattern(locale, { dateStyle: length });
        formats[`dateTime.${length}TimeFormat`] = pattern(locale, { timeStyle: length === 'long' ? 'medium' : length });
        formats[`dateTime.${length}DateTimeFormat`] =
            `${pattern(locale, { dateStyle: length })}, ${pattern(locale, { timeStyle: length === 'long' ? 'medium' : length })}`;
    }
    return {
        locale,
        lang: language,
        dir: 'ltr',
        currency,
        timeZone,
        firstDayOfWeek: firstDayOfWeek(locale),
        'number.decimalSeparator': part('decimal'),
        'number.groupingSeparator': part('group'),
        'number.currencySymbol': part('currency'),
        ...formats,
        formFactor: window.innerWidth < PHONE_WIDTH ? 'Small' : 'Large',
    };
}

/** 1 = Sunday, as the platform counts. */
function firstDayOfWeek(locale: string): number {
    const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
    const isoDay = info.getWeekInfo?.().firstDay ?? 7;
    return (isoDay % 7) + 1;
}

/** The letters that the base components' date inputs read, found by formatting a day whose parts cannot be confused. */
function pattern(locale: string, options: Intl.DateTimeFormatOptions): string {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    const parts = format.formatToParts(new Date(Date.UTC(2026, 2, 5, 9, 7, 8)));
    const twelveHours = parts.some((part) => part.type === 'dayPeriod');
    return parts
        .map(({ type, value }) => {
            switch (type) {
                case 'day':
                    return 'd'.repeat(value.length);
                case 'month':
                    return /\d/.test(value) ? 'M'.repeat(value.length) : value.length <= 4 ? 'MMM' : 'MMMM';
                case 'year':
                    return value.length === 2 ? 'yy' : 'yyyy';
                case 'hour':
                    return (twelveHours ? 'h' : 'H').repeat(value.length);
                case 'minute':
                    return 'mm';
                case 'second':
                    return 'ss';
                case 'dayPeriod':
                    return 'a';
                default:
                    return value.replaceAll('\u202f', ' ');
            }
        })
        .join('');
}

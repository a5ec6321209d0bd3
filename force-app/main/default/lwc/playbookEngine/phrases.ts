/** Reasons in words. The words themselves are the page's (custom labels); this decides which sentence and which values. */
import type { Value } from 'c/formula';
import type { Formats, PhraseKey, Phrases } from './inputs';
import { LENGTHS } from './records';
import type { FigureName, Match, Reason } from './types';

/** A reason as a sentence without a full stop: "Health is 48 (limit 60)". */
export function phraseReason(reason: Reason, phrases: Phrases, format: Formats): string {
    const { key, actual, limit } = sentenceOf(reason, phrases, format);
    const date = valueText(reason.actual, reason.type, phrases, format);
    return fill(phrases[key], [actual, limit, date, reason.label]);
}

/** All reasons of a match and its explanation as running text, short enough for the run's reason field. */
export function joinReasons(match: Pick<Match, 'reasons' | 'explanation'>, phrases: Phrases, format: Formats): string {
    const sentences = match.reasons.map((reason) => phraseReason(reason, phrases, format));
    const all = match.explanation === null ? sentences : [...sentences, match.explanation];
    const text = all.map((sentence) => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)).join(' ');
    return text.length > LENGTHS.reason ? `${text.slice(0, LENGTHS.reason - 1)}…` : text;
}

/** Formats of a locale (`en-GB`), a currency (`EUR`) and a time zone (IANA), for pages and tools that bring none of their own. */
export function formatsFor(locale: string, currency: string, timeZone: string): Formats {
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
    const money = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 });
    const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
    return {
        number: remembered((value) => number.format(value)),
        percent: remembered((fraction) => percent.format(fraction)),
        currency: remembered((value) => money.format(value)),
        days: remembered((count) => days.format(count)),
        date: remembered((day) => orAsIs(day, `${day}T00:00:00Z`, date)),
        dateTime: (instant) => orAsIs(instant, instant, dateTime),
    };
}

/** A sweep puts a whole book into words, with the same days and percentages over and over; formatting takes microseconds each. */
const MOST_REMEMBERED = 5000;

function remembered<Given>(format: (value: Given) => string): (value: Given) => string {
    const known = new Map<Given, string>();
    return (value) => {
        let text = known.get(value);
        if (text === undefined) {
            text = format(value);
            if (known.size >= MOST_REMEMBERED) {
                known.clear();
            }
            known.set(value, text);
        }
        return text;
    };
}

/**
 * A value as text. `value` is as inside a formula (a Percent is a fraction). Blank is the phrase for it, a text or a pick stands as it is.
 */
export function valueText(
    value: Value,
    type: Reason['type'],
    phrases: Pick<Phrases, 'blank'>,
    format: Formats,
): string {
    if (value === null || value === '') {
        return phrases.blank;
    }
    if (typeof value === 'number') {
        if (type === 'Percent') {
            return format.percent(value);
        }
        return type === 'Currency' ? format.currency(value) : format.number(value);
    }
    if (type === 'Date') {
        return format.date(String(value));
    }
    if (type === 'DateTime') {
        return format.dateTime(String(value));
    }
    return type === 'MultiPicklist' ? String(value).split(';').join(', ') : String(value);
}

interface Sentence {
    readonly key: PhraseKey;
    readonly actual: string;
    readonly limit: string;
}

const PAST_DATES: Readonly<Partial<Record<FigureName, PhraseKey>>> = {
    ChampionLeftOn: 'championLeft',
    CompetitorNamedOn: 'competitorNamed',
    NoticeGivenOn: 'noticeGiven',
    NPSOn: 'surveyAnswered',
    ReviewedOn: 'reviewHeld',
};

/** Scores whose fall is the risk: below the limit of a rule it was broken, above it it was met. */
const SCORES: Readonly<Partial<Record<FigureName, { readonly below: PhraseKey; readonly above: PhraseKey }>>> = {
    Health: { below: 'healthIs', above: 'healthAt' },
    NPS: { below: 'npsIs', above: 'npsAt' },
};

function sentenceOf(reason: Reason, phrases: Phrases, format: Formats): Sentence {
    const { actual, actualDays, figure, limit, limitDays, operator, type } = reason;
    if (operator === 'other' || operator === '=' || operator === '<>') {
        return {
            key: operator === '<>' ? 'fieldIsNot' : 'fieldEquals',
            actual: valueText(actual, type, phrases, format),
            limit: valueText(limit, type, phrases, format),
        };
    }
    if (actualDays !== null && limitDays !== null) {
        return {
            key: dateKey(figure, actualDays),
            actual: format.days(Math.abs(actualDays)),
            limit: format.days(Math.abs(limitDays)),
        };
    }
    if (figure === 'UsageChange' && typeof actual === 'number' && typeof limit === 'number') {
        const percent = (fraction: number): string => format.percent(Math.abs(fraction));
        return { key: actual < 0 ? 'usageFell' : 'usageRose', actual: percent(actual), limit: percent(limit) };
    }
    const score = figure === null ? undefined : SCORES[figure];
    return {
        key: score?.[operator === '>' || operator === '>=' ? 'above' : 'below'] ?? 'fieldIs',
        actual: valueText(actual, type, phrases, format),
        limit: valueText(limit, type, phrases, format),
    };
}

function dateKey(figure: FigureName | null, days: number): PhraseKey {
    const past = figure === null ? undefined : PAST_DATES[figure];
    if (past !== undefined && days <= 0) {
        return past;
    }
    if (days === 0) {
        return figure === 'Renewal' ? 'renewalToday' : 'dateToday';
    }
    if (days > 0) {
        return figure === 'Renewal' ? 'renewalAhead' : 'dateAhead';
    }
    return figure === 'Renewal' ? 'renewalPast' : 'datePast';
}

/** Puts values in for {0}, {1}, …; values are taken literally, whatever they hold. */
function fill(template: string, values: readonly string[]): string {
    return template.replace(/\{(\d)\}/g, (placeholder, index: string) => values[Number(index)] ?? placeholder);
}

/** A date that does not exist is shown as it was read. */
function orAsIs(text: string, instant: string, formatter: Intl.DateTimeFormat): string {
    const time = Date.parse(instant);
    return Number.isNaN(time) ? text : formatter.format(time);
}

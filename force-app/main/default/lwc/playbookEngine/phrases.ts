import type { Formats, Phrases } from './inputs';
import type { Match, Reason } from './types';
/** A reason as a sentence without a full stop: "Health is 48 (limit 60)". */
export function phraseReason(reason: Reason, phrases: Phrases, format: Formats): string {
    throw new Error(`Not built yet: ${String([reason, phrases, format])}`);
}
/** All reasons of a match and its explanation as running text, short enough for the run's reason field. */
export function joinReasons(match: Match, phrases: Phrases, format: Formats): string {
    throw new Error(`Not built yet: ${String([match, phrases, format])}`);
}
/** Formats of a locale (`en-GB`), a currency (`EUR`) and a time zone (IANA). */
export function formatsFor(locale: string, currency: string, timeZone: string): Formats {
    throw new Error(`Not built yet: ${String([locale, currency, timeZone])}`);
}

/** A replay keeps no reasons in words: nobody reads them. */
import { formatsFor } from 'c/playbookEngine';
import type { Phrases } from 'c/playbookEngine';

export const REPLAY_FORMATS = formatsFor('en-GB', 'EUR', 'UTC');
export const REPLAY_PHRASES: Phrases = {
    usageFell: '{3}',
    usageRose: '{3}',
    healthIs: '{3}',
    healthAt: '{3}',
    npsIs: '{3}',
    npsAt: '{3}',
    renewalAhead: '{3}',
    renewalToday: '{3}',
    renewalPast: '{3}',
    championLeft: '{3}',
    competitorNamed: '{3}',
    noticeGiven: '{3}',
    surveyAnswered: '{3}',
    reviewHeld: '{3}',
    fieldIs: '{3}',
    fieldEquals: '{3}',
    fieldIsNot: '{3}',
    dateAhead: '{3}',
    dateToday: '{3}',
    datePast: '{3}',
    blank: '',
};

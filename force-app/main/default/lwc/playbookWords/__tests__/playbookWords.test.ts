import { TIERS } from 'c/playbookEngine';
import {
    OUTCOME_WORDS,
    PHRASES,
    TIER_ICONS,
    TIER_LABELS,
    heldWords,
    isLasting,
    messageFor,
    saveMessageFor,
} from 'c/playbookWords';

describe('failed reads', () => {
    it.each(['no-access', 'no-configuration', 'not-found'] as const)(
        '%s lasts, so there is no trying again',
        (kind) => {
            const message = messageFor({ kind, messages: ['the org says'] });
            expect(isLasting({ kind, messages: [] })).toBe(true);
            expect(message).toMatchObject({ action: '', details: [] });
            expect(message.heading).not.toBe('');
        },
    );

    it.each(['offline', 'rejected', 'unknown'] as const)('%s can be tried again, and the org is quoted', (kind) => {
        expect(messageFor({ kind, messages: ['the org says'] })).toMatchObject({
            action: 'Try again',
            details: ['the org says'],
        });
    });
});

describe('failed writes', () => {
    it('say that nothing was lost, and whether the connection is to blame', () => {
        const offline = saveMessageFor({ kind: 'offline', messages: [] });
        const refused = saveMessageFor({ kind: 'rejected', messages: ['Too long'] });
        expect(offline.text).not.toBe(refused.text);
        expect(refused).toMatchObject({ details: ['Too long'], action: 'Try again' });
    });
});

describe('words', () => {
    it('there is one for every tier and outcome, each different', () => {
        for (const words of [TIERS.map((tier) => TIER_LABELS[tier]), TIERS.map((tier) => TIER_ICONS[tier])]) {
            expect(new Set(words).size).toBe(TIERS.length);
        }
        const outcomes = Object.values(OUTCOME_WORDS).map(({ label }) => label);
        expect(new Set(outcomes).size).toBe(10);
    });

    it('sentences have a place for the value that they speak of', () => {
        for (const sentence of [PHRASES.usageFell, PHRASES.healthIs, PHRASES.fieldIs])
            expect(sentence).toContain('{0}');
    });
});

test.each([
    ['critical', { why: 'critical', until: null, by: 'At-Risk' }, 'Waits while At-Risk is critical'],
    [
        'contact',
        { why: 'contact', until: '2026-11-28', by: 'Renewal' },
        'Waits until Nov 28, 2026: the customer was just spoken to (Renewal)',
    ],
    ['stale', { why: 'stale', until: null, by: null }, 'No alarm: the figures of Oct 3, 2026 are too old'],
    ['snoozed', { why: 'snoozed', until: '2026-12-01', by: null }, 'Put aside until Dec 1, 2026'],
] as const)('a prompt that is held back says why: %s', (_why, held, words) => {
    expect(heldWords(held, '2026-10-03')).toBe(words);
});

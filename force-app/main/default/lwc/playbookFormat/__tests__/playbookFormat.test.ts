import {
    FORMATS,
    dayAfter,
    dayOf,
    daysBetween,
    fill,
    formatCompactCurrency,
    formatDayOfYear,
    formatMoment,
    formatShortDay,
} from '../playbookFormat';

/** The platform's stand-ins in unit tests: en-US, USD, America/Los_Angeles. */
describe('c/playbookFormat', () => {
    it('writes instants as days and moments of the user’s time zone', () => {
        expect(formatShortDay('2026-11-21T03:00:00.000Z')).toBe('Fri, Nov 20');
        expect(formatMoment('2026-11-21T18:05:00.000Z')).toBe('Nov 21, 10:05 AM');
        expect(dayOf('2026-11-21T03:00:00.000Z')).toBe('2026-11-20');
        expect(dayOf('2026-11-21T12:00:00.000Z')).toBe('2026-11-21');
    });

    it('writes a day as that day, wherever the user is', () => {
        expect(formatDayOfYear('2026-12-03')).toBe('Dec 3');
    });

    it.each<[day: string, count: number, other: string]>([
        ['2026-11-21', 1, '2026-11-22'],
        ['2026-12-31', 1, '2027-01-01'],
        ['2028-02-28', 7, '2028-03-06'],
        ['2026-03-28', 2, '2026-03-30'],
    ])('counts from %s on by %i', (day, count, other) => {
        expect(dayAfter(day, count)).toBe(other);
    });

    it('writes amounts short', () => {
        expect(formatCompactCurrency(120000)).toBe('$120K');
        expect(formatCompactCurrency(1250000)).toBe('$1.3M');
        expect(formatCompactCurrency(0)).toBe('$0');
    });

    it('writes values as the engine needs them', () => {
        expect(FORMATS.percent(-0.42)).toBe('-42%');
        expect(FORMATS.number(1200)).toBe('1,200');
        expect(FORMATS.days(1)).toBe('1 day');
        expect(FORMATS.days(52)).toBe('52 days');
    });

    it.each<[from: string, to: string, days: number]>([
        ['2026-11-21', '2026-11-21', 0],
        ['2026-11-21', '2026-12-01', 10],
        ['2026-11-21', '2026-11-14', -7],
        ['2026-03-28', '2026-03-30', 2],
        ['2028-02-28', '2028-03-01', 2],
    ])('counts the days from %s to %s', (from, to, days) => {
        expect(daysBetween(from, to)).toBe(days);
    });

    it.each<[label: string, values: readonly (string | number)[], text: string]>([
        ['{0} of {1}', [1, 4], '1 of 4'],
        ['{1}, {0}, {1}', ['a', 'b'], 'b, a, b'],
        ['{0} and {1}', ['one'], 'one and {1}'],
        ['{0}', ['{1}', 'x'], '{1}'],
        ['{0}', ['$&'], '$&'],
        ['{0}', [0], '0'],
        ['plain', ['unused'], 'plain'],
    ])('fills %j with %j', (label, values, text) => {
        expect(fill(label, ...values)).toBe(text);
    });
});

import { impactLine, rateOf, wilsonLowerBound } from '../rates';

describe('wilsonLowerBound', () => {
    // Lower ends as tables of the score interval give them (z = 1.96).
    test.each([
        [0, 10, 0],
        [10, 10, 0.7225],
        [8, 10, 0.4902],
        [2, 2, 0.3424],
        [18, 20, 0.699],
        [1, 1, 0.2065],
        [50, 100, 0.4038],
    ])('of %i of %i', (hits, of, expected) => {
        expect(wilsonLowerBound(hits, of)).toBeCloseTo(expected, 4);
    });

    test('is never above the rate, and comes nearer with the count', () => {
        let before = 0;
        for (const of of [4, 8, 16, 64, 1024, 1_000_000]) {
            const bound = wilsonLowerBound(of / 2, of) ?? 0;
            expect(bound).toBeGreaterThan(before);
            expect(bound).toBeLessThan(0.5);
            before = bound;
        }
        expect(before).toBeCloseTo(0.5, 2);
    });

    test('is never negative, and nothing without a count', () => {
        for (const of of [1, 3, 7, 1000]) {
            expect(wilsonLowerBound(0, of)).toBe(0);
        }
        expect(wilsonLowerBound(0, 0)).toBeNull();
    });
});

describe('rateOf', () => {
    test('stands with its count', () => {
        expect(rateOf(3, 12, 10)).toMatchObject({ hits: 3, of: 12, rate: 0.25, few: false });
    });

    test.each([
        [9, true],
        [10, false],
    ])('over %i runs', (of, few) => {
        expect(rateOf(1, of, 10).few).toBe(few);
    });

    test('is no rate of nothing, which is no 0 %', () => {
        expect(rateOf(0, 0, 10)).toEqual({ hits: 0, of: 0, rate: null, lowerBound: null, few: true });
    });
});

describe('impactLine', () => {
    const counts = { saved: 14, lost: 4, letGo: 1, recoveredUnworked: 6, lostUnworked: 9 };

    test('tells both sides with their counts', () => {
        expect(impactLine(counts, 10)).toEqual({
            worked: { hits: 14, of: 19 },
            unworked: { hits: 6, of: 15 },
            show: true,
        });
    });

    test.each([
        ['few worked', { ...counts, saved: 4 }, 10],
        ['few unworked', { ...counts, lostUnworked: 3 }, 10],
        ['none at all', { saved: 0, lost: 0, letGo: 0, recoveredUnworked: 0, lostUnworked: 0 }, 0],
    ])('is left out with %s', (_, few, smallCount) => {
        expect(impactLine(few, smallCount).show).toBe(false);
    });
});

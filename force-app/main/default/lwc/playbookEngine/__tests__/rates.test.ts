import { impactLine } from '../rates';

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

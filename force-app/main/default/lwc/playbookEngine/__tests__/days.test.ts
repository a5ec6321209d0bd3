import { addDays, dayOf, daysBetween, endOfDay, isDay, startOfDay, weekday } from '../days';

const at = (time: number): string => new Date(time).toISOString();

test.each([
    ['2026-11-21', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['', false],
    ['soon', false],
])('%j is a day: %j', (text, expected) => {
    expect(isDay(text)).toBe(expected);
});

test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-29', -1, '2026-03-28'],
])('%s and %i days is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(count);
});

test.each([
    ['2026-11-21', 6],
    ['1969-12-31', 3],
    ['2028-02-29', 2],
])('%s is weekday %i', (day, expected) => {
    expect(weekday(day)).toBe(expected);
});

describe('a day in a time zone', () => {
    test.each([
        ['2026-11-21T23:30:00Z', 'Europe/Berlin', '2026-11-22'],
        ['2026-11-21T23:30:00Z', 'America/New_York', '2026-11-21'],
        ['2026-11-21T18:29:59Z', 'Asia/Kolkata', '2026-11-21'],
        ['2026-11-21T18:30:00Z', 'Asia/Kolkata', '2026-11-22'],
        ['2028-02-28T23:00:00Z', 'Europe/Berlin', '2028-02-29'],
        ['2026-11-21T00:00:00Z', 'Pacific/Kiritimati', '2026-11-21'],
        ['2026-11-21T00:00:00Z', 'Pacific/Pago_Pago', '2026-11-20'],
    ])('%s in %s is %s', (instant, timeZone, expected) => {
        expect(dayOf(instant, timeZone)).toBe(expected);
    });

    test.each([
        [
            'summer begins in Berlin',
            '2026-03-29',
            'Europe/Berlin',
            '2026-03-28T23:00:00.000Z',
            '2026-03-29T21:59:59.000Z',
        ],
        [
            'summer ends in Berlin',
            '2026-10-25',
            'Europe/Berlin',
            '2026-10-24T22:00:00.000Z',
            '2026-10-25T22:59:59.000Z',
        ],
        [
            'summer begins in New York',
            '2026-03-08',
            'America/New_York',
            '2026-03-08T05:00:00.000Z',
            '2026-03-09T03:59:59.000Z',
        ],
        [
            'summer ends in New York',
            '2026-11-01',
            'America/New_York',
            '2026-11-01T04:00:00.000Z',
            '2026-11-02T04:59:59.000Z',
        ],
        ['half an hour off', '2026-11-21', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z', '2026-11-21T18:29:59.000Z'],
        [
            'clocks skip midnight in Beirut',
            '2026-03-29',
            'Asia/Beirut',
            '2026-03-28T22:00:00.000Z',
            '2026-03-29T20:59:59.000Z',
        ],
        [
            'midnight comes twice in Havana',
            '2026-11-01',
            'America/Havana',
            '2026-11-01T04:00:00.000Z',
            '2026-11-02T04:59:59.000Z',
        ],
    ])('%s', (_name, day, timeZone, start, end) => {
        expect(at(startOfDay(day, timeZone))).toBe(start);
        expect(at(endOfDay(day, timeZone))).toBe(end);
    });

    test('every day of a year starts and ends on itself, and days join without a gap', () => {
        for (const timeZone of [
            'Europe/Berlin',
            'America/New_York',
            'Asia/Kolkata',
            'Asia/Beirut',
            'Australia/Lord_Howe',
        ]) {
            for (let day = '2028-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
                const start = startOfDay(day, timeZone);
                const end = endOfDay(day, timeZone);
                expect([day, dayOf(start, timeZone), dayOf(end, timeZone)]).toEqual([day, day, day]);
                expect([day, dayOf(start - 1000, timeZone)]).toEqual([day, addDays(day, -1)]);
                expect(startOfDay(addDays(day, 1), timeZone) - end).toBe(1000);
            }
        }
    });
});

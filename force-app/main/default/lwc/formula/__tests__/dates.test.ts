import type { Clock } from '../formula';
import { evaluated } from './evaluation';

describe('dates', () => {
    it.each([
        ['DATE(2024, 2, 29)', '2024-02-29'],
        ['DATE(2024.9, 3.5, 2.5)', '2024-03-02'],
        ['DATE(2024, 2, 29) + 1', '2024-03-01'],
        ['1 + DATE(2024, 2, 29)', '2024-03-01'],
        ['DATE(2024, 3, 1) - 1.9', '2024-02-29'],
        ['DATE(2024, 3, 1) - DATE(2023, 3, 1)', 366],
        ['DATE(1900, 3, 1) - 1', '1900-02-28'],
        ['DATEVALUE("2024-02-29")', '2024-02-29'],
        ['DATEVALUE("2024-2-9")', '2024-02-09'],
        ['DATETIMEVALUE("2024-02-29 10:00:00")', '2024-02-29T10:00:00.000Z'],
        ['DATETIMEVALUE("2024-02-29T10:00:00+01:00")', '2024-02-29T09:00:00.000Z'],
        ['DATETIMEVALUE("2024-02-29 10:00:00") + 0.25', '2024-02-29T16:00:00.000Z'],
        // To the second, as on the platform.
        ['DATETIMEVALUE("2009-02-07 10:00:00") + 0.16666', '2009-02-07T13:59:59.000Z'],
        ['DATETIMEVALUE("2009-02-07 10:00:00") - 0.166666', '2009-02-07T06:00:00.000Z'],
        ['DATETIMEVALUE("2024-03-01 12:00:00") - DATETIMEVALUE("2024-02-29 00:00:00")', 1.5],
        ['YEAR(DATE(2024, 2, 29)) * 10000 + MONTH(DATE(2024, 2, 29)) * 100 + DAY(DATE(2024, 2, 29))', 20240229],
        ['WEEKDAY(DATE(2026, 11, 22))', 1],
        ['WEEKDAY(DATE(1969, 12, 31))', 4],
        ['ADDMONTHS(DATE(2023, 1, 31), 1)', '2023-02-28'],
        ['ADDMONTHS(DATE(2023, 2, 28), 1)', '2023-03-31'],
        ['ADDMONTHS(DATE(2024, 2, 28), 1)', '2024-03-28'],
        ['ADDMONTHS(DATE(2024, 1, 15), -13)', '2022-12-15'],
        ['ADDMONTHS(DATE(2024, 1, 15), 1.9)', '2024-02-15'],
        ['ADDMONTHS(DATETIMEVALUE("2004-12-31 11:32:00"), 3)', '2005-03-31T11:32:00.000Z'],
        ['DATE(2024, 1, 1) < DATE(2024, 1, 2)', true],
        ['DATE(2024, 1, 1) = DATE(2024, 1, 1)', true],
    ])('%s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it.each([
        ['DATE(2023, 2, 29)', 'DATE(2023, 2, 29) does not exist'],
        ['DATE(1900, 2, 29)', 'DATE(1900, 2, 29) does not exist'],
        ['DATE(10000, 1, 1)', 'DATE(10000, 1, 1) does not exist'],
        ['DATE(2023, 0, 1)', 'DATE(2023, 0, 1) does not exist'],
        ['DATEVALUE("2023-02-29")', 'DATEVALUE cannot read "2023-02-29"'],
        ['DATEVALUE("29.02.2024")', 'DATEVALUE cannot read "29.02.2024"'],
        ['DATEVALUE("20x4-02-29")', 'DATEVALUE cannot read "20x4-02-29"'],
        ['DATETIMEVALUE("2024-02-29 24:00:00")', 'DATETIMEVALUE cannot read "2024-02-29 24:00:00"'],
        ['DATETIMEVALUE("2024-02-29")', 'DATETIMEVALUE cannot read "2024-02-29"'],
        ['DATE(9999, 12, 31) + 1', 'the date is outside the years 0 to 9999'],
        ['TEXT(DATE(9999, 12, 31) + 1)', 'the date is outside the years 0 to 9999'],
    ])('refuses %s', (source, message) => {
        expect(() => evaluated(source)).toThrow(message);
    });

    it('agrees with the calendar of the machine on every day of 130 years', () => {
        const start = Date.UTC(1969, 0, 1);
        const source = 'TEXT(Renewal__c + 1) & TEXT(WEEKDAY(Renewal__c))';
        for (let day = 0; day < 130 * 365; day += 13) {
            const date = new Date(start + day * 86_400_000);
            const next = new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10);
            const values = { Renewal__c: date.toISOString().slice(0, 10) };
            expect(evaluated(source, values)).toBe(`${next}${date.getUTCDay() + 1}`);
        }
    });

    const at = (now: string, timeZone: string): { clock: Clock } => ({ clock: { now, timeZone } });

    it.each([
        ['2026-03-28T22:59:59.000Z', 'Europe/Berlin', '2026-03-28'],
        ['2026-03-28T23:00:00.000Z', 'Europe/Berlin', '2026-03-29'],
        ['2026-03-29T21:59:59.000Z', 'Europe/Berlin', '2026-03-29'],
        ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
        ['2026-01-01T04:59:59.000Z', 'America/New_York', '2025-12-31'],
        ['2026-01-01T18:30:00.000Z', 'Asia/Kolkata', '2026-01-02'],
        ['2026-01-01T18:14:59.000Z', 'Asia/Kathmandu', '2026-01-01'],
        ['2026-01-01T18:15:00.000Z', 'Asia/Kathmandu', '2026-01-02'],
        ['2026-01-01T00:00:00Z', 'UTC', '2026-01-01'],
    ])('at %s it is in %s %s', (now, timeZone, expected) => {
        expect(evaluated('TODAY()', {}, at(now, timeZone))).toBe(expected);
        expect(evaluated('DATEVALUE(Created__c)', { Created__c: now }, at('2000-01-01T00:00:00Z', timeZone))).toBe(
            expected,
        );
    });

    it('follows the clock from one evaluation to the next', () => {
        const source = 'Renewal__c - TODAY()';
        const values = { Renewal__c: '2026-12-31' };
        expect(evaluated(source, values, at('2026-12-30T12:00:00Z', 'UTC'))).toBe(1);
        expect(evaluated(source, values, at('2026-12-29T12:00:00Z', 'UTC'))).toBe(2);
        expect(evaluated(source, values, at('2026-12-29T12:00:00Z', 'Pacific/Kiritimati'))).toBe(1);
        expect(evaluated('NOW()', {}, at('2026-12-29T12:00:00Z', 'UTC'))).toBe('2026-12-29T12:00:00.000Z');
    });

    it('says what is wrong with a clock', () => {
        expect(() => evaluated('TODAY()', {}, at('yesterday', 'UTC'))).toThrow('the clock reads "yesterday"');
        expect(() => evaluated('TODAY()', {}, at('2026-12-29T12:00:00Z', 'Mars/Base'))).toThrow(
            'no time zone "Mars/Base"',
        );
    });

    it('reads times of day', () => {
        expect(evaluated('Opens__c + 3600000', { Opens__c: '09:30:00.000' })).toBe('10:30:00.000');
        expect(evaluated('TEXT(Opens__c)', { Opens__c: '09:30:00.000Z' })).toBe('09:30:00.000');
        expect(() => evaluated('Opens__c - 36000000', { Opens__c: '09:30:00.000' })).toThrow('the time leaves the day');
    });
});

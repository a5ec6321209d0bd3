import { addBusinessDays, addWorkingHours, workingCalendar } from '../workingTime';
import { SETTINGS } from './sample';

const berlin = workingCalendar(SETTINGS, 'Europe/Berlin');
const hours = (from: string, count: number, calendar = berlin): string =>
    new Date(addWorkingHours(Date.parse(from), count, calendar)).toISOString();

describe('business days', () => {
    test.each<[string, string, number, 1 | -1, string]>([
        ['over a weekend', '2026-11-20', 1, 1, '2026-11-23'],
        ['from a Saturday', '2026-11-21', 1, 1, '2026-11-23'],
        ['over Christmas and New Year', '2026-12-24', 5, 1, '2027-01-04'],
        ['backwards', '2026-11-23', -1, 1, '2026-11-20'],
        ['backwards over a holiday', '2026-12-28', -1, -1, '2026-12-24'],
        ['none from a working day', '2026-11-20', 0, 1, '2026-11-20'],
        ['none from a Saturday', '2026-11-21', 0, 1, '2026-11-23'],
        ['none before a Saturday', '2026-11-21', 0, -1, '2026-11-20'],
        ['over a leap day', '2028-02-28', 2, 1, '2028-03-01'],
    ])('%s', (_name, day, count, towards, expected) => {
        expect(addBusinessDays(day, count, towards, berlin)).toBe(expected);
    });

    test('there and back again', () => {
        for (let count = 1; count <= 30; count += 1) {
            const there = addBusinessDays('2026-12-16', count, 1, berlin);
            expect(berlin.isWorkingDay(there)).toBe(true);
            expect(addBusinessDays(there, -count, 1, berlin)).toBe('2026-12-16');
        }
    });
});

describe('working hours', () => {
    test.each([
        ['48 are two working days', '2026-11-17T14:00:00Z', 48, '2026-11-19T14:00:00.000Z'],
        ['a weekend passes over', '2026-11-20T14:00:00Z', 48, '2026-11-24T14:00:00.000Z'],
        ['found on a Saturday', '2026-11-21T10:00:00Z', 12, '2026-11-23T11:00:00.000Z'],
        ['whole days end before midnight', '2026-11-21T10:00:00Z', 48, '2026-11-24T22:59:59.000Z'],
        ['clocks change on a free Sunday', '2026-03-27T14:00:00Z', 24, '2026-03-30T13:00:00.000Z'],
        ['a holiday passes over', '2026-12-24T12:00:00Z', 24, '2026-12-28T12:00:00.000Z'],
        ['none', '2026-11-17T14:00:00Z', 0, '2026-11-17T14:00:00.000Z'],
        ['backwards', '2026-11-24T14:00:00Z', -48, '2026-11-20T14:00:00.000Z'],
    ])('%s', (_name, from, count, expected) => {
        expect(hours(from, count)).toBe(expected);
    });

    test('a working day on which clocks change has the hours it has', () => {
        const everyDay = workingCalendar({ ...SETTINGS, workingDays: [0, 1, 2, 3, 4, 5, 6] }, 'Europe/Berlin');
        expect(hours('2026-03-28T12:00:00Z', 24, everyDay)).toBe('2026-03-29T12:00:00.000Z');
    });

    test.each(['America/New_York', 'Asia/Kolkata'])('hours end on a working day in %s', (timeZone) => {
        const calendar = workingCalendar(SETTINGS, timeZone);
        const monday = hours('2026-11-21T10:00:00Z', 1, calendar);
        expect(
            new Date(monday).toLocaleString('en-GB', {
                timeZone,
                weekday: 'short',
                hour: '2-digit',
                minute: '2-digit',
            }),
        ).toBe('Mon 01:00');
    });
});

test('settings without a working day, or with nothing but holidays, still come to an end', () => {
    const none = workingCalendar({ ...SETTINGS, workingDays: [] }, 'Europe/Berlin');
    expect(addBusinessDays('2026-11-20', 1, 1, none)).toBe('2026-11-23');
    const never = { timeZone: 'Europe/Berlin', isWorkingDay: () => false };
    expect(addBusinessDays('2026-11-20', 1, 1, never) > '2026-11-20').toBe(true);
    expect(addWorkingHours(Date.parse('2026-11-20T10:00:00Z'), 48, never)).toBeGreaterThan(0);
});

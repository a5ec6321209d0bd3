import { dueDate, nextOccurrenceDue } from '../dueDates';
import type { Step } from '../playbookEngine';
import { workingCalendar } from '../workingTime';
import { SETTINGS, step } from './sample';

const SATURDAY = '2026-11-21T10:00:00.000Z';

interface Case {
    readonly due: Partial<Pick<Step, 'dueFrom' | 'dueOffset' | 'dueUnit'>>;
    readonly surfacedAt?: string;
    readonly anchorOn?: string | null;
    readonly previousAt?: string | null;
    readonly timeZone?: string;
}

function dueOf({ due, surfacedAt = SATURDAY, anchorOn = null, previousAt = null, timeZone = 'Europe/Berlin' }: Case) {
    const start = {
        surfacedAt: Date.parse(surfacedAt),
        anchorOn,
        previousAt: previousAt === null ? null : Date.parse(previousAt),
    };
    return dueDate(step('x', due), start, SETTINGS, workingCalendar(SETTINGS, timeZone));
}

test.each<[string, Case, string | null]>([
    ['no offset', { due: { dueFrom: 'Start' } }, null],
    [
        '48 working hours from a Saturday',
        { due: { dueFrom: 'Start', dueOffset: 48, dueUnit: 'Working hours' } },
        '2026-11-24T22:59:59.000Z',
    ],
    ['three days', { due: { dueFrom: 'Start', dueOffset: 3, dueUnit: 'Days' } }, '2026-11-24T22:59:59.000Z'],
    ['today', { due: { dueFrom: 'Start', dueOffset: 0, dueUnit: 'Days' } }, '2026-11-21T22:59:59.000Z'],
    [
        'business days over Christmas',
        { due: { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Business days' }, surfacedAt: '2026-12-24T10:00:00.000Z' },
        '2026-12-28T22:59:59.000Z',
    ],
    [
        'days in New York',
        {
            due: { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' },
            surfacedAt: '2026-11-21T02:00:00.000Z',
            timeZone: 'America/New_York',
        },
        '2026-11-22T04:59:59.000Z',
    ],
    [
        'days over the end of summer',
        { due: { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' }, surfacedAt: '2026-10-24T10:00:00.000Z' },
        '2026-10-25T22:59:59.000Z',
    ],
    [
        'days to a leap day',
        {
            due: { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' },
            surfacedAt: '2028-02-28T10:00:00.000Z',
            timeZone: 'Asia/Kolkata',
        },
        '2028-02-29T18:29:59.000Z',
    ],
    [
        '30 days before the anchor',
        { due: { dueFrom: 'Anchor', dueOffset: -30, dueUnit: 'Days' }, anchorOn: '2027-01-12' },
        '2026-12-13T22:59:59.000Z',
    ],
    [
        '5 business days before the anchor',
        { due: { dueFrom: 'Anchor', dueOffset: -5, dueUnit: 'Business days' }, anchorOn: '2027-01-04' },
        '2026-12-24T22:59:59.000Z',
    ],
    [
        'an anchor on a Saturday is met on the Friday before',
        { due: { dueFrom: 'Anchor', dueOffset: 0, dueUnit: 'Business days' }, anchorOn: '2026-12-12' },
        '2026-12-11T22:59:59.000Z',
    ],
    [
        'after the anchor',
        { due: { dueFrom: 'Anchor', dueOffset: 7, dueUnit: 'Days' }, anchorOn: '2026-11-20' },
        '2026-11-27T22:59:59.000Z',
    ],
    ['no anchor', { due: { dueFrom: 'Anchor', dueOffset: -30, dueUnit: 'Days' } }, null],
    [
        'an anchor that does not exist',
        { due: { dueFrom: 'Anchor', dueOffset: -30, dueUnit: 'Days' }, anchorOn: '2027-02-30' },
        null,
    ],
    [
        'an anchor at the end of time',
        { due: { dueFrom: 'Anchor', dueOffset: 1, dueUnit: 'Days' }, anchorOn: '9999-12-31' },
        null,
    ],
    ['a previous step that is open', { due: { dueFrom: 'Previous step', dueOffset: 2, dueUnit: 'Days' } }, null],
    [
        'two days after the previous step',
        { due: { dueFrom: 'Previous step', dueOffset: 2, dueUnit: 'Days' }, previousAt: '2026-11-23T10:00:00.000Z' },
        '2026-11-25T22:59:59.000Z',
    ],
    ['an offset out of all reason', { due: { dueFrom: 'Start', dueOffset: 1e9, dueUnit: 'Business days' } }, null],
    ['no unit means days', { due: { dueFrom: 'Start', dueOffset: 1, dueUnit: null } }, '2026-11-22T22:59:59.000Z'],
    ['a run without a start', { due: { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' }, surfacedAt: '' }, null],
])('%s', (_name, input, expected) => {
    expect(dueOf(input)).toEqual({ dueAt: expected, plannedOn: null });
});

describe('a renewal found late', () => {
    const found = (offset: number, anchorOn: string) =>
        dueOf({ due: { dueFrom: 'Anchor', dueOffset: offset, dueUnit: 'Days' }, anchorOn });

    test('at day −40, what was planned before gets three business days, and says what was planned', () => {
        const late = '2026-11-25T22:59:59.000Z';
        expect(found(-90, '2026-12-31')).toEqual({ dueAt: late, plannedOn: '2026-10-02' });
        expect(found(-60, '2026-12-31')).toEqual({ dueAt: late, plannedOn: '2026-11-01' });
        expect(found(-45, '2026-12-31')).toEqual({ dueAt: late, plannedOn: '2026-11-16' });
        expect(found(-30, '2026-12-31')).toEqual({ dueAt: '2026-12-01T22:59:59.000Z', plannedOn: null });
    });

    test('never later than the renewal itself', () => {
        expect(found(-30, '2026-11-23')).toEqual({ dueAt: '2026-11-23T22:59:59.000Z', plannedOn: '2026-10-24' });
    });

    test('planned for the very day it surfaced is not late', () => {
        expect(found(-30, '2026-12-21')).toEqual({ dueAt: '2026-11-21T22:59:59.000Z', plannedOn: null });
    });

    test('nothing is ever due before it surfaced', () => {
        for (let offset = -120; offset <= 30; offset += 1) {
            for (const anchorOn of ['2026-10-01', '2026-11-22', '2027-02-01']) {
                expect(Date.parse(found(offset, anchorOn).dueAt ?? '')).toBeGreaterThan(Date.parse(SATURDAY));
            }
        }
    });
});

test.each([
    ['2026-11-20T15:00:00.000Z', 7, '2026-11-27T22:59:59.000Z'],
    ['2026-10-20T15:00:00.000Z', 7, '2026-10-27T22:59:59.000Z'],
    ['never', 7, null],
    ['2026-11-20T15:00:00.000Z', 1e9, null],
])('answered at %s, it comes back after %d days at %s', (answeredAt, every, expected) => {
    expect(nextOccurrenceDue(answeredAt, every, 'Europe/Berlin')).toBe(expected);
});

import { decideKept, type KeptDecision, type Standing, standingOf, type WonRun } from '../playbookEngine';
import { account, CLOCK, prepared, SETTINGS } from './sample';

/** Closed on the 10th of January 2026, with the renewal of the 1st of July ahead. */
const CLOSED: WonRun = {
    status: 'Closed',
    outcome: 'Saved',
    practice: false,
    closedAt: '2026-01-10T09:00:00.000Z',
    arrAtOpening: 50_000,
    renewalAtCloseOn: '2026-07-01',
    kept: 'Provisional',
    keptOn: null,
};
const CUSTOMER: Standing = { arr: 50_000, renewalOn: '2026-07-01', churnedOn: null, noticeGivenOn: null };

const at = (day: string, run: Partial<WonRun> = {}, now: Partial<Standing> = {}): KeptDecision | null =>
    decideKept(
        { ...CLOSED, ...run },
        { ...CUSTOMER, ...now },
        { now: `${day}T03:00:00.000Z`, timeZone: 'Europe/Berlin' },
    );

const HELD = { kept: 'Kept for 90 days', keptOn: '2026-04-10' } as const;
const SMALLER = { kept: 'Kept smaller', keptOn: '2026-04-10' } as const;
const RENEWED = { renewalOn: '2027-07-01' };

describe('what was won', () => {
    test.each<[string, string, Partial<WonRun>, Partial<Standing>, KeptDecision['kept'] | null]>([
        ['is provisional for 90 days', '2026-04-09', {}, {}, null],
        ['is kept then', '2026-04-10', {}, {}, 'Kept for 90 days'],
        ['is kept with more ARR', '2026-04-10', {}, { arr: 60_000 }, 'Kept for 90 days'],
        ['is kept smaller with less', '2026-04-10', {}, { arr: 49_999.99 }, 'Kept smaller'],
        ['is kept where ARR is unknown now', '2026-04-10', {}, { arr: null }, 'Kept for 90 days'],
        ['is kept where ARR was unknown', '2026-04-10', { arrAtOpening: null }, { arr: 1 }, 'Kept for 90 days'],
        ['is lost at once when it leaves', '2026-01-20', {}, { churnedOn: '2026-01-19' }, 'Lost since'],
        ['is lost at once when it will leave', '2026-01-20', {}, { churnedOn: '2026-06-30' }, 'Lost since'],
        ['is lost with a notice since', '2026-01-20', {}, { noticeGivenOn: '2026-01-11' }, 'Lost since'],
        ['is not lost by a notice known before', '2026-01-20', {}, { noticeGivenOn: '2026-01-10' }, null],
        ['is decided once', '2026-04-11', HELD, {}, null],
        ['is lost after 90 days as well', '2026-05-01', HELD, { churnedOn: '2026-05-01' }, 'Lost since'],
        ['is lost where it was smaller', '2026-05-01', SMALLER, { churnedOn: '2026-05-01' }, 'Lost since'],
        ['waits for the day after the renewal', '2026-07-01', HELD, RENEWED, null],
        ['is kept at the renewal', '2026-07-02', HELD, RENEWED, 'Kept at renewal'],
        ['is kept smaller at the renewal', '2026-07-02', HELD, { ...RENEWED, arr: 40_000 }, 'Kept smaller'],
        ['is as large again at the renewal', '2026-07-02', SMALLER, RENEWED, 'Kept at renewal'],
        ['waits for a renewal that nobody entered', '2026-07-31', HELD, {}, null],
        ['for 30 days', '2026-08-01', HELD, {}, 'Kept at renewal'],
        ['both at once where no sweep ran', '2026-09-01', {}, RENEWED, 'Kept at renewal'],
        [
            'both at once where the renewal is settled before',
            '2026-04-10',
            { renewalAtCloseOn: '2026-02-01' },
            {},
            'Kept at renewal',
        ],
        ['not before 90 days', '2026-03-10', { renewalAtCloseOn: '2026-02-01' }, RENEWED, null],
        [
            'both later where the renewal is not settled',
            '2026-04-10',
            { renewalAtCloseOn: '2026-03-20' },
            { renewalOn: '2026-03-20' },
            null,
        ],
        [
            'namely when it is',
            '2026-04-20',
            { renewalAtCloseOn: '2026-03-20' },
            { renewalOn: '2026-03-20' },
            'Kept at renewal',
        ],
        [
            'final: kept at renewal',
            '2027-01-01',
            { kept: 'Kept at renewal', keptOn: '2026-07-02' },
            { churnedOn: '2027-01-01' },
            null,
        ],
        ['final: lost', '2027-01-01', { kept: 'Lost since', keptOn: '2026-07-02' }, {}, null],
        [
            'final: smaller at renewal',
            '2027-01-01',
            { kept: 'Kept smaller', keptOn: '2026-07-02' },
            { churnedOn: '2027-01-01' },
            null,
        ],
        [
            'is watched for a year without a renewal',
            '2027-01-10',
            { ...HELD, renewalAtCloseOn: null },
            { churnedOn: '2027-01-10' },
            'Lost since',
        ],
        ['but no longer', '2027-01-11', { ...HELD, renewalAtCloseOn: null }, { churnedOn: '2027-01-11' }, null],
        [
            'had a renewal that was overdue at the closing',
            '2026-04-10',
            { renewalAtCloseOn: '2026-01-10' },
            RENEWED,
            'Kept for 90 days',
        ],
        ['counts where Provisional was never written', '2026-04-10', { kept: null }, {}, 'Kept for 90 days'],
        [
            'on the 29th of February',
            '2028-02-29',
            { closedAt: '2027-12-01T09:00:00.000Z', renewalAtCloseOn: null },
            {},
            'Kept for 90 days',
        ],
        ['a renewal: kept then', '2026-04-10', { outcome: 'Renewed' }, RENEWED, 'Kept for 90 days'],
        ['a renewal: lost at once', '2026-02-01', { outcome: 'Renewed' }, { churnedOn: '2026-02-01' }, 'Lost since'],
        [
            'a renewal: by its own contract, whose day may lie ahead',
            '2026-07-02',
            { outcome: 'Renewed smaller' },
            { arr: 40_000 },
            'Kept smaller',
        ],
        ['a renewal: not again at the next one', '2026-07-02', { ...HELD, outcome: 'Renewed' }, RENEWED, null],
        [
            'a renewal: nor when it leaves in another term',
            '2026-12-01',
            { ...HELD, outcome: 'Renewed' },
            { churnedOn: '2026-12-01' },
            null,
        ],
    ])('%s', (_, day, run, now, kept) => {
        expect(at(day, run, now)?.kept ?? null).toBe(kept);
    });

    test('tells the day, and the ARR of that day', () => {
        expect(at('2026-04-12', {}, { arr: 60_000 })).toEqual({
            kept: 'Kept for 90 days',
            keptOn: '2026-04-12',
            arrKept: 60_000,
        });
        expect(at('2026-04-12', {}, { arr: null })?.arrKept).toBeNull();
        expect(at('2026-04-12', {}, { churnedOn: '2026-04-01' })?.arrKept).toBe(0);
    });

    test.each<[string, Partial<WonRun>]>([
        ['an open run', { status: 'Open', closedAt: null, outcome: null }],
        ['practice', { practice: true }],
        ['a loss', { outcome: 'Lost' }],
        ['what was let go', { outcome: 'Let go' }],
        ['what was completed', { outcome: 'Completed' }],
    ])('is never %s', (_, run) => {
        expect(at('2026-04-10', run)).toBeNull();
        expect(at('2026-04-10', run, { churnedOn: '2026-04-01' })).toBeNull();
    });

    test('counts days by the clock of the org', () => {
        const late = { ...CLOSED, closedAt: '2026-01-09T23:30:00.000Z' };
        const when = (timeZone: string) => decideKept(late, CUSTOMER, { now: '2026-04-09T21:00:00.000Z', timeZone });
        expect(when('UTC')?.kept).toBe('Kept for 90 days');
        expect(when('Europe/Berlin')).toBeNull();
    });

    test('a decision leaves nothing more to decide on that day, whatever the figures are', () => {
        const days = ['2026-01-20', '2026-04-10', '2026-07-02', '2026-07-15', '2026-08-01', '2027-03-01'];
        for (const renewalAtCloseOn of [null, '2026-01-15', '2026-03-20', '2026-07-01', '2027-01-01']) {
            for (const arr of [null, 10_000, 50_000]) {
                for (const renewalOn of [null, '2026-03-20', '2026-07-01', '2027-07-01']) {
                    for (const churnedOn of [null, '2026-05-01']) {
                        let run: Partial<WonRun> = { renewalAtCloseOn };
                        for (const day of days) {
                            const found = at(day, run, { arr, renewalOn, churnedOn });
                            run = { ...run, ...(found === null ? {} : { kept: found.kept, keptOn: found.keptOn }) };
                            expect(at(day, run, { arr, renewalOn, churnedOn })).toBeNull();
                        }
                        // Once the last of these days has come, all is decided.
                        expect(run.kept).toBeDefined();
                    }
                }
            }
        }
    });
});

describe('how an account stands', () => {
    test('is read from the mapped fields', () => {
        const values = {
            ARR__c: 5,
            Renewal_Date__c: '2026-07-01',
            Churned_On__c: null,
            Notice_Given_On__c: '2026-01-02',
        };
        expect(standingOf(prepared(), account(values), CLOCK)).toEqual({
            arr: 5,
            renewalOn: '2026-07-01',
            churnedOn: null,
            noticeGivenOn: '2026-01-02',
        });
    });

    test('is not known where no field tells that it has left', () => {
        const { ChurnedOn: _, ...figures } = SETTINGS.figures;
        expect(standingOf(prepared([], { ...SETTINGS, figures }), account(), CLOCK)).toBeNull();
    });
});

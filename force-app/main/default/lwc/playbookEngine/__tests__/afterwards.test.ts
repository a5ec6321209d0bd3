import { type FactRun, factsOf, firstRuns, wholeMonths } from '../playbookEngine';
import { account, prepared, run, SETTINGS } from './sample';

const WHERE = { prepared: prepared(), clock: { now: '2026-11-21T03:00:00.000Z', timeZone: 'Europe/Berlin' } };
const FIRST = '2025-08-20T08:00:00.000Z';
const SAVED: FactRun = run({
    status: 'Closed',
    outcome: 'Saved',
    surfacedAt: '2026-07-20T08:00:00.000Z',
    closedAt: '2026-08-01T08:00:00.000Z',
    kept: 'Provisional',
    csmId: '005000000000001AAA',
});

describe('what a sweep finds out afterwards', () => {
    test('is written in one change', () => {
        expect(factsOf(SAVED, account({ ARR__c: 52_000 }), FIRST, WHERE)).toEqual({
            fields: { Kept__c: 'Kept for 90 days', Kept_On__c: '2026-11-21', ARR_Kept__c: 52_000, CSM_Months__c: 11 },
            kept: 'Kept for 90 days',
            months: true,
        });
    });

    test('is nothing once it is written', () => {
        const known = { ...SAVED, kept: 'Kept for 90 days', keptOn: '2026-11-21', csmMonths: 0 } as const;
        expect(factsOf(known, account(), FIRST, WHERE)).toBeNull();
    });

    test.each<[string, Partial<FactRun>, string | null]>([
        ['nobody is its CSM', { csmId: null }, FIRST],
        ['the first run is not known', {}, null],
        ['it is written', { csmMonths: 3 }, FIRST],
    ])('says nothing of the CSM when %s', (_, changes, first) => {
        expect(factsOf({ ...SAVED, kept: 'Lost since', ...changes }, account(), first, WHERE)).toBeNull();
    });

    test('says of open runs how long their CSM has worked with playbooks', () => {
        const open = { ...SAVED, status: 'Open', outcome: null, closedAt: null, kept: null } as const;
        expect(factsOf(open, account(), open.surfacedAt, WHERE)?.fields).toEqual({ CSM_Months__c: 0 });
    });

    test('confirms nothing where no field tells that an account has left', () => {
        const { ChurnedOn: _, ...figures } = SETTINGS.figures;
        const blind = { ...WHERE, prepared: prepared([], { ...SETTINGS, figures }) };
        expect(factsOf({ ...SAVED, csmMonths: 1 }, account(), FIRST, blind)).toBeNull();
    });
});

test('the first run of each CSM, however their ids are written', () => {
    const runs = [
        { csmId: '005000000000001AAA', surfacedAt: '2026-03-01T00:00:00Z' },
        { csmId: '005000000000001', surfacedAt: '2026-01-01T00:00:00Z' },
        { csmId: '005000000000002AAA', surfacedAt: '2026-05-01T00:00:00Z' },
        { csmId: null, surfacedAt: '2020-01-01T00:00:00Z' },
    ];
    expect([...firstRuns(runs)]).toEqual([
        ['005000000000001', '2026-01-01T00:00:00Z'],
        ['005000000000002', '2026-05-01T00:00:00Z'],
    ]);
});

describe('whole months', () => {
    test.each([
        ['2026-01-31', '2026-02-28', 0],
        ['2026-01-31', '2026-03-30', 1],
        ['2026-01-15', '2026-02-15', 1],
        ['2026-01-15', '2026-02-14', 0],
        ['2025-12-31', '2026-12-31', 12],
        ['2024-02-29', '2025-02-28', 11],
        ['2024-02-29', '2025-03-01', 12],
        ['2026-02-01', '2026-01-01', 0],
    ])('from %s to %s: %i', (from, to, months) => {
        expect(wholeMonths(`${from}T12:00:00Z`, `${to}T12:00:00Z`, 'Europe/Berlin')).toBe(months);
    });

    test('go by the days of the time zone', () => {
        expect(wholeMonths('2026-01-14T23:30:00Z', '2026-02-14T12:00:00Z', 'UTC')).toBe(1);
        expect(wholeMonths('2026-01-14T23:30:00Z', '2026-02-14T12:00:00Z', 'Europe/Berlin')).toBe(0);
    });
});

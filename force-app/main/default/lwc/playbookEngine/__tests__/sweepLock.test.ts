import {
    brokenFields,
    conflictWith,
    countFields,
    extendedFields,
    lockFields,
    type LockHolder,
    lockKey,
    releasedFields,
} from '../playbookEngine';

const NOW = '2026-11-21T02:00:00.000Z';
const LATER = '2026-11-21T02:05:00.000Z';
const EARLIER = '2026-11-21T01:59:59.000Z';
const holder = (key: string, leaseUntil: string | null = LATER): LockHolder => ({ id: key, key, leaseUntil });

describe('the lock of a sweep', () => {
    it('begins with its key and ten minutes of lease, is extended, and gives both back', () => {
        expect(lockFields({ index: 1, count: 1 }, 'Runner', NOW)).toEqual({
            Lock_Key__c: 'sweep 1/1',
            Lease_Until__c: '2026-11-21T02:10:00.000Z',
            Sweep_Status__c: 'Running',
            Started_At__c: NOW,
            Ran_From__c: 'Runner',
            Shard__c: '1/1',
        });
        expect(extendedFields({ index: 2, count: 4 }, LATER)).toEqual({
            Lock_Key__c: 'sweep 2/4',
            Lease_Until__c: '2026-11-21T02:15:00.000Z',
        });
        expect(releasedFields('Finished', null, LATER)).toEqual({
            Lock_Key__c: null,
            Sweep_Status__c: 'Finished',
            Finished_At__c: LATER,
            Sweep_Message__c: null,
        });
    });

    it.each<[string, LockHolder[], { alive: string | null; lapsed: string[] }]>([
        ['nobody else', [], { alive: null, lapsed: [] }],
        ['the same part', [holder('sweep 2/4')], { alive: 'sweep 2/4', lapsed: [] }],
        ['another part of the same division', [holder('sweep 3/4')], { alive: null, lapsed: [] }],
        ['the whole org', [holder('sweep 1/1')], { alive: 'sweep 1/1', lapsed: [] }],
        ['a part of another division', [holder('sweep 2/8')], { alive: 'sweep 2/8', lapsed: [] }],
        ['one that died', [holder('sweep 2/4', EARLIER)], { alive: null, lapsed: ['sweep 2/4'] }],
        ['one whose lease ends just now', [holder('sweep 2/4', NOW)], { alive: null, lapsed: ['sweep 2/4'] }],
        ['one without a lease', [holder('sweep 1/1', null)], { alive: null, lapsed: ['sweep 1/1'] }],
        [
            'one that died and one at work',
            [holder('sweep 2/4', EARLIER), holder('sweep 1/1')],
            { alive: 'sweep 1/1', lapsed: ['sweep 2/4'] },
        ],
    ])('of part 2 of 4 meets %s', (_, others, { alive, lapsed }) => {
        const conflict = conflictWith(others, { index: 2, count: 4 }, NOW);
        expect(conflict.alive?.key ?? null).toBe(alive);
        expect(conflict.lapsed.map(({ key }) => key)).toEqual(lapsed);
    });

    it('is taken from one that died, which then says so', () => {
        expect(brokenFields(holder(lockKey({ index: 1, count: 1 }), EARLIER), NOW)).toEqual({
            Lock_Key__c: null,
            Sweep_Status__c: 'Stopped',
            Finished_At__c: NOW,
            Sweep_Message__c: `Stopped without a word, and another sweep took over. It was last heard of before ${EARLIER}.`,
        });
    });

    it('keeps what was counted', () => {
        const counts = {
            Account: 100,
            Candidate: 20,
            Opened: 3,
            Continued: 0,
            Raised: 1,
            Refreshed: 2,
            Recovering: 0,
            Relapsed: 0,
            Woken: 0,
            Promoted: 0,
            Closed: 4,
            Expired: 0,
            Waiting: 7,
            Held: 1,
            Stale: 5,
            Failed: 0,
            Overtaken: 0,
        };
        expect(countFields(counts, 250_000)).toMatchObject({
            Account_Count__c: 100,
            Stale_Count__c: 5,
            Waiting_Count__c: 7,
            Waiting_ARR__c: 250_000,
        });
    });
});

import { readRunNode } from 'c/playbookRecords';
import { trigger } from 'test/platformAnswers';
import { MOST_ACCOUNTS, type Ending } from '../sweeping';
import { endingWords, resultView } from '../words';
import { OVERTAKEN } from '../writing';
import { bookOf } from './book';
import { FakeOrg, MAYA, refusal, sweep } from './org';

type Done = Extract<Ending, { name: 'done' }>;

function done(ending: Ending): Done {
    if (ending.name !== 'done') throw new Error(`It ended otherwise: ${JSON.stringify(ending)}`);
    return ending;
}

const heading = (ending: Ending): string => endingWords(ending, '2026-11-21T18:00:00.000Z').heading;
const said = (ending: Ending): string => resultView(done(ending)).lines.join(' ');

describe('a sweep in the page', () => {
    it('opens what has a place, records the rest as waiting, and counts both on its record', async () => {
        const org = new FakeOrg(bookOf(5));
        const { ending } = await sweep(org);
        const statuses = org.saved.map(({ createRun }) => createRun?.['Run_Status__c']);
        expect(statuses.toSorted()).toEqual(['Open', 'Open', 'Open', 'Waiting', 'Waiting']);
        expect(new Set(org.saved.map(({ createRun }) => createRun?.['Run_CSM__c'])).size).toBe(1);
        expect(org.record).toMatchObject({
            Lock_Key__c: null,
            Sweep_Status__c: 'Finished',
            Shard__c: '1/1',
            Account_Count__c: 5,
            Opened_Count__c: 3,
            Waiting_Count__c: 2,
            Failed_Count__c: 0,
        });
        expect(heading(ending)).toBe('Sweep SW-sweep-1 is finished');
        expect(said(ending)).toContain('5 accounts looked at. Written: 3 opened, 2 recorded as waiting.');
    });

    it('looks without a lock and without a write', async () => {
        const org = new FakeOrg(bookOf(2));
        const { ending } = await sweep(org, { dryRun: true });
        expect([org.saved, org.sweeps]).toEqual([[], []]);
        expect(said(ending)).toContain('Would be written: 2 opened.');
    });

    it('lets new runs of accounts without an active CSM wait, and says so', async () => {
        const org = new FakeOrg(bookOf(2, { csmId: '005000000000009AAA' }));
        const { ending } = await sweep(org);
        expect(org.saved.map(({ createRun }) => createRun?.['Run_Status__c'])).toEqual(['Waiting', 'Waiting']);
        const view = resultView(done(ending));
        expect(view.csms.rows.map(({ name }) => name)).toEqual(['No active CSM']);
        expect(view.warnings.join(' ')).toContain('no active CSM: 2.');
        expect(org.record['Sweep_Message__c']).toContain('no active CSM: 2.');
    });

    it('warns of a trigger that flags more than a quarter, and of a CSM with too many prompts', async () => {
        const { ending } = await sweep(new FakeOrg(bookOf(25)), { dryRun: true });
        const warnings = resultView(done(ending)).warnings.join(' ');
        expect(warnings).toMatch(/“At Risk” holds for 100\s?% of the customers/);
        expect(warnings).toContain('Maya Lindqvist has 25 prompts for 25 accounts');
    });

    it('says which rules do nothing, and goes on with the others', async () => {
        const broken = trigger({ DeveloperName: 'Broken', MasterLabel: 'Broken', Enter_When__c: '$Figure.Helth < 1' });
        const { ending } = await sweep(new FakeOrg(bookOf(1, { triggers: [trigger(), broken] })));
        expect(resultView(done(ending)).warnings.join(' ')).toMatch(/A rule does nothing: Broken, .*Helth/);
        expect(said(ending)).toContain('1 opened');
    });

    it('refuses an org that is too large, and gives the lock back', async () => {
        const org = new FakeOrg(bookOf(MOST_ACCOUNTS + 1));
        const { ending } = await sweep(org);
        expect(heading(ending)).toBe('More than 5,000 accounts are too many for a page');
        expect(endingWords(ending, '').text).toContain('npm run sweep');
        expect(org.record).toMatchObject({ Lock_Key__c: null, Sweep_Status__c: 'Stopped' });
        expect(org.saved).toEqual([]);
    });

    it('gives the lock back when the accounts cannot be read', async () => {
        const org = new FakeOrg(refusal('offline', 'Failed to fetch'));
        const { ending } = await sweep(org);
        expect(ending.name).toBe('failed');
        expect(org.record).toMatchObject({ Lock_Key__c: null, Sweep_Status__c: 'Stopped' });
    });
});

describe('what the org refuses', () => {
    const one = (kind: Parameters<typeof refusal>[0], ...messages: string[]): FakeOrg => {
        const org = new FakeOrg(bookOf(2));
        org.answers.push(refusal(kind, ...messages).failure);
        return org;
    };

    it.each([
        ['a run that somebody has opened meanwhile', 'duplicate', 'duplicate value found'],
        ['a run that somebody has changed meanwhile', 'rejected', OVERTAKEN[0]],
        ['a step that somebody has answered meanwhile', 'rejected', OVERTAKEN[1]],
    ] as const)('leaves alone %s', async (_, kind, message) => {
        const org = one(kind, message);
        const { ending } = await sweep(org);
        expect(org.record).toMatchObject({ Sweep_Status__c: 'Finished', Overtaken_Count__c: 1, Opened_Count__c: 1 });
        expect(said(ending)).toContain('Changed by a person meanwhile and left alone: 1.');
        expect(resultView(done(ending)).refused).toEqual([]);
    });

    it('lists the account and the reason, and writes the rest', async () => {
        const org = one('rejected', 'The ARR must be confirmed first.');
        const { ending } = await sweep(org);
        const [refused] = resultView(done(ending)).refused;
        expect(refused).toMatchObject({ account: 'Account 0', reason: 'The ARR must be confirmed first.' });
        expect(heading(ending)).toContain('not everything could be written');
        expect(org.record).toMatchObject({ Sweep_Status__c: 'Finished with failures', Failed_Count__c: 1 });
        expect(org.record['Sweep_Message__c']).toContain('Account 0: The ARR must be confirmed first.');
    });

    it('counts a record that was deleted as not written', async () => {
        const org = one('not-found');
        const { ending } = await sweep(org);
        expect(resultView(done(ending)).refused[0]?.reason).toBe('The record was deleted meanwhile.');
        expect(org.record).toMatchObject({ Failed_Count__c: 1 });
    });

    it('tries a row that is locked again', async () => {
        const org = one('unknown', 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record');
        await sweep(org);
        expect(org.saved).toHaveLength(3);
        expect(org.record).toMatchObject({ Sweep_Status__c: 'Finished', Opened_Count__c: 2 });
    });

    it('stops when nothing answers, and says that what was written stands', async () => {
        const org = new FakeOrg(bookOf(9));
        org.answers.push(null, refusal('offline', 'Failed to fetch').failure);
        const { ending } = await sweep(org);
        expect(org.saved.length).toBeLessThan(5);
        expect(heading(ending)).toContain('has lost the connection');
        expect(said(ending)).toMatch(/Not written yet: \d/);
    });
});

describe('cancelled', () => {
    it('stops after what is on its way, and gives the lock back with its counts', async () => {
        const org = new FakeOrg(bookOf(9));
        const { ending } = await sweep(org, { isCancelled: () => org.saved.length >= 3 });
        expect(org.saved.length).toBeLessThan(6);
        expect(heading(ending)).toContain('was stopped');
        const written = org.saved.filter(({ createRun }) => createRun?.['Run_Status__c'] === 'Open').length;
        expect(org.record).toMatchObject({ Lock_Key__c: null, Sweep_Status__c: 'Stopped', Opened_Count__c: written });
    });

    it('writes nothing when it is called off while accounts are looked at', async () => {
        const org = new FakeOrg(bookOf(3));
        const { ending } = await sweep(org, { isCancelled: () => true });
        expect(ending.name).toBe('called-off');
        expect(org.saved).toEqual([]);
        expect(org.record).toMatchObject({ Lock_Key__c: null, Sweep_Status__c: 'Stopped' });
    });
});

describe('looking back', () => {
    const first = readRunNode({
        Id: 'a0R1',
        Episode_Key__c: '001000000000000AAA:renewal:1',
        Run_Status__c: 'Closed',
        Surfaced_At__c: '2025-06-01T08:00:00.000Z',
        Closed_At__c: '2025-07-01T08:00:00.000Z',
        Outcome__c: 'Renewed',
        Kept__c: 'Provisional',
        Run_CSM__c: MAYA,
    });
    const second = { ...first, id: 'a0R2', surfacedAt: '2025-09-02T08:00:00.000Z', kept: 'Lost since' } as const;

    function org(changes: Readonly<Record<string, string | null>> = {}): FakeOrg {
        const data = bookOf(1);
        const [one] = data.book;
        const values = { ...one?.account.values, Health_Score__c: 90, Left_On__c: null, ...changes };
        const account = { id: one?.account.id ?? '', values };
        const runs = [first, second];
        return new FakeOrg({
            ...data,
            settings: { ...data.settings, figures: { ...data.settings.figures, ChurnedOn: 'Left_On__c' } },
            fieldTypes: { ...data.fieldTypes, Left_On__c: { type: 'Date' } },
            book: [{ account, name: 'Account 0', csmName: null, runs }],
        });
    }
    const writtenOf = ({ saved }: FakeOrg) => saved.map(({ updateRun }) => updateRun);

    it('decides of earlier wins, and notes how long the CSM had worked with playbooks', async () => {
        const kept = org();
        const { ending } = await sweep(kept);
        expect(writtenOf(kept)).toEqual([
            { id: 'a0R1', fields: expect.objectContaining({ Kept__c: 'Kept for 90 days', CSM_Months__c: 0 }) },
            { id: 'a0R2', fields: { CSM_Months__c: 3 } },
        ]);
        expect(said(ending)).toContain('Of what was won before: Kept for 90 days: 1.');
        expect(said(ending)).toContain('noted on runs: 2.');
    });

    it('tells what was lost since', async () => {
        const lost = org({ Left_On__c: '2025-08-01' });
        const { ending } = await sweep(lost, { dryRun: true });
        expect(lost.saved).toEqual([]);
        expect(said(ending)).toContain('Lost since: 1');
    });
});

describe('the lock', () => {
    it.each(['sweep 1/1', 'sweep 2/3'])('gives way to a living sweep of %s', async (key) => {
        const org = new FakeOrg(bookOf(2));
        org.another(key, 5);
        const { ending } = await sweep(org);
        expect(ending).toMatchObject({ name: 'held', by: { key } });
        expect(org.saved).toEqual([]);
        expect(org.sweeps.filter(({ fromPage, key: own }) => fromPage && own !== '')).toEqual([]);
    });

    it('takes over from one that was not heard of for ten minutes', async () => {
        const org = new FakeOrg(bookOf(1));
        org.another('sweep 1/1', -1);
        await sweep(org);
        expect(org.sweeps[0]?.fields).toMatchObject({ Lock_Key__c: null, Sweep_Status__c: 'Stopped' });
        expect(org.record).toMatchObject({ Sweep_Status__c: 'Finished', Opened_Count__c: 1 });
    });

    it('is extended while it writes, by the org’s clock', async () => {
        const org = new FakeOrg(bookOf(6));
        org.ahead = 3_600_000;
        org.onSave = () => {
            org.time += 40_000;
        };
        await sweep(org);
        const lease = Date.parse(String(org.record['Lease_Until__c']));
        expect(lease).toBeGreaterThan(org.time + org.ahead + 7 * 60_000);
        expect(org.record).toMatchObject({ Sweep_Status__c: 'Finished' });
    });

    it('stops at once when another sweep has taken over', async () => {
        const org = new FakeOrg(bookOf(9));
        org.onSave = () => {
            org.time += 61_000;
            const own = org.sweeps.find(({ fromPage }) => fromPage);
            if (own) void org.update(own.id, { Lock_Key__c: null, Sweep_Message__c: 'Taken over.' });
        };
        const { ending } = await sweep(org);
        expect(org.saved.length).toBeLessThanOrEqual(3);
        expect(heading(ending)).toContain('has taken over');
        expect(org.record['Sweep_Message__c']).toBe('Taken over.');
    });
});

import { buildChecklist, prompts } from '../playbookEngine';
import { context, matchesOf, RENEWAL, step, USER, version } from './sample';
import { health, HEALTH, night, opened, SweptAccount, TWO_STEPS } from './sweeping';

describe('an episode that comes back within its cooldown', () => {
    function recovered(): SweptAccount {
        const swept = opened();
        swept.done('check', night(1));
        swept.change({ Acted_At__c: null });
        swept.sweep(night(2), health(70));
        expect(swept.sweep(night(16), health(70))).toEqual(['close']);
        expect(swept.run.outcome).toBe('Recovered');
        return swept;
    }

    it('continues its run: what was not done is open again, what was done stays', () => {
        const swept = recovered();
        expect(swept.plan(night(20), health(30))).toMatchObject({ placesTaken: 1, changes: [{ needsPlace: false }] });
        expect(swept.sweep(night(20), health(30))).toEqual(['continue']);
        const { completions, ...run } = swept.run;
        expect(run).toMatchObject({
            status: 'Open',
            outcome: null,
            closedAt: null,
            recoveringSince: null,
            reopenedCount: 1,
            returnedAt: night(20),
            surfacedAt: night(0),
            firstTier: 'High',
            currentTier: 'Critical',
            worstTier: 'Critical',
            episodeNumber: 1,
            nextStep: 'Do call',
        });
        expect(completions.map(({ status, stepKey }) => [stepKey, status])).toEqual([
            ['check', 'Done'],
            ['call', 'Undone'],
        ]);
        expect(swept.sweep(night(20), health(30))).toEqual([]);
    });

    it('does not continue after the cooldown: that is a new one', () => {
        const swept = recovered();
        expect(swept.sweep(night(46), health(48))).toEqual(['open']);
        expect(swept.runs).toHaveLength(2);
    });

    it('has its days again before it expires', () => {
        const swept = opened();
        swept.sweep(night(1), health(70));
        swept.sweep(night(20), health(70));
        expect(swept.sweep(night(40), health(48))).toEqual(['continue']);
        expect(swept.sweep(night(69), health(48))).toEqual([]);
        expect(swept.sweep(night(70), health(48))).toEqual(['expire']);
    });

    it.each(['Let go', 'False alarm', 'Lost', 'Expired'])('stays quiet when it ended as %s', (outcome) => {
        const swept = opened();
        swept.change({ Run_Status__c: 'Closed', Outcome__c: outcome, Closed_At__c: night(5) });
        expect(swept.sweep(night(6), health(48))).toEqual([]);
        expect(swept.sweep(night(36), health(48))).toEqual(['open']);
    });
});

describe('the quiet after a closing', () => {
    it('lasts for days of the org, whatever the hour', () => {
        const swept = opened();
        swept.change({ Run_Status__c: 'Closed', Outcome__c: 'Lost', Closed_At__c: '2026-11-05T16:00:00.000Z' });
        expect(swept.sweep('2026-12-04T22:59:00.000Z', health(48))).toEqual([]);
        expect(swept.sweep('2026-12-04T23:00:00.000Z', health(48))).toEqual(['open']);
    });

    it('does not hide another day: the next contract is a case of its own', () => {
        const org = { triggers: [{ ...RENEWAL, cooldownDays: 120 }] };
        const renewals = [version([step('offer')], { category: 'Renewal', playbookKey: 'renewal' })];
        const swept = new SweptAccount({ ...org, versions: renewals });
        const renews = (day: string) => ({ ARR__c: 50_000, Renewal_Date__c: day });
        expect(swept.sweep(night(0), renews('2026-11-20'))).toEqual(['open']);
        swept.change({ Run_Status__c: 'Closed', Outcome__c: 'Renewed', Closed_At__c: night(10) });
        expect(swept.sweep(night(60), renews('2026-12-20'))).toEqual([]);
        expect(swept.sweep(night(60), renews('2027-02-20'))).toEqual(['open']);
        expect(swept.runs.map(({ episodeNumber }) => episodeNumber).sort()).toEqual([1, 2]);
    });

    it.each(['Renewed', 'Renewed smaller', 'Not renewed', 'Let go'])(
        'holds for the contract that was decided, however near its day comes: %s',
        (outcome) => {
            const renewals = [version([step('offer')], { category: 'Renewal', playbookKey: 'renewal' })];
            const swept = new SweptAccount({ triggers: [RENEWAL], versions: renewals });
            const renews = (day: string) => ({ ARR__c: 50_000, Renewal_Date__c: day });
            expect(swept.sweep(night(0), renews('2026-12-20'))).toEqual(['open']);
            swept.change({ Run_Status__c: 'Closed', Outcome__c: outcome, Closed_At__c: night(10) });
            expect(swept.sweep(night(30), renews('2026-12-20'))).toEqual(outcome === 'Let go' ? ['open'] : []);
        },
    );
});

describe('a run', () => {
    it('started by hand is left to the person, until a trigger of its playbook enters', () => {
        const swept = opened();
        swept.change({ Trigger_Key__c: null, Opened_By__c: 'By hand', Acted_At__c: night(0) });
        expect(swept.sweep(night(30), health(80))).toEqual([]);
        expect(swept.sweep(night(31), health(50))).toEqual(['refresh']);
        expect(swept.run).toMatchObject({ triggerKey: 'At_Risk', openedBy: 'By hand' });
    });

    it('keeps its version when the playbook has a new one, or none, and nothing new opens then', () => {
        const swept = opened();
        const old = { ...TWO_STEPS, status: 'Retired' } as const;
        const next = version([step('other')], { id: 'a0V9', number: 2 });
        swept.org = { triggers: [HEALTH], versions: [old, next] };
        expect(swept.sweep(night(1), health(48))).toEqual([]);
        swept.org = { triggers: [HEALTH], versions: [old] };
        expect(swept.sweep(night(2), health(70))).toEqual(['recover']);
        expect(swept.sweep(night(16), health(70))).toEqual(['close']);
        expect(swept.sweep(night(90), health(48))).toEqual([]);
    });

    it('whose version cannot be read is left alone', () => {
        const swept = opened();
        swept.org = { triggers: [HEALTH], versions: [] };
        expect(swept.sweep(night(1), health(30))).toEqual([]);
        expect(swept.sweep(night(40), health(80))).toEqual([]);
    });

    it('goes to the account’s new CSM, and stays with the last one when there is none', () => {
        const swept = opened();
        const other = new SweptAccount(swept.org, { ...USER, id: '005000000000009' });
        other.nodes = swept.nodes;
        expect(other.sweep(night(1), health(48))).toEqual(['refresh']);
        expect(other.run.csmId).toBe('005000000000009');
        const nobody = new SweptAccount(swept.org, null);
        nobody.nodes = other.nodes;
        expect(nobody.sweep(night(2), health(48))).toEqual([]);
        const same = new SweptAccount(swept.org, { ...USER, id: '005000000000009AAA' });
        same.nodes = other.nodes;
        expect(same.sweep(night(2), health(48))).toEqual([]);
    });

    it('gets its next step and due date refreshed, to the second that the org keeps', () => {
        const hours = { dueFrom: 'Start', dueOffset: 24, dueUnit: 'Working hours' } as const;
        const playbook = version([step('check', hours), step('more', { ...hours, showWhen: '$Figure.Usage > 10' })]);
        const swept = new SweptAccount({ triggers: [HEALTH], versions: [playbook] });
        swept.sweep('2026-11-03T09:00:00.123Z', health(48));
        expect(swept.run.nextDueAt).toBe('2026-11-04T09:00:00.123Z');
        swept.change({ Next_Due_At__c: '2026-11-04T09:00:00.000+0000' });
        expect(swept.sweep(night(3), health(48))).toEqual([]);
        swept.done('check', night(3));
        swept.change({ Next_Step__c: null, Next_Due_At__c: null });
        expect(swept.sweep(night(4), { ...health(48), Usage_Current__c: 20 })).toEqual(['refresh']);
        expect(swept.run.nextStep).toBe('Do more');
    });

    it('is due by the clock of its CSM, as the page shows it to her, and held by that of the org', () => {
        const day = { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' } as const;
        const org = { triggers: [HEALTH], versions: [version([step('check', day)])], timeZone: 'America/Los_Angeles' };
        const csm = { ...USER, timeZone: 'Australia/Sydney' };
        const swept = new SweptAccount(org, csm);
        const now = '2026-11-03T05:00:00.000Z';
        expect(swept.sweep(now, health(48))).toEqual(['open']);
        const where = context(health(48), { clock: { now, timeZone: csm.timeZone }, user: csm });
        const [prompt] = prompts({
            ...where,
            ...matchesOf(health(48), [HEALTH]),
            runs: swept.runs,
            versions: org.versions,
        });
        const next = prompt && buildChecklist(prompt, where).next;
        expect(swept.run.nextDueAt).toBe('2026-11-04T12:59:59.000Z');
        expect(next?.dueAt).toBe(swept.run.nextDueAt);
    });

    it('carries what the sweep had seen of a person’s acts', () => {
        const swept = opened();
        swept.change({ Acted_At__c: night(1) });
        const [change] = swept.plan(night(2), health(30)).changes;
        expect(change?.plan.updateRun?.fields).toMatchObject({ Swept_At__c: night(2), Swept_Seen_At__c: night(1) });
        expect(change?.plan.updateRun?.fields).not.toHaveProperty('Acted_At__c');
    });
});

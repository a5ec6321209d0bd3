import { buildChecklist, planReopen, prompts } from '../playbookEngine';
import { context, matchesOf, RENEWAL, SETTINGS, SMALL_RENEWAL, step, USER, version } from './sample';
import { health, HEALTH, night, opened, SweptAccount, TWO_STEPS } from './sweeping';

describe('recovery', () => {
    it('starts a clock, and closes the run when the exit has held for its days', () => {
        const swept = opened();
        expect(swept.sweep(night(1), health(65))).toEqual(['recover']);
        expect(swept.run.recoveringSince).toBe(night(1));
        expect(swept.sweep(night(14), health(65))).toEqual([]);
        expect(swept.sweep(night(15), health(65))).toEqual(['close']);
        expect(swept.run).toMatchObject({ status: 'Closed', outcome: 'Recovered', closedAt: night(15) });
        expect(swept.run.recoveringSince).toBe(night(1));
    });

    it('does nothing between the limit of the entry and that of the exit', () => {
        const swept = opened();
        for (const [index, score] of [60, 64, 62, 60].entries()) {
            expect(swept.sweep(night(index + 1), health(score))).toEqual([]);
        }
        expect(swept.run).toMatchObject({ status: 'Open', recoveringSince: null });
    });

    it('is stopped by a relapse, in the band too, and starts anew', () => {
        const swept = opened();
        swept.sweep(night(1), health(70));
        expect(swept.sweep(night(10), health(64))).toEqual(['relapse']);
        expect(swept.run.recoveringSince).toBeNull();
        swept.sweep(night(11), health(70));
        expect(swept.sweep(night(20), health(70))).toEqual([]);
        expect(swept.sweep(night(25), health(70))).toEqual(['close']);
    });

    it('is neither begun nor stopped by figures that go blank and come back', () => {
        const swept = opened();
        expect(swept.sweep(night(1), health(null))).toEqual([]);
        expect(swept.sweep(night(2), health(70))).toEqual(['recover']);
        expect(swept.sweep(night(3), health(null))).toEqual([]);
        expect(swept.run.recoveringSince).toBe(night(2));
        expect(swept.sweep(night(16), health(null))).toEqual([]);
        expect(swept.sweep(night(17), health(70))).toEqual(['close']);
    });

    it('is not believed on stale figures, nor is a relapse', () => {
        const swept = opened();
        const stale = (score: number) => ({ ...health(score), Health_Score_On__c: '2026-09-01' });
        expect(swept.sweep(night(1), stale(80))).toEqual([]);
        swept.sweep(night(2), health(80));
        expect(swept.sweep(night(3), stale(62))).toEqual([]);
        expect(swept.sweep(night(16), stale(80))).toEqual([]);
        expect(swept.run).toMatchObject({ status: 'Open', recoveringSince: night(2) });
    });

    it('closes at once where nothing has to hold', () => {
        const swept = opened(48, { triggers: [{ ...HEALTH, holdDays: 0 }] });
        expect(swept.sweep(night(1), health(65))).toEqual(['close']);
        expect(swept.run.recoveringSince).toBe(night(1));
    });

    it.each([
        ['in the night in which clocks go forward', '2027-03-14T01:00:00.000Z', '2027-03-28T00:59:00.000Z'],
        ['in the night in which clocks go back', '2026-10-11T00:30:00.000Z', '2026-10-25T00:29:00.000Z'],
        ['whatever the hour', '2026-11-01T22:30:00.000Z', '2026-11-14T23:30:00.000Z'],
    ])('counts days of the org %s', (_, since, until) => {
        const swept = opened();
        swept.change({ Recovering_Since__c: since });
        const early = new Date(Date.parse(until) - 86_400_000).toISOString();
        expect(swept.plan(early, health(70)).changes).toEqual([]);
        expect(swept.sweep(until, health(70))).toEqual(['close']);
    });

    it('counts days of its own time zone', () => {
        const at = '2026-11-15T23:30:00.000Z';
        for (const [timeZone, kinds] of [
            ['Europe/Berlin', ['close']],
            ['America/New_York', []],
        ] as const) {
            const swept = opened(48, { triggers: [HEALTH], timeZone });
            swept.change({ Recovering_Since__c: '2026-11-02T12:00:00.000Z' });
            expect(swept.sweep(at, health(70))).toEqual(kinds);
        }
    });

    it('asks a person once it has held, when no success shows of what was worked, and takes a place again', () => {
        const versions = [{ ...TWO_STEPS, successWhen: '$Figure.Health >= $Run.HealthAtOpening + 20' }];
        const swept = opened(48, { triggers: [HEALTH], versions });
        swept.done('call', night(1));
        swept.sweep(night(2), health(66));
        expect(swept.plan(night(15), health(66)).placesTaken).toBe(0);
        expect(swept.plan(night(16), health(66))).toMatchObject({ changes: [], placesTaken: 1 });
        expect(swept.sweep(night(17), health(68))).toEqual(['close']);
        expect(swept.run.outcome).toBe('Saved');
    });

    it('is told of a snoozed run too', () => {
        const swept = opened();
        swept.change({ Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-31', Snooze_Reason__c: 'Budget' });
        expect(swept.sweep(night(1), health(70))).toEqual(['recover']);
        expect(swept.run.status).toBe('Snoozed');
        expect(swept.sweep(night(15), health(70))).toEqual(['close']);
        expect(swept.run).toMatchObject({ status: 'Closed', snoozedUntil: null });
    });
});

describe('a run that a person opens again', () => {
    it('recovers since it did, has its days anew, and is no save by what was done after', () => {
        const swept = opened();
        swept.sweep(night(1), health(70));
        expect(swept.sweep(night(15), health(70))).toEqual(['close']);
        const where = {
            context: context(health(70), { clock: { now: night(15), timeZone: 'Europe/Berlin' } }),
            prompt: { version: TWO_STEPS, trigger: HEALTH },
            runs: swept.runs,
        };
        swept.write(planReopen(swept.run, where));
        expect(swept.run).toMatchObject({ status: 'Open', recoveringSince: night(1) });
        swept.done('call', night(16));
        expect(swept.sweep(night(29), health(70))).toEqual([]);
        expect(swept.sweep(night(30), health(70))).toEqual(['close']);
        expect(swept.run.outcome).toBe('Recovered');
    });
});

describe('tiers', () => {
    it('are raised and eased in the same run, and the worst is kept', () => {
        const swept = opened();
        expect(swept.sweep(night(1), health(30))).toEqual(['raise']);
        expect(swept.run).toMatchObject({ firstTier: 'High', currentTier: 'Critical', worstTier: 'Critical' });
        expect(swept.sweep(night(2), health(50))).toEqual(['refresh']);
        expect(swept.run).toMatchObject({ firstTier: 'High', currentTier: 'High', worstTier: 'Critical' });
        expect(swept.runs).toHaveLength(1);
    });

    it('stay as they were while nothing enters', () => {
        const swept = opened(30);
        expect(swept.sweep(night(1), health(62))).toEqual([]);
        expect(swept.run.currentTier).toBe('Critical');
    });

    it('are not eased by figures that have gone stale', () => {
        const tier = 'IF(ISBLANK($Figure.Health), "Moderate", IF($Figure.Health < 40, "Critical", "High"))';
        const enterWhen = 'OR($Figure.Health < 60, NOT(ISBLANK($Figure.CompetitorNamedOn)))';
        const swept = opened(30, { triggers: [{ ...HEALTH, tier, enterWhen }] });
        const values = { ...health(30), Competitor_Named_On__c: '2026-10-30' };
        expect(swept.sweep(night(1), { ...values, Health_Score_On__c: '2026-09-01' })).toEqual([]);
        expect(swept.run.currentTier).toBe('Critical');
        expect(swept.sweep(night(2), { ...values, Health_Score__c: null })).toEqual(['refresh']);
        expect(swept.run.currentTier).toBe('Moderate');
    });
});

describe('what is put aside', () => {
    function snoozed(): SweptAccount {
        const swept = opened();
        swept.change({
            Run_Status__c: 'Snoozed',
            Snoozed_Until__c: '2026-11-11',
            Snooze_Reason__c: 'Budget',
            Acted_At__c: night(0),
        });
        return swept;
    }

    it('wakes on its day', () => {
        const swept = snoozed();
        expect(swept.sweep('2026-11-10T22:59:00.000Z', health(48))).toEqual([]);
        expect(swept.sweep('2026-11-10T23:00:00.000Z', health(48))).toEqual(['wake']);
        expect(swept.run).toMatchObject({ status: 'Open', snoozedUntil: null });
    });

    it('wakes when it gets more urgent than when it was put aside', () => {
        const swept = snoozed();
        expect(swept.sweep(night(1), health(30))).toEqual(['wake']);
        expect(swept.run).toMatchObject({ status: 'Open', currentTier: 'Critical', worstTier: 'Critical' });
    });

    it('keeps its tier while it gets easier, and so notices when that is over', () => {
        const swept = opened(30);
        swept.change({ Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-11', Snooze_Reason__c: 'Budget' });
        expect(swept.sweep(night(1), health(50))).toEqual([]);
        expect(swept.sweep(night(2), health(30))).toEqual([]);
        expect(swept.run).toMatchObject({ status: 'Snoozed', currentTier: 'Critical' });
    });

    it('does not expire', () => {
        const swept = opened();
        swept.change({ Run_Status__c: 'Snoozed', Snoozed_Until__c: '2027-03-01', Snooze_Reason__c: 'Budget' });
        expect(swept.sweep(night(90), health(48))).toEqual([]);
    });
});

describe('expiry', () => {
    it('comes for what nobody touched in time, with everything recorded as not done', () => {
        const swept = opened();
        expect(swept.sweep(night(29), health(48))).toEqual([]);
        expect(swept.sweep(night(30), health(48))).toEqual(['expire']);
        const { completions, ...run } = swept.run;
        expect(run).toMatchObject({ status: 'Closed', outcome: 'Expired', nextStep: null });
        expect(completions.map(({ status, stepKey }) => [stepKey, status])).toEqual([
            ['check', 'Not done'],
            ['call', 'Not done'],
        ]);
    });

    it.each([
        ['a step done', (swept: SweptAccount) => swept.done('check', night(3))],
        ['a step skipped', (swept: SweptAccount) => swept.done('check', night(3), 'Skipped')],
        ['any other act', (swept: SweptAccount) => swept.change({ Acted_At__c: night(3) })],
    ])('does not come after %s', (_, touch) => {
        const swept = opened();
        touch(swept);
        expect(swept.sweep(night(90), health(48))).not.toContain('expire');
        expect(swept.run.status).toBe('Open');
    });

    it('comes after an answer that was taken back, its days counted from the last day to which it could have been put aside', () => {
        const swept = opened();
        swept.done('check', night(3), 'Undone');
        const until = 3 + SETTINGS.maxSnoozeDays + 30;
        expect(swept.sweep(night(until - 1), health(48))).toEqual([]);
        expect(swept.sweep(night(until), health(48))).toEqual(['expire']);
    });

    it('comes for waiting runs as well, and says that no place was free', () => {
        const swept = new SweptAccount();
        swept.sweep(night(0), health(48), false);
        const [change] = swept.plan(night(30), health(48)).changes;
        expect(change).toMatchObject({
            kind: 'expire',
            plan: { updateRun: { fields: { Outcome__c: 'Expired', Outcome_Reason__c: 'No place was free.' } } },
        });
    });

    it('says what held the run back, which takes no place then', () => {
        const triggers = [HEALTH, { ...SMALL_RENEWAL, expiresAfterDays: 10 }];
        const swept = new SweptAccount({ triggers });
        const renews = { ARR__c: 9000, Renewal_Date__c: '2026-11-30' };
        expect(swept.sweep(night(0), { ...renews, Health_Score__c: 80 })).toEqual(['open']);
        const critical = { ...renews, Health_Score__c: 30 };
        expect(swept.sweep(night(1), critical)).toEqual(['open']);
        expect(swept.plan(night(2), critical).placesTaken).toBe(1);
        const [change] = swept.plan(night(10), critical).changes;
        expect(change).toMatchObject({
            kind: 'expire',
            plan: { updateRun: { fields: { Outcome_Reason__c: 'It was held back by a rescue.' } } },
        });
    });

    it('leaves alone what recovers, until that is decided', () => {
        const swept = opened();
        swept.sweep(night(25), health(70));
        expect(swept.sweep(night(31), health(70))).toEqual([]);
        expect(swept.sweep(night(39), health(70))).toEqual(['close']);
        expect(swept.run.outcome).toBe('Recovered');
    });

    it('never comes for what is critical, nor on the night on which it gets worse', () => {
        const swept = opened();
        expect(swept.sweep(night(30), health(30))).toEqual(['raise']);
        expect(swept.sweep(night(60), health(30))).toEqual([]);
        expect(swept.runs).toHaveLength(1);
        expect(swept.sweep(night(61), health(50))).toEqual(['expire']);
        const milder = opened(48, { triggers: [{ ...HEALTH, tier: 'IF($Figure.Health < 40, "High", "Moderate")' }] });
        expect(milder.sweep(night(30), health(30))).toEqual(['raise']);
        expect(milder.sweep(night(31), health(30))).toEqual(['expire']);
    });

    it('never comes without a number of days', () => {
        const swept = opened(48, { triggers: [{ ...HEALTH, expiresAfterDays: null }] });
        expect(swept.sweep(night(400), health(48))).toEqual([]);
    });

    it('leaves a day even where none is allowed', () => {
        const swept = opened(48, { triggers: [{ ...HEALTH, expiresAfterDays: 0, cooldownDays: 0 }] });
        expect(swept.sweep(night(0), health(48))).toEqual([]);
        expect(swept.sweep(night(1), health(48))).toEqual(['expire', 'open']);
        expect(swept.sweep(night(1), health(48))).toEqual([]);
    });
});

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

import { planReopen } from '../playbookEngine';
import { context, SETTINGS, SMALL_RENEWAL } from './sample';
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

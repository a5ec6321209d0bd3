import { placed, planSweep, type SweepChange } from '../playbookEngine';
import { account, RENEWAL, step, trigger, USER, version } from './sample';
import { health, HEALTH, night, SweptAccount, sweepRules, TWO_STEPS } from './sweeping';

const first = (changes: readonly SweepChange[]): SweepChange => {
    const [change] = changes;
    if (change === undefined) {
        throw new Error('Nothing changes.');
    }
    return change;
};

describe('a sweep', () => {
    it('gives the same empty answer for every account on which nothing happens', () => {
        const rules = sweepRules(night(0), { triggers: [HEALTH] });
        const nothing = planSweep(rules, { account: account(health(80)), runs: [], csm: USER });
        expect(nothing).toEqual({ matches: [], changes: [], placesTaken: 0, held: [], problems: [] });
        expect(planSweep(rules, { account: account({}), runs: [], csm: null })).toBe(nothing);
    });

    it('opens a run with everything that a first action would record, and its own marks', () => {
        const swept = new SweptAccount();
        const { changes, placesTaken } = swept.plan(night(0), health(48));
        const change = first(changes);
        expect(change).toMatchObject({
            kind: 'open',
            triggerKey: 'At_Risk',
            playbookKey: 'at-risk',
            tier: 'High',
            arr: 50_000,
            runId: null,
            needsPlace: true,
        });
        expect(placesTaken).toBe(0);
        expect(placed(change, true)?.createRun).toEqual({
            Account__c: '001000000000001AAA',
            Run_Playbook__c: 'a0P1',
            Run_Version__c: 'a0V1',
            Trigger_Key__c: 'At_Risk',
            Episode_Key__c: '001000000000001AAA:at-risk:1',
            Episode_Number__c: 1,
            Live_Key__c: '001000000000001AAA:at-risk',
            Run_Status__c: 'Open',
            Opened_By__c: 'Sweep',
            First_Tier__c: 'High',
            Worst_Tier__c: 'High',
            Current_Tier__c: 'High',
            Reason__c: 'Health is 48 (limit 60).',
            Anchor_On__c: null,
            Surfaced_At__c: night(0),
            Acted_At__c: null,
            Run_CSM__c: USER.id,
            Run_Kind__c: 'Risk',
            Practice__c: false,
            Segment_At_Opening__c: null,
            Health_At_Opening__c: 48,
            Usage_At_Opening__c: null,
            ARR_At_Opening__c: 50_000,
            Next_Step__c: 'Do check',
            Next_Due_At__c: null,
            Swept_At__c: night(0),
            Swept_Seen_At__c: null,
        });
        expect(placed(change, false)?.createRun).toMatchObject({ Run_Status__c: 'Waiting' });
    });

    it('opens for nobody where the CSM has left', () => {
        const swept = new SweptAccount({ triggers: [HEALTH] }, null);
        const change = first(swept.plan(night(0), health(48)).changes);
        expect(change.plan.createRun).toMatchObject({ Run_CSM__c: null });
    });

    it('lets a run wait, promotes it when there is room, and counts the place it takes', () => {
        const swept = new SweptAccount();
        expect(swept.sweep(night(0), health(48), false)).toEqual(['open']);
        expect(swept.run.status).toBe('Waiting');
        expect(swept.plan(night(1), health(48))).toMatchObject({ placesTaken: 0, changes: [{ kind: 'wait' }] });
        expect(swept.sweep(night(1), health(48), false)).toEqual([]);
        expect(swept.sweep(night(2), health(48), true)).toEqual(['wait']);
        expect(swept.run.status).toBe('Open');
        expect(swept.plan(night(3), health(48))).toMatchObject({ placesTaken: 1, changes: [] });
    });

    it('follows a waiting run without giving it a place', () => {
        const swept = new SweptAccount();
        swept.sweep(night(0), health(48), false);
        expect(swept.sweep(night(1), health(30), false)).toEqual(['raise']);
        expect(swept.run).toMatchObject({ status: 'Waiting', currentTier: 'Critical' });
    });

    it('counts no place for a run that recovers, or in which nothing is left to do', () => {
        const swept = new SweptAccount();
        swept.sweep(night(0), health(48));
        swept.sweep(night(1), health(70));
        expect(swept.plan(night(2), health(70)).placesTaken).toBe(0);
        swept.sweep(night(3), health(50));
        expect(swept.plan(night(4), health(50)).placesTaken).toBe(1);
        swept.done('check', night(4));
        swept.done('call', night(4));
        expect(swept.plan(night(5), health(50)).placesTaken).toBe(0);
    });

    it('does not promote a waiting run that recovers', () => {
        const swept = new SweptAccount();
        swept.sweep(night(0), health(48), false);
        expect(swept.sweep(night(1), health(70))).toEqual(['recover']);
        expect(swept.run.status).toBe('Waiting');
    });

    it('opens nothing that is held back, and tells what and why', () => {
        const renewal = version([step('plan')], {
            id: 'a0V2',
            playbookId: 'a0P2',
            playbookKey: 'renewal',
            playbookName: 'Renewal',
            category: 'Renewal',
        });
        const swept = new SweptAccount({ triggers: [HEALTH, RENEWAL], versions: [TWO_STEPS, renewal] });
        const values = { ...health(30), Renewal_Date__c: '2026-12-20' };
        const { changes, held, matches } = swept.plan(night(0), values);
        expect(changes.map(({ kind, triggerKey }) => [kind, triggerKey])).toEqual([['open', 'At_Risk']]);
        expect(matches.map(({ trigger: { key } }) => key)).toEqual(['At_Risk', 'Renewal']);
        expect(held.map(({ id, held: reason }) => [id, reason?.why])).toEqual([['playbook:renewal', 'critical']]);
        swept.sweep(night(0), values);
        expect(swept.sweep(night(0), values)).toEqual([]);
        // Once the rescue is over, the renewal is in front.
        expect(swept.sweep(night(1), { ...values, Health_Score__c: 50 })).toEqual(['refresh', 'open']);
    });

    it('raises no alarm on stale figures, and says so', () => {
        const swept = new SweptAccount();
        const stale = { ...health(48), Health_Score_On__c: '2026-09-01' };
        const { changes, held, matches } = swept.plan(night(0), stale);
        expect([changes, matches]).toEqual([[], []]);
        expect(held.map(({ held: reason }) => reason?.why)).toEqual(['stale']);
    });

    it('opens nothing that is lost already', () => {
        const lost = { ...TWO_STEPS, lostWhen: 'NOT(ISBLANK($Figure.NoticeGivenOn))' };
        const swept = new SweptAccount({ triggers: [HEALTH], versions: [lost] });
        const gone = { ...health(48), Notice_Given_On__c: '2026-10-20' };
        expect(swept.sweep(night(0), gone)).toEqual([]);
        expect(swept.sweep(night(0), health(48))).toEqual(['open']);
        expect(swept.sweep(night(1), gone)).toEqual(['close']);
        // Neither after the cooldown.
        expect(swept.sweep(night(60), gone)).toEqual([]);
    });

    it('has one run for several triggers of a playbook', () => {
        const usage = trigger({
            key: 'Usage_Drop',
            label: 'Usage Drop',
            enterWhen: '$Figure.UsageChange <= -0.3',
            exitWhen: '$Figure.UsageChange > -0.15',
            tier: '"High"',
            holdDays: 0,
        });
        const swept = new SweptAccount({ triggers: [{ ...HEALTH, holdDays: 0 }, usage] });
        const both = { ...health(48), Usage_Change__c: -40 };
        expect(swept.sweep(night(0), both)).toEqual(['open']);
        expect(swept.run.triggerKey).toBe('At_Risk');
        // Its own exit holds, but the other trigger would enter it again.
        expect(swept.sweep(night(1), { ...both, Health_Score__c: 80 })).toEqual([]);
        expect(swept.run.recoveringSince).toBeNull();
        expect(swept.sweep(night(2), { ...both, Health_Score__c: 80, Usage_Change__c: 0 })).toEqual(['close']);
    });

    it('numbers a new episode above every run it is given', () => {
        const swept = new SweptAccount();
        swept.sweep(night(0), health(48));
        swept.sweep(night(1), health(80));
        expect(swept.sweep(night(20), health(80))).toEqual(['close']);
        expect(swept.sweep(night(51), health(48))).toEqual(['open']);
        expect(swept.runs.map(({ episodeNumber }) => episodeNumber).sort()).toEqual([1, 2]);
    });

    it('tells rules that fail on this account, and goes on with the others', () => {
        const broken = trigger({ key: 'Ratio', label: 'Ratio', enterWhen: '$Figure.Usage / $Figure.UsageBefore < 1' });
        const swept = new SweptAccount({ triggers: [broken, HEALTH] });
        const { changes, problems } = swept.plan(night(0), {
            ...health(48),
            Usage_Current__c: 1,
            Usage_Previous__c: 0,
        });
        expect(changes.map(({ triggerKey }) => triggerKey)).toEqual(['At_Risk']);
        expect(problems.map(({ field, key }) => [key, field])).toEqual([['Ratio', 'Enter When']]);
    });
});

import { SIGNAL_STEP_KEY } from '../playbookEngine';
import { SMALL_RENEWAL, trigger } from './sample';
import { health, HEALTH, night, opened, SweptAccount } from './sweeping';

describe('a trigger that changes in the middle of runs', () => {
    it('turned off: nothing is entered and nothing recovers, but what is untouched expires', () => {
        const swept = opened();
        swept.org = { triggers: [{ ...HEALTH, active: false }] };
        expect(swept.sweep(night(1), health(80))).toEqual([]);
        expect(swept.sweep(night(30), health(30))).toEqual(['expire']);
        expect(swept.sweep(night(90), health(30))).toEqual([]);
    });

    it('broken: as if it were off', () => {
        const swept = opened();
        swept.sweep(night(1), health(80));
        swept.org = { triggers: [{ ...HEALTH, exitWhen: '$Figure.Heath >= 65' }] };
        expect(swept.sweep(night(20), health(80))).toEqual([]);
        expect(swept.run).toMatchObject({ status: 'Open', recoveringSince: night(1) });
    });

    it('renamed: the run is adopted by another one of its playbook', () => {
        const swept = opened();
        swept.org = { triggers: [{ ...HEALTH, key: 'Health_Low', holdDays: 0 }] };
        expect(swept.sweep(night(1), health(62))).toEqual(['refresh']);
        expect(swept.run.triggerKey).toBe('Health_Low');
        expect(swept.sweep(night(2), health(80))).toEqual(['close']);
    });

    it('turned off while another one of its playbook enters: that one adopts the run', () => {
        const swept = opened();
        swept.org = { triggers: [{ ...HEALTH, active: false }, trigger({ key: 'Other', label: 'Other' })] };
        expect(swept.sweep(night(1), health(62))).toEqual([]);
        expect(swept.sweep(night(2), health(50))).toEqual(['refresh']);
        expect(swept.run.triggerKey).toBe('Other');
    });

    it('pointed at another playbook: it is no longer the run’s', () => {
        const swept = opened();
        swept.org = { triggers: [{ ...HEALTH, playbookKey: 'other' }] };
        expect(swept.sweep(night(1), health(80))).toEqual([]);
        expect(swept.run).toMatchObject({ status: 'Open', recoveringSince: null });
    });

    it('deleted: the run stays, and expires after thirty days if nobody touches it', () => {
        const swept = opened();
        swept.org = { triggers: [] };
        expect(swept.sweep(night(29), health(80))).toEqual([]);
        expect(swept.sweep(night(30), health(80))).toEqual(['expire']);
    });

    it('deleted signal: it keeps its name and expires', () => {
        const swept = new SweptAccount({ triggers: [SMALL_RENEWAL] });
        const values = { ARR__c: 9000, Renewal_Date__c: '2026-11-20' };
        expect(swept.sweep(night(0), values)).toEqual(['open']);
        swept.org = { triggers: [] };
        swept.sweep(night(1), values);
        expect(swept.run.nextStep).toBe('Confirm the renewal by e-mail');
        expect(swept.sweep(night(2), values)).toEqual([]);
        expect(swept.sweep(night(30), values)).toEqual(['expire']);
        expect(swept.run.completions.map(({ stepKey }) => stepKey)).toEqual([SIGNAL_STEP_KEY]);
    });

    it('changed: the run follows the new rule', () => {
        const swept = opened(58);
        swept.org = { triggers: [{ ...HEALTH, enterWhen: '$Figure.Health < 50', exitWhen: '$Figure.Health >= 55' }] };
        expect(swept.sweep(night(1), health(58))).toEqual(['recover']);
    });
});

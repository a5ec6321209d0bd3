import type { Value } from 'c/formula';
import { type PlaybookVersion, prompts } from '../playbookEngine';
import { context, matchesOf, NOW, RENEWAL, run, SMALL_RENEWAL, step, trigger, version } from './sample';
import { health, HEALTH, night, SweptAccount, TWO_STEPS } from './sweeping';

const AT_ONCE = { ...HEALTH, holdDays: 0, expiresAfterDays: 60 };
const SUCCESS = '$Figure.Health >= $Run.HealthAtOpening + 20';

function opened(changes: Partial<PlaybookVersion> = {}): SweptAccount {
    const swept = new SweptAccount({ triggers: [AT_ONCE], versions: [{ ...TWO_STEPS, ...changes }] });
    swept.sweep(night(0), health(50));
    return swept;
}

describe('the outcome that the data tells of a risk', () => {
    it.each<[string, Partial<PlaybookVersion>, boolean, number, string | null]>([
        ['worked, without a criterion', {}, true, 66, 'Saved'],
        ['worked, and its success shows', { successWhen: SUCCESS }, true, 75, 'Saved'],
        ['worked, but no success shows: a person decides', { successWhen: SUCCESS }, true, 66, null],
        ['worked, but nobody can read the criterion', { successWhen: '$Figure.Heath > 1' }, true, 80, null],
        ['worked, but the criterion is unknown', { successWhen: '$Figure.Usage > 10' }, true, 80, null],
        ['nobody worked it, without a criterion', {}, false, 66, 'Recovered'],
        ['nobody worked it, and success shows', { successWhen: SUCCESS }, false, 75, 'Recovered'],
        ['nobody worked it, and no success shows: it expires later', { successWhen: SUCCESS }, false, 66, null],
    ])('%s', (_, changes, worked, score, outcome) => {
        const swept = opened(changes);
        if (worked) {
            swept.done('call', night(1));
        }
        swept.sweep(night(2), health(score));
        expect(swept.run).toMatchObject({ outcome, status: outcome === null ? 'Open' : 'Closed' });
    });

    it('is no save when the customer was spoken to only after the account had begun to recover', () => {
        const swept = new SweptAccount({ triggers: [HEALTH] });
        swept.sweep(night(0), health(50));
        swept.sweep(night(2), health(70));
        swept.done('call', night(3));
        expect(swept.sweep(night(16), health(70))).toEqual(['close']);
        expect(swept.run.outcome).toBe('Recovered');
    });

    it('is an expiry, in the end, of what nobody worked and what does not show success', () => {
        const swept = opened({ successWhen: SUCCESS });
        expect(swept.sweep(night(2), health(66))).toEqual(['recover']);
        expect(swept.sweep(night(59), health(66))).toEqual([]);
        expect(swept.sweep(night(60), health(66))).toEqual(['expire']);
    });

    it('is a loss at once, whoever works on it, with the reason in words', () => {
        const swept = opened({ lostWhen: 'NOT(ISBLANK($Figure.NoticeGivenOn))' });
        swept.done('call', night(1));
        const values = { ...health(50), Notice_Given_On__c: '2026-11-02' };
        const [change] = swept.plan(night(2), values).changes;
        expect(change).toMatchObject({
            kind: 'close',
            plan: {
                updateRun: {
                    fields: {
                        Run_Status__c: 'Closed',
                        Outcome__c: 'Lost',
                        Outcome_By__c: null,
                        Closed_At__c: night(2),
                        Health_At_Close__c: 50,
                        Next_Step__c: null,
                    },
                },
                createCompletions: [{ Recorded_Step_Key__c: 'check', Completion_Status__c: 'Not done' }],
            },
        });
        expect(change?.plan.updateRun?.fields['Outcome_Reason__c']).toBe(
            'What the playbook counts as a loss has happened.',
        );
    });

    it('is not told of what was lost already: nothing surfaces, neither on the page nor in the sweep', () => {
        const versions = [{ ...TWO_STEPS, lostWhen: 'NOT(ISBLANK($Figure.NoticeGivenOn))' }];
        const swept = new SweptAccount({ triggers: [HEALTH], versions });
        const values = { ...health(50), Notice_Given_On__c: '2026-10-20' };
        expect(swept.sweep(night(0), values)).toEqual([]);
        const found = matchesOf(values, [HEALTH]);
        expect(found.matches).toHaveLength(1);
        const source = { ...context(values), ...found, runs: [], versions };
        expect(prompts(source)).toEqual([]);
        const saved = run({ status: 'Closed', outcome: 'Saved', closedAt: NOW, recoveringSince: NOW });
        expect(prompts({ ...source, runs: [saved] })).toEqual([]);
        expect(prompts({ ...source, versions: [TWO_STEPS] })).toHaveLength(1);
    });

    it('is not told by stale figures', () => {
        const swept = opened({ lostWhen: '$Figure.Health < 10' });
        expect(swept.sweep(night(1), { ...health(5), Health_Score_On__c: '2026-09-01' })).toEqual([]);
        expect(swept.sweep(night(1), { ...health(5), Health_Score_On__c: '2026-11-01' })).toEqual(['close']);
    });

    it('says in words why it is over', () => {
        const swept = opened();
        const [change] = swept.plan(night(1), health(72)).changes;
        expect(change?.plan.updateRun?.fields['Outcome_Reason__c']).toBe('Health is 72.');
    });
});

describe('the outcome that the data tells of a renewal', () => {
    const playbook = version([step('offer', { customerContact: true })], {
        category: 'Renewal',
        playbookKey: 'renewal',
        successWhen: '$Figure.Renewal > $Run.AnchorOn + 30',
        lostWhen: 'NOT(ISBLANK($Figure.ChurnedOn))',
    });
    const lostByNotice = { ...playbook, lostWhen: 'NOT(ISBLANK($Figure.NoticeGivenOn))' };
    const renewal = (changes: Record<string, Value> = {}) => ({
        ARR__c: 50_000,
        Renewal_Date__c: '2026-12-01',
        ...changes,
    });
    function opened(): SweptAccount {
        const swept = new SweptAccount({ triggers: [{ ...RENEWAL, holdDays: 0 }], versions: [playbook] });
        expect(swept.sweep(night(0), renewal())).toEqual(['open']);
        return swept;
    }

    it.each<[string, Record<string, Value>, string]>([
        ['the next day lies a year ahead', { Renewal_Date__c: '2027-12-01' }, 'Renewed'],
        ['for less', { Renewal_Date__c: '2027-12-01', ARR__c: 40_000 }, 'Renewed smaller'],
        ['the customer has left', { Churned_On__c: '2026-11-20' }, 'Not renewed'],
    ])('%s', (_, changes, outcome) => {
        const swept = opened();
        expect(swept.sweep(night(25), renewal(changes))).toEqual(['close']);
        expect(swept.run.outcome).toBe(outcome);
    });

    it('is not told before it is: the run stays for thirty days after the day, and expires if nobody touched it', () => {
        const swept = opened();
        expect(swept.sweep('2026-12-31T12:00:00.000Z', renewal())).toEqual([]);
        expect(swept.sweep('2027-01-01T12:00:00.000Z', renewal())).toEqual(['expire']);
        const touched = opened();
        touched.done('offer', night(3));
        expect(touched.sweep('2027-03-01T12:00:00.000Z', renewal())).not.toContain('expire');
        expect(touched.run.status).toBe('Open');
    });

    it('is told of a renewal too that was lost before its time: it opens, and ends in the next night', () => {
        const swept = new SweptAccount({ triggers: [{ ...RENEWAL, holdDays: 0 }], versions: [lostByNotice] });
        const values = renewal({ Notice_Given_On__c: '2026-10-20' });
        expect(swept.sweep(night(0), values)).toEqual(['open']);
        expect(swept.sweep(night(1), values)).toEqual(['close']);
        expect(swept.run.outcome).toBe('Not renewed');
        expect(swept.sweep(night(2), values)).toEqual([]);
    });

    it('is not given to a run that would have expired already', () => {
        const late = { ...RENEWAL, enterWhen: '$Figure.Renewal <= TODAY()', cooldownDays: 0 };
        const swept = new SweptAccount({ triggers: [late], versions: [playbook] });
        expect(swept.sweep(night(0), renewal({ Renewal_Date__c: '2026-09-01' }))).toEqual([]);
    });
});

describe('the outcome that the data tells where nothing is at risk', () => {
    const playbook = version([step('ask'), step('more')], { category: 'Growth' });

    it.each([
        ['a step was done', 'Done', 'Completed'],
        ['one was only skipped', 'Skipped', 'Expired'],
        ['nobody began', null, 'Expired'],
    ])('%s', (_, status, outcome) => {
        const swept = new SweptAccount({ triggers: [trigger({ holdDays: 0 })], versions: [playbook] });
        swept.sweep(night(0), health(50));
        if (status !== null) {
            swept.done('ask', night(1), status);
        }
        const [change] = swept.plan(night(2), health(70)).changes;
        expect(change?.plan.updateRun?.fields).toMatchObject({
            Outcome__c: outcome,
            Outcome_Reason__c: outcome === 'Expired' ? 'No longer needed.' : 'Health is 70.',
        });
    });

    it('of a signal that is not needed any more', () => {
        const swept = new SweptAccount({ triggers: [{ ...SMALL_RENEWAL, holdDays: 0 }], versions: [] });
        const values = { ARR__c: 9000, Renewal_Date__c: '2026-11-20' };
        expect(swept.sweep(night(0), values)).toEqual(['open']);
        expect(swept.sweep(night(1), { ...values, Renewal_Date__c: '2027-11-20' })).toEqual(['close']);
        expect(swept.run).toMatchObject({ outcome: 'Expired', playbookKey: null });
        expect(swept.run.completions.map(({ status }) => status)).toEqual(['Not done']);
    });
});

import { closingCounts } from '../closingCounts';
import { type Outcome, planSweep, type Run } from '../playbookEngine';
import { account, context, day, run, step, version } from './sample';
import { sweepRules } from './sweeping';

const AT = (count: number): string => `${day(count)}T10:00:00.000Z`;
const RUN = run({ surfacedAt: AT(-200), arrAtOpening: 50_000 });

const counts = (outcome: Outcome, { arr = 60_000, ...changes }: Partial<Run> & { arr?: number | null } = {}) =>
    closingCounts({ ...RUN, ...changes }, outcome, [], context({ ARR__c: arr, Renewal_Date__c: day(100) }));

describe('what closing counts', () => {
    test.each<[string, Outcome, Parameters<typeof counts>[1], number | null, number | null]>([
        ['the ARR at opening where it has grown', 'Saved', {}, 50_000, null],
        ['the ARR at close where it has shrunk', 'Saved', { arr: 30_000 }, 30_000, null],
        ['nothing saved where ARR is unknown now', 'Saved', { arr: null }, null, null],
        ['nothing saved where ARR was unknown', 'Saved', { arrAtOpening: null }, null, null],
        ['what was there at opening, lost', 'Lost', { arr: 0 }, null, 50_000],
        ['the same of a renewal', 'Not renewed', {}, null, 50_000],
        ['no loss where ARR was unknown', 'Lost', { arrAtOpening: null }, null, null],
        ['no ARR of what recovered by itself', 'Recovered', {}, null, null],
        ['no ARR of what was let go', 'Let go', {}, null, null],
        ['no ARR of practice', 'Saved', { practice: true }, null, null],
        ['no loss of practice', 'Lost', { practice: true }, null, null],
    ])('%s', (_, outcome, changes, arrSaved, arrLost) => {
        expect(counts(outcome, changes)).toMatchObject({ arrSaved, arrLost });
    });

    test.each<[Outcome, Run['kept']]>([
        ['Saved', 'Provisional'],
        ['Recovered', 'Provisional'],
        ['Renewed', 'Provisional'],
        ['Renewed smaller', 'Provisional'],
        ['Lost', null],
        ['Let go', null],
        ['False alarm', null],
        ['Expired', null],
        ['Not renewed', null],
        ['Completed', null],
    ])('%s has to last: %s', (outcome, kept) => {
        expect(counts(outcome).kept).toBe(kept);
        expect(counts(outcome, { practice: true }).kept).toBeNull();
    });

    test('the renewal that comes next', () => {
        expect(counts('Lost').renewalAtCloseOn).toBe(day(100));
    });
});

describe('an account is counted once', () => {
    const OTHER = run({
        id: 'a0R2',
        episodeKey: '001000000000001AAA:renewal:1',
        status: 'Closed',
        surfacedAt: AT(-300),
        closedAt: AT(-150),
        arrSaved: 50_000,
    });
    const saved = (other: Partial<Run>, outcome: Outcome = 'Saved') =>
        closingCounts(RUN, outcome, [RUN, { ...OTHER, ...other }], context({ ARR__c: 50_000 }));

    test.each<[string, Partial<Run>, number]>([
        ['closed while this one was open', {}, 0],
        ['closed when this one surfaced', { closedAt: AT(-200) }, 0],
        ['closed before this one surfaced', { closedAt: AT(-201) }, 50_000],
        ['of another kind', { kind: 'Renewal' }, 50_000],
        ['of a kind that was not recorded', { kind: null }, 50_000],
        ['without an amount', { arrSaved: null }, 50_000],
        ['that had counted nothing itself', { arrSaved: 0 }, 50_000],
        ['that is this one, before it was opened again', { episodeKey: RUN.episodeKey }, 50_000],
        ['that was lost instead', { arrSaved: null, arrLost: 50_000 }, 50_000],
    ])('a run %s', (_, other, amount) => {
        expect(saved(other).arrSaved).toBe(amount);
    });

    test.each<[string, Partial<Run>, number]>([
        ['89 days ago', { closedAt: AT(-89) }, 0],
        ['90 days ago', { closedAt: AT(-90) }, 0],
        ['90 days ago, in another kind', { closedAt: AT(-90), kind: 'Renewal' }, 50_000],
        ['91 days ago', { closedAt: AT(-91) }, 50_000],
    ])('a run that was over before this one surfaced, closed %s', (_, other, amount) => {
        const late = { ...RUN, surfacedAt: AT(-5) };
        const runs = [{ ...OTHER, ...other }, late];
        expect(closingCounts(late, 'Saved', runs, context({ ARR__c: 50_000 })).arrSaved).toBe(amount);
    });

    test('among losses as among saves', () => {
        expect(saved({ arrSaved: null, arrLost: 1 }, 'Lost').arrLost).toBe(0);
        expect(saved({}, 'Lost').arrLost).toBe(50_000);
    });
});

test('two runs that a sweep closes in one night count the loss of their account once', () => {
    const lostWhen = 'NOT(ISBLANK($Figure.ChurnedOn))';
    const versions = ['at-risk', 'onboarding'].map((playbookKey) =>
        version([step('check')], { id: `a0V-${playbookKey}`, playbookKey, lostWhen }),
    );
    const runs = versions.map(({ id, playbookKey }, index) =>
        run({
            id: `a0R${index}`,
            episodeKey: `001000000000001AAA:${playbookKey}:1`,
            playbookKey,
            versionId: id,
            triggerKey: null,
        }),
    );
    const rules = sweepRules(AT(1), { triggers: [], versions });
    const left = account({ Churned_On__c: day(0), ARR__c: 0 });
    const { changes } = planSweep(rules, { account: left, runs, csm: null });
    expect(changes.map(({ plan }) => plan.updateRun?.fields)).toMatchObject([
        { Outcome__c: 'Lost', ARR_Lost__c: 50_000 },
        { Outcome__c: 'Lost', ARR_Lost__c: 0 },
    ]);
});

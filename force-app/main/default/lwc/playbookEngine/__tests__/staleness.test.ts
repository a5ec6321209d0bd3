import { freshAccount, matchTriggers, type Settings } from '../playbookEngine';
import { account, CLOCK, day, matchesOf, prepared, SETTINGS, trigger, USER } from './sample';

type Values = Record<string, string | number | null>;
const WEAK = { Health_Score__c: 30, Usage_Current__c: 10, Usage_Previous__c: 900, Usage_Change__c: -90 };

function fresh(values: Values, settings: Settings = SETTINGS) {
    const given = account(values);
    return { given, found: freshAccount(given, prepared(undefined, settings), settings, CLOCK) };
}

describe('an account with stale figures as blank', () => {
    test.each<[string, Values]>([
        ['undated figures', WEAK],
        ['figures of today', { ...WEAK, Health_Score_On__c: day(0), Usage_On__c: day(0) }],
        ['figures as old as they may be', { ...WEAK, Health_Score_On__c: day(-14), Usage_On__c: day(-14) }],
        ['figures of tomorrow', { ...WEAK, Health_Score_On__c: day(1) }],
        ['blank figures of an old day', { Health_Score__c: null, Health_Score_On__c: day(-90) }],
    ])('is the very same with %s', (_, values) => {
        const { given, found } = fresh(values);
        expect(found).toBe(given);
    });

    test('loses its health by the day of that alone', () => {
        const { found } = fresh({ ...WEAK, Health_Score_On__c: day(-15), Usage_On__c: day(-2) });
        expect(found.values).toEqual({
            ...account(WEAK).values,
            Health_Score__c: null,
            Health_Score_On__c: day(-15),
            Usage_On__c: day(-2),
        });
    });

    test('loses what is known of its usage, but not what was known before', () => {
        const { given, found } = fresh({ ...WEAK, Usage_On__c: day(-15), Earlier_Usage_Change__c: -40 });
        expect(found.values).toMatchObject({
            Health_Score__c: 30,
            Usage_Current__c: null,
            Usage_Previous__c: null,
            Usage_Change__c: null,
            Earlier_Usage_Change__c: -40,
        });
        expect(given.values['Usage_Current__c']).toBe(10);
    });

    test.each([
        ['half past eleven at night', '22:30', null],
        ['half past midnight', '23:30', 30],
    ])('goes by the user’s days where the measurement has a time: %s', (_, time, expected) => {
        const { found } = fresh({ ...WEAK, Health_Score_On__c: `${day(-15)}T${time}:00.000Z` });
        expect(found.values['Health_Score__c']).toBe(expected);
    });

    test('goes by the setting, and by the fields that it names', () => {
        const old = { ...WEAK, Health_Score_On__c: day(-30) };
        expect(fresh(old, { ...SETTINGS, staleAfterDays: 30 }).found.values['Health_Score__c']).toBe(30);
        const figures = { Health: 'NPS__c', HealthOn: 'Health_Score_On__c' };
        expect(fresh({ ...old, NPS__c: 5 }, { ...SETTINGS, figures }).found.values).toMatchObject({
            Health_Score__c: 30,
            NPS__c: null,
        });
        const { found, given } = fresh(old, { ...SETTINGS, figures: { Health: 'Health_Score__c' } });
        expect(found).toBe(given);
    });
});

describe('stale figures', () => {
    const old = { Health_Score__c: 30, Health_Score_On__c: day(-20) };

    test('raise no alarm, but what would be one is told', () => {
        const found = matchesOf(old);
        expect(found.matches).toEqual([]);
        expect(found.stale).toMatchObject([{ trigger: { key: 'At_Risk' }, tier: 'Critical' }]);
        expect(found.stale[0]?.reasons).toMatchObject([{ figure: 'Health', actual: 30 }]);
    });

    test('say nothing about how urgent it is for another reason', () => {
        const found = matchesOf({ ...old, Competitor_Named_On__c: day(-3) });
        expect(found.matches).toMatchObject([{ trigger: { key: 'At_Risk' }, tier: 'Moderate' }]);
        expect(found.stale).toEqual([]);
    });

    test('count as blank for a rule that asks for blanks', () => {
        const unmeasured = trigger({ key: 'Unmeasured', enterWhen: 'ISBLANK($Figure.Health)' });
        const found = matchTriggers(prepared([unmeasured]), account(old), CLOCK, USER);
        expect(found.matches).toMatchObject([{ trigger: { key: 'Unmeasured' } }]);
        expect(found.stale).toEqual([]);
    });

    test('report no rule that fails on them alone', () => {
        const dividing = trigger({ key: 'Dividing', enterWhen: '1 / ($Figure.Health - 30) > 0' });
        const found = matchTriggers(prepared([dividing]), account(old), CLOCK, USER);
        expect(found).toEqual({ matches: [], stale: [], problems: [] });
    });
});

import { prepareRules, relationshipsOf, requiredFieldPaths, type Settings, type Trigger } from '../playbookEngine';
import {
    account,
    AT_RISK,
    CLOCK,
    FIELD_TYPES,
    matchesOf,
    prepared,
    SETTINGS,
    SMALL_RENEWAL,
    trigger,
    TRIGGERS,
    USER,
} from './sample';
import { matchTriggers } from '../playbookEngine';

const problemsOf = (changes: Partial<Trigger>) => prepared([trigger(changes)]).problems;

describe('triggers that cannot be used', () => {
    test.each<[string, Partial<Trigger>, string, RegExp]>([
        ['does not parse', { enterWhen: '$Figure.Health <' }, 'Enter When', /ends too early/],
        ['no such field', { enterWhen: 'Helth_Score__c < 60' }, 'Enter When', /Health_Score__c/],
        ['no such figure', { enterWhen: '$Figure.Helth < 60' }, 'Enter When', /\$Figure\.Health/],
        ['text against a number', { enterWhen: '$Figure.Health < "60"' }, 'Enter When', /Number.*Text|Text.*Number/i],
        ['not a condition', { enterWhen: '$Figure.Health + 1' }, 'Enter When', /./],
        ['no entry', { enterWhen: '  ' }, 'Enter When', /is empty/],
        ['no exit', { exitWhen: '' }, 'Exit When', /is empty/],
        ['a broken exit', { exitWhen: 'NPS__c > ' }, 'Exit When', /./],
        ['a tier that is no text', { tier: '1 + 1' }, 'Tier', /./],
        ['a broken explanation', { explanation: 'IF(' }, 'Explanation', /./],
        ['no playbook', { playbookKey: null }, 'Playbook Key', /at-risk/],
        ['a signal without a title', { kind: 'Signal', playbookKey: null }, 'Signal Title', /title/],
    ])('%s', (_name, changes, field, message) => {
        const { problems, rules } = prepared([trigger(changes), SMALL_RENEWAL]);
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatchObject({ where: 'trigger', key: 'At_Risk', label: 'At Risk', field });
        expect(problems[0]?.message).toMatch(message);
        expect(rules.map((rule) => rule.trigger.key)).toEqual(['Renewal_Small']);
    });

    test('positions point into the formula', () => {
        expect(problemsOf({ enterWhen: 'AND(NPS__c > 1, Helth_Score__c < 60)' })[0]?.position).toBe(16);
    });

    test('one that is switched off is left alone', () => {
        expect(prepared([trigger({ active: false, enterWhen: 'nonsense(' })])).toMatchObject({
            rules: [],
            problems: [],
        });
    });
});

describe('settings', () => {
    const withFigures = (figures: Settings['figures']) =>
        prepareRules({ triggers: TRIGGERS, settings: { ...SETTINGS, figures }, fieldTypes: FIELD_TYPES });

    test('an unmapped figure is blank and silent', () => {
        const rules = withFigures({ Health: 'Health_Score__c' });
        expect(rules.problems).toEqual([]);
        expect(rules.rules).toHaveLength(TRIGGERS.length);
        const found = matchTriggers(
            rules,
            account({ Health_Score__c: 48, Renewal_Date__c: '2026-12-01' }),
            CLOCK,
            USER,
        );
        expect(found.matches.map((match) => match.trigger.key)).toEqual(['At_Risk']);
    });

    test('a mapped field that does not exist is reported, and its rules stay unknown', () => {
        const rules = withFigures({ Health: 'Healthiness__c' });
        expect(rules.problems).toMatchObject([{ where: 'setting', field: 'Health' }]);
        expect(rules.problems[0]?.message).toContain('Healthiness__c');
        expect(matchTriggers(rules, account({ Healthiness__c: 1 }), CLOCK, USER).matches).toEqual([]);
    });

    test('a mapped field of another kind is reported', () => {
        expect(withFigures({ ARR: 'Name' }).problems).toContainEqual(
            expect.objectContaining({ where: 'setting', field: 'ARR', message: expect.stringContaining('Currency') }),
        );
    });

    test('the org may map its own field, in any capitals', () => {
        const rules = withFigures({ Health: 'nps__C' });
        expect(rules.problems).toEqual([]);
        expect(matchTriggers(rules, account({ NPS__c: 10 }), CLOCK, USER).matches).toHaveLength(1);
    });

    test('no working days are reported', () => {
        const settings = { ...SETTINGS, workingDays: [] };
        expect(prepareRules({ triggers: [], settings, fieldTypes: FIELD_TYPES }).problems).toMatchObject([
            { where: 'setting', field: 'Working Days' },
        ]);
    });
});

describe('fields to read', () => {
    test('once types are known: what rules and figures name, once, sorted', () => {
        const { fields } = prepared([
            trigger({ enterWhen: 'AND(nps__c < 7, $Figure.Health < 60, $User.Id = CSM__c)' }),
        ]);
        expect(fields).toContain('NPS__c');
        expect(fields).toContain('Renewal_Date__c');
        expect(fields.some((path) => path.startsWith('$'))).toBe(false);
        expect(fields).toEqual([...new Set(fields)].sort());
    });

    test('before: from the syntax alone', () => {
        const paths = requiredFieldPaths(
            [
                trigger({ enterWhen: 'AND(NPS__c < "x", Owner.Name = "A")' }),
                trigger({ enterWhen: 'Broken__c <' }),
                SMALL_RENEWAL,
            ],
            { ...SETTINGS, figures: { Health: 'Health_Score__c', CSM: 'CSM__c' } },
            ['Dear {!Champion__r.LastName}, {!$User.FirstName} {!broken'],
            ['$Decision.x = Plan__c'],
        );
        expect(paths).toEqual([
            'CSM__c',
            'Champion__r.FirstName',
            'Champion__r.LastName',
            'Health_Score__c',
            'NPS__c',
            'Owner.Name',
            'Plan__c',
            'broken',
        ]);
        expect(relationshipsOf(paths)).toEqual(['Champion__r', 'Owner']);
    });

    test('the owner, where no field tells the CSM', () => {
        expect(requiredFieldPaths([], { ...SETTINGS, figures: {} })).toEqual(['OwnerId']);
    });
});

describe('matches', () => {
    test.each<[string, Record<string, string | number>, string[]]>([
        ['healthy', { Health_Score__c: 82 }, []],
        ['nurture band', { Health_Score__c: 70 }, []],
        ['no score is no risk', {}, []],
        ['critical', { Health_Score__c: 39.9 }, ['At_Risk Critical']],
        ['high', { Health_Score__c: 40 }, ['At_Risk High']],
        ['at the limit', { Health_Score__c: 60 }, []],
        ['competitor only', { Health_Score__c: 80, Competitor_Named_On__c: '2026-11-01' }, ['At_Risk Moderate']],
        ['competitor long ago', { Health_Score__c: 80, Competitor_Named_On__c: '2026-08-22' }, []],
        ['a drop from a small base', { Usage_Previous__c: 99, Usage_Change__c: -80 }, []],
        [
            'worst first',
            { Health_Score__c: 30, Renewal_Date__c: '2026-12-10', ARR__c: 90000, Champion_Left_On__c: '2026-11-20' },
            ['At_Risk Critical', 'Renewal High', 'Champion_Change Moderate'],
        ],
        ['small renewal', { Renewal_Date__c: '2026-12-10', ARR__c: 9000 }, ['Renewal_Small Moderate']],
        ['churned', { Health_Score__c: 30, Churned_On__c: '2026-11-01' }, []],
    ])('%s', (_name, values, expected) => {
        const { matches, problems } = matchesOf(values);
        expect(matches.map((match) => `${match.trigger.key} ${match.tier}`)).toEqual(expected);
        expect(problems).toEqual([]);
    });

    test('the day is the user’s: late in the evening it is tomorrow already in Kolkata', () => {
        const late = (timeZone: string) =>
            matchesOf({ Champion_Left_On__c: '2026-11-22' }, TRIGGERS, { now: '2026-11-21T20:00:00.000Z', timeZone })
                .matches.length;
        expect(late('Europe/Berlin')).toBe(0);
        expect(late('Asia/Kolkata')).toBe(1);
    });

    test('equally urgent ones by priority, then label', () => {
        const three = [
            trigger({ key: 'c', label: 'Zebra', priority: 5 }),
            trigger({ key: 'b', label: 'Beta', priority: 5 }),
            trigger({ key: 'a', label: 'Alpha', priority: 9 }),
        ];
        expect(matchesOf({ Health_Score__c: 1 }, three).matches.map((match) => match.trigger.key)).toEqual([
            'b',
            'c',
            'a',
        ]);
    });

    test('a formula that fails on these values turns its trigger off for them; the others go on', () => {
        const divides = trigger({ key: 'Ratio', label: 'Ratio', enterWhen: '100 / NPS__c > 5' });
        const { matches, problems } = matchesOf({ NPS__c: 0, Health_Score__c: 10 }, [divides, AT_RISK]);
        expect(matches.map((match) => match.trigger.key)).toEqual(['At_Risk']);
        expect(problems).toMatchObject([{ where: 'trigger', key: 'Ratio', field: 'Enter When' }]);
        expect(problems[0]?.message).toMatch(/zero/i);
    });

    test('a tier that is none counts as Moderate and is reported', () => {
        const { matches, problems } = matchesOf({ Health_Score__c: 10 }, [trigger({ tier: '"Urgent"' })]);
        expect(matches[0]?.tier).toBe('Moderate');
        expect(problems[0]).toMatchObject({ field: 'Tier' });
        expect(problems[0]?.message).toContain('Urgent');
    });

    test('reasons read later are those of their own account', () => {
        const rules = prepared([AT_RISK]);
        const [first, second] = [48, 31].map(
            (health) => matchTriggers(rules, account({ Health_Score__c: health }), CLOCK, USER).matches[0],
        );
        expect(first?.reasons).toMatchObject([{ actual: 48, limit: 60 }]);
        expect(second?.reasons).toMatchObject([{ actual: 31, limit: 60 }]);
        expect(first?.reasons).toBe(first?.reasons);
    });

    test('rules may speak of the user', () => {
        const mine = trigger({ enterWhen: '$Figure.CSM = $User.Id' });
        expect(matchesOf({ CSM__c: USER.id }, [mine]).matches).toHaveLength(1);
        expect(matchesOf({ CSM__c: '005000000000009AAA' }, [mine]).matches).toHaveLength(0);
    });

    test.each([
        ['2026-12-10', '2026-12-10'],
        ['2026-02-30', null],
        [null, null],
    ])('anchor %j is %j', (renewal, expected) => {
        const always = trigger({ enterWhen: 'TRUE', anchor: 'Renewal' });
        expect(matchesOf({ Renewal_Date__c: renewal }, [always]).matches[0]?.anchorOn).toBe(expected);
    });
});

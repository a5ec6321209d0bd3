import type { Value } from 'c/formula';
import { joinReasons, phraseReason } from '../playbookEngine';
import { day, FORMATS, matchesOf, PHRASES, trigger, TRIGGERS } from './sample';

function reasons(values: Record<string, Value>, enterWhen?: string): string[] {
    const triggers = enterWhen === undefined ? TRIGGERS : [trigger({ enterWhen })];
    const { matches, problems } = matchesOf(values, triggers);
    expect(problems).toEqual([]);
    return matches.flatMap((match) => match.reasons.map((reason) => phraseReason(reason, PHRASES, FORMATS)));
}

describe('reasons of the shipped triggers', () => {
    const drop = { Usage_Previous__c: 1200, Usage_Change__c: -42, Usage_On__c: day(-2) };
    test.each<[string, Record<string, Value>, string[]]>([
        ['health', { Health_Score__c: 48 }, ['Health is 48 (limit 60)']],
        ['usage with one reading', { Health_Score__c: 71, ...drop }, ['Usage fell 42% (limit 30%)']],
        [
            'usage with two readings',
            { ...drop, Earlier_Usage_On__c: day(-30), Earlier_Usage_Change__c: -35 },
            ['Usage fell 42% (limit 30%)'],
        ],
        [
            'health and usage',
            { Health_Score__c: 48, ...drop },
            ['Health is 48 (limit 60)', 'Usage fell 42% (limit 30%)'],
        ],
        ['competitor', { Competitor_Named_On__c: day(-12) }, ['A competitor was named 12 days ago (limit 90 days)']],
        [
            'renewal: the floor of ARR and the day that is merely today stay out',
            { Renewal_Date__c: day(52), ARR__c: 90000 },
            ['Renewal is in 52 days, on 12 Jan 2027 (limit 90 days)'],
        ],
        ['renewal today', { Renewal_Date__c: day(0), ARR__c: 90000 }, ['Renewal is today']],
        ['champion', { Champion_Left_On__c: day(-8) }, ['The champion left 8 days ago']],
        ['one day is not 1 days', { Champion_Left_On__c: day(-1) }, ['The champion left 1 day ago']],
    ])('%s', (_name, values, expected) => {
        expect(reasons(values)).toEqual(expected);
    });
});

describe('reasons of rules that an admin wrote', () => {
    test.each<[string, string, Record<string, Value>, string[]]>([
        ['another field', 'NPS__c <= 6', { NPS__c: 3 }, ['NPS is 3 (limit 6)']],
        [
            'the field instead of the figure',
            'Health_Score__c < 60',
            { Health_Score__c: 48 },
            ['Health is 48 (limit 60)'],
        ],
        ['a health that the rule asks for', '$Figure.Health >= 60', { Health_Score__c: 77 }, ['Health is 77']],
        ['the same, turned round', 'NOT($Figure.Health < 60)', { Health_Score__c: 77 }, ['Health is 77']],
        ['an unhappy answer', '$Figure.NPS <= 6', { NPS__c: 5 }, ['NPS is 5 (limit 6)']],
        ['an answer that the rule asks for', '$Figure.NPS > 8', { NPS__c: 9 }, ['NPS is 9']],
        ['a range of answers', 'AND($Figure.NPS >= 0, $Figure.NPS <= 6)', { NPS__c: 5 }, ['NPS is 5 (limit 6)']],
        [
            'the day of an answer',
            'AND($Figure.NPSOn <= TODAY(), $Figure.NPSOn >= TODAY() - 14)',
            { NPS_On__c: day(-4) },
            ['The survey was answered 4 days ago'],
        ],
        [
            'the day of a review',
            '$Figure.ReviewedOn <= TODAY() - 90',
            { Last_Review_On__c: day(-112) },
            ['The last business review was 112 days ago'],
        ],
        ['turned round', '60 > $Figure.Health', { Health_Score__c: 48 }, ['Health is 48 (limit 60)']],
        ['inside NOT', 'NOT($Figure.Health >= 60)', { Health_Score__c: 48 }, ['Health is 48 (limit 60)']],
        [
            'the tighter of two limits',
            'AND($Figure.Health < 60, $Figure.Health < 50)',
            { Health_Score__c: 48 },
            ['Health is 48 (limit 50)'],
        ],
        [
            'the end of a range at which the risk begins',
            'AND($Figure.Health >= 40, $Figure.Health < 60)',
            { Health_Score__c: 48 },
            ['Health is 48 (limit 60)'],
        ],
        [
            'a range of a day that has passed',
            'AND(Contract_Ends__c >= TODAY() - 30, Contract_Ends__c <= TODAY() - 5)',
            { Contract_Ends__c: day(-10) },
            ['Contract Ends was 10 days ago, on 11 Nov 2026 (limit 30 days)'],
        ],
        ['a pick', 'ISPICKVAL(Segment__c, "Enterprise")', { Segment__c: 'Enterprise' }, ['Segment is Enterprise']],
        ['only blanks are tested', 'ISBLANK(NPS__c)', {}, []],
        [
            'blank by comparison',
            'AND(NPS__c = NULL, $Figure.Health < 60)',
            { Health_Score__c: 1 },
            ['Health is 1 (limit 60)'],
        ],
        ['nothing but qualifying figures', '$Figure.ARR > 1000', { ARR__c: 2500 }, ['ARR is €2,500 (limit €1,000)']],
        ['an expression, when there is nothing else', 'NPS__c + 1 < 9', { NPS__c: 3 }, ['NPS__c + 1 is 4 (limit 9)']],
        [
            'the branch that held',
            'OR(NPS__c < 2, $Figure.Health < 60)',
            { NPS__c: 5, Health_Score__c: 48 },
            ['Health is 48 (limit 60)'],
        ],
        [
            'not that pick',
            'NOT(ISPICKVAL(Segment__c, "SMB"))',
            { Segment__c: 'Enterprise' },
            ['Segment is Enterprise, not SMB'],
        ],
        ['not that text', 'NOT(CONTAINS(Name, "GmbH"))', { Name: 'Acme' }, ['Account Name is Acme, not GmbH']],
        ['another number', 'NPS__c <> 7', { NPS__c: 3 }, ['NPS is 3, not 7']],
        ['exactly that number', 'NPS__c = 3', { NPS__c: 3 }, ['NPS is 3']],
        ['a checkbox', 'Is_Pilot__c', { Is_Pilot__c: true }, ['Pilot is true']],
        [
            'a day yet to come of a figure about the past',
            '$Figure.ChampionLeftOn <= TODAY() + 30',
            { Champion_Left_On__c: day(5) },
            ['Champion Left On is in 5 days, on 26 Nov 2026 (limit 30 days)'],
        ],
        ['usage that rose', '$Figure.UsageChange >= 0.5', { Usage_Change__c: 80 }, ['Usage rose 80% (limit 50%)']],
    ])('%s', (_name, enterWhen, values, expected) => {
        expect(reasons(values, enterWhen)).toEqual(expected);
    });

    test('what a field holds cannot smuggle in a placeholder', () => {
        const sentences = reasons({ Name: '{1}$&' }, 'BEGINS(Name, "{")');
        expect(sentences).toEqual(['Account Name is {1}$&']);
    });
});

test('a comparison that had to fail is turned round', () => {
    const operators = ['>=', '>', '<', '<=', '=', '<>'].map((operator) => {
        const health = ['<', '<=', '<>'].includes(operator) ? 60 : 59;
        const rule = `NOT($Figure.Health ${operator} ${operator === '=' ? 60 : operator === '<>' ? 60 : 59.5})`;
        return matchesOf({ Health_Score__c: operator === '=' ? 48 : health }, [trigger({ enterWhen: rule })]).matches[0]
            ?.reasons[0]?.operator;
    });
    expect(operators).toEqual(['<', '<=', '>=', '>', '<>', '=']);
});

test('running text ends each sentence once and adds the explanation', () => {
    const { matches } = matchesOf({ Health_Score__c: 48, Usage_Previous__c: 1200, Usage_Change__c: -42 });
    const [match] = matches;
    expect(match && joinReasons(match, PHRASES, FORMATS)).toBe(
        'Health is 48 (limit 60). Usage fell 42% (limit 30%). The usage drop rests on one reading so far.',
    );
});

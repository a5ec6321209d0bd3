import {
    type MergeSegment,
    mergeTemplate,
    ruleScope,
    stepScope,
    templateFieldPaths,
    templateProblems,
} from '../playbookEngine';
import { completion, context, FIELD_TYPES, FORMATS, promptFor, run, SETTINGS, step, version } from './sample';

const VALUES = {
    'Champion__r.FirstName': 'Ada',
    Health_Score__c: 48.5,
    Usage_Change__c: -42,
    ARR__c: 50000,
    Renewal_Date__c: '2027-01-12',
};

function merge(template: string, values: Record<string, string | number | null> = VALUES): readonly MergeSegment[] {
    return mergeTemplate(template, { ...context(values), prompt: null, formats: FORMATS });
}
const asText = (segments: readonly MergeSegment[]): string =>
    segments
        .map((part) => (part.kind === 'missing' ? `[${part.label}]` : part.kind === 'broken' ? '!' : part.text))
        .join('');

test.each([
    ['Hello {!Champion__r.FirstName},\nhow is {!Name}?', 'Hello Ada,\nhow is Nordlicht Logistik?'],
    ['{!$Figure.Renewal}', '12 Jan 2027'],
    ['{!$Figure.Health} / {!$Figure.UsageChange} / {!$Figure.ARR}', '48.5 / -42% / €50,000'],
    ['{!$User.FirstName}', 'Maya'],
    ['{!ROUND($Figure.Health, 0)} and {!UPPER("a}b")}', '49 and A}B'],
    ['{!IF($Figure.Health < 60, "low", "fine")}', 'low'],
    ['a{!IF($Figure.Health < 60, "", "fine")}b', 'ab'],
    ['no merge fields {here} or } there', 'no merge fields {here} or } there'],
    ['', ''],
    ['{!BLANKVALUE(TEXT(Segment__c), "your segment")}', 'your segment'],
])('%j becomes %j', (template, expected) => {
    expect(asText(merge(template))).toBe(expected);
});

describe('a value that is missing is marked, never blank', () => {
    test.each([
        ['Hello {!Champion__r.FirstName}', 'Hello [First Name]'],
        ['{!$Figure.Health}', '[Health Score]'],
        ['{!"Health " & TEXT($Figure.Health) & "!"}', '[Health Score]'],
        ['{!$Figure.CustomerSince}', '[Customer since]'],
        ['{!"Dear " & Champion__r.FirstName}', '[First Name]'],
        ['{!BLANKVALUE(Champion__r.FirstName, TEXT(NPS__c))}', '[NPS]'],
        ['{!IF($Figure.Health < 60, "low", "fine")}', '[Health Score]'],
        ['{!IF(ISBLANK(NPS__c), "no score", TEXT($Figure.Health))}', 'no score'],
        ['a{!IF(ISBLANK(Champion__r.FirstName), "", "Say hello to " & Champion__r.FirstName)}b', 'ab'],
        ['{!BLANKVALUE(Champion__r.FirstName, "your contact")}', 'your contact'],
    ])('%j becomes %j', (template, expected) => {
        expect(asText(merge(template, {}))).toBe(expected);
    });
});

test.each([
    ['{!Helth__c}', /no field Helth__c/i],
    ['{!IF(}', /./],
    ['{!1 / (NPS__c - 1)}', /zero/i],
    ['{!Is_Pilot__c}', /checkbox/i],
    ['{!Name', /closing \}/],
    ['{!Name & "x}', /closing/],
])('%j is broken and says why', (template, message) => {
    const segments = merge(`before ${template}\nafter`, { NPS__c: 1 });
    expect(segments.map(({ kind }) => kind)).toEqual(['text', 'broken', 'text']);
    expect(segments[1]).toMatchObject({ message: expect.stringMatching(message) });
});

test('markup in a value stays text', () => {
    expect(merge('{!Name}', { Name: '<img src=x onerror=alert(1)> {!Name}' })).toEqual([
        { kind: 'value', text: '<img src=x onerror=alert(1)> {!Name}', source: 'Name' },
    ]);
});

test('texts of a run may name its decisions and tiers', () => {
    const steps = [step('cause', { decision: { question: 'Why?', options: ['A', 'B'], max: 2 } })];
    const prompt = promptFor(version(steps), {
        run: run({ completions: [completion('cause', { decision: ['A', 'B'] })] }),
    });
    const segments = mergeTemplate('{!$Decision.cause}, {!$Run.Tier}', { ...context(), prompt, formats: FORMATS });
    expect(asText(segments)).toBe('A;B, High');
    expect(asText(merge('{!$Run.Tier}'))).toBe('!');
});

test('fields that a text names', () => {
    expect(
        templateFieldPaths('{!Name} {!Owner.Name} {!$Figure.Health} {!$User.Id} {!Name & Champion__r.Email} {!(}'),
    ).toEqual(['Champion__r.Email', 'Name', 'Owner.Name']);
});

test('a check gives positions in the text', () => {
    const scope = stepScope(ruleScope(FIELD_TYPES, SETTINGS), []);
    expect(templateProblems('Dear {!Name}, {!Nme} {!Is_Pilot__c} {!oops', scope)).toMatchObject([
        { position: 16, message: expect.stringContaining('Name') },
        { position: 23, message: expect.stringContaining('checkbox') },
        { position: 38, message: expect.stringContaining('}') },
    ]);
});

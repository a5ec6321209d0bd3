import {
    buildChecklist,
    hasWoken,
    latestSnoozeDay,
    planSnooze,
    planWake,
    type Prompt,
    type Snooze,
    type SnoozeInput,
} from '../playbookEngine';
import { surfaced, VALUES, VERSION } from './answering';
import { CLOCK, completion, context, day, NOW, promptFor, RENEWAL, run, SETTINGS, SMALL_RENEWAL, USER } from './sample';

function input(prompt: Prompt, snooze: Partial<Snooze> = {}): SnoozeInput {
    const where = context(VALUES);
    return {
        ...where,
        prompt,
        checklist: buildChecklist(prompt, where),
        runs: prompt.run === null ? [] : [prompt.run],
        reason: 'Health is 48 (limit 60).',
        snooze: { until: day(7), reason: ' Back from leave then. ', ...snooze },
    };
}

describe('putting aside', () => {
    test('what nobody has begun opens a run that is snoozed from the start', () => {
        const found = planSnooze(input(surfaced()));
        expect(found).toEqual({
            createRun: expect.objectContaining({
                Run_Status__c: 'Snoozed',
                Snoozed_Until__c: day(7),
                Snooze_Reason__c: 'Back from leave then.',
                Opened_By__c: 'First action',
                Episode_Key__c: '001000000000001AAA:at-risk:1',
                Surfaced_At__c: NOW,
                Acted_At__c: NOW,
                Next_Step__c: 'Do check',
            }),
            updateRun: null,
            createCompletions: [],
            updateCompletions: [],
            createTask: null,
        });
    });

    test.each(['Waiting', 'Open', 'Snoozed'] as const)('a run that is %s is snoozed, at the tier of now', (status) => {
        const prompt = surfaced({ tier: 'Critical', run: run({ status, completions: [completion('check')] }) });
        expect(planSnooze(input(prompt))).toEqual({
            createRun: null,
            updateRun: {
                id: 'a0R1',
                fields: {
                    Run_Status__c: 'Snoozed',
                    Snoozed_Until__c: day(7),
                    Snooze_Reason__c: 'Back from leave then.',
                    Current_Tier__c: 'Critical',
                    Worst_Tier__c: 'Critical',
                    Next_Step__c: 'Do causes',
                    Next_Due_At__c: null,
                    Acted_At__c: NOW,
                },
            },
            createCompletions: [],
            updateCompletions: [],
            createTask: null,
        });
    });

    test('a signal can be put aside', () => {
        const signal: Prompt = { ...promptFor(VERSION), kind: 'Signal', version: null, trigger: SMALL_RENEWAL };
        expect(planSnooze(input(signal)).createRun).toMatchObject({
            Run_Status__c: 'Snoozed',
            Next_Step__c: 'Confirm the renewal by e-mail',
        });
    });

    const ending = (anchorOn: string | null): Prompt =>
        promptFor(VERSION, { trigger: RENEWAL, run: run({ anchorOn }) });

    test.each<[string, Prompt, Partial<Snooze>]>([
        ['run-closed', surfaced({ run: run({ status: 'Closed' }) }), {}],
        ['snooze-reason-missing', surfaced(), { reason: ' ' }],
        ['snooze-reason-too-long', surfaced(), { reason: 'x'.repeat(256) }],
        ['snooze-day-unknown', surfaced(), { until: '2026-11-31' }],
        ['snooze-day-unknown', surfaced(), { until: '' }],
        ['snooze-too-early', surfaced(), { until: day(0) }],
        ['snooze-too-late', surfaced(), { until: day(31) }],
        ['snooze-too-late', ending(day(10)), { until: day(11) }],
        ['snooze-too-late', ending(day(0)), { until: day(1) }],
    ])('is refused: %s', (code, prompt, snooze) => {
        expect(() => planSnooze(input(prompt, snooze))).toThrow(expect.objectContaining({ code }));
    });

    test.each([
        ['as far as the org allows', null, day(30)],
        ['never past the anchor', day(12), day(12)],
        ['as far as allowed before a far anchor', day(90), day(30)],
        ['whatever has passed, such as the day on which somebody left', day(-12), day(30)],
        ['no more on the day itself', day(0), null],
    ])('goes %s', (_, anchorOn, expected) => {
        expect(latestSnoozeDay(ending(anchorOn), context())).toBe(expected);
    });

    test('and on the last day that it goes to it can be put aside', () => {
        const plan = planSnooze(input(ending(day(12)), { until: day(12) }));
        expect(plan.updateRun?.fields).toMatchObject({ Snoozed_Until__c: day(12) });
    });

    test('of a match without a run the match’s anchor counts', () => {
        const values = { Renewal_Date__c: day(5) };
        expect(latestSnoozeDay(promptFor(VERSION, { trigger: RENEWAL }), context(values))).toBe(day(5));
        const never = context(values, { settings: { ...SETTINGS, maxSnoozeDays: 0 } });
        expect(latestSnoozeDay(promptFor(VERSION), never)).toBeNull();
    });
});

describe('taking up again', () => {
    const snoozed = run({ status: 'Snoozed', snoozedUntil: day(3) });

    test('opens the run and forgets the snooze', () => {
        expect(planWake(input(surfaced({ run: snoozed }))).updateRun).toEqual({
            id: 'a0R1',
            fields: {
                Run_Status__c: 'Open',
                Snoozed_Until__c: null,
                Snooze_Reason__c: null,
                Current_Tier__c: 'High',
                Worst_Tier__c: 'High',
                Next_Step__c: 'Do check',
                Next_Due_At__c: '2026-11-24T22:59:59.000Z',
                Acted_At__c: NOW,
            },
        });
    });

    test.each([null, run(), run({ status: 'Waiting' })])('is refused for what is not put aside', (given) => {
        expect(() => planWake(input(surfaced({ run: given })))).toThrow(
            expect.objectContaining({ code: 'not-snoozed' }),
        );
    });

    test.each([
        [day(1), 'High', false],
        [day(0), 'High', true],
        [day(-1), 'Moderate', true],
        [day(9), 'Critical', true],
        [day(9), 'Moderate', false],
        [null, 'High', true],
    ] as const)('by itself: until %s, tier %s: %s', (snoozedUntil, tier, expected) => {
        expect(hasWoken(run({ status: 'Snoozed', snoozedUntil }), { tier }, CLOCK)).toBe(expected);
    });

    test('the day is the user’s', () => {
        const given = run({ status: 'Snoozed', snoozedUntil: day(1) });
        const late = { now: `${day(0)}T23:30:00.000Z`, timeZone: USER.timeZone };
        expect(hasWoken(given, { tier: 'High' }, late)).toBe(true);
        expect(hasWoken(given, { tier: 'High' }, { ...late, timeZone: 'UTC' })).toBe(false);
    });
});

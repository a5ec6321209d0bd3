import {
    ActionRefused,
    buildChecklist,
    type ChangePlan,
    type Finish,
    type FinishInput,
    NEW_RUN_ID,
    planFinish,
    planReopen,
    type Prompt,
    type Step,
    stepsLeft,
} from '../playbookEngine';
import { AT_RISK, completion, context, day, NOW, promptFor, run, SMALL_RENEWAL, step, USER, version } from './sample';

const VALUES = { Health_Score__c: 70, Usage_Current__c: 1500, ARR__c: 52000 };
const STEPS = [
    step('check', { decision: { question: 'Real?', options: ['Real', 'False alarm'], max: 1 } }),
    step('call', { customerContact: true, required: false, dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' }),
    step('hidden', { showWhen: '$Run.Tier = "Critical"' }),
    step('review', { repeatEveryDays: 7 }),
];
const VERSION = version(STEPS);

function finish(
    prompt: Prompt,
    changes: Partial<Finish> = {},
    values: Record<string, number | string | null> = VALUES,
): ChangePlan {
    const where = context(values);
    const input: FinishInput = {
        ...where,
        prompt,
        checklist: buildChecklist(prompt, where),
        runs: prompt.run === null ? [] : [prompt.run],
        reason: 'Health is 48 (limit 60).',
        finish: { outcome: 'Recovered', cause: 'Low adoption', reason: null, ...changes },
    };
    return planFinish(input);
}

describe('closing a run', () => {
    const completions = [
        completion('check', { decision: ['Real'] }),
        completion('review', { completedAt: '2026-11-20T10:00:00.000Z' }),
    ];

    test('the steps announced as not done are those that it writes', () => {
        const prompt = promptFor(VERSION, { run: run({ completions }) });
        const where = context(VALUES);
        const announced = stepsLeft(buildChecklist(prompt, where), where.clock).map((view) => view.step.key);
        expect(announced).toEqual(['call']);
        expect(finish(prompt).createCompletions.map((fields) => fields['Recorded_Step_Key__c'])).toEqual(announced);
    });

    test.each<[string, Partial<Step>, boolean]>([
        ['was due', { dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' }, true],
        ['is due later', { dueFrom: 'Start', dueOffset: 30, dueUnit: 'Days' }, false],
        ['has no date', {}, true],
    ])('says of a step not done whether it could have been: one that %s', (_, due, wasDue) => {
        const surfaced = run({ surfacedAt: `${day(-10)}T10:00:00.000Z` });
        const prompt = promptFor(version([step('call', due)]), { run: surfaced });
        expect(finish(prompt).createCompletions).toMatchObject([
            { Completion_Status__c: 'Not done', Was_Due__c: wasDue },
        ]);
    });

    test('writes outcome, closing figures, and what was not done, but no turn that is not due yet', () => {
        const found = finish(promptFor(VERSION, { run: run({ completions }) }));
        expect(found.createRun).toBeNull();
        expect(found.updateRun).toEqual({
            id: 'a0R1',
            fields: {
                Run_Status__c: 'Closed',
                Outcome__c: 'Recovered',
                Cause__c: 'Low adoption',
                Outcome_Reason__c: null,
                Outcome_By__c: USER.id,
                Closed_At__c: NOW,
                Live_Key__c: null,
                Acted_At__c: NOW,
                Snoozed_Until__c: null,
                Snooze_Reason__c: null,
                Next_Step__c: null,
                Next_Due_At__c: null,
                Health_At_Close__c: 70,
                Usage_At_Close__c: 1500,
                ARR_At_Close__c: 52000,
                Renewal_At_Close_On__c: null,
                ARR_Saved__c: null,
                ARR_Lost__c: null,
                Kept__c: 'Provisional',
                Kept_On__c: null,
                ARR_Kept__c: null,
            },
        });
        expect(found.updateCompletions).toEqual([]);
        expect(found.createCompletions).toEqual([
            {
                Playbook_Run__c: 'a0R1',
                Completed_Step__c: 'a0Scall',
                Completion_Key__c: '001000000000001AAA:at-risk:1:call:1',
                Recorded_Step_Key__c: 'call',
                Recorded_Title__c: 'Do call',
                Recorded_Phase__c: 'Understand',
                Recorded_Required__c: false,
                Recorded_Contact__c: true,
                Occurrence__c: 1,
                Completion_Status__c: 'Not done',
                Was_Due__c: false,
                Skip_Reason__c: null,
                Decision__c: null,
                Note__c: null,
                Due_At__c: '2026-11-22T22:59:59.000Z',
                Completed_At__c: null,
                Completed_By__c: null,
            },
        ]);
    });

    test('a turn that is due and was left open counts', () => {
        const late = [
            completion('check'),
            completion('call'),
            completion('review', { completedAt: '2026-11-10T10:00:00.000Z' }),
        ];
        const prompt = promptFor(VERSION, { run: run({ completions: late }) });
        expect(finish(prompt, { outcome: 'Lost' }).createCompletions).toMatchObject([
            { Completion_Key__c: '001000000000001AAA:at-risk:1:review:2' },
        ]);
    });

    test('an undone step is not done, on its own record', () => {
        const undone = completion('call', { status: 'Undone', skipReason: 'Other', decision: ['x'], note: 'kept' });
        const found = finish(promptFor(VERSION, { run: run({ completions: [...completions, undone] }) }));
        expect(found.createCompletions).toEqual([]);
        expect(found.updateCompletions).toMatchObject([
            {
                id: 'a0C-call-1',
                fields: {
                    Completion_Status__c: 'Not done',
                    Skip_Reason__c: null,
                    Decision__c: null,
                    Note__c: 'kept',
                    Completed_At__c: null,
                    Completed_By__c: null,
                },
            },
        ]);
    });

    test('at once, without a run: opened, recorded, then closed', () => {
        const found = finish(promptFor(VERSION), { outcome: 'Lost', cause: 'Data error', reason: 'Import stopped.' });
        expect(found.createRun).toMatchObject({ Run_Status__c: 'Open', Next_Step__c: null, Health_At_Opening__c: 70 });
        expect(found.createRun).not.toHaveProperty('Outcome__c');
        expect(found.updateRun).toMatchObject({
            id: NEW_RUN_ID,
            fields: { Run_Status__c: 'Closed', Outcome__c: 'Lost', Outcome_Reason__c: 'Import stopped.' },
        });
        expect(found.createCompletions.map((each) => each['Recorded_Step_Key__c'])).toEqual([
            'check',
            'call',
            'review',
        ]);
        expect(found.createCompletions.every((each) => !('Playbook_Run__c' in each))).toBe(true);
    });

    test('what nobody had begun and is let go, or was a false alarm, leaves no step behind', () => {
        for (const outcome of ['Let go', 'False alarm'] as const) {
            for (const unbegun of [null, run(), run({ completions: [completion('check', { status: 'Undone' })] })]) {
                const found = finish(promptFor(VERSION, { run: unbegun }), { outcome, reason: 'Merged.' });
                expect([...found.createCompletions, ...found.updateCompletions]).toEqual([]);
                expect(found.updateRun?.fields).toMatchObject({ Outcome__c: outcome, Outcome_Reason__c: 'Merged.' });
            }
        }
    });

    test('what was begun and is let go leaves its open steps behind, a false alarm does not', () => {
        const begun = promptFor(VERSION, { run: run({ completions }) });
        expect(finish(begun, { outcome: 'Let go', reason: 'x' }).createCompletions).toHaveLength(1);
        expect(finish(begun, { outcome: 'False alarm', reason: 'x' }).createCompletions).toEqual([]);
    });

    test.each([
        [{ category: 'Renewal' as const }, AT_RISK],
        [{ category: 'Growth' as const }, AT_RISK],
        [{ category: 'Onboarding' as const }, AT_RISK],
    ])('%j can be let go', (changes, trigger) => {
        const prompt = promptFor(version(STEPS, changes), { trigger });
        expect(finish(prompt, { outcome: 'Let go', reason: 'x' }).updateRun?.fields).toMatchObject({
            Outcome__c: 'Let go',
        });
    });

    test('a signal can be dismissed', () => {
        const signal: Prompt = { ...promptFor(VERSION), kind: 'Signal', version: null, trigger: SMALL_RENEWAL };
        const found = finish(signal, { outcome: 'Let go', reason: 'They renew by themselves.' });
        expect(found).toMatchObject({
            createRun: { Trigger_Key__c: null, Run_Status__c: 'Open' },
            updateRun: { fields: { Run_Status__c: 'Closed', Outcome__c: 'Let go' } },
            createCompletions: [],
        });
    });

    test('is Saved only when the customer was spoken to, and before the account recovered', () => {
        const called = completion('call', { completedAt: NOW, customerContact: true });
        const saved = promptFor(VERSION, { run: run({ completions: [called] }) });
        expect(finish(saved, { outcome: 'Saved' }).updateRun?.fields).toMatchObject({ Outcome__c: 'Saved' });
        const late = run({ completions: [called], recoveringSince: '2026-11-01T09:00:00.000Z' });
        for (const [unsaved, words] of [
            [run({ completions }), 'Nobody has spoken to the customer, so this counts as Recovered.'],
            [late, 'The customer was spoken to only after'],
        ] as const) {
            const attempt = () => finish(promptFor(VERSION, { run: unsaved }), { outcome: 'Saved' });
            expect(attempt).toThrow(expect.objectContaining({ code: 'not-spoken-to' }));
            expect(attempt).toThrow(words);
        }
    });

    test('is not Recovered where the customer was spoken to: a loss does not leave the save rate that way', () => {
        const called = promptFor(VERSION, { run: run({ completions: [completion('call')] }) });
        const attempt = () => finish(called, { outcome: 'Recovered' });
        expect(attempt).toThrow(expect.objectContaining({ code: 'outcome-not-allowed' }));
        expect(attempt).toThrow('Choose one of: Saved, Lost, Let go, False alarm.');
    });

    test.each<[string, Partial<Finish>, Prompt]>([
        ['outcome-not-allowed', { outcome: 'Renewed' }, promptFor(VERSION)],
        ['outcome-reason-missing', { outcome: 'Let go', reason: ' ' }, promptFor(VERSION)],
        ['outcome-reason-missing', { outcome: 'False alarm' }, promptFor(VERSION)],
        ['outcome-reason-too-long', { reason: 'x'.repeat(4001) }, promptFor(VERSION)],
        ['run-closed', {}, promptFor(VERSION, { run: run({ status: 'Closed' }) })],
    ])('is refused: %s', (code, changes, prompt) => {
        expect(() => finish(prompt, changes)).toThrow(ActionRefused);
        expect(() => finish(prompt, changes)).toThrow(expect.objectContaining({ code }));
    });
});

describe('opening a closed run again', () => {
    const closed = run({
        status: 'Closed',
        closedAt: NOW,
        outcome: 'Lost',
        completions: [completion('check'), completion('call', { status: 'Not done' })],
    });
    const WHERE = { context: context(VALUES), prompt: promptFor(VERSION), runs: [closed] };

    test('takes back what closing wrote', () => {
        expect(planReopen(closed, WHERE)).toEqual({
            createRun: null,
            updateRun: {
                id: 'a0R1',
                fields: {
                    Run_Status__c: 'Open',
                    Outcome__c: null,
                    Cause__c: null,
                    Outcome_Reason__c: null,
                    Outcome_By__c: null,
                    Closed_At__c: null,
                    Snoozed_Until__c: null,
                    Snooze_Reason__c: null,
                    Reopened_Count__c: 1,
                    Live_Key__c: '001000000000001AAA:at-risk',
                    Health_At_Close__c: null,
                    Usage_At_Close__c: null,
                    ARR_At_Close__c: null,
                    Renewal_At_Close_On__c: null,
                    ARR_Saved__c: null,
                    ARR_Lost__c: null,
                    Kept__c: null,
                    Kept_On__c: null,
                    ARR_Kept__c: null,
                    Next_Step__c: 'Do call',
                    Next_Due_At__c: '2026-11-22T22:59:59.000Z',
                    Acted_At__c: NOW,
                },
            },
            createCompletions: [],
            updateCompletions: [{ id: 'a0C-call-1', fields: { Completion_Status__c: 'Undone', Was_Due__c: false } }],
            createTask: null,
        });
    });

    test('of a signal the answer is taken back', () => {
        const signal = { ...closed, playbookKey: null, completions: [completion('signal')] };
        expect(planReopen(signal, WHERE).updateCompletions).toEqual([
            { id: 'a0C-signal-1', fields: { Completion_Status__c: 'Undone', Was_Due__c: false } },
        ]);
    });

    test('closing, opening and closing again ends with the same records', () => {
        const open = run({
            completions: [
                completion('check'),
                completion('call', { status: 'Undone' }),
                completion('review', { status: 'Undone' }),
            ],
        });
        expect(finish(promptFor(VERSION, { run: open })).createCompletions).toEqual([]);
    });

    test('one that was followed by another is refused, whatever became of that', () => {
        const next = run({ id: 'a0R2', episodeNumber: 2 });
        for (const newer of [next, { ...next, status: 'Closed' as const }]) {
            const attempt = () => planReopen(closed, { ...WHERE, runs: [closed, newer] });
            expect(attempt).toThrow(expect.objectContaining({ code: 'newer-run' }));
        }
        const other = run({ id: 'a0R3', playbookKey: 'renewal', episodeNumber: 9 });
        expect(planReopen(closed, { ...WHERE, runs: [closed, other] }).updateRun).not.toBeNull();
    });

    test('an open run is refused', () => {
        expect(() => planReopen(run(), WHERE)).toThrow(expect.objectContaining({ code: 'run-open' }));
    });
});

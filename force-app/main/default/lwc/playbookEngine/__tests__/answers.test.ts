import {
    ActionRefused,
    type Answer,
    type AnswerInput,
    buildChecklist,
    type ChangePlan,
    NEW_RUN_ID,
    planAnswer,
    type Prompt,
    type Run,
    startByHand,
} from '../playbookEngine';
import { longId } from '../episode';
import {
    completion,
    context,
    day,
    matchesOf,
    NOW,
    prepared,
    promptFor,
    RENEWAL,
    run,
    SMALL_RENEWAL,
    step,
    USER,
    version,
} from './sample';

const VALUES = {
    Health_Score__c: 48,
    Usage_Current__c: 700,
    ARR__c: 50000,
    Segment__c: 'Enterprise',
    CSM__c: '005000000000002AAA',
};
const STEPS = [
    step('check', {
        phase: 'Understand',
        decision: { question: 'Real?', options: ['Real', 'False alarm', 'Seasonal'], max: 1 },
        dueFrom: 'Start',
        dueOffset: 48,
        dueUnit: 'Working hours',
    }),
    step('causes', {
        dependsOn: 'check',
        decision: { question: 'Why?', options: ['A', 'B', 'C'], max: 2 },
        noteRequired: true,
    }),
    step('call', {
        phase: 'Talk',
        dependsOn: 'check',
        showWhen: '$Decision.check = "Real"',
        customerContact: true,
        required: false,
        dueFrom: 'Previous step',
        dueOffset: 1,
        dueUnit: 'Business days',
    }),
];
const VERSION = version(STEPS);
const done = (decision: readonly string[] = [], note: string | null = null): Answer => ({
    kind: 'done',
    decision,
    note,
});

function surfaced(changes: Partial<Prompt> = {}): Prompt {
    const [match = null] = matchesOf(VALUES).matches;
    return promptFor(VERSION, { match, ...changes });
}

function input(prompt: Prompt, stepKey: string, answer: Answer, changes: Partial<AnswerInput> = {}): AnswerInput {
    const where = context(VALUES);
    return {
        ...where,
        prompt,
        checklist: buildChecklist(prompt, where),
        runs: prompt.run === null ? [] : [prompt.run],
        reason: 'Health is 48 (limit 60).',
        stepKey,
        occurrence: 1,
        answer,
        ...changes,
    };
}

const plan = (prompt: Prompt, stepKey: string, answer: Answer, changes: Partial<AnswerInput> = {}): ChangePlan =>
    planAnswer(input(prompt, stepKey, answer, changes));

describe('the first action', () => {
    test('opens the run with everything that was known, and records the step, in one plan', () => {
        expect(plan(surfaced(), 'check', done(['Real'], 'Called them.'))).toEqual({
            createRun: {
                Account__c: '001000000000001AAA',
                Run_Playbook__c: 'a0P1',
                Run_Version__c: 'a0V1',
                Trigger_Key__c: 'At_Risk',
                Episode_Key__c: '001000000000001AAA:at-risk:1',
                Episode_Number__c: 1,
                Run_Status__c: 'Open',
                Opened_By__c: 'First action',
                First_Tier__c: 'High',
                Worst_Tier__c: 'High',
                Current_Tier__c: 'High',
                Reason__c: 'Health is 48 (limit 60).',
                Anchor_On__c: null,
                Surfaced_At__c: NOW,
                Run_CSM__c: '005000000000002AAA',
                Segment_At_Opening__c: 'Enterprise',
                Health_At_Opening__c: 48,
                Usage_At_Opening__c: 700,
                ARR_At_Opening__c: 50000,
                Next_Step__c: 'Do call',
                Next_Due_At__c: '2026-11-23T22:59:59.000Z',
            },
            updateRun: null,
            createCompletions: [
                {
                    Completed_Step__c: 'a0Scheck',
                    Completion_Key__c: '001000000000001AAA:at-risk:1:check:1',
                    Recorded_Step_Key__c: 'check',
                    Recorded_Title__c: 'Do check',
                    Recorded_Phase__c: 'Understand',
                    Recorded_Required__c: true,
                    Recorded_Contact__c: false,
                    Occurrence__c: 1,
                    Completion_Status__c: 'Done',
                    Skip_Reason__c: null,
                    Decision__c: 'Real',
                    Note__c: 'Called them.',
                    Due_At__c: '2026-11-24T22:59:59.000Z',
                    Completed_At__c: NOW,
                    Completed_By__c: USER.id,
                },
            ],
            updateCompletions: [],
        });
    });

    test('the next episode is numbered above the highest of the same playbook', () => {
        const runs = [
            run({ episodeNumber: 3, status: 'Closed' }),
            run({ episodeNumber: 1 }),
            run({ playbookKey: 'renewal', episodeNumber: 9 }),
        ];
        const { createRun } = plan(surfaced(), 'check', done(['Real']), { runs });
        expect(createRun).toMatchObject({ Episode_Number__c: 4, Episode_Key__c: '001000000000001AAA:at-risk:4' });
    });

    test('without a CSM on the account, or with one who is no user, it is the person who acts', () => {
        for (const CSM__c of [null, '003000000000002AAA']) {
            const where = context({ ...VALUES, CSM__c });
            expect(plan(surfaced(), 'check', done(['Real']), where).createRun).toMatchObject({ Run_CSM__c: USER.id });
        }
    });

    test('by hand: no trigger, and the anchor all the same', () => {
        const renewal = version([step('plan')], { playbookKey: 'renewal', category: 'Renewal' });
        const where = context({ ...VALUES, Renewal_Date__c: day(40) });
        const prompt = startByHand(renewal, prepared());
        const changes = { ...where, reason: null, checklist: buildChecklist(prompt, where) };
        expect(plan(prompt, 'plan', done(), changes).createRun).toMatchObject({
            Opened_By__c: 'By hand',
            Trigger_Key__c: null,
            Anchor_On__c: day(40),
            First_Tier__c: 'Moderate',
            Reason__c: null,
            Episode_Key__c: '001000000000001AAA:renewal:1',
        });
    });

    test('texts that are too long for their fields are cut, never refused by the org', () => {
        const long = 'x'.repeat(5000);
        const wordy = version([step('a', { title: long, phase: long })]);
        const prompt = surfaced({ version: wordy });
        const where = context({ ...VALUES, Segment__c: long });
        const { createRun, createCompletions } = plan(prompt, 'a', done(), {
            ...where,
            reason: long,
            checklist: buildChecklist(prompt, where),
        });
        expect(String(createRun?.['Reason__c'])).toHaveLength(4000);
        expect(String(createRun?.['Segment_At_Opening__c'])).toHaveLength(60);
        expect(String(createCompletions[0]?.['Recorded_Title__c'])).toHaveLength(80);
        expect(String(createCompletions[0]?.['Recorded_Phase__c'])).toHaveLength(60);
    });
});

describe('a later action', () => {
    const checked = completion('check', {
        decision: ['Real'],
        dueAt: NOW,
        completedAt: '2026-11-20T10:00:00.000Z',
        completedByName: 'Tom',
    });
    const open = (changes: Partial<Run> = {}): Prompt => surfaced({ run: run({ completions: [checked], ...changes }) });

    test('adds its completion and moves the run on', () => {
        const found = plan(open(), 'call', done([], 'Booked.'));
        expect(found).toMatchObject({
            createRun: null,
            updateRun: {
                id: 'a0R1',
                fields: {
                    Current_Tier__c: 'High',
                    Worst_Tier__c: 'High',
                    Next_Step__c: 'Do causes',
                    Next_Due_At__c: null,
                },
            },
            updateCompletions: [],
        });
        expect(found.createCompletions).toMatchObject([
            {
                Playbook_Run__c: 'a0R1',
                Completion_Key__c: '001000000000001AAA:at-risk:1:call:1',
                Recorded_Contact__c: true,
                Recorded_Required__c: false,
            },
        ]);
    });

    test('a tier that has worsened is kept', () => {
        expect(plan({ ...open(), tier: 'Critical' }, 'call', done()).updateRun?.fields).toMatchObject({
            Current_Tier__c: 'Critical',
            Worst_Tier__c: 'Critical',
        });
        const better = plan({ ...open({ worstTier: 'Critical' }), tier: 'Moderate' }, 'call', done());
        expect(better.updateRun?.fields).toMatchObject({ Current_Tier__c: 'Moderate', Worst_Tier__c: 'Critical' });
    });

    test('skipped, and not applicable', () => {
        expect(
            plan(open(), 'call', { kind: 'skip', reason: 'Already covered', note: ' ' }).createCompletions,
        ).toMatchObject([
            { Completion_Status__c: 'Skipped', Skip_Reason__c: 'Already covered', Note__c: null, Completed_At__c: NOW },
        ]);
        expect(plan(open(), 'call', { kind: 'not-applicable', note: null }).createCompletions).toMatchObject([
            { Completion_Status__c: 'Not applicable', Skip_Reason__c: null },
        ]);
    });

    test('several answers stand in the order of the options', () => {
        expect(plan(open(), 'causes', done(['C', 'A'], 'Because.')).createCompletions).toMatchObject([
            { Decision__c: 'A;C' },
        ]);
    });

    test('undo takes the answer back and with it what followed from it', () => {
        expect(plan(open(), 'check', { kind: 'undo' })).toEqual({
            createRun: null,
            updateRun: {
                id: 'a0R1',
                fields: {
                    Current_Tier__c: 'High',
                    Worst_Tier__c: 'High',
                    Next_Step__c: 'Do check',
                    Next_Due_At__c: '2026-11-24T22:59:59.000Z',
                },
            },
            createCompletions: [],
            updateCompletions: [{ id: 'a0C-check-1', fields: { Completion_Status__c: 'Undone' } }],
        });
    });

    test('answered again after an undo, the same record is written', () => {
        const undone = { ...checked, status: 'Undone' as const, skipReason: 'Other', note: 'old' };
        const found = plan(open({ completions: [undone] }), 'check', done(['Seasonal']));
        expect(found.createCompletions).toEqual([]);
        expect(found.updateCompletions).toEqual([
            {
                id: 'a0C-check-1',
                fields: {
                    Completion_Status__c: 'Done',
                    Skip_Reason__c: null,
                    Decision__c: 'Seasonal',
                    Note__c: null,
                    Due_At__c: '2026-11-24T22:59:59.000Z',
                    Completed_At__c: NOW,
                    Completed_By__c: USER.id,
                },
            },
        ]);
    });

    test('a correction keeps when and by whom it was answered', () => {
        const [update] = plan(open(), 'check', done(['Seasonal'])).updateCompletions;
        expect(update?.fields).toMatchObject({
            Decision__c: 'Seasonal',
            Completed_At__c: '2026-11-20T10:00:00.000Z',
            Due_At__c: NOW,
        });
        expect(update?.fields).not.toHaveProperty('Completed_By__c');
        const [other] = plan(open(), 'check', { kind: 'skip', reason: 'Other', note: null }).updateCompletions;
        expect(other?.fields).toMatchObject({
            Completion_Status__c: 'Skipped',
            Decision__c: null,
            Completed_At__c: NOW,
            Completed_By__c: USER.id,
        });
    });

    test('a note on an answered step changes nothing else of it', () => {
        expect(plan(open(), 'check', { kind: 'note', note: 'More.' }).updateCompletions).toEqual([
            { id: 'a0C-check-1', fields: { Note__c: 'More.' } },
        ]);
    });

    test('a repeated step gets the next occurrence', () => {
        const weekly = version([step('review', { repeatEveryDays: 7 })]);
        const prompt = surfaced({ version: weekly, run: run({ completions: [completion('review')] }) });
        const found = plan(prompt, 'review', done(), { occurrence: 2 });
        expect(found.createCompletions).toMatchObject([
            {
                Completion_Key__c: '001000000000001AAA:at-risk:1:review:2',
                Occurrence__c: 2,
                Due_At__c: '2026-11-28T22:59:59.000Z',
            },
        ]);
        expect(found.updateRun?.fields).toMatchObject({
            Next_Step__c: 'Do review',
            Next_Due_At__c: '2026-11-28T22:59:59.000Z',
        });
    });

    test.each<[string, string, Answer, Partial<Run>]>([
        ['run-closed', 'call', done(), { status: 'Closed' }],
        ['step-not-shown', 'nobody', done(), {}],
        ['step-not-shown', 'call', done(), { completions: [] }],
        ['decision-missing', 'causes', done([], 'n'), {}],
        ['decision-unknown', 'causes', done(['Z'], 'n'), {}],
        ['decision-unknown', 'call', done(['A']), {}],
        ['decision-too-many', 'causes', done(['A', 'B', 'C'], 'n'), {}],
        ['note-missing', 'causes', done(['A'], '  '), {}],
        ['note-too-long', 'call', done([], 'x'.repeat(32769)), {}],
        ['skip-reason-missing', 'call', { kind: 'skip', reason: ' ', note: null }, {}],
        ['not-answered', 'call', { kind: 'undo' }, {}],
        ['not-answered', 'call', { kind: 'note', note: 'x' }, {}],
        ['not-answered', 'check', { kind: 'undo' }, { completions: [{ ...checked, status: 'Undone' }] }],
    ])('is refused: %s (%s)', (code, stepKey, answer, changes) => {
        const attempt = (): ChangePlan => plan(open(changes), stepKey, answer);
        expect(attempt).toThrow(ActionRefused);
        expect(attempt).toThrow(expect.objectContaining({ code }));
    });
});

describe('a signal', () => {
    const signal: Prompt = { ...promptFor(VERSION), kind: 'Signal', version: null, trigger: SMALL_RENEWAL };

    test('is opened and closed by its one answer', () => {
        const found = plan(signal, 'signal', done([], 'All fine.'));
        expect(found.createRun).toMatchObject({
            Run_Playbook__c: null,
            Run_Version__c: null,
            Run_Status__c: 'Open',
            Episode_Key__c: '001000000000001AAA:signal-Renewal_Small:1',
        });
        expect(found.createRun).not.toHaveProperty('Outcome__c');
        expect(found.createCompletions).toMatchObject([
            {
                Completed_Step__c: null,
                Recorded_Step_Key__c: 'signal',
                Recorded_Phase__c: null,
                Recorded_Contact__c: true,
            },
        ]);
        expect(found.updateRun).toMatchObject({
            id: NEW_RUN_ID,
            fields: {
                Run_Status__c: 'Closed',
                Outcome__c: 'Completed',
                Outcome_Reason__c: 'All fine.',
                Closed_At__c: NOW,
                Next_Step__c: null,
            },
        });
    });

    test.each<[Answer, string, string]>([
        [{ kind: 'skip', reason: 'Other', note: 'Merged.' }, 'Let go', 'Other: Merged.'],
        [{ kind: 'not-applicable', note: null }, 'False alarm', 'Not applicable'],
    ])('%j ends it as %s', (answer, outcome, reason) => {
        expect(plan(signal, 'signal', answer).updateRun?.fields).toMatchObject({
            Outcome__c: outcome,
            Outcome_Reason__c: reason,
        });
    });

    test('opened again, the same run is closed again', () => {
        const reopened = run({
            playbookKey: null,
            triggerKey: 'Renewal_Small',
            completions: [completion('signal', { status: 'Undone' })],
        });
        const found = plan({ ...signal, run: reopened }, 'signal', done());
        expect(found).toMatchObject({
            createRun: null,
            updateRun: { id: 'a0R1', fields: { Run_Status__c: 'Closed', Outcome__c: 'Completed' } },
            updateCompletions: [{ id: 'a0C-signal-1' }],
        });
    });

    test('numbers its own episodes', () => {
        const runs = [
            run({ playbookKey: null, triggerKey: 'Renewal_Small', episodeNumber: 2, status: 'Closed' }),
            run({ playbookKey: null, triggerKey: 'Other', episodeNumber: 7, status: 'Closed' }),
        ];
        expect(plan(signal, 'signal', done(), { runs }).createRun).toMatchObject({ Episode_Number__c: 3 });
    });
});

test.each([
    ['0011x00000abcDE', '0011x00000abcDEAAY'],
    ['001000000000001', '001000000000001AAA'],
    ['001000000000001AAA', '001000000000001AAA'],
])('record id %s in full is %s', (id, expected) => {
    expect(longId(id)).toBe(expected);
});

test('the anchor of a run stays what it was when it opened', () => {
    const renewal = version([step('plan', { dueFrom: 'Anchor', dueOffset: 0, dueUnit: 'Days' }), step('sign')], {
        playbookKey: 'renewal',
    });
    const prompt = promptFor(renewal, { trigger: RENEWAL, run: run({ anchorOn: day(10) }) });
    const where = context({ Renewal_Date__c: day(300) });
    expect(buildChecklist(prompt, where).next?.dueAt).toBe('2026-12-01T22:59:59.000Z');
});

import { ActionRefused, type Answer, buildChecklist, type ChangePlan, type Prompt, type Run } from '../playbookEngine';
import { done, plan, surfaced } from './answering';
import { completion, context, day, NOW, promptFor, RENEWAL, run, step, USER, version } from './sample';

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
                    Acted_At__c: NOW,
                },
            },
            createCompletions: [],
            updateCompletions: [{ id: 'a0C-check-1', fields: { Completion_Status__c: 'Undone', Was_Due__c: false } }],
            createTask: null,
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
                    Was_Due__c: false,
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
test('the anchor of a run stays what it was when it opened', () => {
    const renewal = version([step('plan', { dueFrom: 'Anchor', dueOffset: 0, dueUnit: 'Days' }), step('sign')], {
        playbookKey: 'renewal',
    });
    const prompt = promptFor(renewal, { trigger: RENEWAL, run: run({ anchorOn: day(10) }) });
    const where = context({ Renewal_Date__c: day(300) });
    expect(buildChecklist(prompt, where).next?.dueAt).toBe('2026-12-01T22:59:59.000Z');
});

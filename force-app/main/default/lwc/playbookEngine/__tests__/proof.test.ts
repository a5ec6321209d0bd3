import { type Answer, buildChecklist, planAnswer, type Proof, type Prompt, type Run } from '../playbookEngine';
import { done, surfaced, VALUES } from './answering';
import { completion, context, run, USER } from './sample';

const TASK = '00T000000000001AAA';
const CALL: Proof = { kind: 'log', subject: 'Call with Ada', contactId: '003000000000001AAA' };
const talking = run({ completions: [completion('check', { decision: ['Real'] })] });

function answer(proof: Proof | null, given: Answer = done([], 'She stays.'), now?: string, of: Run = talking) {
    const where = context(VALUES);
    const clock = { ...where.clock, now: now ?? where.clock.now };
    const prompt: Prompt = surfaced({ run: of });
    const checklist = buildChecklist(prompt, where);
    const asked = { prompt, checklist, runs: [of], reason: null, stepKey: 'call', occurrence: 1 };
    return planAnswer({ ...where, ...asked, clock, answer: given, proof });
}

describe('a call logged with the answer', () => {
    test('is a completed task of the user, on the account and the contact', () => {
        const found = answer(CALL);
        expect(found.createTask).toEqual({
            Subject: 'Call with Ada',
            Status: 'Completed',
            TaskSubtype: 'Call',
            ActivityDate: '2026-11-21',
            WhatId: '001000000000001AAA',
            WhoId: '003000000000001AAA',
            OwnerId: USER.id,
            Description: 'She stays.',
        });
        expect(found.createCompletions).toMatchObject([
            { Recorded_Step_Key__c: 'call', Task_Id__c: '@{task.Record.Id}' },
        ]);
    });

    test('names nobody when no contact is chosen, and has no words but those of its subject', () => {
        const { createTask } = answer({ ...CALL, contactId: null }, done());
        expect(createTask).not.toHaveProperty('WhoId');
        expect(createTask).toMatchObject({ Description: null });
    });

    test('took place on the user’s day, whatever day it is elsewhere', () => {
        const { createTask } = answer(CALL, done(), '2026-11-21T23:30:00.000Z');
        expect(createTask).toMatchObject({ ActivityDate: '2026-11-22' });
    });

    test('has a subject that its field takes', () => {
        const { createTask } = answer({ ...CALL, subject: ` ${'x'.repeat(300)}` });
        expect(createTask?.['Subject']).toBe('x'.repeat(255));
    });
});

describe('a task logged before', () => {
    const attached: Proof = { kind: 'attach', taskId: TASK };

    test('is named, and none is created', () => {
        const found = answer(attached);
        expect(found.createTask).toBeNull();
        expect(found.createCompletions).toMatchObject([{ Task_Id__c: TASK }]);
    });

    test('can be named later, which changes neither when nor by whom it was done', () => {
        const called = completion('call', { completedAt: '2026-11-19T10:00:00.000Z', note: 'She stays.' });
        const given = { ...talking, completions: [...talking.completions, called] };
        const [update] = answer(attached, done([], 'She stays.'), undefined, given).updateCompletions;
        expect(update?.fields).toMatchObject({ Task_Id__c: TASK, Completed_At__c: '2026-11-19T10:00:00.000Z' });
        expect(update?.fields).not.toHaveProperty('Completed_By__c');
    });

    test('that is none is refused', () => {
        for (const taskId of ['', '003000000000001AAA', 'x']) {
            const attempt = () => answer({ kind: 'attach', taskId });
            expect(attempt).toThrow(expect.objectContaining({ code: 'proof-unknown' }));
        }
    });
});

test('without a proof, what is known of one stays as it is', () => {
    const proven = completion('call', { taskId: TASK });
    const given = { ...talking, completions: [...talking.completions, proven] };
    for (const again of [done([], 'More.'), { kind: 'undo' }] as const) {
        const [update] = answer(null, again, undefined, given).updateCompletions;
        expect(update).toBeDefined();
        expect(update?.fields).not.toHaveProperty('Task_Id__c');
    }
    expect(answer(null).createCompletions[0]).not.toHaveProperty('Task_Id__c');
});

test.each<Answer>([
    { kind: 'skip', reason: 'Other', note: null },
    { kind: 'not-applicable', note: null },
    { kind: 'note', note: 'x' },
    { kind: 'undo' },
])('only what is done has a proof: %j', (given) => {
    const of = { ...talking, completions: [...talking.completions, completion('call')] };
    expect(() => answer(CALL, given, undefined, of)).toThrow(expect.objectContaining({ code: 'proof-without-done' }));
});

import { NEW_RUN_ID, NEW_TASK_ID, type ChangePlan } from 'c/playbookEngine';
import { createdIds, mutationFor } from '../mutations';

const NOTHING: ChangePlan = {
    createRun: null,
    updateRun: null,
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};

/** Aliases in the order in which the platform runs them. */
const order = (document: string): readonly string[] =>
    [...document.matchAll(/(\w+): \w+(?:Create|Update)\(/g)].map((match) => match[1] ?? '');

describe('mutationFor', () => {
    it('creates the run before what hangs on it', () => {
        const { document, variables } = mutationFor({
            ...NOTHING,
            createRun: { Run_Status__c: 'Open' },
            createCompletions: [{ Completion_Key__c: 'one' }, { Completion_Key__c: 'two' }],
        });
        expect(order(document)).toEqual(['run', 'completion0', 'completion1']);
        expect(variables).toEqual({
            run: { Playbook_Run__c: { Run_Status__c: 'Open' } },
            completion0: { Step_Completion__c: { Completion_Key__c: 'one', Playbook_Run__c: NEW_RUN_ID } },
            completion1: { Step_Completion__c: { Completion_Key__c: 'two', Playbook_Run__c: NEW_RUN_ID } },
        });
    });

    it('hangs completions on the run that is there', () => {
        const { document, variables } = mutationFor({
            ...NOTHING,
            updateRun: { id: 'a0R1', fields: { Next_Step__c: 'Call' } },
            createCompletions: [{ Completion_Key__c: 'one' }],
        });
        expect(order(document)).toEqual(['completion0', 'runUpdate']);
        expect(variables).toEqual({
            completion0: { Step_Completion__c: { Completion_Key__c: 'one', Playbook_Run__c: 'a0R1' } },
            runUpdate: { Id: 'a0R1', Playbook_Run__c: { Next_Step__c: 'Call' } },
        });
    });

    it('closes a run after its completions, which are frozen from then on', () => {
        const { document } = mutationFor({
            createRun: null,
            updateRun: { id: 'a0R1', fields: { Run_Status__c: 'Closed' } },
            createCompletions: [{ Completion_Key__c: 'new' }],
            updateCompletions: [{ id: 'a0C1', fields: { Completion_Status__c: 'Not done' } }],
            createTask: null,
        });
        expect(order(document)).toEqual(['completionUpdate0', 'completion0', 'runUpdate']);
    });

    it('opens and closes a run in one go: create, completions, close', () => {
        const { document, variables } = mutationFor({
            ...NOTHING,
            createRun: { Run_Status__c: 'Open' },
            updateRun: { id: NEW_RUN_ID, fields: { Run_Status__c: 'Closed' } },
            createCompletions: [{ Completion_Key__c: 'one' }],
        });
        expect(order(document)).toEqual(['run', 'completion0', 'runUpdate']);
        expect(variables['runUpdate']).toEqual({ Id: NEW_RUN_ID, Playbook_Run__c: { Run_Status__c: 'Closed' } });
    });

    it('reopens a run before its completions', () => {
        const { document } = mutationFor({
            ...NOTHING,
            updateRun: { id: 'a0R1', fields: { Run_Status__c: 'Open' } },
            updateCompletions: [{ id: 'a0C1', fields: { Completion_Status__c: 'Undone' } }],
            createTask: null,
        });
        expect(order(document)).toEqual(['runUpdate', 'completionUpdate0']);
    });

    it('closes a closed run with another outcome by opening it first', () => {
        const { document, variables } = mutationFor({
            ...NOTHING,
            reopenRun: { id: 'a0R1', fields: { Run_Status__c: 'Open' } },
            updateRun: { id: 'a0R1', fields: { Run_Status__c: 'Closed' } },
            updateCompletions: [{ id: 'a0C1', fields: { Completion_Status__c: 'Undone' } }],
        });
        expect(order(document)).toEqual(['runReopen', 'completionUpdate0', 'runUpdate']);
        expect(variables['runReopen']).toEqual({ Id: 'a0R1', Playbook_Run__c: { Run_Status__c: 'Open' } });
    });

    it('logs a call before the completion that names it', () => {
        const { document, variables } = mutationFor({
            ...NOTHING,
            updateRun: { id: 'a0R1', fields: { Next_Step__c: 'Call' } },
            createCompletions: [{ Completion_Key__c: 'one', Task_Id__c: NEW_TASK_ID }],
            createTask: { Subject: 'Call with Ada' },
        });
        expect(order(document)).toEqual(['task', 'completion0', 'runUpdate']);
        expect(document).toContain('$task: TaskCreateInput!');
        expect(variables['completion0']).toMatchObject({ Step_Completion__c: { Task_Id__c: '@{task.Record.Id}' } });
    });

    it('is written whole or not at all', () => {
        const { document } = mutationFor({ ...NOTHING, createCompletions: [{ Completion_Key__c: 'one' }] });
        expect(document).toContain('allOrNone: true');
    });

    it('declares every variable with its type', () => {
        const { document } = mutationFor({
            ...NOTHING,
            createRun: {},
            createCompletions: [{}],
            updateCompletions: [{ id: 'a0C1', fields: {} }],
            createTask: null,
        });
        expect(document).toContain(
            '($run: Playbook_Run__cCreateInput!, $completionUpdate0: Step_Completion__cUpdateInput!, $completion0: Step_Completion__cCreateInput!)',
        );
    });

    it('keeps what people wrote out of the document', () => {
        const hostile = '") { Record { Id } } } # {"';
        const plan: ChangePlan = {
            ...NOTHING,
            createRun: { Reason__c: hostile },
            createCompletions: [{ Note__c: hostile, [hostile]: 1 }],
        };
        const { document, variables } = mutationFor(plan);
        const harmless = mutationFor({ ...NOTHING, createRun: {}, createCompletions: [{}] });
        expect(document).toBe(harmless.document);
        expect(JSON.stringify(variables)).toContain(JSON.stringify(hostile));
    });

    it('refuses a plan that changes nothing', () => {
        expect(() => mutationFor(NOTHING)).toThrow('A change plan without a change cannot be saved.');
    });
});

describe('createdIds', () => {
    it('gives the id of each alias that has one', () => {
        const data = {
            uiapi: { run: { Record: { Id: 'a0R1' } }, completion0: { Record: { Id: 'a0C1' } }, completion1: null },
        };
        expect(createdIds(data)).toEqual({ run: 'a0R1', completion0: 'a0C1' });
    });

    it.each([[null], [undefined], [{}], [{ uiapi: null }], [{ uiapi: { run: { Record: null } } }]])(
        'gives nothing for %j',
        (data) => {
            expect(createdIds(data)).toEqual({});
        },
    );
});

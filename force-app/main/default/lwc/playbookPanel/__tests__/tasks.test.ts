import { openPanel, stopClock } from './panel';
import { visibleText } from 'test/dom';
import { acceptMutation, askedTasks, forgetOrg, giveTaskInfo, giveTasks, mutations } from 'test/org';
import {
    ACCOUNT_ID,
    ACCOUNT_INFO,
    AT_RISK_VALUES,
    run,
    runInfo,
    setting,
    step,
    taskAnswer,
    taskInfo,
    type AccountAnswer,
} from 'test/platformAnswers';
import { field, fill, fillable, press } from 'test/person';

const TASK = 'Salesforce task';
const CONTACT: AccountAnswer = {
    settings: [setting({ Champion_Field__c: 'Champion__c' })],
    steps: [step('check'), step('call', { Customer_Contact__c: true, Position__c: 2 })],
    runs: [run()],
};
const VALUES = { ...AT_RISK_VALUES, Champion__c: '003000000000002AAA' };

beforeAll(stopClock);
afterEach(forgetOrg);

async function openCall() {
    const { element } = await openPanel(CONTACT, VALUES);
    await press(element, 'Do call');
    await giveTaskInfo(taskInfo());
    await giveTasks(taskAnswer());
    return element;
}

describe('c-playbook-panel: calls as tasks', () => {
    it('reads tasks only when a step that speaks to the customer is opened', async () => {
        const { element } = await openPanel(CONTACT);
        await press(element, 'Do check');
        expect(askedTasks()).toBeUndefined();
        await press(element, 'Do call');
        expect(askedTasks()?.['variables']).toEqual({ accountId: ACCOUNT_ID });
        await giveTaskInfo(taskInfo());
        await giveTasks(taskAnswer());
        expect(fillable(element).filter((name) => name === TASK)).toHaveLength(1);
    });

    it('logs the call in the same mutation, with the champion unless somebody else is chosen', async () => {
        const element = await openCall();
        await fill(element, TASK, 'log');
        expect(field(element, 'Subject').value).toBe('Do call');
        expect(field(element, 'With').value).toBe('003000000000002AAA');
        await fill(element, 'Note', 'Went well');
        acceptMutation({ task: '00T000000000009AAA', completion0: 'a0C-call' });
        await press(element, 'Done');
        expect(mutations()[0]?.variables).toMatchObject({
            task: {
                Task: {
                    Subject: 'Do call',
                    Status: 'Completed',
                    ActivityDate: '2026-11-21',
                    WhatId: ACCOUNT_ID,
                    WhoId: '003000000000002AAA',
                    Description: 'Went well',
                },
            },
            completion0: { Step_Completion__c: { Task_Id__c: '@{task.Record.Id}' } },
        });
    });

    it('attaches a call that is logged', async () => {
        const element = await openCall();
        await fill(element, TASK, 'attach');
        expect(field(element, 'Which one?').options).toEqual([
            { label: 'Nov 12: Kick-off', value: '00T000000000001AAA' },
        ]);
        acceptMutation({ completion0: 'a0C-call' });
        await press(element, 'Done');
        expect(Object.keys(mutations()[0]?.variables ?? {})).not.toContain('task');
        expect(mutations()[0]?.variables).toMatchObject({
            completion0: { Step_Completion__c: { Task_Id__c: '00T000000000001AAA' } },
        });
    });

    it('says that there are no tasks here, and answers as before', async () => {
        const { element } = await openPanel(CONTACT);
        await press(element, 'Do call');
        await giveTaskInfo(undefined, { status: 400, body: [{ errorCode: 'INVALID_TYPE', message: 'No.' }] });
        expect(visibleText(element)).toContain('Calls cannot be logged from here in this org');
        expect(fillable(element)).not.toContain(TASK);
        acceptMutation({ completion0: 'a0C-call' });
        await press(element, 'Done');
        expect(mutations()).toHaveLength(1);
    });

    it('does not read tasks for whoever only looks', async () => {
        const { element } = await openPanel(CONTACT, VALUES, ACCOUNT_INFO, runInfo(false));
        await press(element, 'Do call');
        expect(askedTasks()).toBeUndefined();
    });
});

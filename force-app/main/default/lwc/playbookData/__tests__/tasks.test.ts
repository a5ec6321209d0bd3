import PlaybookData, { type LastSweep, type TaskData } from '../playbookData';
import { flush, listen, mount } from 'test/dom';
import {
    ERROR_IN_QUERY,
    acceptMutation,
    askedSweep,
    askedTasks,
    forgetOrg,
    giveAll,
    giveSweep,
    giveTaskInfo,
    giveTasks,
    giveVersion,
    refreshTasks,
    type DataElement,
} from 'test/org';
import { ACCOUNT_ID, sweepAnswer, sweepList, taskAnswer, taskInfo, versionAnswer } from 'test/platformAnswers';
import type { ChangePlan } from 'c/playbookEngine';

const PLAN: ChangePlan = {
    createRun: null,
    updateRun: { id: 'a0R000000000001AAA', fields: { Run_Status__c: 'Open' } },
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};

async function open() {
    const element = (await mount('c-playbook-data', PlaybookData, { recordId: ACCOUNT_ID })) as unknown as DataElement;
    await giveAll();
    return {
        element,
        told: listen<TaskData | null>(element, 'tasks'),
        swept: listen<LastSweep>(element, 'swept'),
        failed: listen(element, 'failed'),
    };
}

async function openWanting() {
    const opened = await open();
    opened.element.wantsTasks = true;
    await flush();
    return opened;
}

afterEach(forgetOrg);

describe('c-playbook-data: tasks', () => {
    it('asks for them only when they are wanted', async () => {
        const { element } = await open();
        expect(askedTasks()).toBeUndefined();
        element.wantsTasks = true;
        await flush();
        expect(askedTasks()?.['variables']).toEqual({ accountId: ACCOUNT_ID });
    });

    it('tells what is logged, and with whom a call can be logged', async () => {
        const { told } = await openWanting();
        await giveTasks(taskAnswer());
        expect(told).toEqual([]);
        await giveTaskInfo(taskInfo());
        expect(told).toEqual([
            {
                canLog: true,
                tasks: [{ id: '00T000000000001AAA', subject: 'Kick-off', on: '2026-11-12' }],
                contacts: [
                    { id: '003000000000001AAA', name: 'Ada Roe' },
                    { id: '003000000000002AAA', name: 'Ben Poe' },
                ],
            },
        ]);
    });

    it('tells when this user may not create any', async () => {
        const { told } = await openWanting();
        await giveTaskInfo(taskInfo(false));
        await giveTasks(taskAnswer());
        expect(told.at(-1)).toMatchObject({ canLog: false });
    });

    it.each<[what: string, refuse: () => Promise<void>]>([
        ['describe tasks', () => giveTaskInfo(undefined, { status: 400, body: [{ errorCode: 'INVALID_TYPE' }] })],
        ['list tasks', () => giveTasks(undefined, { message: "Cannot query field 'Task'" })],
    ])('tells that there are none where pages cannot %s, and calls nothing else failed', async (_what, refuse) => {
        const { told, failed } = await openWanting();
        await refuse();
        expect(told).toEqual([null]);
        expect(failed).toEqual([]);
    });

    it('reads them again once a call was logged, and not after other answers', async () => {
        const { element } = await openWanting();
        await giveTasks(taskAnswer());
        acceptMutation();
        await element.save(PLAN);
        expect(refreshTasks).not.toHaveBeenCalled();
        acceptMutation({ task: '00T000000000002AAA' });
        await element.save({ ...PLAN, createTask: { Subject: 'Call' } });
        expect(refreshTasks).toHaveBeenCalledTimes(1);
    });
});

describe('c-playbook-data: the last sweep', () => {
    it('comes with the texts of a version', async () => {
        const { element, swept } = await open();
        element.versionId = 'a0V000000000001AAA';
        await flush();
        const answer = versionAnswer([]);
        await giveVersion({
            uiapi: { query: { ...answer.uiapi.query, Playbook_Sweep__c: sweepList() } },
        });
        expect(swept).toEqual([{ finishedAt: '2026-11-21T02:00:00.000Z', withFailures: false }]);
    });

    it('is read alone where no version is in front, after the account', async () => {
        const element = await mount('c-playbook-data', PlaybookData, { recordId: ACCOUNT_ID });
        const swept = listen<LastSweep>(element, 'swept');
        expect(askedSweep()).toBeUndefined();
        await giveAll();
        expect(askedSweep()).toBeDefined();
        await giveSweep(sweepAnswer({ Sweep_Status__c: 'Finished with failures' }));
        expect(swept).toEqual([{ finishedAt: '2026-11-21T02:00:00.000Z', withFailures: true }]);
    });

    it('is not told where there was none, or it may not be seen; a failure is no reason for alarm', async () => {
        const { swept, failed } = await open();
        await giveSweep({ uiapi: { query: {} } });
        await giveSweep(undefined, ERROR_IN_QUERY);
        expect(swept).toEqual([]);
        expect(failed).toEqual([]);
    });
});

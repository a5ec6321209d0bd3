import { NEW_RUN_ID, type ChangePlan } from 'c/playbookEngine';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import PlaybookData, { type AccountData } from '../playbookData';
import { flush, listen, mount } from 'test/dom';
import {
    acceptMutation,
    giveAccount,
    giveAll,
    giveRecord,
    holdMutation,
    loseMutation,
    mutations,
    refuseMutation,
    type DataElement,
    forgetOrg,
} from 'test/org';
import { ACCOUNT_ID, accountAnswer, completion, record, run } from 'test/platformAnswers';

const NOTHING: ChangePlan = {
    createRun: null,
    updateRun: null,
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};
const RUN_ID = 'a0R000000000001AAA';
const OTHER_ID = '001000000000002AAA';
/** The first tick on an account: run and completion in one. */
const FIRST_TICK: ChangePlan = {
    ...NOTHING,
    createRun: {
        Episode_Key__c: `${ACCOUNT_ID}:at-risk:1`,
        Run_Status__c: 'Open',
        Run_Version__c: 'a0V000000000001AAA',
    },
    createCompletions: [
        {
            Completion_Key__c: `${ACCOUNT_ID}:at-risk:1:check:1`,
            Recorded_Step_Key__c: 'check',
            Completion_Status__c: 'Done',
            Completed_At__c: '2026-11-21T18:00:00.000Z',
        },
    ],
};
const UNDO: ChangePlan = {
    ...NOTHING,
    updateRun: { id: RUN_ID, fields: { Next_Step__c: 'Do check' } },
    updateCompletions: [{ id: 'a0C-check', fields: { Completion_Status__c: 'Undone' } }],
    createTask: null,
};

async function start(answer = accountAnswer()) {
    const element = await mount('c-playbook-data', PlaybookData, { recordId: ACCOUNT_ID });
    const loaded = listen<AccountData>(element, 'loaded');
    await giveAll(answer);
    const runs = () => loaded.at(-1)?.runs ?? [];
    return { element: element as DataElement, loaded, runs };
}

afterEach(forgetOrg);

describe('c-playbook-data: saving', () => {
    it('writes run and completion in one mutation, with every value as a variable', async () => {
        const { element } = await start();
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await element.save(FIRST_TICK);
        expect(mutations()).toHaveLength(1);
        expect(mutations()[0]?.variables).toEqual({
            run: { Playbook_Run__c: FIRST_TICK.createRun },
            completion0: { Step_Completion__c: { ...FIRST_TICK.createCompletions[0], Playbook_Run__c: NEW_RUN_ID } },
        });
        expect(mutations()[0]?.document).not.toContain(ACCOUNT_ID);
    });

    it('shows the result at once, and with its ids once it is written', async () => {
        const { element, runs } = await start();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C1' });
        const saving = element.save(FIRST_TICK);
        expect(runs()).toEqual([
            expect.objectContaining({
                id: 'run',
                playbookKey: 'at-risk',
                completions: [expect.objectContaining({ status: 'Done', completedByName: 'Maya Lindqvist' })],
            }),
        ]);
        await arrive();
        expect(await saving).toEqual({ ok: true, ids: { run: RUN_ID, completion0: 'a0C1' } });
        expect(runs()).toEqual([
            expect.objectContaining({ id: RUN_ID, completions: [expect.objectContaining({ id: 'a0C1' })] }),
        ]);
    });

    it('shows an end only once it is confirmed', async () => {
        const { element, loaded, runs } = await start(accountAnswer({ runs: [run()] }));
        const arrive = holdMutation();
        const saving = element.save({ ...NOTHING, updateRun: { id: RUN_ID, fields: { Run_Status__c: 'Closed' } } });
        expect(loaded).toHaveLength(1);
        await arrive();
        await saving;
        expect(runs()[0]?.status).toBe('Closed');
    });

    it('tells the pages of what was written', async () => {
        const { element } = await start(accountAnswer({ runs: [run({}, [completion('check')])] }));
        acceptMutation({});
        await element.save(UNDO);
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a0C-check' }, { recordId: RUN_ID }]);
    });

    it('is saved even when those pages cannot be told', async () => {
        const { element } = await start();
        jest.mocked(notifyRecordUpdateAvailable).mockRejectedValueOnce(new Error('No page'));
        acceptMutation({ run: RUN_ID });
        expect(await element.save(FIRST_TICK)).toMatchObject({ ok: true });
    });

    it('takes back what the org refuses, and gives its words', async () => {
        const { element, runs } = await start(accountAnswer({ runs: [run({}, [completion('check')])] }));
        refuseMutation('A closed run cannot change.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        const saving = element.save(UNDO);
        expect(runs()[0]?.completions[0]?.status).toBe('Undone');
        expect(await saving).toEqual({
            ok: false,
            failure: { kind: 'rejected', messages: ['A closed run cannot change.'] },
        });
        expect(runs()[0]?.completions[0]?.status).toBe('Done');
    });

    it('takes back what got no answer', async () => {
        const { element, runs } = await start();
        loseMutation();
        expect(await element.save(FIRST_TICK)).toEqual({
            ok: false,
            failure: { kind: 'offline', messages: ['Failed to fetch'] },
        });
        expect(runs()).toEqual([]);
    });

    it('tells that somebody was first', async () => {
        const { element } = await start();
        refuseMutation('duplicate value found: Episode_Key__c', 'DUPLICATE_VALUE');
        expect(await element.save(FIRST_TICK)).toMatchObject({ ok: false, failure: { kind: 'duplicate' } });
    });

    it('rejects nothing, not even a plan that changes nothing', async () => {
        const { element } = await start();
        expect(await element.save(NOTHING)).toMatchObject({ ok: false, failure: { kind: 'unknown' } });
        expect(mutations()).toEqual([]);
    });

    it('keeps showing the change when a refresh without it comes in between', async () => {
        const { element, runs } = await start();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C1' });
        const saving = element.save(FIRST_TICK);
        await giveAccount(accountAnswer());
        expect(runs()[0]?.completions).toHaveLength(1);
        await arrive();
        await saving;
        expect(runs().map(({ id }) => id)).toEqual([RUN_ID]);
    });

    it('shows no run twice when a refresh brings it before its confirmation', async () => {
        const { element, runs } = await start();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C-check' });
        const saving = element.save(FIRST_TICK);
        await giveAccount(accountAnswer({ runs: [run({}, [completion('check')])] }));
        await arrive();
        await saving;
        expect(runs().map(({ id }) => id)).toEqual([RUN_ID]);
        expect(runs()[0]?.completions).toHaveLength(1);
    });

    it('leaves the next account alone when the page moves on before the answer', async () => {
        const { element, loaded, runs } = await start();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C1' });
        const saving = element.save(FIRST_TICK);
        element.recordId = OTHER_ID;
        await flush();
        loaded.length = 0;
        await giveAccount(accountAnswer());
        await giveRecord(record({ Name: 'Südwind' }, OTHER_ID));
        await arrive();
        expect(await saving).toMatchObject({ ok: true });
        expect(runs()).toEqual([]);
        expect(loaded.every(({ runs: shown }) => shown.length === 0)).toBe(true);
    });
});

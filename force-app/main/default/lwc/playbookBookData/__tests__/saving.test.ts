import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import type { ChangePlan } from 'c/playbookEngine';
import PlaybookBookData, { type BookData } from '../playbookBookData';
import { flush, listen, mount } from 'test/dom';
import { acceptMutation, holdMutation, loseMutation, mutations, refuseMutation } from 'test/org';
import { ACCOUNT_ID, run } from 'test/platformAnswers';
import { OTHER_ACCOUNT_ID, bookAccount, bookAnswer, healthyAccount, ofAccount } from 'test/bookAnswers';
import { forgetBookOrg, giveBook, giveBookOrg, refreshes, type BookElement } from 'test/bookOrg';

const NOTHING: ChangePlan = {
    createRun: null,
    updateRun: null,
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};
const RUN_ID = 'a0R000000000001AAA';
/** The first tick on an account: run and completion in one. */
const firstTick = (accountId = ACCOUNT_ID): ChangePlan => ({
    ...NOTHING,
    createRun: {
        Account__c: accountId,
        Episode_Key__c: `${accountId}:at-risk:1`,
        Run_Status__c: 'Open',
        Run_Version__c: 'a0V000000000001AAA',
    },
    createCompletions: [
        {
            Completion_Key__c: `${accountId}:at-risk:1:check:1`,
            Recorded_Step_Key__c: 'check',
            Completion_Status__c: 'Done',
        },
    ],
});
const CLOSE: ChangePlan = { ...NOTHING, updateRun: { id: RUN_ID, fields: { Run_Status__c: 'Closed' } } };

let csm = 0;
async function start(answer = bookAnswer({ accounts: [bookAccount(), healthyAccount()] })) {
    csm += 1;
    const element = await mount('c-playbook-book-data', PlaybookBookData, { csmId: `00500000009${csm}` });
    const loaded = listen<BookData>(element, 'loaded');
    await giveBookOrg(answer);
    const runsOf = (accountId = ACCOUNT_ID) =>
        loaded.at(-1)?.book.find(({ account }) => account.id === accountId)?.runs ?? [];
    return { element: element as unknown as BookElement, loaded, runsOf };
}

afterEach(forgetBookOrg);

describe('c-playbook-book-data: saving', () => {
    it('shows a run on its account at once, and with its id and playbook once it is written', async () => {
        const { element, runsOf } = await start();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C1' });
        const saving = element.save(firstTick());
        expect(runsOf()).toEqual([expect.objectContaining({ playbookKey: 'at-risk', status: 'Open' })]);
        expect(runsOf(OTHER_ACCOUNT_ID)).toEqual([]);
        await arrive();
        expect(await saving).toEqual({ ok: true, ids: { run: RUN_ID, completion0: 'a0C1' } });
        expect(runsOf()).toEqual([
            expect.objectContaining({ id: RUN_ID, completions: [expect.objectContaining({ id: 'a0C1' })] }),
        ]);
        expect(mutations()).toHaveLength(1);
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: RUN_ID }, { recordId: 'a0C1' }]);
    });

    it('keeps two that are on their way apart', async () => {
        const { element, runsOf } = await start();
        const first = holdMutation({ run: RUN_ID });
        const second = holdMutation({ run: 'a0R-2' });
        const savings = [element.save(firstTick()), element.save(firstTick(OTHER_ACCOUNT_ID))];
        await second();
        expect(runsOf(OTHER_ACCOUNT_ID)[0]?.id).toBe('a0R-2');
        expect(runsOf()).toHaveLength(1);
        await first();
        await Promise.all(savings);
        expect(runsOf()[0]?.id).toBe(RUN_ID);
    });

    it('takes it back when the org refuses or does not answer, and says why', async () => {
        const { element, runsOf } = await start();
        refuseMutation('Not so', 'ExecutionError');
        expect(await element.save(firstTick())).toEqual({
            ok: false,
            failure: { kind: 'rejected', messages: ['Not so'] },
        });
        expect(runsOf()).toEqual([]);
        loseMutation();
        expect(await element.save(firstTick())).toMatchObject({ ok: false, failure: { kind: 'offline' } });
        expect(runsOf()).toEqual([]);
    });

    it('shows an end only when it is confirmed', async () => {
        const { element, runsOf } = await start(bookAnswer({ runs: [ofAccount(run())] }));
        const arrive = holdMutation();
        const saving = element.save(CLOSE);
        expect(runsOf()[0]?.status).toBe('Open');
        await arrive();
        await saving;
        expect(runsOf()[0]?.status).toBe('Closed');
    });

    it('reads again when a read was under way that cannot know of it yet', async () => {
        const { element, runsOf } = await start();
        let finish = (): void => undefined;
        refreshes.book.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
        const reading = element.refresh();
        acceptMutation({ run: RUN_ID });
        refreshes.book.mockImplementationOnce(() =>
            giveBook(bookAnswer({ runs: [ofAccount(run({ Id: RUN_ID, Reason__c: 'from the server' }))] })),
        );
        await element.save(firstTick());
        finish();
        await reading;
        await flush();
        await flush();
        expect(runsOf()).toEqual([expect.objectContaining({ id: RUN_ID, reason: 'from the server' })]);
    });

    it('does not show what the platform has kept of a book that was written since', async () => {
        const first = await start();
        acceptMutation({ run: RUN_ID });
        await first.element.save(firstTick());
        const { csmId } = first.element;
        first.element.remove();
        const element = await mount('c-playbook-book-data', PlaybookBookData, { csmId });
        const loaded = listen<BookData>(element, 'loaded');
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ runs: [ofAccount(run())] })));
        await giveBookOrg();
        await flush();
        await flush();
        expect(loaded.map(({ book }) => book[0]?.runs.length)).toEqual([1]);
    });
});

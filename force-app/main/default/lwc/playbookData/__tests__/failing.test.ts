import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import PlaybookData, { type AccountData, type Failure } from '../playbookData';
import { flush, listen, mount } from 'test/dom';
import {
    askedAccount,
    askedInfos,
    askedRecord,
    ERROR_IN_QUERY,
    failInfos,
    failRecord,
    giveAccount,
    giveAll,
    giveInfos,
    giveRecord,
    giveVersion,
    refreshAccount,
    refreshVersion,
    type DataElement,
    forgetOrg,
} from 'test/org';
import { ACCOUNT_ID, ACCOUNT_INFO, accountAnswer, record, run, runInfo } from 'test/platformAnswers';

const OTHER_ID = '001000000000002AAA';

async function start() {
    const element = await mount('c-playbook-data', PlaybookData, { recordId: ACCOUNT_ID });
    const loaded = listen<AccountData>(element, 'loaded');
    const failed = listen<Failure>(element, 'failed');
    return { element: element as DataElement, loaded, failed };
}

afterEach(forgetOrg);

describe('c-playbook-data: what goes wrong', () => {
    it.each<[what: string, answer: Parameters<typeof accountAnswer>[0]]>([
        ['no setting', { settings: [] }],
        ['no trigger', { triggers: [] }],
    ])('says that it is not configured when there is %s', async (_what, answer) => {
        const { loaded, failed } = await start();
        await giveAll(accountAnswer(answer));
        expect(failed).toEqual([{ kind: 'no-configuration', messages: [] }]);
        expect(loaded).toEqual([]);
    });

    it.each<[what: string, fail: () => Promise<void>, failure: Failure]>([
        ['the account query', () => giveAccount(undefined, ERROR_IN_QUERY), { kind: 'unknown', messages: ['Boom'] }],
        [
            'the account query, without rights',
            () => giveAccount(undefined, { message: "Cannot query field 'Playbook_Run__c' on type 'RecordQuery'." }),
            { kind: 'no-access', messages: ["Cannot query field 'Playbook_Run__c' on type 'RecordQuery'."] },
        ],
        [
            'the object infos',
            () => failInfos(new TypeError('Failed to fetch')),
            { kind: 'offline', messages: ['Failed to fetch'] },
        ],
        [
            'the record',
            () => failRecord({ ok: false, status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'Gone' }] }),
            { kind: 'not-found', messages: ['Gone'] },
        ],
        ['the version query', () => giveVersion(undefined, ERROR_IN_QUERY), { kind: 'unknown', messages: ['Boom'] }],
    ])('tells when it failed to read %s', async (_what, fail, failure) => {
        const { element, failed } = await start();
        element.versionId = 'a0V000000000001AAA';
        await flush();
        await fail();
        expect(failed).toEqual([failure]);
    });

    it('takes nothing yet for no failure', async () => {
        const { loaded, failed } = await start();
        await giveAccount(undefined);
        await giveVersion(undefined);
        expect([loaded, failed]).toEqual([[], []]);
    });

    it('recovers when a later read succeeds', async () => {
        const { loaded, failed } = await start();
        await giveAccount(undefined, ERROR_IN_QUERY);
        await giveAll();
        expect(failed).toHaveLength(1);
        expect(loaded).toHaveLength(1);
    });

    it('reads everything again when it is asked to', async () => {
        const { element } = await start();
        await giveAll();
        await element.refresh();
        expect(refreshAccount).toHaveBeenCalledTimes(1);
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: ACCOUNT_ID }]);
    });

    it('asks again for what failed, whichever read it was', async () => {
        const { element } = await start();
        element.versionId = 'a0V000000000001AAA';
        await giveAccount(accountAnswer());
        await failInfos(new TypeError('Failed to fetch'));
        await failRecord(new TypeError('Failed to fetch'));
        await giveVersion(undefined, ERROR_IN_QUERY);
        const [infos, asked] = [askedInfos(), askedRecord()];
        await element.refresh();
        await flush();
        expect(askedInfos()).not.toBe(infos);
        expect(askedInfos()).toEqual(infos);
        expect(askedRecord()).not.toBe(asked);
        expect(askedRecord()).toEqual(asked);
        expect(refreshVersion).toHaveBeenCalledTimes(1);
    });

    it('asks again only for what failed', async () => {
        const { element } = await start();
        await giveAll();
        const [infos, asked] = [askedInfos(), askedRecord()];
        await element.refresh();
        await flush();
        expect([askedInfos(), askedRecord()]).toEqual([infos, asked]);
        expect(askedInfos()).toBe(infos);
        expect(askedRecord()).toBe(asked);
        expect(refreshVersion).not.toHaveBeenCalled();
    });

    it('tells when reading again failed, and rejects nothing', async () => {
        const { element, failed } = await start();
        await giveAll();
        refreshAccount.mockRejectedValueOnce(new TypeError('Failed to fetch'));
        await expect(element.refresh()).resolves.toBeUndefined();
        expect(failed).toEqual([{ kind: 'offline', messages: ['Failed to fetch'] }]);
    });

    it('tells nothing of the last account on the page of the next', async () => {
        const { element, loaded } = await start();
        await giveAll(accountAnswer({ runs: [run()] }));
        loaded.length = 0;
        element.recordId = OTHER_ID;
        await flush();
        expect(askedAccount()?.['variables']).toMatchObject({ accountId: OTHER_ID });
        expect(askedRecord()?.['recordId']).toBe(OTHER_ID);
        await giveInfos(ACCOUNT_INFO, runInfo());
        await giveAccount(accountAnswer());
        expect(loaded).toEqual([]);
        await giveRecord(record({ Name: 'Südwind' }, OTHER_ID));
        expect(loaded.at(-1)).toMatchObject({ accountName: 'Südwind', runs: [] });
    });
});

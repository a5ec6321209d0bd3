import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import PlaybookData, { type AccountData, type Failure, type VersionDetails } from '../playbookData';
import { clearDom, flush, listen, mount, visibleText } from 'test/dom';
import {
    askedAccount,
    askedInfos,
    askedRecord,
    askedVersion,
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
} from 'test/org';
import {
    ACCOUNT_ID,
    ACCOUNT_INFO,
    AT_RISK_VALUES,
    CONTACT_INFO,
    accountAnswer,
    record,
    run,
    runInfo,
    setting,
    step,
    trigger,
    versionAnswer,
} from 'test/platformAnswers';

const OTHER_ID = '001000000000002AAA';

async function start(recordId: string | undefined = ACCOUNT_ID) {
    const element = await mount('c-playbook-data', PlaybookData, recordId ? { recordId } : {});
    const loaded = listen<AccountData>(element, 'loaded');
    const failed = listen<Failure>(element, 'failed');
    const details = listen<VersionDetails>(element, 'details');
    return { element: element as HTMLElement & PlaybookData, loaded, failed, details };
}

afterEach(clearDom);

describe('c-playbook-data: what it asks', () => {
    it('asks about the account and the user, and for the record only once the triggers are known', async () => {
        await start();
        expect(askedAccount()?.['variables']).toEqual({ accountId: ACCOUNT_ID, userId: '005000000000000000' });
        expect(askedInfos()?.['objectApiNames']).toEqual(['Account', 'Playbook_Run__c']);
        expect(askedRecord()?.['recordId']).toBeUndefined();
        await giveAccount(accountAnswer());
        expect(askedRecord()?.['recordId']).toBe(ACCOUNT_ID);
    });

    it('asks for the fields that rules and figures name as optional ones, so that a hidden field fails nothing', async () => {
        await start();
        const rule = trigger({ Enter_When__c: 'AND(NPS__c < 6, $Figure.Health < 60, ISBLANK(Champion__r.Email))' });
        await giveAccount(
            accountAnswer({ triggers: [rule], settings: [setting({ ARR_Field__c: 'Account.Revenue__c' })] }),
        );
        expect(askedRecord()?.['fields']).toEqual(['Account.Name']);
        expect(askedRecord()?.['optionalFields']).toEqual(
            expect.arrayContaining([
                'Account.Name',
                'Account.LastActivityDate',
                'Account.NPS__c',
                'Account.Champion__r.Email',
                'Account.Health_Score__c',
                'Account.Revenue__c',
            ]),
        );
        expect(askedRecord()?.['optionalFields']).not.toContain('Account.ARR__c');
    });

    it('asks for fields that texts merge in, each once', async () => {
        const { element } = await start();
        await giveAccount(accountAnswer());
        element.mergePaths = ['Champion__r.FirstName', 'Name'];
        await flush();
        const asked = askedRecord()?.['optionalFields'];
        expect(asked).toContain('Account.Champion__r.FirstName');
        expect(Array.isArray(asked) && asked.filter((path) => path === 'Account.Name')).toHaveLength(1);
    });

    it('asks for the types of the objects that lookups lead to', async () => {
        const { element } = await start();
        await giveInfos(ACCOUNT_INFO, runInfo());
        await giveAccount(accountAnswer());
        element.mergePaths = ['Champion__r.FirstName'];
        await flush();
        expect(askedInfos()?.['objectApiNames']).toEqual(['Account', 'Playbook_Run__c', 'Contact']);
    });

    it('asks nothing twice when the same answer comes again', async () => {
        await start();
        await giveAll();
        const [infos, account] = [askedInfos(), askedAccount()];
        await giveInfos(ACCOUNT_INFO, runInfo());
        await giveRecord(record(AT_RISK_VALUES));
        expect(askedInfos()).toBe(infos);
        expect(askedAccount()).toBe(account);
    });

    it('asks for long texts of the version that is wanted', async () => {
        const { element } = await start();
        expect(askedVersion()?.['variables']).toBeUndefined();
        element.versionId = 'a0V000000000001AAA';
        await flush();
        expect(askedVersion()?.['variables']).toEqual({ versionId: 'a0V000000000001AAA' });
    });

    it('asks nothing without an account', async () => {
        await start('');
        expect(askedAccount()?.['variables']).toBeUndefined();
    });
});

describe('c-playbook-data: what it tells', () => {
    const parts: Readonly<Record<string, () => Promise<void>>> = {
        triggers: () => giveAccount(accountAnswer({ runs: [run()] })),
        types: () => giveInfos(ACCOUNT_INFO, runInfo()),
        record: () => giveRecord(record(AT_RISK_VALUES)),
    };
    it.each([
        ['triggers', 'types', 'record'],
        ['types', 'triggers', 'record'],
        ['record', 'triggers', 'types'],
    ])('tells everything at once, after %s, %s and %s', async (...order) => {
        const { loaded, failed } = await start();
        for (const part of order) {
            expect(loaded).toEqual([]);
            await parts[part]?.();
        }
        expect(failed).toEqual([]);
        expect(loaded).toHaveLength(1);
        expect(loaded[0]).toMatchObject({
            account: { id: ACCOUNT_ID, values: { Name: 'Nordlicht Logistik', Health_Score__c: 48 } },
            accountName: 'Nordlicht Logistik',
            lastTouchOn: '2026-11-12',
            openCases: 2,
            canWrite: true,
            summaries: { a0V000000000001AAA: 'Find out why, then act.' },
            user: { name: 'Maya Lindqvist', firstName: 'Maya', timeZone: 'America/Los_Angeles' },
        });
        expect(loaded[0]?.triggers.map(({ key }) => key)).toEqual(['At_Risk']);
        expect(loaded[0]?.versions[0]?.steps.map(({ key }) => key)).toEqual(['check', 'call']);
        expect(loaded[0]?.runs.map(({ id }) => id)).toEqual(['a0R000000000001AAA']);
        expect(loaded[0]?.fieldTypes['Health_Score__c']).toEqual({ type: 'Number', label: 'Health Score' });
    });

    it('waits for the types of lookups that rules name, so that no working rule is called broken', async () => {
        const { loaded } = await start();
        await giveInfos(ACCOUNT_INFO, runInfo());
        await giveAccount(accountAnswer({ triggers: [trigger({ Enter_When__c: 'ISBLANK(Champion__r.Email)' })] }));
        await giveRecord(record(AT_RISK_VALUES));
        expect(loaded).toHaveLength(0);
        await giveInfos(ACCOUNT_INFO, runInfo(), CONTACT_INFO);
        expect(loaded[0]?.fieldTypes['Champion__r.Email']).toEqual({ type: 'Text', label: 'Email' });
    });

    it('tells when the user may not see cases or write runs', async () => {
        const { loaded } = await start();
        await giveAll(accountAnswer({ openCases: null }), { Name: 'Nordlicht' }, ACCOUNT_INFO, runInfo(false));
        expect(loaded[0]).toMatchObject({ openCases: null, canWrite: false, lastTouchOn: null });
    });

    it('tells again when the record changes', async () => {
        const { loaded } = await start();
        await giveAll();
        await giveRecord(record({ ...AT_RISK_VALUES, Health_Score__c: 71 }));
        expect(loaded.at(-1)?.account.values['Health_Score__c']).toBe(71);
    });

    it('tells the long texts of a version', async () => {
        const { element, details } = await start();
        element.versionId = 'a0V000000000001AAA';
        await flush();
        await giveVersion(versionAnswer([step('check', { Instructions__c: 'Look.' })]));
        expect(details[0]?.stepTexts['a0S-check']?.instructions).toBe('Look.');
    });

    it('shows nothing itself', async () => {
        const { element } = await start();
        await giveAll();
        expect(visibleText(element)).toBe('');
        await expect(element).toBeAccessible();
    });
});

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

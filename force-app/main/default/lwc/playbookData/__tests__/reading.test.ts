import PlaybookData, { type AccountData, type Failure, type VersionDetails } from '../playbookData';
import { flush, listen, mount, visibleText } from 'test/dom';
import {
    askedAccount,
    askedInfos,
    askedRecord,
    askedVersion,
    giveAccount,
    giveAll,
    giveInfos,
    giveRecord,
    giveVersion,
    type DataElement,
    forgetOrg,
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

async function start(recordId: string | undefined = ACCOUNT_ID) {
    const element = await mount('c-playbook-data', PlaybookData, recordId ? { recordId } : {});
    const loaded = listen<AccountData>(element, 'loaded');
    const failed = listen<Failure>(element, 'failed');
    const details = listen<VersionDetails>(element, 'details');
    return { element: element as DataElement, loaded, failed, details };
}

afterEach(forgetOrg);

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

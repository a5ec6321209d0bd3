import { mountPanel, openPanel, stopClock } from './panel';
import { flush, visibleText } from 'test/dom';
import {
    askedVersion,
    ERROR_IN_QUERY,
    failInfos,
    failRecord,
    forgetOrg,
    giveAccount,
    giveAll,
    giveVersion,
    mutations,
    refreshAccount,
    refreshVersion,
} from 'test/org';
import {
    ACCOUNT_INFO,
    AT_RISK_VALUES,
    accountAnswer,
    run,
    runInfo,
    setting,
    step,
    trigger,
    versionAnswer,
} from 'test/platformAnswers';
import { all, press, pressable, said } from 'test/person';

const HEALTHY = { ...AT_RISK_VALUES, Health_Score__c: 82 };
const OFFLINE = new TypeError('Failed to fetch');

beforeAll(stopClock);
afterEach(forgetOrg);

describe('c-playbook-panel: reading', () => {
    it('says that it is loading, and nothing else, until it knows all', async () => {
        const { element } = await mountPanel();
        expect(all(element, 'lightning-spinner')[0]).toHaveProperty('alternativeText', 'Loading');
        await giveAccount(accountAnswer());
        expect(visibleText(element)).toBe('Playbooks');
        await giveAll();
        expect(all(element, 'lightning-spinner')).toEqual([]);
        expect(visibleText(element)).toContain('At-Risk Account');
    });

    it('says kindly that there is nothing to do', async () => {
        const { element } = await openPanel({}, HEALTHY);
        expect(said(element, 'status')).toEqual([
            "Nothing needs you here today No trigger matches this account's figures. This page will say so when one does.",
        ]);
        expect(visibleText(element)).toContain('Health 82 of 100');
    });

    it('says that nothing can be known without figures, though cases are', async () => {
        const { element } = await openPanel({}, { Name: 'Nordlicht', LastActivityDate: null });
        expect(visibleText(element)).toContain('Health and usage are not known for this account yet');
        expect(visibleText(element)).toContain('Health unknown Usage unknown Renewal unknown ARR unknown');
        expect(visibleText(element)).toContain('Last touch none recorded Open cases 2');
        expect(visibleText(element)).toContain('No health or usage figures for this account yet');
    });

    it('leaves out what this user may not see', async () => {
        const { element } = await openPanel({ openCases: null }, { Name: 'Nordlicht', Health_Score__c: 82 });
        expect(visibleText(element)).not.toContain('Last touch');
        expect(visibleText(element)).not.toContain('Open cases');
    });

    it('asks for care when figures are old', async () => {
        const { element } = await openPanel({}, { ...HEALTHY, Health_Score_On__c: '2026-10-20' });
        expect(visibleText(element)).toContain(
            'Figures are from Oct 20, 2026 (32 days ago): check before you act on them',
        );
    });

    it('says so when nobody knows how old figures are', async () => {
        const { element } = await openPanel({}, { ...HEALTHY, Health_Score_On__c: null });
        expect(visibleText(element)).toContain('Nobody knows how old these figures are');
    });

    it.each<[day: string, words: string]>([
        ['2026-11-21', 'today'],
        ['2026-11-22', 'in 1 day'],
        ['2026-11-01', '20 days ago'],
    ])('says how far a renewal on %s is', async (day, words) => {
        const { element } = await openPanel({}, { ...HEALTHY, Renewal_Date__c: day });
        expect(visibleText(element)).toMatch(new RegExp(`Renewal [^:]* 2026 ${words} ARR`));
    });

    it('writes nothing by being looked at', async () => {
        const { element } = await openPanel();
        await press(element, 'Do check');
        await press(element, 'Finish playbook');
        await press(element, 'Cancel');
        expect(mutations()).toEqual([]);
    });
});

describe('c-playbook-panel: failing to read', () => {
    it('tells whom to ask when the user has no access, and offers no retry', async () => {
        const { element } = await mountPanel();
        await giveAccount(undefined, { message: "Cannot query field 'Playbook_Run__c' on type 'RecordQuery'." });
        expect(said(element, 'alert')).toEqual([
            'You have no access to playbooks Ask your Salesforce admin for the permission set "Playbook CSM" (or "Playbook Leader" to look only).',
        ]);
        expect(pressable(element)).toEqual([]);
    });

    it.each([{ settings: [] }, { triggers: [] }])('tells the admin what is missing: %j', async (answer) => {
        const { element } = await openPanel(answer);
        expect(said(element, 'alert')[0]).toContain('Playbooks are not set up yet');
        expect(pressable(element)).toEqual([]);
    });

    it('tells that the account is hidden or gone', async () => {
        const { element } = await mountPanel();
        await giveAccount(accountAnswer());
        await failRecord({ ok: false, status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'Gone' }] });
        expect(said(element, 'alert')[0]).toContain('This account cannot be shown');
    });

    it.each<[read: string, fail: () => Promise<void>]>([
        ['the playbooks', () => giveAccount(undefined, ERROR_IN_QUERY)],
        ['the field types', () => failInfos(OFFLINE)],
        ['the account', () => failRecord(OFFLINE)],
    ])('tries again when %s could not be read', async (_read, fail) => {
        const { element } = await mountPanel();
        await giveAccount(accountAnswer());
        await fail();
        expect(said(element, 'alert')[0]).toContain('The playbooks could not be read');
        expect(all(element, 'lightning-spinner')).toEqual([]);
        refreshAccount.mockImplementationOnce(() => giveAll());
        await press(element, 'Try again');
        await flush();
        expect(said(element, 'alert')).toEqual([]);
        expect(visibleText(element)).toContain('At-Risk Account');
    });

    it('says again when trying again fails', async () => {
        const { element } = await openPanel();
        await giveAccount(undefined, ERROR_IN_QUERY);
        refreshAccount.mockImplementationOnce(() => giveAccount(undefined, ERROR_IN_QUERY));
        await press(element, 'Try again');
        await flush();
        expect(said(element, 'alert')[0]).toContain('The playbooks could not be read');
        expect(pressable(element)).toContain('Try again');
    });

    it('keeps what is on the page when a later read fails, and says so', async () => {
        const { element } = await openPanel();
        refreshAccount.mockRejectedValueOnce(OFFLINE);
        window.dispatchEvent(new CustomEvent('focus'));
        await flush();
        expect(said(element, 'alert')[0]).toContain('The playbooks could not be read');
        expect(visibleText(element)).toContain('At-Risk Account');
    });

    it('reads long texts again when those failed', async () => {
        const { element } = await openPanel();
        expect(askedVersion()?.['variables']).toEqual({ versionId: 'a0V000000000001AAA' });
        await giveVersion(undefined, ERROR_IN_QUERY);
        await press(element, 'Do check');
        expect(said(element, 'status')).toContain('Loading instructions …');
        refreshVersion.mockImplementationOnce(() =>
            giveVersion(versionAnswer([step('check', { Instructions__c: 'Look at the dashboard.' })])),
        );
        await press(element, 'Try again');
        await flush();
        expect(visibleText(element)).toContain('Look at the dashboard.');
        expect(said(element, 'alert')).toEqual([]);
    });

    it('reads again when the page gets the focus back, and no longer once it is gone', async () => {
        const { element } = await openPanel();
        refreshAccount.mockImplementationOnce(() => giveAccount(accountAnswer({ runs: [run()] })));
        window.dispatchEvent(new CustomEvent('focus'));
        await flush();
        expect(visibleText(element)).toContain('Working on it since Thu, Nov 19');
        element.remove();
        window.dispatchEvent(new CustomEvent('focus'));
        expect(refreshAccount).toHaveBeenCalledTimes(1);
    });
});

describe('c-playbook-panel: rules and rights', () => {
    it('lists a rule that does not work, while the others do', async () => {
        const broken = trigger({ DeveloperName: 'Typo', MasterLabel: 'Typo', Enter_When__c: 'Helth_Score__c < 60' });
        const { element } = await openPanel({ triggers: [trigger(), broken] });
        expect(pressable(element)).toContain('Rules that do not work: 1');
        expect(visibleText(element)).toMatch(/Typo, Enter When: .*Helth_Score__c.*Health_Score__c/);
        expect(visibleText(element)).toContain('Health is 48 (limit 60)');
    });

    it('lists a playbook key without a playbook, and a figure mapped to no field', async () => {
        const { element } = await openPanel({
            triggers: [trigger(), trigger({ DeveloperName: 'Gone', MasterLabel: 'Gone', Playbook_Key__c: 'gone' })],
            settings: [setting({ ARR_Field__c: 'Revenue__c' })],
        });
        expect(pressable(element)).toContain('Rules that do not work: 2');
        expect(visibleText(element)).toContain('Gone, Playbook Key: No published playbook has the key gone.');
        expect(visibleText(element)).toContain('$Figure.ARR is mapped to Revenue__c');
    });

    it('lets a user who may not write look, and nothing else', async () => {
        const { element } = await openPanel({}, AT_RISK_VALUES, ACCOUNT_INFO, runInfo(false));
        expect(visibleText(element)).toContain('You can look at this playbook but not work on it.');
        expect(pressable(element)).not.toContain('Finish playbook');
        await press(element, 'Mark done: Do check');
        await press(element, 'Do check');
        expect(pressable(element)).not.toContain('Done');
        expect(mutations()).toEqual([]);
    });
});

describe('c-playbook-panel: another account', () => {
    it('shows nothing of the last account while the next one is read', async () => {
        const { element } = await openPanel({ runs: [run()] });
        await press(element, 'Finish playbook');
        element.recordId = '001000000000002AAA';
        await flush();
        expect(visibleText(element)).toBe('Playbooks');
        await giveAccount(accountAnswer());
        await giveAll(accountAnswer(), HEALTHY);
        expect(visibleText(element)).toContain('Nothing needs you here today');
    });

    it('shows no failure of the last account', async () => {
        const { element } = await mountPanel();
        await giveAccount(undefined, ERROR_IN_QUERY);
        element.recordId = '001000000000002AAA';
        await flush();
        expect(said(element, 'alert')).toEqual([]);
    });
});

describe('c-playbook-panel for everybody', () => {
    it.each<[state: string, open: () => ReturnType<typeof mountPanel>]>([
        ['it loads', () => mountPanel()],
        ['there is nothing to do', () => openPanel({}, HEALTHY)],
        ['a playbook is in front', () => openPanel({ runs: [run()] })],
        ['it is not set up', () => openPanel({ settings: [] })],
        ['figures are missing', () => openPanel({}, { Name: 'Nordlicht' })],
    ])('is accessible when %s', async (_state, open) => {
        const { element } = await open();
        await expect(element).toBeAccessible();
    });
});

import { encodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import type { PageReference } from 'lightning/navigation';
import { openPanel, stopClock } from './panel';
import { flush, visibleText } from 'test/dom';
import { askedRecord, askedVersion, forgetOrg, giveInfos, giveRecord, giveVersion } from 'test/org';
import {
    ACCOUNT_ID,
    ACCOUNT_INFO,
    AT_RISK_VALUES,
    CONTACT_INFO,
    completion,
    record,
    renewalTrigger,
    renewalVersion,
    resource,
    run,
    runInfo,
    signalTrigger,
    step,
    trigger,
    version,
    versionAnswer,
} from 'test/platformAnswers';
import { all, button, field, press, pressable } from 'test/person';

/** The edge of the platform: where the page would go. */
const mockNavigate = jest.fn((_reference: PageReference) => undefined);
jest.mock('lightning/navigation', () => {
    const Navigate = Symbol('Navigate');
    const mixin = (Base: new () => object) =>
        class extends Base {
            [Navigate](reference: PageReference): void {
                mockNavigate(reference);
            }
        };
    return { NavigationMixin: Object.assign(mixin, { Navigate }) };
});

const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');
const RENEWAL_SOON = { ...AT_RISK_VALUES, Renewal_Date__c: '2026-12-31' };
const BOTH = {
    triggers: [trigger(), renewalTrigger()],
    versions: [version(), renewalVersion()],
    steps: [step('check'), step('offer', { Playbook_Version__c: 'a0V000000000002AAA', Name: 'Send the offer' })],
};

beforeAll(stopClock);
afterEach(forgetOrg);

describe('c-playbook-panel: what is in front', () => {
    it('puts the playbook in front, with why in words, and its steps', async () => {
        const { element } = await openPanel({}, { ...AT_RISK_VALUES, Usage_Change__c: -42 });
        const text = visibleText(element);
        expect(text).toContain('At-Risk Account High Find out why, then act. Why now');
        expect(text).toContain('Health is 48 (limit 60)');
        expect(text).toContain('Usage fell 42% (limit 30%)');
        expect(text).toContain('0 of 2 steps');
        expect(text).toContain('Understand Do check CSM Due Tue, Nov 24 Do call');
        expect(all(element, '[role="tablist"]')).toEqual([]);
    });

    it('shows an opened run as people left it', async () => {
        const { element } = await openPanel({
            runs: [run({}, [completion('check', { Note__c: 'Seasonal?' })])],
            steps: [step('check'), step('call', { Due_Offset__c: 1 })],
        });
        const text = visibleText(element);
        expect(text).toContain('1 of 2 steps');
        expect(text).toContain('Working on it since Thu, Nov 19');
        expect(text).toContain('Done by Maya Lindqvist, Nov 20, 7:00 AM');
        expect(text).toContain('Overdue since Fri, Nov 20');
    });

    it('says that figures of an opened run have recovered', async () => {
        const { element } = await openPanel({ runs: [run()] }, { ...AT_RISK_VALUES, Health_Score__c: 82 });
        expect(visibleText(element)).toContain('Why it surfaced Health is 48 (limit 60).');
        expect(visibleText(element)).toContain('The figures no longer ask for this');
    });

    it('shows the most urgent of two, and the other one a click away', async () => {
        const { element } = await openPanel(BOTH, RENEWAL_SOON);
        expect(all(element, '[aria-selected="true"]').map(visibleText)).toEqual(['At-Risk Account High']);
        await press(element, 'Renewal Moderate');
        expect(visibleText(element)).toContain('Renewal is in 40 days, on Dec 31, 2026');
        expect(visibleText(element)).toContain('Send the offer');
        expect(visibleText(element)).not.toContain('Do check');
        expect(askedVersion()?.['variables']).toEqual({ versionId: 'a0V000000000002AAA' });
    });

    it('shows at once how to do what a signal asks for', async () => {
        const { element } = await openPanel({ triggers: [signalTrigger()] }, { ...AT_RISK_VALUES, ARR__c: 9000 });
        expect(visibleText(element)).toContain('Call support about the cases');
        expect(visibleText(element)).toContain('Ask for Nordlicht Logistik');
        expect(pressable(element)).not.toContain('Finish playbook');
    });

    it('starts a playbook by hand that nothing surfaced', async () => {
        const { element } = await openPanel(BOTH, { ...AT_RISK_VALUES, Health_Score__c: 82 });
        expect(visibleText(element)).toContain('Nothing needs you here today');
        const menu = all(element, 'lightning-button-menu')[0];
        expect(menu?.label).toBe('Start another playbook');
        expect(all(element, 'lightning-menu-item').map((item) => item.label)).toEqual(['At-Risk Account', 'Renewal']);
        menu?.dispatchEvent(new CustomEvent('select', { detail: { value: 'playbook:renewal' } }));
        await flush();
        expect(visibleText(element)).toContain('You started this yourself; nothing in the figures asks for it.');
        expect(button(element, 'Mark done: Send the offer').disabled).toBe(false);
        await press(element, 'Do not start');
        expect(visibleText(element)).toContain('Nothing needs you here today');
    });

    it('reads the steps of a retired version that an open run keeps', async () => {
        const retired = 'a0V000000000009AAA';
        const { element } = await openPanel({ runs: [run({ Run_Version__c: retired })], steps: [step('check')] });
        expect(askedVersion()?.['variables']).toEqual({ versionId: retired });
        expect(all(element, 'lightning-spinner')).toHaveLength(1);
        const old = [step('old', { Playbook_Version__c: retired, Name: 'As it was then' })];
        await giveVersion(versionAnswer(old, [], version({ Id: retired, Version_Status__c: 'Retired' })));
        expect(pressable(element)).toContain('Mark done: As it was then');
        expect(pressable(element)).not.toContain('Mark done: Do check');
    });

    it('shows 200 steps, each with its own texts', async () => {
        const steps = Array.from({ length: 200 }, (_, index) =>
            step(`s${index}`, { Name: `Step ${index}`, Position__c: index, Phase__c: `Phase ${index % 10}` }),
        );
        const { element } = await openPanel({ steps });
        expect(visibleText(element)).toContain('0 of 200 steps');
        expect(pressable(element).filter((name) => name.startsWith('Mark done: '))).toHaveLength(200);
        await press(element, 'Step 199');
        expect(all(element, 'lightning-textarea')).toHaveLength(1);
    });

    it('opens the task that proves an answer', async () => {
        const { element } = await openPanel({
            runs: [run({}, [completion('check', { Task_Id__c: '00T000000000001AAA' })])],
        });
        await press(element, 'Do check');
        await press(element, 'Open the logged call');
        expect(mockNavigate).toHaveBeenCalledWith({
            type: 'standard__recordPage',
            attributes: { recordId: '00T000000000001AAA', objectApiName: 'Task', actionName: 'view' },
        });
    });

    it('opens the record of the run', async () => {
        const { element } = await openPanel({ runs: [run()] });
        await press(element, 'Open the record');
        expect(mockNavigate).toHaveBeenCalledWith(
            expect.objectContaining({
                type: 'standard__recordPage',
                attributes: expect.objectContaining({ recordId: 'a0R000000000001AAA' }) as unknown,
            }),
        );
    });
});

describe('c-playbook-panel: texts of a step', () => {
    const TEXTS = versionAnswer(
        [step('check', { Instructions__c: 'Health of {!Name} is {!Health_Score__c}.', Key_Questions__c: 'Why?' })],
        [
            resource(),
            resource({
                Id: 'a0E-2',
                Name: 'Deck',
                Resource_Type__c: 'Deck',
                Url__c: 'https://example.com',
                Body__c: null,
            }),
            resource({
                Id: 'a0E-3',
                Name: 'Trap',
                Resource_Type__c: 'Link',
                Url__c: SCRIPT_URL,
                Body__c: null,
            }),
        ],
    );
    async function openStep() {
        const panel = await openPanel();
        await giveVersion(TEXTS);
        await press(panel.element, 'Do check');
        return panel;
    }

    it('merges the account into instructions, and reads the fields that texts name', async () => {
        const { element } = await openStep();
        expect(visibleText(element)).toContain('Health of Nordlicht Logistik is 48 . Key questions Why?');
        expect(askedRecord()?.['optionalFields']).toContain('Account.Champion__r.FirstName');
    });

    it('marks what is missing in an e-mail, until it is known', async () => {
        const { element } = await openStep();
        await giveInfos(ACCOUNT_INFO, runInfo(), CONTACT_INFO);
        await giveRecord(record({ ...AT_RISK_VALUES, Champion__r: null }));
        await press(element, 'First e-mail');
        expect(visibleText(element)).toContain('Dear [First Name]');
        expect(visibleText(element)).toContain('fill in by hand: First Name');
        await giveRecord(record({ ...AT_RISK_VALUES, Champion__r: record({ FirstName: 'Ada' }, '003', 'Contact') }));
        expect(visibleText(element)).toContain('Dear Ada');
        expect(visibleText(element)).not.toContain('fill in by hand');
    });

    it('makes links of web addresses only', async () => {
        const { element } = await openStep();
        expect(all(element, 'a[href]').map((link) => link.getAttribute('href'))).toEqual(['https://example.com']);
        expect(visibleText(element)).toContain('Trap');
    });

    it('hands an e-mail to the composer, its text as text', async () => {
        const { element } = await openStep();
        await giveRecord(record({ ...AT_RISK_VALUES, Name: '<b>Nordlicht</b> & Co', Champion__r: null }));
        await press(element, 'First e-mail');
        await press(element, 'Write e-mail');
        expect(mockNavigate).toHaveBeenCalledWith(
            expect.objectContaining({
                type: 'standard__quickAction',
                state: expect.objectContaining({ recordId: ACCOUNT_ID }) as unknown,
            }),
        );
        const [values] = jest.mocked(encodeDefaultFieldValues).mock.calls[0] ?? [];
        expect(values?.['Subject']).toBe('How is it going at <b>Nordlicht</b> & Co?');
        expect(values?.['HtmlBody']).toMatch(/^Dear \[?[\w. ]+.*,<br>shall we talk\?$/);
    });

    it('says so where there is no composer', async () => {
        const { element, toasts } = await openStep();
        await press(element, 'First e-mail');
        mockNavigate.mockImplementationOnce(() => {
            throw new Error('No such page');
        });
        await press(element, 'Write e-mail');
        expect(toasts.map(({ title }) => title)).toEqual([
            'The e-mail composer could not be opened here. Copy the text instead.',
        ]);
    });

    it('shows HTML in every text as text', async () => {
        const hostile = '<img src=x onerror="alert(1)">';
        const { element } = await openPanel({
            steps: [
                step('check', {
                    Name: hostile,
                    Phase__c: hostile,
                    Role__c: hostile,
                    Decision_Question__c: hostile,
                    Decision_Options__c: hostile,
                }),
            ],
        });
        await giveVersion(
            versionAnswer([step('check', { Instructions__c: `${hostile}{!Name}`, Pitfall__c: hostile })]),
        );
        await giveRecord(record({ ...AT_RISK_VALUES, Name: hostile }));
        await press(element, hostile);
        expect(all(element, 'img')).toEqual([]);
        expect(visibleText(element).split(hostile).length).toBeGreaterThan(5);
        expect(field(element, hostile).options?.[0]?.label).toBe(hostile);
    });
});

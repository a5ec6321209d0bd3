import { openPanel, stopClock } from './panel';
import { flush, visibleText } from 'test/dom';
import {
    acceptMutation,
    forgetOrg,
    giveAccount,
    giveAll,
    holdMutation,
    loseMutation,
    mutations,
    refreshAccount,
    refuseMutation,
} from 'test/org';
import {
    ACCOUNT_ID,
    AT_RISK_VALUES,
    NOW,
    accountAnswer,
    completion,
    renewalTrigger,
    renewalVersion,
    run,
    signalTrigger,
    step,
    trigger,
    version,
} from 'test/platformAnswers';
import { all, button, field, fill, press, pressable, said } from 'test/person';

const RUN_ID = 'a0R000000000001AAA';
const TICK = 'Mark done: Do check';
const UNDO = 'Undo: Do check';
const byJo = (values: Parameters<typeof completion>[1] = {}) => completion('check', values, 'Jo Berg');
/** What the org tells from now on, whenever it is asked again. */
const orgHolds = (...runs: ReturnType<typeof run>[]): void => {
    refreshAccount.mockImplementation(() => giveAccount(accountAnswer({ runs })));
};

beforeAll(stopClock);
afterEach(forgetOrg);

describe('c-playbook-panel: answering a step', () => {
    it('opens the run and records the step in one mutation', async () => {
        const { element } = await openPanel();
        acceptMutation({ run: RUN_ID, completion0: 'a0C-check' });
        await press(element, TICK);
        expect(mutations()).toHaveLength(1);
        expect(mutations()[0]?.variables).toEqual({
            run: {
                Playbook_Run__c: expect.objectContaining({
                    Account__c: ACCOUNT_ID,
                    Run_Playbook__c: 'a0P000000000001AAA',
                    Run_Version__c: 'a0V000000000001AAA',
                    Trigger_Key__c: 'At_Risk',
                    Episode_Key__c: `${ACCOUNT_ID}:at-risk:1`,
                    Run_Status__c: 'Open',
                    Opened_By__c: 'First action',
                    First_Tier__c: 'High',
                    Reason__c: expect.stringContaining('Health is 48 (limit 60)') as unknown,
                    Surfaced_At__c: NOW,
                    Health_At_Opening__c: 48,
                    Next_Step__c: 'Do call',
                }) as unknown,
            },
            completion0: {
                Step_Completion__c: expect.objectContaining({
                    Playbook_Run__c: '@{run}',
                    Completed_Step__c: 'a0S-check',
                    Completion_Key__c: `${ACCOUNT_ID}:at-risk:1:check:1`,
                    Completion_Status__c: 'Done',
                    Completed_At__c: NOW,
                    Completed_By__c: '005000000000000000',
                }) as unknown,
            },
        });
    });

    it('shows the step done at once, takes nothing more until it is confirmed, and says so then', async () => {
        const { element } = await openPanel();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C-check' });
        await press(element, TICK);
        expect(visibleText(element)).toContain('1 of 2 steps');
        expect(said(element, 'status')).toContain('Saving …');
        await press(element, UNDO);
        await press(element, 'Mark done: Do call');
        expect(mutations()).toHaveLength(1);
        await arrive();
        expect(said(element, 'status')).not.toContain('Saving …');
        expect(button(element, UNDO).disabled).toBe(false);
        expect(all(element, '[aria-live="polite"]').map(visibleText)).toEqual(['Saved']);
        expect(refreshAccount).toHaveBeenCalledTimes(1);
    });

    it('hangs the next step on the run that is there', async () => {
        const { element } = await openPanel({ runs: [run({}, [byJo()])] });
        acceptMutation({ completion0: 'a0C-call' });
        await press(element, 'Mark done: Do call');
        expect(mutations()[0]?.variables).toMatchObject({
            completion0: { Step_Completion__c: { Playbook_Run__c: RUN_ID, Recorded_Step_Key__c: 'call' } },
            runUpdate: { Id: RUN_ID, Playbook_Run__c: { Next_Step__c: null } },
        });
    });

    it('changes the list by an answer, before the server has confirmed it', async () => {
        const { element } = await openPanel({
            steps: [
                step('check', { Decision_Question__c: 'Real?', Decision_Options__c: 'Yes\nNo' }),
                step('call', { Position__c: 2, Show_When__c: '$Decision.check = "Yes"', Depends_On__c: 'check' }),
            ],
        });
        expect(pressable(element)).not.toContain('Mark done: Do call');
        const arrive = holdMutation();
        await press(element, TICK);
        await fill(element, 'Real?', 'Yes');
        await press(element, 'Done');
        expect(pressable(element)).toContain('Mark done: Do call');
        expect(mutations()[0]?.variables['completion0']).toMatchObject({ Step_Completion__c: { Decision__c: 'Yes' } });
        await arrive();
        expect(pressable(element)).toContain('Mark done: Do call');
    });

    it('takes an answer back', async () => {
        const { element } = await openPanel({ runs: [run({}, [byJo()])] });
        acceptMutation();
        await press(element, UNDO);
        expect(mutations()[0]?.variables).toMatchObject({
            completionUpdate0: { Id: 'a0C-check', Step_Completion__c: { Completion_Status__c: 'Undone' } },
        });
        expect(pressable(element)).toContain(TICK);
    });

    it('closes a signal with its one answer', async () => {
        const { element } = await openPanel({ triggers: [signalTrigger()] }, { ...AT_RISK_VALUES, ARR__c: 9000 });
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await press(element, 'Mark done: Call support about the cases');
        expect(mutations()[0]?.variables).toMatchObject({
            run: { Playbook_Run__c: { Run_Status__c: 'Open' } },
            runUpdate: { Id: '@{run}', Playbook_Run__c: { Run_Status__c: 'Closed', Outcome__c: 'Completed' } },
        });
        expect(visibleText(element)).toContain('Nothing needs you here today');
    });
});

describe('c-playbook-panel: an answer that is not written', () => {
    it('takes it back, says what the org said, and tries again', async () => {
        const { element } = await openPanel({ steps: [step('check', { Note_Required__c: true })] });
        refuseMutation('Notes need a date.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        await press(element, TICK);
        await fill(element, 'Note (needed to mark this done)', 'Called');
        await press(element, 'Done');
        expect(said(element, 'alert')[0]).toBe(
            'Your last action was not saved Nothing was changed. Salesforce said: Notes need a date.',
        );
        expect(field(element, 'Note (needed to mark this done)').value).toBe('Called');
        acceptMutation({ run: RUN_ID, completion0: 'a0C-check' });
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(mutations()[1]).toEqual(mutations()[0]);
        expect(said(element, 'alert')).toEqual([]);
        expect(pressable(element)).toContain(UNDO);
    });

    it('keeps what was written to a signal, although its answer would have closed it', async () => {
        const { element } = await openPanel({ triggers: [signalTrigger()] }, { ...AT_RISK_VALUES, ARR__c: 9000 });
        await fill(element, 'Note', 'Ticket 42');
        loseMutation();
        await press(element, 'Done');
        expect(field(element, 'Note').value).toBe('Ticket 42');
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await press(element, 'Try again');
        await flush();
        expect(mutations()[1]?.variables['completion0']).toMatchObject({
            Step_Completion__c: { Note__c: 'Ticket 42' },
        });
        expect(visibleText(element)).toContain('Nothing needs you here today');
    });

    it('tells that no answer came back', async () => {
        const { element } = await openPanel();
        loseMutation();
        await press(element, TICK);
        expect(said(element, 'alert')[0]).toContain(
            'No answer came back from Salesforce. What you wrote is still here',
        );
        expect(pressable(element)).toContain(TICK);
    });

    it('writes nothing again that had arrived although its answer did not', async () => {
        const { element } = await openPanel();
        loseMutation();
        await press(element, TICK);
        orgHolds(run({}, [completion('check')]));
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(1);
        expect(said(element, 'alert')).toEqual([]);
        expect(pressable(element)).toContain(UNDO);
    });

    it('tries an undo again as well', async () => {
        const { element } = await openPanel({ runs: [run({}, [byJo()])] });
        loseMutation();
        await press(element, UNDO);
        expect(pressable(element)).toContain(UNDO);
        acceptMutation();
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(pressable(element)).toContain(TICK);
    });

    it('forgets the failure when another playbook is put in front', async () => {
        const { element } = await openPanel(
            {
                triggers: [trigger(), renewalTrigger()],
                versions: [version(), renewalVersion()],
                steps: [step('check'), step('check', { Playbook_Version__c: 'a0V000000000002AAA' })],
            },
            { ...AT_RISK_VALUES, Renewal_Date__c: '2026-12-31' },
        );
        loseMutation();
        await press(element, TICK);
        await press(element, 'Renewal Moderate');
        expect(said(element, 'alert')).toEqual([]);
    });
});

describe('c-playbook-panel: two people', () => {
    const taken = (): void => refuseMutation('duplicate value found: Completion_Key__c', 'DUPLICATE_VALUE');

    it('shows what somebody else recorded a moment before, and says so', async () => {
        const { element, toasts } = await openPanel();
        taken();
        orgHolds(run({}, [byJo({ Note__c: 'Seasonal' })]));
        await press(element, TICK);
        await flush();
        expect(toasts.map(({ title }) => title)).toEqual([
            'Somebody answered this step before you. What they recorded is shown now.',
        ]);
        expect(visibleText(element)).toContain('Done by Jo Berg');
        expect(said(element, 'alert')).toEqual([]);
        expect(mutations()).toHaveLength(1);
    });

    it('adds the answer to a run that somebody else has just opened with another step', async () => {
        const { element } = await openPanel();
        taken();
        orgHolds(run({}, [completion('call', {}, 'Jo Berg')]));
        acceptMutation({ completion0: 'a0C-check' });
        await press(element, TICK);
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(mutations()[1]?.variables).toMatchObject({
            completion0: { Step_Completion__c: { Playbook_Run__c: RUN_ID, Recorded_Step_Key__c: 'check' } },
        });
        expect(mutations()[1]?.variables).not.toHaveProperty('run');
    });

    it('asks no third time', async () => {
        const { element } = await openPanel();
        taken();
        taken();
        await press(element, TICK);
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(said(element, 'alert')[0]).toContain('duplicate value found: Completion_Key__c');
    });

    it('leaves the next account alone when the page moves on before the answer', async () => {
        const { element } = await openPanel();
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C-check' });
        await press(element, TICK);
        element.recordId = '001000000000002AAA';
        await flush();
        await giveAll();
        await arrive();
        expect(visibleText(element)).toContain('0 of 2 steps');
        expect(button(element, TICK).disabled).toBe(false);
    });
});

import { openPanel, stopClock } from './panel';
import { flush, visibleText } from 'test/dom';
import {
    acceptMutation,
    forgetOrg,
    giveAccount,
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
    step,
    trigger,
    version,
    type AccountAnswer,
} from 'test/platformAnswers';
import { all, field, fill, press, pressable, said } from 'test/person';

const RUN_ID = 'a0R000000000001AAA';
const WHY = 'Why? (needed for this outcome)';
const HEALTHY = { ...AT_RISK_VALUES, Health_Score__c: 82 };
const CLOSED = {
    Run_Status__c: 'Closed',
    Outcome__c: 'Saved',
    Closed_At__c: '2026-11-21T17:00:00.000Z',
} as const;
const BOTH: AccountAnswer = {
    triggers: [trigger(), renewalTrigger()],
    versions: [version(), renewalVersion()],
    steps: [step('check'), step('offer', { Playbook_Version__c: 'a0V000000000002AAA' })],
    runs: [run()],
};
const order = (document = ''): readonly string[] =>
    [...document.matchAll(/(\w+): \w+(?:Create|Update)\(/g)].map((match) => match[1] ?? '');

beforeAll(stopClock);
afterEach(forgetOrg);

describe('c-playbook-panel: finishing', () => {
    it('suggests what the playbook’s own criteria speak for, with the cause that was found', async () => {
        const { element } = await openPanel(
            {
                versions: [version({ Success_When__c: '$Figure.Health >= 65' })],
                steps: [
                    step('cause', { Decision_Question__c: 'Why?', Decision_Options__c: 'Low adoption\nOther' }),
                    step('call', { Customer_Contact__c: true, Position__c: 2 }),
                ],
                runs: [
                    run({}, [
                        completion('cause', { Decision__c: 'Low adoption' }),
                        completion('call', { Recorded_Contact__c: true }),
                    ]),
                ],
            },
            HEALTHY,
        );
        await press(element, 'Finish playbook');
        expect(field(element, 'Outcome').value).toBe('Saved');
        expect(visibleText(element)).toContain('Health is 82');
        expect(field(element, 'Main cause').value).toBe('Low adoption');
        expect(pressable(element)).not.toContain('Finish playbook');
    });

    it('records open steps as not done, closes after them, and says so', async () => {
        const { element, toasts } = await openPanel({ runs: [run({}, [completion('check')])] });
        await press(element, 'Finish playbook');
        await fill(element, 'Outcome', 'Lost');
        expect(visibleText(element)).toContain('One open step will be recorded as not done.');
        await fill(element, 'Main cause', 'Competitor');
        acceptMutation({ completion0: 'a0C-call' });
        await press(element, 'Finish');
        expect(order(mutations()[0]?.document)).toEqual(['completion0', 'runUpdate']);
        expect(mutations()[0]?.variables).toMatchObject({
            completion0: { Step_Completion__c: { Recorded_Step_Key__c: 'call', Completion_Status__c: 'Not done' } },
            runUpdate: {
                Id: RUN_ID,
                Playbook_Run__c: {
                    Run_Status__c: 'Closed',
                    Outcome__c: 'Lost',
                    Cause__c: 'Competitor',
                    Closed_At__c: NOW,
                    Health_At_Close__c: 48,
                },
            },
        });
        expect(toasts.map(({ title }) => title)).toEqual(['Playbook finished']);
        expect(visibleText(element)).toContain('At-Risk Account finished as Lost');
        expect(pressable(element)).toContain('Reopen');
        expect(visibleText(element)).not.toContain('How did it end?');
    });

    it('opens and closes a run in one go when the alarm is false, which asked for nothing', async () => {
        const { element } = await openPanel();
        await press(element, 'Finish playbook');
        await fill(element, 'Outcome', 'False alarm');
        await fill(element, WHY, 'Seasonal');
        acceptMutation({ run: RUN_ID });
        await press(element, 'Finish');
        expect(order(mutations()[0]?.document)).toEqual(['run', 'runUpdate']);
        expect(mutations()[0]?.variables).toMatchObject({
            run: { Playbook_Run__c: { Run_Status__c: 'Open', Account__c: ACCOUNT_ID } },
            runUpdate: {
                Id: '@{run}',
                Playbook_Run__c: { Outcome__c: 'False alarm', Outcome_Reason__c: 'Seasonal', Cause__c: null },
            },
        });
    });

    it('turns back', async () => {
        const { element } = await openPanel({ runs: [run()] });
        await press(element, 'Finish playbook');
        await press(element, 'Cancel');
        expect(pressable(element)).toContain('Finish playbook');
        expect(mutations()).toEqual([]);
    });

    it('keeps what was written when it could not be saved, and finishes the next time', async () => {
        const { element } = await openPanel({ runs: [run()] });
        await press(element, 'Finish playbook');
        await fill(element, 'Outcome', 'Let go');
        await fill(element, WHY, 'Too small');
        refuseMutation('Ask your manager first.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        await press(element, 'Finish');
        expect(said(element, 'alert')[0]).toContain('Ask your manager first.');
        expect(field(element, WHY).value).toBe('Too small');
        acceptMutation();
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(visibleText(element)).toContain('At-Risk Account finished as Let go');
    });

    it('never finishes the next playbook in place of one whose answer was lost', async () => {
        const { element } = await openPanel(BOTH, { ...AT_RISK_VALUES, Renewal_Date__c: '2026-12-31' });
        await press(element, 'Finish playbook');
        await fill(element, 'Outcome', 'False alarm');
        await fill(element, WHY, 'Seasonal');
        loseMutation();
        await press(element, 'Finish');
        refreshAccount.mockImplementation(() =>
            giveAccount(accountAnswer({ ...BOTH, runs: [run({ ...CLOSED, Outcome__c: 'False alarm' })] })),
        );
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(1);
        expect(all(element, 'h3').map(visibleText)).toContain('Renewal');
        expect(visibleText(element)).toContain('At-Risk Account finished as False alarm');
        expect(visibleText(element)).not.toContain('How did it end?');
    });

    it('closes the form when somebody else has finished this playbook, so that it ends no other', async () => {
        const { element } = await openPanel(BOTH, { ...AT_RISK_VALUES, Renewal_Date__c: '2026-12-31' });
        await press(element, 'Finish playbook');
        await fill(element, 'Outcome', 'Lost');
        await giveAccount(accountAnswer({ ...BOTH, runs: [run({ ...CLOSED, Outcome__c: 'Lost' })] }));
        expect(all(element, 'h3').map(visibleText)).toContain('Renewal');
        expect(visibleText(element)).not.toContain('How did it end?');
    });
});

describe('c-playbook-panel: reopening', () => {
    it('reopens a run that was finished today: first the run, then what was recorded as not done', async () => {
        const notDone = completion('call', { Completion_Status__c: 'Not done', Completed_At__c: null }, null);
        const { element } = await openPanel({ runs: [run(CLOSED, [completion('check'), notDone])] }, HEALTHY);
        expect(visibleText(element)).toContain('At-Risk Account finished as Saved on Nov 21, 9:00 AM.');
        acceptMutation();
        await press(element, 'Reopen');
        expect(order(mutations()[0]?.document)).toEqual(['runUpdate', 'completionUpdate0']);
        expect(mutations()[0]?.variables).toMatchObject({
            runUpdate: { Id: RUN_ID, Playbook_Run__c: { Run_Status__c: 'Open', Outcome__c: null, Closed_At__c: null } },
            completionUpdate0: { Id: 'a0C-call', Step_Completion__c: { Completion_Status__c: 'Undone' } },
        });
        expect(pressable(element)).toContain('Mark done: Do call');
        expect(pressable(element)).not.toContain('Reopen');
    });

    it('offers no way back after a day, nor to a user who may not write', async () => {
        const old = { ...CLOSED, Closed_At__c: '2026-11-20T17:00:00.000Z' };
        const { element } = await openPanel({ runs: [run(old)] }, HEALTHY);
        expect(pressable(element)).not.toContain('Reopen');
        expect(visibleText(element)).not.toContain('finished as');
    });

    it('does not surface again while it cools down', async () => {
        const { element } = await openPanel({ runs: [run({ ...CLOSED, Outcome__c: 'Lost' })] });
        expect(visibleText(element)).toContain('Nothing needs you here today');
    });

    it('says so when reopening is refused, and tries again', async () => {
        const { element } = await openPanel({ runs: [run(CLOSED)] }, HEALTHY);
        refuseMutation('This run is locked.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        await press(element, 'Reopen');
        expect(said(element, 'alert')[0]).toContain('This run is locked.');
        acceptMutation();
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(said(element, 'alert')).toEqual([]);
    });
});

describe('c-playbook-panel for everybody', () => {
    it('is accessible while it asks how it ended, and after a failure', async () => {
        const { element } = await openPanel({ runs: [run()] });
        await press(element, 'Finish playbook');
        await expect(element).toBeAccessible();
        refuseMutation('Ask your manager first.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        await fill(element, 'Outcome', 'Lost');
        await press(element, 'Finish');
        await expect(element).toBeAccessible();
    });
});

import { openPanel, stopClock } from './panel';
import { flush, visibleText } from 'test/dom';
import {
    acceptMutation,
    forgetOrg,
    giveAccount,
    giveAll,
    giveSweep,
    giveVersion,
    mutations,
    refreshAccount,
    refuseMutation,
} from 'test/org';
import {
    ACCOUNT_INFO,
    AT_RISK_VALUES,
    accountAnswer,
    completion,
    playbook,
    renewalTrigger,
    renewalVersion,
    run,
    runInfo,
    setting,
    signalTrigger,
    step,
    sweepAnswer,
    sweepList,
    trigger,
    version,
    versionAnswer,
    type AccountAnswer,
} from 'test/platformAnswers';
import { field, fill, press, pressable, said } from 'test/person';

const RUN_ID = 'a0R000000000001AAA';
const HEALTHY = { ...AT_RISK_VALUES, Health_Score__c: 82 };
const CRITICAL = { ...AT_RISK_VALUES, Health_Score__c: 30, Renewal_Date__c: '2026-12-31' };
const BOTH: AccountAnswer = {
    triggers: [trigger(), renewalTrigger()],
    versions: [version(), renewalVersion()],
    steps: [step('check'), step('offer', { Playbook_Version__c: 'a0V000000000002AAA' })],
};
const SNOOZED = {
    Run_Status__c: 'Snoozed',
    Snoozed_Until__c: '2026-12-03',
    Snooze_Reason__c: 'Waiting for the new budget',
} as const;
const REASON = 'Why not now?';

beforeAll(stopClock);
afterEach(forgetOrg);

describe('c-playbook-panel: putting aside', () => {
    it('puts aside what nobody has begun: one run, no steps, and a way back', async () => {
        const { element, toasts } = await openPanel();
        await press(element, 'Put aside');
        await fill(element, REASON, 'Waiting for the new budget');
        acceptMutation({ run: RUN_ID });
        await press(element, 'Put aside');
        const [mutation] = mutations();
        expect(Object.keys(mutation?.variables ?? {})).toEqual(['run']);
        expect(mutation?.variables).toMatchObject({
            run: {
                Playbook_Run__c: {
                    Run_Status__c: 'Snoozed',
                    Snoozed_Until__c: '2026-11-28',
                    Snooze_Reason__c: 'Waiting for the new budget',
                },
            },
        });
        expect(toasts.map(({ title }) => title)).toEqual(['Put aside']);
        expect(visibleText(element)).toContain('What waits, and why, stands below.');
        expect(visibleText(element)).toContain(
            'At-Risk Account Put aside until Nov 28, 2026 (Waiting for the new budget)',
        );
        expect(pressable(element)).toContain('Take up again');
    });

    it('takes up again what was put aside, and puts it in front', async () => {
        const { element } = await openPanel({ runs: [run(SNOOZED)] });
        expect(visibleText(element)).toContain('Put aside until Dec 3, 2026 (Waiting for the new budget)');
        acceptMutation();
        await press(element, 'Take up again');
        expect(mutations()[0]?.variables).toMatchObject({
            runUpdate: { Id: RUN_ID, Playbook_Run__c: { Run_Status__c: 'Open', Snoozed_Until__c: null } },
        });
        expect(pressable(element)).toContain('Mark done: Do check');
        expect(pressable(element)).not.toContain('Take up again');
    });

    it('comes back by itself on its day, and says why it was away', async () => {
        const { element } = await openPanel({ runs: [run({ ...SNOOZED, Snoozed_Until__c: '2026-11-21' })] });
        expect(visibleText(element)).toContain('Was put aside until Nov 21: Waiting for the new budget');
        expect(pressable(element)).toContain('Mark done: Do check');
    });

    it('keeps the form and what was written when it is refused', async () => {
        const { element } = await openPanel({ runs: [run()] });
        await press(element, 'Put aside');
        await fill(element, REASON, 'Holiday');
        refuseMutation('Ask your manager first.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        await press(element, 'Put aside');
        await flush();
        expect(said(element, 'alert')[0]).toContain('Ask your manager first.');
        expect(field(element, REASON).value).toBe('Holiday');
        acceptMutation();
        await press(element, 'Try again');
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(visibleText(element)).toContain('(Holiday)');
    });

    it('is offered for a signal, but not for what somebody started by hand, nor to whoever only looks', async () => {
        const signal = await openPanel({ triggers: [signalTrigger()] }, { ...HEALTHY, ARR__c: 50000 });
        expect(pressable(signal.element)).toContain('Put aside');
        const looking = await openPanel({}, AT_RISK_VALUES, ACCOUNT_INFO, runInfo(false));
        expect(pressable(looking.element)).not.toContain('Put aside');
        signal.element.remove();
        looking.element.remove();
        const byHand = await openPanel({}, HEALTHY);
        await press(byHand.element, 'At-Risk Account');
        await giveAll(accountAnswer(), HEALTHY);
        expect(pressable(byHand.element)).not.toContain('Put aside');
    });
});

describe('c-playbook-panel: what nobody needs', () => {
    it('is closed with one of two outcomes and a reason', async () => {
        const { element } = await openPanel();
        await press(element, 'Not needed');
        expect(field(element, 'Outcome').options?.map(({ value }) => value)).toEqual(['Let go', 'False alarm']);
        await fill(element, 'Outcome', 'Let go');
        await fill(element, 'Why? (needed for this outcome)', 'Too small');
        acceptMutation({ run: RUN_ID });
        await press(element, 'Close it');
        expect(mutations()[0]?.variables).toMatchObject({
            runUpdate: { Playbook_Run__c: { Outcome__c: 'Let go', Outcome_Reason__c: 'Too small', Cause__c: null } },
        });
        expect(pressable(element)).toContain('Reopen');
    });

    it('is not offered once a step was answered: then it is finished', async () => {
        const { element } = await openPanel({ runs: [run({}, [completion('check')])] });
        expect(pressable(element)).not.toContain('Not needed');
        expect(pressable(element)).toContain('Finish playbook');
    });

    it('writes nothing when somebody turns back', async () => {
        const { element } = await openPanel();
        await press(element, 'Not needed');
        await press(element, 'Cancel');
        expect(pressable(element)).toContain('Not needed');
        expect(mutations()).toEqual([]);
    });
});

describe('c-playbook-panel: what is held back', () => {
    it('waits beneath a rescue, and is started all the same only by hand', async () => {
        const { element } = await openPanel(BOTH, CRITICAL);
        expect(visibleText(element)).toContain('Renewal Waits while At-Risk Account is critical');
        expect(pressable(element)).not.toContain('Mark done: Do offer');
        await press(element, 'Start it all the same');
        expect(pressable(element)).toContain('Mark done: Do offer');
        expect(visibleText(element)).toContain('Waits while At-Risk Account is critical');
        expect(pressable(element)).not.toContain('Start it all the same');
        await press(element, 'Do not start');
        expect(pressable(element)).toContain('Mark done: Do check');
        expect(pressable(element)).toContain('Start it all the same');
        expect(mutations()).toEqual([]);
    });

    it('waits after a contact in another playbook, and says until when', async () => {
        const spoke = completion('call', { Recorded_Contact__c: true });
        const { element } = await openPanel(
            {
                ...BOTH,
                steps: [
                    step('check'),
                    step('offer', { Playbook_Version__c: 'a0V000000000002AAA', Customer_Contact__c: true }),
                ],
                runs: [run({}, [spoke])],
            },
            { ...AT_RISK_VALUES, Renewal_Date__c: '2026-12-31' },
        );
        expect(visibleText(element)).toContain(
            'Renewal Waits until Nov 27, 2026: the customer was just spoken to (At-Risk Account)',
        );
    });

    it('raises no alarm on old figures, but says which prompt, and of which day', async () => {
        const { element } = await openPanel(
            { settings: [setting()] },
            { ...AT_RISK_VALUES, Health_Score_On__c: '2026-10-12' },
        );
        expect(visibleText(element)).toContain('Nothing needs you here today What waits, and why, stands below.');
        expect(visibleText(element)).toContain('At-Risk Account No alarm: the figures of Oct 12, 2026 are too old');
    });

    it('has no way on for whoever only looks', async () => {
        const { element } = await openPanel(BOTH, CRITICAL, ACCOUNT_INFO, runInfo(false));
        expect(visibleText(element)).toContain('Waits while At-Risk Account is critical');
        expect(pressable(element)).not.toContain('Start it all the same');
    });
});

describe('c-playbook-panel: the course of an episode', () => {
    it('says when the sweep opened it', async () => {
        const { element } = await openPanel({ runs: [run({ Opened_By__c: 'Sweep' })] });
        expect(visibleText(element)).toContain('Opened by the nightly sweep on Thu, Nov 19');
        expect(visibleText(element)).not.toContain('Working on it since');
    });

    it.each<[what: string, success: string | null, words: string]>([
        ['what it will be', '$Figure.Health >= 65', 'If they stay so, this closes on Dec 3 as Recovered.'],
        ['that it is over then', null, 'If they stay so until Dec 3, it is over.'],
    ])('says since when it recovers, and %s', async (_what, success, words) => {
        const { element } = await openPanel(
            {
                versions: [version({ Success_When__c: success })],
                runs: [run({ Recovering_Since__c: '2026-11-19T18:00:00.000Z' })],
            },
            HEALTHY,
        );
        expect(visibleText(element)).toContain(`The figures have been fine again since Thu, Nov 19. ${words}`);
        expect(visibleText(element)).not.toContain('The figures no longer ask for this');
    });

    it('names a night to come for what should have closed before', async () => {
        const { element } = await openPanel(
            { runs: [run({ Recovering_Since__c: '2026-10-01T18:00:00.000Z' })] },
            HEALTHY,
        );
        expect(visibleText(element)).toContain('If they stay so until Nov 22, it is over.');
    });

    it('says that it is back, and goes on with the same run', async () => {
        const closed = run(
            {
                Run_Status__c: 'Closed',
                Outcome__c: 'Recovered',
                Recovering_Since__c: '2026-10-20T17:00:00.000Z',
                Closed_At__c: '2026-11-03T17:00:00.000Z',
            },
            [completion('check')],
        );
        const { element } = await openPanel({ runs: [closed] });
        expect(visibleText(element)).toContain('It is back: closed as Recovered on Tue, Nov 3.');
        expect(visibleText(element)).toContain('1 of 2 steps');
        acceptMutation({ completion0: 'a0C-call' });
        await press(element, 'Mark done: Do call');
        expect(mutations()[0]?.variables).toMatchObject({
            runUpdate: { Id: RUN_ID, Playbook_Run__c: { Run_Status__c: 'Open', Reopened_Count__c: 1 } },
        });
        expect(visibleText(element)).toContain('It came back on Sat, Nov 21');
    });

    it('reads the version of the run that it goes on with', async () => {
        const { element } = await openPanel({
            runs: [
                {
                    ...run({
                        Run_Version__c: 'a0V000000000009AAA',
                        Run_Status__c: 'Closed',
                        Outcome__c: 'Recovered',
                        Recovering_Since__c: '2026-10-20T17:00:00.000Z',
                        Closed_At__c: '2026-11-03T17:00:00.000Z',
                    }),
                    Run_Playbook__r: playbook(),
                },
            ],
        });
        expect(pressable(element)).not.toContain('Mark done: Do old');
        await giveVersion(
            versionAnswer(
                [step('old', { Playbook_Version__c: 'a0V000000000009AAA' })],
                [],
                version({ Id: 'a0V000000000009AAA', Version_Status__c: 'Retired' }),
            ),
        );
        expect(pressable(element)).toContain('Mark done: Do old');
    });

    it('says how old the last sweep is, and warns after 36 hours', async () => {
        const { element } = await openPanel({}, HEALTHY);
        expect(visibleText(element)).not.toContain('sweep');
        await giveSweep(sweepAnswer({ Finished_At__c: '2026-11-21T02:00:00.000Z' }));
        expect(visibleText(element)).toContain('Last looked at by the nightly sweep 16 hours ago');
        await giveSweep(sweepAnswer({ Finished_At__c: '2026-11-18T18:00:00.000Z' }));
        expect(visibleText(element)).toContain('The last sweep ran 3 days ago. It should run every night');
    });

    it('says so beneath a playbook as well', async () => {
        const { element } = await openPanel();
        const { query } = versionAnswer([]).uiapi;
        await giveVersion({ uiapi: { query: { ...query, Playbook_Sweep__c: sweepList() } } });
        expect(visibleText(element)).toContain('Last looked at by the nightly sweep 16 hours ago');
    });
});

describe('c-playbook-panel: what was closed last', () => {
    const CLOSED_NOW = { Run_Status__c: 'Closed', Closed_At__c: '2026-11-21T17:30:00.000Z' };
    const told = async (closed: Parameters<typeof run>[0]): Promise<string> => {
        const { element } = await openPanel({ runs: [run({ ...CLOSED_NOW, ...closed })] }, HEALTHY);
        return visibleText(element);
    };

    it('says that the sweep closed it, and why', async () => {
        const text = await told({ Outcome__c: 'Recovered', Outcome_Reason__c: 'Health is 82.' });
        expect(text).toContain(
            'At-Risk Account: closed by the nightly sweep on Nov 21, 9:30 AM as Recovered: Health is 82.',
        );
    });

    it('does not say so of what a person closed with a reason', async () => {
        const by = { Outcome__c: 'Let go', Outcome_Reason__c: 'Too small', Outcome_By__c: '005000000000001AAA' };
        expect(await told(by)).toContain('At-Risk Account finished as Let go on Nov 21, 9:30 AM.');
    });
});

describe('c-playbook-panel: a run that is closed while somebody works on it', () => {
    const CLOSED = {
        Run_Status__c: 'Closed',
        Outcome__c: 'Recovered',
        Closed_At__c: '2026-11-21T17:30:00.000Z',
    } as const;
    const ASKS = [step('check', { Decision_Question__c: 'Real?', Decision_Options__c: 'Yes\nNo' }), step('call')];

    /** She answers; the org refuses, since the sweep has closed the run. */
    async function answerTooLate() {
        const panel = await openPanel({ steps: ASKS, runs: [run()] }, HEALTHY);
        const { element } = panel;
        await press(element, 'Do check');
        await fill(element, 'Real?', 'Yes');
        await fill(element, 'Note', 'Confirmed by phone');
        refuseMutation('A closed run takes no more answers.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        refreshAccount.mockImplementationOnce(() => giveAccount(accountAnswer({ steps: ASKS, runs: [run(CLOSED)] })));
        await press(element, 'Done');
        await flush();
        return panel;
    }

    it('says so in words, with what she wrote', async () => {
        const { element } = await answerTooLate();
        const [news] = said(element, 'alert');
        expect(news).toContain('This was closed meanwhile At-Risk Account finished as Recovered on Nov 21, 9:30 AM.');
        expect(news).toContain('Not recorded yet: Yes – Confirmed by phone');
        expect(news).not.toContain('A closed run takes no more answers.');
        await expect(element).toBeAccessible();
    });

    it('reopens it and records what she wrote, with one press', async () => {
        const { element } = await answerTooLate();
        acceptMutation();
        acceptMutation({ completion0: 'a0C-check' });
        await press(element, 'Reopen it and record this');
        await flush();
        const [, reopened, answered] = mutations();
        expect(reopened?.variables).toMatchObject({
            runUpdate: { Id: RUN_ID, Playbook_Run__c: { Run_Status__c: 'Open', Outcome__c: null } },
        });
        expect(answered?.variables).toMatchObject({
            completion0: {
                Step_Completion__c: {
                    Recorded_Step_Key__c: 'check',
                    Decision__c: 'Yes',
                    Note__c: 'Confirmed by phone',
                },
            },
        });
        expect(said(element, 'alert')).toEqual([]);
    });

    it('loses nothing when reopening is refused at first', async () => {
        const { element } = await answerTooLate();
        refuseMutation('Not now.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        await press(element, 'Reopen it and record this');
        await flush();
        expect(said(element, 'alert')[0]).toContain('Not now.');
        acceptMutation();
        acceptMutation({ completion0: 'a0C-check' });
        await press(element, 'Try again');
        await flush();
        expect(mutations().at(-1)?.variables).toMatchObject({
            completion0: { Step_Completion__c: { Note__c: 'Confirmed by phone' } },
        });
    });

    it('tells the org’s own words when the run is still open', async () => {
        const { element } = await openPanel({ runs: [run()] });
        refuseMutation('This step needs an approval.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        refreshAccount.mockImplementationOnce(() => giveAccount(accountAnswer({ runs: [run()] })));
        await press(element, 'Mark done: Do check');
        await flush();
        expect(refreshAccount).toHaveBeenCalledTimes(1);
        expect(said(element, 'alert')[0]).toContain('This step needs an approval.');
    });
});

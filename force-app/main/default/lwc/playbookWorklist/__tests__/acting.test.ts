import { flush, visibleText } from 'test/dom';
import { all, pressable, said } from 'test/person';
import { acceptMutation, holdMutation, loseMutation, mutations, refuseMutation } from 'test/org';
import { bookAccount, bookAnswer, ofAccount } from 'test/bookAnswers';
import { giveBook, refreshes } from 'test/bookOrg';
import { ACCOUNT_ID, completion, run, setting, step } from 'test/platformAnswers';
import { act, atNow, folds, places, pressInside, row, rows, showBook } from './worklist';

atNow();

const RUN_ID = 'a0R000000000001AAA';
const SECOND = '001000000000002AAA';
const TWO = {
    accounts: [bookAccount({ ARR__c: 900_000 }), bookAccount({ Id: SECOND, Name: 'Zweite AG', ARR__c: 1000 })],
};
/** Both steps are due on the next working day, so that the account stays in front. */
const SOON = { steps: [step('check', { Due_Offset__c: 1 }), step('call', { Position__c: 2, Due_Offset__c: 1 })] };
const fieldsOf = (alias: string): unknown => {
    const input = mutations().at(-1)?.variables[alias];
    return typeof input === 'object' && input !== null ? Object.values(input).at(-1) : undefined;
};
const live = (element: Element): string => visibleText(all(element, '[aria-live]').at(-1) ?? element);
const undo = (element: Element): Promise<void> => pressInside(all(element, 'c-playbook-receipt')[0] ?? element, 'Undo');

describe('c-playbook-worklist: a step done in place', () => {
    it('is written, said at once, and the row goes on with the next step at its place', async () => {
        const element = await showBook(TWO, SOON);
        const arrive = holdMutation({ run: RUN_ID, completion0: 'a0C1' });
        await pressInside(row(element, 'Nordlicht'), 'Done');
        expect(places(element)[0]).toContain('Done: Do check Saving …');
        expect(visibleText(row(element, 'Nordlicht'))).toContain('Do call');
        await arrive();
        expect(fieldsOf('run')).toMatchObject({ Account__c: ACCOUNT_ID, Episode_Key__c: `${ACCOUNT_ID}:at-risk:1` });
        expect(fieldsOf('completion0')).toMatchObject({ Recorded_Step_Key__c: 'check', Completion_Status__c: 'Done' });
        expect(rows(element)).toEqual(['Nordlicht Logistik', 'Zweite AG']);
        expect(live(element)).toBe('Nordlicht Logistik: Done: Do check');
        expect(pressable(element)).toContain('Undo');
    });

    it('is undone on the same record, and the line goes away', async () => {
        const element = await showBook(TWO);
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await pressInside(row(element, 'Nordlicht'), 'Done');
        acceptMutation();
        await undo(element);
        expect(fieldsOf('completionUpdate0')).toMatchObject({ Completion_Status__c: 'Undone' });
        expect(visibleText(row(element, 'Nordlicht'))).toContain('Do check');
        expect(all(element, 'c-playbook-receipt')).toEqual([]);
        expect(live(element)).toBe('Nordlicht Logistik: Taken back');
    });

    it('leaves one line at its place when the account needs nothing more today, and moves on when that is dismissed', async () => {
        const element = await showBook(TWO, { steps: [step('check'), step('call', { Due_Offset__c: 60 })] });
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await pressInside(row(element, 'Nordlicht'), 'Done');
        expect(rows(element)).toEqual(['Zweite AG']);
        expect(places(element)[0]).toBe('Nordlicht Logistik Done: Do check');
        all(element, 'lightning-button-icon')[0]?.click();
        await flush();
        expect(places(element)).toHaveLength(1);
        expect(folds(element)).toEqual(['1 later']);
    });

    it('skips with a reason', async () => {
        const element = await showBook(TWO);
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await act(row(element, 'Nordlicht'), 'skip', 'Already covered');
        expect(fieldsOf('completion0')).toMatchObject({
            Completion_Status__c: 'Skipped',
            Skip_Reason__c: 'Already covered',
        });
        expect(places(element)[0]).toContain('Skipped: Do check');
    });

    it('sends two accounts at once, each with its own line', async () => {
        const element = await showBook(TWO, SOON);
        const first = holdMutation({ run: RUN_ID, completion0: 'a0C1' });
        const second = holdMutation({ run: 'a0R-2', completion0: 'a0C2' });
        await pressInside(row(element, 'Nordlicht'), 'Done');
        await pressInside(row(element, 'Nordlicht'), 'Done');
        await pressInside(row(element, 'Zweite'), 'Done');
        expect(mutations()).toHaveLength(2);
        await second();
        await first();
        expect(places(element).map((place) => place.includes('Done: Do check'))).toEqual([true, true]);
    });
});

describe('c-playbook-worklist: out of the way', () => {
    it('puts aside with day and reason, and the next one comes up', async () => {
        const element = await showBook(TWO, { settings: [setting({ Capacity__c: 1 })] });
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
        acceptMutation({ run: RUN_ID });
        await pressInside(row(element, 'Nordlicht'), 'Put aside');
        const snooze = { until: '2026-11-28', reason: 'On holiday' };
        all(element, 'c-playbook-snooze')[0]?.dispatchEvent(new CustomEvent('snooze', { detail: snooze }));
        await flush();
        expect({ ...(fieldsOf('run') as object), ...(fieldsOf('runUpdate') as object) }).toMatchObject({
            Run_Status__c: 'Snoozed',
            Snoozed_Until__c: '2026-11-28',
            Snooze_Reason__c: 'On holiday',
        });
        expect(places(element)).toEqual([
            expect.stringContaining('Nordlicht Logistik Put aside until'),
            expect.stringContaining('Zweite AG'),
        ]);
        acceptMutation();
        await undo(element);
        expect(fieldsOf('runUpdate')).toMatchObject({ Run_Status__c: 'Open', Snoozed_Until__c: null });
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
    });

    it('takes up again what was put aside', async () => {
        const aside = ofAccount(run({ Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-01' }));
        const element = await showBook({ runs: [aside] });
        await pressInside(element, '1 held back');
        acceptMutation();
        await pressInside(row(element, 'Nordlicht'), 'Take up again');
        expect(fieldsOf('runUpdate')).toMatchObject({ Run_Status__c: 'Open' });
        expect(visibleText(element)).toContain('1 account today');
        expect(places(element)[0]).toBe('Nordlicht Logistik Taken up again');
        expect(pressable(element)).not.toContain('Undo');
    });

    it.each([
        ['falseAlarm', 'False alarm', 'Closed as a false alarm'],
        ['letGo', 'Let go', 'Closed: let go'],
    ] as const)('%s closes with a reason, and undo opens the same run again', async (kind, outcome, said) => {
        const element = await showBook({ runs: [ofAccount(run({}, [completion('check')]))] });
        acceptMutation();
        await act(row(element, 'Nordlicht'), kind, 'Because');
        expect(fieldsOf('runUpdate')).toMatchObject({
            Run_Status__c: 'Closed',
            Outcome__c: outcome,
            Outcome_Reason__c: 'Because',
        });
        expect(places(element)).toEqual([`Nordlicht Logistik ${said}`]);
        acceptMutation();
        await undo(element);
        expect(mutations().at(-1)?.variables['runUpdate']).toMatchObject({
            Id: RUN_ID,
            Playbook_Run__c: { Run_Status__c: 'Open', Outcome__c: null },
        });
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
    });
});

describe('c-playbook-worklist: when saving fails', () => {
    it('takes it back, says why, loses nothing that was typed, and tries again', async () => {
        const element = await showBook(TWO);
        refuseMutation('The org says no.', 'ExecutionError');
        await act(row(element, 'Nordlicht'), 'letGo', 'Too small for us');
        expect(said(element, 'alert')[0]).toContain('The org says no.');
        const [typed] = all(row(element, 'Nordlicht'), 'lightning-textarea');
        expect(typed?.value).toBe('Too small for us');
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer(TWO)));
        acceptMutation({ run: RUN_ID });
        await pressInside(element.shadowRoot?.querySelector('c-playbook-message') ?? element, 'Try again');
        await flush();
        await flush();
        expect(said(element, 'alert')).toEqual([]);
        expect(places(element)[0]).toContain('Closed: let go');
    });

    it('does not do again what had arrived although no answer came', async () => {
        const element = await showBook(TWO);
        loseMutation();
        await pressInside(row(element, 'Nordlicht'), 'Done');
        expect(said(element, 'alert')[0]).toContain('No answer came back from Salesforce.');
        const arrived = ofAccount(run({}, [completion('check')]));
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ ...TWO, runs: [arrived] })));
        await pressInside(element.shadowRoot?.querySelector('c-playbook-message') ?? element, 'Try again');
        await flush();
        await flush();
        expect(mutations()).toHaveLength(1);
        expect(places(element)[0]).toContain('“Do check” was answered by Maya Lindqvist meanwhile.');
        expect(visibleText(row(element, 'Nordlicht'))).toContain('Do call');
    });

    it('adds to a run that somebody else has just opened', async () => {
        const element = await showBook(TWO);
        refuseMutation('duplicate value found: Episode_Key__c', 'ExecutionError');
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ ...TWO, runs: [ofAccount(run())] })));
        acceptMutation({ completion0: 'a0C1' });
        await pressInside(row(element, 'Nordlicht'), 'Done');
        await flush();
        await flush();
        expect(mutations()).toHaveLength(2);
        expect(mutations()[1]?.variables).toMatchObject({
            completion0: { Step_Completion__c: { Playbook_Run__c: RUN_ID, Recorded_Step_Key__c: 'check' } },
        });
        expect(places(element)[0]).toContain('Done: Do check');
    });

    it('says when somebody else has answered the step first', async () => {
        const element = await showBook(TWO);
        refuseMutation('duplicate value found: Episode_Key__c', 'ExecutionError');
        const answered = ofAccount(run({}, [completion('check', {}, 'Tom Okafor')]));
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ ...TWO, runs: [answered] })));
        await pressInside(row(element, 'Nordlicht'), 'Done');
        await flush();
        await flush();
        expect(mutations()).toHaveLength(1);
        expect(places(element)[0]).toContain('Nordlicht Logistik “Do check” was answered by Tom Okafor meanwhile.');
    });

    it('says so when an undo is refused, and can try that again', async () => {
        const element = await showBook(TWO);
        acceptMutation({ run: RUN_ID, completion0: 'a0C1' });
        await pressInside(row(element, 'Nordlicht'), 'Done');
        refuseMutation('Not now.', 'ExecutionError');
        await undo(element);
        expect(said(element, 'alert')[0]).toContain('Not now.');
        acceptMutation();
        await pressInside(element.shadowRoot?.querySelector('c-playbook-message') ?? element, 'Try again');
        await flush();
        expect(said(element, 'alert')).toEqual([]);
        expect(visibleText(row(element, 'Nordlicht'))).toContain('Do check');
    });
});

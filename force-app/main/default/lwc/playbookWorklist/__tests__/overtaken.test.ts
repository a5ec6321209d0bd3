import { flush, visibleText } from 'test/dom';
import { all, pressable } from 'test/person';
import { holdMutation, mutations, refuseMutation } from 'test/org';
import { bookAccount, bookAnswer, ofAccount, type BookAnswer } from 'test/bookAnswers';
import { giveBook, refreshes } from 'test/bookOrg';
import { completion, run, step } from 'test/platformAnswers';
import { act, atNow, choose, places, pressInside, row, rows, showBook } from './worklist';

atNow();

const TWO = {
    accounts: [
        bookAccount({ ARR__c: 900_000 }),
        bookAccount({ Id: '001000000000002AAA', Name: 'Zweite AG', ARR__c: 1000 }),
    ],
};
const SOON = { steps: [step('check', { Due_Offset__c: 1 }), step('call', { Position__c: 2, Due_Offset__c: 1 })] };
const WROTE = 'What you wrote:';
const forms = (element: Element): Element[] => all(element, 'c-playbook-row-form, c-playbook-snooze');
const live = (element: Element): string => visibleText(all(element, '[aria-live]').at(-1) ?? element);

async function type(host: Element, selector: string, value: string): Promise<void> {
    const [control] = all(host, selector);
    control?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

/** The page gets the focus back after somebody else has worked on the book. */
async function comeBackTo(book: BookAnswer): Promise<void> {
    refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ ...TWO, ...book })));
    window.dispatchEvent(new CustomEvent('focus'));
    await flush();
    await flush();
}

describe('c-playbook-worklist: an open form about what somebody else has dealt with', () => {
    it('closes instead of becoming the form of the next step, and keeps what was written', async () => {
        const element = await showBook(TWO, SOON);
        await choose(row(element, 'Nordlicht'), 'skip');
        await type(row(element, 'Nordlicht'), 'lightning-combobox', 'Other');
        await type(row(element, 'Nordlicht'), 'lightning-textarea', 'They called me');
        await comeBackTo({ runs: [ofAccount(run({}, [completion('check', {}, 'Tom Okafor')]))] });
        expect(forms(element)).toEqual([]);
        const words = `“Do check” was answered by Tom Okafor meanwhile. ${WROTE} Other – They called me`;
        expect(places(element)[0]).toContain(`Nordlicht Logistik ${words}`);
        expect(live(element)).toBe(`Nordlicht Logistik: ${words}`);
        expect(visibleText(row(element, 'Nordlicht'))).toContain('Do call');
        all(element, 'lightning-button-icon')[0]?.click();
        await flush();
        expect(places(element).join()).not.toContain(WROTE);
        expect(mutations()).toEqual([]);
    });

    it('names the account when it has left the list, at the place where it stood', async () => {
        const element = await showBook(TWO, SOON);
        await choose(row(element, 'Nordlicht'), 'snooze');
        await type(row(element, 'Nordlicht'), 'lightning-input.reason', 'They move');
        const gone = run({ Run_Status__c: 'Closed', Outcome__c: 'Let go', Closed_At__c: '2026-11-21T09:00:00.000Z' });
        await comeBackTo({ runs: [ofAccount(gone)] });
        expect(rows(element)).toEqual(['Zweite AG']);
        expect(places(element)[0]).toBe(`Nordlicht Logistik This was closed meanwhile as: Let go. ${WROTE} They move`);
        expect(pressable(element)).not.toContain('Undo');
    });

    it('stays as it is while nobody has touched its account', async () => {
        const element = await showBook(TWO, SOON);
        await choose(row(element, 'Nordlicht'), 'letGo');
        await type(row(element, 'Nordlicht'), 'lightning-textarea', 'Too small');
        await comeBackTo({});
        expect(all(row(element, 'Nordlicht'), 'lightning-textarea')[0]).toMatchObject({ value: 'Too small' });
    });

    it('tells what was written when it was sent too late', async () => {
        const element = await showBook(TWO, SOON);
        refuseMutation('duplicate value found: Episode_Key__c', 'ExecutionError');
        const answered = ofAccount(run({}, [completion('check', {}, 'Tom Okafor')]));
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ ...TWO, runs: [answered] })));
        await act(row(element, 'Nordlicht'), 'skip', 'Already covered');
        await flush();
        await flush();
        expect(forms(element)).toEqual([]);
        expect(places(element)[0]).toContain(`answered by Tom Okafor meanwhile. ${WROTE} Already covered`);
    });

    it('stays with what was typed while a second attempt is under way', async () => {
        const element = await showBook(TWO, SOON);
        refuseMutation('The org says no.', 'ExecutionError');
        await act(row(element, 'Nordlicht'), 'skip', 'Already covered');
        const arrive = holdMutation({ run: 'a0R1', completion0: 'a0C1' });
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer(TWO)));
        await pressInside(element.shadowRoot?.querySelector('c-playbook-message') ?? element, 'Try again');
        await flush();
        expect(forms(element)).toHaveLength(1);
        await arrive();
        await flush();
        expect(forms(element)).toEqual([]);
    });
});

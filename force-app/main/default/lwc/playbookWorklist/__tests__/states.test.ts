import { flush, visibleText } from 'test/dom';
import { all, press, pressable, said } from 'test/person';
import { ERROR_IN_QUERY } from 'test/org';
import { bookAccount, bookAnswer, healthyAccount, ofAccount, sweep } from 'test/bookAnswers';
import {
    BOOK_ACCOUNT_INFO,
    asked,
    failBook,
    failRules,
    giveBook,
    giveColleagues,
    giveRules,
    giveTypes,
    refreshes,
    sweepInfo,
} from 'test/bookOrg';
import {
    completion,
    node,
    objectInfo,
    renewalTrigger,
    renewalVersion,
    run,
    runInfo,
    setting,
    signalTrigger,
    step,
    trigger,
    version,
} from 'test/platformAnswers';
import { atNow, filters, folds, pressInside, row, rows, show, showBook } from './worklist';

atNow();

/** Accounts at risk, the first the most urgent: critical ones, then by ARR. */
const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
        bookAccount({
            Id: `0010000000000${String(index).padStart(2, '0')}AAA`,
            Name: `Account ${index}`,
            Health_Score__c: index === 0 ? 20 : 50,
            ARR__c: 1_000_000 / (index + 1),
        }),
    );

describe('c-playbook-worklist: the list', () => {
    it('shows who deserves attention, the most urgent first, and how many', async () => {
        const element = await showBook({ accounts: [...many(3), healthyAccount()] });
        expect(rows(element)).toEqual(['Account 0', 'Account 1', 'Account 2']);
        expect(visibleText(element)).toContain('Worklist 3 accounts today');
        expect(visibleText(row(element, 'Account 0'))).toContain('Critical');
        expect(visibleText(row(element, 'Account 1'))).toContain('Health is 50');
        expect(visibleText(row(element, 'Account 1'))).toContain('Do check');
    });

    it('says 1 account in the singular', async () => {
        const element = await showBook();
        expect(visibleText(element)).toContain('1 account today');
    });

    it('puts no more in front than one person can do, and folds the rest', async () => {
        const element = await showBook({ accounts: many(12) }, { settings: [setting({ Capacity__c: 10 })] });
        expect(rows(element)).toHaveLength(10);
        expect(folds(element)).toEqual(['2 more wait']);
        await pressInside(element, '2 more wait');
        expect(rows(element)).toHaveLength(12);
        await pressInside(element, '2 more wait');
        expect(rows(element)).toHaveLength(10);
    });

    it('folds what is begun and due later, and what is held back with the reason', async () => {
        const later = ofAccount(
            run({ Acted_At__c: '2026-11-19T15:00:00.000Z' }, [completion('check')]),
            '001000000000000AAA',
        );
        const aside = ofAccount(
            run({ Id: 'a0R-2', Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-01', Episode_Key__c: 'x' }),
            '001000000000001AAA',
        );
        const element = await showBook(
            {
                accounts: [
                    bookAccount({ Id: '001000000000000AAA', Name: 'Later Ltd' }),
                    bookAccount({ Name: 'Aside AG' }),
                ],
                runs: [later, aside],
            },
            { steps: [step('check'), step('call', { Position__c: 2, Due_Offset__c: 60 })] },
        );
        expect(folds(element)).toEqual(['1 later', '1 held back']);
        expect(visibleText(element)).toContain('Nothing needs you today');
        await pressInside(element, '1 held back');
        expect(visibleText(row(element, 'Aside AG'))).toContain('Put aside until');
        expect(pressable(row(element, 'Aside AG'))).toContain('Take up again');
        await pressInside(element, '1 later');
        expect(visibleText(row(element, 'Later Ltd'))).toContain('Do call');
    });

    it('says quietly what else the account deserves', async () => {
        const element = await showBook(
            { accounts: [bookAccount({ Renewal_Date__c: '2027-01-12' })] },
            { triggers: [trigger(), renewalTrigger()], versions: [version(), renewalVersion()] },
        );
        expect(visibleText(row(element, 'Nordlicht'))).toContain('Also: Renewal');
    });

    it('shows a signal with its one action, under the name of its trigger', async () => {
        const element = await showBook(
            { accounts: [healthyAccount({ ARR__c: 5000 })] },
            { triggers: [trigger(), signalTrigger()] },
        );
        const text = visibleText(row(element, 'Ruhig'));
        expect(text).toContain('Call support about the cases');
        expect(text).toContain('Many cases Signal');
    });
});

describe('c-playbook-worklist: filters', () => {
    const book = {
        accounts: [
            ...many(3),
            bookAccount({ Id: '001-r', Name: 'Renewal KG', Health_Score__c: 90, Renewal_Date__c: '2027-01-12' }),
        ],
    };
    const rules = { triggers: [trigger(), renewalTrigger()], versions: [version(), renewalVersion()] };

    it('offers only those that would show something', async () => {
        const element = await showBook(book, rules);
        expect(filters(element)).toEqual(['All 4', 'Critical 1', 'Renewals 1']);
        await pressInside(element, 'Critical');
        expect(rows(element)).toEqual(['Account 0']);
        await pressInside(element, 'Renewals');
        expect(rows(element)).toEqual(['Renewal KG']);
        await pressInside(element, 'All');
        expect(rows(element)).toHaveLength(4);
    });

    it('finds an account by part of its name, wherever it stands', async () => {
        const element = await showBook({ accounts: many(12) }, { settings: [setting({ Capacity__c: 10 })] });
        await search(element, ' account 11');
        expect(rows(element)).toEqual(['Account 11']);
        await search(element, 'nobody');
        expect(visibleText(element)).toContain('No account matches');
    });

    it('lists accounts for nurture, which have no prompt', async () => {
        const element = await showBook(
            { accounts: [bookAccount(), healthyAccount()] },
            { settings: [setting({ Nurture_When__c: '$Figure.Health >= 70' })] },
        );
        await pressInside(element, 'Nurture');
        expect(all(element, 'li.nurture').map(visibleText)).toEqual([expect.stringContaining('Ruhig GmbH')]);
        expect(rows(element)).toEqual([]);
    });
});

describe("c-playbook-worklist: a colleague's list", () => {
    it("shows it instead of one's own, and leads back", async () => {
        const element = await showBook();
        await press(element, "See a colleague's list");
        await typeColleague(element, 'tom');
        await giveColleagues(node({ Id: '005TOM', Name: 'Tom Okafor', Title: 'CSM' }));
        await press(element, 'Tom Okafor CSM');
        await flush();
        expect(rows(element)).toEqual([]);
        expect(asked('book')?.['variables']).toMatchObject({ csmId: '005TOM' });
        await giveBook(bookAnswer({ accounts: [] }));
        expect(visibleText(element)).toContain('Accounts of Tom Okafor');
        expect(visibleText(element)).toContain('No account that you may see names Tom Okafor as its CSM.');
        await press(element, 'Back to mine');
        await giveBook();
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
    });
});

describe('c-playbook-worklist: states', () => {
    it('says that it is loading, and how far a large book is', async () => {
        const element = await show();
        expect(all(element, 'lightning-spinner')).toHaveLength(1);
        await giveTypes();
        await giveRules();
        await giveBook(bookAnswer({ endCursor: 'next' }));
        expect(said(element, 'status')).toEqual(['Reading accounts: 1 so far']);
        await giveBook(bookAnswer({ accounts: [healthyAccount()] }));
        expect(all(element, 'lightning-spinner')).toHaveLength(0);
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
    });

    it('says that there are no accounts', async () => {
        const element = await showBook({ accounts: [] });
        expect(visibleText(element)).toContain('No account names you as its CSM.');
        expect(filters(element)).toEqual([]);
    });

    it('says that nothing is to be done', async () => {
        const element = await showBook({ accounts: [healthyAccount()] });
        expect(visibleText(element)).toContain(
            'Nothing needs you today The figures of these accounts ask for nothing.',
        );
        await expect(element).toBeAccessible();
    });

    it('says when the next thing is due, on a day without anything', async () => {
        const aside = ofAccount(run({ Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-01' }));
        const element = await showBook({ runs: [aside] });
        expect(visibleText(element)).toMatch(/Next: Nordlicht Logistik, .*Dec 1|Next: Nordlicht Logistik, 12\/1\/2026/);
    });

    it('says who may not see it, and that an org is not set up, without a way to try again', async () => {
        const element = await show();
        await failRules({ message: "Cannot query field 'Playbook_Trigger__mdt'", extensions: {} });
        expect(said(element, 'alert')[0]).toContain('You have no access to playbooks');
        expect(pressable(element)).not.toContain('Try again');
    });

    it('offers to try again when a read fails, and keeps what is there when a later one does', async () => {
        const element = await show();
        await giveTypes();
        await failRules(ERROR_IN_QUERY);
        expect(said(element, 'alert')[0]).toContain('Boom');
        refreshes.rules.mockImplementationOnce(() => giveRules());
        await press(element, 'Try again');
        await giveBook();
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
        refreshes.book.mockImplementationOnce(() => failBook(ERROR_IN_QUERY));
        window.dispatchEvent(new CustomEvent('focus'));
        await flush();
        expect(said(element, 'alert')[0]).toContain('Boom');
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
    });

    it('names rules that do not work; the others do', async () => {
        const element = await showBook({}, { triggers: [trigger(), renewalTrigger({ Enter_When__c: 'Helth < 5' })] });
        expect(rows(element)).toEqual(['Nordlicht Logistik']);
        expect(visibleText(element)).toContain('Rules that do not work: ');
    });

    it('tells the age of the last sweep to whoever may see sweeps', async () => {
        const element = await showBook({}, { sweeps: [sweep()] });
        expect(visibleText(element)).toContain('Last looked at by the nightly sweep 16 hours ago');
        const other = await show();
        await giveTypes(
            BOOK_ACCOUNT_INFO,
            runInfo(),
            ...['Contact', 'User', 'Case'].map((name) => objectInfo(name, {})),
        );
        await giveRules();
        await giveBook();
        expect(visibleText(other)).not.toContain('sweep');
    });

    it('says that an account recovers, instead of what it surfaced for', async () => {
        const recovering = ofAccount(run({ Recovering_Since__c: '2026-11-18T09:00:00.000Z' }));
        const element = await showBook({ runs: [recovering] });
        await pressInside(element, '1 later');
        const text = visibleText(row(element, 'Nordlicht'));
        expect(text).toContain('The figures have been fine again since Wed, Nov 18.');
        expect(text).not.toContain('(limit 60)');
    });

    it('says why somebody put an account aside', async () => {
        const aside = run({
            Run_Status__c: 'Snoozed',
            Snoozed_Until__c: '2026-12-01',
            Snooze_Reason__c: 'Maya is on holiday',
        });
        const element = await showBook({ runs: [ofAccount(aside)] });
        await pressInside(element, '1 held back');
        expect(visibleText(row(element, 'Nordlicht'))).toContain('(Maya is on holiday)');
    });

    it('has no actions for whoever may only look', async () => {
        const element = await show();
        await giveTypes(
            BOOK_ACCOUNT_INFO,
            runInfo(false),
            sweepInfo(),
            ...['Contact', 'User'].map((name) => objectInfo(name, {})),
        );
        await giveRules();
        await giveBook();
        expect(pressable(row(element, 'Nordlicht'))).toEqual(['Nordlicht Logistik']);
        expect(visibleText(element)).toContain('You can look');
    });

    it('reads again when the window gets the focus, and shows what others did', async () => {
        const element = await showBook({ accounts: many(2) });
        refreshes.book.mockImplementationOnce(() => giveBook(bookAnswer({ accounts: many(1) })));
        window.dispatchEvent(new CustomEvent('focus'));
        await flush();
        await flush();
        expect(rows(element)).toEqual(['Account 0']);
        element.remove();
        refreshes.book.mockClear();
        window.dispatchEvent(new CustomEvent('focus'));
        await flush();
        expect(refreshes.book).not.toHaveBeenCalled();
    });
});

/** Types, and waits no longer than it takes: the pause of the field is the presenter's own matter. */
async function typeColleague(element: Element, value: string): Promise<void> {
    const [input] = all(element, 'lightning-input').filter(({ label }) => label === 'Whose list?');
    input?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    const [presenter] = all(element, 'c-playbook-colleagues');
    presenter?.dispatchEvent(new CustomEvent('search', { detail: value }));
    await flush();
}

async function search(element: Element, value: string): Promise<void> {
    const [input] = all(element, 'lightning-input').filter(({ label }) => label === 'Find an account');
    input?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

import USER_ID from '@salesforce/user/Id';
import PlaybookBookData, { type BookData, type Colleague, type Failure, type Progress } from '../playbookBookData';
import { flush, listen, mount } from 'test/dom';
import { NOW, completion, node, objectInfo, run, runInfo, setting, step, trigger, version } from 'test/platformAnswers';
import {
    OTHER_ACCOUNT_ID,
    bookAccount,
    bookAnswer,
    healthyAccount,
    ofAccount,
    rulesAnswer,
    sweep,
} from 'test/bookAnswers';
import {
    BOOK_ACCOUNT_INFO,
    asked,
    askedText,
    failBook,
    failRules,
    forgetBookOrg,
    giveBook,
    giveBookOrg,
    giveColleagues,
    giveKept,
    giveRules,
    giveTypes,
    refreshes,
    sweepInfo,
    type BookElement,
} from 'test/bookOrg';
import { ERROR_IN_QUERY } from 'test/org';

/** A book nobody has read before: what one test reads does not make the next one read twice. */
let csm = 0;
async function start(properties: Partial<BookElement> = {}) {
    csm += 1;
    const element = await mount('c-playbook-book-data', PlaybookBookData, {
        csmId: `00500000000${csm}`,
        ...properties,
    });
    const loaded = listen<BookData>(element, 'loaded');
    const failed = listen<Failure>(element, 'failed');
    return { element: element as unknown as BookElement, loaded, failed, last: () => loaded.at(-1) };
}

beforeEach(() => {
    jest.useFakeTimers({ now: new Date(NOW), doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
    jest.useRealTimers();
    forgetBookOrg();
});

describe('c-playbook-book-data: what it asks', () => {
    it('asks for rules and types first, then for the accounts with the fields that rules and figures name', async () => {
        await start({ csmId: '005MAYA' });
        expect(asked('book')?.['query']).toBeUndefined();
        await giveTypes();
        await giveRules(rulesAnswer({ settings: [setting({ CSM_Field__c: 'CSM__c' })] }));
        const text = askedText('book');
        expect(text).toContain('Health_Score__c @optional { value }');
        expect(text).toContain('CSM__r @optional { Id Name @optional { value } }');
        expect(text).toContain(
            'Account(first: 2000, after: $accountsAfter, upperBound: 20000, where: { CSM__c: { eq: $csmId } }',
        );
        expect(text).toContain('{ Account__r: { CSM__c: { eq: $csmId } } }');
        expect(asked('book')?.['variables']).toEqual({
            csmId: '005MAYA',
            // 30 days of cooldown before today, and a day for time zones.
            since: '2026-10-21T00:00:00.000Z',
            accountsAfter: null,
            runsAfter: null,
            olderAfter: null,
        });
    });

    it("is the signed-in user's book unless somebody is named, and the owner's where no CSM is mapped", async () => {
        await start({ csmId: undefined });
        await giveTypes();
        await giveRules();
        expect(asked('book')?.['variables']).toMatchObject({ csmId: USER_ID });
        expect(askedText('book')).toContain('where: { OwnerId: { eq: $csmId } }');
    });

    it("asks for the owner's accounts when the mapped field cannot be read, as the sweep does without one", async () => {
        await start();
        await giveTypes();
        await giveRules(rulesAnswer({ settings: [setting({ CSM_Field__c: 'Gone__c' })] }));
        expect(askedText('book')).toContain('where: { OwnerId: { eq: $csmId } }');
    });

    it('follows the CSM of a parent account, and takes one that is kept as text', async () => {
        await start();
        await giveTypes();
        await giveRules(rulesAnswer({ settings: [setting({ CSM_Field__c: 'Parent.CSM__c' })] }));
        expect(askedText('book')).toContain('where: { Parent: { CSM__c: { eq: $csmId } } }');
        await giveTypes(
            {
                ...BOOK_ACCOUNT_INFO,
                fields: {
                    ...BOOK_ACCOUNT_INFO.fields,
                    ...objectInfo('Account', { CSM_Id__c: ['String', 'CSM'] }).fields,
                },
            },
            runInfo(),
        );
        await giveRules(rulesAnswer({ settings: [setting({ CSM_Field__c: 'CSM_Id__c' })] }));
        expect(askedText('book')).toContain('$csmId: String');
    });

    it('lets nothing into the query but names of fields', async () => {
        await start();
        await giveTypes();
        await giveRules(
            rulesAnswer({
                settings: [setting({ ARR_Field__c: 'ARR__c } } Contact { edges { node { Name', CSM_Field__c: 'x: {' })],
            }),
        );
        expect(askedText('book')).not.toContain('Contact {');
        expect(askedText('book')).toContain('OwnerId');
    });

    it('asks for all accounts, counted, when everyone is meant', async () => {
        await start({ everyone: true });
        await giveTypes();
        await giveRules();
        expect(askedText('book')).not.toContain('$csmId');
        expect(askedText('book')).toContain('{ totalCount edges');
        expect(asked('book')?.['variables']).not.toHaveProperty('csmId');
    });

    it('asks nothing twice when rules are read again unchanged', async () => {
        await start();
        await giveBookOrg();
        const before = asked('book');
        await giveRules(rulesAnswer());
        expect(asked('book')).toEqual(before);
    });
});

describe('c-playbook-book-data: what it tells', () => {
    it('tells accounts with their values, CSM and runs, newest first', async () => {
        const { last } = await start();
        await giveTypes();
        await giveRules(rulesAnswer({ settings: [setting({ CSM_Field__c: 'CSM__c' })], sweeps: [sweep()] }));
        await giveBook(
            bookAnswer({
                accounts: [
                    bookAccount({ CSM__c: '005MAYA' }, { CSM__r: node({ Id: '005MAYA', Name: 'Maya Lindqvist' }) }),
                    healthyAccount(),
                ],
                runs: [ofAccount(run({}, [completion('check')]))],
                older: [
                    ofAccount(
                        run({ Id: 'a0R-old', Run_Status__c: 'Closed', Surfaced_At__c: '2025-01-01T00:00:00.000Z' }),
                    ),
                ],
            }),
        );
        const [first, second] = last()?.book ?? [];
        expect(first).toMatchObject({
            name: 'Nordlicht Logistik',
            csmName: 'Maya Lindqvist',
            account: { values: { Health_Score__c: 48, ARR__c: 120000, CSM__c: '005MAYA', Name: 'Nordlicht Logistik' } },
        });
        expect(first?.runs.map(({ id }) => id)).toEqual(['a0R000000000001AAA', 'a0R-old']);
        expect(first?.runs[0]?.completions).toEqual([expect.objectContaining({ stepKey: 'check', status: 'Done' })]);
        expect(second).toMatchObject({ account: { id: OTHER_ACCOUNT_ID }, csmName: null, runs: [] });
        expect(last()).toMatchObject({
            user: { name: 'Maya Lindqvist' },
            lastSweep: { finishedAt: '2026-11-21T02:00:00.000Z', withFailures: false },
            seesSweeps: true,
            canWrite: true,
            canSweep: false,
            truncated: false,
        });
    });

    it('tells what the user may do, and nothing of sweeps to whoever may not see them', async () => {
        const { last } = await start();
        await giveTypes(BOOK_ACCOUNT_INFO, runInfo(false));
        await giveRules();
        await giveBook();
        expect(last()).toBeUndefined();
        // Five objects were asked for: two answers are not all of them.
        await giveTypes(
            BOOK_ACCOUNT_INFO,
            runInfo(false),
            objectInfo('Contact', {}),
            objectInfo('User', {}),
            objectInfo('Case', {}),
        );
        expect(last()).toMatchObject({ canWrite: false, canSweep: false, seesSweeps: false, lastSweep: null });
    });

    it('leaves values out that the user may not see, and takes an empty lookup for blank', async () => {
        const { last } = await start();
        await giveTypes();
        await giveRules(rulesAnswer({ triggers: [trigger({ Enter_When__c: 'Champion__r.Email = "x"' })] }));
        expect(askedText('book')).toContain('Champion__r @optional { Id Email @optional { value } }');
        const { ARR__c: _hidden, ...seen } = bookAccount({}, { Champion__r: null });
        await giveBook(bookAnswer({ accounts: [seen] }));
        const values = last()?.book[0]?.account.values;
        expect(values).toMatchObject({ 'Champion__r.Email': null });
        expect(values).not.toHaveProperty('ARR__c');
    });

    it('reads versions that runs keep once there are any', async () => {
        const { last } = await start();
        const old = ofAccount(run({ Run_Version__c: 'a0V-old' }));
        await giveBookOrg(bookAnswer({ runs: [old] }));
        expect(asked('kept')?.['variables']).toEqual({ versionIds: ['a0V-old'] });
        expect(last()?.versions).toHaveLength(1);
        await giveKept(
            [version({ Id: 'a0V-old', Version_Status__c: 'Retired' })],
            [step('keep', { Playbook_Version__c: 'a0V-old' })],
        );
        expect(last()?.versions[1]).toMatchObject({ id: 'a0V-old', status: 'Retired', steps: [{ key: 'keep' }] });
    });

    it('reads a large book page by page, and says how far it is', async () => {
        const { element, last } = await start({ everyone: true });
        const progress = listen<Progress>(element, 'progress');
        await giveTypes();
        await giveRules();
        await giveBook(bookAnswer({ endCursor: 'page-2', total: 2 }));
        expect(progress).toEqual([{ read: 1, total: 2 }]);
        expect(last()).toBeUndefined();
        expect(asked('book')?.['variables']).toMatchObject({ accountsAfter: 'page-2', runsAfter: null });
        await giveBook(bookAnswer({ accounts: [healthyAccount()] }));
        expect(last()?.book.map(({ name }) => name)).toEqual(['Nordlicht Logistik', 'Ruhig GmbH']);
    });

    it("tells another CSM's book once it is there, and nothing of the last one in between", async () => {
        const { element, loaded } = await start();
        await giveBookOrg();
        const before = loaded.length;
        element.csmId = '005TOM';
        await giveTypes();
        expect(loaded).toHaveLength(before);
        expect(asked('book')?.['variables']).toMatchObject({ csmId: '005TOM' });
        await giveBook(bookAnswer({ accounts: [healthyAccount()] }));
        expect(loaded.at(-1)).toMatchObject({ csmId: '005TOM', book: [{ name: 'Ruhig GmbH' }] });
    });

    it('finds colleagues by part of a name, from two letters on', async () => {
        const { element } = await start({ search: 't' });
        const found = listen<readonly Colleague[]>(element, 'colleagues');
        expect(asked('colleagues')?.['query']).toBeUndefined();
        element.search = ' tom ';
        await flush();
        await giveColleagues(node({ Id: '005TOM', Name: 'Tom Okafor', Title: null }));
        expect(asked('colleagues')?.['variables']).toEqual({ name: '%tom%' });
        expect(found).toEqual([[{ id: '005TOM', name: 'Tom Okafor', title: '' }]]);
    });
});

describe('c-playbook-book-data: reading again', () => {
    it('shows what the platform has kept, and reads it anew, when a book was read before in this window', async () => {
        const first = await start({ csmId: '005AGAIN' });
        await giveBookOrg();
        first.element.remove();
        const again = await start({ csmId: '005AGAIN' });
        refreshes.book.mockImplementation(async () => {
            await giveBook(bookAnswer({ accounts: [healthyAccount()] }));
        });
        await giveBookOrg();
        await flush();
        await flush();
        expect(again.loaded.map(({ book }) => book[0]?.name)).toEqual(['Nordlicht Logistik', 'Ruhig GmbH']);
        expect(first.loaded).toHaveLength(1);
    });

    it('reads rules and book again when asked to, every page of it', async () => {
        const { element, last } = await start();
        await giveBookOrg(bookAnswer({ endCursor: 'page-2' }));
        await giveBook(bookAnswer({ accounts: [healthyAccount()] }));
        const reading = element.refresh();
        await giveBook(bookAnswer({ accounts: [bookAccount({ Name: 'Renamed' })], endCursor: 'page-2' }));
        await giveBook(bookAnswer({ accounts: [healthyAccount()] }));
        await reading;
        expect(refreshes.rules).toHaveBeenCalledTimes(1);
        expect(refreshes.book).toHaveBeenCalledTimes(2);
        expect(last()?.book.map(({ name }) => name)).toEqual(['Renamed', 'Ruhig GmbH']);
    });

    it('says what failed and keeps what was read', async () => {
        const { element, failed, loaded } = await start();
        await giveBookOrg();
        refreshes.book.mockImplementation(() => failBook(ERROR_IN_QUERY));
        await element.refresh();
        expect(failed).toEqual([{ kind: 'unknown', messages: ['Boom'] }]);
        expect(loaded).toHaveLength(1);
        refreshes.book.mockImplementation(() => giveBook(bookAnswer({ accounts: [healthyAccount()] })));
        await element.refresh();
        expect(loaded.at(-1)?.book[0]?.name).toBe('Ruhig GmbH');
    });

    it('says that the org is not set up, and when the user may not read', async () => {
        const { failed } = await start();
        await giveRules(rulesAnswer({ triggers: [] }));
        expect(failed.at(-1)?.kind).toBe('no-configuration');
        await failRules({ message: "Cannot query field 'Playbook_Trigger__mdt'", extensions: {} });
        expect(failed.at(-1)?.kind).toBe('no-access');
        await giveTypes(sweepInfo());
        expect(failed.at(-1)?.kind).toBe('no-access');
    });
});

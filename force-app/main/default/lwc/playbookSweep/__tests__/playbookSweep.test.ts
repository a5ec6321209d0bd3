import { graphql } from 'lightning/graphql';
import PlaybookSweep from '../playbookSweep';
import { OVERTAKEN } from '../writing';
import { readFileSync } from 'node:fs';
import { flush, mount, visibleText } from 'test/dom';
import { all, press, pressable } from 'test/person';
import { bookAccount, bookAnswer, rulesAnswer, sweep } from 'test/bookAnswers';
import {
    BOOK_ACCOUNT_INFO,
    USER_INFO,
    forgetBookOrg,
    giveBook,
    giveRules,
    giveTypes,
    refreshes,
    sweepInfo,
} from 'test/bookOrg';
import { acceptMutation, mutations, refuseMutation } from 'test/org';
import { CONTACT_INFO, NOW, connection, node, runInfo, user, type RecordNode } from 'test/platformAnswers';
import { configs, emit, type WireConfig } from 'test/wires';

const OWN = 'a0W000000000009AAA';

beforeEach(() => {
    jest.useFakeTimers({
        now: new Date(NOW),
        doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
    });
});
afterEach(() => {
    jest.useRealTimers();
    forgetBookOrg();
});

async function show(maySweep = true): Promise<HTMLElement> {
    const element = await mount('c-playbook-sweep', PlaybookSweep);
    await giveTypes(BOOK_ACCOUNT_INFO, runInfo(), sweepInfo(maySweep), CONTACT_INFO, USER_INFO);
    await giveRules(rulesAnswer({ sweeps: [sweep()] }));
    await giveBook(bookAnswer({ accounts: [] }));
    return element;
}

const asks =
    (name: string) =>
    ({ query }: WireConfig): boolean =>
        typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);

/** Who sweeps, from now on: the page learns of it when it asks. */
let sweeping: readonly RecordNode[] = [];

async function giveHolders(...holders: readonly RecordNode[]): Promise<void> {
    sweeping = holders;
    const result = {
        data: { uiapi: { query: { Playbook_Sweep__c: connection(holders) } } },
        refresh: () => giveHolders(...sweeping),
    };
    emit(graphql, result, asks('query PlaybookSweepHolders'));
    await flush();
}

/** Some turns of the page: between slices it lets others have theirs. */
async function settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await flush();
}

async function giveUsers(...users: readonly RecordNode[]): Promise<void> {
    emit(graphql, { data: { uiapi: { query: { User: connection(users) } } } }, asks('query PlaybookSweepUsers'));
    await flush();
}

const holder = (values: Parameters<typeof node>[0] = {}): RecordNode =>
    node(
        {
            Id: 'a0W000000000005AAA',
            Name: 'SW-00005',
            Lock_Key__c: 'sweep 1/1',
            Lease_Until__c: '2026-11-21T18:05:00.000Z',
            Started_At__c: '2026-11-21T17:55:00.000Z',
            Ran_From__c: 'Runner',
            CreatedDate: NOW,
            ...values,
        },
        { CreatedBy: node({ Name: 'Integration' }) },
    );
const ours = (): RecordNode => holder({ Id: OWN, Name: 'SW-00009', Ran_From__c: 'Page' });
const isAsked = (name: string): boolean => configs(graphql).some(asks(name));

describe('c-playbook-sweep', () => {
    it('asks nothing of users who may not sweep, and says whom to ask', async () => {
        const element = await show(false);
        expect(visibleText(element)).toContain('Ask your administrator for the permission set Playbook Admin.');
        expect(pressable(element)).toEqual([]);
        expect(isAsked('query PlaybookSweepHolders')).toBe(false);
    });

    it('tells what it does, and how old the last sweep is', async () => {
        const element = await show();
        await giveHolders();
        expect(visibleText(element)).toContain('an org with up to 5,000 accounts can run the same sweep here');
        expect(visibleText(element)).toContain('16 hours ago');
        expect(pressable(element)).toEqual(['Run the sweep', 'Look first']);
    });

    it('names a sweep that is under way, and goes by its lease', async () => {
        const element = await show();
        await giveHolders(holder());
        expect(visibleText(element)).toContain('SW-00005, started by Integration from a runner, 5 minutes ago.');
        expect(all(element, 'lightning-button').find(({ label }) => label === 'Run the sweep')?.disabled).toBe(true);
        await giveHolders(holder({ Lease_Until__c: '2026-11-21T17:59:00.000Z' }));
        expect(visibleText(element)).not.toContain('A sweep is under way');
    });

    it('reads everybody’s accounts afresh under its lock, and writes', async () => {
        const element = await show();
        await giveHolders();
        acceptMutation({ sweep: OWN });
        sweeping = [ours()];
        await press(element, 'Run the sweep');
        await flush();
        expect(visibleText(element)).toContain('Keep this page open.');
        refreshes.book.mockImplementation(() => giveBook(bookAnswer({ accounts: [bookAccount()] })));
        await giveBook(bookAnswer({ accounts: [] }));
        await settle();
        expect(refreshes.book).toHaveBeenCalled();
        acceptMutation({ run: 'a0R000000000001AAA' });
        acceptMutation({ sweep: OWN });
        await giveUsers(user());
        await settle();
        expect(visibleText(element)).toContain('Sweep SW-00009 is finished');
        expect(visibleText(element)).toContain('1 opened');
        const [, opened, released] = mutations().map(({ variables }) => variables);
        expect(opened).toMatchObject({ run: { Playbook_Run__c: { Opened_By__c: 'Sweep', Run_Status__c: 'Open' } } });
        expect(released).toMatchObject({
            sweep: { Id: OWN, Playbook_Sweep__c: { Lock_Key__c: null, Opened_Count__c: 1 } },
        });
        expect(visibleText(all(element, '[aria-live]').at(-1) ?? element)).toContain('is finished');
    });

    it('gives way when another one was first, and looks again when asked', async () => {
        const element = await show();
        await giveHolders();
        refuseMutation('duplicate value found: Lock_Key__c', 'DUPLICATE_VALUE');
        sweeping = [holder()];
        await press(element, 'Run the sweep');
        await flush();
        expect(visibleText(element)).toContain('Two at once would do everything twice');
        sweeping = [];
        await press(element, 'Check again');
        await flush();
        expect(visibleText(element)).not.toContain('A sweep is under way');
    });

    it('is called off while it reads', async () => {
        const element = await show();
        await giveHolders();
        await press(element, 'Look first');
        expect(visibleText(element)).toContain('Reading accounts');
        await press(element, 'Cancel');
        await flush();
        expect(visibleText(element)).toContain('Stopped before anything was written.');
        expect(mutations()).toEqual([]);
        expect(pressable(element)).toContain('Run the sweep');
    });

    it('stops when the page is left, and gives its lock back', async () => {
        const element = await show();
        await giveHolders();
        acceptMutation({ sweep: OWN });
        sweeping = [ours()];
        await press(element, 'Run the sweep');
        await flush();
        acceptMutation({ sweep: OWN });
        element.remove();
        await flush();
        expect(mutations().at(-1)?.variables).toMatchObject({
            sweep: { Id: OWN, Playbook_Sweep__c: { Lock_Key__c: null, Sweep_Status__c: 'Stopped' } },
        });
    });
});

it('knows the words of the rules that keep a sweep from overwriting people', () => {
    const rules = 'force-app/main/default/objects';
    const texts = [
        `${rules}/Playbook_Run__c/validationRules/Sweep_Overtaken.validationRule-meta.xml`,
        `${rules}/Step_Completion__c/validationRules/Not_Done_Was_Open.validationRule-meta.xml`,
    ].map((file) => /<errorMessage>(.*)<\/errorMessage>/.exec(readFileSync(file, 'utf8'))?.[1]);
    expect(texts).toEqual([...OVERTAKEN]);
});

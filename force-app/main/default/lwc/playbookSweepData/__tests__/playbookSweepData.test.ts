import { graphql } from 'lightning/graphql';
import PlaybookSweepData from '../playbookSweepData';
import { flush, listen, mount } from 'test/dom';
import { acceptMutation, forgetOrg, loseMutation, mutations, refuseMutation } from 'test/org';
import { connection, node, user, type RecordNode } from 'test/platformAnswers';
import { configs, emit, type WireConfig } from 'test/wires';

type DataElement = HTMLElement & Pick<PlaybookSweepData, 'holders' | 'users' | 'create' | 'update'>;
const ID = 'a0W000000000001AAA';

const asks =
    (name: string) =>
    ({ query }: WireConfig): boolean =>
        typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);
const refresh = jest.fn(() => Promise.resolve());

async function give(name: string, object: string, nodes: readonly RecordNode[]): Promise<void> {
    emit(graphql, { data: { uiapi: { query: { [object]: connection(nodes) } } }, refresh }, asks(name));
    await flush();
}
const giveHolders = (...nodes: readonly RecordNode[]): Promise<void> =>
    give('query PlaybookSweepHolders', 'Playbook_Sweep__c', nodes);
const start = (): Promise<DataElement> => mount('c-playbook-sweep-data', PlaybookSweepData);

afterEach(() => {
    forgetOrg();
    refresh.mockReset().mockResolvedValue(undefined);
});

describe('c-playbook-sweep-data', () => {
    it('tells who sweeps, and asks the server again when it is asked', async () => {
        const element = await start();
        const told = listen<readonly unknown[]>(element, 'holders');
        await giveHolders();
        refresh.mockImplementation(() =>
            giveHolders(node({ Id: ID, Name: 'SW-1', Lock_Key__c: 'sweep 1/1', Ran_From__c: 'Page' })),
        );
        const read = await element.holders();
        expect(read).toMatchObject({ ok: true, rows: [{ id: ID, key: 'sweep 1/1', fromPage: true, by: null }] });
        expect(told).toHaveLength(2);
    });

    it('says why it could not be read', async () => {
        const element = await start();
        await giveHolders();
        refresh.mockRejectedValue(new TypeError('Failed to fetch'));
        expect(await element.holders()).toMatchObject({ ok: false, failure: { kind: 'offline' } });
    });

    it('asks for the active users among those it is given', async () => {
        const element = await start();
        const found = element.users(['005000000000000000', '005000000000001AAA']);
        await flush();
        const asked = configs(graphql).find(asks('query PlaybookSweepUsers'));
        expect(asked?.['variables']).toEqual({ ids: ['005000000000000000', '005000000000001AAA'] });
        await give('query PlaybookSweepUsers', 'User', [user()]);
        expect(await found).toMatchObject({ ok: true, rows: [{ name: 'Maya Lindqvist', firstName: 'Maya' }] });
    });

    it('writes the record of a sweep, and tells a taken key from a lost connection', async () => {
        const element = await start();
        acceptMutation({ sweep: ID });
        expect(await element.create({ Lock_Key__c: 'sweep 1/1' })).toEqual({ ok: true, ids: { sweep: ID } });
        expect(mutations()[0]?.variables).toEqual({ sweep: { Playbook_Sweep__c: { Lock_Key__c: 'sweep 1/1' } } });
        refuseMutation('duplicate value found', 'DUPLICATE_VALUE');
        expect(await element.create({})).toMatchObject({ ok: false, failure: { kind: 'duplicate' } });
        loseMutation();
        expect(await element.update(ID, {})).toMatchObject({ ok: false, failure: { kind: 'offline' } });
    });
});

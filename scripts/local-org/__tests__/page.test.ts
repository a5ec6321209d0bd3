import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { createLocalOrg, type LocalOrg } from '../server.ts';
import { after } from 'node:test';
import { at, keys, startOrg, temporaryFolder, type TestOrg } from './fixture.ts';

const PROJECT_ROOT = resolve(import.meta.dirname, '..', '..', '..');

describe('list views and related lists', () => {
    let org: TestOrg;
    let account: string;

    before(async () => {
        org = await startOrg();
        account = await org.create('sam', 'Account', { Name: 'Acme 100%' });
        await org.create('sam', 'Account', { Name: 'Beta' });
        await org.create('sam', 'Contact', { LastName: 'Roe', AccountId: account });
    });

    it('search by name, sort and count', async () => {
        const list = async (query: string): Promise<unknown> =>
            (await org.call('sam', 'GET', `/local/list/Account/All${query}`)).body;
        const names = (body: unknown): unknown => {
            const rows = at(body, 'rows');
            return Array.isArray(rows) ? rows.map((row) => at(row, 'cells', 'Name', 'value')) : null;
        };
        assert.deepEqual(names(await list('?sort=-Name')), ['Beta', 'Acme 100%']);
        assert.deepEqual(names(await list('?search=0%25')), ['Acme 100%']);
        const limited = await list('?limit=1');
        assert.deepEqual(names(limited), ['Acme 100%']);
        assert.equal(at(limited, 'total'), 2);
        assert.equal((await org.call('sam', 'GET', '/local/list/Account/None')).status, 404);
        assert.equal((await org.call('nora', 'GET', '/local/list/Route__c/All')).status, 403);
        assert.equal((await org.call('sam', 'GET', '/local/list/Account/All?limit=x')).status, 400);
    });

    it('list the children of a record', async () => {
        const { body } = await org.call('sam', 'GET', `/local/related/${account}`);
        const lists = at(body, 'lists');
        assert.ok(Array.isArray(lists));
        const contacts: unknown = lists.find((list) => at(list, 'relationshipName') === 'Contacts');
        assert.equal(at(contacts, 'total'), 1);
        assert.equal(at(contacts, 'rows', 0, 'cells', 'Name', 'value'), 'Roe');
        assert.equal((await org.call('ella', 'GET', `/local/related/${account}`)).status, 404);
    });
});

describe('the project in the page', () => {
    let org: LocalOrg;

    before(async () => {
        org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir: temporaryFolder(), port: 0 });
    });
    after(() => org.close());

    const get = async (user: string, path: string): Promise<unknown> => {
        const response = await fetch(org.url + path, {
            headers: { authorization: `Bearer ${org.tokens[`${user}@playbooks.local`] ?? ''}` },
        });
        return response.json();
    };

    it('boots each sample user with the app and pages of the metadata', async () => {
        for (const { username } of org.store.config.users.filter(({ active }) => active !== false)) {
            const boot = await get(username.replace(/@.*/, ''), '/local/boot');
            assert.equal(at(boot, 'user', 'username'), username);
            const navigation = at(boot, 'app', 'navigation');
            assert.ok(Array.isArray(navigation) && navigation.length > 0, username);
        }
        assert.ok(at(await get('maya', '/local/boot'), 'recordPages', 'Account', 'regions', 0));
    });

    it('opens every list view that a user is offered', async () => {
        for (const user of ['maya', 'sam', 'lena']) {
            const boot = await get(user, '/local/boot');
            for (const [object, views] of keys(at(boot, 'listViews')).map(
                (object) => [object, at(boot, 'listViews', object)] as const,
            )) {
                assert.ok(Array.isArray(views));
                for (const view of views) {
                    const page = await get(user, `/local/list/${object}/${String(at(view, 'developerName'))}`);
                    assert.ok(Array.isArray(at(page, 'columns')), `${user} ${object}: ${JSON.stringify(page)}`);
                }
            }
        }
    });

    /** Create, update, delete as each persona is described to a client; `null`: the object is not there for that user. */
    const PERSONAS: readonly (readonly [string, string, readonly boolean[] | null])[] = [
        ['maya', 'Playbook__c', [false, false, false]],
        ['maya', 'Playbook_Step__c', [false, false, false]],
        ['maya', 'Playbook_Run__c', [true, true, false]],
        ['maya', 'Step_Completion__c', [true, true, false]],
        ['ada', 'Playbook_Step__c', [true, true, true]],
        ['ada', 'Playbook_Run__c', [false, false, false]],
        ['lena', 'Playbook__c', [false, false, false]],
        ['lena', 'Playbook_Run__c', [false, false, false]],
        ['lena', 'Account', [false, false, false]],
        ['nora', 'Playbook_Run__c', null],
        ['nora', 'Account', [false, true, false]],
        ['integration', 'Playbook_Run__c', [true, true, false]],
    ];
    for (const [user, object, rights] of PERSONAS) {
        it(`lets ${user} do with ${object} what the permission sets say`, async () => {
            const body = await get(user, `/services/data/v67.0/sobjects/${object}/describe`);
            const found = ['createable', 'updateable', 'deletable'].map((name) => at(body, name));
            assert.deepEqual(found, rights ?? [undefined, undefined, undefined]);
        });
    }

    it('shows every custom metadata type in Setup', async () => {
        const types = at(await get('sam', '/local/setup'), 'types');
        assert.ok(Array.isArray(types) && types.length > 0);
        for (const type of types) {
            const detail = await get('sam', `/local/setup/${String(at(type, 'name'))}`);
            assert.ok(Array.isArray(at(detail, 'fields')), JSON.stringify(detail));
        }
    });
});

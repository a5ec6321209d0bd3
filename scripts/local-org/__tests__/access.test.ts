import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, codes, startOrg, type Answer, type TestOrg } from './fixture.ts';

let org: TestOrg;
let account: string;
let route: string;
let stop: string;

before(async () => {
    org = await startOrg();
    account = await org.create('dora', 'Account', { Name: 'Acme' });
    await org.data('sam', 'PATCH', `/sobjects/Account/${account}`, { Score__c: 40 });
    route = await org.create('dora', 'Route__c', { Name: 'North', Code__c: 'N-1' });
    stop = await org.create('dora', 'Stop__c', { Name: 'Quay', Route__c: route, Status__c: 'Open' });
});

interface Attempt {
    readonly name: string;
    readonly run: (user: string) => Promise<Answer>;
    /** Whether each user succeeds. */
    readonly allowed: Readonly<Record<string, boolean>>;
}

const everyone = ['dora', 'wim', 'nora', 'sam'];
const MATRIX: readonly Attempt[] = [
    {
        name: 'read a stop over REST',
        run: (user) => org.data(user, 'GET', `/sobjects/Stop__c/${stop}`),
        allowed: { dora: true, wim: true, nora: false, sam: true },
    },
    {
        name: 'query stops',
        run: (user) => org.data(user, 'GET', '/query?q=SELECT+Id+FROM+Stop__c'),
        allowed: { dora: true, wim: true, nora: false, sam: true },
    },
    {
        name: 'read a stop over the UI API',
        run: (user) => org.data(user, 'GET', `/ui-api/records/${stop}?fields=Stop__c.Name`),
        allowed: { dora: true, wim: true, nora: false, sam: true },
    },
    {
        name: 'describe stops',
        run: (user) => org.data(user, 'GET', '/ui-api/object-info/Stop__c'),
        allowed: { dora: true, wim: true, nora: false, sam: true },
    },
    {
        name: 'query a field of one permission set',
        run: (user) => org.data(user, 'GET', '/query?q=SELECT+Weight__c+FROM+Stop__c'),
        allowed: { dora: true, wim: false, nora: false, sam: true },
    },
    {
        name: 'filter by a field that is hidden',
        run: (user) =>
            org.data(user, 'GET', `/query?q=${encodeURIComponent('SELECT Id FROM Stop__c WHERE Weight__c > 1')}`),
        allowed: { dora: true, wim: false, nora: false, sam: true },
    },
    {
        name: 'change a stop over REST',
        run: (user) => org.data(user, 'PATCH', `/sobjects/Stop__c/${stop}`, { Status__c: 'Open' }),
        allowed: { dora: true, wim: false, nora: false, sam: true },
    },
    {
        name: 'change a stop over the UI API',
        run: (user) => org.data(user, 'PATCH', `/ui-api/records/${stop}`, { fields: { Status__c: 'Open' } }),
        allowed: { dora: true, wim: false, nora: false, sam: true },
    },
    {
        name: 'delete a route without the permission to',
        run: (user) => org.data(user, 'DELETE', `/sobjects/Route__c/${route}`),
        allowed: { dora: false, wim: false, nora: false },
    },
    {
        name: 'read custom metadata',
        run: (user) => org.data(user, 'GET', '/query?q=SELECT+Text__c+FROM+Hint__mdt'),
        allowed: { dora: true, wim: false, nora: false, sam: true },
    },
    {
        name: 'write custom metadata through the data API',
        run: (user) =>
            org.data(user, 'POST', '/sobjects/Hint__mdt', { MasterLabel: 'X', DeveloperName: 'X', Rank__c: 1 }),
        allowed: { dora: false, wim: false, nora: false, sam: false },
    },
    {
        name: 'open Setup',
        run: (user) => org.call(user, 'GET', '/local/setup'),
        allowed: { dora: false, wim: false, nora: false, sam: true },
    },
];

describe('permissions', () => {
    for (const { name, run, allowed } of MATRIX) {
        it(`decide who may ${name}`, async () => {
            for (const user of everyone.filter((one) => one in allowed)) {
                const { status, body } = await run(user);
                assert.equal(status < 300, allowed[user], `${user}: ${status} ${JSON.stringify(body)}`);
            }
        });
    }

    it('are the same in GraphQL: what one may not see is not in the schema', async () => {
        const query =
            '{ uiapi { query { Stop__c { edges { node { Id Status__c { value } Weight__c { value } } } } } } }';
        assert.deepEqual((await org.graphql('dora', query)).errors, []);
        const watched = await org.graphql('wim', query);
        assert.equal(watched.data, null);
        assert.match(String(at(watched.errors, 0, 'message')), /FieldUndefined: Field 'Weight__c' in type 'Stop__c'/);
        const without = await org.graphql('nora', query);
        assert.match(String(at(without.errors, 0, 'message')), /FieldUndefined: Field 'Stop__c' in type 'RecordQuery'/);
    });

    it('leave hidden fields out of what is described', async () => {
        const { body } = await org.data('wim', 'GET', '/sobjects/Stop__c/describe');
        const fields = at(body, 'fields');
        assert.ok(Array.isArray(fields));
        const names = fields.map((field) => at(field, 'name'));
        assert.ok(names.includes('Status__c'));
        assert.ok(!names.includes('Weight__c'));
        assert.equal(at(body, 'createable'), false);
    });
});

describe('sharing', () => {
    it('shows an account to its owner, to the team, to those who view all and to the admin', async () => {
        const visible = async (user: string): Promise<number> =>
            (await org.query(user, 'SELECT Id FROM Account')).length;
        assert.deepEqual(await Promise.all(['dora', 'dan', 'wim', 'sam', 'ella'].map(visible)), [1, 1, 1, 1, 0]);
    });

    it('answers 403 in the UI API and 404 in REST for an account of another team', async () => {
        const ui = await org.data('ella', 'GET', `/ui-api/records/${account}?fields=Account.Name`);
        assert.equal(ui.status, 403);
        assert.deepEqual(codes(ui.body), ['INSUFFICIENT_ACCESS']);
        const rest = await org.data('ella', 'GET', `/sobjects/Account/${account}`);
        assert.equal(rest.status, 404);
        const missing = await org.data('ella', 'GET', '/ui-api/records/001000000000099AAA?fields=Account.Name');
        assert.deepEqual(codes(missing.body), ['NOT_FOUND']);
    });

    it('lets contacts follow their account', async () => {
        const contact = await org.create('dan', 'Contact', { LastName: 'Roe', AccountId: account });
        assert.equal((await org.query('dora', `SELECT Id FROM Contact WHERE Id = '${contact}'`)).length, 1);
        assert.equal((await org.query('ella', `SELECT Id FROM Contact WHERE Id = '${contact}'`)).length, 0);
        const refused = await org.data('ella', 'POST', '/sobjects/Contact', { LastName: 'Poe', AccountId: account });
        assert.deepEqual(codes(refused.body), ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY']);
    });

    it('lets those who view all read, not change', async () => {
        assert.equal((await org.data('wim', 'GET', `/sobjects/Account/${account}`)).status, 200);
        const { status, body } = await org.data('wim', 'PATCH', `/sobjects/Account/${account}`, { Name: 'Mine' });
        assert.equal(status, 403);
        assert.deepEqual(codes(body), ['INSUFFICIENT_ACCESS_OR_READONLY']);
    });
});

describe('permission set assignments', () => {
    const idOf = async (type: string, where: string): Promise<string> =>
        String(at(await org.query('sam', `SELECT Id FROM ${type} WHERE ${where}`), 0, 'Id'));

    it('are made once, by an admin, with effect on the next request', async () => {
        const user = await idOf('User', "Username = 'nora@test.local'");
        const set = await idOf('PermissionSet', "Name = 'Watcher'");
        const assignment = { AssigneeId: user, PermissionSetId: set };
        const refused = await org.data('nora', 'POST', '/sobjects/PermissionSetAssignment', assignment);
        assert.deepEqual(codes(refused.body), ['INSUFFICIENT_ACCESS_OR_READONLY']);
        const id = await org.create('sam', 'PermissionSetAssignment', assignment);
        assert.equal((await org.query('nora', 'SELECT Id FROM Stop__c')).length, 1);
        const twice = await org.data('sam', 'POST', '/sobjects/PermissionSetAssignment', assignment);
        assert.deepEqual(twice.body, [
            {
                errorCode: 'DUPLICATE_VALUE',
                message: `Duplicate PermissionSetAssignment. Assignee: ${user}; Permission Set: ${set}`,
                fields: [],
            },
        ]);
        const path = `/sobjects/PermissionSetAssignment/${id}`;
        assert.equal((await org.data('nora', 'DELETE', path)).status, 403);
        assert.deepEqual(codes((await org.data('sam', 'PATCH', path, assignment)).body), [
            'INSUFFICIENT_ACCESS_OR_READONLY',
        ]);
        await org.data('sam', 'DELETE', `/sobjects/PermissionSetAssignment/${id}`);
        assert.equal((await org.data('nora', 'GET', '/query?q=SELECT+Id+FROM+Stop__c')).status, 400);
    });

    it('are the only records of users and permissions that anybody writes', async () => {
        const user = await idOf('User', "Username = 'sam@test.local'");
        const writes = [
            ['POST', 'PermissionSet', { Name: 'Own' }],
            ['POST', 'Profile', { Name: 'Own' }],
            ['PATCH', `User/${user}`, { Title: 'Own' }],
            ['DELETE', `User/${user}`, undefined],
        ] as const;
        for (const [method, path, fields] of writes) {
            const { body } = await org.data('sam', method, `/sobjects/${path}`, fields);
            assert.deepEqual(codes(body), ['INSUFFICIENT_ACCESS_OR_READONLY'], `${method} ${path}`);
        }
    });
});

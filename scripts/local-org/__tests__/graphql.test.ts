import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, keys, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;

before(async () => {
    org = await startOrg();
});

const CHAIN = `mutation Save($route: Route__cCreateInput!, $first: Stop__cCreateInput!, $second: Stop__cCreateInput!) {
    uiapi(input: { allOrNone: true }) {
        route: Route__cCreate(input: $route) { Record { Id Name { value } } }
        first: Stop__cCreate(input: $first) { Record { Id Route__c { value } } }
        second: Stop__cCreate(input: $second) { Record { Id } }
    }
}`;
const chain = (second: Readonly<Record<string, unknown>>, code = 'C-1'): Readonly<Record<string, unknown>> => ({
    route: { Route__c: { Name: 'Chained', Code__c: code } },
    first: { Stop__c: { Name: 'One', Route__c: '@{route}', Status__c: 'Done' } },
    second: { Stop__c: { Name: 'Two', Route__c: '@{route}', ...second } },
});
const count = async (type: string): Promise<number> => (await org.query('sam', `SELECT Id FROM ${type}`)).length;

describe('mutations', () => {
    it('run in order, and "@{alias}" stands for the id that an earlier one created', async () => {
        const { data, errors } = await org.graphql('dora', CHAIN, chain({}));
        assert.deepEqual(errors, []);
        const id = at(data, 'uiapi', 'route', 'Record', 'Id');
        assert.equal(at(data, 'uiapi', 'first', 'Record', 'Route__c', 'value'), id);
        assert.equal(at(data, 'uiapi', 'route', 'Record', 'Name', 'value'), 'Chained');
        const [stored] = await org.query(
            'dora',
            `SELECT Stops__c, Done_Stops__c FROM Route__c WHERE Id = '${String(id)}'`,
        );
        assert.deepEqual([at(stored, 'Stops__c'), at(stored, 'Done_Stops__c')], [2, 1]);
    });

    it('leave nothing behind when one of an all-or-none request fails, and say which', async () => {
        const before = [await count('Route__c'), await count('Stop__c')];
        const { data, errors } = await org.graphql('dora', CHAIN, chain({ Status__c: 'Lost' }, 'C-2'));
        assert.deepEqual(data, { uiapi: { route: null, first: null, second: null } });
        assert.equal(errors.length, 1);
        assert.deepEqual(at(errors, 0, 'path'), ['uiapi', 'second']);
        assert.equal(at(errors, 0, 'extensions', 'errorCode'), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        assert.deepEqual([await count('Route__c'), await count('Stop__c')], before);
    });

    it('do not try what comes after a failure of an all-or-none request', async () => {
        const { errors } = await org.graphql('dora', CHAIN, { ...chain({}, 'wrong code') });
        assert.deepEqual(
            errors.map((error) => at(error, 'extensions', 'errorCode')),
            [
                'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                'ALL_OR_NONE_OPERATION_ROLLED_BACK',
                'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            ],
        );
    });

    it('keep the others when allOrNone is given up, which it is not by itself', async () => {
        const request = (input: string): string => `mutation { uiapi${input} {
            good: Route__cCreate(input: { Route__c: { Name: "Good" } }) { Record { Id } }
            bad: Route__cCreate(input: { Route__c: { Name: "Bad", Kind__c: "Boat" } }) { Record { Id } }
        } }`;
        const before = await count('Route__c');
        assert.deepEqual((await org.graphql('dora', request(''))).data, { uiapi: { good: null, bad: null } });
        assert.equal(await count('Route__c'), before);
        const { data, errors } = await org.graphql('dora', request('(input: { allOrNone: false })'));
        assert.ok(at(data, 'uiapi', 'good', 'Record', 'Id'));
        assert.equal(at(data, 'uiapi', 'bad'), null);
        assert.equal(errors.length, 1);
        assert.equal(await count('Route__c'), before + 1);
    });

    it('name the duplicate of a unique key in message and extension', async () => {
        const query = `mutation { uiapi(input: { allOrNone: true }) { a: Route__cCreate(input: { Route__c: { Name: "A", Code__c: "D-1" } }) { Record { Id } } } }`;
        await org.graphql('dora', query);
        const { errors } = await org.graphql('dan', query);
        assert.match(String(at(errors, 0, 'message')), /duplicate value found: Code__c/);
        assert.equal(at(errors, 0, 'extensions', 'errorCode'), 'DUPLICATE_VALUE');
    });

    it('update and delete, for those who may', async () => {
        const id = await org.create('dora', 'Route__c', { Name: 'Old' });
        const update =
            'mutation M($input: Route__cUpdateInput!) { uiapi { Route__cUpdate(input: $input) { success Record { Name { value } } } } }';
        const updated = await org.graphql('dora', update, { input: { Id: id, Route__c: { Name: 'New' } } });
        assert.equal(at(updated.data, 'uiapi', 'Route__cUpdate', 'Record', 'Name', 'value'), 'New');
        const drop = 'mutation M($input: Route__cDeleteInput!) { uiapi { Route__cDelete(input: $input) { Id } } }';
        const refused = await org.graphql('dora', drop, { input: { Id: id } });
        assert.match(JSON.stringify(refused.errors), /Route__cDelete/);
        const dropped = await org.graphql('sam', drop, { input: { Id: id } });
        assert.equal(at(dropped.data, 'uiapi', 'Route__cDelete', 'Id'), id);
    });

    it('offer no fields that the user may only read', async () => {
        const query =
            'mutation M($input: Stop__cCreateInput!) { uiapi { Stop__cCreate(input: $input) { Record { Id } } } }';
        const { errors } = await org.graphql('dora', query, { input: { Stop__c: { Name: 'A', Note__c: 'x' } } });
        assert.match(String(at(errors, 0, 'message')), /Note__c/);
    });
});

describe('queries', () => {
    before(async () => {
        const account = await org.create('sam', 'Account', { Name: 'Customer', Score__c: 30 });
        const route = await org.create('sam', 'Route__c', { Name: 'Query', Code__c: 'Q-1', Kind__c: 'Van' });
        for (const [name, weight] of [
            ['Q1', 3],
            ['Q2', null],
            ['Q3', 1],
        ] as const) {
            await org.create('sam', 'Stop__c', {
                Name: name,
                Route__c: route,
                Weight__c: weight,
                Customer__c: account,
                Share__c: 30,
            });
        }
    });

    const names = (data: unknown, object: string): readonly unknown[] => {
        const edges = at(data, 'uiapi', 'query', object, 'edges');
        return Array.isArray(edges) ? edges.map((edge) => at(edge, 'node', 'Name', 'value')) : [];
    };
    const stops = async (args: string, user = 'sam'): Promise<readonly unknown[]> => {
        const { data, errors } = await org.graphql(
            user,
            `{ uiapi { query { Stop__c(${args}) { edges { node { Name { value } } } } } } }`,
        );
        assert.deepEqual(errors, []);
        return names(data, 'Stop__c');
    };
    const mine = 'Route__r: { Code__c: { eq: "Q-1" } }';

    const FILTERS: readonly (readonly [string, string, readonly string[]])[] = [
        ["a parent's field", `where: { ${mine} }, orderBy: { Name: { order: DESC } }`, ['Q3', 'Q2', 'Q1']],
        ['a blank', `where: { ${mine}, Weight__c: { eq: null } }`, ['Q2']],
        [
            'a limit, which a blank never meets',
            `where: { ${mine}, Weight__c: { lte: 3 } }, orderBy: { Weight__c: { order: ASC } }`,
            ['Q3', 'Q1'],
        ],
        [
            'not, which blanks do meet',
            `where: { ${mine}, not: { Weight__c: { gt: 1 } } }, orderBy: { Name: { order: ASC } }`,
            ['Q2', 'Q3'],
        ],
        [
            'one of several',
            `where: { ${mine}, Name: { in: ["q1", "Q3"] } }, orderBy: { Name: { order: ASC } }`,
            ['Q1', 'Q3'],
        ],
        [
            'or',
            `where: { ${mine}, or: [{ Name: { eq: "Q1" } }, { Name: { like: "%3" } }] }, orderBy: { Name: { order: ASC } }`,
            ['Q1', 'Q3'],
        ],
        ['nulls last', `where: { ${mine} }, orderBy: { Weight__c: { order: ASC, nulls: LAST } }`, ['Q3', 'Q1', 'Q2']],
        ['a date literal', `where: { ${mine}, CreatedDate: { eq: { literal: TODAY } }, Name: { eq: "Q1" } }`, ['Q1']],
    ];
    for (const [name, args, expected] of FILTERS) {
        it(`filter and sort by ${name}`, async () => {
            assert.deepEqual(await stops(args), expected);
        });
    }

    it('give values with their wording, parents, children and counts', async () => {
        const { data, errors } = await org.graphql(
            'sam',
            `query Q($code: String) { uiapi { query { Route__c(first: 1, where: { Code__c: { eq: $code } }) {
                totalCount
                edges { node { Id Kind__c { value label } Stops__r(first: 2, orderBy: { Name: { order: ASC } }) {
                    pageInfo { hasNextPage endCursor }
                    totalCount
                    edges { node { Name { value } Share__c { value displayValue } Customer__r { Name { value } Score_Left__c { value } } } }
                } } }
            } } } }`,
            { code: 'Q-1' },
        );
        assert.deepEqual(errors, []);
        const node = at(data, 'uiapi', 'query', 'Route__c', 'edges', 0, 'node');
        assert.deepEqual(at(node, 'Kind__c'), { value: 'Van', label: 'Van' });
        assert.equal(at(node, 'Stops__r', 'totalCount'), 3);
        assert.equal(at(node, 'Stops__r', 'pageInfo', 'hasNextPage'), true);
        assert.deepEqual(at(node, 'Stops__r', 'edges', 0, 'node'), {
            Name: { value: 'Q1' },
            Share__c: { value: 30, displayValue: '30.0%' },
            Customer__r: { Name: { value: 'Customer' }, Score_Left__c: { value: 70 } },
        });
    });

    it('page through a connection, ten at a time unless told', async () => {
        for (let number = 0; number < 12; number += 1) {
            await org.create('sam', 'Route__c', { Name: `Page ${String(number).padStart(2, '0')}` });
        }
        const page = (after: string | null): Promise<{ data: unknown }> =>
            org.graphql(
                'sam',
                'query P($after: String) { uiapi { query { Route__c(after: $after, where: { Name: { like: "Page%" } }, orderBy: { Name: { order: ASC } }) { pageInfo { hasNextPage endCursor } edges { node { Name { value } } } } } } }',
                { after },
            );
        const first = (await page(null)).data;
        assert.equal(names(first, 'Route__c').length, 10);
        const info = at(first, 'uiapi', 'query', 'Route__c', 'pageInfo');
        assert.equal(at(info, 'hasNextPage'), true);
        const second = (await page(String(at(info, 'endCursor')))).data;
        assert.deepEqual(names(second, 'Route__c'), ['Page 10', 'Page 11']);
    });

    it('page no further than the upper bound, which wants pages of 200 or more', async () => {
        for (let number = 0; number < 204; number += 1) {
            await org.create('sam', 'Route__c', { Name: `Bound ${number}` });
        }
        const page = (after: string | null): Promise<{ data: unknown }> =>
            org.graphql(
                'sam',
                'query P($after: String) { uiapi { query { Route__c(first: 200, after: $after, upperBound: 203, where: { Name: { like: "Bound%" } }, orderBy: { Id: { order: ASC } }) { pageInfo { hasNextPage endCursor } edges { node { Name { value } } } } } } }',
                { after },
            );
        const first = (await page(null)).data;
        const info = at(first, 'uiapi', 'query', 'Route__c', 'pageInfo');
        assert.equal(names(first, 'Route__c').length, 200);
        assert.equal(at(info, 'hasNextPage'), true);
        const second = (await page(String(at(info, 'endCursor')))).data;
        assert.deepEqual(names(second, 'Route__c'), ['Bound 200', 'Bound 201', 'Bound 202']);
        assert.equal(at(second, 'uiapi', 'query', 'Route__c', 'pageInfo', 'hasNextPage'), false);
        const { errors } = await org.graphql(
            'sam',
            '{ uiapi { query { Route__c(first: 10, upperBound: 1000) { totalCount } } } }',
        );
        assert.match(String(at(errors, 0, 'message')), /first must be between 200 and 2000/);
    });

    it('leave out what is marked @optional and may not be seen, with the variables only it used', async () => {
        const query = `query O($weight: Double, $id: ID) { uiapi { query {
            Stop__c(first: 1) { edges { node { Id Secret__c @optional { value } Customer__r @optional { Name @optional { value } } } } }
            Hint__mdt(first: 1, where: { Rank__c: { eq: $weight } }) @optional { edges { node { MasterLabel { value } } } }
            Account(first: 1, where: { Id: { eq: $id } }) @optional { totalCount }
        } } }`;
        const { data, errors } = await org.graphql('wim', query, { weight: 1, id: null });
        assert.deepEqual(errors, []);
        assert.deepEqual(keys(at(data, 'uiapi', 'query')), ['Stop__c', 'Account']);
        assert.deepEqual(keys(at(data, 'uiapi', 'query', 'Stop__c', 'edges', 0, 'node')), ['Id']);
        const admin = await org.graphql('sam', query, { weight: 1, id: null });
        assert.equal(
            at(admin.data, 'uiapi', 'query', 'Hint__mdt', 'edges', 0, 'node', 'MasterLabel', 'value'),
            'First',
        );
    });

    it('refuse more than 2,000 records, a cursor of another kind, long text in filters and a query that does not parse', async () => {
        const message = async (query: string): Promise<string> =>
            String(at((await org.graphql('sam', query)).errors, 0, 'message'));
        assert.match(
            await message('{ uiapi { query { Stop__c(first: 2001) { totalCount } } } }'),
            /between 1 and 2000/,
        );
        assert.match(await message('{ uiapi { query { Stop__c(after: "x") { totalCount } } } }'), /Invalid cursor/);
        assert.match(
            await message('{ uiapi { query { Stop__c(where: { Note__c: { eq: "x" } }) { totalCount } } } }'),
            /Note__c/,
        );
        assert.match(await message('{ uiapi { query {'), /Syntax Error/);
    });
});

describe('documents without end', () => {
    it('are refused before they are read', async () => {
        const deep = (levels: number): string => `{ uiapi ${'{ uiapi '.repeat(levels)}${'}'.repeat(levels)} }`;
        for (const query of [
            deep(5000),
            `{ uiapi(${'['.repeat(5000)}`,
            `query Q(${'$a: Int '.repeat(30_000)}) { uiapi }`,
        ]) {
            const { data, errors } = await org.graphql('dora', query);
            assert.equal(data, null);
            assert.match(String(at(errors, 0, 'message')), /nested more than|tokens/);
        }
        const quoted = `{ uiapi { query { Account(where: { Name: { eq: "${'{'.repeat(200)}" } }) { totalCount } } } }`;
        assert.deepEqual((await org.graphql('dora', quoted)).errors, []);
    });
});

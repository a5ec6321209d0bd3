import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, keys, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let customer: string;

before(async () => {
    org = await startOrg();
    customer = await org.create('sam', 'Account', { Name: 'Customer', Score__c: 30 });
    const east = await org.create('dora', 'Route__c', { Name: 'East', Code__c: 'E-1', Kind__c: 'Van' });
    const bike = await org.create('dora', 'Route__c', { Name: 'Bike', Code__c: 'B-1', Kind__c: 'Bike' });
    const stops = [
        [east, 'Done', 3],
        [east, 'Done', 1.5],
        [east, 'Open', null],
        [bike, 'Done', 4],
    ] as const;
    for (const [route, status, weight] of stops) {
        await org.create('sam', 'Stop__c', {
            Name: `${status} ${String(weight)}`,
            Route__c: route,
            Status__c: status,
            Weight__c: weight,
            Customer__c: customer,
        });
    }
});

async function aggregate(body: string, user = 'sam'): Promise<unknown> {
    const { data, errors } = await org.graphql(user, `{ uiapi { aggregate { ${body} } } }`);
    assert.deepEqual(errors, []);
    return at(data, 'uiapi', 'aggregate');
}

async function refusal(body: string, user = 'sam'): Promise<string> {
    const { errors } = await org.graphql(user, `{ uiapi { aggregate { ${body} } } }`);
    assert.ok(errors.length > 0);
    return errors.map((error) => String(at(error, 'message'))).join(' ');
}

const groups = (answer: unknown, name: string): readonly unknown[] => {
    const edges = at(answer, name, 'edges');
    return Array.isArray(edges) ? edges.map((edge) => at(edge, 'node', 'aggregate')) : [];
};
const sorted = (list: readonly unknown[]): readonly string[] => list.map((one) => JSON.stringify(one)).sort();

describe('aggregates', () => {
    it('count and add up by group; blanks count as records and add nothing', async () => {
        const answer = await aggregate(
            'Stop__c(groupBy: { Status__c: { group: true } }) { totalCount edges { node { aggregate { Status__c { value label } Id { count { value } } Weight__c { count { value } sum { value } } } } } }',
        );
        assert.equal(at(answer, 'Stop__c', 'totalCount'), 2);
        assert.deepEqual(
            sorted(groups(answer, 'Stop__c')),
            sorted([
                {
                    Status__c: { value: 'Done', label: 'Done' },
                    Id: { count: { value: 3 } },
                    Weight__c: { count: { value: 3 }, sum: { value: 8.5 } },
                },
                {
                    Status__c: { value: 'Open', label: 'Open' },
                    Id: { count: { value: 1 } },
                    Weight__c: { count: { value: 0 }, sum: { value: null } },
                },
            ]),
        );
    });

    it('are one group without groupBy, of nothing too', async () => {
        const body = (where: string): string =>
            `Stop__c(where: ${where}) { totalCount edges { node { aggregate { Id { count { value displayValue } } Weight__c { sum { value displayValue } } } } } }`;
        const all = await aggregate(body('{ Status__c: { eq: "Done" } }'));
        assert.deepEqual(groups(all, 'Stop__c'), [
            {
                Id: { count: { value: 3, displayValue: '3' } },
                Weight__c: { sum: { value: 8.5, displayValue: '8.50' } },
            },
        ]);
        const none = await aggregate(body('{ Name: { eq: "nothing" } }'));
        assert.deepEqual(groups(none, 'Stop__c'), [
            { Id: { count: { value: 0, displayValue: '0' } }, Weight__c: { sum: { value: null, displayValue: null } } },
        ]);
    });

    it('take several at once under names of their own, filters by parents, groups by lookups and checkboxes', async () => {
        const answer = await aggregate(
            `Vans: Stop__c(where: { Route__r: { Kind__c: { eq: "Van" } } }, groupBy: { Customer__c: { group: true } }) { edges { node { aggregate { Customer__c { value } Id { count { value } } } } } }
             Open: Route__c(groupBy: { Closed__c: { group: true }, Kind__c: { group: false } }) { edges { node { aggregate { Closed__c { value } Id { count { value } } } } } }`,
        );
        assert.deepEqual(groups(answer, 'Vans'), [{ Customer__c: { value: customer }, Id: { count: { value: 3 } } }]);
        assert.deepEqual(groups(answer, 'Open'), [{ Closed__c: { value: false }, Id: { count: { value: 2 } } }]);
    });

    it('give the first groups, and tell how many there are', async () => {
        const answer = await aggregate(
            'Stop__c(first: 2, groupBy: { Name: { group: true } }) { totalCount pageInfo { hasNextPage } edges { node { aggregate { Name { value } } } } }',
        );
        assert.equal(groups(answer, 'Stop__c').length, 2);
        assert.equal(at(answer, 'Stop__c', 'totalCount'), 4);
        assert.equal(at(answer, 'Stop__c', 'pageInfo', 'hasNextPage'), true);
        assert.match(await refusal('Stop__c(first: 2001) { totalCount }'), /between 1 and 2000/);
    });

    it('stand beside records in one request', async () => {
        const { data, errors } = await org.graphql(
            'sam',
            '{ uiapi { query { Route__c { totalCount } } aggregate { Route__c(groupBy: { Kind__c: { group: true } }) { totalCount } } } }',
        );
        assert.deepEqual(errors, []);
        assert.equal(at(data, 'uiapi', 'query', 'Route__c', 'totalCount'), 2);
        assert.equal(at(data, 'uiapi', 'aggregate', 'Route__c', 'totalCount'), 2);
    });

    it('are over the records that the user may see, of the fields that the user may see', async () => {
        const body =
            'Account(where: { Name: { eq: "Customer" } }) { edges { node { aggregate { Id { count { value } } } } } }';
        const counted = async (user: string): Promise<unknown> =>
            at(groups(await aggregate(body, user), 'Account')[0], 'Id', 'count', 'value');
        assert.deepEqual([await counted('sam'), await counted('ella')], [1, 0]);
        const hidden =
            'Stop__c { edges { node { aggregate { Id { count { value } } Secret__c @optional { count { value } } } } } }';
        const seen = groups(await aggregate(hidden, 'wim'), 'Stop__c')[0];
        assert.deepEqual(keys(seen), ['Id']);
        assert.match(await refusal(hidden.replace('@optional', ''), 'wim'), /Secret__c/);
        assert.match(await refusal('Hint__mdt { totalCount }', 'wim'), /Hint__mdt/);
    });

    it('refuse a value that is not grouped by, as SOQL does', async () => {
        assert.match(
            await refusal('Stop__c { edges { node { aggregate { Status__c { value } Id { count { value } } } } } }'),
            /Field must be grouped or aggregated: Status__c/,
        );
    });

    const REFUSED: readonly (readonly [string, RegExp])[] = [
        ['Stop__c { edges { node { aggregate { Weight__c { avg { value } } } } } }', /avg/],
        ['Stop__c { edges { node { aggregate { Weight__c { max { value } } } } } }', /max/],
        ['Stop__c { edges { node { aggregate { Name { sum { value } } } } } }', /sum/],
        ['Route__c { edges { node { aggregate { Closed__c { count { value } } } } } }', /count/],
        ['Stop__c(groupBy: { Weight__c: { group: true } }) { totalCount }', /Weight__c/],
        ['Stop__c(groupBy: { At__c: { group: true } }) { totalCount }', /At__c/],
        ['Stop__c(groupBy: { Route__r: { Kind__c: { group: true } } }) { totalCount }', /Route__r/],
        ['Stop__c(groupBy: { Status__c: { group: true }, type: ROLLUP }) { totalCount }', /type/],
        ['Stop__c(orderBy: { Status__c: { order: ASC } }) { totalCount }', /orderBy/],
        ['Stop__c(after: "x") { totalCount }', /after/],
    ];
    for (const [body, message] of REFUSED) {
        it(`refuse by name: ${body}`, async () => {
            assert.match(await refusal(body), message);
        });
    }
});

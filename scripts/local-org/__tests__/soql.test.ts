import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Condition } from '../store/conditions.ts';
import { rows } from '../store/database.ts';
import { recordSelect } from '../store/read.ts';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;

before(async () => {
    org = await startOrg();
    const acme = await org.create('sam', 'Account', {
        Name: "O'Neil & Söhne",
        Industry: 'Retail',
        Score__c: 40,
        Key__c: 'a1',
    });
    await org.create('sam', 'Account', { Name: 'Beta 50%', Industry: 'Banking', Key__c: 'a2' });
    await org.create('sam', 'Account', { Name: 'beta_plus', Industry: 'Agriculture', Score__c: 90, ParentId: acme });
    await org.create('sam', 'Contact', { FirstName: 'Ida', LastName: 'Roe', AccountId: acme });
    const route = await org.create('sam', 'Route__c', { Name: 'R', Kind__c: 'Van' });
    await org.create('sam', 'Stop__c', {
        Name: 'S1',
        Route__c: route,
        Tags__c: 'Cold;Fast',
        At__c: '2026-11-20T23:30:00Z',
        Day__c: '2026-11-21',
        Weight__c: 2,
        Status__c: 'Open',
    });
    await org.create('sam', 'Stop__c', {
        Name: 'S2',
        Route__c: route,
        Tags__c: 'Cold;Fragile',
        At__c: '2026-11-18T12:00:00Z',
        Day__c: '2026-10-01',
        Weight__c: 4,
        Status__c: 'Done',
    });
    await org.create('sam', 'Route__c', { Name: 'Empty' });
    await org.create('sam', 'Stop__c', { Name: 'S3', Route__c: route });
});

/** WHERE … ORDER BY of a query over accounts or stops, and the names it finds. */
const QUERIES: readonly (readonly [string, string, readonly string[]])[] = [
    ['text ignores case', "Account WHERE Name = 'BETA_PLUS'", ['beta_plus']],
    ['a quote is escaped', "Account WHERE Name = 'O\\'Neil & Söhne'", ["O'Neil & Söhne"]],
    ['LIKE with wildcards', "Account WHERE Name LIKE 'beta%' ORDER BY Name", ['Beta 50%', 'beta_plus']],
    ['LIKE with escaped wildcards', "Account WHERE Name LIKE '%50\\%'", ['Beta 50%']],
    ['LIKE with an escaped underscore', "Account WHERE Name LIKE 'beta\\_%'", ['beta_plus']],
    ['a blank', 'Account WHERE Score__c = null', ['Beta 50%']],
    ['not equal finds blanks too', 'Account WHERE Score__c != 40 ORDER BY Name', ['Beta 50%', 'beta_plus']],
    [
        'NOT of a comparison finds blanks too',
        'Account WHERE (NOT Score__c < 50) ORDER BY Name',
        ['Beta 50%', 'beta_plus'],
    ],
    ['a formula field', 'Account WHERE Score_Left__c > 50', ["O'Neil & Söhne"]],
    ['a parent', "Account WHERE Parent.Industry = 'Retail'", ['beta_plus']],
    [
        'brackets',
        "Account WHERE Industry = 'Retail' OR (Industry = 'Banking' AND Score__c = null) ORDER BY Name DESC",
        ["O'Neil & Söhne", 'Beta 50%'],
    ],
    ['ids from one on', "Account WHERE Id >= '001zzzzzzzzzzzz'", []],
    [
        'ids below one, also of a parent',
        "Contact WHERE Account.Id >= '001000000000000' AND Account.Id < '001zzzzzzzzzzzz' AND Id < '003000000000000'",
        [],
    ],
    ['a list', "Account WHERE Key__c IN ('A1', 'a2', null) ORDER BY Name LIMIT 2", ['Beta 50%', 'beta_plus']],
    ['outside a list', "Account WHERE Industry NOT IN ('Retail', 'Banking')", ['beta_plus']],
    ['a query in brackets', 'Account WHERE Id IN (SELECT AccountId FROM Contact)', ["O'Neil & Söhne"]],
    [
        'two queries in brackets, one of them outside',
        'Account WHERE Id NOT IN (SELECT AccountId FROM Contact) AND Id IN (SELECT ParentId FROM Account)',
        [],
    ],
    ['an alias of the object', "Account a WHERE a.Parent.Industry = 'Retail' ORDER BY a.Name", ['beta_plus']],
    ['blank picklists first', 'Stop__c ORDER BY Status__c, Name', ['S3', 'S1', 'S2']],
    ['picklists by their order', 'Account ORDER BY Industry', ['beta_plus', 'Beta 50%', "O'Neil & Söhne"]],
    ['blanks first unless told', 'Account ORDER BY Score__c DESC', ['Beta 50%', 'beta_plus', "O'Neil & Söhne"]],
    ['blanks last when told', 'Account ORDER BY Score__c NULLS LAST LIMIT 1 OFFSET 1', ['beta_plus']],
    ['a date', 'Stop__c WHERE Day__c > 2026-11-01', ['S1']],
    ['an instant', 'Stop__c WHERE At__c >= 2026-11-20T23:30:00Z', ['S1']],
    ['today in the time zone of the user', 'Stop__c WHERE At__c = TODAY', ['S1']],
    ['the last days', 'Stop__c WHERE At__c = LAST_N_DAYS:3 ORDER BY Name', ['S1', 'S2']],
    ['before a range', 'Stop__c WHERE Day__c < LAST_N_DAYS:10', ['S2']],
];

/** Queries that are refused, the code, and a word of the message. */
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ['SELECT Id FROM Nothing__c', 'INVALID_TYPE', /Row:1:Column:16\nsObject type 'Nothing__c' is not supported/],
    ['SELECT Nothing__c FROM Account', 'INVALID_FIELD', /No such column 'Nothing__c' on entity 'Account'/],
    ['SELECT Boss__r.Name FROM Account', 'INVALID_FIELD', /relationship 'Boss__r'/],
    ['SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account', 'INVALID_FIELD', /more than 5/],
    ['SELECT Id, Name, id FROM Account', 'INVALID_FIELD', /duplicate field selected: id/],
    ['SELECT Name n FROM Account', 'MALFORMED_QUERY', /only aggregate expressions use field aliasing/],
    ["SELECT Id FROM Account WHERE Score__c = '40'", 'INVALID_FIELD', /must be of type double and should not be enc/],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD', /must be of type string and should be enclosed/],
    ['SELECT Id FROM Account WHERE Name = 2026-11-21', 'INVALID_FIELD', /type string and should be enclosed/],
    ["SELECT Id FROM Stop__c WHERE Day__c = '2026-11-21'", 'INVALID_FIELD', /type date and should not be enclosed/],
    ['SELECT Id FROM Stop__c WHERE At__c > 2026-11-21', 'INVALID_FIELD', /type dateTime/],
    ['SELECT Id FROM Stop__c WHERE Day__c = 2026-02-30', 'INVALID_FIELD', /type date/],
    ["SELECT Id FROM Account WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field/],
    ["SELECT Id FROM Account WHERE Id LIKE '001%'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid operator on id field/],
    ["SELECT Id FROM Stop__c WHERE Note__c = 'x'", 'INVALID_FIELD', /'Note__c' can not be filtered in a query call/],
    ['SELECT Id FROM Stop__c ORDER BY Note__c', 'INVALID_FIELD', /'Note__c' can not be sorted in a query call/],
    [
        "SELECT Id FROM Stop__c WHERE Tags__c INCLUDES ('Fast')",
        'MALFORMED_QUERY',
        /does not support the operator INCLUDES/,
    ],
    [
        "SELECT Id FROM Account WHERE Name = 'a OR b' AND Name = 'b' OR Id = null",
        'MALFORMED_QUERY',
        /Column:61\nunexpected token: 'OR'/,
    ],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', /unexpected token: '<EOF>'/],
    [
        'SELECT FROM Account',
        'MALFORMED_QUERY',
        /\nSELECT FROM Account\n {7}\^\nERROR at Row:1:Column:8\nunexpected token: 'FROM'/,
    ],
    ['SELECT Id FROM Account LIMIT many', 'MALFORMED_QUERY', /Column:30\nunexpected token: 'many'/],
    ["SELECT Id FROM Account WHERE Score__c LIKE '4%'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid operator/],
    ['SELECT Id FROM Account WHERE CreatedDate = LAST_N_FISCAL_YEARS:2', 'MALFORMED_QUERY', /LAST_N_FISCAL_YEARS/],
    ['SELECT Id FROM Account LIMIT 5 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', /Maximum SOQL offset allowed is 2000/],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 2', 'MALFORMED_QUERY', /FIELDS\(ALL\)/],
    ['SELECT TYPEOF Owner WHEN User THEN Name END FROM Account', 'MALFORMED_QUERY', /not support/],
    ['SELECT Id FROM Account FOR VIEW', 'MALFORMED_QUERY', /FOR VIEW/],
    ['SELECT Id FROM Account USING SCOPE mine', 'MALFORMED_QUERY', /USING SCOPE/],
    ['SELECT Id FROM Account WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', /WITH SECURITY_ENFORCED/],
    ['SELECT Id FROM Account WHERE CALENDAR_YEAR(CreatedDate) = 2026', 'MALFORMED_QUERY', /CALENDAR_YEAR/],
    [
        'SELECT Id, (SELECT Id, (SELECT Id FROM Stops__r) FROM Contacts) FROM Account',
        'MALFORMED_QUERY',
        /subqueries in/,
    ],
    [
        'SELECT Id, (SELECT Id FROM Nothings__r) FROM Account',
        'INVALID_TYPE',
        /Didn't understand relationship 'Nothings__r'/,
    ],
    [
        'SELECT Name, Industry FROM Account GROUP BY Industry',
        'MALFORMED_QUERY',
        /Column:8\nField must be grouped or aggregated: Name/,
    ],
    [
        'SELECT Industry FROM Account GROUP BY Industry ORDER BY Name',
        'MALFORMED_QUERY',
        /Ordered field must be grouped/,
    ],
    ['SELECT Industry FROM Account GROUP BY Industry HAVING Name = null', 'MALFORMED_QUERY', /must be grouped or aggr/],
    ['SELECT Industry FROM Account GROUP BY Industry HAVING COUNT(Nope__c) > 1', 'INVALID_FIELD', /No such column/],
    ['SELECT COUNT(Id) FROM Account GROUP BY Score_Left__c', 'INVALID_FIELD', /can not be grouped in a query call/],
    ['SELECT COUNT(Id) FROM Stop__c GROUP BY Note__c', 'INVALID_FIELD', /can not be grouped in a query call/],
    ['SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)', 'MALFORMED_QUERY', /ROLLUP/],
    ['SELECT SUM(Name) FROM Account', 'MALFORMED_QUERY', /field Name does not support aggregate operator SUM/],
    ['SELECT MAX(Id) FROM Account', 'MALFORMED_QUERY', /does not support aggregate operator MAX/],
    ['SELECT COUNT(Id) FROM Account LIMIT 5', 'MALFORMED_QUERY', /cannot also use LIMIT/],
    ['SELECT COUNT(Id) n, MAX(Name) n FROM Account', 'MALFORMED_QUERY', /duplicate alias: n/],
    [
        'SELECT Id FROM Account WHERE Name IN (SELECT LastName FROM Contact)',
        'MALFORMED_QUERY',
        /should be an id field, cannot use: 'Name'/,
    ],
    [
        'SELECT Id FROM Account WHERE Id IN (SELECT LastName FROM Contact)',
        'MALFORMED_QUERY',
        /only query id fields, cannot use: 'LastName'/,
    ],
    ['SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Account)', 'MALFORMED_QUERY', /same object type/],
    [
        'SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Account)',
        'MALFORMED_QUERY',
        /point to the same object type/,
    ],
    [
        "SELECT Id FROM Account WHERE Name = 'a' OR Id IN (SELECT AccountId FROM Contact)",
        'MALFORMED_QUERY',
        /'OR' operator/,
    ],
    [
        "SELECT Id FROM Account WHERE Name = 'a' AND (Id IN (SELECT AccountId FROM Contact) AND Name = 'b')",
        'MALFORMED_QUERY',
        /top level/,
    ],
    [
        'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT ContactId FROM Case))',
        'MALFORMED_QUERY',
        /Nesting of semi join/,
    ],
    ['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)', 'MALFORMED_QUERY', /LIMIT/],
    [`SELECT Id FROM Account WHERE ${'('.repeat(60)}Name = null${')'.repeat(60)}`, 'QUERY_TOO_COMPLICATED', /brackets/],
];

describe('SOQL', () => {
    for (const [name, query, expected] of QUERIES) {
        it(`understands ${name}`, async () => {
            const found = await org.query('sam', `SELECT Name FROM ${query}`);
            assert.deepEqual(
                found.map((record) => at(record, 'Name')),
                expected,
            );
        });
    }

    for (const [query, code, message] of REFUSED) {
        it(`refuses ${query}`, async () => {
            const { status, body } = await org.data('sam', 'GET', `/query?q=${encodeURIComponent(query)}`);
            assert.equal(status, 400);
            assert.deepEqual(codes(body), [code]);
            assert.match(String(at(body, 0, 'message')), message);
        });
    }

    it('nests parents and children as the platform does', async () => {
        const [record] = await org.query(
            'sam',
            "SELECT Name, Parent.Name, Owner.Name, (SELECT FirstName, Account.Name FROM Contacts) FROM Account WHERE Key__c = 'a1'",
        );
        assert.equal(at(record, 'Parent'), null);
        assert.equal(at(record, 'Owner', 'Name'), 'sam Test');
        assert.equal(at(record, 'Contacts', 'totalSize'), 1);
        assert.equal(at(record, 'Contacts', 'records', 0, 'FirstName'), 'Ida');
        assert.equal(at(record, 'Contacts', 'records', 0, 'Account', 'attributes', 'type'), 'Account');
    });

    it('takes the day from the time zone of the user', async () => {
        const yesterday = 'SELECT Name FROM Stop__c WHERE At__c = YESTERDAY';
        assert.deepEqual(
            (await org.query('dora', yesterday)).map((record) => at(record, 'Name')),
            ['S1'],
        );
        assert.deepEqual(await org.query('sam', yesterday), []);
    });

    it('reads the children of all parents, each with its own limit', async () => {
        const routes = await org.query(
            'sam',
            'SELECT Name, (SELECT Name FROM Stops__r ORDER BY Name DESC LIMIT 2 OFFSET 1) FROM Route__c ORDER BY Name',
        );
        assert.deepEqual(
            routes.map((route) => at(route, 'Stops__r', 'records', 0, 'Name')),
            [undefined, 'S2'],
        );
        assert.equal(at(routes, 0, 'Stops__r'), null);
        assert.equal(at(routes, 1, 'Stops__r', 'totalSize'), 2);
    });

    it('filters groups by figures and groups', async () => {
        const groups = async (having: string): Promise<unknown> =>
            (
                await org.query(
                    'sam',
                    `SELECT COUNT(Id) n, Status__c, MAX(Day__c) latest FROM Stop__c GROUP BY Status__c HAVING ${having} ORDER BY MIN(Weight__c) DESC NULLS LAST LIMIT 5 OFFSET 0`,
                )
            ).map((row) => [at(row, 'Status__c'), at(row, 'n'), at(row, 'latest')]);
        assert.deepEqual(await groups('COUNT(Id) >= 1'), [
            ['Done', 1, '2026-10-01'],
            ['Open', 1, '2026-11-21'],
            [null, 1, null],
        ]);
        assert.deepEqual(await groups("Status__c = 'Open' OR SUM(Weight__c) = null"), [
            ['Open', 1, '2026-11-21'],
            [null, 1, null],
        ]);
        assert.deepEqual(await groups('COUNT_DISTINCT(Name) < 2 AND NOT MAX(Day__c) < TODAY'), [
            ['Open', 1, '2026-11-21'],
            [null, 1, null],
        ]);
    });

    it('takes a thousand conditions', async () => {
        const conditions = Array.from({ length: 1100 }, (_value, index) => `Score__c = ${index}`).join(' OR ');
        const url = `/services/data/v67.0/query?q=SELECT Name FROM Account WHERE ${conditions}`;
        const compositeRequest = [{ method: 'GET', url, referenceId: 'many' }];
        const { body } = await org.data('sam', 'POST', '/composite', { compositeRequest });
        assert.equal(at(body, 'compositeResponse', 0, 'body', 'totalSize'), 2);
    });

    it('looks ids, lookups and keys up in an index', () => {
        const { store } = org.org;
        const session = store.session('dora@test.local');
        assert.ok(session);
        const id = '001000000000001AAA';
        const compare = (path: string): Condition => ({ kind: 'compare', path, operator: '=', operand: id });
        const cases: readonly (readonly [string, Condition])[] = [
            ['Account', compare('Id')],
            ['Account', compare('Key__c')],
            ['Account', compare('ParentId')],
            ['Account', { kind: 'in', path: 'Id', operands: [id, id] }],
            ['Account', { kind: 'in', path: 'Key__c', operands: ['a1', 'a2'] }],
            ['Route__c', compare('Code__c')],
            ['Contact', { kind: 'in', path: 'AccountId', operands: [id, id] }],
        ];
        for (const [object, where] of cases) {
            const { sql, params } = recordSelect(store, session, { object, fields: ['Id', 'CreatedBy.Name'], where });
            const plan = rows(store.db, `EXPLAIN QUERY PLAN ${sql}`, ...params).map((row) => String(row[3]));
            assert.ok(
                plan.some((step) => /^SEARCH t USING (PRIMARY KEY|INDEX)/.test(step)),
                `${object} ${JSON.stringify(where)}: ${plan.join('; ')}`,
            );
        }
    });

    it('counts and groups', async () => {
        const counted = await org.data(
            'sam',
            'GET',
            `/query?q=${encodeURIComponent('SELECT COUNT() FROM Stop__c WHERE Weight__c != null')}`,
        );
        assert.equal(at(counted.body, 'totalSize'), 2);
        const groups = await org.query(
            'sam',
            'SELECT Route__r.Kind__c kind, COUNT(Id) n, SUM(Weight__c) load, MAX(At__c) FROM Stop__c GROUP BY Route__r.Kind__c ORDER BY COUNT(Id) DESC',
        );
        assert.deepEqual(groups, [
            {
                attributes: { type: 'AggregateResult' },
                kind: 'Van',
                n: 3,
                load: 6,
                expr0: '2026-11-20T23:30:00.000+0000',
            },
        ]);
    });
});

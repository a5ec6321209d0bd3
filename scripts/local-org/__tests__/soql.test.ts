import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
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
    });
    await org.create('sam', 'Stop__c', {
        Name: 'S2',
        Route__c: route,
        Tags__c: 'Cold;Fragile',
        At__c: '2026-11-18T12:00:00Z',
        Day__c: '2026-10-01',
        Weight__c: 4,
    });
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
    ['a list', "Account WHERE Key__c IN ('A1', 'a2', null) ORDER BY Name LIMIT 2", ['Beta 50%', 'beta_plus']],
    ['outside a list', "Account WHERE Industry NOT IN ('Retail', 'Banking')", ['beta_plus']],
    ['a query in brackets', 'Account WHERE Id IN (SELECT AccountId FROM Contact)', ["O'Neil & Söhne"]],
    ['picklists by their order', 'Account ORDER BY Industry', ['beta_plus', 'Beta 50%', "O'Neil & Söhne"]],
    ['blanks first unless told', 'Account ORDER BY Score__c DESC', ['Beta 50%', 'beta_plus', "O'Neil & Söhne"]],
    ['blanks last when told', 'Account ORDER BY Score__c NULLS LAST LIMIT 1 OFFSET 1', ['beta_plus']],
    ['several chosen values', "Stop__c WHERE Tags__c INCLUDES ('Cold;Fast', 'Fragile') ORDER BY Name", ['S1', 'S2']],
    ['values not chosen', "Stop__c WHERE Tags__c EXCLUDES ('Fast') ORDER BY Name", ['S2', 'S3']],
    ['a date', 'Stop__c WHERE Day__c > 2026-11-01', ['S1']],
    ['an instant', 'Stop__c WHERE At__c >= 2026-11-20T23:30:00Z', ['S1']],
    ['today in the time zone of the user', 'Stop__c WHERE At__c = TODAY', ['S1']],
    ['the last days', 'Stop__c WHERE At__c = LAST_N_DAYS:3 ORDER BY Name', ['S1', 'S2']],
    ['before a range', 'Stop__c WHERE Day__c < LAST_N_DAYS:10', ['S2']],
];

/** Queries that are refused, the code, and a word of the message. */
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ['SELECT Id FROM Nothing__c', 'INVALID_TYPE', /Nothing__c/],
    ['SELECT Nothing__c FROM Account', 'INVALID_FIELD', /No such column 'Nothing__c' on entity 'Account'/],
    ['SELECT Boss__r.Name FROM Account', 'INVALID_FIELD', /relationship 'Boss__r'/],
    ["SELECT Id FROM Account WHERE Score__c = '40'", 'INVALID_FIELD', /must be of type double/],
    ["SELECT Id FROM Account WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field/],
    ["SELECT Id FROM Stop__c WHERE Note__c = 'x'", 'INVALID_FIELD', /can not be filtered/],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY', /brackets/],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', /./],
    ["SELECT Id FROM Account WHERE Score__c LIKE '4%'", 'INVALID_QUERY_FILTER_OPERATOR', /text field/],
    ['SELECT Id FROM Account WHERE CreatedDate = LAST_N_FISCAL_YEARS:2', 'MALFORMED_QUERY', /LAST_N_FISCAL_YEARS/],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 2', 'MALFORMED_QUERY', /FIELDS\(ALL\)/],
    ['SELECT Industry FROM Account GROUP BY Industry HAVING COUNT(Id) > 1', 'MALFORMED_QUERY', /HAVING/],
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

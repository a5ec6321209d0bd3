import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let connection: Connection;

before(async () => {
    org = await startOrg();
    connection = new Connection({ instanceUrl: org.org.url, accessToken: org.tokenOf('sam'), version: '67.0' });
});

describe('jsforce', () => {
    it('finds out who it is', async () => {
        const { username, organization_id: organization } = await connection.identity();
        assert.equal(username, 'sam@test.local');
        assert.match(organization, /^00D/);
    });

    it('creates, retrieves, updates, upserts and deletes one record', async () => {
        const made = await connection.sobject('Account').create({ Name: 'One', Score__c: 10 });
        assert.ok(made.success);
        await connection.sobject('Account').update({ Id: made.id, Score__c: 20 });
        assert.equal((await connection.sobject('Account').retrieve(made.id))['Score__c'], 20);
        const upserted = await connection.sobject('Account').upsert({ Key__c: 'up', Name: 'Up' }, 'Key__c');
        const again = await connection.sobject('Account').upsert({ Key__c: 'up', Name: 'Up again' }, 'Key__c');
        assert.equal(at(again, 'id'), at(upserted, 'id'));
        await connection.sobject('Account').destroy(made.id);
        await assert.rejects(connection.sobject('Account').retrieve(made.id), { errorCode: 'NOT_FOUND' });
    });

    it('describes objects', async () => {
        const { fields, childRelationships, keyPrefix } = await connection.sobject('Route__c').describe();
        const described = (name: string): unknown => {
            const field = fields.find((one) => one.name === name);
            return field && [field.type, field.length, field.externalId, field.groupable, field.nameField];
        };
        assert.deepEqual(described('Id'), ['id', 18, false, true, false]);
        assert.deepEqual(described('Name'), ['string', 80, false, true, true]);
        assert.deepEqual(described('Code__c'), ['string', 20, true, true, false]);
        assert.deepEqual(described('Done_Share__c'), ['percent', 0, false, false, false]);
        assert.deepEqual(described('Kind__c'), ['picklist', 255, false, true, false]);
        assert.ok(childRelationships.some((one) => one.relationshipName === 'Stops__r'));
        const summary = (await connection.describeGlobal()).sobjects.find((one) => one.name === 'Route__c');
        assert.deepEqual([summary?.keyPrefix, summary?.label, summary?.queryable], [keyPrefix, 'Route', true]);
    });

    it('saves collections, each record by itself or all together', async () => {
        const records = [{ Name: 'Good' }, { Name: 'Bad', Kind__c: 'Boat' }];
        const each = await connection.sobject('Route__c').create(records);
        assert.deepEqual(
            each.map((one) => one.success),
            [true, false],
        );
        assert.equal(at(each, 1, 'errors', 0, 'statusCode'), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        const before = await connection.sobject('Route__c').count();
        const all = await connection.sobject('Route__c').create(records, { allOrNone: true });
        assert.deepEqual(
            all.map((one) => at(one, 'errors', 0, 'statusCode')),
            ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
        );
        assert.equal(await connection.sobject('Route__c').count(), before);
    });

    it('upserts collections by external id, and names parents by theirs', async () => {
        const first = await connection.sobject('Account').upsert(
            [
                { Key__c: 'c1', Name: 'C1' },
                { Key__c: 'up', Name: 'Up' },
            ],
            'Key__c',
        );
        assert.deepEqual(
            first.map((one) => at(one, 'created')),
            [true, false],
        );
        const route = await connection.sobject('Route__c').create({ Name: 'P', Code__c: 'P-1' });
        const stop = await connection.sobject('Stop__c').create({ Name: 'S', Route__r: { Code__c: 'P-1' } });
        assert.ok(route.success && stop.success);
        assert.equal((await connection.sobject('Stop__c').retrieve(stop.id))['Route__c'], route.id);
    });

    it('reads long results page by page', async () => {
        const names = Array.from({ length: 450 }, (_value, index) => ({ Name: `Bulk ${index}` }));
        for (let start = 0; start < names.length; start += 200) {
            await connection.sobject('Account').create(names.slice(start, start + 200), { allOrNone: true });
        }
        const found: unknown[] = [];
        let page = await connection.query("SELECT Id FROM Account WHERE Name LIKE 'Bulk%'", {
            headers: { 'Sforce-Query-Options': 'batchSize=200' },
        });
        for (;;) {
            found.push(...page.records);
            if (page.done || page.nextRecordsUrl === undefined) {
                break;
            }
            page = await connection.queryMore(page.nextRecordsUrl);
        }
        assert.equal(page.totalSize, 450);
        assert.equal(new Set(found.map((record) => at(record, 'Id'))).size, 450);
    });

    it('reads each page as it is when it is asked for, in the order of the first', async () => {
        const soql =
            "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name LIKE 'Bulk 2%' OR Name LIKE 'Bulk 3%' OR Name LIKE 'Bulk 4%' ORDER BY Name DESC";
        const first = await connection.query(soql, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
        assert.deepEqual([first.totalSize, first.records.length, first.done], [283, 200, false]);
        const [gone, kept] = (
            await org.query('sam', "SELECT Id FROM Account WHERE Name IN ('Bulk 20', 'Bulk 2') ORDER BY Name DESC")
        ).map((record) => String(at(record, 'Id')));
        await connection.sobject('Account').destroy(gone ?? '');
        await org.create('sam', 'Contact', { LastName: 'Late', AccountId: kept });
        const rest = await connection.queryMore(first.nextRecordsUrl ?? '');
        assert.deepEqual([rest.totalSize, rest.records.length, rest.done], [283, 82, true]);
        assert.equal(at(rest.records.at(-1), 'Name'), 'Bulk 2');
        assert.equal(at(rest.records.at(-1), 'Contacts', 'records', 0, 'LastName'), 'Late');
    });

    it('keeps ten cursors of a user, for that user', async () => {
        const urls: string[] = [];
        for (let count = 0; count < 11; count += 1) {
            const { body } = await org.data('sam', 'GET', '/query?q=SELECT+Id+FROM+Account', undefined, {
                'sforce-query-options': 'batchSize=200',
            });
            urls.push(String(at(body, 'nextRecordsUrl')));
        }
        const statuses = await Promise.all(urls.map(async (url) => (await org.call('sam', 'GET', url)).status));
        assert.deepEqual(statuses, [400, ...Array.from({ length: 10 }, () => 200)]);
        const other = await org.call('dora', 'GET', urls.at(-1) ?? '');
        assert.deepEqual([other.status, codes(other.body)], [400, ['INVALID_QUERY_LOCATOR']]);
    });

    it('deletes collections', async () => {
        const ids = (await connection.query("SELECT Id FROM Account WHERE Name LIKE 'Bulk 1%' LIMIT 50")).records.map(
            (record) => String(record.Id),
        );
        const gone = await connection.sobject('Account').destroy(ids);
        assert.ok(gone.every((one) => one.success));
        assert.equal(gone.length, 50);
    });
});

/** What a client did, the answer's status and code, and a part of the message. */
const REFUSED: readonly (readonly [string, string, unknown, number, string, RegExp])[] = [
    ['POST', '/sobjects/Account', {}, 400, 'REQUIRED_FIELD_MISSING', /^Required fields are missing: \[Name\]$/],
    ['POST', '/sobjects/Nothing__c', {}, 404, 'NOT_FOUND', /requested resource does not exist/],
    [
        'POST',
        '/sobjects/Account',
        { Nope: 1 },
        400,
        'INVALID_FIELD',
        /No such column 'Nope' on sobject of type Account/,
    ],
    [
        'POST',
        '/sobjects/Account',
        { Score__c: 'much' },
        400,
        'JSON_PARSER_ERROR',
        /instance of double from VALUE_STRING value much/,
    ],
    ['POST', '/sobjects/Account', { Name: { a: 1 } }, 400, 'JSON_PARSER_ERROR', /instance of string from START_OBJECT/],
    [
        'POST',
        '/sobjects/Stop__c',
        { Day__c: '2026-02-30' },
        400,
        'JSON_PARSER_ERROR',
        /instance of date from VALUE_STRING/,
    ],
    [
        'POST',
        '/sobjects/Stop__c',
        { At__c: 5 },
        400,
        'JSON_PARSER_ERROR',
        /instance of datetime from VALUE_NUMBER_INT value 5/,
    ],
    ['POST', '/sobjects/Route__c', { Closed__c: 'maybe' }, 400, 'JSON_PARSER_ERROR', /instance of boolean/],
    ['GET', '/sobjects/Account/abc', undefined, 404, 'NOT_FOUND', /Provided external ID field does not exist.*: abc/],
    ['GET', '/sobjects/Account/001!00000000001', undefined, 400, 'MALFORMED_ID', /malformed id/],
    ['GET', '/sobjects/Account/001000000ZZZZZZ', undefined, 404, 'NOT_FOUND', /requested resource does not exist/],
    ['GET', '/sobjects/Account/Key__c/none', undefined, 404, 'NOT_FOUND', /requested resource does not exist/],
    ['GET', '/sobjects/Account/Name/One', undefined, 404, 'NOT_FOUND', /Provided external ID field does not exist/],
    [
        'PUT',
        '/sobjects/Account',
        {},
        405,
        'METHOD_NOT_ALLOWED',
        /^HTTP Method 'PUT' not allowed. Allowed are GET,HEAD,POST$/,
    ],
    ['DELETE', '/query', undefined, 405, 'METHOD_NOT_ALLOWED', /Allowed are GET,HEAD$/],
    ['GET', '/query', undefined, 400, 'MALFORMED_QUERY', /query string has to be specified/],
    ['GET', '/query/01gnothing-0', undefined, 400, 'INVALID_QUERY_LOCATOR', /run the query again/],
    ['GET', '/tooling/query?q=SELECT+Id+FROM+ApexClass', undefined, 404, 'NOT_FOUND', /tooling/],
    ['GET', '/query?q=SELECT+Id+FROM+Account&q=x', undefined, 400, 'INVALID_ARGUMENT', /once/],
];

describe('refusals', () => {
    for (const [method, path, body, status, code, message] of REFUSED) {
        it(`answer ${method} ${path} ${body === undefined ? '' : JSON.stringify(body)} with ${code}`, async () => {
            const answer = await org.data('sam', method, path, body);
            assert.deepEqual([answer.status, codes(answer.body)], [status, [code]]);
            assert.match(String(at(answer.body, 0, 'message')), message);
        });
    }

    it('know the versions that an org of this release has', async () => {
        const statuses = await Promise.all(
            ['v67.0', 'v50.0', 'v30.0', 'v68.0', 'v67', 'latest'].map(
                async (version) => (await org.call('sam', 'GET', `/services/data/${version}/limits`)).status,
            ),
        );
        assert.deepEqual(statuses, [200, 200, 410, 404, 404, 404]);
    });

    it('name the record that has a key already', async () => {
        const id = await org.create('sam', 'Account', { Name: 'First', Key__c: 'taken' });
        const { status, body } = await org.data('sam', 'POST', '/sobjects/Account', {
            Name: 'Second',
            Key__c: 'TAKEN',
        });
        assert.deepEqual([status, codes(body)], [400, ['DUPLICATE_VALUE']]);
        assert.equal(at(body, 0, 'message'), `duplicate value found: Key__c duplicates value on record with id: ${id}`);
    });
});

describe('the columns of a query', () => {
    it('are what the Salesforce CLI makes its tables of', async () => {
        const columns = async (soql: string): Promise<unknown> => {
            const { status, body } = await org.data('sam', 'GET', `/query?q=${encodeURIComponent(soql)}&columns=true`);
            assert.equal(status, 200);
            const name = (column: unknown): unknown => {
                const inner = at(column, 'joinColumns');
                const parts = Array.isArray(inner) ? inner.map(name) : [];
                const label = `${String(at(column, 'columnName'))}${at(column, 'aggregate') === true ? '*' : ''}`;
                return parts.length > 0 ? [label, ...parts] : label;
            };
            const list = at(body, 'columnMetadata');
            return Array.isArray(list) ? list.map(name) : body;
        };
        assert.deepEqual(
            await columns('SELECT id, Parent.Name, Parent.Owner.Name, (SELECT LastName FROM contacts) FROM Account'),
            ['Id', ['Parent', 'Name', ['Owner', 'Name']], ['Contacts*', 'LastName']],
        );
        assert.deepEqual(await columns('SELECT COUNT(Id), Industry i FROM Account GROUP BY Industry'), ['expr0*', 'i']);
        assert.deepEqual(await columns('SELECT COUNT() FROM Account'), []);
    });
});

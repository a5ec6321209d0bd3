import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, codes, startOrg, type TestOrg } from '../../../__tests__/fixture.ts';
import { doubleText } from '../query.ts';
import { connectionOf, createJob, csvCall, ended, ingest } from './bulk-client.ts';

let org: TestOrg;
before(async () => {
    org = await startOrg();
    const rows = Array.from({ length: 4500 }, (_value, index) => `Row ${index},${index % 100},r${index}`);
    await ingest(org, 'sam', { object: 'Account', operation: 'insert' }, `Name,Score__c,Key__c\n${rows.join('\n')}\n`);
    const route = await org.create('sam', 'Route__c', { Name: 'R "1"', Code__c: 'RR-1', Kind__c: 'Van' });
    await org.create('sam', 'Stop__c', {
        Name: 'S',
        Route__c: route,
        Weight__c: 2.5,
        At__c: '2026-11-20T09:00:00Z',
        Day__c: '2026-11-20',
    });
});

async function run(user: string, query: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const id = await createJob(org, user, 'query', { operation: 'query', query, ...more });
    assert.equal(at(await ended(org, user, 'query', id), 'state'), 'JobComplete');
    return id;
}

describe('bulk query', () => {
    it('gives jsforce every row once', async () => {
        const stream = await connectionOf(org, 'sam').bulk2.query('SELECT Id, Name FROM Account');
        const names = (await stream.toArray()).map((row) => at(row, 'Name'));
        assert.deepEqual([names.length, new Set(names).size], [4500, 4500]);
    });

    it('writes values as the platform does', async () => {
        const query = `SELECT name, Route__r.Name, Route__r.Closed__c, Route__r.Done_Share__c, Customer__r.Name, Weight__c, At__c, Day__c FROM Stop__c`;
        const id = await run('sam', query);
        const { text, headers } = await csvCall(org, 'sam', 'GET', `/query/${id}/results`);
        assert.equal(
            text,
            '"Name","Route__r.Name","Route__r.Closed__c","Route__r.Done_Share__c","Customer__r.Name","Weight__c","At__c","Day__c"\n' +
                '"S","R ""1""","false","0.0","","2.5","2026-11-20T09:00:00.000Z","2026-11-20"\n',
        );
        assert.deepEqual([headers.get('sforce-locator'), headers.get('sforce-numberofrecords')], ['null', '1']);
        assert.match(headers.get('content-type') ?? '', /^text\/csv/);
        const tab = await run('sam', 'SELECT Name FROM Stop__c', { columnDelimiter: 'TAB', lineEnding: 'CRLF' });
        assert.equal((await csvCall(org, 'sam', 'GET', `/query/${tab}/results`)).text, '"Name"\r\n"S"\r\n');
        assert.deepEqual([0, 5, 0.5, 123456, 16147805824397, 0.0001, -2.5e7].map(doubleText), [
            '0.0',
            '5.0',
            '0.5',
            '123456.0',
            '1.6147805824397E13',
            '1.0E-4',
            '-2.5E7',
        ]);
    });

    it('is paged by locator, in the order of the query, with the header on each page', async () => {
        const id = await run('sam', 'SELECT Key__c FROM Account ORDER BY Score__c DESC, Key__c LIMIT 2500');
        const keys: string[] = [];
        const sizes: (string | null)[] = [];
        for (let locator = ''; locator !== 'null';) {
            const page = await csvCall(
                org,
                'sam',
                'GET',
                `/query/${id}/results?maxRecords=1000${locator && `&locator=${locator}`}`,
            );
            const [header, ...rows] = page.text.trim().split('\n');
            assert.equal(header, '"Key__c"');
            keys.push(...rows);
            sizes.push(page.headers.get('sforce-numberofrecords'));
            locator = page.headers.get('sforce-locator') ?? '';
        }
        assert.deepEqual(sizes, ['1000', '1000', '500']);
        assert.deepEqual([new Set(keys).size, keys[0], keys[45]], [2500, '"r1099"', '"r1098"']);
    });

    it('is a picture of one moment, whatever is changed while it is read', async () => {
        const id = await createJob(org, 'sam', 'query', {
            operation: 'query',
            query: "SELECT Name FROM Account WHERE Name LIKE 'Row%'",
        });
        const accounts = await org.query('sam', "SELECT Id FROM Account WHERE Key__c = 'r4499'");
        await org.data('sam', 'PATCH', `/sobjects/Account/${String(at(accounts, 0, 'Id'))}`, { Name: 'Changed' });
        await ended(org, 'sam', 'query', id);
        assert.equal(
            (await csvCall(org, 'sam', 'GET', `/query/${id}/results`)).headers.get('sforce-numberofrecords'),
            '4500',
        );
    });

    it('shows each user what that user may see', async () => {
        await org.create('ella', 'Account', { Name: 'Ella’s' });
        const id = await run('ella', 'SELECT Name FROM Account');
        assert.equal((await csvCall(org, 'ella', 'GET', `/query/${id}/results`)).text, '"Name"\n"Ella’s"\n');
        assert.equal((await csvCall(org, 'dora', 'GET', `/query/${id}/results`)).status, 403);
    });

    it('without rows has a header alone', async () => {
        const id = await run('sam', "SELECT Id, Name FROM Account WHERE Name = 'nobody'");
        assert.equal((await csvCall(org, 'sam', 'GET', `/query/${id}/results`)).text, '"Id","Name"\n');
    });

    it('is refused when it is no query, or none for this API', async () => {
        const code = async (query: string): Promise<unknown> =>
            codes((await org.data('sam', 'POST', '/jobs/query', { operation: 'query', query })).body)[0];
        assert.equal(await code('SELECT FROM'), 'MALFORMED_QUERY');
        assert.equal(await code('SELECT Nmae FROM Account'), 'INVALID_FIELD');
        assert.equal(await code("SELECT Id FROM Account WHERE Nmae = 'x'"), 'INVALID_FIELD');
        assert.equal(await code('SELECT Id FROM Nothing__c'), 'INVALID_TYPE');
        assert.equal(await code('SELECT Id FROM Hint__mdt'), 'INVALIDENTITY');
        for (const query of [
            'SELECT COUNT() FROM Account',
            'SELECT Name, COUNT(Id) FROM Account GROUP BY Name',
            'SELECT Id FROM Account OFFSET 5',
            'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
        ]) {
            assert.equal(await code(query), 'API_ERROR', query);
        }
    });

    it('refuses locators and sizes that are none', async () => {
        const id = await run('sam', 'SELECT Id FROM Stop__c');
        for (const wrong of [
            'locator=x',
            'locator=',
            'locator=LTU',
            'locator=OTk',
            'maxRecords=0',
            'maxRecords=x',
            'maxRecords=1.5',
        ]) {
            assert.equal((await csvCall(org, 'sam', 'GET', `/query/${id}/results?${wrong}`)).status, 400, wrong);
        }
    });

    it('can be aborted only before its end, then deleted', async () => {
        const id = await run('sam', 'SELECT Id FROM Stop__c');
        const { body } = await org.data('sam', 'PATCH', `/jobs/query/${id}`, { state: 'Aborted' });
        assert.deepEqual(body, [
            { errorCode: 'INVALIDJOBSTATE', message: 'Aborting already Completed Job not allowed' },
        ]);
        assert.equal((await org.data('sam', 'DELETE', `/jobs/query/${id}`)).status, 204);
        const aborted = await createJob(org, 'sam', 'query', { operation: 'query', query: 'SELECT Id FROM Account' });
        assert.equal((await org.data('sam', 'PATCH', `/jobs/query/${aborted}`, { state: 'Aborted' })).status, 200);
        assert.equal(at(await ended(org, 'sam', 'query', aborted), 'state'), 'Aborted');
        assert.equal((await csvCall(org, 'sam', 'GET', `/query/${aborted}/results`)).status, 400);
    });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { at, startOrg, type TestOrg } from './fixture.ts';

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
        const { fields, childRelationships } = await connection.sobject('Route__c').describe();
        assert.equal(fields.find((field) => field.name === 'Code__c')?.externalId, true);
        assert.ok(childRelationships.some((one) => one.relationshipName === 'Stops__r'));
        assert.ok((await connection.describeGlobal()).sobjects.some((one) => one.name === 'Route__c'));
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

    it('deletes collections', async () => {
        const ids = (await connection.query("SELECT Id FROM Account WHERE Name LIKE 'Bulk 1%' LIMIT 50")).records.map(
            (record) => String(record.Id),
        );
        const gone = await connection.sobject('Account').destroy(ids);
        assert.ok(gone.every((one) => one.success));
        assert.equal(gone.length, 50);
    });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { startOrg, type TestOrg } from '../../../__tests__/fixture.ts';

let org: TestOrg;
const connectionOf = (user: string): Connection =>
    new Connection({ instanceUrl: org.org.url, accessToken: org.tokenOf(user), version: '67.0' });

before(async () => {
    org = await startOrg();
});

describe('jsforce bulk2', () => {
    it('inserts', async () => {
        const { successfulResults, failedResults, unprocessedRecords } = await connectionOf(
            'sam',
        ).bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'insert',
            input: [
                { Name: 'One', Score__c: '5' },
                { Name: 'Two', Score__c: '' },
                { Name: '', Score__c: '7' },
            ],
            pollInterval: 5,
        });
        assert.equal(failedResults[0]?.sf__Error, 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --');
        assert.deepEqual(unprocessedRecords, []);
        assert.equal(successfulResults.length, 2);
        const stream = await connectionOf('sam').bulk2.query(
            'SELECT Id, Name, Score__c, Score_Left__c, CreatedDate, CreatedBy.Name FROM Account',
            { pollInterval: 5 },
        );
        assert.equal((await stream.toArray()).length, 2);
    });
});

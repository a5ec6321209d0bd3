import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { historyOrg } from './history-org.ts';

describe('A history in an org', async () => {
    const org = await historyOrg(20);

    it('is taken by every rule of the org', async () => {
        const [row] = await org.rows('SELECT COUNT(Id) runs FROM Playbook_Run__c');
        assert.equal(row?.['runs'], org.loaded.runs);
    });
});

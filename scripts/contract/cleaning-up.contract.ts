import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MARK, openOrg } from './org.ts';
import { marked, RecordMaker, removeMarked } from './records.ts';

const org = await openOrg();
const make = new RecordMaker(org.admin);

describe('What the contracts leave behind', { skip: org.skipUnlessLocal('there it happens when all are done') }, () => {
    it('nothing of their own, and all that is not theirs', async () => {
        const others = await make.account({ Name: 'Not of the contracts' });
        const account = await make.account();
        await make.create('Contact', { AccountId: account, LastName: marked('contact') });
        await make.create('Case', { AccountId: account, Subject: marked('case') });
        await make.create('Task', { WhatId: account, Subject: marked('task') });
        const playbook = await make.playbook();
        const step = await make.step(await make.version(playbook));
        const run = await make.run(account, { Run_Playbook__c: playbook });
        await make.completion(run, { Completed_Step__c: step });
        assert.deepEqual(await removeMarked(org.admin, MARK), []);
        for (const [type, field] of [
            ['Account', 'Name'],
            ['Contact', 'LastName'],
            ['Case', 'Subject'],
            ['Task', 'Subject'],
            ['Playbook__c', 'Key__c'],
            ['Playbook_Run__c', 'Episode_Key__c'],
        ]) {
            const { totalSize } = await org.admin.query(`SELECT Id FROM ${type} WHERE ${field} LIKE 'contract-%'`);
            assert.equal(totalSize, 0, type);
        }
        assert.ok(await make.read('Account', others, 'Id'));
    });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, column, listAt } from './answer.ts';
import { openOrg } from './org.ts';
import { RecordMaker } from './records.ts';

const org = await openOrg();
const make = new RecordMaker(org.admin);

describe('Access is the same through every API', { skip: org.skipUnlessLocal('it needs several users') }, () => {
    it('a field that a user may not see', async () => {
        const nora = org.as('nora');
        const token = org.tokenOf('nora');
        await assert.rejects(async () => nora.query('SELECT ARR__c FROM Account'), { errorCode: 'INVALID_FIELD' });
        const described = await nora.sobject('Account').describe();
        assert.ok(!column(described.fields, 'name').includes('ARR__c'));
        const info = await org.call('GET', '/ui-api/object-info/Account', undefined, { token });
        assert.equal(at(info.body, 'fields', 'ARR__c'), undefined);
        const graph = await org.graphql(
            '{ uiapi { query { Account { edges { node { ARR__c { value } } } } } } }',
            {},
            token,
        );
        assert.ok(listAt(graph, 'errors').length > 0);
        const exported = await org.call(
            'POST',
            '/jobs/query',
            { operation: 'query', query: 'SELECT ARR__c FROM Account' },
            { token },
        );
        assert.equal(at(exported.body, 0, 'errorCode'), 'INVALID_FIELD');
    });

    it('an account of another team', async () => {
        const id = await make.account();
        const ines = org.as('ines');
        assert.equal((await ines.query(`SELECT Id FROM Account WHERE Id = '${id}'`)).totalSize, 0);
        await assert.rejects(ines.sobject('Account').retrieve(id), { errorCode: 'NOT_FOUND' });
        const graph = await org.graphql(
            'query A($id: ID!) { uiapi { query { Account(where: { Id: { eq: $id } }) { edges { node { Id } } } } } }',
            { id },
            org.tokenOf('ines'),
        );
        assert.deepEqual(listAt(graph, 'data', 'uiapi', 'query', 'Account', 'edges'), []);
        await assert.rejects(new RecordMaker(ines).run(id), { errorCode: /INSUFFICIENT_ACCESS/ });
    });

    it('an object that a user may only read', async () => {
        const lena = org.as('lena');
        const playbook = await make.playbook();
        await assert.rejects(lena.sobject('Playbook__c').update({ Id: playbook, Name: 'Mine' }), {
            errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
        });
        await assert.rejects(new RecordMaker(lena).playbook(), {
            errorCode: /CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY|INSUFFICIENT_ACCESS/,
        });
        await assert.rejects(lena.sobject('Playbook__c').destroy(playbook), {
            errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
        });
    });
});

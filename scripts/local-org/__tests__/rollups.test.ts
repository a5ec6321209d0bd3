import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let route: string;

before(async () => {
    org = await startOrg();
});
beforeEach(async () => {
    route = await org.create('dora', 'Route__c', { Name: 'North' });
});

const stop = (fields: Readonly<Record<string, unknown>>): Promise<string> =>
    org.create('dora', 'Stop__c', { Name: 'Stop', Route__c: route, ...fields });

async function figures(): Promise<unknown> {
    const [record] = await org.query(
        'dora',
        `SELECT Stops__c, Done_Stops__c, Load__c, First_At__c, Done_Share__c FROM Route__c WHERE Id = '${route}'`,
    );
    return ['Stops__c', 'Done_Stops__c', 'Load__c', 'First_At__c', 'Done_Share__c'].map((name) => at(record, name));
}

describe('roll-ups', () => {
    it('start at nothing: counts and sums are 0, least and greatest are blank', async () => {
        assert.deepEqual(await figures(), [0, 0, 0, null, 0]);
    });

    it('follow creates, updates and deletes, with their filters and the formulas over them', async () => {
        const first = await stop({ Status__c: 'Done', Weight__c: 2.5, At__c: '2026-11-20T10:00:00Z' });
        const second = await stop({ Status__c: 'Open', Weight__c: 1, At__c: '2026-11-19T10:00:00Z' });
        assert.deepEqual(await figures(), [2, 1, 3.5, '2026-11-19T10:00:00.000+0000', 50]);
        await org.data('dora', 'PATCH', `/sobjects/Stop__c/${second}`, { Status__c: 'Skipped', At__c: null });
        assert.deepEqual(await figures(), [2, 2, 3.5, '2026-11-20T10:00:00.000+0000', 100]);
        await org.data('sam', 'DELETE', `/sobjects/Stop__c/${first}`);
        assert.deepEqual(await figures(), [1, 1, 1, null, 100]);
    });

    it('refuse the detail whose master then breaks its own rule, and keep neither', async () => {
        await stop({ Weight__c: 60 });
        const { body } = await org.data('dora', 'POST', '/sobjects/Stop__c', {
            Name: 'Heavy',
            Route__c: route,
            Weight__c: 60,
        });
        assert.deepEqual(codes(body), ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
        assert.equal(at(body, 0, 'message'), 'The route is too heavy.');
        assert.deepEqual(await figures(), [1, 0, 60, null, 0]);
    });
});

describe('deleting', () => {
    it('takes the details with the master', async () => {
        const id = await stop({});
        assert.equal((await org.data('sam', 'DELETE', `/sobjects/Route__c/${route}`)).status, 204);
        assert.deepEqual(codes((await org.data('sam', 'GET', `/sobjects/Stop__c/${id}`)).body), ['NOT_FOUND']);
        for (const method of ['PATCH', 'DELETE']) {
            const { body } = await org.data('sam', method, `/sobjects/Stop__c/${id}`, { Name: 'Again' });
            assert.deepEqual(body, [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }]);
        }
        const never = await org.data('sam', 'DELETE', `/sobjects/Stop__c/${id.slice(0, 12)}zzz`);
        assert.deepEqual(codes(never.body), ['NOT_FOUND']);
    });

    it('is refused while a restricting lookup points at the record', async () => {
        const account = await org.create('sam', 'Account', { Name: 'Needed' });
        const id = await org.create('sam', 'Stop__c', { Name: 'Stop', Route__c: route, Customer__c: account });
        const refused = await org.data('sam', 'DELETE', `/sobjects/Account/${account}`);
        assert.deepEqual(codes(refused.body), ['DELETE_FAILED']);
        assert.match(String(at(refused.body, 0, 'message')), new RegExp(id));
        await org.data('sam', 'DELETE', `/sobjects/Stop__c/${id}`);
        assert.equal((await org.data('sam', 'DELETE', `/sobjects/Account/${account}`)).status, 204);
    });

    it('clears lookups that do not restrict', async () => {
        const parent = await org.create('sam', 'Account', { Name: 'Parent' });
        const child = await org.create('sam', 'Account', { Name: 'Child', ParentId: parent });
        await org.data('sam', 'DELETE', `/sobjects/Account/${parent}`);
        assert.equal(at((await org.data('sam', 'GET', `/sobjects/Account/${child}`)).body, 'ParentId'), null);
    });
});

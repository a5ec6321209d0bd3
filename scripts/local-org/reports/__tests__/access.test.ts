import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at } from '../../__tests__/fixture.ts';
import { ShopOrg, visit } from './shops.ts';

const SECRET = visit('Secret__c');

describe('A user who may not read a field', () => {
    let org: ShopOrg;
    before(async () => {
        org = await ShopOrg.start();
        const shop = await org.shop({ Name: 'Nord' });
        await org.visit(shop, { Name: 'A', Kind__c: 'Meet', Cost__c: 1, Secret__c: 4711 });
        await org.visit(shop, { Name: 'B', Kind__c: 'Call', Cost__c: 2, Secret__c: 4712 });
    });

    it('gets the report without its columns, figures, formulas, chart and order', async () => {
        const seen = await org.run('Secrets', { user: 'ben' });
        assert.deepEqual(seen.groups(), ['Meets', 'Calls']);
        assert.equal(seen.values('0!T')['s!Secret__c'], 4711);
        assert.equal(at(seen.body, 'reportMetadata', 'sortBy', 0, 'sortColumn'), SECRET);
        const hidden = await org.run('Secrets', { user: 'leo' });
        assert.deepEqual(at(hidden.body, 'reportMetadata', 'aggregates'), [
            `s!${visit('Cost__c')}`,
            'FORMULA2',
            'RowCount',
        ]);
        assert.deepEqual(at(hidden.body, 'reportMetadata', 'detailColumns'), [visit('Name'), visit('Cost__c')]);
        assert.equal(at(hidden.body, 'reportMetadata', 'chart'), null);
        assert.deepEqual(at(hidden.body, 'reportMetadata', 'sortBy'), []);
        assert.equal(at(hidden.body, 'reportMetadata', 'groupingsDown', 0, 'sortAggregate'), null);
        assert.equal(hidden.values('T!T')['s!Cost__c'], 3);
        assert.equal(hidden.values('T!T')['FORMULA2'], 1.5);
        assert.ok(!/471\d|Secret__c/.test(JSON.stringify(hidden.body)));
    });

    it('is told which field stands in the way when rows depend on it', async () => {
        for (const name of ['By_Secret', 'Secret_Filter'] as const) {
            const { status, body } = await org.answer(name, { user: 'leo' });
            assert.equal(status, 403);
            assert.equal(at(body, 0, 'errorCode'), 'FORBIDDEN');
            assert.match(String(at(body, 0, 'message')), /by Secret, which you may not read. Ask your administrator/);
            assert.equal((await org.answer(name, { user: 'ben' })).status, 200);
        }
    });

    it('does not get at it by filters, columns or order of the moment', async () => {
        const filter = [{ column: SECRET, operator: 'greaterThan', value: '4711' }];
        assert.equal((await org.answer('Plain', { user: 'leo', metadata: { reportFilters: filter } })).status, 403);
        const drill = { reportFilters: [...filter], reportBooleanFilter: '1' };
        assert.equal((await org.answer('By_Kind', { user: 'leo', metadata: drill })).status, 403);
        const sorted = await org.run('Plain', {
            user: 'leo',
            metadata: { detailColumns: [visit('Name'), SECRET], sortBy: [{ sortColumn: SECRET, sortOrder: 'Desc' }] },
        });
        assert.deepEqual(at(sorted.body, 'reportMetadata', 'detailColumns'), [visit('Name')]);
        assert.deepEqual(at(sorted.body, 'reportMetadata', 'sortBy'), []);
        const csv = await fetch(`${org.org.org.url}/local/report-csv/${await org.reportId('Secrets')}`, {
            headers: { authorization: `Bearer ${org.org.tokenOf('leo')}` },
        });
        assert.ok(!/471\d|Secret/.test(await csv.text()));
    });

    it('does not find it in describe', async () => {
        const path = `/analytics/reports/${await org.reportId('Secrets')}/describe`;
        assert.ok(!JSON.stringify((await org.org.data('leo', 'GET', path)).body).includes('Secret__c'));
        const { body } = await org.org.data('ben', 'GET', path);
        const columns = at(body, 'reportTypeMetadata', 'categories', 0, 'columns');
        assert.equal(at(columns, SECRET, 'dataType'), 'double');
        assert.deepEqual(at(columns, visit('Kind__c'), 'filterValues'), [
            { label: 'Meets', name: 'Meet' },
            { label: 'Calls', name: 'Call' },
            { label: 'Mails', name: 'Mail' },
        ]);
    });
});

describe('A user who may not read an object', () => {
    it('neither lists nor runs reports and dashboards about it', async () => {
        const org = await ShopOrg.start();
        assert.deepEqual((await org.org.data('nora', 'GET', '/analytics/reports')).body, []);
        assert.deepEqual((await org.org.data('nora', 'GET', '/analytics/dashboards')).body, []);
        const { status, body } = await org.answer('Plain', { user: 'nora' });
        assert.equal(status, 403);
        assert.match(String(at(body, 0, 'message')), /about Shops, which you may not read/);
        assert.deepEqual((await org.org.call('nora', 'GET', '/local/analytics')).body, { reports: [], dashboards: [] });
    });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at } from '../../__tests__/fixture.ts';
import { Result, ShopOrg, visit } from './shops.ts';

describe('A dashboard', () => {
    let org: ShopOrg;
    let id: string;
    before(async () => {
        org = await ShopOrg.start();
        const [found] = await org.org.query('sam', "SELECT Id, Title FROM Dashboard WHERE DeveloperName = 'Visits'");
        id = String(at(found, 'Id'));
    });
    const componentsOf = async (user: string): Promise<readonly unknown[]> => {
        const { body } = await org.org.data(user, 'GET', `/analytics/dashboards/${id}`);
        return at(body, 'componentData') as readonly unknown[];
    };
    const statuses = async (user: string): Promise<readonly unknown[]> =>
        (await componentsOf(user)).map((component) => at(component, 'status', 'dataStatus'));

    it('says where there is nothing yet', async () => {
        assert.deepEqual(await statuses('ben'), ['NODATA', 'NODATA', 'NODATA', 'NODATA']);
    });

    it('shows each component’s report in its own order, and what it looks like', async () => {
        const shop = await org.shop({ Name: 'Nord' });
        await org.visit(shop, { Name: 'A', Kind__c: 'Meet', Cost__c: 1 });
        await org.visit(shop, { Name: 'B', Kind__c: 'Mail', Cost__c: 2 });
        const [metric, bars, table] = await componentsOf('ben');
        const result = (component: unknown): Result => new Result(at(component, 'reportResult'));
        assert.equal(result(metric).values('T!T')['FORMULA1'], 50);
        assert.deepEqual(result(metric).groups(), ['Meets', 'Mails']);
        assert.deepEqual(result(bars).groups(), ['Mails', 'Meets']);
        assert.deepEqual(result(table).rows(), [
            ['B', '€2.00'],
            ['A', '€1.00'],
        ]);
        const { body } = await org.org.data('ben', 'GET', `/analytics/dashboards/${id}/describe`);
        assert.equal(at(body, 'name'), 'Shop visits');
        assert.equal(at(body, 'runningUser', 'displayName'), 'ben Test');
        assert.deepEqual(at(body, 'layout', 'components', 1), { colspan: 3, column: 3, row: 0, rowspan: 4 });
        const looks = at(body, 'components', 1, 'properties');
        assert.equal(at(looks, 'visualizationType'), 'Bar');
        assert.equal(at(looks, 'visualizationProperties', 'groupByType'), 'stacked');
        assert.deepEqual(at(looks, 'aggregates'), [{ name: `s!${visit('Cost__c')}` }]);
        assert.deepEqual(at(looks, 'groupings', 0, 'sortAggregate'), `s!${visit('Cost__c')}`);
        const columns = at(body, 'components', 2, 'properties', 'visualizationProperties', 'tableColumns');
        assert.equal(at(columns, 0, 'column'), visit('Name'));
    });

    it('a component whose report the user cannot run says why, the others are there', async () => {
        const components = await componentsOf('leo');
        assert.deepEqual(await statuses('leo'), ['DATA', 'DATA', 'DATA', 'ERROR']);
        assert.match(String(at(components[3], 'status', 'errorMessage')), /Secret, which you may not read/);
        assert.equal(at(components[3], 'reportResult'), null);
    });

    it('one component can be asked for; one that is not there is refused', async () => {
        const { body } = await org.org.data('ben', 'GET', `/analytics/dashboards/${id}/describe`);
        const componentIds = [at(body, 'components', 1, 'id')];
        const one = await org.org.data('ben', 'POST', `/analytics/dashboards/${id}`, { componentIds });
        assert.equal((at(one.body, 'componentData') as readonly unknown[]).length, 1);
        const none = await org.org.data('ben', 'POST', `/analytics/dashboards/${id}`, { componentIds: ['01a'] });
        assert.equal(none.status, 400);
    });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ShopOrg } from './shops.ts';

describe('Figures of a report', () => {
    let org: ShopOrg;
    before(async () => {
        org = await ShopOrg.start();
        const shop = await org.shop({ Name: 'Nord', Budget__c: 100 });
        const other = await org.shop({ Name: 'Sued', Budget__c: 50.5 });
        const meet = { Kind__c: 'Meet' };
        await org.visit(shop, { ...meet, Name: 'A', Cost__c: 0.1, On__c: '2024-02-29', Paid__c: true, Note__c: 'x' });
        await org.visit(shop, { ...meet, Name: 'B', Cost__c: 0.2, On__c: '2023-12-31', Note__c: 'y' });
        await org.visit(shop, { ...meet, Name: 'C', Cost__c: 0.2, Paid__c: true, Note__c: 'y' });
        await org.visit(other, { ...meet, Name: 'D' });
        const call = await org.visit(shop, { Kind__c: 'Call', Name: 'E', Cost__c: 10 });
        await org.visit(other, { Name: 'F', Cost__c: 7 });
        await org.item(call, { Size__c: 1.5, Name: 'I1' });
        await org.item(call, { Size__c: 2.5, Name: 'I2' });
        await org.shop({ Name: 'West' });
    });

    it('each aggregate, without blanks', async () => {
        const result = await org.run('By_Kind');
        // In the order of the picklist, blanks first.
        assert.deepEqual(result.groups(), ['-', 'Meets', 'Calls']);
        const meets = result.values('1!T');
        assert.deepEqual(
            ['s!Cost__c', 'a!Cost__c', 'x!Cost__c', 'm!Cost__c', 'med!Cost__c', 'u!Cost__c'].map((name) => meets[name]),
            [0.5, 0.166666666666667, 0.2, 0.1, 0.2, 2],
        );
        assert.equal(meets['x!On__c'], '2024-02-29');
        assert.equal(meets['m!On__c'], '2023-12-31');
        assert.equal(meets['s!Paid__c'], 2);
        assert.equal(meets['u!Note__c'], 2);
        assert.equal(meets['RowCount'], 4);
        assert.equal(result.values('T!T')['s!Cost__c'], 17.5);
        assert.equal(result.values('T!T')['med!Cost__c'], 0.2);
    });

    it('labels as the user reads them', async () => {
        const labels = (await org.run('By_Kind')).labels('1!T');
        assert.equal(labels['s!Cost__c'], '€0.50');
        assert.equal(labels['RowCount'], '4');
        assert.equal(labels['FORMULA1'], '100.0%');
        assert.equal(labels['x!On__c'], '29 Feb 2024');
    });

    it('summary formulas per group and in all, percentages in percent', async () => {
        const result = await org.run('By_Kind');
        assert.equal(result.values('1!T')['FORMULA1'], 100);
        assert.equal(result.values('T!T')['FORMULA1'], (4 / 6) * 100);
        assert.equal(result.values('1!T')['FORMULA2'], 0.125);
    });

    it('a division by zero is an error without a value, and guarded it is what the guard says', async () => {
        const result = await org.run('By_Kind');
        assert.equal(result.values('2!T')['FORMULA2'], null);
        assert.equal(result.labels('2!T')['FORMULA2'], '#Error!');
        assert.equal(result.values('2!T')['FORMULA3'], 0);
    });

    it('a parent’s figure counts once in each group, whatever the number of its children', async () => {
        const result = await org.run('Budgets');
        const figures = (key: string): unknown[] =>
            ['s!Shop__c$Budget__c', 'a!Shop__c$Budget__c', 'med!Shop__c$Budget__c', 'FORMULA1', 'RowCount'].map(
                (name) => result.values(key)[name],
            );
        assert.deepEqual(figures('1!T'), [150.5, 75.25, 75.25, 150.5, 4]);
        assert.deepEqual(figures('2!T'), [100, 100, 100, 100, 1]);
        assert.deepEqual(figures('T!T'), [150.5, 75.25, 75.25, 150.5, 6]);
    });

    it('outer joins keep parents without children; their formulas have no value there', async () => {
        const result = await org.run('Sizes');
        assert.deepEqual(result.groups(), ['Nord', 'Sued', 'West']);
        const figures = (key: string): unknown[] =>
            ['s!Shop__c$Budget__c', 's!Cost__c', 's!Won__c', 's!Size__c', 'RowCount'].map(
                (name) => result.values(key)[name],
            );
        // Five rows: A, B, C without items, E with two.
        assert.deepEqual(figures('0!T'), [100, 10.5, 3, 4, 5]);
        assert.deepEqual(figures('2!T'), [0, 0, 0, 0, 1]);
        assert.deepEqual(figures('T!T'), [150.5, 17.5, 4, 4, 8]);
        assert.deepEqual(result.rows('2!T'), [['-', '-', '-', '-', '-']]);
    });

    it('no rows give a valid answer', async () => {
        const nothing = [{ column: 'Shop__c$Name', operator: 'equals', value: 'Nowhere' }];
        const result = await org.run('By_Kind', { metadata: { reportFilters: nothing } });
        assert.deepEqual(result.groups(), []);
        assert.deepEqual(Object.keys(result.factMap), ['T!T']);
        const all = result.values('T!T');
        assert.deepEqual(
            [
                all['s!Cost__c'],
                all['a!Cost__c'],
                all['x!Cost__c'],
                all['med!Cost__c'],
                all['u!Cost__c'],
                all['RowCount'],
            ],
            [0, null, null, null, 0, 0],
        );
        assert.equal(result.labels('T!T')['a!Cost__c'], '-');
        assert.equal(result.labels('T!T')['FORMULA1'], '#Error!');
        const table = await org.run('Plain', { metadata: { reportFilters: nothing } });
        assert.deepEqual(table.rows(), []);
    });
});

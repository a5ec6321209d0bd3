import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at } from '../../__tests__/fixture.ts';
import { ShopOrg, visit } from './shops.ts';

describe('Groups of a report', () => {
    let org: ShopOrg;
    let nord: string;
    let sued: string;
    before(async () => {
        org = await ShopOrg.start();
        nord = await org.shop({ Name: 'Nord' });
        sued = await org.shop({ Name: 'Sued' });
        const other = await org.shop({ Name: 'Nord' });
        // The last half hour of a quarter in UTC: the next day in Berlin, the afternoon in New York.
        await org.visit(nord, { Name: 'Edge', At__c: '2026-09-30T23:30:00.000Z', On__c: '2024-02-29', Cost__c: 5 });
        await org.visit(sued, {
            ...{ Name: 'Late', At__c: '2027-01-01T03:00:00.000Z', On__c: '2024-03-01' },
            ...{ Cost__c: 10, Kind__c: 'Meet', Paid__c: true, Note__c: 'b' },
        });
        await org.visit(sued, { Name: 'Third', On__c: '2025-12-31', Cost__c: 20.5, Kind__c: 'Mail', Note__c: 'a' });
        await org.visit(other, { Name: 'Fourth', Cost__c: 5, Kind__c: 'Call', Note__c: 'B' });
    });

    it('quarters and days begin where the user is', async () => {
        const of = async (name: 'By_Quarter' | 'By_Day', user: string): Promise<readonly string[]> =>
            (await org.run(name, { user })).groups();
        assert.deepEqual(await of('By_Quarter', 'ben'), ['-', 'Q4 CY2026', 'Q1 CY2027']);
        assert.deepEqual(await of('By_Quarter', 'nyla'), ['-', 'Q3 CY2026', 'Q4 CY2026']);
        assert.deepEqual(await of('By_Quarter', 'sam'), ['-', 'Q3 CY2026', 'Q1 CY2027']);
        assert.deepEqual(await of('By_Day', 'ben'), ['-', '01/10/2026', '01/01/2027']);
        assert.deepEqual(await of('By_Day', 'nyla'), ['-', '30/09/2026', '31/12/2026']);
    });

    it('the value of a period is its first day, of a blank null', async () => {
        const { body } = await org.run('By_Quarter', { user: 'ben' });
        const values = [0, 1, 2].map((index) => at(body, 'groupingsDown', 'groupings', index, 'value'));
        assert.deepEqual(values, [null, '2026-10-01', '2027-01-01']);
        assert.equal(at(body, 'reportMetadata', 'groupingsDown', 0, 'dateGranularity'), 'Quarter');
    });

    it('a leap day is a day of February', async () => {
        assert.deepEqual((await org.run('By_Month')).groups(), ['-', 'February 2024', 'March 2024', 'December 2025']);
    });

    it('a matrix has figures for every pair of groups, of all levels', async () => {
        const result = await org.run('Matrix');
        assert.deepEqual(result.groups(), ['Nord [-]', 'Nord [Calls]', 'Sued [Meets, Mails]']);
        assert.deepEqual(result.groups('groupingsAcross'), ['- [false]', 'CY2024 [false, true]', 'CY2025 [false]']);
        const cost = (key: string): unknown => result.values(key)['s!Cost__c'];
        assert.deepEqual(
            ['T!T', '2!T', '2!1', '2_0!1', '2_0!1_1', '2_0!1_0', 'T!1', 'T!1_0', '0!2'].map(cost),
            [40.5, 30.5, 10, 10, 10, 0, 15, 5, 0],
        );
        assert.equal(result.values('0!2')['RowCount'], 0);
        // Details are in the innermost cells alone.
        assert.deepEqual(result.rows('2_0!1_1'), [['Late', '€10.00']]);
        assert.deepEqual(result.rows('2!1'), []);
    });

    it('records of one name are groups of their own, with the record as value', async () => {
        const { body } = await org.run('By_Shop_Cost');
        const values = [0, 1, 2].map((index) => at(body, 'groupingsDown', 'groupings', index, 'value'));
        assert.equal(values[0], sued);
        assert.equal(new Set(values).size, 3);
    });

    it('groups go by a figure when the report says so, ties by their names', async () => {
        const result = await org.run('By_Shop_Cost');
        assert.deepEqual(result.groups(), ['Sued', 'Nord', 'Nord']);
        assert.equal(at(result.body, 'reportMetadata', 'groupingsDown', 0, 'sortAggregate'), `s!${visit('Cost__c')}`);
    });

    it('text goes by the alphabet without regard to case', async () => {
        assert.deepEqual((await org.run('By_Note')).groups(), ['-', 'a', 'B', 'b']);
    });

    it('buckets: upper bounds belong to their bucket, the rest is the others', async () => {
        const result = await org.run('Buckets');
        assert.deepEqual(result.groups(), ['Small [Afar, Else]', 'Big [Afar]']);
        assert.equal(result.values('T!T')['s!Cost__c'], 40.5);
    });

    it('a row limit keeps the first rows, and totals are of them', async () => {
        const result = await org.run('Latest');
        assert.deepEqual(result.rows(), [
            ['Third', '€20.50'],
            ['Late', '€10.00'],
        ]);
        assert.equal(result.values('T!T')['s!Cost__c'], 30.5);
        assert.equal(result.values('T!T')['RowCount'], 2);
    });

    it('re-parented and deleted records count where they are now', async () => {
        const id = await org.visit(nord, { Name: 'Moves', Cost__c: 100, On__c: '2020-01-01' });
        const total = async (shop: string): Promise<unknown> =>
            (
                await org.run('Plain', {
                    metadata: { reportFilters: [{ column: 'Shop__c$Name', operator: 'equals', value: shop }] },
                })
            ).values('T!T')['s!Cost__c'];
        assert.equal(await total(nord), 105);
        await org.org.data('sam', 'PATCH', `/sobjects/Visit__c/${id}`, { Shop__c: sued });
        assert.deepEqual([await total(nord), await total(sued)], [5, 130.5]);
        await org.org.data('sam', 'DELETE', `/sobjects/Visit__c/${id}`);
        assert.equal(await total(sued), 30.5);
    });
});

describe('Thousands of groups and rows', () => {
    it('the first 2,000 are answered, and that it is not all is said; totals are of all', async () => {
        const org = await ShopOrg.start();
        const shop = await org.shop({ Name: 'Nord' });
        const many = Array.from({ length: 2100 }, (_, index) => ({
            ...{ attributes: { type: 'Visit__c' }, Shop__c: shop, Cost__c: 1 },
            ...{ Name: `V${String(index).padStart(4, '0')}`, Note__c: `N${String(index).padStart(4, '0')}` },
        }));
        for (let start = 0; start < many.length; start += 200) {
            await org.org.data('sam', 'POST', '/composite/sobjects', { records: many.slice(start, start + 200) });
        }
        const grouped = await org.run('By_Note', { details: false });
        assert.equal(grouped.groups().length, 2000);
        assert.equal(grouped.groups()[1999], 'N1999');
        assert.equal(at(grouped.body, 'allData'), false);
        assert.equal(grouped.values('T!T')['RowCount'], 2100);
        assert.equal(grouped.factMap['2000!T'], undefined);
        const listed = await org.run('Plain');
        assert.equal(listed.rows().length, 2000);
        assert.equal(at(listed.body, 'allData'), false);
        assert.equal(listed.values('T!T')['s!Cost__c'], 2100);
        assert.equal(at((await org.run('Plain', { details: false })).body, 'allData'), true);
    });
});

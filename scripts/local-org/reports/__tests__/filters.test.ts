import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at } from '../../__tests__/fixture.ts';
import { ShopOrg, visit } from './shops.ts';

const NAME = visit('Name');

describe('Filters of the moment', () => {
    let org: ShopOrg;
    let nord: string;
    before(async () => {
        // Berlin has the 1st of January already.
        org = await ShopOrg.start('2026-12-31T23:30:00.000Z');
        nord = await org.shop({ Name: 'Nord, the first', Budget__c: 10 });
        const sued = await org.shop({ Name: 'Sued' });
        await org.visit(nord, {
            ...{ Name: 'A', Kind__c: 'Meet', Cost__c: 5, Paid__c: true, Note__c: '50% off' },
            ...{ At__c: '2026-12-31T23:10:00.000Z', On__c: '2026-12-31' },
        });
        await org.visit(nord, { Name: 'B', Kind__c: 'Call', Cost__c: 10, At__c: '2026-12-31T12:00:00.000Z' });
        await org.visit(sued, { Name: 'C', Cost__c: -1, On__c: '2027-01-01', Note__c: 'Offer' });
        await org.visit(sued, { Name: 'D', Kind__c: 'Mail' });
    });

    type Line = readonly [column: string, operator: string, value: string];
    const found = async (
        lines: readonly Line[],
        more: Readonly<Record<string, unknown>> = {},
        user = 'sam',
    ): Promise<string> => {
        const reportFilters = lines.map(([column, operator, value]) => ({ column, operator, value }));
        const result = await org.run('Plain', { metadata: { reportFilters, ...more }, user });
        return result
            .rows()
            .map(([, name]) => name)
            .join('');
    };

    const cases: readonly (readonly [words: string, lines: readonly Line[], expected: string])[] = [
        ['several values of a picklist', [[visit('Kind__c'), 'equals', 'Meet,Mail']], 'AD'],
        ['labels of a picklist', [[visit('Kind__c'), 'equals', 'Meets']], 'A'],
        ['not equal takes blanks in', [[visit('Kind__c'), 'notEqual', 'Meet,Call']], 'CD'],
        ['equal to a blank', [[visit('Kind__c'), 'equals', '']], 'C'],
        ['not equal to a blank', [[visit('Kind__c'), 'notEqual', '']], 'ABD'],
        ['numbers', [[visit('Cost__c'), 'greaterOrEqual', '5']], 'AB'],
        ['numbers below zero', [[visit('Cost__c'), 'lessThan', '0']], 'C'],
        ['checkboxes', [[visit('Paid__c'), 'equals', 'True']], 'A'],
        ['checkboxes as numbers', [[visit('Paid__c'), 'equals', '0']], 'BCD'],
        ['text within, its wildcards plain', [[visit('Note__c'), 'contains', '0% o']], 'A'],
        ['text within, case apart', [[visit('Note__c'), 'contains', 'OFF']], 'AC'],
        ['text not within takes blanks in', [[visit('Note__c'), 'notContain', 'offer']], 'ABD'],
        ['text at the start', [[visit('Note__c'), 'startsWith', '5,Of']], 'AC'],
        ['a parent by name, a comma in quotes', [['Shop__c$Name', 'equals', '"Nord, the first"']], 'AB'],
        ['a parent’s number', [['Shop__c$Budget__c', 'equals', '10']], 'AB'],
        ['a formula', [[visit('Won__c'), 'equals', '1']], 'A'],
        ['a day', [[visit('On__c'), 'equals', '2026-12-31']], 'A'],
        ['after a day', [[visit('On__c'), 'greaterThan', '2026-12-31']], 'C'],
        ['no day', [[visit('On__c'), 'equals', '']], 'BD'],
        ['an instant', [[visit('At__c'), 'equals', '2026-12-31T12:00:00Z']], 'B'],
    ];
    for (const [words, lines, expected] of cases) {
        it(words, async () => assert.equal(await found(lines), expected));
    }

    it('a parent by its id', async () => {
        assert.equal(await found([['Shop__c$Name', 'equals', nord]]), 'AB');
    });

    it('today and days of instants are those of the user', async () => {
        const today: readonly Line[] = [[visit('At__c'), 'equals', 'TODAY']];
        assert.deepEqual([await found(today, {}, 'ben'), await found(today, {}, 'nyla')], ['A', 'AB']);
        const before: readonly Line[] = [[visit('At__c'), 'lessThan', 'TODAY']];
        assert.deepEqual([await found(before, {}, 'ben'), await found(before, {}, 'nyla')], ['B', '']);
        const since: readonly Line[] = [[visit('At__c'), 'greaterOrEqual', '2027-01-01']];
        assert.deepEqual([await found(since, {}, 'ben'), await found(since, {}, 'nyla')], ['A', '']);
        assert.equal(await found([[visit('On__c'), 'equals', 'LAST 90 DAYS']], {}, 'ben'), 'AC');
        assert.equal(await found([[visit('On__c'), 'equals', 'LAST_N_QUARTERS:2']], {}, 'ben'), 'A');
    });

    it('the date filter takes days, both included, durations, and everything', async () => {
        const by = (standardDateFilter: unknown, user = 'sam'): Promise<string> =>
            found([], { standardDateFilter }, user);
        const column = visit('At__c');
        const day = { column, durationValue: 'CUSTOM', startDate: '2027-01-01', endDate: '2027-01-01' };
        assert.equal(await by(day, 'ben'), 'A');
        assert.equal(await by(day), '');
        assert.equal(await by({ column, durationValue: 'CUSTOM', startDate: null, endDate: '2026-12-31' }, 'ben'), 'B');
        assert.equal(await by({ column, durationValue: 'CUSTOM', startDate: null, endDate: null }), 'ABCD');
        assert.equal(await by({ column, durationValue: 'THIS_YEAR' }, 'ben'), 'A');
        assert.equal(await by({ column, durationValue: 'LAST_QUARTER' }, 'ben'), 'B');
    });

    it('logic joins them, with brackets and NOT', async () => {
        const lines: readonly Line[] = [
            [visit('Kind__c'), 'equals', 'Meet'],
            [visit('Cost__c'), 'greaterThan', '8'],
            ['Shop__c$Name', 'equals', 'Sued'],
        ];
        assert.equal(await found(lines), '');
        assert.equal(await found(lines, { reportBooleanFilter: '1 OR 2 OR 3' }), 'ABCD');
        assert.equal(await found(lines, { reportBooleanFilter: '3 OR (1 AND NOT 2)' }), 'ACD');
    });

    it('buckets can be filtered by: a drill', async () => {
        const filter = (value: string): unknown => ({
            reportFilters: [{ column: 'BucketField_1', operator: 'equals', value }],
        });
        const small = await org.run('Buckets', { metadata: filter('Small') });
        assert.equal(small.values('T!T')['RowCount'], 3);
        const none = await org.run('Buckets', { metadata: filter('') });
        assert.equal(none.values('T!T')['RowCount'], 1);
    });

    it('columns and order of the moment', async () => {
        const { body } = await org.run('Plain', {
            metadata: { detailColumns: [NAME], sortBy: [{ sortColumn: visit('Cost__c'), sortOrder: 'Desc' }] },
        });
        const rows = at(body, 'factMap', 'T!T', 'rows') as readonly unknown[];
        assert.deepEqual(
            rows.map((row) => at(row, 'dataCells', 0, 'label')),
            ['B', 'A', 'C', 'D'],
        );
        assert.deepEqual(at(body, 'reportMetadata', 'detailColumns'), [NAME]);
    });

    it('what a run answered may be sent back as it is', async () => {
        const { body } = await org.run('By_Kind', { details: false });
        const again = await org.run('By_Kind', {
            metadata: { ...(at(body, 'reportMetadata') as object), hasDetailRows: true },
        });
        assert.deepEqual(again.factMap['T!T']?.aggregates, at(body, 'factMap', 'T!T', 'aggregates'));
    });

    const refused: readonly (readonly [words: string, metadata: unknown, message: RegExp])[] = [
        [
            'a column that is gone',
            { reportFilters: [{ column: visit('Gone__c'), operator: 'equals', value: '1' }] },
            /Gone__c, which its report type does not have/,
        ],
        [
            'an unknown operator',
            { reportFilters: [{ column: NAME, operator: 'within', value: '1' }] },
            /no filter operator within/,
        ],
        [
            'a number that is none',
            { reportFilters: [{ column: visit('Cost__c'), operator: 'equals', value: 'much' }] },
            /“much” is no number/,
        ],
        [
            'a date that is none',
            { reportFilters: [{ column: visit('On__c'), operator: 'equals', value: '2026-02-30' }] },
            /“2026-02-30” is no date/,
        ],
        [
            'a relative date that is none',
            { reportFilters: [{ column: visit('On__c'), operator: 'equals', value: 'SOON' }] },
            /“SOON” is no date/,
        ],
        ...['LAST_N_DAYS:99999999999', 'LAST_N_DAYS:900000', 'NEXT_N_YEARS:90000', '9999-12-31', '0000-01-01'].map(
            (value) =>
                [
                    `the date ${value}, which no calendar has`,
                    { reportFilters: [{ column: visit('At__c'), operator: 'greaterThan', value }] },
                    /is no date for At; write YYYY-MM-DD/,
                ] as const,
        ),
        [
            'text within a number',
            { reportFilters: [{ column: visit('Cost__c'), operator: 'contains', value: '1' }] },
            /invalid operator/,
        ],
        ['logic of filters that are not there', { reportBooleanFilter: '1 AND 2' }, /undefined filter: 1/],
        ['a date filter of no date', { standardDateFilter: { column: NAME, durationValue: 'TODAY' } }, /is no date/],
        [
            'a date filter that ends before it starts',
            {
                standardDateFilter: {
                    ...{ column: visit('On__c'), durationValue: 'CUSTOM' },
                    ...{ startDate: '2026-12-02', endDate: '2026-12-01' },
                },
            },
            /starts on 2026-12-02, after its end on 2026-12-01; swap/,
        ],
        [
            'another grouping',
            { groupingsDown: [{ name: NAME, sortOrder: 'Asc', dateGranularity: 'None' }] },
            /cannot change groupingsDown/,
        ],
        ['another report type', { reportType: { type: 'Other__c' } }, /cannot change reportType/],
        ['what cannot be read', { reportFilters: 'all' }, /cannot be read/],
    ];
    for (const [words, metadata, message] of refused) {
        it(`refuses ${words}`, async () => {
            const { status, body } = await org.answer('Plain', { metadata });
            assert.equal(status, 400);
            assert.match(String(at(body, 0, 'message')), message);
        });
    }

    it('every operator that the describe offers for a column runs on it', async () => {
        const id = await org.reportId('Plain');
        const { body } = await org.org.data('sam', 'GET', `/analytics/reports/${id}/describe`);
        const offered = at(body, 'reportTypeMetadata', 'dataTypeFilterOperatorMap');
        const values = {
            string: ['Name', 'x'],
            currency: ['Cost__c', '1'],
            date: ['On__c', 'TODAY'],
            boolean: ['Paid__c', '1'],
        };
        for (const [type, [field = '', value]] of Object.entries(values)) {
            const names = (at(offered, type) as readonly { readonly name: string }[]).map(({ name }) => name);
            assert.ok(names.length >= 2, type);
            for (const operator of names) {
                const reportFilters = [{ column: visit(field), operator, value }];
                const { status } = await org.answer('Plain', { metadata: { reportFilters } });
                assert.equal(status, 200, `${type} ${operator}`);
            }
        }
    });

    it('unknown reports are not found', async () => {
        const { status, body } = await org.org.data('sam', 'GET', '/analytics/reports/00O000000000001AAA');
        assert.deepEqual([status, at(body, 0, 'errorCode')], [404, 'NOT_FOUND']);
    });
});

/** What the pages of reports make of an answer of the Analytics API: tables, charts, and the filters of a group. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
    Cell,
    Grouping,
    ReportDescription,
    ReportMetadata,
    ReportResult,
} from '../page/lwc/local/analyticsApi/shapes.ts';
import { chartModel } from '../page/lwc/local/chartModel/chartModel.ts';
import { chartTable } from '../page/lwc/local/chartModel/chartTable.ts';
import { filterFields, readList, writeList } from '../page/lwc/local/reportMoment/filterWords.ts';
import {
    changesRows,
    drillInto,
    overridesOf,
    readMoment,
    UNCHANGED,
    writeMoment,
} from '../page/lwc/local/reportMoment/reportMoment.ts';
import { detailTable, grandTotals, rowCount, summaryTable } from '../page/lwc/local/reportRows/reportRows.ts';

const RUN_ID = 'a0B000000000001AAA';
const CSM_ID = '005000000000001AAA';

const METADATA: ReportMetadata = {
    id: '00O000000000001AAA',
    name: 'Save rate',
    description: null,
    reportFormat: 'SUMMARY',
    reportType: { label: 'Runs', type: 'Runs' },
    aggregates: ['FORMULA1', 'RowCount'],
    detailColumns: ['Name', 'ARR'],
    groupingsDown: [
        { name: 'Csm', dateGranularity: 'None' },
        { name: 'Outcome', dateGranularity: 'None' },
    ],
    groupingsAcross: [],
    reportFilters: [
        { column: 'Tier', operator: 'equals', value: 'Critical' },
        { column: 'Gone', operator: 'equals', value: '1' },
    ],
    reportBooleanFilter: '1 OR 2',
    standardDateFilter: { column: 'Closed', durationValue: 'THIS_YEAR', startDate: null, endDate: null },
    chart: null,
    hasDetailRows: false,
    showGrandTotal: true,
    showSubtotals: true,
};

const group = (key: string, label: string, value: Grouping['value'] = label, groupings: Grouping[] = []): Grouping => ({
    key,
    label,
    value,
    groupings,
});
const rate = (value: number | null): Cell => ({ value, label: value === null ? '-' : `${value}%` });
const count = (value: number): Cell => ({ value, label: String(value) });
const facts = (value: number | null, rows: number, details: Cell[][] = []) => ({
    aggregates: [rate(value), count(rows)],
    rows: details.map((dataCells) => ({ dataCells })),
});
const run = (name: string, arr: number): Cell[] => [
    { label: name, value: RUN_ID },
    { label: `€${arr}`, value: { amount: arr } },
];

/** Two CSMs, the second with one outcome only. */
function summary(): ReportResult {
    return {
        attributes: { reportId: METADATA.id, reportName: METADATA.name },
        allData: true,
        hasDetailRows: true,
        reportMetadata: METADATA,
        reportExtendedMetadata: {
            aggregateColumnInfo: {
                FORMULA1: { label: 'Save rate', dataType: 'percent' },
                RowCount: { label: 'Record Count', dataType: 'int' },
            },
            detailColumnInfo: {
                Name: { label: 'Run', dataType: 'string' },
                ARR: { label: 'ARR', dataType: 'currency' },
                Tier: { label: 'Tier', dataType: 'picklist', filterValues: [{ name: 'Critical', label: 'Critical' }] },
            },
            groupingColumnInfo: {
                Csm: { label: 'CSM', dataType: 'string', groupingLevel: 0 },
                Outcome: { label: 'Outcome', dataType: 'picklist', groupingLevel: 1 },
            },
        },
        groupingsDown: {
            groupings: [
                group('0', 'Maya', CSM_ID, [group('0_0', 'Lost'), group('0_1', 'Saved')]),
                group('1', '-', null, [group('1_0', 'Saved')]),
            ],
        },
        groupingsAcross: { groupings: [] },
        factMap: {
            'T!T': facts(60, 5),
            '0!T': facts(50, 4),
            '0_0!T': facts(0, 2, [run('R-1', 10), run('R-2', 20)]),
            '0_1!T': facts(100, 2, [run('R-3', 30)]),
            '1!T': facts(null, 1),
            '1_0!T': facts(null, 1, [run('R-4', 40)]),
        },
    };
}

/** Outcomes by cause; no run of Price was saved. */
function matrix(): ReportResult {
    const base = summary();
    return {
        ...base,
        reportMetadata: {
            ...METADATA,
            reportFormat: 'MATRIX',
            groupingsDown: [{ name: 'Cause', dateGranularity: 'None' }],
            groupingsAcross: [{ name: 'Outcome', dateGranularity: 'None' }],
        },
        groupingsDown: { groupings: [group('0', 'Price'), group('1', 'Sponsor')] },
        groupingsAcross: { groupings: [group('0', 'Lost'), group('1', 'Saved')] },
        factMap: {
            'T!T': facts(40, 6),
            'T!0': facts(0, 4),
            'T!1': facts(100, 2),
            '0!T': facts(0, 3),
            '0!0': facts(0, 3),
            '1!T': facts(66, 3),
            '1!0': facts(0, 1),
            '1!1': facts(100, 2, [run('R-9', 90)]),
        },
    };
}

describe('a summary as a table', () => {
    test('groups with their figures, a subtotal after each outer group, the total last', () => {
        const table = summaryTable(summary());
        assert.deepEqual(table?.rowHeads, ['CSM', 'Outcome']);
        assert.deepEqual(
            table.rows.map(({ kind, heads, figures }) => [
                kind,
                ...heads.map(({ label, repeated }) => (repeated ? '"' : label)),
                ...figures.map(({ label }) => label),
            ]),
            [
                ['group', 'Maya', 'Lost', '0%', '2'],
                ['group', '"', 'Saved', '100%', '2'],
                ['subtotal', 'Subtotal: Maya', '50%', '4'],
                ['group', '-', 'Saved', '-', '1'],
                ['subtotal', 'Subtotal: -', '-', '1'],
                ['total', 'Total', '60%', '5'],
            ],
        );
    });
    test('an inner group leads into itself and the group around it', () => {
        const [, saved] = summaryTable(summary())?.rows ?? [];
        assert.deepEqual(saved?.heads[1]?.drill, [
            { label: 'CSM: Maya', filters: [{ column: 'Csm', operator: 'equals', value: CSM_ID }] },
            { label: 'Outcome: Saved', filters: [{ column: 'Outcome', operator: 'equals', value: 'Saved' }] },
        ]);
    });
    test('what the report does not total has no such row', () => {
        const result = summary();
        const table = summaryTable({
            ...result,
            reportMetadata: { ...METADATA, showGrandTotal: false, showSubtotals: false },
        });
        assert.deepEqual(
            table?.rows.map(({ kind }) => kind),
            ['group', 'group', 'group'],
        );
    });
    test('a tabular report has none', () => {
        const result = summary();
        assert.equal(summaryTable({ ...result, reportMetadata: { ...METADATA, groupingsDown: [] } }), undefined);
    });
    test('grand totals and the count of rows', () => {
        assert.deepEqual(grandTotals(summary()), [
            { key: 'FORMULA1', label: 'Save rate', value: '60%' },
            { key: 'RowCount', label: 'Record Count', value: '5' },
        ]);
        assert.equal(rowCount(summary()), 5);
    });
});

describe('a matrix as a table', () => {
    test('groups across as columns, each with its figures, and a total', () => {
        const table = summaryTable(matrix());
        assert.deepEqual(
            table?.columnHeads.map((line) => line.map(({ label, span }) => `${label}/${span}`)),
            [
                ['Lost/2', 'Saved/2', 'Total/2'],
                ['Save rate/1', 'Record Count/1', 'Save rate/1', 'Record Count/1', 'Save rate/1', 'Record Count/1'],
            ],
        );
        assert.deepEqual(
            table.rows.map(({ figures }) => figures.map(({ label }) => label)),
            [
                ['0%', '3', '–', '–', '0%', '3'],
                ['0%', '1', '100%', '2', '66%', '3'],
                ['0%', '4', '100%', '2', '40%', '6'],
            ],
        );
    });
});

describe('the rows behind the figures', () => {
    test('each with its groups in front, linked by the id, amounts as numbers', () => {
        const { columns, rows } = detailTable(summary());
        assert.deepEqual(
            columns.map(({ label, numeric }) => [label, numeric]),
            [
                ['CSM', false],
                ['Outcome', false],
                ['Run', false],
                ['ARR', true],
            ],
        );
        assert.deepEqual(
            rows.map(({ cells }) => cells.map(({ label }) => label)),
            [
                ['Maya', 'Lost', 'R-1', '€10'],
                ['Maya', 'Lost', 'R-2', '€20'],
                ['Maya', 'Saved', 'R-3', '€30'],
                ['-', 'Saved', 'R-4', '€40'],
            ],
        );
        assert.equal(rows[0]?.cells[2]?.recordId, RUN_ID);
        assert.equal(rows[0].cells[3]?.recordId, undefined);
        assert.equal(new Set(rows.map(({ key }) => key)).size, 4);
    });
    test('of a matrix too', () => {
        assert.deepEqual(
            detailTable(matrix()).rows.map(({ cells }) => cells.map(({ label }) => label)),
            [['Sponsor', 'Saved', 'R-9', '€90']],
        );
    });
});

describe('a chart', () => {
    const bars = { type: 'HorizontalBar', stacked: false, groupings: ['Csm'], figures: ['FORMULA1'], title: '' };

    test('one value for each group, none drawn where there is none', () => {
        const model = chartModel(summary(), bars);
        assert.equal(model?.kind, 'bar');
        assert.deepEqual(
            model.categories.map(({ label }) => label),
            ['Maya', '-'],
        );
        assert.deepEqual(model.series[0]?.values, [50, null]);
        assert.equal(model.message, 'Save rate by CSM. Save rate: Maya, 50%.');
    });
    test('the second grouping divides it, nested or across', () => {
        const nested = chartModel(summary(), {
            ...bars,
            type: 'VerticalColumnStacked',
            groupings: ['Csm', 'Outcome'],
            figures: ['RowCount'],
        });
        assert.deepEqual(
            nested?.series.map(({ label, values }) => [label, values]),
            [
                ['Lost', [2, null]],
                ['Saved', [2, 1]],
            ],
        );
        assert.equal(nested.stacked, true);
        const across = chartModel(matrix(), { ...bars, groupings: ['Cause', 'Outcome'], figures: ['RowCount'] });
        assert.deepEqual(
            across?.series.map(({ label, values }) => [label, values]),
            [
                ['Lost', [3, 1]],
                ['Saved', [null, 2]],
            ],
        );
    });
    test('figures of another unit stay in the table', () => {
        const model = chartModel(summary(), { ...bars, figures: ['FORMULA1', 'RowCount'] });
        assert.deepEqual(
            model?.series.map(({ label }) => label),
            ['Save rate'],
        );
    });
    test('highest and lowest are told; what is too much is counted', () => {
        const groups = Array.from({ length: 30 }, (_unused, at) => group(String(at), `P${at}`));
        const many: ReportResult = {
            ...matrix(),
            reportMetadata: { ...matrix().reportMetadata, groupingsAcross: [] },
            groupingsDown: { groupings: groups },
            factMap: Object.fromEntries(groups.map(({ key }) => [`${key}!T`, facts(Number(key), 1)])),
        };
        const model = chartModel(many, { ...bars, groupings: ['Cause'] });
        assert.equal(model?.categories.length, 24);
        assert.equal(model.left, 6);
        assert.match(model.message, /highest P23, 23%; lowest P0, 0%\. 24 groups\.$/);
    });
    test('a grouping or figure that the report lacks gives no chart', () => {
        assert.equal(chartModel(summary(), { ...bars, groupings: ['Nowhere'] }), undefined);
        assert.equal(chartModel(summary(), { ...bars, figures: ['s!Nothing'] }), undefined);
    });
    test('the table behind it says the same', () => {
        const model = chartModel(summary(), bars);
        assert.ok(model);
        assert.deepEqual(
            chartTable(model).rows.map(({ heads, figures }) => [heads[0]?.label, figures[0]?.label]),
            [
                ['Maya', '50%'],
                ['-', '-'],
            ],
        );
    });
});

describe('what a report shows for the moment', () => {
    test('is read back from its address as it was written', () => {
        const moment = {
            ...UNCHANGED,
            range: { durationValue: 'CUSTOM', startDate: '2026-01-01', endDate: null },
            values: [undefined, 'a, b & c'],
            drill: [drillInto({ name: 'Csm', dateGranularity: 'None' }, 'CSM', group('0', 'Maya', CSM_ID))],
            details: true,
            from: '01Z000000000001AAA',
        };
        const back = readMoment(writeMoment(moment));
        assert.deepEqual({ ...back, values: [...back.values] }, { ...moment, unreadable: false });
        assert.equal(writeMoment(UNCHANGED), '');
        assert.equal(changesRows(readMoment('?details=1&from=x')), false);
    });
    test('an address that cannot be read says so and changes nothing', () => {
        for (const search of ['?drill=[', '?drill=[{"label":1}]', '?date=whenever', '?drill={"label":"x"}']) {
            const moment = readMoment(search);
            assert.equal(moment.unreadable, true, search);
            assert.equal(changesRows(moment), false, search);
        }
    });
    test('filters of a group are added to the own ones, also to their logic', () => {
        const drill = [drillInto({ name: 'Outcome', dateGranularity: 'None' }, 'Outcome', group('0', 'Saved'))];
        const { reportFilters, reportBooleanFilter, standardDateFilter } = overridesOf(METADATA, {
            values: ['High'],
            drill,
            range: { durationValue: 'LAST_N_DAYS:90', startDate: null, endDate: null },
        });
        assert.deepEqual(
            reportFilters?.map(({ column, value }) => `${column}=${value}`),
            ['Tier=High', 'Gone=1', 'Outcome=Saved'],
        );
        assert.equal(reportBooleanFilter, '(1 OR 2) AND 3');
        assert.deepEqual(standardDateFilter?.column, 'Closed');
        assert.deepEqual(overridesOf(METADATA, UNCHANGED), {});
    });
    for (const [granularity, value, end] of [
        ['Month', '2024-02-01', '2024-03-01'],
        ['Quarter', '2026-10-01', '2027-01-01'],
        ['Year', '2026-01-01', '2027-01-01'],
        ['Week', '2026-12-28', '2027-01-04'],
        ['Day', '2024-02-28', '2024-02-29'],
    ] as const) {
        test(`a ${granularity} from ${value} ends before ${end}`, () => {
            const { filters } = drillInto(
                { name: 'Closed', dateGranularity: granularity },
                'Closed',
                group('0', 'x', value),
            );
            assert.deepEqual(filters, [
                { column: 'Closed', operator: 'greaterOrEqual', value },
                { column: 'Closed', operator: 'lessThan', value: end },
            ]);
        });
    }
    test('a blank group, a name with a comma, a checkbox', () => {
        const into = (value: Grouping['value'], label: string): string | undefined =>
            drillInto({ name: 'C', dateGranularity: 'None' }, 'C', group('0', label, value)).filters[0]?.value;
        assert.equal(into(null, '-'), '');
        assert.equal(into('Vane, "Big" & Sons', 'Vane, "Big" & Sons'), '"Vane, ""Big"" & Sons"');
        assert.equal(into(false, 'false'), 'false');
    });
});

describe('the own filters in a form', () => {
    test('a picklist is ticked, a column that is gone says what to do', () => {
        const { reportMetadata, reportExtendedMetadata } = summary();
        const report: ReportDescription = {
            reportMetadata,
            reportExtendedMetadata,
            reportTypeMetadata: { categories: [], dataTypeFilterOperatorMap: {}, standardDateFilterDurationGroups: [] },
        };
        const [tier, gone] = filterFields(report, UNCHANGED);
        assert.equal(tier?.label, 'Tier equals');
        assert.deepEqual(tier.choices, [{ value: 'Critical', label: 'Critical' }]);
        assert.match(gone?.problem ?? '', /The column Gone does not exist any more/);
    });
    test('lists are read as the platform writes them', () => {
        assert.deepEqual(readList('a, "b, ""c""",d'), ['a', 'b, "c"', 'd']);
        assert.deepEqual(readList(''), []);
        assert.equal(writeList(['a', 'b, c']), 'a,"b, c"');
    });
});

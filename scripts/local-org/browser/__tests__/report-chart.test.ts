/** What a chart with two groupings leaves out, and what it keeps apart. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Grouping, ReportResult } from '../page/lwc/local/analyticsApi/shapes.ts';
import { chartModel, leftNote } from '../page/lwc/local/chartModel/chartModel.ts';
import { summaryTable } from '../page/lwc/local/reportRows/reportRows.ts';

type Part = readonly [label: string, value: string | null];

/** Runs by quarter and CSM: as many of each part as its position in the quarter, counted from one. */
function byQuarter(...quarters: readonly (readonly Part[])[]): ReportResult {
    const groupings = quarters.map((parts, at): Grouping => ({
        ...{ key: String(at), label: `Q${at + 1}`, value: `2026-0${at * 3 + 1}-01` },
        groupings: parts.map(([label, value], part) => ({ key: `${at}_${part}`, label, value, groupings: [] })),
    }));
    const counted = (count: number) => ({ aggregates: [{ value: count, label: String(count) }], rows: [] });
    return {
        attributes: { reportId: '00O000000000001AAA', reportName: 'Runs' },
        allData: true,
        hasDetailRows: false,
        reportMetadata: {
            ...{ id: '00O000000000001AAA', name: 'Runs', description: null, reportFormat: 'SUMMARY', chart: null },
            reportType: { label: 'Runs', type: 'Runs' },
            ...{ aggregates: ['RowCount'], detailColumns: [], groupingsAcross: [], reportFilters: [] },
            groupingsDown: ['Quarter', 'Csm'].map((name) => ({ name, dateGranularity: 'None' })),
            ...{ reportBooleanFilter: null, standardDateFilter: null, hasDetailRows: false },
            ...{ showGrandTotal: true, showSubtotals: true },
        },
        reportExtendedMetadata: {
            aggregateColumnInfo: { RowCount: { label: 'Record Count', dataType: 'int' } },
            ...{ detailColumnInfo: {}, groupingColumnInfo: {} },
        },
        groupingsDown: { groupings },
        groupingsAcross: null,
        factMap: Object.fromEntries(
            groupings
                .flatMap(({ groupings: parts }) => parts)
                .map(({ key }) => [`${key}!T`, counted(Number(key.split('_')[1]) + 1)] as const),
        ),
    };
}

const WISH = { type: 'HorizontalBar', groupings: ['Quarter', 'Csm'], figures: ['RowCount'], title: '' };
const seriesOf = (result: ReportResult): unknown =>
    chartModel(result, { ...WISH, stacked: true })?.series.map(({ label, values }) => [label, values]);

describe('a chart divided by a second grouping', () => {
    test('keeps two records of one name apart, and knows each again in the next group', () => {
        const [first, second] = [
            ['Maya', '005000000000001AAA'],
            ['Maya', '005000000000002AAA'],
        ] as const;
        assert.deepEqual(seriesOf(byQuarter([first, second], [second])), [
            ['Maya', [1, null]],
            ['Maya', [2, 1]],
        ]);
    });
    test('names a blank part', () => {
        assert.deepEqual(seriesOf(byQuarter([['', null]])), [['Blank', [1]]]);
    });
    test('says how many parts it leaves out, and that stacked bars are short of them', () => {
        const parts = Array.from({ length: 11 }, (_unused, at): Part => [`C${at}`, String(at)]);
        const noteOf = (stacked: boolean, ...quarters: (readonly Part[])[]): string => {
            const model = chartModel(byQuarter(...quarters), { ...WISH, stacked });
            assert.ok(model);
            assert.equal(model.series.length, Math.min(8, quarters[0]?.length ?? 0));
            return leftNote(model);
        };
        assert.equal(
            noteOf(true, parts),
            'The first 8 parts of each group; the report has 3 more, so that bars may be shorter than their totals.',
        );
        assert.equal(noteOf(false, parts), 'The first 8 parts of each group; the report has 3 more.');
        assert.equal(noteOf(true, parts.slice(0, 8)), '');
    });
    test('says so of groups, too', () => {
        const model = chartModel(byQuarter([['A', 'a']], [['A', 'a']], [['A', 'a']]), {
            ...WISH,
            ...{ stacked: false, most: 2 },
        });
        assert.ok(model);
        assert.equal(leftNote(model), 'The first 2 groups; the report has 1 more.');
    });
});

test('where no row is counted there is no rate, whatever its formula answers', () => {
    const base = byQuarter([['A', 'a']], [['B', 'b']]);
    const cells = (rate: number, rows: number) => ({
        aggregates: [
            { value: rate, label: `${rate}%` },
            { value: rows, label: String(rows) },
        ],
        rows: [],
    });
    const matrix: ReportResult = {
        ...base,
        reportMetadata: {
            ...base.reportMetadata,
            ...{ aggregates: ['FORMULA1', 'RowCount'], showGrandTotal: false },
            groupingsDown: [{ name: 'Quarter', dateGranularity: 'None' }],
            groupingsAcross: [{ name: 'Csm', dateGranularity: 'None' }],
        },
        groupingsDown: { groupings: [{ key: '0', label: 'Q1', value: '2026-01-01', groupings: [] }] },
        groupingsAcross: {
            groupings: ['A', 'B'].map((label, at) => ({ key: String(at), label, value: label, groupings: [] })),
        },
        factMap: { '0!0': cells(0, 3), '0!1': cells(0, 0), '0!T': cells(0, 3) },
    };
    const [row] = summaryTable(matrix)?.rows ?? [];
    assert.deepEqual(
        row?.figures.map(({ label }) => label),
        ['0%', '3', '–', '0', '0%', '3'],
    );
    const chart = chartModel(matrix, { ...WISH, stacked: false, figures: ['FORMULA1'] });
    assert.deepEqual(
        chart?.series.map(({ values }) => values),
        [[0], [null]],
    );
});

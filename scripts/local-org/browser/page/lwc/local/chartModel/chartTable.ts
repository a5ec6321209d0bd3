/** The table behind a chart: its groups and its values, no more and no less. Pure. */
import type { SummaryTable } from '../reportRows/reportRows.ts';
import type { ChartModel } from './chartModel.ts';

export function chartTable({ categoryLabel, categories, series }: ChartModel): SummaryTable {
    return {
        rowHeads: [categoryLabel],
        columnHeads: [series.map(({ label }, index) => ({ key: String(index), label, span: 1 }))],
        rows: categories.map(({ key, label, drill }, at) => ({
            key,
            kind: 'group',
            heads: [{ key: 'group', label, repeated: false, drill }],
            figures: series.map(({ labels }, index) => ({ key: String(index), label: labels[at] ?? '' })),
        })),
    };
}

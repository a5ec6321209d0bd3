import { api, LightningElement } from 'lwc';
import type { DrillStep } from '../reportMoment/reportMoment.ts';
import type { SummaryTable } from '../reportRows/reportRows.ts';

/** Address that a group leads to. */
export type HrefOf = (drill: readonly DrillStep[]) => string;

interface Head {
    readonly key: string;
    readonly label: string;
    readonly href: string | undefined;
    readonly span: number;
}

const AT_FIRST = 200;

/** The groups of a report with their figures, subtotals and total; each group is a link into it. */
export default class ReportTable extends LightningElement {
    @api label = '';
    @api table!: SummaryTable;
    @api hrefOf!: HrefOf;
    showAll = false;

    get headDepth(): number {
        return this.table.columnHeads.length;
    }
    get headLines(): {
        key: string;
        corner: { key: string; label: string }[];
        heads: (Head & { scope: string; className: string })[];
    }[] {
        const { rowHeads, columnHeads } = this.table;
        const isMatrix = columnHeads.some((line) => line.some(({ span, drill }) => span > 1 || drill));
        return columnHeads.map((line, level) => ({
            key: String(level),
            corner: level === 0 ? rowHeads.map((label, index) => ({ key: `corner${index}`, label })) : [],
            heads: line.map(({ key, label, span, drill }) => {
                const isFigure = level === columnHeads.length - 1 && !(isMatrix && columnHeads.length === 1);
                return {
                    key,
                    label,
                    span,
                    href: drill?.length ? this.hrefOf(drill) : undefined,
                    scope: span > 1 ? 'colgroup' : 'col',
                    className: isFigure || span === 1 ? 'numeric' : 'across',
                };
            }),
        }));
    }
    get lines(): {
        key: string;
        className: string;
        heads: (Head & { repeated: boolean; title: string })[];
        figures: SummaryTable['rows'][number]['figures'];
    }[] {
        const rows = this.showAll ? this.table.rows : this.table.rows.slice(0, AT_FIRST);
        const depth = Math.max(1, this.table.rowHeads.length);
        return rows.map(({ key, kind, heads, figures }) => ({
            key,
            className: kind,
            heads: heads.map(({ key: name, label, repeated, drill }) => ({
                key: name,
                label: label || 'Blank',
                repeated,
                title: `Records of ${label || 'Blank'}`,
                href: drill.length ? this.hrefOf(drill) : undefined,
                span: heads.length === depth ? 1 : depth,
            })),
            figures,
        }));
    }
    get left(): number {
        return this.showAll ? 0 : Math.max(0, this.table.rows.length - AT_FIRST);
    }
    get moreLabel(): string {
        return `Show ${this.left} more rows`;
    }

    handleMore(): void {
        this.showAll = true;
    }
}

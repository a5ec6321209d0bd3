import { api, LightningElement } from 'lwc';
import type { DetailTable } from '../reportRows/reportRows.ts';
import { hrefOf } from 'local/router';

const STEP = 50;
/** Rows as cards are long: among other tiles on a phone a few will do. */
const FEW = 5;

/** The rows behind a report's figures, linked to their records. */
export default class ReportRecords extends LightningElement {
    @api label = '';
    /** Shows no more than these; blank: a page at a time. */
    @api most: number | undefined;
    private rows!: DetailTable;
    private shown = STEP;

    @api get table(): DetailTable {
        return this.rows;
    }
    set table(table: DetailTable) {
        this.rows = table;
        this.shown = STEP;
    }

    get columns(): { name: string; label: string; className: string }[] {
        return this.rows.columns.map(({ name, label, numeric }) => ({
            name,
            label,
            className: numeric ? 'numeric' : '',
        }));
    }
    get lines(): {
        key: string;
        className: string;
        cells: { key: string; label: string; href: string | undefined; column: string; className: string }[];
    }[] {
        return this.rows.rows.slice(0, this.most ?? this.shown).map(({ key, cells }, at) => ({
            key,
            className: this.most !== undefined && at >= FEW ? 'beyond-few' : '',
            cells: cells.map((cell, index) => {
                const column = this.rows.columns[index];
                return {
                    key: cell.key,
                    label: cell.label,
                    column: column?.label ?? '',
                    className: column?.numeric ? 'numeric' : '',
                    href: cell.recordId ? hrefOf({ page: 'record', recordId: cell.recordId }) : undefined,
                };
            }),
        }));
    }
    /** Shown only where the rows are cards. */
    get fewNote(): string {
        return this.most !== undefined && this.rows.rows.length > FEW
            ? `The first ${FEW}; the report has the others.`
            : '';
    }
    get left(): number {
        return this.most === undefined ? Math.max(0, this.rows.rows.length - this.shown) : 0;
    }
    get moreLabel(): string {
        return `Show ${Math.min(STEP, this.left)} more of ${this.left}`;
    }

    handleMore(): void {
        this.shown += STEP;
    }
}

import { api, LightningElement } from 'lwc';
import type { ListColumn, ListRow } from '../../../../../page-contract.ts';
import { formatValue } from 'local/formatting';
import { hrefOf } from 'local/router';

interface Header {
    readonly field: string;
    readonly label: string;
    readonly sort: 'ascending' | 'descending' | null;
    readonly arrow: string;
    readonly className: string;
}
interface Line {
    readonly id: string;
    readonly cells: readonly {
        readonly field: string;
        readonly label: string;
        readonly text: string;
        readonly href: string | undefined;
        readonly external: string | undefined;
        readonly className: string;
    }[];
}

const NUMERIC = new Set(['Double', 'Int', 'Currency', 'Percent']);

/** Rows as the server gives them. Fires `sort` with a column's field; where there is little room each row becomes a card. */
export default class RecordTable extends LightningElement {
    @api label = '';
    @api columns: readonly ListColumn[] = [];
    @api rows: readonly ListRow[] = [];
    @api sortable = false;
    /** Texts may take several lines; otherwise they are cut off. */
    @api wrap = false;
    /** A column's field path, `-` before it for descending. */
    @api sort = '';

    get tableClass(): string {
        return this.wrap ? 'slds-table table table_wrap' : 'slds-table table';
    }
    get headers(): Header[] {
        return this.columns.map(({ field, label, dataType }) => {
            const direction = this.sort === field ? 'ascending' : this.sort === `-${field}` ? 'descending' : null;
            return {
                field,
                label,
                sort: direction,
                arrow: direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : '',
                className: NUMERIC.has(dataType) ? 'numeric' : '',
            };
        });
    }
    get lines(): Line[] {
        return this.rows.map((row) => ({
            id: row.id,
            cells: this.columns.map(({ field, label, dataType, link }) => {
                const cell = row.cells[field];
                const recordId = link === 'row' ? row.id : link === 'reference' ? cell?.recordId : undefined;
                const text = cell?.displayValue ?? formatValue(cell?.value, dataType);
                return {
                    field,
                    label,
                    text: text || (link === 'row' ? row.id : ''),
                    href: recordId ? hrefOf({ page: 'record', recordId }) : undefined,
                    external: dataType === 'Url' && /^https?:\/\//i.test(text) ? text : undefined,
                    className: `cell ${NUMERIC.has(dataType) ? 'numeric' : ''} ${link === 'row' ? 'lead' : ''}`,
                };
            }),
        }));
    }

    handleSort(event: Event): void {
        const { field } = (event.currentTarget as HTMLElement).dataset;
        this.dispatchEvent(new CustomEvent('sort', { detail: { field } }));
    }
}

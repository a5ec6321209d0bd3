import { displayValue } from '../api/display.ts';
import type { Session } from '../store/session.ts';
import { fromStored, type Stored } from '../store/values.ts';
import type { ReportColumn } from './columns.ts';

export interface DataCell {
    readonly label: string;
    readonly value: unknown;
}

/** What a value says to the user; `-` for a blank. */
export function cellLabel(session: Session, column: ReportColumn, stored: Stored): string {
    const field = column.shownField;
    const value = fromStored(field.kind, stored);
    if (value === null || value === '') {
        return '-';
    }
    return displayValue(session, field, value) ?? String(value);
}

/** A cell of the details: of names and lookups the value is the record's id, of money it carries the currency, as the platform gives them. */
export function dataCell(session: Session, column: ReportColumn, shown: Stored, link: Stored | undefined): DataCell {
    const label = cellLabel(session, column, shown);
    if (link !== undefined) {
        return { label, value: link };
    }
    const value = shown === null ? null : fromStored(column.shownField.kind, shown);
    return {
        label,
        value: column.shownField.kind === 'Currency' && value !== null ? { amount: value, currency: null } : value,
    };
}

/** Rows of a sweep as the text that an ingest job takes. */
import { stringify } from 'csv-stringify/sync';
import type { PlannedRow } from './outbox.ts';

/** In a bulk job an empty cell leaves a field as it is, and this empties it. */
const EMPTY = '#N/A';

/**
 * `now`: the moment of sending becomes Swept At, so that a row that is sent twice meets the run's lock both times: that one looks at
 * changes of Swept At.
 */
export function jobCsv(rows: readonly PlannedRow[], now: string): string {
    const names = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))];
    const isUpdate = rows.some(({ recordId }) => recordId !== null);
    const cells = rows.map(({ fields, recordId }) => [
        ...(recordId === null ? [] : [recordId]),
        ...names.map((name) => cellOf(name === 'Swept_At__c' && name in fields ? now : fields[name], isUpdate)),
    ]);
    return stringify([[...(isUpdate ? ['Id'] : []), ...names], ...cells]);
}

function cellOf(value: string | number | boolean | null | undefined, isUpdate: boolean): string {
    if (value === undefined) {
        return '';
    }
    return value === null || value === '' ? (isUpdate ? EMPTY : '') : String(value);
}

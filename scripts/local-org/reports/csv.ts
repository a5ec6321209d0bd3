import { stringify } from 'csv-stringify/sync';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { cellsOf } from './fact-map.ts';
import { nodesOf } from './groups.ts';
import type { ReportPlan } from './plan.ts';
import { runReport } from './run.ts';
import { spreadsheetText } from './spreadsheet-text.ts';

export interface ReportCsv {
    /** `Save_Rate_by_Playbook-2026-11-22.csv`. */
    readonly fileName: string;
    /** UTF-8 with a byte order mark, which spreadsheets need to read it as such. */
    readonly content: string;
}

/** All rows of a report, its groupings first, in the order of its groups. */
export function reportCsv(store: OrgStore, session: Session, plan: ReportPlan): ReportCsv {
    const run = runReport(store, session, plan, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const columns = run.cells.map(({ column }) => column);
    const acrossNodes = [...nodesOf(run.across)].filter((node) => node.children.length === 0);
    const rows: (string | number)[][] = [];
    for (const down of nodesOf(run.down)) {
        for (const across of acrossNodes) {
            for (const row of down.existing(across)?.rows ?? []) {
                rows.push(cellsOf(session, run, row, 0).map(({ label, value }) => csvValue(label, value)));
            }
        }
    }
    const header = columns.map(({ label }) => spreadsheetText(label));
    return {
        fileName: `${plan.report.developerName}-${store.now().slice(0, 10)}.csv`,
        content: stringify([header, ...rows], { bom: true, record_delimiter: '\r\n', quoted_string: true }),
    };
}

/** Numbers stay numbers; days and instants as ISO, which every spreadsheet reads alike. */
function csvValue(label: string, value: unknown): string | number {
    const amount = typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value;
    if (amount === null) {
        return '';
    }
    if (typeof amount === 'number') {
        return amount;
    }
    const isMoment = typeof amount === 'string' && /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(amount);
    return isMoment ? amount : spreadsheetText(label);
}

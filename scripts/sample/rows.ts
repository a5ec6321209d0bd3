/** The sample's CSV files as rows, and rows as field values. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CommandError } from '../lib/errors.ts';
import type { FieldValue, RecordFields } from '../lib/records.ts';
import { resolveDay } from './relative-date.ts';

/** One row, blank columns as ''. */
export interface SampleRow {
    readonly file: string;
    /** 1-based line of the file. */
    readonly line: number;
    readonly columns: Readonly<Record<string, string>>;
}

export interface SampleData {
    readonly accounts: readonly SampleRow[];
    readonly contacts: readonly SampleRow[];
    readonly cases: readonly SampleRow[];
}

export async function readSample(directory: string): Promise<SampleData> {
    const [accounts, contacts, cases] = await Promise.all(
        ['accounts.csv', 'contacts.csv', 'cases.csv'].map((name) => readRows(join(directory, name))),
    );
    return { accounts: accounts ?? [], contacts: contacts ?? [], cases: cases ?? [] };
}

async function readRows(file: string): Promise<SampleRow[]> {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(await readFile(file), {
        bom: true,
        columns: true,
        info: true,
        trim: true,
        skip_empty_lines: true,
    });
    return rows.map(({ record, info }) => ({ file, line: info.lines, columns: record }));
}

/** Column of a row; a missing column is a mistake of the file. */
export function column(row: SampleRow, name: string): string {
    const value = row.columns[name];
    if (value === undefined) {
        throw sampleError(row, `The column ${name} is missing.`, 'Add it to the first line of the file.');
    }
    return value;
}

export function sampleError(row: SampleRow, message: string, action: string): CommandError {
    return new CommandError(`${row.file}:${row.line}: ${message}`, action);
}

const TEXTS: Readonly<Record<string, string>> = {
    name: 'Name',
    industry: 'Industry',
    website: 'Website',
    segment: 'Segment__c',
};
const NUMBERS: Readonly<Record<string, string>> = {
    arr: 'ARR__c',
    health: 'Health_Score__c',
    usage: 'Usage_Current__c',
    usage_before: 'Usage_Previous__c',
    earlier_usage_change: 'Earlier_Usage_Change__c',
    nps: 'NPS__c',
};
const DAYS: Readonly<Record<string, string>> = {
    renewal: 'Renewal_Date__c',
    customer_since: 'Customer_Since__c',
    health_on: 'Health_Score_On__c',
    usage_on: 'Usage_On__c',
    earlier_usage_on: 'Earlier_Usage_On__c',
    champion_left_on: 'Champion_Left_On__c',
    competitor_named_on: 'Competitor_Named_On__c',
    notice_given_on: 'Notice_Given_On__c',
    churned_on: 'Churned_On__c',
    nps_on: 'NPS_On__c',
    last_review: 'Last_Review_On__c',
};

/** Field values of an account row, without owner and champion, which are records of their own. */
export function accountFields(row: SampleRow, today: string): RecordFields {
    const fields: Record<string, FieldValue> = { External_Id__c: column(row, 'key') };
    for (const [name, field] of Object.entries(TEXTS)) {
        fields[field] = column(row, name) || null;
    }
    for (const [name, field] of Object.entries(NUMBERS)) {
        fields[field] = numberColumn(row, name);
    }
    for (const [name, field] of Object.entries(DAYS)) {
        fields[field] = dayColumn(row, name, today);
    }
    // The newest reading waits to become the earlier one, as the usage import leaves it.
    const usage = numberColumn(row, 'usage');
    const before = numberColumn(row, 'usage_before');
    fields['Pending_Usage_On__c'] = fields['Usage_On__c'] ?? null;
    fields['Pending_Usage_Change__c'] =
        usage === null || before === null || before === 0 ? null : Math.round(((usage - before) / before) * 1000) / 10;
    return fields;
}

function numberColumn(row: SampleRow, name: string): number | null {
    const text = column(row, name);
    if (text === '') {
        return null;
    }
    const value = Number(text);
    if (!Number.isFinite(value)) {
        throw sampleError(row, `“${text}” in ${name} is no number.`, 'Write it with a point and without units.');
    }
    return value;
}

export function dayColumn(row: SampleRow, name: string, today: string): string | null {
    try {
        return resolveDay(column(row, name), today);
    } catch (error) {
        if (error instanceof RangeError) {
            throw sampleError(row, `In ${name}: ${error.message}`, 'Correct the day.');
        }
        throw error;
    }
}

/** The sample accounts, their contacts and cases into an org, through the public API. Safe to run twice. */
import type { Connection } from 'jsforce';
import { describeSaveErrors } from '../lib/errors.ts';
import { createRecords, queryAll, requireIds, updateRecords, upsertRecords } from '../lib/records.ts';
import type { RecordFields, SavedRecord } from '../lib/records.ts';
import { soqlIn } from '../lib/soql.ts';
import { accountFields, column, dayColumn, readSample, sampleError } from './rows.ts';
import type { SampleRow } from './rows.ts';

export interface SampleInput {
    readonly connection: Connection;
    /** Folder with accounts.csv, contacts.csv and cases.csv. */
    readonly directory: string;
    /** `YYYY-MM-DD`: what `today` in the files means. */
    readonly today: string;
    readonly log?: (line: string) => void;
}

export interface SampleSummary {
    readonly accounts: number;
    readonly contacts: number;
    readonly cases: number;
}

/** Throws CommandError, naming file and line, for a row that cannot be loaded. */
export async function loadSample({ connection, directory, today, log }: SampleInput): Promise<SampleSummary> {
    const sample = await readSample(directory);
    const users = await usersByBeginning(connection);
    const userId = (row: SampleRow, name: string): string => {
        const beginning = column(row, name);
        const id = users(beginning);
        if (id === null) {
            throw sampleError(
                row,
                `No active user's name begins with “${beginning}@”.`,
                'Create the user or name another one.',
            );
        }
        return id;
    };
    const known = await storedKeys(connection, sample.accounts);
    const accounts = sample.accounts.map((row) => ({
        ...accountFields(row, today),
        ...(known.has(column(row, 'key'))
            ? {}
            : atCreation({ LastActivityDate: dayColumn(row, 'last_activity', today) })),
        OwnerId: userId(row, 'owner'),
        CSM__c: userId(row, 'csm'),
    }));
    const accountIds = idsByKey(
        sample.accounts,
        await upsertRecords(connection, 'Account', 'External_Id__c', accounts, { allOrNone: true }),
    );
    const accountId = (row: SampleRow): string => {
        const id = accountIds.get(column(row, 'account'));
        if (id === undefined) {
            throw sampleError(
                row,
                `There is no account with the key “${column(row, 'account')}”.`,
                'Use a key of accounts.csv.',
            );
        }
        return id;
    };
    const contactIds = await saveChildren(connection, 'Contact', 'Email', sample.contacts, accountIds, (row) => ({
        AccountId: accountId(row),
        FirstName: column(row, 'first_name') || null,
        LastName: column(row, 'last_name'),
        Title: column(row, 'title') || null,
        Email: column(row, 'email'),
        Phone: column(row, 'phone') || null,
    }));
    await saveChampions(connection, sample.accounts, accountIds, contactIds);
    await saveChildren(connection, 'Case', 'Subject', sample.cases, accountIds, (row) => {
        const opened = dayColumn(row, 'opened', today);
        return {
            AccountId: accountId(row),
            Subject: column(row, 'subject'),
            Status: column(row, 'status'),
            Priority: column(row, 'priority'),
            ...atCreation({ CreatedDate: opened === null ? null : `${opened}T09:00:00.000Z` }),
        };
    });
    const summary = {
        accounts: sample.accounts.length,
        contacts: sample.contacts.length,
        cases: sample.cases.length,
    };
    log?.(`Sample: ${summary.accounts} accounts, ${summary.contacts} contacts, ${summary.cases} cases`);
    return summary;
}

/** Fields that only the creation of a record may set, blank ones left out. */
function atCreation(fields: RecordFields): RecordFields {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** Keys of the sample's accounts that the org has already. */
async function storedKeys(connection: Connection, rows: readonly SampleRow[]): Promise<ReadonlySet<unknown>> {
    const keys = rows.map((row) => column(row, 'key'));
    const stored = await queryAll(
        connection,
        `SELECT External_Id__c FROM Account WHERE ${soqlIn('External_Id__c', keys)}`,
    );
    return new Set(stored.map((account) => account['External_Id__c']));
}

async function usersByBeginning(connection: Connection): Promise<(beginning: string) => string | null> {
    const rows = await queryAll(connection, 'SELECT Id, Username FROM User WHERE IsActive = true');
    return (beginning) => {
        const row = rows.find(({ Username }) =>
            String(Username).toLowerCase().startsWith(`${beginning.toLowerCase()}@`),
        );
        return typeof row?.['Id'] === 'string' ? row['Id'] : null;
    };
}

function idsByKey(rows: readonly SampleRow[], saved: readonly SavedRecord[]): Map<string, string> {
    const ids = savedIds(rows, saved);
    return new Map(rows.map((row, index) => [column(row, 'key'), ids[index] ?? '']));
}

/** Creates or updates records under accounts; a record is the same when account and `keyField` are. Ids by account id and key. */
async function saveChildren(
    connection: Connection,
    type: 'Contact' | 'Case',
    keyField: 'Email' | 'Subject',
    rows: readonly SampleRow[],
    accountIds: ReadonlyMap<string, string>,
    fieldsOf: (row: SampleRow) => RecordFields,
): Promise<Map<string, string>> {
    const childKey = (record: Readonly<Record<string, unknown>>): string =>
        `${String(record['AccountId'])}:${String(record[keyField]).toLowerCase()}`;
    const stored = await queryAll(
        connection,
        `SELECT Id, AccountId, ${keyField} FROM ${type} WHERE ${soqlIn('AccountId', [...accountIds.values()])}`,
    );
    const ids = new Map(stored.map((record) => [childKey(record), String(record['Id'])]));
    const records = rows.map((row) => ({ row, fields: fieldsOf(row) }));
    const fresh = records.filter(({ fields }) => !ids.has(childKey(fields)));
    const known = records.flatMap(({ row, fields }) => {
        const id = ids.get(childKey(fields));
        const { CreatedDate: _never, ...changeable } = fields;
        return id === undefined ? [] : [{ row, fields: { ...changeable, Id: id } }];
    });
    const created = await createRecords(
        connection,
        type,
        fresh.map(({ fields }) => fields),
        { allOrNone: true },
    );
    const createdIds = savedIds(
        fresh.map(({ row }) => row),
        created,
    );
    fresh.forEach(({ fields }, index) => ids.set(childKey(fields), createdIds[index] ?? ''));
    const updated = await updateRecords(
        connection,
        type,
        known.map(({ fields }) => fields),
        { allOrNone: true },
    );
    savedIds(
        known.map(({ row }) => row),
        updated,
    );
    return ids;
}

async function saveChampions(
    connection: Connection,
    rows: readonly SampleRow[],
    accountIds: ReadonlyMap<string, string>,
    contactIds: ReadonlyMap<string, string>,
): Promise<void> {
    const changes = rows.flatMap((row) => {
        const email = column(row, 'champion');
        const id = accountIds.get(column(row, 'key')) ?? '';
        if (email === '') {
            return [];
        }
        const champion = contactIds.get(`${id}:${email.toLowerCase()}`);
        if (champion === undefined) {
            throw sampleError(
                row,
                `The champion ${email} is no contact of this account.`,
                'Add the contact to contacts.csv.',
            );
        }
        return [{ row, fields: { Id: id, Champion__c: champion } }];
    });
    const saved = await updateRecords(
        connection,
        'Account',
        changes.map(({ fields }) => fields),
        { allOrNone: true },
    );
    savedIds(
        changes.map(({ row }) => row),
        saved,
    );
}

function savedIds(rows: readonly SampleRow[], saved: readonly SavedRecord[]): string[] {
    return requireIds(saved, ({ index, errors }) => {
        const { message, action } = describeSaveErrors(errors);
        const row = rows[index];
        return row === undefined ? new Error(message) : sampleError(row, message, action);
    });
}

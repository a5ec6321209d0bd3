/** Figures from CSV into accounts, by external id: good rows load, bad ones are rejected with file, line and reason. Safe to run twice. */
import type { Connection } from 'jsforce';
import type { Values } from 'c/formula';
import { describeSaveErrors } from '../lib/errors.ts';
import { queryAll, upsertRecords } from '../lib/records.ts';
import type { FieldValue, RecordFields } from '../lib/records.ts';
import { soqlIn } from '../lib/soql.ts';
import { figuresOf, FigureError } from './figures.ts';
import { gather } from './gather.ts';
import type { GatheredAccount } from './gather.ts';
import type { FigureMap } from './map.ts';
import { READING_FIELDS, ReadingError, withReadings } from './readings.ts';
import type { StoredReadings } from './readings.ts';
import type { Rejects } from './rejects.ts';

const EXTERNAL_ID = 'External_Id__c';
const ACCOUNTS_PER_BATCH = 200;

export interface UsageInput {
    /** Null: work everything out and write nothing. */
    readonly connection: Connection | null;
    readonly map: FigureMap;
    readonly files: readonly string[];
    /** `YYYY-MM-DD`: what `$AsOf` is. */
    readonly asOf: string;
    readonly rejects: Rejects;
    /** Id of the user who owns accounts that are made, and is their CSM; null: whoever runs the import. */
    readonly ownerId?: string | null;
    /** Replace readings that are newer than those of the files. */
    readonly goBack?: boolean;
    readonly onBytes?: (bytes: number) => void;
    readonly onAccounts?: (done: number, total: number) => void;
}

/** One account that was written, or would have been. */
export interface LoadedAccount {
    readonly externalId: string;
    readonly fields: RecordFields;
    /** Columns and aggregates that the fields were worked out from. */
    readonly from: Values;
    readonly created: boolean;
}

export interface UsageSummary {
    readonly rows: number;
    readonly leftOut: number;
    readonly accounts: readonly LoadedAccount[];
    readonly rejected: number;
}

export async function importUsage(input: UsageInput): Promise<UsageSummary> {
    const { map, rejects, onAccounts } = input;
    const { accounts, rows, leftOut } = await gather(input);
    const loaded: LoadedAccount[] = [];
    for (let start = 0; start < accounts.length; start += ACCOUNTS_PER_BATCH) {
        const batch = accounts.slice(start, start + ACCOUNTS_PER_BATCH);
        loaded.push(...(await loadBatch(input, batch)));
        onAccounts?.(start + batch.length, accounts.length);
    }
    return { rows, leftOut, accounts: loaded, rejected: rejects.count };

    async function loadBatch(
        { connection, asOf, goBack, ownerId }: UsageInput,
        batch: readonly GatheredAccount[],
    ): Promise<LoadedAccount[]> {
        const stored = await storedReadings(connection, batch);
        const planned = batch.flatMap((account) => {
            const known = stored?.get(account.externalId) ?? null;
            // Without an org nobody knows which accounts exist.
            if (stored !== null && known === null && !map.content.create_accounts) {
                reject(account, 'The org has no account with this external id.');
                return [];
            }
            try {
                const figures = withReadings(figuresOf(map, account, asOf), known, goBack);
                const owner = known === null && ownerId ? { OwnerId: ownerId, CSM__c: ownerId } : {};
                return [{ account, fields: { [EXTERNAL_ID]: account.externalId, ...figures, ...owner } }];
            } catch (error) {
                if (error instanceof FigureError || error instanceof ReadingError) {
                    reject(account, error.message);
                    return [];
                }
                throw error;
            }
        });
        if (connection === null) {
            return planned.map(({ account, fields }) => loadedAccount(account, fields, false));
        }
        const saved = await upsertRecords(
            connection,
            'Account',
            EXTERNAL_ID,
            planned.map(({ fields }) => fields),
        );
        return planned.flatMap(({ account, fields }, index) => {
            const result = saved[index];
            if (result?.ok === true) {
                return [loadedAccount(account, fields, result.created)];
            }
            reject(account, describeSaveErrors(result?.errors ?? []).message);
            return [];
        });
    }

    function reject({ file, line, externalId }: GatheredAccount, reason: string): void {
        rejects.add({ file, line, account: externalId, reason });
    }
}

function loadedAccount({ externalId, values }: GatheredAccount, fields: RecordFields, created: boolean): LoadedAccount {
    return { externalId, fields, from: values, created };
}

/** Readings of the accounts that exist, by external id; null without an org. */
async function storedReadings(
    connection: Connection | null,
    batch: readonly GatheredAccount[],
): Promise<ReadonlyMap<string, StoredReadings> | null> {
    if (connection === null) {
        return null;
    }
    const ids = batch.map(({ externalId }) => externalId);
    const rows = await queryAll(
        connection,
        `SELECT ${EXTERNAL_ID}, ${READING_FIELDS.join(', ')} FROM Account WHERE ${soqlIn(EXTERNAL_ID, ids)}`,
    );
    return new Map(
        rows.map((row) => [
            String(row[EXTERNAL_ID]),
            {
                Usage_On__c: fieldValue(row['Usage_On__c']),
                Earlier_Usage_Change__c: fieldValue(row['Earlier_Usage_Change__c']),
                Earlier_Usage_On__c: fieldValue(row['Earlier_Usage_On__c']),
                Pending_Usage_Change__c: fieldValue(row['Pending_Usage_Change__c']),
                Pending_Usage_On__c: fieldValue(row['Pending_Usage_On__c']),
            },
        ]),
    );
}

function fieldValue(value: unknown): FieldValue {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

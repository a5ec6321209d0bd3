/** A book of accounts as it stood on each of many days, worked out from the same files and map that an import takes. */
import type { Value } from 'c/formula';
import { gather } from '../usage/gather.ts';
import { figuresOf } from '../usage/figures.ts';
import type { FigureMap } from '../usage/map.ts';
import { READING_FIELDS, withReadings } from '../usage/readings.ts';
import type { StoredReadings } from '../usage/readings.ts';
import type { Rejects } from '../usage/rejects.ts';
import { usageChange } from '../lib/usage-change.ts';

export type AccountValues = Readonly<Record<string, Value>>;

/** The book on one day. */
export interface Observation {
    readonly day: string;
    /** Values by Account field path, by account. */
    readonly accounts: ReadonlyMap<string, AccountValues>;
    /** Accounts that were lost, in whole or in part, since the observation before, and when. */
    readonly losses: readonly Loss[];
}

export interface Loss {
    readonly account: string;
    readonly day: string;
}

export interface ObservedInput {
    readonly map: FigureMap;
    readonly files: readonly string[];
    readonly days: readonly string[];
    /** Column or aggregate of the map with the day of the last loss: whenever it moves, an account was lost. */
    readonly loss: string;
    readonly rejects: Rejects;
}

/** Reads the files once for each day, so that nothing of the future can leak into a figure. */
export async function* observe(input: ObservedInput): AsyncGenerator<Observation> {
    const { days, files, loss, map, rejects } = input;
    const readings = new Map<string, StoredReadings>();
    const lastLoss = new Map<string, string>();
    for (const day of days) {
        const { accounts: gathered } = await gather({ map, files, asOf: day, rejects });
        const accounts = new Map<string, AccountValues>();
        const losses: Loss[] = [];
        for (const account of gathered) {
            const { externalId } = account;
            const fields = withReadings(figuresOf(map, account, day), readings.get(externalId) ?? null);
            readings.set(externalId, storedReadings(fields));
            accounts.set(externalId, {
                ...fields,
                Usage_Change__c: usageChange(
                    numberOf(fields['Usage_Current__c']),
                    numberOf(fields['Usage_Previous__c']),
                ),
            });
            const lostOn = account.values[loss];
            if (typeof lostOn === 'string' && lostOn !== lastLoss.get(externalId)) {
                lastLoss.set(externalId, lostOn);
                losses.push({ account: externalId, day: lostOn });
            }
        }
        yield { day, accounts, losses };
    }
}

function storedReadings(fields: Readonly<Record<string, unknown>>): StoredReadings {
    return Object.fromEntries(READING_FIELDS.map((field) => [field, fields[field] ?? null])) as StoredReadings;
}

function numberOf(value: unknown): number | null {
    return typeof value === 'number' ? value : null;
}

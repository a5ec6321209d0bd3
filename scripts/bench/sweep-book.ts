/** The made-up book of accounts as records of an org, a part at a time. */
import type { FieldValue } from '../lib/records.ts';
import { bookOfAccounts } from './book.ts';
import { TODAY } from './rules.ts';

const PART = 10_000;
const DAY_MS = 86_400_000;

export type AccountRecord = Readonly<Record<string, FieldValue>>;

export interface Book {
    readonly count: number;
    /** The book's days are as far from it as they were from the day when it was made up. */
    readonly today: string;
    /** They take turns. */
    readonly csms: readonly string[];
    /** Other numbers, other accounts. */
    readonly seed: number;
}

/** Records of the accounts, at most 10,000 at a time. */
export function* accountRecords({ count, csms, seed, today }: Book): Generator<AccountRecord[]> {
    const moved = Date.parse(today) - Date.parse(TODAY);
    for (let start = 0; start < count; start += PART) {
        yield bookOfAccounts(Math.min(PART, count - start), seed + start).map((values, index) => {
            const csm = csms[(start + index) % csms.length] ?? null;
            // In an org the change is worked out from the two figures.
            const { Usage_Change__c: change, Usage_Previous__c: previous, ...rest } = values;
            const usage =
                change === null || previous === null
                    ? rest.Usage_Current__c
                    : Math.round(previous * (1 + change / 100));
            const record: Record<string, FieldValue> = {
                Name: `Account ${start + index}`,
                CSM__c: csm,
                OwnerId: csm,
                Usage_Previous__c: previous,
                Usage_On__c: rest.Health_Score_On__c,
            };
            for (const [field, value] of Object.entries({ ...rest, Usage_Current__c: usage })) {
                record[field] =
                    /_(On|Date|Since)__c$/.test(field) && typeof value === 'string' ? movedDay(value, moved) : value;
            }
            return record;
        });
    }
}

function movedDay(day: string, ms: number): string {
    return new Date(Math.round((Date.parse(day) + ms) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}

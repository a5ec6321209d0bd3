import { dayFromToday } from './rules.ts';
import { randomFrom } from '../lib/random.ts';
import type { AccountValues } from './rules.ts';

const SEGMENTS = ['Enterprise', 'Mid-market', 'Small business'] as const;

const SEED = 20_261_121;

/** A made-up book of accounts, the same every time: each field is blank on some, and about an eighth match some rule. */
export function bookOfAccounts(count: number, seed = SEED): AccountValues[] {
    const random = randomFrom(seed);
    const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
    const orBlank = <Value>(share: number, value: () => Value): Value | null => (random() < share ? null : value());
    // A healthy book's figures lie high: the best of three draws.
    const high = (low: number, top: number) => Math.max(between(low, top), between(low, top), between(low, top));
    const ago = (days: number) => () => dayFromToday(-between(0, days));
    return Array.from({ length: count }, () => ({
        Health_Score__c: orBlank(0.1, () => high(0, 100)),
        Health_Score_On__c: orBlank(0.1, ago(90)),
        Usage_Current__c: orBlank(0.1, () => between(0, 5000)),
        Usage_Previous__c: orBlank(0.1, () => between(0, 5000)),
        Usage_Change__c: orBlank(0.2, () => high(-70, 60) - 5),
        ARR__c: orBlank(0.05, () => between(500, 90_000)),
        Renewal_Date__c: orBlank(0.1, () => dayFromToday(between(-10, 720))),
        Champion_Left_On__c: orBlank(0.95, ago(400)),
        Competitor_Named_On__c: orBlank(0.95, ago(400)),
        Notice_Given_On__c: orBlank(0.98, ago(400)),
        Customer_Since__c: orBlank(0.05, ago(2000)),
        Segment__c: orBlank(0.05, () => SEGMENTS[between(0, 2)] ?? null),
    }));
}

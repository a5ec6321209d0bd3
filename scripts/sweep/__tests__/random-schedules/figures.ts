/** How an account's figures move from one look to the next: what the shipped triggers speak of, mostly a little, sometimes a lot. */
import type { RecordFields } from '../../../lib/records.ts';

export type Random = () => number;

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
    return items[Math.floor(random() * items.length)] ?? items[0];
}

/** One or two facts of an account as they are from now on. */
export function changedFigures(id: string, now: string, random: Random): RecordFields & { readonly Id: string } {
    const day = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
    const facts: [() => RecordFields, ...(() => RecordFields)[]] = [
        () => ({
            Health_Score__c: pick(random, [null, 20, 35, 45, 55, 59, 60, 62, 64, 65, 70, 85]),
            Health_Score_On__c: pick(random, [null, day(0), day(0), day(-5), day(-40)]),
        }),
        () => ({
            Usage_Current__c: pick(random, [null, 60, 100, 160, 400]),
            Usage_Previous__c: pick(random, [null, 100, 200, 400]),
            Usage_On__c: pick(random, [null, day(0), day(-40)]),
        }),
        () => ({ Renewal_Date__c: pick(random, [null, day(10), day(40), day(80), day(200), day(370)]) }),
        () => ({ ARR__c: pick(random, [null, 9000, 24_000, 50_000, 80_000]) }),
        () => ({ Champion_Left_On__c: pick(random, [null, null, day(0), day(-80)]) }),
        () => ({ Competitor_Named_On__c: pick(random, [null, null, day(-1), day(-85)]) }),
        () => ({ Notice_Given_On__c: pick(random, [null, null, null, day(0)]) }),
        () => ({ Churned_On__c: pick(random, [null, null, null, day(0)]) }),
        () => ({ NPS__c: pick(random, [null, 2, 6, 9]), NPS_On__c: pick(random, [null, day(0), day(-20)]) }),
        () => ({ Last_Review_On__c: pick(random, [null, day(0), day(-100), day(-200)]) }),
        () => ({ Segment__c: pick(random, [null, 'Enterprise', 'Mid-market', 'Small business']) }),
    ];
    const health = facts[0];
    const fact = random() < 0.4 ? health : pick(random, facts);
    return { Id: id, ...fact() };
}

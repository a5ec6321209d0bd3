import { dayFromToday } from './rules.ts';
import type { AccountValues } from './rules.ts';

const ago30 = dayFromToday(-30);
const ago60 = dayFromToday(-60);
const ago85 = dayFromToday(-85);
const ago90 = dayFromToday(-90);
const ago700 = dayFromToday(-700);
const today = dayFromToday(0);
const in14 = dayFromToday(14);
const in30 = dayFromToday(30);

/** The benchmark's rules as a programmer would write these twelve and no others. Gives the places of those that hold. */
export function byHand(account: AccountValues): number[] {
    const { Health_Score__c: health, Health_Score_On__c: measured, Segment__c: size, ARR__c: arr } = account;
    const { Usage_Current__c: usage, Usage_Previous__c: before, Usage_Change__c: change } = account;
    const { Renewal_Date__c: renewal, Champion_Left_On__c: left, Competitor_Named_On__c: named } = account;
    const { Notice_Given_On__c: notice, Customer_Since__c: since } = account;
    const found: number[] = [];
    const worth = arr ?? -1;
    if (health !== null && health < 30 && worth >= 5000 && before !== null && before >= 100) found.push(0);
    const competitor = named !== null && named >= ago90;
    if (health !== null && health < 45 && ((change !== null && change <= -30) || competitor)) found.push(1);
    if (before !== null && before >= 100 && change !== null && change <= -50 && size === 'Enterprise') found.push(2);
    if (competitor && arr !== null && arr > 20_000 && health !== null && health < 80) found.push(3);
    if (renewal !== null && renewal >= today) {
        if (renewal <= in30 && worth >= 50_000) found.push(4);
        if (renewal <= in14 && arr !== null && arr < 5000) found.push(5);
    }
    if (left !== null && left >= ago60 && worth >= 1000 && size !== null && size !== 'Small business') found.push(6);
    const idle = health !== null && health < 10 && usage !== null && usage < 20;
    if ((notice !== null && notice >= ago30) || idle) found.push(7);
    if (measured !== null && measured < ago85 && worth >= 50_000 && size === 'Enterprise') found.push(8);
    if (since !== null && since >= ago60 && usage !== null && usage < 100 && size === 'Small business') found.push(9);
    if (health !== null && health >= 95 && change !== null && change >= 30 && worth >= 20_000) found.push(10);
    if (usage !== null && usage >= 4500 && change !== null && change > 0 && since !== null && since <= ago700) {
        found.push(11);
    }
    return found;
}

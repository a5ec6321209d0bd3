/**
 * A book with planted truth: accounts whose decline, recovery and loss follow a script, so that it is known which alarms are right. It shows
 * what early warning looks like where there is something to foresee; it says nothing about any real book.
 *
 * Of each hundred accounts: 12 slide for about 90 days (usage first, health after it) and are lost; 8 slide the same way and recover by themselves;
 * 4 are lost without any warning; the others wobble around their usual figures, with a dip in the summer.
 */
import { randomFrom } from '../lib/random.ts';
import { usageChange } from '../lib/usage-change.ts';
import { addDays, daysBetween } from './days.ts';
import type { AccountValues, Loss, Observation } from './observed.ts';

export type Fate = 'lost' | 'recovers' | 'lost without warning' | 'steady';

export interface PlantedAccount {
    readonly account: string;
    readonly fate: Fate;
    /** Day on which the slide begins, or the loss without warning happens; null for a steady one. */
    readonly turnsOn: string | null;
    readonly lostOn: string | null;
}

export interface PlantedInput {
    readonly seed: number;
    readonly accounts: number;
    readonly days: readonly string[];
}

const SLIDE_DAYS = 90;
const WINDOW = 30;
const READING_DAYS = 14;

interface Character extends PlantedAccount {
    readonly usage: number;
    readonly health: number;
    readonly arr: number;
    readonly signedOn: string;
    readonly noise: number;
}

export class PlantedBook {
    readonly truth: readonly PlantedAccount[];
    private readonly characters: readonly Character[];

    constructor(private readonly input: PlantedInput) {
        const random = randomFrom(input.seed);
        const [first = '', last = ''] = [input.days[0], input.days.at(-1)];
        const span = Math.max(1, daysBetween(first, last));
        this.characters = Array.from({ length: input.accounts }, (_, index) => {
            const fate = fateOf(random());
            const turnsOn = fate === 'steady' ? null : addDays(first, Math.round(random() * span * 0.8));
            const lostOn = turnsOn === null || fate === 'recovers' ? null : lossDay(fate, turnsOn, random());
            return {
                account: `PLANTED-${String(index + 1).padStart(4, '0')}`,
                fate,
                turnsOn,
                lostOn,
                usage: Math.round(500 + random() * 4500),
                health: Math.round(72 + random() * 22),
                arr: Math.round((8 + random() ** 3 * 240) * 1000),
                signedOn: addDays(first, -Math.round(120 + random() * 700)),
                noise: Math.floor(random() * 2 ** 31),
            };
        });
        this.truth = this.characters.map(({ account, fate, lostOn, turnsOn }) => ({ account, fate, lostOn, turnsOn }));
    }

    *observations(): Generator<Observation> {
        let before = '';
        for (const day of this.input.days) {
            const losses: Loss[] = this.characters.flatMap(({ account, lostOn }) =>
                lostOn !== null && lostOn <= day && lostOn > before ? [{ account, day: lostOn }] : [],
            );
            before = day;
            yield { day, losses, accounts: new Map(this.characters.map((who) => [who.account, valuesOf(who, day)])) };
        }
    }
}

function fateOf(chance: number): Fate {
    if (chance < 0.12) return 'lost';
    if (chance < 0.2) return 'recovers';
    return chance < 0.24 ? 'lost without warning' : 'steady';
}

function lossDay(fate: Fate, turnsOn: string, chance: number): string {
    return fate === 'lost' ? addDays(turnsOn, SLIDE_DAYS + Math.round(chance * 30)) : turnsOn;
}

/** How far the account has slid, 0 to 1; what recovers is back after as long again. */
function slide({ fate, turnsOn }: Character, day: string): number {
    if (turnsOn === null || fate === 'lost without warning') return 0;
    const days = daysBetween(turnsOn, day);
    if (days <= 0) return 0;
    if (fate === 'lost') return Math.min(1, days / SLIDE_DAYS);
    return Math.max(0, days <= 60 ? days / SLIDE_DAYS : (120 - days) / SLIDE_DAYS);
}

/** The same for an account and day, whatever is asked before. */
function wobble({ noise }: Character, day: string, salt: number): number {
    return randomFrom(noise + daysBetween('2000-01-01', day) * 31 + salt)() * 2 - 1;
}

function usageOn(who: Character, day: string): number {
    const summer = ['07', '08'].includes(day.slice(5, 7)) ? 0.85 : 1;
    return Math.max(0, Math.round(who.usage * summer * (1 - 0.7 * slide(who, day)) * (1 + 0.08 * wobble(who, day, 1))));
}

function valuesOf(who: Character, day: string): AccountValues {
    const now = usageOn(who, day);
    const before = usageOn(who, addDays(day, -WINDOW));
    const earlier = addDays(day, -READING_DAYS);
    // Health follows usage three weeks later.
    const health = who.health - 55 * slide(who, addDays(day, -21)) + 4 * wobble(who, day, 2);
    return {
        Name: who.account,
        Segment__c: who.arr >= 100_000 ? 'Enterprise' : who.arr >= 25_000 ? 'Mid-market' : 'Small business',
        Customer_Since__c: who.signedOn,
        ARR__c: who.arr,
        Renewal_Date__c: nextAnniversary(who.signedOn, day),
        Usage_Current__c: now,
        Usage_Previous__c: before,
        Usage_Change__c: usageChange(now, before),
        Usage_On__c: day,
        Earlier_Usage_Change__c: usageChange(usageOn(who, earlier), usageOn(who, addDays(earlier, -WINDOW))),
        Earlier_Usage_On__c: earlier,
        Health_Score__c: Math.max(0, Math.min(100, Math.round(health))),
        Health_Score_On__c: day,
        Churned_On__c: who.lostOn !== null && who.lostOn <= day ? who.lostOn : null,
    };
}

function nextAnniversary(signedOn: string, day: string): string {
    const thisYear = `${day.slice(0, 4)}${signedOn.slice(4)}`;
    const renewal = thisYear >= day ? thisYear : `${Number(day.slice(0, 4)) + 1}${signedOn.slice(4)}`;
    // 29 February in a year without one.
    return Number.isNaN(Date.parse(renewal)) || !new Date(Date.parse(renewal)).toISOString().startsWith(renewal)
        ? renewal.replace(/-02-29$/, '-02-28')
        : renewal;
}

/** One invented account as it is in truth, week by week: what its figures show, and what the steps that are done change. */
import type { Value } from 'c/formula';
import { SIGNAL_STEP_KEY } from 'c/playbookEngine';
import { addDays, daysBetween } from '../replay/days.ts';
import { usageChange } from '../lib/usage-change.ts';
import type { Chance } from './chance.ts';
import { CAUSE_FACTORS, PLAN_STEP, SLIDES_AGAIN, TURNS_A_SLIDE } from './effects.ts';
import { againAfter, planSlides, weeksAtLowest, type PlannedSlide } from './slides.ts';

export interface HiddenInput {
    readonly chance: Chance;
    readonly number: number;
    readonly name: string;
    /** First day of the history, and the day after its last. */
    readonly from: string;
    readonly to: string;
    readonly isDemo: boolean;
}

/** A slide as it went. */
export interface Slide extends PlannedSlide {
    turnedOn: string | null;
    /** Key of the step that turned it; `itself` without any. */
    turnedBy: string | null;
    noticeOn: string | null;
    /** First day of the slide that had been turned, and why that did not last; null: it is not the same case again. */
    readonly again: { readonly after: string; readonly why: string } | null;
}

const USAGE_WINDOW_WEEKS = 4;
const EARLIER_WEEKS = 2;
const RECOVERY_WEEKS = 5;
/** Health follows nothing but the slide; usage falls with it. */
const USAGE_LOST = 0.62;
/** Days before the renewal. */
const RENEWAL_TALK = { begins: 105, isHeard: 76 };
/** Short, so that a renewal seldom opens on an account that has given notice already. */
const DAYS_TO_THE_END = 12;

export class HiddenAccount {
    readonly externalId: string;
    readonly name: string;
    readonly isDemo: boolean;
    readonly customerSince: string;
    readonly slides: Slide[] = [];
    readonly industry: string;
    arr: number;
    renewalOn: string;
    noticeOn: string | null = null;
    churnedOn: string | null = null;
    reviewedOn: string | null;
    nps: number | null = null;
    npsOn: string | null = null;
    championLeftOn: string | null = null;
    health: number | null = null;
    measuredOn: string | null = null;

    private readonly chance: Chance;
    private readonly baseHealth: number;
    private readonly baseUsage: number;
    private readonly usage: number[] = [];
    private readonly planned: PlannedSlide[];
    private signsOn = '';
    private decidesOn = '';
    private current: Slide | null = null;
    private next: Omit<Slide, 'turnedOn' | 'turnedBy' | 'noticeOn'> | null = null;
    private hasPlan = false;
    /** 0: fine; 1: at the lowest of the slide. */
    private level = 0;
    private atLowest = 0;

    constructor({ chance, from, isDemo, name, number, to }: HiddenInput) {
        this.externalId = `generated-${String(number).padStart(4, '0')}`;
        const ask = (what: string): number => chance('account', this.externalId, what);
        this.chance = (...about) => chance(this.externalId, ...about);
        this.name = name;
        this.isDemo = isDemo;
        this.industry = INDUSTRIES[Math.floor(ask('industry') * INDUSTRIES.length)] ?? '';
        this.baseHealth = 76 + Math.round(ask('health') * 18);
        this.baseUsage = 600 + Math.round(ask('usage') ** 2 * 6000);
        this.arr = Math.round((9 + ask('arr') ** 2.6 * 260) * 2) * 500;
        this.customerSince = addDays(from, Math.round(-900 + ask('since') * 1100));
        this.renewalOn = nextAnniversary(this.customerSince, this.customerSince > from ? this.customerSince : from);
        this.planRenewal();
        this.reviewedOn = ask('reviews') < 0.12 ? addDays(from, -Math.round(ask('review') * 80)) : null;
        this.planned = planSlides(chance, this.externalId, { from: addDays(from, 14), to: addDays(to, -7) });
    }

    isCustomerOn(day: string): boolean {
        return this.customerSince <= day && (this.churnedOn === null || day < this.churnedOn);
    }

    get slide(): Slide | null {
        return this.current;
    }

    get depth(): number {
        return this.level;
    }

    /** Whether a reader of the figures would say that it gets better. */
    get isImproving(): boolean {
        return this.current?.turnedOn != null;
    }

    get isReal(): boolean {
        return this.current === null || this.current.kind === 'real' || this.current.kind === 'by itself';
    }

    /** The readings of a Monday, and what has come of the week before. */
    readWeek(monday: string): void {
        const next = this.current === null ? this.nextSlide(monday) : null;
        if (next !== null && this.isCustomerOn(monday) && this.noticeOn === null) {
            this.current = { ...next, turnedOn: null, turnedBy: null, noticeOn: null };
            this.slides.push(this.current);
            this.atLowest = 0;
            this.hasPlan = false;
        }
        this.move(monday);
        const isFaulty = this.current?.kind === 'data error';
        const felt = (this.current?.depth ?? 0) * this.level;
        const noise = (salt: string): number => this.chance('noise', salt, monday) * 2 - 1;
        this.health = clamp(Math.round(this.baseHealth - felt + 3 * noise('health')), 5, 100);
        const lost = isFaulty ? 0 : USAGE_LOST * this.level * Math.min(1, (this.current?.depth ?? 0) / 40);
        this.usage.push(Math.max(0, Math.round(this.baseUsage * (1 - lost) * (1 + 0.05 * noise('usage')))));
        this.measuredOn = monday;
    }

    private nextSlide(monday: string): typeof this.next {
        if (this.next !== null) {
            const again = this.next.startsOn <= monday ? this.next : null;
            this.next = again === null ? this.next : null;
            return again;
        }
        const [planned] = this.planned;
        if (planned === undefined || planned.startsOn > monday) {
            return null;
        }
        this.planned.splice(0, 1);
        return { ...planned, again: null };
    }

    private move(monday: string): void {
        const { current } = this;
        if (current === null) {
            return;
        }
        if (current.turnedOn !== null) {
            this.level = Math.max(0, this.level - 1 / RECOVERY_WEEKS);
            this.current = this.level === 0 ? null : current;
            return;
        }
        this.level = Math.min(1, this.level + 1 / current.fallWeeks);
        if (this.level < 1) {
            return;
        }
        this.atLowest += 1;
        if (current.turnsAt !== null && this.atLowest > weeksAtLowest(current)) {
            this.turn(monday, 'itself');
        } else if (
            current.patienceWeeks !== null &&
            this.atLowest > current.patienceWeeks &&
            this.noticeOn === null &&
            !this.waitsForRenewalTalk(monday)
        ) {
            this.giveNotice(addDays(monday, Math.floor(this.chance('notice', monday) * 4)));
        }
    }

    /** Who is about to be asked, or has just been asked, about the renewal hears that out before giving notice. */
    private waitsForRenewalTalk(day: string): boolean {
        const left = daysBetween(day, this.renewalOn);
        return left <= RENEWAL_TALK.begins && left > RENEWAL_TALK.isHeard;
    }

    private turn(day: string, by: string): void {
        if (this.current !== null) {
            this.current.turnedOn = day;
            this.current.turnedBy = by;
        }
    }

    /** Nobody gives notice on a weekend. */
    private giveNotice(on: string): void {
        const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
        const day = addDays(on, weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
        this.noticeOn = day;
        this.churnedOn = addDays(day, DAYS_TO_THE_END);
        if (this.current !== null) {
            this.current.noticeOn = day;
        }
    }

    /** A step has been done on the day; gives whether that turned the slide. */
    work(stepKey: string, occurrence: number, touch: number, day: string): boolean {
        const { current } = this;
        if (stepKey === SIGNAL_STEP_KEY && this.reviewedOn !== null) {
            this.reviewedOn = addDays(day, 8);
        }
        const effect = TURNS_A_SLIDE[stepKey];
        if (current === null || effect === undefined || current.kind !== 'real' || current.turnedOn !== null) {
            return false;
        }
        if (this.noticeOn !== null) {
            return false;
        }
        this.hasPlan ||= stepKey === PLAN_STEP;
        const trust = current.again === null ? 1 : SLIDES_AGAIN.touch;
        const likely = effect * touch * trust * (CAUSE_FACTORS[current.cause ?? ''] ?? 1);
        if (this.chance('work', current.startsOn, stepKey, occurrence) >= likely) {
            return false;
        }
        this.turn(day, stepKey);
        this.next = againAfter(current, day, this.hasPlan, (what) => this.chance('again', current.startsOn, what));
        return true;
    }

    /** What happens between two readings: contracts, champions, surveys. */
    liveDay(day: string): void {
        if (!this.isCustomerOn(day) || this.noticeOn !== null) {
            return;
        }
        if (day === this.decidesOn && this.level > 0.7 && this.current?.turnedOn == null) {
            if (this.isReal && this.chance('leaves', this.renewalOn) < 0.5) {
                this.giveNotice(day);
                return;
            }
        }
        if (day === this.signsOn) {
            this.renew();
        }
        if (this.chance('survey', day) < 1 / 600) {
            this.nps = clamp(Math.round(6 + 4.4 * this.chance('nps', day) - 5 * this.level), 0, 10);
            this.npsOn = day;
        }
        if (this.championLeftOn === null && this.chance('champion', day) < 1 / 4500) {
            this.championLeftOn = day;
        }
        if (this.championLeftOn !== null && daysBetween(this.championLeftOn, day) > 150) {
            this.championLeftOn = null;
        }
    }

    private renew(): void {
        const about = this.chance('arr', this.renewalOn);
        const shrinks = about < 0.08 + 0.5 * this.level;
        const factor = shrinks ? 0.7 + 0.2 * this.chance('by', this.renewalOn) : about > 0.75 ? 1.06 : 1;
        this.arr = Math.round((this.arr * factor) / 500) * 500;
        this.renewalOn = nextAnniversary(this.customerSince, addDays(this.renewalOn, 1));
        this.planRenewal();
    }

    private planRenewal(): void {
        this.decidesOn = addDays(this.renewalOn, -20);
        this.signsOn = addDays(this.renewalOn, Math.round(-24 + this.chance('signs', this.renewalOn) * 30));
    }

    /**
     * Values by Account field path, as rules read them on a day. `entered`: with what is entered in the course of that day; without, as a
     * sweep finds them in the night before it.
     */
    valuesOn(csmId: string, day: string, entered: boolean): Record<string, Value> {
        const week = this.usage.length - 1;
        const change = (at: number): number | null =>
            at < USAGE_WINDOW_WEEKS ? null : usageChange(this.usage[at] ?? 0, this.usage[at - USAGE_WINDOW_WEEKS] ?? 0);
        const hasEarlier = week >= USAGE_WINDOW_WEEKS + EARLIER_WEEKS && this.measuredOn !== null;
        return {
            Name: this.name,
            OwnerId: csmId,
            CSM__c: csmId,
            Industry: this.industry,
            Segment__c: this.segment,
            Customer_Since__c: this.customerSince,
            ARR__c: this.arr,
            Renewal_Date__c: this.renewalOn,
            Health_Score__c: this.health,
            Health_Score_On__c: this.measuredOn,
            Usage_Current__c: this.usage[week] ?? null,
            Usage_Previous__c: this.usage[week - USAGE_WINDOW_WEEKS] ?? null,
            Usage_Change__c: change(week),
            Usage_On__c: this.measuredOn,
            Earlier_Usage_Change__c: hasEarlier ? change(week - EARLIER_WEEKS) : null,
            Earlier_Usage_On__c: hasEarlier ? addDays(this.measuredOn ?? '', -7 * EARLIER_WEEKS) : null,
            Champion__c: null,
            Champion_Left_On__c: this.championLeftOn,
            Competitor_Named_On__c: null,
            Notice_Given_On__c: this.known(this.noticeOn, day, entered),
            Churned_On__c: this.known(this.churnedOn, day, entered),
            NPS__c: this.nps,
            NPS_On__c: this.npsOn,
            Last_Review_On__c: this.reviewedOn,
        };
    }

    private known(on: string | null, day: string, entered: boolean): string | null {
        return on !== null && (entered ? on <= day : on < day) ? on : null;
    }

    get segment(): string {
        return this.arr >= 100_000 ? 'Enterprise' : this.arr >= 25_000 ? 'Mid-market' : 'Small business';
    }
}

const INDUSTRIES = ['Manufacturing', 'Retail', 'Healthcare', 'Technology', 'Finance', 'Transportation', 'Education'];

/** First anniversary on or after the day, and after the date itself. */
export function nextAnniversary(date: string, day: string): string {
    for (let year = Number(day.slice(0, 4)); ; year += 1) {
        const on = date.slice(4) === '-02-29' ? `${year}-02-28` : `${year}${date.slice(4)}`;
        if (on >= day && on > date) {
            return on;
        }
    }
}

function clamp(value: number, least: number, most: number): number {
    return Math.max(least, Math.min(most, value));
}

/** Two years of a customer-success team, invented from a seed: pure, so that the same input gives the same history byte for byte. */
import { prepareRules } from 'c/playbookEngine';
import type { FieldTypes, Formats, Phrases, PlaybookVersion, Settings, Trigger } from 'c/playbookEngine';
import { addDays, daysBetween } from '../replay/days.ts';
import { HistoryBook, type BookAccount, type NightCounts } from './book.ts';
import { chanceFor, type Chance } from './chance.ts';
import { habitsAt } from './csms.ts';
import type { HiddenAccount } from './hidden-account.ts';
import { csmAt, DEMO_RULE, historyCsms, memberOf, type HistoryCsm, type Member } from './members.ts';
import { Desk } from './workday.ts';

export interface HistoryOptions {
    readonly seed: number;
    /** `YYYY-MM-DD`: the day after the last one of the history. */
    readonly today: string;
    readonly years: number;
    readonly accounts: number;
    readonly triggers: readonly Trigger[];
    readonly settings: Settings;
    readonly fieldTypes: FieldTypes;
    /** At Risk: the first version, and the one that replaces it; and the other playbooks. */
    readonly atRisk: readonly [PlaybookVersion, PlaybookVersion];
    readonly otherPlaybooks: readonly PlaybookVersion[];
    readonly phrases: Phrases;
    readonly formats: Formats;
    /** IANA name: nights are those of the org. */
    readonly timeZone: string;
}

export interface Night extends NightCounts {
    /** Instant of the sweep. */
    readonly at: string;
}

export interface HistoryAccount {
    readonly hidden: HiddenAccount;
    /** As it stands at the end. */
    readonly of: BookAccount;
    readonly csm: HistoryCsm;
}

/** A history as it happened: what the org may know is in the book, what it may not in the hidden accounts. */
export interface GeneratedHistory {
    readonly from: string;
    readonly today: string;
    /** Day from which the second version of At Risk was the published one. */
    readonly switchedOn: string;
    /** Those who were customers at some time, by number. */
    readonly accounts: readonly HistoryAccount[];
    readonly csms: readonly HistoryCsm[];
    readonly book: HistoryBook;
    readonly nights: readonly Night[];
}

/** Share of the history after which the second version is published. */
const SWITCH_AFTER = 0.46;
const NIGHT = 'T00:30:00.000Z';
const DAYS_A_MONTH = 30.4375;
const MONDAY = 1;
/** Share of the weeks in which a CSM is on leave. */
const AWAY = 0.09;
/** Share of the readings that come in the morning only, after the night's sweep. */
const LATE = 0.2;

export function generateHistory(options: HistoryOptions): GeneratedHistory {
    const from = addDays(options.today, -Math.round(options.years * 365.25));
    const days = new HistoryDays(options, from);
    for (let day = from; day < options.today; day = addDays(day, 1)) {
        days.live(day);
    }
    return days.end();
}

class HistoryDays {
    private readonly chance: Chance;
    private readonly csms = historyCsms();
    private readonly members: readonly Member[];
    private readonly book: HistoryBook;
    private readonly desks: ReadonlyMap<HistoryCsm, Desk>;
    private readonly switchedOn: string;
    private readonly nights: Night[] = [];
    private readonly known = new Map<Member, HistoryAccount>();

    constructor(
        private readonly options: HistoryOptions,
        private readonly from: string,
    ) {
        const { accounts, formats, phrases, seed, timeZone, today } = options;
        this.chance = chanceFor(seed);
        const settings: Settings = { ...options.settings, practiceWhen: DEMO_RULE };
        const prepared = prepareRules({ ...options, settings });
        const desks = new Map<HistoryCsm, Desk>();
        this.book = new HistoryBook({ prepared, settings, timeZone, phrases, formats }, ({ csm }, { runId }) => {
            for (const [{ user }, desk] of runId === null ? [] : desks) {
                if (user === csm) {
                    desk.touch(runId ?? '');
                }
            }
        });
        for (const csm of this.csms) {
            desks.set(csm, new Desk({ book: this.book, chance: this.chance }));
        }
        this.desks = desks;
        this.members = Array.from({ length: accounts }, (_, index) =>
            memberOf(index + 1, this.chance, { csms: this.csms, from, to: today }),
        );
        this.switchedOn = addDays(from, Math.round(daysBetween(from, today) * SWITCH_AFTER));
    }

    /** One day: readings, on workdays the sweep in the night before, and what the CSMs do. */
    live(day: string): void {
        const { holidays } = this.options.settings;
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
        const isWorkday = weekday > 0 && weekday < 6;
        const months = daysBetween(this.from, day) / DAYS_A_MONTH;
        const seen: Member[] = [];
        const late = new Set<Member>();
        for (const member of this.members) {
            const { hidden } = member;
            if (hidden.customerSince > day) {
                continue;
            }
            hidden.liveDay(day);
            const isLate = weekday === MONDAY && this.chance('late', hidden.externalId, day) < LATE;
            if (isLate) {
                late.add(member);
            } else if (weekday === MONDAY) {
                hidden.readWeek(day);
            }
            if (isWorkday && this.isSeen(member, day)) {
                seen.push(member);
                this.know(member, months, day, false);
            }
        }
        if (isWorkday) {
            this.sweep(day, seen);
        }
        for (const member of late) {
            member.hidden.readWeek(day);
            if (this.known.has(member)) {
                this.know(member, months, day, false);
            }
        }
        if (isWorkday && !holidays.includes(day)) {
            this.work(day, months, seen, late);
        }
    }

    /** The night to today has its sweep on weekends too: whoever opens the org finds one that is not old. */
    end(): GeneratedHistory {
        const { today } = this.options;
        this.sweep(
            today,
            this.members.filter((member) => this.known.has(member) && this.isSeen(member, today)),
        );
        const { book, csms, from, known, members, nights, switchedOn } = this;
        const accounts = members.flatMap((member) => known.get(member) ?? []);
        return { from, today: this.options.today, switchedOn, csms, book, nights, accounts };
    }

    /** Whether the sweep looks at it: a customer, or one that left so lately that its run may still be open. */
    private isSeen(member: Member, day: string): boolean {
        const { churnedOn } = member.hidden;
        return churnedOn === null || churnedOn >= addDays(day, -4) || this.isLive(member);
    }

    private sweep(day: string, seen: readonly Member[]): void {
        const at = `${day}${NIGHT}`;
        const accounts = seen.map((member) => this.account(member).of);
        this.nights.push({ at, ...this.book.sweep(at, accounts, this.versionsOn(day)) });
    }

    private work(day: string, months: number, seen: readonly Member[], late: ReadonlySet<Member>): void {
        const week = Math.floor(daysBetween(this.from, day) / 7);
        const versions = this.versionsOn(day);
        for (const member of seen) {
            const { hidden } = member;
            if (hidden.noticeOn === day || hidden.churnedOn === day) {
                this.know(member, months, day, true);
            }
            const { csm, of } = this.account(member);
            if (this.chance('away', csm.csm.username, week) >= AWAY) {
                const habits = habitsAt(csm.csm, months);
                this.desks.get(csm)?.work(day, { of, hidden, versions, habits }, late.has(member));
            }
        }
    }

    private know(member: Member, months: number, day: string, entered: boolean): void {
        const csm = csmAt(member, months);
        const values = member.hidden.valuesOn(csm.user.id, day, entered);
        const of = { id: member.id, csm: csm.user, values };
        this.known.set(member, { hidden: member.hidden, of, csm });
    }

    private account(member: Member): HistoryAccount {
        const account = this.known.get(member);
        if (account === undefined) {
            throw new Error(`${member.hidden.externalId} is not known yet.`);
        }
        return account;
    }

    private isLive({ id }: Member): boolean {
        return this.book.runsOf(id).some(({ status }) => status !== 'Closed');
    }

    private versionsOn(day: string): readonly PlaybookVersion[] {
        const [first, second] = this.options.atRisk;
        this.eras ??= {
            before: [{ ...first, status: 'Published' }, ...this.options.otherPlaybooks],
            after: [
                { ...first, status: 'Retired' },
                { ...second, status: 'Published' },
                ...this.options.otherPlaybooks,
            ],
        };
        return day < this.switchedOn ? this.eras.before : this.eras.after;
    }

    /** Rules of a version are compiled once for the same object. */
    private eras: Readonly<Record<'before' | 'after', readonly PlaybookVersion[]>> | undefined;
}

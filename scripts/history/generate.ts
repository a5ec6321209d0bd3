/** Two years of a customer-success team, invented from a seed: pure, so that the same input gives the same history byte for byte. */
import { longId, prepareRules } from 'c/playbookEngine';
import type { CurrentUser, FieldTypes, Formats, Phrases, PlaybookVersion, Settings, Trigger } from 'c/playbookEngine';
import { addDays, daysBetween } from '../replay/days.ts';
import { accountName, demoName } from './account-names.ts';
import { HistoryBook, type BookAccount, type NightCounts } from './book.ts';
import { chanceFor, type Chance } from './chance.ts';
import { GENERATED_CSMS, habitsAt, isThere, type GeneratedCsm } from './csms.ts';
import { HiddenAccount } from './hidden-account.ts';
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

/** A history as it happened: what the org may know is in the book, what it may not in the hidden accounts. */
export interface GeneratedHistory {
    readonly from: string;
    readonly today: string;
    /** Day from which the second version of At Risk was the published one. */
    readonly switchedOn: string;
    readonly accounts: readonly {
        readonly hidden: HiddenAccount;
        readonly of: BookAccount;
        readonly csm: GeneratedCsm;
    }[];
    readonly csms: readonly { readonly csm: GeneratedCsm; readonly user: CurrentUser }[];
    readonly book: HistoryBook;
    readonly nights: readonly Night[];
}

const DEMO_EVERY = 60;
const DEMO_RULE = 'BEGINS(Name, "Demo ")';
/** Share of the history after which the second version is published. */
const SWITCH_AFTER = 0.46;
const NIGHT = 'T00:30:00.000Z';
const DAYS_A_MONTH = 30.4375;

interface Member {
    readonly hidden: HiddenAccount;
    readonly id: string;
    /** Its CSMs, in the order in which they take it over. */
    readonly csms: readonly GeneratedCsm[];
}

export function generateHistory(options: HistoryOptions): GeneratedHistory {
    const { seed, settings, timeZone, today, years } = options;
    const chance = chanceFor(seed);
    const from = addDays(today, -Math.round(years * 365.25));
    const practising: Settings = { ...settings, practiceWhen: DEMO_RULE };
    const prepared = prepareRules({ ...options, settings: practising });
    const desks = new Map<string, Desk>();
    const book = new HistoryBook(
        { prepared, settings: practising, timeZone, phrases: options.phrases, formats: options.formats },
        (of, { runId }) => runId !== null && desks.get(of.csm.id)?.touch(runId),
    );
    const csms = GENERATED_CSMS.map((csm, index) => ({ csm, user: userOf(csm, index) }));
    const userFor = new Map(csms.map(({ csm, user }) => [csm, user]));
    for (const { user } of csms) {
        desks.set(
            user.id,
            new Desk({
                book,
                chance,
                onDone: (hidden, _run, { occurrence, step }, day, touch) => {
                    hidden.work(step.key, occurrence, touch, day);
                    if (step.key === 'signal' && hidden.reviewedOn !== null) {
                        hidden.reviewedOn = addDays(day, 8);
                    }
                },
            }),
        );
    }
    const members = Array.from({ length: options.accounts }, (_, index) =>
        memberOf(index + 1, chance, { from, to: today, csms: GENERATED_CSMS }),
    );
    const switchedOn = addDays(from, Math.round(daysBetween(from, today) * SWITCH_AFTER));
    const eras = erasOf(options);
    const nights: Night[] = [];
    const held = new Map<Member, BookAccount>();
    for (let day = from; day < today; day = addDays(day, 1)) {
        const months = daysBetween(from, day) / DAYS_A_MONTH;
        const versions = day < switchedOn ? eras.before : eras.after;
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
        for (const member of members) {
            member.hidden.liveDay(day);
            if (weekday === 1) {
                member.hidden.readWeek(day);
            }
            const csm = member.csms.find((one) => isThere(one, months)) ?? member.csms.at(-1);
            const user = csm === undefined ? undefined : userFor.get(csm);
            if (user !== undefined && member.hidden.customerSince <= day) {
                held.set(member, { id: member.id, csm: user, values: member.hidden.valuesOn(user.id, day) });
            }
        }
        const seen = [...held].filter(([{ hidden }, { id }]) => hidden.isCustomerOn(day) || isLive(book, id));
        nights.push({
            at: `${day}${NIGHT}`,
            ...book.sweep(
                `${day}${NIGHT}`,
                seen.map(([, of]) => of),
                versions,
            ),
        });
        if (weekday === 0 || weekday === 6 || settings.holidays.includes(day)) {
            continue;
        }
        for (const [{ hidden }, of] of seen) {
            const csm = csms.find(({ user }) => user === of.csm)?.csm;
            const isAway = chance('away', of.csm.id, day.slice(0, 4), Math.floor(daysBetween(from, day) / 7)) < 0.09;
            if (csm !== undefined && !isAway) {
                desks.get(of.csm.id)?.work(day, { of, hidden, versions, habits: habitsAt(csm, months) });
            }
        }
    }
    return {
        from,
        today,
        switchedOn,
        csms,
        book,
        nights,
        accounts: members.flatMap((member) => {
            const of = held.get(member);
            const csm = csms.find(({ user }) => user === of?.csm)?.csm;
            return of === undefined || csm === undefined ? [] : [{ hidden: member.hidden, of, csm }];
        }),
    };
}

function isLive(book: HistoryBook, id: string): boolean {
    return book.runsOf(id).some(({ status }) => status !== 'Closed');
}

function erasOf({ atRisk, otherPlaybooks }: HistoryOptions) {
    const [first, second] = atRisk;
    return {
        before: [{ ...first, status: 'Published' as const }, ...otherPlaybooks],
        after: [
            { ...first, status: 'Retired' as const },
            { ...second, status: 'Published' as const },
            ...otherPlaybooks,
        ],
    };
}

function userOf({ name, username }: GeneratedCsm, index: number): CurrentUser {
    const id = longId(`005${String(index + 1).padStart(12, '0')}`);
    return {
        id,
        name,
        firstName: name.split(' ')[0] ?? name,
        email: `${username}@playbooks.local`,
        timeZone: 'Europe/Berlin',
    };
}

/** Accounts of a CSM who comes later, or leaves, are in other hands before, or after. */
function memberOf(
    number: number,
    chance: Chance,
    { csms, from, to }: { readonly from: string; readonly to: string; readonly csms: readonly GeneratedCsm[] },
): Member {
    const isDemo = number % DEMO_EVERY === DEMO_EVERY / 2;
    const name = isDemo ? demoName(number) : accountName(chance, number);
    const first = csms[number % csms.length];
    const second = csms[(number * 5 + 1) % 3];
    return {
        id: longId(`001${String(number).padStart(12, '0')}`),
        hidden: new HiddenAccount({ chance, number, name, from, to, isDemo }),
        csms: [first, second].filter((csm) => csm !== undefined),
    };
}

/**
 * Schedules: each account goes through months in which its figures move, three people act on it, some at the same moment, and sweeps run, some
 * while people act. After every step its runs must be such as the table of states allows.
 */
import type { AccountSnapshot, EpisodeEvent, Run } from 'c/playbookEngine';
import { randomFrom } from '../../../lib/random.ts';
import { randomAct } from '../../../../force-app/main/default/lwc/playbookEngine/__tests__/acting.ts';
import { faults, PEOPLE, SWEEPS } from '../../../../force-app/main/default/lwc/playbookEngine/__tests__/stateModel.ts';
import type { SweepConfiguration } from '../../configuration.ts';
import { changedFigures, type Random } from './figures.ts';
import { planBook } from './page-sweep.ts';
import { type Person, ScheduleOrg } from './schedule-org.ts';

const DAY = 86_400_000;
const STARTS_AT = '2026-03-02T01:00:00.000Z';
const EVERYBODY: readonly EpisodeEvent[] = [...SWEEPS, ...PEOPLE];
/** What an org may answer to somebody who was not the first. */
const OVERTAKEN =
    /DUPLICATE_VALUE|duplicate value|This run is closed, so its steps|The outcome of a closed run stays|A closed run can only be opened|An open run has no outcome|This step has been answered/i;

/** What it answers to a sweep that a person was quicker than. */
const SWEEP_OVERTAKEN = new RegExp(`${OVERTAKEN.source}|A person has changed this run`, 'i');
/** Share of the sweeps that the runner does. */
const RUNNER = 0.2;

interface Disturbance {
    readonly afterWrites?: number;
    readonly disturb?: () => Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

export interface Counts {
    acts: number;
    /** Acts of two people at the same moment, and acts while a sweep was about to write. */
    atOnce: number;
    duringSweeps: number;
    sweeps: number;
    runnerSweeps: number;
    /** Acts that came too late, and changes of a sweep that did. */
    lateActs: number;
    overtaken: number;
    runs: number;
    completions: number;
    /** Changes that sweeps have written, by kind. */
    readonly kinds: Map<string, number>;
    readonly faults: string[];
}

export const noCounts = (): Counts => ({
    ...{
        acts: 0,
        atOnce: 0,
        duringSweeps: 0,
        sweeps: 0,
        runnerSweeps: 0,
        lateActs: 0,
        overtaken: 0,
        runs: 0,
        completions: 0,
    },
    kinds: new Map(),
    faults: [],
});

/** Runs as many schedules as accounts, on one org, for so many rounds. Adds to `counts`; a fault says with which seed and when. */
export async function runSchedules(seed: number, accounts: number, rounds: number, counts: Counts): Promise<void> {
    const org = await ScheduleOrg.start(STARTS_AT, accounts);
    try {
        const schedules = new Schedules(org, seed, counts);
        for (let round = 0; round < rounds; round += 1) {
            await schedules.round(round);
        }
        await schedules.end();
    } finally {
        await org.close();
    }
}

class Schedules {
    private readonly random: Random;
    private configuration: SweepConfiguration | null = null;
    private snapshots: ReadonlyMap<string, AccountSnapshot> = new Map();
    private at = 0;

    constructor(
        private readonly org: ScheduleOrg,
        private readonly seed: number,
        private readonly counts: Counts,
    ) {
        this.random = randomFrom(seed);
    }

    async round(round: number): Promise<void> {
        const { org, random } = this;
        this.at = round;
        org.pass(Math.floor(random() * 5 * DAY));
        const moved = org.accountIds.filter(() => random() < 0.35);
        await org.change(moved.map((id) => changedFigures(id, org.now, random)));
        this.configuration ??= await org.configuration();
        this.snapshots = await org.accounts(this.configuration);
        for (const accountId of org.accountIds) {
            const kind = random();
            if (kind < 0.4) {
                await this.oneActs(accountId);
            } else if (kind < 0.5) {
                await this.twoAct(accountId);
            }
        }
        if (random() < 0.7) {
            await this.sweep();
        }
    }

    async end(): Promise<void> {
        for (const runs of (await this.org.runs()).values()) {
            this.counts.runs += runs.length;
            this.counts.completions += runs.reduce((sum, { completions }) => sum + completions.length, 0);
        }
    }

    private async oneActs(accountId: string): Promise<void> {
        const person = this.somebody();
        const before = await this.org.runsOf(accountId, person);
        const plan = this.act(accountId, person, before);
        if (plan === null) {
            return;
        }
        const { result } = await this.org.send(plan, person);
        this.counts.acts += 1;
        if (!result.ok) {
            this.fault(accountId, [`refused: ${result.failure.messages.join(' ')}`]);
        }
        this.fault(accountId, faults(before, await this.org.runsOf(accountId, person), PEOPLE));
    }

    /** Two people see the same and act at the same moment. Whoever is too late looks again and goes on, as on the page. */
    private async twoAct(accountId: string): Promise<void> {
        const [one, other] = [this.somebody(), this.somebody()];
        const before = await this.org.runsOf(accountId, one);
        const plans = [one, other].map((person) => ({ person, plan: this.act(accountId, person, before) }));
        const sent = await Promise.all(
            plans.map(async ({ person, plan }) => (plan === null ? null : this.org.send(plan, person))),
        );
        this.counts.atOnce += sent.filter((each) => each !== null).length;
        for (const each of sent) {
            if (each !== null && !each.result.ok) {
                this.counts.lateActs += 1;
                const said = each.result.failure.messages.join(' ');
                this.fault(accountId, OVERTAKEN.test(said) ? [] : [`refused at once: ${said}`]);
            }
        }
        this.fault(accountId, faults(before, await this.org.runsOf(accountId, one), PEOPLE, 4));
    }

    private async sweep(): Promise<void> {
        const { counts, org, random } = this;
        const before = await org.runs();
        let acted: ReadonlyMap<string, readonly Run[]> = new Map();
        const disturb = async (): Promise<void> => {
            acted = await this.disturb();
        };
        const disturbed = random() < 0.5;
        const afterWrites = Math.floor(random() * 3);
        const disturbance = disturbed ? { afterWrites, disturb } : {};
        await (random() < RUNNER ? this.runner(disturbance) : this.page(disturbance));
        counts.sweeps += 1;
        const after = await org.runs();
        for (const accountId of org.accountIds) {
            const [was, is] = [withoutHindsight(before.get(accountId)), withoutHindsight(after.get(accountId))];
            const between = acted.has(accountId) ? withoutHindsight(acted.get(accountId)) : undefined;
            this.fault(accountId, faults(was, is, between ? EVERYBODY : SWEEPS, between ? 5 : 2));
            this.fault(accountId, answers(between ?? was) === answers(is) ? [] : ['a sweep has changed an answer']);
            this.fault(accountId, undoneBySweep(was, between ?? [], is));
        }
        if (!disturbed) {
            const left = planBook(this.rules(), this.snapshots.values(), after).filter(({ plan }) => plan !== null);
            this.fault('a second sweep', [...new Set(left.map(({ account, deed }) => `${account} ${deed}`))]);
        }
    }

    /** Through the Bulk API, in phases, as every night. */
    private async runner({ afterWrites, disturb }: Disturbance): Promise<void> {
        const { counts, org } = this;
        const { changes, notWritten } = await org.sweep({ afterJobs: afterWrites ?? 0, beforeJob: disturb ?? nothing });
        counts.runnerSweeps += 1;
        counts.overtaken += notWritten.overtaken;
        Object.entries(changes).forEach(([deed, count]) => this.count(deed, count));
        const { failed, gone } = notWritten;
        this.fault('the sweep', failed + gone > 0 ? [`${failed} failed, ${gone} gone`] : []);
    }

    /** As a page does it. */
    private async page({ afterWrites, disturb }: Disturbance): Promise<void> {
        const { counts, org } = this;
        const planned = planBook(this.rules(), this.snapshots.values(), await org.runs());
        for (const [index, { account, deed, plan }] of planned.entries()) {
            if (index === afterWrites) {
                await disturb?.();
            }
            if (plan === null) {
                continue;
            }
            const { result } = await org.write(plan);
            if (result.ok) {
                this.count(deed, 1);
            } else {
                counts.overtaken += 1;
                const said = result.failure.messages.join(' ');
                const isFair = disturb !== undefined && SWEEP_OVERTAKEN.test(said);
                this.fault(account, isFair ? [] : [`${deed} of a sweep was refused: ${said}`]);
            }
        }
    }

    private count(deed: string, count: number): void {
        const { kinds } = this.counts;
        kinds.set(deed, (kinds.get(deed) ?? 0) + count);
    }

    /** People act while the sweep writes. Gives how the accounts on which they did stand then. */
    private async disturb(): Promise<ReadonlyMap<string, readonly Run[]>> {
        const acted = new Set<string>();
        for (const accountId of this.org.accountIds.filter(() => this.random() < 0.5)) {
            const person = this.somebody();
            const plan = this.act(accountId, person, await this.org.runsOf(accountId, person));
            if (plan !== null) {
                const { result } = await this.org.send(plan, person);
                this.counts.duringSweeps += 1;
                if (!result.ok) {
                    this.fault(accountId, [`refused during a sweep: ${result.failure.messages.join(' ')}`]);
                }
                acted.add(accountId);
            }
        }
        return new Map([...(await this.org.runs())].filter(([accountId]) => acted.has(accountId)));
    }

    private act(accountId: string, { user }: Person, runs: readonly Run[]): ReturnType<typeof randomAct> {
        const account = this.snapshots.get(accountId);
        if (account === undefined) {
            throw new Error(`The org has no account ${accountId}.`);
        }
        this.org.pass(1000);
        const { prepared, settings, versions } = this.rules().rules;
        const clock = { now: this.org.now, timeZone: user.timeZone };
        return randomAct({ account, prepared, settings, versions, clock, user, runs }, this.random);
    }

    private rules(): SweepConfiguration {
        if (this.configuration === null) {
            throw new Error('Nothing has been read yet.');
        }
        const { rules } = this.configuration;
        return { ...this.configuration, rules: { ...rules, clock: { ...rules.clock, now: this.org.now } } };
    }

    private somebody(): Person {
        const { people } = this.org;
        const person = people[Math.floor(this.random() * people.length)];
        if (person === undefined) {
            throw new Error('Nobody works here.');
        }
        return person;
    }

    private fault(where: string, found: readonly string[]): void {
        const { at, counts, org, seed } = this;
        counts.faults.push(...found.map((what) => `seed ${seed}, round ${at}, ${org.now}, ${where}: ${what}`));
    }
}

/** What a sweep finds out afterwards is about closed runs too, and whoever acts on them meanwhile is not in its way. */
function withoutHindsight(runs: readonly Run[] = []): readonly Run[] {
    return runs.map((run) => ({ ...run, kept: null, keptOn: null, csmMonths: null }));
}

function answers(runs: readonly Run[]): string {
    const kept = ['Done', 'Skipped', 'Not applicable'];
    const all = runs.flatMap(({ completions }) => completions).filter(({ status }) => kept.includes(status));
    return JSON.stringify(all.map(({ key, note, status }) => [key, status, note]).sort());
}

/** What a person did to a run after the sweep had read it stands: the sweep writes nothing of that run any more. */
function undoneBySweep(read: readonly Run[], acted: readonly Run[], is: readonly Run[]): string[] {
    return acted.flatMap((run) => {
        const known = read.find(({ id }) => id === run.id);
        const now = is.find(({ id }) => id === run.id);
        const { completions: _before, ...left } = run;
        const { completions: _after, ...found } = now ?? run;
        const hasActed = run.actedAt !== (known?.actedAt ?? null);
        return hasActed && JSON.stringify(left) !== JSON.stringify(found) ? [`${run.episodeKey}: overwritten`] : [];
    });
}

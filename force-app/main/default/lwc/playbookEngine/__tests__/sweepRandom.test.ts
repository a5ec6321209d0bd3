/**
 * Accounts through months of changing figures, people's acts and sweeps, at random from a seed. After every step the runs must be such as the
 * table of states allows.
 */
import { type ChangePlan, type EpisodeEvent, type EpisodeState, nextState, placed, type Run } from '../playbookEngine';
import { pick, type Random, randomAct, type Values } from './acting';
import { RENEWAL, SMALL_RENEWAL, step, trigger, version } from './sample';
import { HEALTH, type Org, SweptAccount, TWO_STEPS } from './sweeping';

const ACCOUNTS = 100;
const STEPS = 100;

const renewal = version([step('offer', { customerContact: true }), step('sign')], {
    id: 'a0V2',
    playbookId: 'a0P2',
    playbookKey: 'renewal',
    playbookName: 'Renewal',
    category: 'Renewal',
    successWhen: '$Figure.Renewal > $Run.AnchorOn + 30',
    lostWhen: 'NOT(ISBLANK($Figure.ChurnedOn))',
});
const growth = version([step('ask'), step('again', { repeatEveryDays: 7 })], {
    id: 'a0V3',
    playbookId: 'a0P3',
    playbookKey: 'growth',
    playbookName: 'Growth',
    category: 'Growth',
});
const risk = { ...TWO_STEPS, lostWhen: 'NOT(ISBLANK($Figure.ChurnedOn))' };
const USAGE = trigger({
    key: 'Usage_Drop',
    label: 'Usage Drop',
    enterWhen: '$Figure.UsageChange <= -0.3',
    exitWhen: '$Figure.UsageChange > -0.15',
    holdDays: 3,
    cooldownDays: 0,
    expiresAfterDays: 20,
});
const GROWTH = trigger({
    key: 'Growth',
    label: 'Growth',
    playbookKey: 'growth',
    enterWhen: '$Figure.UsageChange >= 0.2',
    exitWhen: '$Figure.UsageChange < 0.1',
    holdDays: 0,
    expiresAfterDays: 10,
});
const TRIGGERS = [HEALTH, USAGE, RENEWAL, SMALL_RENEWAL, GROWTH];
const USUAL: Org = { triggers: TRIGGERS, versions: [risk, renewal, growth] };
const UNUSUAL: readonly Org[] = [
    { ...USUAL, triggers: TRIGGERS.map((each) => ({ ...each, active: each.key !== 'At_Risk' })) },
    { ...USUAL, triggers: TRIGGERS.map((each) => (each === USAGE ? { ...each, key: 'Usage_Fall' } : each)) },
    { ...USUAL, triggers: [] },
    { ...USUAL, triggers: [{ ...HEALTH, exitWhen: '$Figure.Helth > 65' }, USAGE] },
    { ...USUAL, versions: [{ ...risk, status: 'Retired' }, renewal, growth] },
    { ...USUAL, versions: [renewal] },
    { ...USUAL, timeZone: 'America/New_York' },
];

/** What a sweep may do of its own accord; a new run with room enters and is open at once. */
const SWEEPS: readonly EpisodeEvent[] = [
    ...(['enter', 'room', 'wake', 'adopt', 'raise', 'ease', 'recover', 'relapse', 'refresh', 'hold', 'lose'] as const),
    ...(['expire', 'continue'] as const),
];
const PEOPLE: readonly EpisodeEvent[] = ['act', 'snooze', 'wake', 'raise', 'ease', 'finish', 'reopen', 'continue'];

function isReachable(from: EpisodeState, to: EpisodeState, events: readonly EpisodeEvent[]): boolean {
    const after = (state: EpisodeState) => events.flatMap((event) => nextState(state, event).to ?? []);
    return from === to || after(from).some((state) => state === to || after(state).includes(to as Run['status']));
}

function changed(values: Values, now: string, random: Random): Values {
    const day = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
    const score = pick(random, [null, 20, 35, 45, 59, 60, 62, 64, 65, 70, 90]) ?? null;
    const all: Values = {
        Health_Score__c: score,
        Health_Score_On__c: pick(random, [null, day(0), day(-5), day(-40)]) ?? null,
        Usage_Change__c: pick(random, [null, -50, -30, -20, 0, 15, 25]) ?? null,
        Usage_On__c: pick(random, [null, day(0), day(-40)]) ?? null,
        Renewal_Date__c: pick(random, [null, day(10), day(40), day(80), day(200), day(365)]) ?? null,
        ARR__c: pick(random, [null, 9000, 50_000, 80_000]) ?? null,
        Churned_On__c: random() < 0.05 ? day(0) : null,
    };
    const [name, value] = pick(random, Object.entries(all)) ?? ['Health_Score__c', score];
    return { ...values, [name]: value };
}

/** What is wrong with the runs after a step; nothing, if all is well. */
function faults(before: readonly Run[], after: readonly Run[], events: readonly EpisodeEvent[]): string[] {
    const found: string[] = [];
    const fault = (is: boolean, what: string): void => {
        if (is) {
            found.push(what);
        }
    };
    const known = new Map(before.map((run) => [run.id, run]));
    fault(new Set(after.map(({ episodeKey }) => episodeKey)).size < after.length, 'two runs of one episode');
    fault(new Set(live(after)).size < live(after).length, 'two runs of one subject at a time');
    fault(after.filter(({ id }) => known.has(id)).length < before.length, 'a run is lost');
    for (const run of after) {
        const was = known.get(run.id);
        const [from, to] = [was?.status ?? 'None', run.status];
        const isClosed = to === 'Closed';
        fault(!isReachable(from, to, events), `from ${from} to ${to}`);
        fault(
            isClosed !== (run.outcome !== null) || isClosed !== (run.closedAt !== null),
            `${to}: ${run.outcome ?? ''}`,
        );
        fault((to === 'Snoozed') !== (run.snoozedUntil !== null), `${to} until ${run.snoozedUntil ?? ''}`);
        fault(run.completions.length < (was?.completions.length ?? 0), 'a completion is lost');
        // A person may take up what came back within its cooldown, and close it again, in one act.
        const stays = was?.status === 'Closed' && run.reopenedCount === was.reopenedCount;
        fault(stays && JSON.stringify(run) !== JSON.stringify(was), 'a closed run has changed');
    }
    return found;
}

function answers(runs: readonly Run[]): string {
    const kept = ['Done', 'Skipped', 'Not applicable'];
    return JSON.stringify(runs.flatMap(({ completions }) => completions).filter(({ status }) => kept.includes(status)));
}

/** What the runs that are not closed are about. */
function live(runs: readonly Run[]): string[] {
    return runs
        .filter(({ status }) => status !== 'Closed')
        .map(({ playbookKey, triggerKey }) => playbookKey ?? `signal ${triggerKey ?? ''}`);
}

function random(seed: number): Random {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

interface Seen {
    readonly kinds: Map<string, number>;
    acts: number;
}

function sweepAtRandom(swept: SweptAccount, now: string, values: Values, next: Random, seen: Seen): string[] {
    const before = swept.runs;
    const hasRoom = next() < 0.7;
    const { changes } = swept.plan(now, values);
    for (const change of changes) {
        const plan: ChangePlan | null = placed(change, hasRoom);
        if (plan !== null) {
            seen.kinds.set(change.kind, (seen.kinds.get(change.kind) ?? 0) + 1);
            swept.write(plan);
        }
    }
    const found = faults(before, swept.runs, SWEEPS);
    const ids = changes.flatMap(({ runId }) => runId ?? []);
    if (new Set(ids).size < ids.length) {
        found.push('two changes of one run');
    }
    if (answers(before) !== answers(swept.runs)) {
        found.push('a sweep has changed an answer');
    }
    const again = swept.plan(now, values).changes.filter((change) => placed(change, hasRoom) !== null);
    return [...found, ...again.map(({ kind }) => `a second sweep at the same moment: ${kind}`)];
}

describe('runs after months of sweeps, acts and changing figures', () => {
    const seen: Seen = { kinds: new Map(), acts: 0 };

    it.each(Array.from({ length: ACCOUNTS }, (_, index) => index))('stay true (account %i)', (seed) => {
        const next = random(seed * 7919 + 1);
        const swept = new SweptAccount(USUAL);
        let values: Values = { Health_Score__c: 70, ARR__c: 50_000 };
        let time = Date.parse('2026-03-01T00:00:00.000Z');
        for (let count = 0; count < STEPS; count += 1) {
            time += Math.floor(next() * 3 * 86_400_000);
            const now = new Date(time).toISOString();
            const before = swept.runs;
            const kind = next();
            let found: readonly string[] = [];
            if (kind < 0.3) {
                values = changed(values, now, next);
            } else if (kind < 0.35) {
                swept.org = (next() < 0.5 ? undefined : pick(next, UNUSUAL)) ?? USUAL;
            } else if (kind < 0.6) {
                const plan = randomAct(swept, now, values, next);
                if (plan !== null) {
                    seen.acts += 1;
                    swept.write(plan);
                    found = faults(before, swept.runs, PEOPLE);
                }
            } else {
                found = sweepAtRandom(swept, now, values, next, seen);
            }
            expect({ step: count, found }).toEqual({ step: count, found: [] });
        }
    });

    it('went through everything that a sweep can do', () => {
        const kinds = ['open', 'continue', 'close', 'expire', 'recover', 'relapse', 'wake', 'raise', 'refresh', 'wait'];
        expect([...seen.kinds.keys()].sort()).toEqual(kinds.sort());
        expect(seen.acts).toBeGreaterThan(500);
    });
});

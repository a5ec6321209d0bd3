/**
 * Accounts through months of changing figures, people's acts and sweeps, at random from a seed. After every step the runs must be such as the
 * table of states allows.
 */
import { type ChangePlan, placed, type Run } from '../playbookEngine';
import { pick, type Random, randomAct } from './acting';
import { account, RENEWAL, SMALL_RENEWAL, step, trigger, USER, version } from './sample';
import { faults, PEOPLE, SWEEPS } from './stateModel';
import { HEALTH, type Org, SweptAccount, sweepRules, TWO_STEPS } from './sweeping';

type Values = Parameters<SweptAccount['plan']>[1];

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

function answers(runs: readonly Run[]): string {
    const kept = ['Done', 'Skipped', 'Not applicable'];
    return JSON.stringify(runs.flatMap(({ completions }) => completions).filter(({ status }) => kept.includes(status)));
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
                const page = {
                    ...sweepRules(now, swept.org),
                    account: account({ ...values }),
                    user: USER,
                    runs: before,
                };
                const plan = randomAct(page, next);
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

/**
 * Rules against their peers: 12 triggers of 3 conditions over 100,000 accounts, evaluated by `c/formula`, by
 * json-logic-engine (compiled to JavaScript source), by json-rules-engine, and by functions written by hand. About one
 * value in twelve is blank, and a blank never satisfies a condition. All must find the same matches.
 */
import assert from 'node:assert/strict';
import { compileFormula, scopeOf, sharedReads } from 'c/formula';
import type { Clock, FieldType } from 'c/formula';
import { LogicEngine } from 'json-logic-engine';
import { Engine } from 'json-rules-engine';
import type { TopLevelCondition } from 'json-rules-engine';
import { throughputs } from './interleaved.ts';
import type { Contender } from './interleaved.ts';

const ACCOUNTS = 100_000;
/** json-rules-engine takes minutes for all accounts; throughput is per account, so a part of them will do. */
const SLOW_ACCOUNTS = 1_000;
const ROUNDS = 7;
const CLOCK: Clock = { now: '2026-11-21T09:00:00.000Z', timeZone: 'Europe/Berlin' };
/** TODAY() - 90, TODAY() and TODAY() + 90 at that clock, for the peers that have no dates. */
const AGO = '2026-08-23';
const TODAY = '2026-11-21';
const AHEAD = '2027-02-19';

const FIELDS = {
    Health: { type: 'Number' },
    Usage: { type: 'Number' },
    UsageChange: { type: 'Percent' },
    ARR: { type: 'Currency' },
    NPS: { type: 'Number' },
    Seats: { type: 'Number' },
    OpenCases: { type: 'Number' },
    Segment: { type: 'Text' },
    Region: { type: 'Text' },
    Renewal: { type: 'Date' },
    ChampionLeft: { type: 'Date' },
    CompetitorNamed: { type: 'Date' },
} as const satisfies Record<string, FieldType>;

type Field = keyof typeof FIELDS;
type Account = {
    readonly [F in Field]: ((typeof FIELDS)[F]['type'] extends 'Text' | 'Date' ? string : number) | null;
};
type Condition = readonly [field: Field, operator: '<' | '<=' | '>' | '>=' | '=', limit: number | string];

interface Trigger {
    readonly join: 'AND' | 'OR';
    readonly conditions: readonly [Condition, Condition, Condition];
    readonly byHand: (account: Account) => boolean;
}

/** Percents are raw here; the formulas are written with fractions. */
const TRIGGERS: readonly Trigger[] = [
    {
        join: 'OR',
        conditions: [
            ['Health', '<', 40],
            ['UsageChange', '<=', -60],
            ['CompetitorNamed', '>=', AGO],
        ],
        byHand: ({ Health, UsageChange, CompetitorNamed }) =>
            (Health !== null && Health < 40) ||
            (UsageChange !== null && UsageChange <= -60) ||
            (CompetitorNamed !== null && CompetitorNamed >= AGO),
    },
    {
        join: 'AND',
        conditions: [
            ['Health', '>=', 40],
            ['Health', '<', 60],
            ['ARR', '>=', 10_000],
        ],
        byHand: ({ Health, ARR }) => Health !== null && Health >= 40 && Health < 60 && ARR !== null && ARR >= 10_000,
    },
    {
        join: 'AND',
        conditions: [
            ['UsageChange', '<=', -30],
            ['Usage', '>=', 100],
            ['Segment', '=', 'Enterprise'],
        ],
        byHand: ({ UsageChange, Usage, Segment }) =>
            UsageChange !== null && UsageChange <= -30 && Usage !== null && Usage >= 100 && Segment === 'Enterprise',
    },
    {
        join: 'AND',
        conditions: [
            ['Renewal', '>=', TODAY],
            ['Renewal', '<=', AHEAD],
            ['ARR', '>', 25_000],
        ],
        byHand: ({ Renewal, ARR }) =>
            Renewal !== null && Renewal >= TODAY && Renewal <= AHEAD && ARR !== null && ARR > 25_000,
    },
    {
        join: 'AND',
        conditions: [
            ['ARR', '<=', 25_000],
            ['Renewal', '<=', AHEAD],
            ['Health', '<', 70],
        ],
        byHand: ({ ARR, Renewal, Health }) =>
            ARR !== null && ARR <= 25_000 && Renewal !== null && Renewal <= AHEAD && Health !== null && Health < 70,
    },
    {
        join: 'AND',
        conditions: [
            ['ChampionLeft', '>=', AGO],
            ['Segment', '=', 'Mid-market'],
            ['Seats', '>', 20],
        ],
        byHand: ({ ChampionLeft, Segment, Seats }) =>
            ChampionLeft !== null && ChampionLeft >= AGO && Segment === 'Mid-market' && Seats !== null && Seats > 20,
    },
    {
        join: 'OR',
        conditions: [
            ['NPS', '<', 3],
            ['OpenCases', '>', 18],
            ['Health', '<', 25],
        ],
        byHand: ({ NPS, OpenCases, Health }) =>
            (NPS !== null && NPS < 3) || (OpenCases !== null && OpenCases > 18) || (Health !== null && Health < 25),
    },
    {
        join: 'AND',
        conditions: [
            ['Region', '=', 'EMEA'],
            ['NPS', '<=', 6],
            ['OpenCases', '>=', 5],
        ],
        byHand: ({ Region, NPS, OpenCases }) =>
            Region === 'EMEA' && NPS !== null && NPS <= 6 && OpenCases !== null && OpenCases >= 5,
    },
    {
        join: 'AND',
        conditions: [
            ['Seats', '>=', 100],
            ['Usage', '<', 300],
            ['Health', '>=', 60],
        ],
        byHand: ({ Seats, Usage, Health }) =>
            Seats !== null && Seats >= 100 && Usage !== null && Usage < 300 && Health !== null && Health >= 60,
    },
    {
        join: 'OR',
        conditions: [
            ['CompetitorNamed', '>=', AGO],
            ['ChampionLeft', '>=', AGO],
            ['UsageChange', '<=', -75],
        ],
        byHand: ({ CompetitorNamed, ChampionLeft, UsageChange }) =>
            (CompetitorNamed !== null && CompetitorNamed >= AGO) ||
            (ChampionLeft !== null && ChampionLeft >= AGO) ||
            (UsageChange !== null && UsageChange <= -75),
    },
    {
        join: 'AND',
        conditions: [
            ['Segment', '=', 'SMB'],
            ['Region', '=', 'APAC'],
            ['ARR', '>', 5_000],
        ],
        byHand: ({ Segment, Region, ARR }) => Segment === 'SMB' && Region === 'APAC' && ARR !== null && ARR > 5_000,
    },
    {
        join: 'AND',
        conditions: [
            ['Health', '>=', 80],
            ['UsageChange', '>', 20],
            ['NPS', '>=', 9],
        ],
        byHand: ({ Health, UsageChange, NPS }) =>
            Health !== null && Health >= 80 && UsageChange !== null && UsageChange > 20 && NPS !== null && NPS >= 9,
    },
];

/** Throughput of `c/formula` over that of each peer; 2 means twice as fast. */
export async function measure(): Promise<Record<string, number>> {
    const accounts = makeAccounts(ACCOUNTS);
    const few = accounts.slice(0, SLOW_ACCOUNTS);
    const byFormula = formulaMatcher();
    const byJsonLogic = jsonLogicMatcher();
    const byJsonRules = jsonRulesMatcher();

    const expected = countByHand(accounts);
    assert.ok(expected > 0, 'No trigger matches: the comparison would mean nothing.');
    const run = (name: string, matches: () => number): Contender => ({
        name,
        pieces: accounts.length,
        run: () => assert.equal(matches(), expected, `${name} finds other matches`),
    });
    const expectedFew = countByHand(few);
    const speeds = await throughputs(
        [
            run('formula', () => byFormula(accounts)),
            run('json-logic-engine', () => byJsonLogic(accounts)),
            run('hand-written', () => countByHand(accounts)),
            {
                name: 'json-rules-engine',
                pieces: few.length,
                run: async () =>
                    assert.equal(await byJsonRules(few), expectedFew, 'json-rules-engine finds other matches'),
            },
        ],
        ROUNDS,
    );
    const ratio = (peer: string): number => (speeds.get('formula') ?? NaN) / (speeds.get(peer) ?? NaN);
    return {
        'engine.vsJsonLogicEngine': ratio('json-logic-engine'),
        'engine.vsJsonRulesEngine': ratio('json-rules-engine'),
        'engine.vsHandWritten': ratio('hand-written'),
    };
}

function countByHand(accounts: readonly Account[]): number {
    let matches = 0;
    for (const account of accounts) {
        for (const { byHand } of TRIGGERS) {
            if (byHand(account)) matches += 1;
        }
    }
    return matches;
}

type Matcher = (accounts: readonly Account[]) => number;

function formulaMatcher(): Matcher {
    const scope = scopeOf(FIELDS);
    const reads = sharedReads();
    const rules = TRIGGERS.map(({ join, conditions }) => {
        const source = `${join}(${conditions.map(formulaOf).join(', ')})`;
        return compileFormula(source, scope, { blanks: 'unknown', expect: 'Checkbox', reads });
    });
    return (accounts) => {
        let matches = 0;
        for (const account of accounts) {
            for (const rule of rules) {
                if (rule.evaluate(account, CLOCK) === true) matches += 1;
            }
        }
        return matches;
    };
}

const DAYS: Readonly<Record<string, string>> = { [AGO]: 'TODAY() - 90', [TODAY]: 'TODAY()', [AHEAD]: 'TODAY() + 90' };

function formulaOf([field, operator, limit]: Condition): string {
    if (typeof limit === 'string') {
        return `${field} ${operator} ${DAYS[limit] ?? `"${limit}"`}`;
    }
    return `${field} ${operator} ${FIELDS[field].type === 'Percent' ? limit / 100 : limit}`;
}

function jsonLogicMatcher(): Matcher {
    const engine = new LogicEngine();
    const rules = TRIGGERS.map(({ join, conditions }) => {
        const rule: unknown = engine.build({ [join.toLowerCase()]: conditions.map(jsonLogicOf) });
        assert.ok(typeof rule === 'function');
        return (account: Account): unknown => Reflect.apply(rule, undefined, [account]);
    });
    return (accounts) => {
        let matches = 0;
        for (const account of accounts) {
            for (const rule of rules) {
                if (rule(account) === true) matches += 1;
            }
        }
        return matches;
    };
}

function jsonLogicOf([field, operator, limit]: Condition): unknown {
    const value = { var: field };
    const comparison = { [operator === '=' ? '===' : operator]: [value, limit] };
    // There a null counts as 0, so only what 0 would satisfy needs a test of its own.
    const zeroWouldDo = typeof limit === 'number' && (operator.startsWith('<') ? limit >= 0 : limit <= 0);
    return zeroWouldDo ? { and: [{ '!==': [value, null] }, comparison] } : comparison;
}

const RULES_OPERATORS = {
    '<': 'lessThan',
    '<=': 'lessThanInclusive',
    '>': 'greaterThan',
    '>=': 'greaterThanInclusive',
    '=': 'equal',
} as const;

function jsonRulesMatcher(): (accounts: readonly Account[]) => Promise<number> {
    const engine = new Engine();
    TRIGGERS.forEach(({ join, conditions }, index) => {
        const list = conditions.map(([fact, operator, value]) => ({
            fact,
            operator: RULES_OPERATORS[operator],
            value,
        }));
        const all: TopLevelCondition = join === 'AND' ? { all: list } : { any: list };
        engine.addRule({ conditions: all, event: { type: `trigger ${index}` } });
    });
    return async (accounts) => {
        let matches = 0;
        for (const account of accounts) {
            const { events } = await engine.run({ ...account });
            matches += events.length;
        }
        return matches;
    };
}

/** The same accounts in every run. */
function makeAccounts(count: number): Account[] {
    const random = generator(20_261_121);
    const orBlank = <T>(value: T): T | null => (random() < 1 / 12 ? null : value);
    const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    const day = (from: number, to: number): string =>
        new Date(Date.parse(TODAY) + whole(from, to) * 86_400_000).toISOString().slice(0, 10);
    const pick = (values: readonly string[]): string => values[whole(0, values.length - 1)] ?? '';
    return Array.from({ length: count }, () => ({
        Health: orBlank(whole(0, 100)),
        Usage: orBlank(whole(0, 1000)),
        UsageChange: orBlank(whole(-800, 400) / 10),
        ARR: orBlank(whole(1_000, 200_000)),
        NPS: orBlank(whole(0, 10)),
        Seats: orBlank(whole(1, 400)),
        OpenCases: orBlank(whole(0, 20)),
        Segment: orBlank(pick(['Enterprise', 'Mid-market', 'SMB'])),
        Region: orBlank(pick(['EMEA', 'Americas', 'APAC'])),
        Renewal: orBlank(day(-30, 400)),
        ChampionLeft: orBlank(day(-900, -1)),
        CompetitorNamed: orBlank(day(-900, -1)),
    }));
}

/** A linear congruential generator: numbers from 0 to below 1. */
function generator(seed: number): () => number {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

import type { Value } from 'c/formula';
import { randomFrom } from '../../../../../../scripts/lib/random';
import { type Prompt, type Rank, rankOf, type Run, TIERS } from '../playbookEngine';
import { VERSION } from './answering';
import { context, day, NOW, promptFor, run } from './sample';

type Values = Record<string, Value>;
type Part = Exclude<keyof Rank, 'score'>;

const rank = (values: Values = {}, prompt: Partial<Prompt> = {}): Rank =>
    rankOf(promptFor(VERSION, { tier: 'Moderate', ...prompt }), context(values));
const untouched = (days: number, changes: Partial<Run> = {}): { readonly run: Run } => ({
    run: run({ surfacedAt: `${day(-days)}T10:00:00.000Z`, ...changes }),
});

describe('the parts of a rank', () => {
    test('are nothing where nothing is known', () => {
        expect(rank()).toEqual({ score: 0, tier: 0, change: 0, arr: 0, renewal: 0, waiting: 0 });
    });

    test('are full where everything speaks for it', () => {
        const values = { Usage_Change__c: -100, ARR__c: 5e9, Renewal_Date__c: day(0) };
        expect(rank(values, { tier: 'Critical', ...untouched(90) })).toEqual({
            score: 1,
            tier: 1,
            change: 1,
            arr: 1,
            renewal: 1,
            waiting: 1,
        });
    });

    test.each<[string, Part, Values, Partial<Prompt>, number]>([
        ['a tier in the middle', 'tier', {}, { tier: 'High' }, 0.5],
        ['usage that fell by a third', 'change', { Usage_Change__c: -30 }, {}, 0.5],
        [
            'usage that fell, told by its two readings',
            'change',
            { Usage_Current__c: 70, Usage_Previous__c: 100 },
            {},
            0.5,
        ],
        ['usage that rose', 'change', { Usage_Change__c: 30 }, {}, 0],
        ['usage that was nothing before', 'change', { Usage_Current__c: 70, Usage_Previous__c: 0 }, {}, 0],
        ['usage below that at opening', 'change', { Usage_Current__c: 840 }, untouched(0), 0.5],
        ['health below that at opening', 'change', { Health_Score__c: 28 }, untouched(0), 0.5],
        ['health above that at opening', 'change', { Health_Score__c: 68 }, untouched(0), 0],
        ['stale usage', 'change', { Usage_Change__c: -90, Usage_On__c: day(-40) }, {}, 0],
        [
            'a run without figures at opening',
            'change',
            { Health_Score__c: 1, Usage_Current__c: 1 },
            untouched(0, { healthAtOpening: null, usageAtOpening: null }),
            0,
        ],
        ['an ARR below nothing', 'arr', { ARR__c: -5 }, {}, 0],
        ['a renewal in ninety days', 'renewal', { Renewal_Date__c: day(90) }, {}, 0.5],
        ['a renewal in half a year', 'renewal', { Renewal_Date__c: day(180) }, {}, 0],
        ['a renewal just missed', 'renewal', { Renewal_Date__c: day(-30) }, {}, 1],
        ['a renewal of long ago', 'renewal', { Renewal_Date__c: day(-31) }, {}, 0],
        ['a renewal that is no day', 'renewal', { Renewal_Date__c: 'soon' }, {}, 0],
        ['a renewal with a time', 'renewal', { Renewal_Date__c: `${day(90)}T08:00:00.000Z` }, {}, 0.5],
        ['fifteen days without anybody', 'waiting', {}, untouched(15), 0.5],
        [
            'fifteen days since it came back',
            'waiting',
            {},
            untouched(90, { returnedAt: `${day(-15)}T10:00:00.000Z` }),
            0.5,
        ],
        ['a run that somebody has touched', 'waiting', {}, untouched(15, { actedAt: NOW }), 0],
    ])('%s', (_, part, values, prompt, expected) => {
        expect(rank(values, prompt)[part]).toBeCloseTo(expected, 10);
    });

    test('one more power of ten of ARR counts the same whatever the currency', () => {
        const [ten, hundred, thousand] = [1e4, 1e5, 1e6].map((ARR__c) => rank({ ARR__c }).arr) as [
            number,
            number,
            number,
        ];
        expect(hundred - ten).toBeCloseTo(thousand - hundred, 3);
    });

    test('a run that continues is measured against the figures of its opening', () => {
        const continues = run({ status: 'Closed', outcome: 'Saved', closedAt: NOW });
        expect(rank({ Health_Score__c: 28 }, { continues }).change).toBeCloseTo(0.5, 10);
    });
});

describe('the score', () => {
    const random = randomFrom(4);
    const pick = <T>(...choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
    const some = (): { values: Values; prompt: Partial<Prompt> } => ({
        values: {
            Health_Score__c: pick<Value>(null, Math.floor(random() * 100)),
            Usage_Change__c: pick<Value>(null, Math.floor(random() * 200 - 100)),
            ARR__c: pick<Value>(null, Math.floor(10 ** (random() * 10))),
            Renewal_Date__c: pick<Value>(null, day(Math.floor(random() * 400 - 60))),
            Health_Score_On__c: pick<Value>(null, day(-3), day(-30)),
        },
        prompt: { tier: pick(...TIERS), ...pick<Partial<Prompt>>({}, untouched(Math.floor(random() * 60))) },
    });

    test('is from 0 to 1, like its parts', () => {
        for (let round = 0; round < 500; round += 1) {
            const { prompt, values } = some();
            const found = Object.values(rank(values, prompt));
            expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
            expect(Math.max(...found)).toBeLessThanOrEqual(1);
        }
    });

    test('is higher for a worse tier, whatever else speaks against it', () => {
        for (let round = 0; round < 500; round += 1) {
            const [one, other] = [some(), some()];
            const [worse, better] = [
                rank(one.values, { ...one.prompt, tier: pick('Critical', 'High') }),
                rank(other.values, { ...other.prompt, tier: 'Moderate' }),
            ];
            const worst = rank(other.values, { ...other.prompt, tier: 'Critical' });
            const middle = rank(one.values, { ...one.prompt, tier: 'High' });
            expect(worse.score).toBeGreaterThan(better.score);
            expect(worst.score).toBeGreaterThan(middle.score);
        }
    });

    type Change = (values: Values, prompt: Partial<Prompt>) => [Values, Partial<Prompt>];
    test.each<[Part, Change]>([
        ['tier', (values, prompt) => [values, { ...prompt, tier: 'Critical' }]],
        ['change', (values, prompt) => [{ ...values, Usage_Change__c: -100 }, prompt]],
        [
            'arr',
            (values, prompt) => [{ ...values, ARR__c: Number(values['ARR__c'] ?? 0) * (1 + random()) + 1 }, prompt],
        ],
        ['renewal', (values, prompt) => [{ ...values, Renewal_Date__c: day(0) }, prompt]],
        ['waiting', (values, prompt) => [values, { ...prompt, run: { ...LONG.run, ...figuresOf(prompt) } }]],
    ])('grows with %s, the others being equal', (part, change) => {
        for (let round = 0; round < 200; round += 1) {
            const { prompt, values } = some();
            const [before, after] = [rank(values, prompt), rank(...change(values, prompt))];
            const others = (given: Rank): Partial<Rank> => ({ ...given, [part]: 0, score: 0 });
            expect(others(after)).toEqual(others(before));
            expect(after[part]).toBeGreaterThanOrEqual(before[part]);
            expect(Math.sign(after.score - before.score)).toBe(Math.sign(after[part] - before[part]));
        }
    });
});

const LONG = untouched(90);

/** What a run is measured against, so that only its age changes; without a run nothing is. */
function figuresOf({ run: given }: Partial<Prompt>): Pick<Run, 'healthAtOpening' | 'usageAtOpening'> {
    return given ?? { healthAtOpening: null, usageAtOpening: null };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepView, Tier } from 'c/playbookEngine';
import { loadVersion, Walk } from './walk.ts';

const MOST_AT_A_TIME = 8;
const WALKS = 150;
const ACTIONS = 35;

/** The same walks on every machine. */
function randomNumbers(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
        return state / 4_294_967_296;
    };
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
    return items[Math.floor(random() * items.length)];
}

/** Any answer, mostly a full choice where several are allowed; now and then the step is skipped. */
function answerFor({ step }: StepView, random: () => number): string[] | null {
    if (random() < 0.1) {
        return null;
    }
    const options = [...(step.decision?.options ?? [])];
    const chosen: string[] = [];
    while (chosen.length < (step.decision?.max ?? 0) && options.length > 0) {
        const [option] = options.splice(Math.floor(random() * options.length), 1);
        chosen.push(...(option === undefined ? [] : [option]));
    }
    return chosen;
}

const starts: readonly { key: string; anchorOn: string | null; renewal: string | null }[] = [
    { key: 'at-risk', anchorOn: null, renewal: null },
    { key: 'renewal', anchorOn: '2027-02-21', renewal: '2027-02-21' },
    { key: 'renewal', anchorOn: '2026-12-07', renewal: '2026-12-07' },
    { key: 'champion-change', anchorOn: '2026-11-10', renewal: '2027-01-15' },
];

for (const { key, anchorOn, renewal } of starts) {
    test(`${key} (${anchorOn ?? 'no anchor'}): on no path more than ${MOST_AT_A_TIME} steps wait at a time`, async () => {
        const version = await loadVersion(key);
        const seen = new Set<string>();
        for (let seed = 1; seed <= WALKS; seed += 1) {
            const random = randomNumbers(seed);
            const tier: Tier = pick(['Critical', 'High', 'Moderate'] as const, random) ?? 'High';
            const walk = new Walk(version, { tier, anchorOn, values: { Renewal_Date__c: renewal } });
            // Half of the walks answer questions first and leave the work lying: that piles up most.
            const lazy = random() < 0.5;
            const path: string[] = [];
            for (let action = 0; action < ACTIONS; action += 1) {
                const open = walk.open();
                open.forEach((view) => seen.add(view.step.key));
                const keys = open.map((view) => view.step.key);
                assert.ok(open.length <= MOST_AT_A_TIME, `${keys.join(', ')} after ${path.join(' → ')}`);
                const questions = open.filter((view) => view.step.decision !== null && !view.waiting);
                const view = pick(lazy && questions.length > 0 ? questions : open, random);
                if (view === undefined) {
                    walk.days(20);
                    continue;
                }
                const answer = answerFor(view, random);
                path.push(`${view.step.key}=${answer?.join('+') ?? 'skipped'}`);
                walk.answer(view.step.key, answer).days(pick([0, 1, 4], random) ?? 0);
            }
            assert.deepEqual(walk.problems(), []);
        }
        assert.deepEqual(
            version.steps.map((step) => step.key).filter((step) => !seen.has(step)),
            [],
            'every step shows on some path',
        );
    });
}

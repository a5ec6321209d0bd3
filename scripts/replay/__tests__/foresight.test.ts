import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareRules } from 'c/playbookEngine';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { Losses, foresightOf, median, quantile } from '../foresight.ts';
import { LiftOf } from '../lift.ts';
import type { Episode } from '../replayed-book.ts';

const episode = (account: string, surfacedOn: string, closedOn: string | null = null): Episode => ({
    account,
    triggerKey: 'At_Risk',
    tier: 'High',
    surfacedOn,
    closedOn,
    outcome: null,
    reason: null,
});

describe('what alarms foresaw', () => {
    const losses = new Losses([
        { account: 'a', day: '2024-03-01' },
        { account: 'b', day: '2024-03-01' },
        { account: 'c', day: '2024-03-03' },
    ]);
    const judge = (episodes: readonly Episode[]) =>
        foresightOf('At_Risk', episodes, losses, { horizon: 90, lastDay: '2024-12-31' });

    it('counts an alarm as right when a loss follows within the horizon, and not when it came before', () => {
        const result = judge([episode('a', '2024-01-15'), episode('b', '2023-11-01'), episode('c', '2024-03-04')]);
        assert.deepEqual([result.judged, result.followed], [3, 1]);
    });

    it('counts the last day of the horizon, and not the day after it', () => {
        assert.equal(judge([episode('a', '2023-12-02')]).followed, 1);
        assert.equal(judge([episode('a', '2023-12-01')]).followed, 0);
    });

    it('leaves out alarms whose horizon was not observed to its end', () => {
        const result = judge([episode('a', '2024-12-01')]);
        assert.deepEqual([result.episodes, result.judged], [1, 0]);
    });

    it('takes a loss as foreseen only a week or more ahead, and counts it once however many alarms there were', () => {
        const result = judge([episode('a', '2024-02-26'), episode('b', '2024-02-20'), episode('b', '2024-01-01')]);
        assert.deepEqual([result.foreseen, result.medianLead], [1, 60]);
    });

    it('tells durations of closed alarms only, and how many are open', () => {
        const result = judge([episode('a', '2024-01-01', '2024-01-11'), episode('b', '2024-01-01')]);
        assert.deepEqual([result.medianDays, result.stillOpen], [10, 1]);
    });
});

describe('quantiles', () => {
    it('are values that occurred, and null of none', () => {
        assert.equal(median([]), null);
        assert.equal(median([3, 1, 2, 4]), 2);
        assert.equal(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95), 10);
        assert.equal(quantile([7], 0.95), 7);
    });
});

describe('the lift of a condition', async () => {
    const rules = await readProjectRules();
    const prepared = prepareRules({ ...rules, fieldTypes: await accountFieldTypes() });

    it('compares where it holds with where it does not, unknown among the latter', () => {
        const lift = new LiftOf('$Figure.Health < 60', prepared);
        lift.see('a', { Health_Score__c: 40 }, '2024-01-01');
        lift.see('b', { Health_Score__c: 40 }, '2024-01-01');
        lift.see('c', { Health_Score__c: 90 }, '2024-01-01');
        lift.see('d', { Health_Score__c: null }, '2024-01-01');
        const losses = new Losses([
            { account: 'a', day: '2024-02-01' },
            { account: 'd', day: '2024-02-01' },
        ]);
        const { held, heldLost, others, othersLost } = lift.result(losses, 90, '2024-12-31');
        assert.deepEqual([held, heldLost, others, othersLost], [2, 1, 2, 1]);
    });

    it('is refused in words when the condition is no formula', () => {
        assert.throws(() => new LiftOf('Health is low', prepared), /“Health is low”/);
    });
});

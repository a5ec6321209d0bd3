/** Plans without writing: parts of a book, and rules that do not work. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatsFor, prepareRules } from 'c/playbookEngine';
import type { Trigger } from 'c/playbookEngine';
import { bookQueries } from '../book.ts';
import { readConfiguration } from '../configuration.ts';
import type { SweepConfiguration } from '../configuration.ts';
import { decide } from '../decide.ts';
import type { Decided } from '../decide.ts';
import { sharedFreePlaces } from '../places.ts';
import { formatSummary } from '../report.ts';
import { WHOLE } from '../shards.ts';
import type { Shard } from '../shards.ts';
import { hiddenCsms } from '../sight.ts';
import { messageOf, recordFields, summarize } from '../summary.ts';
import type { SweepSummary } from '../summary.ts';
import { WorkFile } from '../work-file.ts';
import { makeUnhappy, sampleOrg } from './swept-org.ts';

const org = await sampleOrg();
await makeUnhappy(org, 12);
const client = await org.client();
const configuration = await readConfiguration(client.connection, client.now());

interface Planned extends Decided {
    readonly summary: SweepSummary;
    /** Of each change that needs a place: its account, and whether it has one. */
    readonly places: ReadonlyMap<string, boolean>;
}

async function plan(shard: Shard, full = false, own: SweepConfiguration = configuration): Promise<Planned> {
    const work = new WorkFile('');
    const decided = await decide({
        ...{ client, configuration: own, shard, full, work, history: null },
        startProgress: () => ({ update: () => undefined, stop: () => undefined }),
        keep: async () => undefined,
        onHidden: (hidden) => assert.deepEqual(hidden, []),
    });
    const about = { sweep: null, shard: '1/1', dryRun: true, startedAt: own.rules.clock.now, seconds: 1, apiCalls: 1 };
    const places = [...work.changes()].map(({ accountId, hasPlace }) => [accountId, hasPlace] as const);
    const summary = summarize({
        ...{ configuration: own, work, ...decided, about, written: null },
        afterwards: { kept: {}, csmMonths: 0 },
    });
    work.close();
    return { ...decided, summary, places: new Map(places) };
}

describe('a book in parts', () => {
    for (const full of [true, false]) {
        it(`${full ? 'all accounts' : 'candidates'}: the parts together find what one sweep finds`, async () => {
            const whole = await plan(WHOLE, full);
            const parts = await Promise.all([1, 2, 3].map((index) => plan({ index, count: 3 }, full)));
            const sum = (pick: (part: Decided) => number): number => parts.reduce((all, part) => all + pick(part), 0);
            assert.equal(
                sum(({ counts }) => counts.evaluated),
                whole.counts.evaluated,
            );
            assert.equal(
                sum(({ size }) => size.inScope ?? NaN),
                await org.count('Account'),
            );
            assert.ok(parts.every(({ counts }) => counts.evaluated > 0));
            assert.deepEqual(new Set(parts.flatMap(({ places }) => [...places.keys()])), new Set(whole.places.keys()));
        });
    }

    it('no part knows of the places that the others give, and yet no CSM gets more than her capacity', async () => {
        const parts = await Promise.all([1, 2, 3, 4].map((index) => plan({ index, count: 4 })));
        const inFront = parts.flatMap(({ summary }) =>
            summary.csms.filter(({ name }) => name === 'Maya Lindqvist').map((csm) => csm.inFront),
        );
        const sum = inFront.reduce((all, one) => all + one, 0);
        assert.ok(sum > 0 && sum <= configuration.rules.settings.capacity, inFront.join(' + '));
    });

    it('with more parts than places every part has its day', () => {
        const days = Array.from({ length: 20 }, (_, day) => sharedFreePlaces(() => 3, { index: 7, count: 20 }, day));
        assert.equal(days.filter((free) => free('005') === 1).length, 3);
        assert.ok(days.every((free) => free('005') <= 1));
    });
});

describe('rules that do not work', () => {
    const withTriggers = (change: (trigger: Trigger) => Trigger): SweepConfiguration => {
        const { rules, fieldTypes } = configuration;
        const triggers = rules.prepared.triggers.map(change);
        const prepared = prepareRules({ triggers, settings: rules.settings, fieldTypes });
        return { ...configuration, rules: { ...rules, prepared } };
    };

    it('are named and do nothing; the others work', async () => {
        const broken = withTriggers((trigger) =>
            trigger.key === 'Renewal' ? { ...trigger, enterWhen: 'Renewal_Dat__c < TODAY()' } : trigger,
        );
        const { summary } = await plan(WHOLE, false, broken);
        assert.equal(summary.brokenRules.length, 1);
        assert.match(messageOf(summary) ?? '', /^A rule does nothing: Renewal, Enter When: .*Renewal_Dat__c/);
        assert.ok(summary.triggers.every(({ key }) => key !== 'Renewal'));
        const atRisk = summary.triggers.find(({ key }) => key === 'At_Risk');
        assert.ok((atRisk?.accounts ?? 0) > 10);
    });

    it('that fail on some accounts are named with their number', async () => {
        const failing = withTriggers((trigger) =>
            trigger.key === 'Renewal_Small' ? { ...trigger, enterWhen: '1 / ($Figure.Health - 50) > 0' } : trigger,
        );
        const { summary } = await plan(WHOLE, false, failing);
        const [failed] = summary.failedRules;
        assert.equal(failed?.label, 'Renewal, Small Account');
        assert.equal(failed.accounts, 12);
        assert.match(
            formatSummary(summary, formatsFor('en', 'EUR', 'UTC')).join('\n'),
            /fails on 12 accounts: Renewal/,
        );
    });
});

it('what people wrote about customers is not downloaded', () => {
    const { completions, runs } = bookQueries(configuration, { from: null, below: null });
    assert.doesNotMatch(`${completions} ${runs}`, /Note__c|Reason__c/);
    assert.match(completions, /Completion_Status__c/);
});

it('runs are read that have counted ARR while another was open, or shortly before it closes', () => {
    const { rules } = configuration;
    const night = '2026-11-21T02:00:00.000Z';
    const clock = { ...rules.clock, now: night };
    const runs = (openSince: string | null): string =>
        bookQueries({ ...configuration, openSince, rules: { ...rules, clock } }, { from: null, below: null }).runs;
    const counted = (since: string): string =>
        `OR (Closed_At__c >= ${since} AND (ARR_Saved__c > 0 OR ARR_Lost__c > 0))`;
    assert.ok(runs('2026-01-05T02:00:00.000Z').includes(counted('2026-01-05T02:00:00.000Z')));
    // 90 days back, and one for the time zones.
    assert.ok(runs('2026-11-20T02:00:00.000Z').includes(counted('2026-08-22T02:00:00.000Z')));
    assert.doesNotMatch(runs(null), /> 0/);
});

describe('users that cannot be seen', () => {
    const unseen = { inScope: 2, customers: 2, byCsm: { '005000000099991AAA': 1, '005000000099992AAA': 1 } };

    it('when accounts name nobody else, the permission is named', async () => {
        const [hidden] = await hiddenCsms(client.connection, configuration, unseen);
        assert.match(
            hidden?.message ?? '',
            /^The accounts name 2 users in CSM__c, and the user of the sweep sees none/,
        );
        assert.match(hidden?.action ?? '', /View All Users/);
    });

    it('one that is seen is enough, also one who works there no more', async () => {
        const [csm = ''] = [...configuration.users.values()].map(({ id }) => id);
        const size = { ...unseen, byCsm: { ...unseen.byCsm, [csm]: 1 } };
        assert.deepEqual(await hiddenCsms(client.connection, configuration, size), []);
        const nobodyActive = { ...configuration, users: new Map() };
        assert.deepEqual(await hiddenCsms(client.connection, nobodyActive, size), []);
    });
});

describe('the summary in words', () => {
    it('tells what was not written, and the record of the sweep counts it', async () => {
        const { summary } = await plan(WHOLE);
        const notWritten = { overtaken: 2, gone: 1, failed: 3, file: '.sweep/x.csv' };
        const ended: SweepSummary = { ...summary, sweep: 'SW-00009', dryRun: false, notWritten };
        const text = formatSummary(ended, formatsFor('en', 'EUR', 'UTC')).join('\n');
        assert.match(text, /^Sweep SW-00009 · /);
        assert.match(text, /^2 runs were changed by a person meanwhile and left alone/m);
        assert.match(text, /^1 record was deleted meanwhile, each with its reason in \.sweep\/x\.csv\.$/m);
        assert.match(text, /^3 changes could not be written, each with its reason in \.sweep\/x\.csv\./m);
        const fields = recordFields(ended);
        assert.equal(fields['Failed_Count__c'], 4);
        assert.equal(fields['Overtaken_Count__c'], 2);
        assert.match(messageOf(ended) ?? '', /3 changes could not be written/);
    });

    it('adds up the CSMs beyond the first forty', async () => {
        const { summary } = await plan(WHOLE);
        const [first] = summary.csms;
        assert.ok(first !== undefined);
        const csms = Array.from({ length: 50 }, (_, at) => ({ ...first, name: `CSM ${at}`, inFront: 2, waiting: 0 }));
        const text = formatSummary({ ...summary, csms }, formatsFor('en', 'EUR', 'UTC')).join('\n');
        assert.match(text, /^10 others +490 +20 /m);
    });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadVersion, Walk } from './walk.ts';
import type { WalkStart } from './walk.ts';

const version = await loadVersion('at-risk');
const walk = (start: WalkStart = {}): Walk => new Walk(version, start);

test('it opens with one question, and on the critical tier with the escalation beside it', () => {
    assert.deepEqual(walk().openKeys(), ['check_data']);
    assert.deepEqual(walk({ tier: 'Critical' }).openKeys(), ['check_data', 'escalate_critical']);
});

test('the escalation of the critical tier is due on day one, the call is booked within two working days', () => {
    const critical = walk({ tier: 'Critical' }).answer('check_data', ['Real']);
    const due = new Map(critical.open().map((view) => [view.step.key, view.dueAt]));
    assert.equal(due.get('escalate_critical'), '2026-11-24T09:00:00.000Z');
    assert.equal(due.get('book_call'), '2026-11-25T09:00:00.000Z');
});

test('a false alarm leaves only the repair of the data, a season only its note', () => {
    assert.deepEqual(walk().answer('check_data', ['False alarm']).openKeys(), ['fix_data']);
    assert.deepEqual(walk({ tier: 'Critical' }).answer('check_data', ['Known or seasonal']).openKeys(), [
        'note_season',
    ]);
});

test('a skipped data check counts as a real risk', () => {
    assert.deepEqual(walk().answer('check_data', null).openKeys(), ['cause', 'book_call', 'day_30']);
});

test('no reply leads to a second contact, then to the sponsor, then to the open door', () => {
    const run = walk().answer('check_data', ['Real']).answer('cause', ['Other']);
    run.answer('book_call', ['No reply to two messages']);
    assert.deepEqual(run.openKeys(), ['second_contact', 'day_30']);
    run.answer('second_contact', ['No reply']);
    assert.deepEqual(run.openKeys(), ['sponsor_outreach', 'day_30']);
    run.answer('sponsor_outreach', ['No reply']);
    assert.deepEqual(run.openKeys(), ['tell_customer_plan_failed', 'day_30']);
});

test('a second contact who answers leads to the call', () => {
    const run = walk().answer('check_data', ['Real']).answer('cause', ['Other']);
    run.answer('book_call', ['They declined']).answer('second_contact', ['Call booked']);
    assert.deepEqual(run.openKeys(), ['hold_call', 'day_30']);
});

test('a stakeholder who changed leads to the map of who decides', () => {
    const run = walk().answer('check_data', ['Real']).answer('cause', ['Other']);
    run.answer('book_call', ['Contact left or changed role']);
    assert.deepEqual(run.openKeys(), ['map_champion', 'hold_call', 'day_30']);
});

test('each of three causes adds its preparation', () => {
    const run = walk().answer('check_data', ['Real']);
    run.answer('cause', ['Low adoption', 'Price or budget', 'Competitor']);
    assert.deepEqual(run.openKeys(), [
        'book_call',
        'prepare_adoption',
        'prepare_price',
        'prepare_competitor',
        'day_30',
    ]);
});

function planned(): Walk {
    return walk()
        .answer('check_data', ['Real'])
        .answer('cause', ['Other'])
        .answer('book_call', ['Call booked'])
        .answer('hold_call', ['We can fix it together'])
        .answer('recovery_plan');
}

test('two flat reviews escalate, one does not; a worse one does at once', () => {
    const flat = planned().days(7).answer('weekly_review', ['Flat']);
    assert.ok(!flat.openKeys().includes('escalate_flat'));
    flat.days(7).answer('weekly_review', ['Flat']);
    assert.ok(flat.openKeys().includes('escalate_flat'));

    const mixed = planned().days(7).answer('weekly_review', ['Flat']).days(7).answer('weekly_review', ['Improving']);
    mixed.days(7).answer('weekly_review', ['Flat']);
    assert.ok(!mixed.openKeys().includes('escalate_flat'));

    assert.ok(planned().days(7).answer('weekly_review', ['Worse']).openKeys().includes('escalate_flat'));
});

test('day 30 ends the reviews, unless they go on', () => {
    const run = planned().days(30);
    assert.deepEqual(run.answer('day_30', ['Keep going']).openKeys(), ['weekly_review', 'day_30']);
    assert.deepEqual(planned().days(30).answer('day_30', ['Saved']).openKeys(), ['confirm_saved']);
    assert.deepEqual(planned().days(30).answer('day_30', ['Let go']).openKeys(), ['leave_well']);
});

const suggestions: readonly [string, WalkStart, string | undefined][] = [
    ['nothing known', {}, undefined],
    ['health recovered', { opening: { healthAtOpening: 52 }, values: { Health_Score__c: 66 } }, 'Recovered'],
    [
        'health up, but by less than ten',
        { opening: { healthAtOpening: 59 }, values: { Health_Score__c: 66 } },
        undefined,
    ],
    [
        'usage back up',
        {
            opening: { healthAtOpening: 71, usageAtOpening: 1000 },
            values: { Health_Score__c: 70, Usage_Current__c: 1300 },
        },
        'Recovered',
    ],
    [
        'usage up, but health below 60 by now',
        {
            opening: { healthAtOpening: 71, usageAtOpening: 1000 },
            values: { Health_Score__c: 55, Usage_Current__c: 1300 },
        },
        undefined,
    ],
    ['notice given', { values: { Notice_Given_On__c: '2026-11-20' } }, 'Lost'],
];

for (const [name, start, outcome] of suggestions) {
    test(`outcome suggested: ${name}`, () => {
        const run = walk(start);
        assert.equal(run.suggested(), outcome);
    });
}

test('after a call was held, recovery counts as saved', () => {
    const run = walk({ opening: { healthAtOpening: 52 }, values: { Health_Score__c: 66 } });
    run.answer('check_data', ['Real'])
        .answer('book_call', ['Call booked'])
        .answer('hold_call', ['We can fix it together']);
    assert.equal(run.suggested(), 'Saved');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadVersion, Walk } from './walk.ts';

const renewal = await loadVersion('renewal');
const champion = await loadVersion('champion-change');
/** START is 2026-11-23. */
const IN_90_DAYS = '2027-02-21';
const IN_40_DAYS = '2027-01-02';

test('a renewal in 90 days opens with contract, value and people; price waits', () => {
    const run = new Walk(renewal, { anchorOn: IN_90_DAYS });
    assert.deepEqual(run.openKeys(), ['contract_facts', 'value_review', 'decision_process']);
    run.answer('contract_facts').answer('value_review', ['Yes, clearly']);
    assert.deepEqual(run.openKeys(), ['decision_process', 'renewal_risk']);
    run.days(31);
    assert.ok(run.openKeys().includes('price_and_terms'));
});

test('the days of a renewal count back from its date', () => {
    const due = new Map(
        new Walk(renewal, { anchorOn: IN_90_DAYS }).open().map((view) => [view.step.key, view.dueAt?.slice(0, 10)]),
    );
    assert.equal(due.get('contract_facts'), '2026-11-23');
    assert.equal(due.get('decision_process'), '2026-12-23');
});

test('a renewal found 40 days before shows nothing as overdue', () => {
    const run = new Walk(renewal, { anchorOn: IN_40_DAYS });
    const late = run.open().filter((view) => view.plannedOn !== null);
    assert.deepEqual(
        late.map((view) => view.step.key),
        ['contract_facts', 'value_review', 'decision_process'],
    );
    assert.ok(run.open().every((view) => !view.overdue));
});

test('a shaky renewal gets a risk plan, a lost one the sponsor too', () => {
    const shaky = new Walk(renewal, { anchorOn: IN_90_DAYS }).answer('value_review', ['Partly']);
    shaky.answer('renewal_risk', ['Could shrink']);
    assert.ok(shaky.openKeys().includes('risk_plan') && !shaky.openKeys().includes('sponsor_talk'));
    const lost = new Walk(renewal, { anchorOn: IN_90_DAYS }).answer('value_review', ['No']);
    lost.answer('renewal_risk', ['Could be lost']);
    assert.ok(lost.openKeys().includes('risk_plan') && lost.openKeys().includes('sponsor_talk'));
});

test('each answer to the question for the yes has its next step', () => {
    const asked = (answer: string): string[] => {
        const run = new Walk(renewal, { anchorOn: IN_40_DAYS });
        run.answer('contract_facts').answer('value_review', ['Partly']).answer('renewal_risk', ['Safe']);
        run.answer('decision_process', ['Procurement', 'Legal review']);
        assert.ok(run.openKeys().includes('paper_track'));
        run.answer('paper_track').answer('price_and_terms').answer('send_proposal');
        return run.answer('verbal_yes', [answer]).openKeys();
    };
    assert.deepEqual(asked('Yes'), ['signature']);
    assert.deepEqual(asked('Yes, but smaller'), ['keep_core', 'signature']);
    assert.deepEqual(asked('Not yet'), ['unblock', 'signature']);
    assert.deepEqual(asked('No'), ['understand_no']);
});

test('a renewal whose date moved on is suggested as renewed, smaller when the ARR is', () => {
    const outcome = (arr: number): string | undefined => {
        const run = new Walk(renewal, {
            anchorOn: IN_40_DAYS,
            opening: { arrAtOpening: 50_000 },
            values: { Renewal_Date__c: '2028-01-02', ARR__c: arr },
        });
        return run.suggested();
    };
    assert.equal(outcome(50_000), 'Renewed');
    assert.equal(outcome(40_000), 'Renewed smaller');
});

test('a champion who is still there ends it', () => {
    assert.deepEqual(new Walk(champion).answer('what_happened', ['Still there']).openKeys(), []);
});

test('a named heir is met, handed over to and won', () => {
    const run = new Walk(champion).answer('what_happened', ['Left the company']).answer('ask_champion');
    run.answer('heir', ['Yes, named']);
    assert.deepEqual(run.openKeys(), ['keep_contact', 'meet_heir']);
    run.answer('meet_heir', ['Against us']);
    assert.deepEqual(run.openKeys(), ['keep_contact', 'sceptic', 'hand_over', 're_onboard', 'confirm_champion']);
});

test('nobody obvious: three threads and the sponsor, and an account without owner is a risk', () => {
    const run = new Walk(champion).answer('what_happened', ['Other role in the company']).answer('ask_champion');
    run.answer('heir', ['Nobody obvious']);
    assert.deepEqual(run.openKeys(), ['three_threads', 'ask_sponsor']);
    run.answer('three_threads').answer('heir_found', ['Still nobody']);
    assert.deepEqual(run.openKeys(), ['ask_sponsor', 'no_owner']);
});

test('a renewal within 120 days brings the contract talk forward', () => {
    const near = new Walk(champion, { values: { Renewal_Date__c: '2027-02-01' } });
    near.answer('what_happened', ['Left the company']).answer('heir', ['Yes, named']);
    assert.ok(near.openKeys().includes('protect_renewal'));
});

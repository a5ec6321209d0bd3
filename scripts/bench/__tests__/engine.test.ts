import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookOfAccounts } from '../book.ts';
import { byHand } from '../by-hand.ts';
import { measureEngine } from '../engine.ts';
import { median } from '../interleaved.ts';
import { formula, jsonLogic, RULES } from '../rules.ts';
import { figuresAsTable, meetsTargets, TARGETS } from '../targets.ts';

test('all engines find the same on every account, else there are no figures', async () => {
    const figures = await measureEngine(3000, { rounds: 1, turnMs: 20 });
    for (const [name, value] of Object.entries(figures)) assert.ok(value > 0, `${name} is ${String(value)}`);
});

test('twelve rules of three conditions each, every one of which holds somewhere', () => {
    assert.equal(RULES.length, 12);
    for (const rule of RULES) assert.equal(formula(rule).match(/\$Figure/g)?.length, 3);
    const found = new Set(bookOfAccounts(20_000).flatMap(byHand));
    assert.equal(found.size, 12);
});

test('the book is the same every time, has blanks, and is not flooded', () => {
    const book = bookOfAccounts(2000);
    assert.deepEqual(book, bookOfAccounts(2000));
    assert.ok(book.some(({ Health_Score__c: health }) => health === null));
    const flagged = book.filter((account) => byHand(account).length > 0).length;
    assert.ok(flagged > 100 && flagged < 500, `${flagged} of 2000 are flagged`);
});

test('a peer gets a test for blanks exactly where JavaScript takes null for a number', () => {
    const condition = (operator: '<' | '>=', limit: number) =>
        JSON.stringify(jsonLogic({ figure: 'Health', operator, limit }));
    assert.match(condition('<', 60), /!==/);
    assert.doesNotMatch(condition('>=', 60), /!==/);
    assert.match(condition('>=', -5), /!==/);
});

test('the median of an even and an odd count', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.throws(() => median([]));
});

test('the table shows each figure with its target, and says whether it is met', () => {
    const figures = { 'engine.vsJsonLogicEngine': 1.234, 'panel.bytes': 90_000 };
    assert.equal(
        figuresAsTable(figures),
        'engine.vsJsonLogicEngine   1.23  ≥ 1       throughput over json-logic-engine, compiled: which rules hold\n' +
            'panel.bytes               90000  ≤ 100000  bytes of our modules that the Account page loads, minified\n',
    );
    assert.equal(meetsTargets(figures, TARGETS), true);
    assert.equal(meetsTargets({ ...figures, 'panel.bytes': 100_001 }, TARGETS), false);
    assert.equal(meetsTargets({ 'engine.vsJsonLogicEngine': 0.99 }, TARGETS), false);
});

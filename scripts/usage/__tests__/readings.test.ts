import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordFields } from '../../lib/records.ts';
import { ReadingError, READING_FIELDS, withReadings } from '../readings.ts';
import type { StoredReadings } from '../readings.ts';

const NOTHING: StoredReadings = {
    Usage_On__c: null,
    Earlier_Usage_Change__c: null,
    Earlier_Usage_On__c: null,
    Pending_Usage_Change__c: null,
    Pending_Usage_On__c: null,
};

const START = Date.UTC(2026, 0, 1);

function day(number: number): string {
    return new Date(START + number * 86_400_000).toISOString().slice(0, 10);
}

/** A reading on a day, with a fall of as many percent as the day's number. */
function reading(number: number): RecordFields {
    return { Usage_Current__c: 1000 - number * 10, Usage_Previous__c: 1000, Usage_On__c: day(number) };
}

/** What the account holds after readings on these days. */
function after(days: readonly number[]): StoredReadings {
    return days.reduce<StoredReadings>((stored, number) => {
        const fields: RecordFields = { ...stored, ...withReadings(reading(number), stored) };
        return Object.fromEntries(READING_FIELDS.map((name) => [name, fields[name] ?? null])) as StoredReadings;
    }, NOTHING);
}

const sequences: readonly [string, readonly number[], number | null, number][] = [
    ['the first reading waits', [0], null, 0],
    ['a second one soon after changes nothing', [0, 7], null, 0],
    ['after 13 days it is still too early', [0, 13], null, 0],
    ['after 14 days the first becomes the earlier one', [0, 14], 0, 14],
    ['weekly readings: two weeks back', [0, 7, 14, 21], 0, 14],
    ['weekly readings, five of them', [0, 7, 14, 21, 28], 14, 28],
    ['daily readings for a month', [...Array(31).keys()], 14, 28],
    ['monthly readings: the one before', [0, 30, 60], 30, 60],
    ['the same file twice', [0, 14, 14], 0, 14],
];

for (const [name, days, earlier, pending] of sequences) {
    test(name, () => {
        const stored = after(days);
        assert.equal(stored.Earlier_Usage_On__c, earlier === null ? null : day(earlier));
        assert.equal(stored.Earlier_Usage_Change__c, earlier === null ? null : 0 - earlier);
        assert.equal(stored.Pending_Usage_On__c, day(pending));
    });
}

test('whatever the cadence, the earlier reading is at least 14 days older than the newest', () => {
    for (const cadence of [1, 2, 3, 5, 7, 10, 13, 14, 15, 30, 90]) {
        for (let count = 1; count <= 40; count += 1) {
            const days = Array.from({ length: count }, (_, index) => index * cadence);
            const { Earlier_Usage_On__c: earlier } = after(days);
            const newest = (count - 1) * cadence;
            if (typeof earlier === 'string') {
                assert.ok(earlier <= day(newest - 14), `${cadence} days apart, ${count} readings`);
            } else {
                assert.ok(newest < 14, `${cadence} days apart, ${count} readings`);
            }
        }
    }
});

test('a corrected reading of the same day replaces the one that waits', () => {
    const corrected = withReadings({ ...reading(0), Usage_Current__c: 500 }, after([0]));
    assert.equal(corrected['Pending_Usage_Change__c'], -50);
});

test('an older reading than the one there is refused', () => {
    assert.throws(() => withReadings(reading(3), after([10])), ReadingError);
});

test('told to go back, the readings begin anew with the older one', () => {
    const fields = withReadings(reading(3), after([0, 14, 28]), true);
    assert.equal(fields['Usage_On__c'], day(3));
    assert.equal(fields['Pending_Usage_On__c'], day(3));
    assert.equal(fields['Earlier_Usage_On__c'], null);
    assert.equal(fields['Earlier_Usage_Change__c'], null);
});

test('figures without a reading, or with an earlier one of their own, stay as they are', () => {
    const health = { Health_Score__c: 70 };
    assert.equal(withReadings(health, NOTHING), health);
    const own = { ...reading(20), Earlier_Usage_Change__c: -5, Earlier_Usage_On__c: day(6) };
    assert.equal(withReadings(own, after([0])), own);
});

test('without a base the change is unknown, and the reading counts all the same', () => {
    const fields = withReadings({ ...reading(0), Usage_Previous__c: 0 }, null);
    assert.equal(fields['Pending_Usage_Change__c'], null);
    assert.equal(fields['Pending_Usage_On__c'], day(0));
});

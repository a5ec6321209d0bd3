import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stepsFrom } from '../days.ts';
import { PlantedBook } from '../planted.ts';

const DAYS = stepsFrom('2023-01-02', '2024-12-30', 7);

describe('a planted book', () => {
    it('is the same for a seed, and another for another', () => {
        const book = (seed: number) => new PlantedBook({ seed, accounts: 40, days: DAYS.slice(0, 3) });
        const values = (seed: number) =>
            JSON.stringify([...book(seed).observations()].map(({ accounts }) => [...accounts]));
        assert.equal(values(7), values(7));
        assert.notEqual(values(7), values(8));
    });

    it('loses exactly the accounts that were planted to be lost, on their days', () => {
        const book = new PlantedBook({ seed: 7, accounts: 300, days: DAYS });
        const lost = [...book.observations()].flatMap(({ losses }) => losses);
        const planted = book.truth.flatMap(({ account, lostOn }) =>
            lostOn !== null && lostOn <= (DAYS.at(-1) ?? '') ? [{ account, day: lostOn }] : [],
        );
        const sorted = (list: readonly { account: string; day: string }[]) =>
            [...list].sort((one, other) => one.account.localeCompare(other.account));
        assert.ok(planted.length > 20);
        assert.deepEqual(sorted(lost), sorted(planted));
    });

    it('lets usage and health fall before a loss that has a warning, and not before one that has none', () => {
        const book = new PlantedBook({ seed: 7, accounts: 300, days: DAYS });
        const health = new Map<string, number[]>();
        for (const { accounts, day } of book.observations()) {
            for (const { account, lostOn } of book.truth) {
                const value = accounts.get(account)?.['Health_Score__c'];
                if (lostOn !== null && day <= lostOn && typeof value === 'number') {
                    health.set(account, [...(health.get(account) ?? []), value]);
                }
            }
        }
        const drop = (fate: string): number[] =>
            book.truth
                .filter((account) => account.fate === fate)
                .flatMap(({ account }) => {
                    const values = health.get(account) ?? [];
                    return values.length > 20 ? [(values[0] ?? 0) - (values.at(-1) ?? 0)] : [];
                });
        const mean = (values: readonly number[]): number =>
            values.reduce((sum, value) => sum + value, 0) / values.length;
        assert.ok(mean(drop('lost')) > 40);
        assert.ok(Math.abs(mean(drop('lost without warning'))) < 10);
    });

    it('has a renewal on a day that exists, also for who signed on 29 February', () => {
        const book = new PlantedBook({ seed: 3, accounts: 200, days: ['2025-03-03'] });
        for (const { accounts } of book.observations()) {
            for (const values of accounts.values()) {
                const renewal = String(values['Renewal_Date__c']);
                assert.equal(new Date(`${renewal}T00:00:00Z`).toISOString().slice(0, 10), renewal);
            }
        }
    });
});

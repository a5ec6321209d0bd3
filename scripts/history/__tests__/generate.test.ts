import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { faults, PEOPLE, SWEEPS } from '../../../force-app/main/default/lwc/playbookEngine/__tests__/stateModel.ts';
import { HistoryBook } from '../book.ts';
import { generateHistory, type GeneratedHistory } from '../generate.ts';
import { projectHistoryInput } from '../input.ts';
import { recordsOf } from '../records.ts';
import { truthOf } from '../truth.ts';

const TODAY = '2026-11-22';
const input = await projectHistoryInput();

function history(seed: number, accounts = 24): GeneratedHistory {
    return generateHistory({ ...input, seed, years: 2, accounts, today: TODAY });
}

function asText(of: GeneratedHistory): string {
    return JSON.stringify([recordsOf(of), truthOf(of)]);
}

describe('A generated history', () => {
    it('is the same for a seed, byte for byte, and another one for another seed', () => {
        const one = asText(history(7));
        assert.equal(asText(history(7)), one);
        assert.notEqual(asText(history(8)), one);
    });

    it('does with every run only what an episode allows', () => {
        const found: string[] = [];
        let writes = 0;
        const write = Reflect.get(HistoryBook.prototype, 'write');
        HistoryBook.prototype.write = function (of, plan) {
            const before = this.runsOf(of.id);
            write.call(this, of, plan);
            writes += 1;
            const isFact =
                plan.updateRun !== null && Object.keys(plan.updateRun.fields).every((name) => FACTS.has(name));
            found.push(...(isFact ? [] : faults(before, this.runsOf(of.id), [...SWEEPS, ...PEOPLE])));
        };
        try {
            history(11, 40);
        } finally {
            HistoryBook.prototype.write = write;
        }
        assert.deepEqual(found, []);
        assert.ok(writes > 500, `${writes} writes`);
    });

    it('happens between its first day and today, and nothing of a run after its end', () => {
        const { accounts, book, from } = history(7, 40);
        for (const { of } of accounts) {
            for (const { closedAt, completions, surfacedAt } of book.runsOf(of.id)) {
                assert.ok(surfacedAt >= from && (closedAt ?? surfacedAt) < TODAY, surfacedAt);
                assert.ok(closedAt === null || closedAt >= surfacedAt);
                for (const { completedAt } of completions) {
                    assert.ok(
                        completedAt === null || (completedAt >= surfacedAt && completedAt <= (closedAt ?? TODAY)),
                    );
                }
            }
        }
    });

    it('counts the episodes of an account with a playbook from one', () => {
        const { accounts, book } = history(7, 40);
        for (const { of } of accounts) {
            const bySubject = Map.groupBy(
                book.runsOf(of.id),
                ({ playbookKey, triggerKey }) => playbookKey ?? triggerKey,
            );
            for (const runs of bySubject.values()) {
                const numbers = runs.map(({ episodeNumber }) => episodeNumber).sort((one, other) => one - other);
                assert.deepEqual(
                    numbers,
                    numbers.map((_, index) => index + 1),
                );
            }
        }
    });

    it('has people who act on workdays only, and none before they come or after they leave', () => {
        const { accounts, book, csms, from } = history(7, 60);
        const monthsAt = (at: string): number => (Date.parse(at) - Date.parse(from)) / (30.4375 * 86_400_000);
        for (const { of } of accounts) {
            for (const run of book.runsOf(of.id)) {
                for (const { completedAt, completedByName } of run.completions) {
                    const by = csms.find(({ csm }) => csm.name === completedByName)?.csm;
                    if (completedAt === null || by === undefined) {
                        continue;
                    }
                    assert.ok(![0, 6].includes(new Date(completedAt).getUTCDay()), completedAt);
                    assert.ok(monthsAt(completedAt) >= (by.joinsAfterMonths ?? 0), by.name);
                    assert.ok(monthsAt(completedAt) < (by.leavesAfterMonths ?? 99) + 0.1, by.name);
                }
            }
        }
    });

    it('says of everything that it is generated', () => {
        const generated = history(7);
        const { accounts, runs, sweeps } = recordsOf(generated);
        assert.ok(accounts.every(({ Name: name }) => String(name).endsWith('(generated)')));
        assert.ok(accounts.every(({ Description: text }) => String(text).startsWith('Generated')));
        assert.equal(new Set(accounts.map(({ Name: name }) => name)).size, accounts.length);
        assert.ok(runs.every(({ opened }) => String(opened['Reason__c']).endsWith('Generated history.')));
        assert.ok(sweeps.every(({ Sweep_Message__c: text }) => text === 'Generated history.'));
        assert.ok(generated.csms.every(({ user }) => user.name.endsWith('(generated)')));
    });
});

/** What a sweep writes to closed runs. */
const FACTS = new Set(['Kept__c', 'Kept_On__c', 'ARR_Kept__c', 'CSM_Months__c']);

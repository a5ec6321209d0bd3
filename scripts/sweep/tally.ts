/** What a sweep counts while accounts go by. It outlasts a kill with the work file. */
import { z } from 'zod';
import { figureValue } from 'c/playbookEngine';
import type { AccountSnapshot, CurrentUser, PreparedRules, RuleProblem, SweepResult } from 'c/playbookEngine';

const problem = z.object({ label: z.string(), field: z.string(), message: z.string(), accounts: z.number() });
const counts = z.object({
    evaluated: z.number(),
    /** Evaluated accounts that have not left. */
    customers: z.number(),
    /** Customers with something to do, and nobody active to do it. */
    withoutCsm: z.number(),
    held: z.object({ critical: z.number(), contact: z.number(), stale: z.number(), snoozed: z.number() }),
    /** By trigger key: accounts on which its entry rule holds, their ARR, and prompts that something holds back. */
    triggers: z.record(z.string(), z.object({ accounts: z.number(), arr: z.number(), held: z.number() })),
    /** By user id. */
    csms: z.record(z.string(), z.object({ name: z.string(), customers: z.number(), taken: z.number() })),
    problems: z.array(problem),
});
export type BookCounts = z.infer<typeof counts>;
export const BOOK_COUNTS = counts;

/** A rule that failed on accounts, and on how many. */
export type CountedProblem = z.infer<typeof problem>;

/** A rule that fails on many accounts in as many ways is not told more often than this. */
const MOST_PROBLEMS = 200;

export class BookTally {
    evaluated = 0;
    readonly #prepared: PreparedRules;
    #customers = 0;
    #withoutCsm = 0;
    readonly #held = { critical: 0, contact: 0, stale: 0, snoozed: 0 };
    readonly #triggers = new Map<string, { accounts: number; arr: number; held: number }>();
    readonly #csms = new Map<string, { name: string; customers: number; taken: number }>();
    readonly #problems = new Map<string, CountedProblem>();

    constructor(prepared: PreparedRules) {
        this.#prepared = prepared;
    }

    add(account: AccountSnapshot, csm: CurrentUser | null, result: SweepResult): void {
        this.evaluated += 1;
        const isCustomer = figureValue(this.#prepared, account, 'ChurnedOn') === null;
        this.#customers += isCustomer ? 1 : 0;
        if (csm !== null) {
            const own = this.#csms.get(csm.id) ?? { name: csm.name, customers: 0, taken: 0 };
            this.#csms.set(csm.id, own);
            own.customers += isCustomer ? 1 : 0;
            own.taken += result.placesTaken;
        } else if (result.matches.length > 0 || result.placesTaken > 0 || result.changes.length > 0) {
            this.#withoutCsm += 1;
        }
        for (const { held, trigger } of result.held) {
            if (held !== null) {
                this.#held[held.why] += 1;
                this.#ofTrigger(trigger?.key ?? '').held += 1;
            }
        }
        if (result.matches.length > 0) {
            const arr = figureValue(this.#prepared, account, 'ARR');
            for (const { trigger } of result.matches) {
                const own = this.#ofTrigger(trigger.key);
                own.accounts += 1;
                own.arr += typeof arr === 'number' ? arr : 0;
            }
        }
        result.problems.forEach((failed) => this.#addProblem(failed));
    }

    #ofTrigger(key: string): { accounts: number; arr: number; held: number } {
        const own = this.#triggers.get(key) ?? { accounts: 0, arr: 0, held: 0 };
        this.#triggers.set(key, own);
        return own;
    }

    #addProblem({ field, key, label, message }: RuleProblem): void {
        const place = `${key}\n${field}\n${message}`;
        const known = this.#problems.get(place);
        if (known !== undefined) {
            known.accounts += 1;
        } else if (this.#problems.size < MOST_PROBLEMS) {
            this.#problems.set(place, { label, field, message, accounts: 1 });
        }
    }

    /** Places that open runs take, by user id. */
    placesTaken(): ReadonlyMap<string, number> {
        return new Map([...this.#csms].map(([id, { taken }]) => [id, taken]));
    }

    counts(): BookCounts {
        return {
            evaluated: this.evaluated,
            customers: this.#customers,
            withoutCsm: this.#withoutCsm,
            held: { ...this.#held },
            triggers: Object.fromEntries(this.#triggers),
            csms: Object.fromEntries(this.#csms),
            problems: [...this.#problems.values()],
        };
    }
}

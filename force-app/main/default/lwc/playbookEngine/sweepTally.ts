/** What a sweep counts while accounts go by, in the runner and in the page alike. */
import type { PreparedRules } from './inputs';
import { figureValue } from './scope';
import { subjectOf, subjectOfRun } from './subjects';
import type { SweepChange, SweepChangeKind, SweepResult } from './sweepTypes';
import type { AccountSnapshot, CurrentUser, Held, RuleProblem, Run } from './types';

/** A rule that failed on accounts, and on how many. */
export interface CountedProblem {
    readonly label: string;
    readonly field: string;
    readonly message: string;
    readonly accounts: number;
}

/** Plain, so that it can be kept and taken up again. */
export interface BookCounts {
    readonly evaluated: number;
    /** Evaluated accounts that have not left. */
    readonly customers: number;
    /** Accounts with something to do, and nobody active to do it. */
    readonly withoutCsm: number;
    readonly held: Readonly<Record<Held['why'], number>>;
    /** Accounts on which a rule holds of which nothing was opened, is held back or rests: lost already, or past the day that mattered. */
    readonly tooLate: number;
    /** By trigger key: accounts on which its entry rule holds, their ARR, and prompts that something holds back. */
    readonly triggers: Readonly<
        Record<string, { readonly accounts: number; readonly arr: number; readonly held: number }>
    >;
    /** By user id: places taken by open runs among the rest. */
    readonly csms: Readonly<
        Record<string, { readonly name: string; readonly customers: number; readonly taken: number }>
    >;
    readonly problems: readonly CountedProblem[];
}

/** A rule that fails on many accounts in as many ways is not told more often than this. */
const MOST_PROBLEMS = 200;

export class BookTally {
    evaluated = 0;
    private customers = 0;
    private withoutCsm = 0;
    private readonly held = { critical: 0, contact: 0, stale: 0, snoozed: 0 };
    private tooLate = 0;
    private readonly triggers = new Map<string, { accounts: number; arr: number; held: number }>();
    private readonly csms = new Map<string, { name: string; customers: number; taken: number }>();
    private readonly problems = new Map<string, { label: string; field: string; message: string; accounts: number }>();

    constructor(private readonly prepared: PreparedRules) {}

    /** `runs`: as the sweep was given them. */
    add(account: AccountSnapshot, csm: CurrentUser | null, result: SweepResult, runs: readonly Run[]): void {
        this.evaluated += 1;
        const isCustomer = figureValue(this.prepared, account, 'ChurnedOn') === null;
        this.customers += isCustomer ? 1 : 0;
        if (csm !== null) {
            const own = this.csms.get(csm.id) ?? { name: csm.name, customers: 0, taken: 0 };
            this.csms.set(csm.id, own);
            own.customers += isCustomer ? 1 : 0;
            own.taken += result.placesTaken;
        } else if (result.matches.length > 0 || result.placesTaken > 0 || result.changes.length > 0) {
            this.withoutCsm += 1;
        }
        for (const { held, trigger } of result.held) {
            if (held !== null) {
                this.held[held.why] += 1;
                this.ofTrigger(trigger?.key ?? '').held += 1;
            }
        }
        this.tooLate += isTooLate(result, runs) ? 1 : 0;
        if (result.matches.length > 0) {
            const arr = figureValue(this.prepared, account, 'ARR');
            for (const { trigger } of result.matches) {
                const own = this.ofTrigger(trigger.key);
                own.accounts += 1;
                own.arr += typeof arr === 'number' ? arr : 0;
            }
        }
        result.problems.forEach((failed) => this.addProblem(failed));
    }

    private ofTrigger(key: string): { accounts: number; arr: number; held: number } {
        const own = this.triggers.get(key) ?? { accounts: 0, arr: 0, held: 0 };
        this.triggers.set(key, own);
        return own;
    }

    private addProblem({ field, key, label, message }: RuleProblem): void {
        const place = `${key}\n${field}\n${message}`;
        const known = this.problems.get(place);
        if (known !== undefined) {
            known.accounts += 1;
        } else if (this.problems.size < MOST_PROBLEMS) {
            this.problems.set(place, { label, field, message, accounts: 1 });
        }
    }

    /** Places that open runs take, by user id. */
    placesTaken(): ReadonlyMap<string, number> {
        return new Map([...this.csms].map(([id, { taken }]) => [id, taken]));
    }

    counts(): BookCounts {
        return {
            evaluated: this.evaluated,
            customers: this.customers,
            withoutCsm: this.withoutCsm,
            held: { ...this.held },
            tooLate: this.tooLate,
            triggers: Object.fromEntries(this.triggers),
            csms: Object.fromEntries(this.csms),
            problems: [...this.problems.values()],
        };
    }
}

function isTooLate({ changes, held, matches }: SweepResult, runs: readonly Run[]): boolean {
    const found = new Set([
        ...runs.map(subjectOfRun),
        ...changes.map(subjectOfRun),
        ...held.map(({ trigger }) => trigger && subjectOf(trigger)),
    ]);
    return matches.some(({ trigger }) => !found.has(subjectOf(trigger)));
}

/** The kinds of changes, with those that need a place told apart: opened or waiting, promoted or still waiting. */
export type Deed = SweepChangeKind | 'openWaiting' | 'promote';

/** What a change comes to, once it is known whether there is a place for it. */
export function deedOf({ kind, needsPlace }: Pick<SweepChange, 'kind' | 'needsPlace'>, hasPlace: boolean): Deed {
    if (!needsPlace) {
        return kind;
    }
    if (kind === 'open') {
        return hasPlace ? 'open' : 'openWaiting';
    }
    return hasPlace ? 'promote' : kind;
}

const MOST_FLAGGED = 0.25;
/** Too few accounts to speak of shares. */
const FEW = 20;
const PROMPTS_PER_ACCOUNT = 10 / 50;

/** Whether a rule holds on more than a quarter of the customers; null: their number is not known. */
export function flagsTooMany(accounts: number, customers: number | null): boolean {
    return customers !== null && customers >= FEW && accounts / customers > MOST_FLAGGED;
}

/** Whether a CSM has more than ten prompts, waiting ones included, for fifty customers; null: their number is not known. */
export function hasTooMany(prompts: number, customers: number | null): boolean {
    return customers !== null && customers >= FEW && prompts > Math.ceil(customers * PROMPTS_PER_ACCOUNT);
}

/** From the book to what is to be written: the same engine as the runner's, a slice of accounts at a time. */
import {
    BookTally,
    assignPlaces,
    csmOf,
    factsOf,
    firstRuns,
    planSweep,
    prepareRules,
    type BookAccount,
    type BookCounts,
    type CurrentUser,
    type Facts,
    type PreparedRules,
    type Run,
    type SweepChange,
} from 'c/playbookEngine';
import type { BookData } from 'c/playbookBookData';
import { FORMATS } from 'c/playbookFormat';
import { PHRASES } from 'c/playbookWords';

export interface PlannedChange {
    readonly accountId: string;
    readonly accountName: string;
    readonly change: SweepChange;
    /** Null: the account is nobody's, or that of somebody who has left. */
    readonly csmId: string | null;
    readonly hasPlace: boolean;
}

/** What is found out about an earlier run, to be written as the changes are. */
export interface PlannedFacts extends PlannedChange {
    readonly facts: Facts;
}

export interface SweepPlan {
    /** By account. */
    readonly changes: readonly PlannedChange[];
    /** Of runs that none of `changes` is about. */
    readonly lookedBack: readonly PlannedFacts[];
    readonly counts: BookCounts;
    readonly prepared: PreparedRules;
    readonly capacity: number;
}

/** Accounts between two pauses: the page stays alive. */
const SLICE = 100;
/** Ids come with 15 or 18 characters; the first 15 tell them apart. */
const keyOf = (id: string): string => id.slice(0, 15);

/** Everybody whom an account is said to belong to, each once. */
export function csmIds(data: BookData, prepared: PreparedRules): readonly string[] {
    const ids = data.book.flatMap(({ account }) => csmOf({ account, prepared }) ?? []);
    return [...new Map(ids.map((id) => [keyOf(id), id])).values()].sort();
}

export const preparedOf = ({ triggers, settings, fieldTypes }: BookData): PreparedRules =>
    prepareRules({ triggers, settings, fieldTypes });

export interface PlanInput {
    readonly data: BookData;
    readonly prepared: PreparedRules;
    /** Active ones. */
    readonly users: readonly CurrentUser[];
    /** Instant. Days are those of the user's time zone: a page does not learn the org's. */
    readonly now: string;
    /** Called between two slices; false: somebody has called it off. */
    readonly pause: (done: number) => Promise<boolean>;
}

/** Null: called off. */
export async function planBook({ data, now, pause, prepared, users }: PlanInput): Promise<SweepPlan | null> {
    const { book, settings, versions, user } = data;
    const clock = { now, timeZone: user.timeZone };
    const rules = { prepared, settings, versions, clock, phrases: PHRASES, formats: FORMATS };
    const active = new Map(users.map((each) => [keyOf(each.id), each]));
    const tally = new BookTally(prepared);
    const found: Omit<PlannedChange, 'hasPlace'>[] = [];
    const lookedBack: PlannedFacts[] = [];
    // The page has everybody's runs, so the first of each CSM is among them.
    const firstRunAt = firstRuns(book.flatMap(({ runs }) => runs));
    const accounts = [...book].sort((one, other) => (one.account.id < other.account.id ? -1 : 1));
    const plan = ({ account, name, runs }: BookAccount): void => {
        const csm = active.get(keyOf(csmOf({ account, prepared }) ?? '')) ?? null;
        const result = planSweep(rules, { account, runs, csm });
        tally.add(account, csm, result, runs);
        for (const change of result.changes) {
            found.push({ accountId: account.id, accountName: name, change, csmId: csm?.id ?? null });
        }
        const changed = new Set(result.changes.map(({ runId }) => runId));
        for (const run of runs.filter(({ id }) => !changed.has(id))) {
            const facts = factsOf(run, account, firstRunAt.get(keyOf(run.csmId ?? '')) ?? null, { clock, prepared });
            if (facts) lookedBack.push({ ...factsChange(run, facts), accountId: account.id, accountName: name });
        }
    };
    for (let at = 0; at < accounts.length; at += SLICE) {
        // eslint-disable-next-line no-await-in-loop -- one slice after the other is the point
        if (!(await pause(at))) return null;
        accounts.slice(at, at + SLICE).forEach(plan);
    }
    return {
        changes: withPlaces(found, settings.capacity, tally.placesTaken()),
        lookedBack,
        counts: tally.counts(),
        prepared,
        capacity: settings.capacity,
    };
}

function factsChange(run: Run, facts: Facts): Omit<PlannedFacts, 'accountId' | 'accountName'> {
    const { csmId, currentTier: tier, id: runId, playbookKey, triggerKey } = run;
    const updateRun = { id: runId, fields: facts.fields };
    const plan = { createRun: null, updateRun, createCompletions: [], updateCompletions: [], createTask: null };
    const about = { triggerKey, playbookKey, tier, runId, rank: 0, arr: null };
    return { facts, csmId, hasPlace: false, change: { ...about, kind: 'refresh', needsPlace: false, plan } };
}

/** Gives the most urgent of each CSM's changes that need a place what is free. Those of accounts without an active CSM wait. */
function withPlaces(
    found: readonly Omit<PlannedChange, 'hasPlace'>[],
    capacity: number,
    taken: ReadonlyMap<string, number>,
): readonly PlannedChange[] {
    const wanting = Map.groupBy(
        found.filter(({ change, csmId }) => change.needsPlace && csmId !== null),
        ({ csmId }) => csmId ?? '',
    );
    const placed = new Set<unknown>();
    for (const [csmId, theirs] of wanting) {
        const ranked = theirs.map(({ accountId, change }) => ({ account: accountId, rank: change.rank }));
        const hasRoom = assignPlaces(capacity, taken.get(csmId) ?? 0, ranked);
        theirs.filter((_, index) => hasRoom[index]).forEach((each) => placed.add(each));
    }
    return found.map((each) => ({ ...each, hasPlace: placed.has(each) }));
}

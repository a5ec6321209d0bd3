/** What a sweep in the page found and did, as the runner tells it: by trigger, by CSM, and as the counts of its record. */
import {
    countFields,
    deedOf,
    flagsTooMany,
    hasTooMany,
    type Deed,
    type FieldChanges,
    type Kept,
} from 'c/playbookEngine';
import type { PlannedChange, SweepPlan } from './planning';
import type { Written } from './writing';
import { writtenPlan } from './writing';

export interface TriggerRow {
    readonly key: string;
    readonly label: string;
    /** Accounts on which its entry rule holds now, and their ARR. */
    readonly accounts: number;
    readonly arr: number;
    /** Of all customers, 0…1; null: there are none. */
    readonly share: number | null;
    readonly opened: number;
    readonly waiting: number;
    readonly held: number;
    /** More than a quarter of the customers. */
    readonly flagsTooMany: boolean;
}

export interface CsmRow {
    /** Null: accounts whose CSM is nobody active. */
    readonly id: string | null;
    readonly name: string;
    readonly customers: number | null;
    readonly inFront: number;
    readonly opened: number;
    readonly waiting: number;
    /** More than ten prompts for fifty accounts. */
    readonly hasTooMany: boolean;
}

export interface Summary {
    readonly evaluated: number;
    readonly withoutCsm: number;
    readonly capacity: number;
    readonly triggers: readonly TriggerRow[];
    readonly csms: readonly CsmRow[];
    /** Confirmed by the org, or in a dry run planned. */
    readonly deeds: Readonly<Partial<Record<Deed, number>>>;
    readonly unmet: { readonly runs: number; readonly accounts: number; readonly arr: number };
    /** What was found out about earlier runs, as `deeds`: decided by what it is, and runs on which a CSM's months are noted. */
    readonly lookedBack: {
        readonly kept: Readonly<Partial<Record<Kept, number>>>;
        readonly csmMonths: number;
    };
    readonly held: SweepPlan['counts']['held'];
    readonly problems: SweepPlan['prepared']['problems'];
    readonly failedRules: SweepPlan['counts']['problems'];
}

/** `written` null: a dry run, in which what is planned counts. */
export function summarize(plan: SweepPlan, written: Written | null, users: ReadonlyMap<string, string>): Summary {
    const { capacity, changes, counts, prepared } = plan;
    const wanting = changes.filter(({ change }) => change.needsPlace);
    return {
        evaluated: counts.evaluated,
        withoutCsm: counts.withoutCsm,
        capacity,
        triggers: prepared.rules.map(({ trigger: { key, label } }) => triggerRow(key, label, plan, wanting)),
        csms: csmRows(plan, wanting, users),
        deeds: deedsOf(changes, written),
        unmet: unmetOf(wanting),
        lookedBack: lookedBackOf(plan, written),
        held: counts.held,
        problems: prepared.problems,
        failedRules: counts.problems,
    };
}

function triggerRow(key: string, label: string, { counts }: SweepPlan, wanting: readonly PlannedChange[]): TriggerRow {
    const { accounts, arr, held } = counts.triggers[key] ?? { accounts: 0, arr: 0, held: 0 };
    const { customers } = counts;
    const own = wanting.filter(({ change }) => change.triggerKey === key);
    return {
        key,
        label,
        accounts,
        arr,
        share: customers === 0 ? null : accounts / customers,
        held,
        opened: own.filter(isNewInFront).length,
        waiting: own.filter(({ hasPlace }) => !hasPlace).length,
        flagsTooMany: flagsTooMany(accounts, customers),
    };
}

const isNewInFront = ({ change, hasPlace }: PlannedChange): boolean => hasPlace && change.kind === 'open';

function csmRows(
    { counts }: SweepPlan,
    wanting: readonly PlannedChange[],
    users: ReadonlyMap<string, string>,
): readonly CsmRow[] {
    const byCsm = Map.groupBy(wanting, ({ csmId }) => csmId);
    const ids = new Set<string | null>([...Object.keys(counts.csms), ...byCsm.keys()]);
    const rows = [...ids].map((id): CsmRow => {
        const known = id === null ? undefined : counts.csms[id];
        const own = byCsm.get(id) ?? [];
        const inFront = (known?.taken ?? 0) + own.filter(({ hasPlace }) => hasPlace).length;
        const waiting = own.filter(({ hasPlace }) => !hasPlace).length;
        const customers = id === null ? null : (known?.customers ?? 0);
        return {
            id,
            name: known?.name ?? (id === null ? '' : (users.get(id) ?? id)),
            customers,
            inFront,
            opened: own.filter(isNewInFront).length,
            waiting,
            hasTooMany: hasTooMany(inFront + waiting, customers),
        };
    });
    return rows
        .filter(({ customers, inFront, waiting }) => (customers ?? 0) > 0 || inFront > 0 || waiting > 0)
        .sort(
            (one, other) =>
                Number(one.id === null) - Number(other.id === null) ||
                other.inFront + other.waiting - one.inFront - one.waiting ||
                one.name.localeCompare(other.name),
        );
}

function deedsOf(changes: readonly PlannedChange[], written: Written | null): Summary['deeds'] {
    const deeds: Partial<Record<Deed, number>> = {};
    for (const each of changes) {
        const counts = written ? written.states.get(each) === 'done' : writtenPlan(each) !== null;
        const deed = deedOf(each.change, each.hasPlace);
        if (counts) deeds[deed] = (deeds[deed] ?? 0) + 1;
    }
    return deeds;
}

function lookedBackOf({ lookedBack }: SweepPlan, written: Written | null): Summary['lookedBack'] {
    const kept: Partial<Record<Kept, number>> = {};
    let csmMonths = 0;
    for (const each of lookedBack.filter((one) => !written || written.states.get(one) === 'done')) {
        const { kept: decided, months } = each.facts;
        if (decided) kept[decided] = (kept[decided] ?? 0) + 1;
        csmMonths += months ? 1 : 0;
    }
    return { kept, csmMonths };
}

function unmetOf(wanting: readonly PlannedChange[]): Summary['unmet'] {
    const waiting = wanting.filter(({ hasPlace }) => !hasPlace);
    // Each account once, however many of its runs wait.
    const accounts = new Map(waiting.map(({ accountId, change }) => [accountId, change.arr ?? 0]));
    return {
        runs: waiting.length,
        accounts: accounts.size,
        arr: [...accounts.values()].reduce((sum, arr) => sum + arr, 0),
    };
}

/** How many changes came to this. */
export const countOfState = ({ states }: Written, ...wanted: readonly string[]): number =>
    [...states.values()].filter((state) => wanted.includes(state)).length;

/** The counts as the record of the sweep keeps them. */
export function recordCounts({ deeds, evaluated, held, unmet }: Summary, written: Written): FieldChanges {
    const of = (deed: Deed): number => deeds[deed] ?? 0;
    return countFields(
        {
            Account: evaluated,
            Candidate: evaluated,
            Opened: of('open'),
            Continued: of('continue'),
            Raised: of('raise'),
            Refreshed: of('refresh'),
            Recovering: of('recover'),
            Relapsed: of('relapse'),
            Woken: of('wake'),
            Promoted: of('promote'),
            Closed: of('close'),
            Expired: of('expire'),
            Waiting: unmet.runs,
            Held: held.critical + held.contact,
            Stale: held.stale,
            Failed: countOfState(written, 'failed', 'gone'),
            Overtaken: countOfState(written, 'overtaken'),
        },
        unmet.arr,
    );
}

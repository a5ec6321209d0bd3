/** What a sweep finds out about runs after the fact: whether what was won has lasted, and how experienced the CSM was. */
import { dayOf } from './days';
import type { PreparedRules } from './inputs';
import { decideKept, keptFields, standingOf, type WonRun } from './kept';
import type { AccountSnapshot, Clock, FieldChanges, Kept, Run } from './types';

export type FactRun = WonRun & Pick<Run, 'csmId' | 'csmMonths' | 'surfacedAt'>;

export interface Facts {
    readonly fields: FieldChanges;
    /** Null: nothing is decided of what was won. */
    readonly kept: Exclude<Kept, 'Provisional'> | null;
    /** CSM_Months__c is written. */
    readonly months: boolean;
}

/**
 * Null: nothing is to be written. It rests on the run, the account and the day alone, so that a sweep that died does the same again, and one
 * more on that day does nothing. `firstRunAt`: when the first run of the run's CSM surfaced; null: not known.
 */
export function factsOf(
    run: FactRun,
    account: AccountSnapshot,
    firstRunAt: string | null,
    { clock, prepared }: { readonly clock: Clock; readonly prepared: PreparedRules },
): Facts | null {
    const standing = standingOf(prepared, account, clock);
    const decision = standing === null ? null : decideKept(run, standing, clock);
    const months = run.csmMonths === null && run.csmId !== null && firstRunAt !== null;
    if (decision === null && !months) {
        return null;
    }
    return {
        fields: {
            ...(decision === null ? {} : keptFields(decision)),
            ...(months ? { CSM_Months__c: wholeMonths(firstRunAt, run.surfacedAt, clock.timeZone) } : {}),
        },
        kept: decision?.kept ?? null,
        months,
    };
}

/** By CSM (the first 15 characters of the id): when the first of these runs surfaced. */
export function firstRuns(runs: Iterable<Pick<Run, 'csmId' | 'surfacedAt'>>): ReadonlyMap<string, string> {
    const first = new Map<string, string>();
    for (const { csmId, surfacedAt } of runs) {
        const key = csmId?.slice(0, 15) ?? null;
        const known = key === null ? undefined : first.get(key);
        if (key !== null && (known === undefined || Date.parse(surfacedAt) < Date.parse(known))) {
            first.set(key, surfacedAt);
        }
    }
    return first;
}

/** Months that are over between two instants, by the days they fall on: from the 31st of January to the 28th of February none is. */
export function wholeMonths(from: string, to: string, timeZone: string): number {
    const [start, end] = [from, to].map((instant) => dayOf(instant, timeZone).split('-').map(Number));
    const [startYear = 0, startMonth = 0, startDay = 0] = start ?? [];
    const [endYear = 0, endMonth = 0, endDay = 0] = end ?? [];
    const months = (endYear - startYear) * 12 + endMonth - startMonth - (endDay < startDay ? 1 : 0);
    return Math.max(0, months);
}

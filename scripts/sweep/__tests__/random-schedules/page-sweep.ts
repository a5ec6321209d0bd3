/** A sweep as a page runs it, change by change as one mutation: quicker than the runner's, so that schedules have many of them. */
import { assignPlaces, deedOf, placed, planSweep } from 'c/playbookEngine';
import type { AccountSnapshot, ChangePlan, Run, SweepChange } from 'c/playbookEngine';
import { csmOf } from '../../book.ts';
import type { SweepConfiguration } from '../../configuration.ts';

/** What a sweep would do now to one run, or to open one. */
export interface Planned {
    readonly account: string;
    readonly deed: string;
    /** Null: it goes on waiting. */
    readonly plan: ChangePlan | null;
}

export function planBook(
    configuration: SweepConfiguration,
    accounts: Iterable<AccountSnapshot>,
    runs: ReadonlyMap<string, readonly Run[]>,
): readonly Planned[] {
    const { rules } = configuration;
    const taken = new Map<string | null, number>();
    const changes: { account: string; csm: string | null; rank: number; change: SweepChange }[] = [];
    for (const account of accounts) {
        const csm = csmOf(configuration, account);
        const result = planSweep(rules, { account, runs: runs.get(account.id) ?? [], csm });
        const id = csm?.id ?? null;
        taken.set(id, (taken.get(id) ?? 0) + result.placesTaken);
        changes.push(...result.changes.map((change) => ({ account: account.id, csm: id, rank: change.rank, change })));
    }
    const inPlace = new Set<SweepChange>();
    for (const [csm, wanting] of Map.groupBy(
        changes.filter(({ change }) => change.needsPlace),
        (each) => each.csm,
    )) {
        const room = csm === null ? [] : assignPlaces(rules.settings.capacity, taken.get(csm) ?? 0, wanting);
        wanting.filter((_, index) => room[index] === true).forEach(({ change }) => inPlace.add(change));
    }
    return changes.map(({ account, change }) => {
        const hasPlace = inPlace.has(change);
        return {
            account,
            deed: deedOf(change, hasPlace),
            plan: placed(change, hasPlace),
        };
    });
}

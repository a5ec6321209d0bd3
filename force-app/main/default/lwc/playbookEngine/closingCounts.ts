/** What a run counts once it is closed: the ARR that it saved or lost, and that what was won has to last. */
import { addDays, dayOf } from './days';
import type { AccountContext } from './inputs';
import { figureDay, figureNumber } from './scope';
import type { Clock, FieldChanges, Outcome, Run } from './types';

export type ClosingCounts = Pick<Run, 'arrSaved' | 'arrLost' | 'kept' | 'keptOn' | 'renewalAtCloseOn'>;

/** Of a run that is not closed. */
export const NOTHING_COUNTED: ClosingCounts = {
    arrSaved: null,
    arrLost: null,
    kept: null,
    keptOn: null,
    renewalAtCloseOn: null,
};

/** Days after a closing in which another run of the same kind saves, or loses, nothing that was not counted by it. */
export const COUNTED_ONCE_DAYS = 90;

/** Outcomes that have to last: the customer stays, for all that was known then. */
export const WON: readonly Outcome[] = ['Saved', 'Recovered', 'Renewed', 'Renewed smaller'];

/**
 * What closing `run` with `outcome` counts now. `runs` are those known on the account: its ARR is saved, or lost, once
 * for runs of one kind that overlap in time or close within {@link COUNTED_ONCE_DAYS}, by the one that is closed first. Opening that one
 * again takes its amount back, and the others keep their 0.
 */
export function closingCounts(
    run: Run,
    outcome: Outcome,
    runs: readonly Run[],
    { account, clock, prepared }: Pick<AccountContext, 'account' | 'clock' | 'prepared'>,
): ClosingCounts {
    const renewalAtCloseOn = figureDay(prepared, account, 'Renewal', clock);
    if (run.practice) {
        return { ...NOTHING_COUNTED, renewalAtCloseOn };
    }
    const atClose = figureNumber(prepared, account, 'ARR');
    const { arrAtOpening: atOpening } = run;
    const saved = outcome !== 'Saved' || atClose === null || atOpening === null ? null : Math.min(atClose, atOpening);
    const lost = outcome === 'Lost' || outcome === 'Not renewed' ? atOpening : null;
    return {
        arrSaved: once(saved, 'arrSaved', run, runs, clock),
        arrLost: once(lost, 'arrLost', run, runs, clock),
        kept: WON.includes(outcome) ? 'Provisional' : null,
        keptOn: null,
        renewalAtCloseOn,
    };
}

/** The same as fields; reopening writes those of {@link NOTHING_COUNTED}. */
export function countedFields({ arrLost, arrSaved, kept, renewalAtCloseOn }: ClosingCounts): FieldChanges {
    return {
        Renewal_At_Close_On__c: renewalAtCloseOn,
        ARR_Saved__c: arrSaved,
        ARR_Lost__c: arrLost,
        Kept__c: kept,
        Kept_On__c: null,
        ARR_Kept__c: null,
    };
}

/** 0 when another run of its kind that was open at the same time, for however short a while, or closed shortly before has counted the amount. */
function once(
    amount: number | null,
    side: 'arrSaved' | 'arrLost',
    run: Run,
    runs: readonly Run[],
    { now, timeZone }: Clock,
): number | null {
    const surfaced = Date.parse(run.surfacedAt);
    const since = addDays(dayOf(now, timeZone), -COUNTED_ONCE_DAYS);
    const isCounted = runs.some(
        (other) =>
            other.episodeKey !== run.episodeKey &&
            other.kind === run.kind &&
            (other[side] ?? 0) > 0 &&
            other.closedAt !== null &&
            (Date.parse(other.closedAt) >= surfaced || dayOf(other.closedAt, timeZone) >= since),
    );
    return amount !== null && isCounted ? 0 : amount;
}

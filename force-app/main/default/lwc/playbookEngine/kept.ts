/**
 * Whether what was won has lasted. A save is counted when its run closes, and proves itself afterwards: the sweep looks again, by the account's
 * own figures, until the win is confirmed or lost.
 *
 * | decided           | when                                                | by what                                     |
 * | ----------------- | --------------------------------------------------- | ------------------------------------------- |
 * | Provisional       | at the closing, and until one of the others is      | Saved, Recovered, Renewed, Renewed smaller  |
 * | Lost since        | at once, also before the 90 days are over           | it has left, or gave notice since           |
 * | Kept for 90 days  | 90 days after the closing                           | a customer, with at least the ARR at opening |
 * | Kept at renewal   | once the renewal that came next is over; for good   | the same                                    |
 * | Kept smaller      | at either of the two                                | a customer, with less ARR                   |
 *
 * A customer is an account without a day of leaving. Where one of the two ARRs is unknown, being a customer is enough. The renewal that came
 * next is the account's renewal day when the run closed, if that lay ahead. It is over when that day has passed and the account's renewal day
 * has moved beyond it, or 30 days later, since a renewal that nobody enters is signed late at most. Within those days the 90th may fall: then
 * both are decided together. Without such a day a win that held for 90 days is watched for a year after the closing.
 * A day of notice that is not after the closing was known at it. A renewal that was won is judged once, after 90 days: the next one is of
 * another contract, and decided by a run of its own.
 */
import { addDays, dayOf, daysBetween } from './days';
import type { PreparedRules } from './inputs';
import { figureDay, figureNumber } from './scope';
import type { AccountSnapshot, Clock, FieldChanges, Kept, Run } from './types';
import { WON } from './closingCounts';

const CONFIRMED_AFTER_DAYS = 90;
/** As long as an untouched renewal is not given up. */
const SIGNED_LATE_DAYS = 30;
const WATCHED_WITHOUT_RENEWAL_DAYS = 365;
/** Contracts run for five years at most. */
export const LONGEST_WATCH_DAYS = 5 * 366;

/** The run as it was closed, and what was decided of it so far. */
export type WonRun = Pick<
    Run,
    'arrAtOpening' | 'closedAt' | 'kept' | 'keptOn' | 'outcome' | 'practice' | 'renewalAtCloseOn' | 'status'
>;

/** The account now; days are `YYYY-MM-DD`. */
export interface Standing {
    readonly arr: number | null;
    readonly renewalOn: string | null;
    readonly churnedOn: string | null;
    readonly noticeGivenOn: string | null;
}

export interface KeptDecision {
    readonly kept: Exclude<Kept, 'Provisional'>;
    readonly keptOn: string;
    /** Null: unknown. */
    readonly arrKept: number | null;
}

/** Null where no field tells that an account has left: then nothing can be confirmed. */
export function standingOf(prepared: PreparedRules, account: AccountSnapshot, clock: Clock): Standing | null {
    if (prepared.figures.ChurnedOn.path === null) {
        return null;
    }
    return {
        arr: figureNumber(prepared, account, 'ARR'),
        renewalOn: figureDay(prepared, account, 'Renewal', clock),
        churnedOn: figureDay(prepared, account, 'ChurnedOn', clock),
        noticeGivenOn: figureDay(prepared, account, 'NoticeGivenOn', clock),
    };
}

/** What is to be decided today of a closed run; null: nothing, because it is too early, it is decided already, or nothing was won. */
export function decideKept(run: WonRun, standing: Standing, clock: Clock): KeptDecision | null {
    const { closedAt, outcome, practice, status } = run;
    if (status !== 'Closed' || closedAt === null || outcome === null || practice || !WON.includes(outcome)) {
        return null;
    }
    const today = dayOf(clock.now, clock.timeZone);
    const closedOn = dayOf(closedAt, clock.timeZone);
    if (isFinal(run, closedOn, today)) {
        return null;
    }
    const { arr, churnedOn, noticeGivenOn } = standing;
    if (churnedOn !== null || (noticeGivenOn !== null && noticeGivenOn > closedOn)) {
        return { kept: 'Lost since', keptOn: today, arrKept: 0 };
    }
    if (today < addDays(closedOn, CONFIRMED_AFTER_DAYS)) {
        return null;
    }
    const renewal = nextRenewal(run, closedOn);
    const isPast = renewal !== null && today > renewal;
    if (isPast && !isSettled(renewal, standing, today)) {
        return null;
    }
    const isConfirmed = run.kept === 'Kept for 90 days' || run.kept === 'Kept smaller';
    if (isConfirmed && !isPast) {
        return null;
    }
    const isSmaller = arr !== null && run.arrAtOpening !== null && arr < run.arrAtOpening;
    const kept = isSmaller ? 'Kept smaller' : isPast ? 'Kept at renewal' : 'Kept for 90 days';
    return { kept, keptOn: today, arrKept: arr };
}

export function keptFields({ arrKept, kept, keptOn }: KeptDecision): FieldChanges {
    return { Kept__c: kept, Kept_On__c: keptOn, ARR_Kept__c: arrKept };
}

/** Nothing more is decided: it is lost, its renewal has been looked at, or nothing is known to look at. */
function isFinal(run: WonRun, closedOn: string, today: string): boolean {
    const { kept, keptOn } = run;
    if (kept === 'Lost since' || kept === 'Kept at renewal') {
        return true;
    }
    if (kept !== 'Kept for 90 days' && kept !== 'Kept smaller') {
        return false;
    }
    if (isRenewal(run)) {
        return true;
    }
    const renewal = nextRenewal(run, closedOn);
    if (renewal === null) {
        return daysBetween(closedOn, today) > WATCHED_WITHOUT_RENEWAL_DAYS;
    }
    // Smaller is decided after the renewal only once that is settled, see above.
    return kept === 'Kept smaller' && keptOn !== null && keptOn > renewal;
}

/** The renewal that lay ahead when the run closed, and by which it is judged. */
function nextRenewal(run: WonRun, closedOn: string): string | null {
    const { renewalAtCloseOn } = run;
    return !isRenewal(run) && renewalAtCloseOn !== null && renewalAtCloseOn > closedOn ? renewalAtCloseOn : null;
}

const isRenewal = ({ outcome }: WonRun): boolean => outcome === 'Renewed' || outcome === 'Renewed smaller';

function isSettled(renewal: string, { renewalOn }: Standing, today: string): boolean {
    return (renewalOn !== null && renewalOn > renewal) || today > addDays(renewal, SIGNED_LATE_DAYS);
}

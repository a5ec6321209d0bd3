/** How much a prompt deserves attention before others: one number, and what it is made of. */
import { dayOf, daysBetween, isDay } from './days';
import { runOf } from './episode';
import type { AccountContext } from './inputs';
import { figureNumber, figureValue } from './scope';
import { freshAccount } from './staleness';
import { type Prompt, type Tier, TIERS } from './types';
import type { Rank } from './worklistTypes';

type RankContext = Pick<AccountContext, 'account' | 'clock' | 'prepared' | 'settings'>;

/**
 * What each part can add to the score. A tier weighs more than everything else together: from one tier to the next lie 4 of these points,
 * all the others together are 3.5. Of those, what moves counts before what is large, and what is large before what has waited.
 */
const WEIGHTS = {
    tier: 4 * (TIERS.length - 1),
    change: 1.25,
    arr: 1,
    renewal: 0.75,
    waiting: 0.5,
} as const;
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
/** No score of a critical prompt is below this, and none of another reaches it. */
export const CRITICAL_RANK = WEIGHTS.tier / TOTAL;

/** Where a part is full. */
const FULL = {
    /** Share of the usage that has gone. */
    usageDrop: 0.6,
    /** Points of health, since the run opened. */
    healthDrop: 40,
    /** On a scale of powers of ten, so that it does not matter in which currency an org counts. */
    arr: 1e9,
    /** Days before the renewal at which its nearness begins to count. */
    renewalDays: 180,
    /** Days that nobody has touched it. */
    waitingDays: 30,
} as const;
/** A renewal that passed longer ago was not put right in the account, rather than missed. */
const PAST_RENEWAL_DAYS = 30;
const MILLISECONDS_A_DAY = 86_400_000;

/**
 * Each part from 0 to 1, and their weighted mean. What is blank, or too old to be believed, counts nothing.
 */
export function rankOf(prompt: Prompt, context: RankContext): Rank {
    const { clock, prepared, settings } = context;
    const fresh = { ...context, account: freshAccount(context.account, prepared, settings, clock) };
    const parts = {
        tier: tierPart(prompt.tier),
        change: Math.max(usagePart(prompt, fresh), healthPart(prompt, fresh)),
        arr: arrPart(figureNumber(prepared, fresh.account, 'ARR')),
        renewal: renewalPart(fresh),
        waiting: waitingPart(prompt, fresh),
    };
    const names = ['tier', 'change', 'arr', 'renewal', 'waiting'] as const;
    return { ...parts, score: names.reduce((sum, name) => sum + WEIGHTS[name] * parts[name], 0) / TOTAL };
}

function tierPart(tier: Tier): number {
    return 1 - TIERS.indexOf(tier) / (TIERS.length - 1);
}

/** The steeper of the last change of usage, and the change since the run opened. */
function usagePart(prompt: Prompt, { account, prepared }: RankContext): number {
    const percent = figureNumber(prepared, account, 'UsageChange');
    const before = figureNumber(prepared, account, 'UsageBefore');
    const usage = figureNumber(prepared, account, 'Usage');
    const last = percent === null ? shareLost(before, usage) : -percent / 100;
    return part(Math.max(last, shareLost(runOf(prompt)?.usageAtOpening ?? null, usage)) / FULL.usageDrop);
}

function shareLost(before: number | null, now: number | null): number {
    return before === null || now === null || before <= 0 ? 0 : (before - now) / before;
}

function healthPart(prompt: Prompt, { account, prepared }: RankContext): number {
    const before = runOf(prompt)?.healthAtOpening ?? null;
    const now = figureNumber(prepared, account, 'Health');
    return before === null || now === null ? 0 : part((before - now) / FULL.healthDrop);
}

function arrPart(arr: number | null): number {
    return arr === null || arr <= 0 ? 0 : part(Math.log1p(arr) / Math.log1p(FULL.arr));
}

function renewalPart({ account, clock, prepared }: RankContext): number {
    const value = figureValue(prepared, account, 'Renewal');
    if (typeof value !== 'string') {
        return 0;
    }
    const day = value.includes('T') ? dayOf(value, clock.timeZone) : value;
    const left = isDay(day) ? daysBetween(dayOf(clock.now, clock.timeZone), day) : Number.NaN;
    return left >= -PAST_RENEWAL_DAYS ? part(1 - Math.max(0, left) / FULL.renewalDays) : 0;
}

/** Days since it surfaced, or came back, while nobody has acted. */
function waitingPart({ run }: Prompt, { clock }: RankContext): number {
    if (run === null || run.actedAt !== null) {
        return 0;
    }
    const since = Date.parse(run.returnedAt ?? run.surfacedAt);
    return part((Date.parse(clock.now) - since) / MILLISECONDS_A_DAY / FULL.waitingDays);
}

/** Between 0 and 1; what is no number counts nothing. */
function part(value: number): number {
    return Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value));
}

import type { MatchResult, PreparedRules } from './inputs';
import type { AccountSnapshot, Clock, CurrentUser } from './types';
/** The triggers whose entry rule holds on this account now. */
export function matchTriggers(
    prepared: PreparedRules,
    account: AccountSnapshot,
    clock: Clock,
    user: CurrentUser,
): MatchResult {
    throw new Error(`Not built yet: ${String([prepared, account, clock, user])}`);
}

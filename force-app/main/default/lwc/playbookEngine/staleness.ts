/** Figures that were measured too long ago: they raise no alarm, and end none. */
import { addDays, dayOf } from './days';
import type { PreparedRules } from './inputs';
import type { AccountSnapshot, Clock, FigureName, Settings } from './types';

/** Which figures a day of measurement vouches for. */
const DATED: readonly { readonly on: FigureName; readonly figures: readonly FigureName[] }[] = [
    { on: 'HealthOn', figures: ['Health'] },
    { on: 'UsageOn', figures: ['Usage', 'UsageBefore', 'UsageChange'] },
];

/**
 * The account with its stale figures blank: those whose day of measurement lies more than `staleAfterDays` before today. Figures without such
 * a day are never stale. The very same object when nothing is stale: whole books go through here.
 */
export function freshAccount(
    account: AccountSnapshot,
    prepared: PreparedRules,
    { staleAfterDays }: Pick<Settings, 'staleAfterDays'>,
    clock: Clock,
): AccountSnapshot {
    const { figures } = prepared;
    const { values } = account;
    let blanks: Record<string, null> | undefined;
    for (let index = 0; index < DATED.length; index += 1) {
        const dated = DATED[index] as (typeof DATED)[number];
        const on = figures[dated.on].path;
        if (on === null || !isStale(values[on], staleAfterDays, clock)) {
            continue;
        }
        for (const figure of dated.figures) {
            const { path } = figures[figure];
            if (path !== null && (values[path] ?? null) !== null) {
                (blanks ??= {})[path] = null;
            }
        }
    }
    return blanks === undefined ? account : { id: account.id, values: { ...values, ...blanks } };
}

function isStale(on: unknown, staleAfterDays: number, clock: Clock): boolean {
    if (typeof on !== 'string') {
        return false;
    }
    const first = firstFreshDay(staleAfterDays, clock);
    if (on.length === first.length) {
        return on < first;
    }
    // A setting may name a date and time field.
    const day = dayOf(on, clock.timeZone);
    return day !== '' && day < first;
}

let lastAsked: { readonly clock: Clock; readonly staleAfterDays: number; readonly day: string } | undefined;

/** The same for a whole book, so that the last answer is kept. Blank, before all days, for a number that is none. */
function firstFreshDay(staleAfterDays: number, clock: Clock): string {
    if (lastAsked?.clock !== clock || lastAsked.staleAfterDays !== staleAfterDays) {
        const day = addDays(dayOf(clock.now, clock.timeZone), -Math.max(0, Math.floor(staleAfterDays)));
        lastAsked = { clock, staleAfterDays, day };
    }
    return lastAsked.day;
}

/** The replay as a table that a sceptic can read: counts first, rates with their counts, the base rate beside every hit rate. */
import { median, quantile } from './foresight.ts';
import type { Foresight } from './foresight.ts';
import type { Lift } from './lift.ts';
import type { PlantedAccount } from './planted.ts';
import type { Load } from './replayed-book.ts';

export interface ReplayResult {
    readonly days: readonly string[];
    readonly every: number;
    readonly horizon: number;
    /** At the end. */
    readonly customers: number;
    readonly losses: number;
    readonly loads: readonly Load[];
    readonly foresight: readonly Foresight[];
    readonly lifts: readonly Lift[];
}

/** The first sweeps find everything that had gathered before: they are no ordinary week. */
const SETTLING_SWEEPS = 4;

export function formatReplay(result: ReplayResult): string[] {
    const { customers, days, every, horizon, losses } = result;
    return [
        `${days.length} sweeps from ${days[0] ?? ''} to ${days.at(-1) ?? ''}, every ${every} days; ${customers} customers at the end, ${losses} losses.`,
        'Nobody works on the alarms here: what is in front at a time is the most that can be.',
        '',
        ...loadLines(result),
        '',
        `Alarms, and losses within ${horizon} days after them (those with the whole horizon observed)`,
        ...foresightLines(result),
        '',
        'How likely a loss is where a condition holds, and where it does not (all customers, all sweeps)',
        ...result.lifts.flatMap((lift) => liftLines(lift, horizon)),
    ];
}

export function plantedTruth(truth: readonly PlantedAccount[]): string[] {
    const count = (fate: PlantedAccount['fate']): number => truth.filter((account) => account.fate === fate).length;
    return [
        `Planted: ${count('lost')} slide and are lost, ${count('recovers')} slide and recover, ${count('lost without warning')} are lost without warning, ${count('steady')} are steady.`,
    ];
}

function loadLines({ days, loads, every }: ReplayResult): string[] {
    const settled = new Set(days.slice(SETTLING_SWEEPS));
    const usual = loads.filter(({ accounts, day }) => settled.has(day) && accounts > 0);
    const weekly = (fresh: number): number => (fresh * 7) / every;
    const perFifty = usual.map(({ accounts, fresh }) => (weekly(fresh) * 50) / accounts);
    const row = (name: string, values: readonly number[]): string =>
        `  ${name.padEnd(46)} ${[median(values), quantile(values, 0.95), quantile(values, 1)].map((value) => tenth(value).padStart(8)).join('')}`;
    return [
        `For each CSM and week, after the first ${SETTLING_SWEEPS} sweeps${' '.repeat(13)}   median  95 in 100   most`,
        row(
            'new prompts a week',
            usual.map(({ fresh }) => weekly(fresh)),
        ),
        row('new prompts a week for fifty accounts', perFifty),
        row(
            'prompts in front at a time',
            usual.map(({ open }) => open),
        ),
        row(
            'waiting beyond the capacity',
            usual.map(({ waiting }) => waiting),
        ),
    ];
}

function foresightLines({ foresight, losses }: ReplayResult): string[] {
    const head = ['trigger', 'alarms', 'days', 'open', 'right', 'not', 'hit rate', 'foreseen', 'lead'];
    const rows = foresight.map((one) => [
        one.triggerKey,
        String(one.episodes),
        one.medianDays === null ? '–' : String(one.medianDays),
        String(one.stillOpen),
        String(one.followed),
        String(one.judged - one.followed),
        rate(one.followed, one.judged),
        `${one.foreseen} of ${losses}`,
        one.medianLead === null ? '–' : `${one.medianLead} d`,
    ]);
    return [
        ...table([head, ...rows]),
        ...foresight.flatMap(({ ends, triggerKey }) => {
            const list = Object.entries(ends).sort(([, one], [, other]) => other - one);
            return list.length === 0
                ? []
                : [`  ${triggerKey} ended: ${list.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}.`];
        }),
        '  days: median from surfacing to closing. foreseen: losses with such an alarm a week or more before. lead: median days from alarm to loss.',
    ];
}

function liftLines(lift: Lift, horizon: number): string[] {
    const { held, heldLost, others, othersLost } = lift;
    const ratio = held === 0 || othersLost === 0 ? null : heldLost / held / (othersLost / others);
    return [
        `  ${lift.condition}`,
        `    holds: ${heldLost} of ${held} lost within ${horizon} days (${rate(heldLost, held)}); else ${othersLost} of ${others} (${rate(othersLost, others)}); lift ${ratio === null ? '–' : ratio.toFixed(2)}`,
    ];
}

function table(rows: readonly (readonly string[])[]): string[] {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    return rows.map(
        (row) =>
            `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`,
    );
}

function rate(part: number, whole: number): string {
    return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}

function tenth(value: number | null): string {
    return value === null ? '–' : String(Math.round(value * 10) / 10);
}

/** Parts of the worklist, and which accounts each filter lets through. */
import type { BookAccount, Prompt, Worklist, WorklistRow } from 'c/playbookEngine';

export type FilterId = 'all' | 'critical' | 'overdue' | 'renewals' | 'signals' | 'waiting' | 'aside' | 'nurture';
export const FILTER_IDS: readonly FilterId[] = [
    'all',
    'critical',
    'overdue',
    'renewals',
    'signals',
    'waiting',
    'aside',
    'nurture',
];

const isRenewal = ({ version, trigger }: Prompt): boolean =>
    version?.category === 'Renewal' || trigger?.anchor === 'Renewal';

const all = ({ prompt, also }: WorklistRow): readonly Prompt[] => [prompt, ...also];

const TESTS: Readonly<Record<Exclude<FilterId, 'all' | 'nurture'>, (row: WorklistRow) => boolean>> = {
    critical: (row) => row.prompt.tier === 'Critical' && row.place !== 'held',
    overdue: (row) => row.next?.overdue === true && row.place !== 'held',
    renewals: (row) => all(row).some(isRenewal),
    signals: (row) => all(row).some(({ kind }) => kind === 'Signal'),
    waiting: (row) => row.place === 'waiting',
    aside: (row) => all(row).some(({ held }) => held?.why === 'snoozed'),
};

/** How many accounts each filter shows. */
export function filterCounts({ rows, nurture }: Worklist): Readonly<Record<FilterId, number>> {
    const count = (id: keyof typeof TESTS): number => rows.filter(TESTS[id]).length;
    return {
        all: rows.length,
        critical: count('critical'),
        overdue: count('overdue'),
        renewals: count('renewals'),
        signals: count('signals'),
        waiting: count('waiting'),
        aside: count('aside'),
        nurture: nurture.length,
    };
}

const isNamed = ({ name }: BookAccount, part: string): boolean =>
    name.toLocaleLowerCase().includes(part.toLocaleLowerCase());

/** Rows that the filter and the part of a name let through, wherever they stand, in their order. */
export function filteredRows({ rows }: Worklist, filter: FilterId, part: string): readonly WorklistRow[] {
    if (filter === 'nurture') return [];
    const test = filter === 'all' ? (): boolean => true : TESTS[filter];
    return rows.filter((row) => test(row) && isNamed(row.account, part));
}

export function filteredNurture({ nurture }: Worklist, part: string): readonly BookAccount[] {
    return nurture.filter((entry) => isNamed(entry, part));
}

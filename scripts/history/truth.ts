/** What a history was made from, and the right answers to what reports ask of it. */
import type { Run } from 'c/playbookEngine';
import { TURNS_A_SLIDE, CAUSE_FACTORS, CAUSE_WEIGHTS, OFTEN_SKIPPED, SLIDES_AGAIN } from './effects.ts';
import type { GeneratedHistory } from './generate.ts';
import { ADDED_STEPS } from './playbook-versions.ts';

/** One line of the right answers: so many runs of this kind. */
export interface RunCount {
    /** Playbook key, or trigger key of a signal. */
    readonly subject: string;
    /** Version number; null: a signal. */
    readonly version: number | null;
    readonly csm: string;
    /** Null: not closed. */
    readonly outcome: string | null;
    readonly cause: string | null;
    readonly worked: boolean;
    readonly openedBy: string;
    readonly practice: boolean;
    readonly runs: number;
}

export type HistoryTruth = ReturnType<typeof truthOf>;

export function truthOf(history: GeneratedHistory) {
    const { accounts, book, csms, from, nights, switchedOn, today } = history;
    return {
        notice: 'Generated: no real company, no real person.',
        from,
        today,
        secondVersionFrom: switchedOn,
        addedByTheSecondVersion: [...ADDED_STEPS],
        effects: {
            care: 'A step turns a slide with its share, times the cube of required done / (done + skipped / 3 + overdue).',
            turnsASlide: TURNS_A_SLIDE,
            causeFactors: CAUSE_FACTORS,
            causeWeights: CAUSE_WEIGHTS,
            OFTEN_SKIPPED,
            slidesAgain: SLIDES_AGAIN,
        },
        csms: csms.map(({ csm }) => csm),
        accounts: accounts.map(({ csm, hidden, of }) => ({
            key: hidden.externalId,
            name: hidden.name,
            csm: csm.csm.name,
            isDemo: hidden.isDemo,
            noticeOn: hidden.noticeOn,
            slides: hidden.slides,
            runs: book.runsOf(of.id).length,
        })),
        nights: nights.length,
        answers: answersOf(history),
    };
}

function answersOf({ accounts, book, csms }: GeneratedHistory): readonly RunCount[] {
    const names = new Map(csms.map(({ csm, user }) => [user.id, csm.name]));
    const counts = new Map<string, RunCount>();
    for (const { hidden, of } of accounts) {
        for (const run of book.runsOf(of.id)) {
            const line = {
                subject: run.playbookKey ?? run.triggerKey ?? '',
                version: run.versionId === null ? null : Number(run.versionId.split(':')[1]),
                csm: names.get(run.csmId ?? '') ?? 'Nobody',
                outcome: run.outcome,
                cause: run.cause,
                worked: isWorked(run),
                openedBy: run.openedBy,
                practice: hidden.isDemo,
            };
            const key = JSON.stringify(line);
            counts.set(key, { ...line, runs: (counts.get(key)?.runs ?? 0) + 1 });
        }
    }
    return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line);
}

/** Whether the customer was spoken to before the account began to recover. */
function isWorked({ completions, recoveringSince }: Run): boolean {
    const contacts = completions
        .filter(({ customerContact, status }) => customerContact && status === 'Done')
        .flatMap(({ completedAt }) => completedAt ?? [])
        .sort();
    const [first] = contacts;
    return first !== undefined && (recoveringSince === null || Date.parse(first) < Date.parse(recoveringSince));
}

/** The main lines for people. */
export function describeTruth({ accounts, answers, from, secondVersionFrom, today }: HistoryTruth): readonly string[] {
    const slides = accounts.flatMap((account) => account.slides);
    const of = (kind: string, turnedBy: (by: string | null) => boolean): number =>
        slides.filter((slide) => slide.kind === kind && turnedBy(slide.turnedBy)).length;
    return [
        `GENERATED HISTORY from ${from} to the day before ${today}: ${accounts.length} accounts, ${sum(answers)} runs.`,
        `In truth ${slides.filter(({ kind }) => kind === 'real').length} slides would have ended in a loss; steps turned ${of('real', (by) => by !== null && by !== 'itself')} of them.`,
        `${of('by itself', () => true)} slides turned without anybody; ${of('data error', () => true)} were wrong data, ${of('season', () => true)} a season.`,
        `${slides.filter(({ again }) => again !== null).length} slid again after they had been turned; ${slides.filter(({ again, noticeOn }) => again !== null && noticeOn !== null).length} of those were lost.`,
        ...[1, 2].map((version) => {
            const worked = answers.filter(
                (line) => line.subject === 'at-risk' && line.version === version && line.worked && !line.practice,
            );
            const saved = sum(worked.filter(({ outcome }) => outcome === 'Saved'));
            const all = sum(worked.filter(({ outcome }) => ['Saved', 'Lost', 'Let go'].includes(outcome ?? '')));
            return `At Risk, version ${version}${version === 2 ? ` (from ${secondVersionFrom})` : ''}: ${saved} of ${all} worked runs saved.`;
        }),
    ];
}

function sum(lines: readonly RunCount[]): number {
    return lines.reduce((total, { runs }) => total + runs, 0);
}

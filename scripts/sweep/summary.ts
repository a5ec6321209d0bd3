/** What a sweep found and did, as one plain object: what `--json` prints, what the org's record of the sweep gets, what the table shows. */
import { countFields, deedOf, flagsTooMany, hasTooMany } from 'c/playbookEngine';
import type { Deed, SweepChangeKind } from 'c/playbookEngine';
import type { RecordFields } from '../lib/records.ts';
import type { BookSize } from './book-size.ts';
import type { SweepConfiguration } from './configuration.ts';
import type { Afterwards } from './facts.ts';
import type { Tally, WriteState } from './outbox.ts';
import type { BookCounts, CountedProblem } from './tally.ts';
import type { WorkFile } from './work-file.ts';

export type Deeds = Readonly<Partial<Record<Deed, number>>>;

export interface TriggerSummary {
    readonly key: string;
    readonly label: string;
    /** Accounts on which its entry rule holds now, whether or not a run is open, and their ARR. */
    readonly accounts: number;
    readonly arr: number;
    /** Of all customers; null: their number is not known. */
    readonly share: number | null;
    /** Runs that open now, and those that wait after the sweep. */
    readonly opened: number;
    readonly waiting: number;
    /** Prompts that something else holds back; those on old figures are not among `accounts`. */
    readonly held: number;
    /** More than a quarter of the customers. */
    readonly flagsTooMany: boolean;
}

export interface CsmSummary {
    /** Null: accounts whose CSM is nobody active. */
    readonly id: string | null;
    readonly name: string;
    /** Null: not known. */
    readonly customers: number | null;
    /** Prompts in front after the sweep, and how many of them it opens. */
    readonly inFront: number;
    readonly opened: number;
    /** Prompts beyond the CSM's capacity, and the ARR of their accounts. */
    readonly waiting: number;
    readonly waitingArr: number;
    /** More than ten prompts for fifty accounts. */
    readonly hasTooMany: boolean;
}

export interface SweepSummary {
    readonly format: 1;
    /** `SW-00042`; null: a dry run leaves no record. */
    readonly sweep: string | null;
    readonly orgId: string;
    readonly orgName: string;
    readonly shard: string;
    readonly dryRun: boolean;
    /** ISO instant that counts as now. */
    readonly startedAt: string;
    readonly seconds: number;
    readonly accounts: {
        /** Null: not known. */
        readonly inScope: number | null;
        /** Those that have not left. */
        readonly customers: number | null;
        /** Looked at one by one. */
        readonly evaluated: number;
        /** With something to do, and no active CSM. */
        readonly withoutCsm: number;
    };
    readonly capacity: number;
    readonly triggers: readonly TriggerSummary[];
    readonly csms: readonly CsmSummary[];
    /** What the sweep does: planned in a dry run, else confirmed by the org. */
    readonly changes: Deeds;
    readonly unmet: { readonly runs: number; readonly accounts: number; readonly arr: number };
    /** What was found out about earlier runs: found in a dry run, else confirmed by the org. */
    readonly afterwards: Afterwards;
    readonly held: BookCounts['held'];
    /** Accounts on which a rule holds and nothing is opened, because they are lost already or the day that mattered has passed. */
    readonly tooLate: number;
    /** Rules that do not work at all, and rules that failed on some accounts. */
    readonly brokenRules: readonly { readonly label: string; readonly field: string; readonly message: string }[];
    readonly failedRules: readonly CountedProblem[];
    /** Changes that were not written. */
    readonly notWritten: {
        readonly overtaken: number;
        readonly gone: number;
        readonly failed: number;
        /** File with each record and reason; null: there is none. */
        readonly file: string | null;
    };
    /** Why every account was read, in words; null: only those on which a rule may hold, or all of them as was wanted. */
    readonly readAllBecause: string | null;
    /** What somebody should look at, in words. */
    readonly warnings: readonly string[];
    readonly apiCalls: number;
}

export interface SummaryInput {
    readonly configuration: SweepConfiguration;
    readonly work: WorkFile;
    readonly counts: BookCounts;
    readonly size: BookSize;
    readonly about: Pick<SweepSummary, 'sweep' | 'shard' | 'dryRun' | 'startedAt' | 'seconds' | 'apiCalls'>;
    readonly readAllBecause: string | null;
    readonly afterwards: Afterwards;
    /** What the org has confirmed; null in a dry run: what is planned counts. */
    readonly written: { readonly changes: Deeds; readonly notWritten: SweepSummary['notWritten'] } | null;
}

const LONGEST_MESSAGE = 32_000;
const NOTHING_MISSED: SweepSummary['notWritten'] = { overtaken: 0, gone: 0, failed: 0, file: null };

export function summarize({
    about,
    afterwards,
    configuration,
    counts,
    readAllBecause,
    size,
    work,
    written,
}: SummaryInput): SweepSummary {
    const { prepared, settings } = configuration.rules;
    const triggers = prepared.rules.map(({ trigger }): TriggerSummary => {
        const { accounts, arr, held } = counts.triggers[trigger.key] ?? { accounts: 0, arr: 0, held: 0 };
        const share = size.customers === null || size.customers === 0 ? null : accounts / size.customers;
        return {
            key: trigger.key,
            label: trigger.label,
            accounts,
            arr,
            share,
            held,
            ...placesOfTrigger(work, trigger.key),
            flagsTooMany: flagsTooMany(accounts, size.customers),
        };
    });
    const csms = csmSummaries(configuration, work, counts, size);
    return {
        format: 1,
        orgId: configuration.orgId,
        orgName: configuration.orgName,
        ...about,
        accounts: {
            inScope: size.inScope,
            customers: size.customers,
            evaluated: counts.evaluated,
            withoutCsm: counts.withoutCsm,
        },
        capacity: settings.capacity,
        triggers,
        csms,
        changes: written?.changes ?? plannedDeeds(work),
        unmet: unmetDemand(work),
        afterwards,
        held: counts.held,
        tooLate: counts.tooLate,
        brokenRules: prepared.problems.map(({ field, label, message }) => ({ field, label, message })),
        failedRules: counts.problems,
        notWritten: written?.notWritten ?? NOTHING_MISSED,
        readAllBecause,
        warnings: warningsOf(triggers, csms, counts),
    };
}

function plannedDeeds(work: WorkFile): Deeds {
    const deeds: Partial<Record<Deed, number>> = {};
    const rows = work.database
        .prepare('SELECT kind, needs_place, has_place, COUNT(*) AS count FROM change GROUP BY 1, 2, 3')
        .all();
    for (const { count, has_place: has, kind, needs_place: needs } of rows) {
        // Written by WorkFile.addChanges alone.
        const deed = deedOf({ kind: kind as SweepChangeKind, needsPlace: needs === 1 }, has === 1);
        deeds[deed] = (deeds[deed] ?? 0) + Number(count);
    }
    return deeds;
}

function placesOfTrigger(work: WorkFile, key: string): Pick<TriggerSummary, 'opened' | 'waiting'> {
    const row = work.database
        .prepare(
            `SELECT COUNT(*) FILTER (WHERE has_place = 1 AND kind = 'open') AS opened, COUNT(*) FILTER (WHERE has_place = 0) AS waiting
             FROM change WHERE needs_place = 1 AND trigger = ?`,
        )
        .get(key);
    return { opened: Number(row?.['opened']), waiting: Number(row?.['waiting']) };
}

function unmetDemand(work: WorkFile): SweepSummary['unmet'] {
    // Each account once, however many of its runs wait.
    const row = work.database
        .prepare(
            `SELECT COALESCE(SUM(runs), 0) AS runs, COUNT(*) AS accounts, COALESCE(SUM(arr), 0) AS arr
             FROM (SELECT COUNT(*) AS runs, MAX(arr) AS arr FROM change WHERE needs_place = 1 AND has_place = 0 GROUP BY account)`,
        )
        .get();
    return { runs: Number(row?.['runs']), accounts: Number(row?.['accounts']), arr: Number(row?.['arr']) };
}

function csmSummaries(
    { users }: SweepConfiguration,
    work: WorkFile,
    counts: BookCounts,
    size: BookSize,
): readonly CsmSummary[] {
    const rows = work.database
        .prepare(
            `SELECT csm, SUM(placed) AS placed, SUM(opened) AS opened, SUM(waiting) AS waiting, SUM(CASE WHEN waiting > 0 THEN arr END) AS arr
             FROM (SELECT csm, MAX(arr) AS arr, SUM(has_place) AS placed,
                          COUNT(*) FILTER (WHERE has_place = 1 AND kind = 'open') AS opened,
                          COUNT(*) FILTER (WHERE has_place = 0) AS waiting
                   FROM change WHERE needs_place = 1 GROUP BY csm, account)
             GROUP BY csm`,
        )
        .all();
    const changed = new Map(rows.map((row) => [typeof row['csm'] === 'string' ? row['csm'] : null, row]));
    const ids = new Set<string | null>([...Object.keys(counts.csms), ...changed.keys()]);
    const found = [...ids].map((id): CsmSummary => {
        const own = id === null ? undefined : counts.csms[id];
        const row = changed.get(id);
        const customers = id === null ? null : size.byCsm === null ? null : (size.byCsm[id] ?? 0);
        const inFront = (own?.taken ?? 0) + Number(row?.['placed'] ?? 0);
        const waiting = Number(row?.['waiting'] ?? 0);
        return {
            id,
            name: id === null ? 'No active CSM' : (own?.name ?? users.get(id.slice(0, 15))?.name ?? id),
            customers,
            inFront,
            opened: Number(row?.['opened'] ?? 0),
            waiting,
            waitingArr: Number(row?.['arr'] ?? 0),
            hasTooMany: hasTooMany(inFront + waiting, customers),
        };
    });
    return found
        .filter(({ customers, inFront, waiting }) => (customers ?? 0) > 0 || inFront > 0 || waiting > 0)
        .sort(
            (one, other) =>
                Number(one.id === null) - Number(other.id === null) ||
                other.inFront + other.waiting - one.inFront - one.waiting ||
                one.name.localeCompare(other.name, 'en'),
        );
}

function warningsOf(
    triggers: readonly TriggerSummary[],
    csms: readonly CsmSummary[],
    counts: BookCounts,
): readonly string[] {
    const percent = (share: number | null): string => `${Math.round((share ?? 0) * 100)} %`;
    return [
        ...triggers
            .filter(({ flagsTooMany }) => flagsTooMany)
            .map(
                ({ label, share }) =>
                    `“${label}” holds for ${percent(share)} of the customers. More than a quarter is no signal: the rule is wrong, not the CSM. Tighten its Enter When.`,
            ),
        ...csms
            .filter(({ hasTooMany }) => hasTooMany)
            .map(
                ({ customers, inFront, name, waiting }) =>
                    `${name} has ${inFront + waiting} prompts for ${customers ?? 0} accounts, more than ten for fifty: look at the rules, or share out the accounts.`,
            ),
        ...(counts.withoutCsm > 0
            ? [
                  `${counts.withoutCsm} ${counts.withoutCsm === 1 ? 'account that needs attention has' : 'accounts that need attention have'} no active CSM: their prompts wait until somebody is entered.`,
              ]
            : []),
    ];
}

/** What the org has confirmed, by deed. */
export function deedsDone(tally: readonly Tally[]): Deeds {
    return Object.fromEntries(
        tally.filter(({ state }) => state === 'done').map(({ count, label }) => [label, count] as const),
    );
}

/** What the org has not taken. A change of which one row was refused is left out as a whole, and counts once. */
export function missed(tally: readonly Tally[]): Omit<SweepSummary['notWritten'], 'file'> {
    const of = (wanted: WriteState): number =>
        tally.filter(({ state }) => state === wanted).reduce((sum, { count }) => sum + count, 0);
    return { overtaken: of('overtaken'), gone: of('gone'), failed: of('failed') };
}

/** What the record of the sweep tells people in the org; null: nothing out of the ordinary. */
export function messageOf({ brokenRules, notWritten, warnings }: SweepSummary): string | null {
    const { failed, file } = notWritten;
    const lines = [
        ...brokenRules.map(({ field, label, message }) => `A rule does nothing: ${label}, ${field}: ${message}`),
        ...(failed > 0
            ? [`${failed} changes could not be written; the runner keeps the reasons in ${file ?? ''}.`]
            : []),
        ...warnings,
    ];
    return lines.length === 0 ? null : lines.join('\n').slice(0, LONGEST_MESSAGE);
}

/** The counts as Playbook_Sweep__c keeps them. */
export function recordFields(summary: SweepSummary): RecordFields {
    const { accounts, changes, held, notWritten, unmet } = summary;
    const of = (deed: Deed): number => changes[deed] ?? 0;
    return countFields(
        {
            Account: accounts.inScope ?? accounts.evaluated,
            Candidate: accounts.evaluated,
            Opened: of('open'),
            Continued: of('continue'),
            Raised: of('raise'),
            Refreshed: of('refresh'),
            Recovering: of('recover'),
            Relapsed: of('relapse'),
            Woken: of('wake'),
            Promoted: of('promote'),
            Closed: of('close'),
            Expired: of('expire'),
            Waiting: unmet.runs,
            Held: held.critical + held.contact,
            Stale: held.stale,
            Failed: notWritten.failed + notWritten.gone,
            Overtaken: notWritten.overtaken,
        },
        unmet.arr,
    );
}

/** The summary of a sweep for people. */
import type { Deed, Formats } from 'c/playbookEngine';
import type { Afterwards } from './facts.ts';
import { formatTable } from './table.ts';
import type { CsmSummary, Deeds, SweepSummary } from './summary.ts';

/** CSMs listed one by one; the others are added up. */
const MOST_CSMS = 40;

/** Lines for standard output. */
export function formatSummary(summary: SweepSummary, formats: Formats): string[] {
    return [
        ...headline(summary, formats),
        '',
        ...triggerTable(summary, formats),
        '',
        ...csmTable(summary, formats),
        '',
        ...notes(summary, formats),
        ...troubles(summary),
    ];
}

function headline(summary: SweepSummary, formats: Formats): string[] {
    const { accounts, dryRun, orgName, seconds, shard, startedAt, sweep } = summary;
    const part = shard === '1/1' ? '' : ` · part ${shard}`;
    const scope = accounts.inScope === null ? '' : ` of ${formats.number(accounts.inScope)}`;
    const what = dryRun ? 'Dry run: nothing was written' : `Sweep ${sweep ?? ''}`;
    return [
        `${what} · ${orgName} · ${formats.dateTime(startedAt)}${part}`,
        `${formats.number(accounts.evaluated)}${scope} accounts looked at in ${formats.number(seconds)} s, ${counted(summary.apiCalls, 'request', 'requests')}`,
    ];
}

function triggerTable({ dryRun, triggers }: SweepSummary, formats: Formats): string[] {
    return formatTable(
        ['Trigger', 'Accounts', 'Share', 'ARR', dryRun ? 'Would open' : 'Opened', 'Waiting', 'Held'],
        triggers.map(({ accounts, arr, flagsTooMany, held, label, opened, share, waiting }) => [
            label + (flagsTooMany ? ' !' : ''),
            formats.number(accounts),
            share === null ? '' : formats.percent(share),
            accounts === 0 ? '–' : formats.currency(arr),
            dash(opened),
            dash(waiting),
            dash(held),
        ]),
    );
}

function csmTable({ capacity, csms }: SweepSummary, formats: Formats): string[] {
    const rows = csms.length > MOST_CSMS ? [...csms.slice(0, MOST_CSMS), others(csms.slice(MOST_CSMS))] : csms;
    return formatTable(
        ['CSM', 'Accounts', `In front (of ${capacity})`, 'New', 'Waiting', 'ARR waiting'],
        rows.map(({ customers, hasTooMany, inFront, name, opened, waiting, waitingArr }) => [
            name + (hasTooMany ? ' !' : ''),
            customers === null ? '' : formats.number(customers),
            dash(inFront),
            dash(opened),
            dash(waiting),
            waiting === 0 ? '–' : formats.currency(waitingArr),
        ]),
    );
}

function others(csms: readonly CsmSummary[]): CsmSummary {
    const sum = (pick: (csm: CsmSummary) => number): number => csms.reduce((total, csm) => total + pick(csm), 0);
    return {
        id: null,
        name: `${csms.length} others`,
        customers: sum(({ customers }) => customers ?? 0),
        inFront: sum(({ inFront }) => inFront),
        opened: sum(({ opened }) => opened),
        waiting: sum(({ waiting }) => waiting),
        waitingArr: sum(({ waitingArr }) => waitingArr),
        hasTooMany: false,
    };
}

function notes(
    { afterwards, changes, dryRun, held, readAllBecause, tooLate, unmet }: SweepSummary,
    formats: Formats,
): string[] {
    const lines = [
        `${dryRun ? 'Would be written' : 'Written'}: ${deedsInWords(changes)}.`,
        ...factsInWords(afterwards),
    ];
    if (unmet.runs > 0) {
        const arr = unmet.arr === 0 ? '' : ` with an ARR of ${formats.currency(unmet.arr)}`;
        lines.push(
            `Unmet demand: ${counted(unmet.runs, 'run waits', 'runs wait')} for a place, on ${counted(unmet.accounts, 'account', 'accounts')}${arr}.`,
        );
    }
    const reasons = [
        part(held.critical, 'while the account is being rescued'),
        part(held.contact, 'because the customer has just been spoken to'),
        part(held.stale, 'because they rest on figures too old'),
        part(held.snoozed, 'put aside'),
    ].flat();
    if (reasons.length > 0) {
        lines.push(`Prompts held back: ${reasons.join(', ')}.`);
    }
    if (tooLate > 0) {
        lines.push(
            `Not opened: ${counted(tooLate, 'account on which a rule holds is', 'accounts on which a rule holds are')} lost already, or past the day that mattered.`,
        );
    }
    if (readAllBecause !== null) {
        lines.push(`Every account was read: ${readAllBecause}.`);
    }
    return lines;
}

function troubles({ brokenRules, failedRules, notWritten, warnings }: SweepSummary): string[] {
    const { failed, file, gone, overtaken } = notWritten;
    const where = file === null ? '' : `, each with its reason in ${file}`;
    return [
        ...brokenRules.map(({ field, label, message }) => `A rule that does nothing: ${label}, ${field}: ${message}`),
        ...failedRules.map(
            ({ accounts, field, label, message }) =>
                `A rule that fails on ${counted(accounts, 'account', 'accounts')}: ${label}, ${field}: ${message}`,
        ),
        ...(overtaken > 0
            ? [
                  `${counted(overtaken, 'run was', 'runs were')} changed by a person meanwhile and left alone: the next sweep looks again.`,
              ]
            : []),
        ...(gone > 0 ? [`${counted(gone, 'record was', 'records were')} deleted meanwhile${where}.`] : []),
        ...(failed > 0
            ? [
                  `${counted(failed, 'change', 'changes')} could not be written${where}. Put the reason right; the next sweep tries again.`,
              ]
            : []),
        ...warnings.map((warning) => `! ${warning}`),
    ];
}

const DEEDS: Readonly<Record<Deed, string>> = {
    open: 'opened',
    openWaiting: 'recorded as waiting',
    promote: 'opened that had waited',
    continue: 'continued',
    raise: 'raised',
    wake: 'came back from snooze',
    recover: 'began to recover',
    relapse: 'relapsed',
    close: 'closed with an outcome',
    expire: 'expired untouched',
    refresh: 'refreshed',
    // Nothing is written for a run that goes on waiting.
    wait: '',
};

function deedsInWords(deeds: Deeds): string {
    const words = (Object.entries(DEEDS) as [Deed, string][]).flatMap(([deed, words]) =>
        words === '' ? [] : part(deeds[deed] ?? 0, words),
    );
    return words.length === 0 ? 'nothing, all runs are as they should be' : words.join(', ');
}

function factsInWords({ csmMonths, kept }: Afterwards): string[] {
    const decided = [
        part(kept['Kept for 90 days'] ?? 0, 'kept for 90 days'),
        part(kept['Kept at renewal'] ?? 0, 'kept at renewal'),
        part(kept['Kept smaller'] ?? 0, 'kept smaller'),
        part(kept['Lost since'] ?? 0, 'lost since'),
    ].flat();
    return [
        ...(decided.length === 0 ? [] : [`Of what was won before: ${decided.join(', ')}.`]),
        ...(csmMonths === 0
            ? []
            : [`How long its CSM has worked with playbooks: noted on ${counted(csmMonths, 'run', 'runs')}.`]),
    ];
}

const part = (count: number, words: string): string[] => (count === 0 ? [] : [`${count} ${words}`]);
const counted = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`;
const dash = (count: number): string => (count === 0 ? '–' : String(count));

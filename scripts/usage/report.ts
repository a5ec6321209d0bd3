/** How many accounts each trigger flags, by the very engine that the page uses, and the figures behind it. */
import { formatsFor, matchTriggers, phraseReason, prepareRules } from 'c/playbookEngine';
import type { FieldTypes, Match, Phrases, RuleProblem, Tier, Trigger } from 'c/playbookEngine';
import type { Value, Values } from 'c/formula';
import type { OrgRules } from '../lib/rules.ts';

export interface BookAccount {
    readonly externalId: string | null;
    readonly name: string;
    /** Raw values by Account field, Usage_Change__c included. */
    readonly values: Readonly<Record<string, Value>>;
    /** What an import worked the values out from, to be checked by hand. */
    readonly from?: Values;
}

export interface TriggerCount {
    readonly trigger: Trigger;
    readonly flagged: number;
    readonly tiers: Readonly<Record<Tier, number>>;
}

export interface FlaggedAccount {
    readonly account: BookAccount;
    readonly matches: readonly Match[];
}

export interface BookReport {
    /** Customers: accounts that have not left. */
    readonly book: number;
    readonly left: number;
    readonly counts: readonly TriggerCount[];
    /** Accounts flagged by at least one trigger. */
    readonly flagged: readonly FlaggedAccount[];
    /** Accounts with a rule that holds only on figures too old to raise an alarm; they are not flagged by it. */
    readonly stale: number;
    readonly nurture: number;
    readonly healthUnknown: number;
    /** Rules that do not work. */
    readonly problems: readonly RuleProblem[];
}

const NOBODY = { id: '005000000000000AAA', name: 'Report', firstName: 'Report', email: '', timeZone: 'UTC' };

export function reportBook(
    accounts: readonly BookAccount[],
    rules: OrgRules,
    fieldTypes: FieldTypes,
    today: string,
): BookReport {
    const prepared = prepareRules({ ...rules, fieldTypes });
    const clock = { now: `${today}T12:00:00.000Z`, timeZone: 'UTC' };
    const counts = new Map<string, { flagged: number; tiers: Record<Tier, number> }>();
    const flagged: FlaggedAccount[] = [];
    const problems = [...prepared.problems];
    let stale = 0;
    const figure = ({ values }: BookAccount, name: 'Health' | 'ChurnedOn'): Value =>
        values[prepared.figures[name].path ?? ''] ?? null;
    const book = accounts.filter((account) => figure(account, 'ChurnedOn') === null);
    for (const account of book) {
        const found = matchTriggers(prepared, { id: '001000000000000AAA', values: account.values }, clock, NOBODY);
        problems.push(...found.problems);
        if (found.stale.length > 0) {
            stale += 1;
        }
        for (const { trigger, tier } of found.matches) {
            const count = counts.get(trigger.key) ?? { flagged: 0, tiers: { Critical: 0, High: 0, Moderate: 0 } };
            count.flagged += 1;
            count.tiers[tier] += 1;
            counts.set(trigger.key, count);
        }
        if (found.matches.length > 0) {
            flagged.push({ account, matches: found.matches });
        }
    }
    const health = book.map((account) => figure(account, 'Health'));
    return {
        book: book.length,
        left: accounts.length - book.length,
        counts: prepared.rules.map(({ trigger }) => ({
            trigger,
            ...(counts.get(trigger.key) ?? { flagged: 0, tiers: { Critical: 0, High: 0, Moderate: 0 } }),
        })),
        flagged,
        stale,
        nurture: health.filter((value) => typeof value === 'number' && value >= 60 && value < 80).length,
        healthUnknown: health.filter((value) => value === null).length,
        problems,
    };
}

/** Above this share of the book a rule is no signal any more. */
export const MOST_FLAGGED = 0.25;

export function formatReport(report: BookReport, today: string, explain: number): string[] {
    const share = (count: number): string =>
        report.book === 0 ? '–' : `${((count / report.book) * 100).toFixed(1)} %`;
    const lines = [`Flagged on ${today}, of ${report.book} customers (${report.left} left already are not counted):`];
    for (const { trigger, flagged, tiers } of report.counts) {
        const split = Object.entries(tiers).flatMap(([tier, count]) => (count > 0 ? [`${count} ${tier}`] : []));
        const tooMany = flagged > report.book * MOST_FLAGGED ? '  ← more than a quarter: look at the rule' : '';
        lines.push(
            `  ${trigger.label.padEnd(22)} ${String(flagged).padStart(5)}  ${share(flagged).padStart(7)}  ${split.join(', ')}${tooMany}`,
        );
    }
    lines.push(
        `  ${'any of them'.padEnd(22)} ${String(report.flagged.length).padStart(5)}  ${share(report.flagged.length).padStart(7)}`,
    );
    lines.push(
        `Health 60 to below 80 (list view for nurture, no prompt): ${report.nurture}. Health unknown: ${report.healthUnknown}.`,
    );
    if (report.stale > 0) {
        lines.push(
            `Accounts with a rule that holds only on figures too old to raise an alarm (Stale After Days): ${report.stale}. Import newer figures.`,
        );
    }
    for (const problem of new Set(
        report.problems.map(({ label, field, message }) => `${label}, ${field}: ${message}`),
    )) {
        lines.push(`A rule does not work: ${problem}`);
    }
    return [...lines, ...explained(report.flagged, explain)];
}

/** Accounts spread over the triggers, each with its reasons and every figure. */
function explained(flagged: readonly FlaggedAccount[], count: number): string[] {
    const formats = formatsFor('en-GB', 'EUR', 'UTC');
    return spread(flagged, count).flatMap(({ account, matches }) => [
        '',
        account.name,
        ...matches.map(
            ({ trigger, tier, reasons }) =>
                `  ${trigger.label}, ${tier}: ${reasons.map((reason) => phraseReason(reason, PHRASES, formats)).join('; ')}`,
        ),
        ...valueLines(account.values, (name) => name.endsWith('__c')),
        ...(account.from === undefined ? [] : ['    worked out from', ...valueLines(account.from, () => true)]),
    ]);
}

function valueLines(values: Values, shown: (name: string) => boolean): string[] {
    return Object.entries(values)
        .filter(([name]) => shown(name))
        .map(
            ([name, value]) =>
                `    ${name.padEnd(28)} ${value === null || value === undefined ? '(blank)' : String(value)}`,
        );
}

/** One account of each trigger and tier in turn, so that a few show every kind of reason. */
function spread(flagged: readonly FlaggedAccount[], count: number): FlaggedAccount[] {
    const kinds = new Map<string, FlaggedAccount[]>();
    for (const entry of flagged) {
        const kind = entry.matches.map(({ trigger, tier }) => `${trigger.key} ${tier}`).join(', ');
        kinds.set(kind, [...(kinds.get(kind) ?? []), entry]);
    }
    const picked: FlaggedAccount[] = [];
    for (let round = 0; picked.length < Math.min(count, flagged.length); round += 1) {
        for (const entries of kinds.values()) {
            const entry = entries[round];
            if (entry !== undefined && picked.length < count) {
                picked.push(entry);
            }
        }
    }
    return picked;
}

const PHRASES: Phrases = {
    usageFell: 'usage fell {0} (limit {1})',
    usageRose: 'usage rose {0} (limit {1})',
    healthIs: 'health is {0} (limit {1})',
    healthAt: 'health is {0}',
    npsIs: 'NPS is {0} (limit {1})',
    npsAt: 'NPS is {0}',
    renewalAhead: 'renewal is in {0}, on {2} (limit {1})',
    renewalToday: 'renewal is today',
    renewalPast: 'renewal was {0} ago',
    championLeft: 'the champion left {0} ago',
    competitorNamed: 'a competitor was named {0} ago (limit {1})',
    noticeGiven: 'notice was given {0} ago',
    surveyAnswered: 'the survey was answered {0} ago',
    reviewHeld: 'the last business review was {0} ago',
    fieldIs: '{3} is {0} (limit {1})',
    fieldEquals: '{3} is {0}',
    fieldIsNot: '{3} is not {1}',
    dateAhead: '{3} is in {0}',
    dateToday: '{3} is today',
    datePast: '{3} was {0} ago',
    blank: 'blank',
};

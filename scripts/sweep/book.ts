/** Accounts and runs as the engine takes them, from the rows of Bulk queries: texts, `''` for blank. */
import { COUNTED_ONCE_DAYS } from 'c/playbookEngine';
import type { AccountSnapshot, CurrentUser, Run } from 'c/playbookEngine';
import type { FieldTypeName, Value } from 'c/formula';
import { COMPLETION, readRunNode, RUN } from 'c/playbookRecords';
import type { GraphNode } from 'c/playbookRecords';
import { soqlDate } from '../lib/soql.ts';
import { columns } from './configuration.ts';
import type { AccountField, SweepConfiguration } from './configuration.ts';
import { rangeConditions } from './shards.ts';
import type { IdRange } from './shards.ts';

export type BulkRow = Readonly<Record<string, string>>;

/** The queries of one sweep. */
export interface BookQueries {
    /** Every account of the range, or the candidates that a condition leaves. */
    accounts(condition: string | null): string;
    /** Accounts that have a run which is not closed, whatever their figures say. */
    readonly accountsWithRuns: string;
    /**
     * Runs that are not closed, and closed ones that still matter: for the longest cooldown, or because they have counted the ARR of an account
     * while another run of it was open, or shortly before that one closes, which must not count it again.
     */
    readonly runs: string;
    /** The completions of those runs. */
    readonly completions: string;
}

/** What people wrote about customers, in up to 32,000 characters: nothing that a sweep decides by. */
const WORDS = new Set(['Note__c', 'Skip_Reason__c', 'Reason__c', 'Snooze_Reason__c', 'Outcome_Reason__c']);
const decisive = (names: string): string[] => columns(names).filter((name) => !WORDS.has(name));

const RUN_COLUMNS = ['Id', 'Account__c', 'Run_Playbook__r.Key__c', 'Run_Playbook__r.Name', ...decisive(RUN)];
const COMPLETION_COLUMNS = ['Id', 'Playbook_Run__c', 'Playbook_Run__r.Account__c', ...decisive(COMPLETION)];

/** Runs closed before this instant are not read: what is over for longer than the longest cooldown decides nothing. */
export function oldestClosing({ closedRunDays, rules }: Pick<SweepConfiguration, 'closedRunDays' | 'rules'>): string {
    return daysBefore(rules.clock.now, closedRunDays + 1);
}

const daysBefore = (now: string, days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString();

export function bookQueries(configuration: SweepConfiguration, range: IdRange): BookQueries {
    const { closedRunDays, fields, openSince, rules } = configuration;
    const accountColumns = [...new Set(['Id', ...fields.map(({ path }) => path)])];
    const closedSince = oldestClosing({ closedRunDays, rules });
    const shortlyBefore = daysBefore(rules.clock.now, COUNTED_ONCE_DAYS + 1);
    const countedSince = openSince !== null && openSince > shortlyBefore ? shortlyBefore : openSince;
    const counted =
        countedSince === null
            ? ''
            : ` OR (Closed_At__c >= ${soqlDate(countedSince)} AND (ARR_Saved__c > 0 OR ARR_Lost__c > 0))`;
    const select = (names: readonly string[], object: string, conditions: readonly string[]): string =>
        `SELECT ${names.join(', ')} FROM ${object}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
    const ofAccounts = rangeConditions('Id', range);
    // By the parent's own id: whether lookups can be compared by size is nowhere documented.
    const ofRuns = rangeConditions('Account__r.Id', range);
    return {
        accounts: (condition) =>
            select(accountColumns, 'Account', [...ofAccounts, ...(condition === null ? [] : [`(${condition})`])]),
        accountsWithRuns: select(accountColumns, 'Account', [
            ...ofAccounts,
            "Id IN (SELECT Account__c FROM Playbook_Run__c WHERE Run_Status__c != 'Closed')",
        ]),
        runs: select(RUN_COLUMNS, 'Playbook_Run__c', [
            ...ofRuns,
            `(Run_Status__c != 'Closed' OR Closed_At__c >= ${closedSince}${counted})`,
        ]),
        completions: select(COMPLETION_COLUMNS, 'Step_Completion__c', [
            ...rangeConditions('Playbook_Run__r.Account__r.Id', range),
            `(Playbook_Run__r.Run_Status__c != 'Closed' OR Playbook_Run__r.Closed_At__c >= ${closedSince})`,
        ]),
    };
}

type Convert = (cell: string) => Value;
const asText: Convert = (cell) => (cell === '' ? null : cell);
const asNumber: Convert = (cell) => (cell === '' ? null : Number(cell));
const CONVERT: Readonly<Partial<Record<FieldTypeName, Convert>>> = {
    Number: asNumber,
    Currency: asNumber,
    Percent: asNumber,
    Checkbox: (cell) => cell === 'true',
};

/** Reads accounts; made once for all rows, since a book has a million of them. */
export function accountReader(fields: readonly AccountField[]): (row: BulkRow) => AccountSnapshot {
    const plan = fields.map(({ path, type }) => ({ path, convert: CONVERT[type] ?? asText }));
    return (row) => {
        const values: Record<string, Value> = {};
        for (const { path, convert } of plan) {
            values[path] = convert(row[path] ?? '');
        }
        return { id: row['Id'] ?? '', values };
    };
}

/** The active user who looks after an account. */
export function csmOf(
    { csmPath, users }: Pick<SweepConfiguration, 'csmPath' | 'users'>,
    account: AccountSnapshot,
): CurrentUser | null {
    const id = account.values[csmPath];
    // A text field may hold the short form of an id, which names the same user.
    return typeof id === 'string' ? (users.get(id.slice(0, 15)) ?? null) : null;
}

/** A run with its completions, from rows of `runs` and `completions`. */
export function runOf(row: BulkRow, completions: readonly BulkRow[]): Run {
    return readRunNode({
        ...nodeOf(row),
        Step_Completions__r: { edges: completions.map((completion) => ({ node: nodeOf(completion) })) },
    });
}

/** `{ 'A__r.Name': 'x' }` as `{ A__r: { Name: 'x' } }`. */
function nodeOf(row: BulkRow): GraphNode {
    const node: Record<string, unknown> = {};
    for (const [column, cell] of Object.entries(row)) {
        const at = column.indexOf('.');
        const value = cell === '' ? null : cell;
        if (at < 0) {
            node[column] = value;
        } else {
            const parent = column.slice(0, at);
            node[parent] = { ...(node[parent] as object | undefined), [column.slice(at + 1)]: value };
        }
    }
    return node;
}

/** The answer of the Analytics API as a list of cells, each with the groups that it is in. */
import type { ReportExecuteResult } from 'jsforce/lib/api/analytics/types.js';
import type { SqlValue } from './report-sql.ts';

/** One group as the API gives it. */
export interface ShownGroup {
    readonly value: unknown;
    readonly label: string;
}

export interface ShownCell {
    /** `0_1!T` */
    readonly key: string;
    readonly down: readonly ShownGroup[];
    readonly across: readonly ShownGroup[];
    /** By the API's name of the figure without the path before the field: `s!Is_Saved__c`, `FORMULA1`, `RowCount`. */
    readonly figures: Readonly<Record<string, unknown>>;
    readonly details: readonly (readonly SqlValue[])[];
}

interface GroupingNode {
    readonly key: string;
    readonly label: string;
    readonly value: unknown;
    readonly groupings: readonly GroupingNode[];
}

/** Every cell of the fact map; a key that no grouping explains is an Error. */
export function cellsOfResult(result: ReportExecuteResult): ShownCell[] {
    const down = groupsByKey(result.groupingsDown?.groupings ?? []);
    const across = groupsByKey(result.groupingsAcross?.groupings ?? []);
    const names = result.reportMetadata.aggregates.map(figureName);
    return Object.entries(result.factMap).map(([key, cell]) => {
        const [downKey = '', acrossKey = ''] = key.split('!');
        return {
            key,
            down: found(down, downKey),
            across: found(across, acrossKey),
            figures: Object.fromEntries(
                names.map((name, index): [string, unknown] => [name, cell.aggregates[index]?.value]),
            ),
            details: (cell.rows ?? []).map((row) => row.dataCells.map(({ value }) => plainValue(value))),
        };
    });
}

/** `s!Account.Playbook_Runs__r.Is_Saved__c` → `s!Is_Saved__c`. */
export function figureName(aggregate: string): string {
    const [, kind = '', path = ''] = /^(\w+!)?(.*)$/.exec(aggregate) ?? [];
    return kind + (path.split(/[.$:]/).at(-1) ?? '');
}

function groupsByKey(groupings: readonly GroupingNode[]): ReadonlyMap<string, readonly ShownGroup[]> {
    const groups = new Map<string, readonly ShownGroup[]>([['T', []]]);
    const visit = (nodes: readonly GroupingNode[], path: readonly ShownGroup[]): void => {
        for (const { key, value, label, groupings: inner } of nodes) {
            groups.set(key, [...path, { value, label }]);
            visit(inner, [...path, { value, label }]);
        }
    };
    visit(groupings, []);
    return groups;
}

function found(groups: ReadonlyMap<string, readonly ShownGroup[]>, key: string): readonly ShownGroup[] {
    const path = groups.get(key);
    if (path === undefined)
        throw new Error(`The fact map has a cell for a group ${key}, which is not among the groupings.`);
    return path;
}

/** A cell's value as SQL has it: amounts without their currency, ticks as 0 or 1, instants in UTC. */
export function plainValue(value: unknown): SqlValue {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value === 'number') return value;
    if (typeof value === 'object' && 'amount' in value) return plainValue(value.amount);
    if (typeof value !== 'string') throw new TypeError(`A cell holds ${JSON.stringify(value)}.`);
    return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value) ? new Date(value).toISOString() : value;
}

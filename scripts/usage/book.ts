/** Accounts as the rules see them: from an org, or as an import has just worked them out. */
import type { Connection } from 'jsforce';
import type { FieldTypes } from 'c/playbookEngine';
import { requiredFieldPaths } from 'c/playbookEngine';
import type { Value } from 'c/formula';
import { queryAll } from '../lib/records.ts';
import type { FieldValue } from '../lib/records.ts';
import type { OrgRules } from '../lib/rules.ts';
import { soqlLiteral } from '../lib/soql.ts';
import { usageChange } from '../lib/usage-change.ts';
import type { LoadedAccount } from './import.ts';
import type { BookAccount } from './report.ts';

/** Every account that the user may see, or those whose external id begins with `prefix`. */
export async function orgAccounts(
    connection: Connection,
    rules: OrgRules,
    fieldTypes: FieldTypes,
    prefix: string | null,
): Promise<BookAccount[]> {
    const paths = requiredFieldPaths(rules.triggers, rules.settings).filter((path) => path in fieldTypes);
    const where =
        prefix === null ? '' : ` WHERE External_Id__c LIKE ${soqlLiteral(`${prefix.replace(/[%_\\]/g, '\\$&')}%`)}`;
    const rows = await queryAll(
        connection,
        `SELECT ${[...new Set(['Name', 'External_Id__c', ...paths])].join(', ')} FROM Account${where} ORDER BY Name`,
    );
    return rows.map((row) => {
        const externalId = typeof row['External_Id__c'] === 'string' ? row['External_Id__c'] : null;
        return {
            externalId,
            name: `${String(row['Name'])} (${externalId ?? 'no external id'})`,
            values: Object.fromEntries(paths.map((path): [string, Value] => [path, valueAt(row, path)])),
        };
    });
}

function valueAt(row: Readonly<Record<string, unknown>>, path: string): Value {
    const value = path
        .split('.')
        .reduce<unknown>(
            (node, name) => (typeof node === 'object' && node !== null ? Reflect.get(node, name) : null),
            row,
        );
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** An account as the org will show it after the import: with the formula field worked out. */
export function importedAccount({ externalId, fields, from }: LoadedAccount): BookAccount {
    const number = (value: FieldValue | undefined): number | null => (typeof value === 'number' ? value : null);
    const change = usageChange(number(fields['Usage_Current__c']), number(fields['Usage_Previous__c']));
    return {
        externalId,
        name: `${String(fields['Name'] ?? externalId)} (${externalId})`,
        values: { ...fields, Usage_Change__c: change === null ? null : Math.round(change * 10) / 10 },
        from,
    };
}

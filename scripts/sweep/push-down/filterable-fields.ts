/** Which fields of an account a SOQL condition may name, by what the org says of them. */
import type { Connection, Field } from 'jsforce';
import type { FieldTypes } from 'c/playbookEngine';
import type { FilterableField } from './field-tests.ts';

/** Types whose fields take no comparison, whatever their description says. */
const BEYOND_COMPARISON = new Set([
    'address',
    'location',
    'anyType',
    'base64',
    'complexvalue',
    'encryptedstring',
    'json',
]);

/** Looks up a path of `fieldTypes` (see `orgFieldTypes`); null when SOQL cannot filter by it. */
export async function filterableFields(
    connection: Connection,
    fieldTypes: FieldTypes,
): Promise<(path: string) => FilterableField | null> {
    const account = await connection.describe('Account');
    const found = new Map<string, FilterableField>();
    const add = (prefix: string, fields: readonly Field[]): void => {
        for (const field of fields.filter(isFilterable)) {
            const type = fieldTypes[prefix + field.name];
            if (type !== undefined) {
                found.set(prefix + field.name, { ...type, rounding: roundingOf(field) });
            }
        }
    };
    add('', account.fields);
    const named = new Set(Object.keys(fieldTypes).map((path) => path.slice(0, Math.max(0, path.indexOf('.')))));
    const described = new Map<string, readonly Field[]>();
    for (const { relationshipName, referenceTo } of account.fields) {
        const [object, another] = referenceTo ?? [];
        // Of a lookup that leads to several objects SOQL knows a few fields only.
        if (relationshipName && named.has(relationshipName) && object !== undefined && another === undefined) {
            const fields = described.get(object) ?? (await connection.describe(object)).fields;
            described.set(object, fields);
            add(`${relationshipName}.`, fields);
        }
    }
    return (path) => found.get(path) ?? null;
}

function isFilterable({ type, filterable }: Field): boolean {
    return filterable && !BEYOND_COMPARISON.has(type);
}

/** What a formula works out may be given rounded to its decimals and compared unrounded: no documentation tells. */
function roundingOf({ calculatedFormula, scale }: Field): number {
    return (calculatedFormula ?? '') === '' ? 0 : 10 ** -scale;
}

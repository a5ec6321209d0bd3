/** Which fields of an account a SOQL condition may name, by what the org says of them. */
import type { Connection, Field } from 'jsforce';
import type { FieldType } from 'c/formula';
import type { FieldTypes } from 'c/playbookEngine';

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
const NUMBERS = new Set(['double', 'int', 'long', 'currency', 'percent']);

/** Looks up a path of `fieldTypes` (see `orgFieldTypes`): its type, or null when SOQL cannot filter by it. */
export async function filterableFields(
    connection: Connection,
    fieldTypes: FieldTypes,
): Promise<(path: string) => FieldType | null> {
    const account = await connection.describe('Account');
    const filterable = new Set(account.fields.filter(isFilterable).map(({ name }) => name));
    const related = new Map<string, readonly Field[]>();
    for (const { relationshipName, referenceTo } of account.fields) {
        const [object, another] = referenceTo ?? [];
        const isNamed = Object.keys(fieldTypes).some((path) => path.startsWith(`${relationshipName ?? ''}.`));
        // Of a lookup that leads to several objects SOQL knows a few fields only.
        if (!relationshipName || object === undefined || another !== undefined || !isNamed) {
            continue;
        }
        const fields = related.get(object) ?? (await connection.describe(object)).fields;
        related.set(object, fields);
        for (const field of fields.filter(isFilterable)) {
            filterable.add(`${relationshipName}.${field.name}`);
        }
    }
    return (path) => (filterable.has(path) ? (fieldTypes[path] ?? null) : null);
}

/**
 * A number that a formula works out may be given rounded and compared as it is, so SOQL and a rule could disagree about it.
 * A roll-up summary is stored like any other number.
 */
function isFilterable({ type, filterable, calculatedFormula }: Field): boolean {
    return filterable && !BEYOND_COMPARISON.has(type) && !(NUMBERS.has(type) && (calculatedFormula ?? '') !== '');
}

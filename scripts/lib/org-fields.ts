/** Types of an org's Account fields, read from the org, by path as rules and merge fields name them. */
import type { Connection } from 'jsforce';
import type { FieldType, FieldTypeName } from 'c/formula';

const TYPES: Readonly<Record<string, FieldTypeName>> = {
    double: 'Number',
    int: 'Number',
    long: 'Number',
    currency: 'Currency',
    percent: 'Percent',
    date: 'Date',
    datetime: 'DateTime',
    time: 'Time',
    boolean: 'Checkbox',
    picklist: 'Picklist',
    multipicklist: 'MultiPicklist',
    reference: 'Id',
    id: 'Id',
};

const RELATED = ['Contact', 'User'];

/** Account's fields, and those of the contacts and users that its lookups lead to. */
export async function orgFieldTypes(connection: Connection): Promise<Record<string, FieldType>> {
    const types: Record<string, FieldType> = {};
    const account = await connection.describe('Account');
    for (const field of account.fields) {
        types[field.name] = { type: TYPES[field.type] ?? 'Text', label: field.label };
    }
    for (const object of RELATED) {
        const lookups = account.fields.filter((field) => (field.referenceTo ?? []).includes(object));
        const related = lookups.length === 0 ? null : await connection.describe(object);
        for (const lookup of lookups) {
            for (const field of related?.fields ?? []) {
                if (lookup.relationshipName) {
                    types[`${lookup.relationshipName}.${field.name}`] = {
                        type: TYPES[field.type] ?? 'Text',
                        label: field.label,
                    };
                }
            }
        }
    }
    return types;
}

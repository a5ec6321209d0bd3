/** What the project's own metadata says about the fields of an object: read from force-app, so that a tool never repeats a length or a picklist. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import type { FieldType, FieldTypeName } from 'c/formula';

export interface ProjectField {
    readonly name: string;
    readonly label: string;
    /** As in the metadata: Text, LongTextArea, Number, Percent, MasterDetail, … */
    readonly type: string;
    /** Characters, for texts. */
    readonly length: number | null;
    /** Digits after the point, for numbers. */
    readonly scale: number | null;
    /** Values of a picklist, in their order; empty for other types. */
    readonly values: readonly string[];
    readonly referenceTo: string | null;
    /** Formula fields and roll-ups are never written. */
    readonly calculated: boolean;
}

/** Repository root, from where this file lies. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SOURCE_DIRECTORIES = ['force-app/main/default/objects', 'force-app/account-fields/main/default/objects'];
const parser = new XMLParser({ isArray: (name) => name === 'value', parseTagValue: false });

/** Custom fields of an object by API name; empty when the project has none for it. */
export async function readProjectFields(
    object: string,
    projectRoot: string = PROJECT_ROOT,
): Promise<ReadonlyMap<string, ProjectField>> {
    const fields = new Map<string, ProjectField>();
    for (const directory of SOURCE_DIRECTORIES) {
        const folder = join(projectRoot, directory, object, 'fields');
        const names = await readdir(folder).catch(() => []);
        for (const name of names.filter((entry) => entry.endsWith('.field-meta.xml')).sort()) {
            const field = readField(await readFile(join(folder, name), 'utf8'));
            fields.set(field.name, field);
        }
    }
    return fields;
}

function readField(xml: string): ProjectField {
    const field: unknown = parser.parse(xml);
    const at = (...path: string[]): unknown =>
        path.reduce<unknown>(
            (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
            field,
        );
    const text = (...path: string[]): string | null => {
        const value = at('CustomField', ...path);
        return typeof value === 'string' && value !== '' ? value : null;
    };
    const values = at('CustomField', 'valueSet', 'valueSetDefinition', 'value');
    const numberAt = (name: string): number | null => {
        const value = text(name);
        return value === null ? null : Number(value);
    };
    return {
        name: text('fullName') ?? '',
        label: text('label') ?? text('fullName') ?? '',
        type: text('type') ?? '',
        length: numberAt('length'),
        scale: numberAt('scale'),
        values: Array.isArray(values)
            ? values.flatMap((value: unknown) => {
                  const name: unknown =
                      typeof value === 'object' && value !== null ? Reflect.get(value, 'fullName') : undefined;
                  return typeof name === 'string' ? [name] : [];
              })
            : [],
        referenceTo: text('referenceTo'),
        calculated: text('formula') !== null || text('type') === 'Summary',
    };
}

const FORMULA_TYPES: Readonly<Record<string, FieldTypeName>> = {
    Number: 'Number',
    Currency: 'Currency',
    Percent: 'Percent',
    Date: 'Date',
    DateTime: 'DateTime',
    Time: 'Time',
    Checkbox: 'Checkbox',
    Picklist: 'Picklist',
    MultiselectPicklist: 'MultiPicklist',
    Lookup: 'Id',
    MasterDetail: 'Id',
};

const CONTACT_FIELDS: Readonly<Record<string, FieldType>> = {
    Id: { type: 'Id' },
    Name: { type: 'Text', label: 'Name' },
    FirstName: { type: 'Text', label: 'First Name' },
    LastName: { type: 'Text', label: 'Last Name' },
    Email: { type: 'Text', label: 'Email' },
    Phone: { type: 'Text', label: 'Phone' },
    Title: { type: 'Text', label: 'Title' },
};

/** Standard Account fields that rules and texts may name in every org. */
const ACCOUNT_FIELDS: Readonly<Record<string, FieldType>> = {
    Id: { type: 'Id' },
    Name: { type: 'Text', label: 'Account Name' },
    Industry: { type: 'Picklist', label: 'Industry' },
    Phone: { type: 'Text', label: 'Phone' },
    Website: { type: 'Text', label: 'Website' },
    OwnerId: { type: 'Id', label: 'Owner' },
    LastActivityDate: { type: 'Date', label: 'Last Activity' },
};

/** Types by Account field path, as formulas and merge fields use them: standard and shipped fields, and what lookups to people lead to. */
export async function accountFieldTypes(projectRoot: string = PROJECT_ROOT): Promise<Record<string, FieldType>> {
    const types: Record<string, FieldType> = { ...ACCOUNT_FIELDS };
    const addPerson = (relationship: string): void => {
        for (const [name, type] of Object.entries(CONTACT_FIELDS)) {
            types[`${relationship}.${name}`] = type;
        }
    };
    addPerson('Owner');
    for (const field of (await readProjectFields('Account', projectRoot)).values()) {
        types[field.name] = { type: FORMULA_TYPES[field.type] ?? 'Text', label: field.label };
        if (field.type === 'Lookup' && (field.referenceTo === 'Contact' || field.referenceTo === 'User')) {
            addPerson(field.name.replace(/__c$/, '__r'));
        }
    }
    return types;
}

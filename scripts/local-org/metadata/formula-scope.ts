import type { FieldTypeName, HostFunctions, Scope, ScopeField } from 'c/formula';
import { followPath } from './paths.ts';
import type { Field, FieldKind, ObjectType, Schema } from './schema.ts';

/** What formulas of the project may name: fields through lookups, the running user, custom permissions, custom metadata, and the functions of validation rules. */

const FORMULA_TYPES: Readonly<Record<FieldKind, FieldTypeName>> = {
    Id: 'Id',
    Lookup: 'Id',
    MasterDetail: 'Id',
    Text: 'Text',
    TextArea: 'Text',
    LongTextArea: 'Text',
    Email: 'Text',
    Phone: 'Text',
    Url: 'Text',
    AutoNumber: 'Text',
    Number: 'Number',
    Currency: 'Currency',
    Percent: 'Percent',
    Date: 'Date',
    DateTime: 'DateTime',
    Checkbox: 'Checkbox',
    Picklist: 'Picklist',
    MultiselectPicklist: 'MultiPicklist',
};

/** The rule language's name for a field's type. */
export function formulaType(kind: FieldKind): FieldTypeName {
    return FORMULA_TYPES[kind];
}

/** Global variables; `$Permission.Name` besides. */
export const GLOBALS = ['$User.Id', '$User.Username'] as const;

const CUSTOM_METADATA = /^\$CustomMetadata\.(\w+__mdt)\.(\w+)\.(\w+)$/i;

/** The field of one record of a custom metadata type that `$CustomMetadata.Type__mdt.Record.Field__c` names; undefined: it names none. */
export function metadataPath(
    schema: Schema,
    path: string,
): { readonly object: ObjectType; readonly record: string; readonly field: Field } | undefined {
    const [, type = '', record = '', name = ''] = CUSTOM_METADATA.exec(path) ?? [];
    const object = [...schema.objects.values()].find(
        (one) => one.kind === 'metadata' && one.name.toLowerCase() === type.toLowerCase(),
    );
    const field = [...(object?.fields.values() ?? [])].find((one) => one.name.toLowerCase() === name.toLowerCase());
    const found = schema.metadataRecords.find(
        (one) => one.type === object?.name && one.developerName.toLowerCase() === record.toLowerCase(),
    );
    return object && field && found && { object, record: found.developerName, field };
}

/** Where validation rules find what a record was before; a name no field can have. */
export const PRIOR = '#prior:';
export const IS_NEW = '#new';

/** Functions of validation rules alone. The record as it was travels in the values, under `#prior:Field`. */
export const RULE_FUNCTIONS: HostFunctions = {
    ISNEW: { parameters: [], returns: 'Checkbox', evaluate: (_operands, values) => values[IS_NEW] === true },
    ISCHANGED: {
        parameters: ['field'],
        returns: 'Checkbox',
        evaluate: ([field], values) =>
            values[IS_NEW] !== true && (field?.value ?? null) !== (values[`${PRIOR}${field?.path ?? ''}`] ?? null),
    },
    PRIORVALUE: {
        parameters: ['field'],
        returns: 'first',
        evaluate: ([field], values) =>
            values[IS_NEW] === true ? (field?.value ?? null) : (values[`${PRIOR}${field?.path ?? ''}`] ?? null),
    },
    REGEX: {
        parameters: ['Text', 'Text'],
        returns: 'Checkbox',
        // The platform's patterns match the whole text.
        evaluate: ([text, pattern]) =>
            new RegExp(`^(?:${String(pattern?.value ?? '')})$`, 'u').test(String(text?.value ?? '')),
    },
};

/** The names a formula on `object` may use; null: a default, which is worked out before there is a record. */
export function formulaScope(schema: Schema, object: ObjectType | null): Scope {
    return {
        resolve: (path) => (path.startsWith('$') ? resolveGlobal(schema, path) : resolveField(schema, object, path)),
        names: () => [...(object?.fields.keys() ?? []), ...GLOBALS],
    };
}

function resolveGlobal(schema: Schema, path: string): ScopeField | undefined {
    const lower = path.toLowerCase();
    const permission = schema.customPermissions.find((name) => `$permission.${name.toLowerCase()}` === lower);
    if (permission !== undefined) {
        const canonical = `$Permission.${permission}`;
        return { path: canonical, type: { type: 'Checkbox', label: canonical } };
    }
    const setting = metadataPath(schema, path);
    if (setting) {
        const { field, object, record } = setting;
        const canonical = `$CustomMetadata.${object.name}.${record}.${field.name}`;
        return { path: canonical, type: { type: formulaType(field.kind), label: field.label } };
    }
    const known = GLOBALS.find((name) => name.toLowerCase() === lower);
    return known && { path: known, type: { type: 'Text', label: known } };
}

function resolveField(schema: Schema, object: ObjectType | null, path: string): ScopeField | undefined {
    const found = object && followPath(schema.objects, object, path);
    return found
        ? { path: found.path, type: { type: formulaType(found.field.kind), label: found.field.label } }
        : undefined;
}

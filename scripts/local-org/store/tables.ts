import type { DatabaseSync } from 'node:sqlite';
import type { Field, ObjectType, Schema } from '../metadata/schema.ts';
import { collation, DataError, type DataProblem, isColumn, quoted, rows, run, scalar, text } from './database.ts';
import { isNumber } from './values.ts';

/**
 * Tables follow the schema: what is new is added, what is gone is dropped with its data (as a destructive deploy does), what changed is converted where
 * the platform converts it. Call it in a transaction: after a failure half of it is done.
 */

/** A field as the last install left it. */
interface KeptField {
    /** Formula, Summary, or the field's kind. */
    readonly nature: string;
    readonly refersTo: string | null;
    /** SQLite's type with the collation; null for formulas. */
    readonly type: string | null;
    readonly lookup: Lookup;
}

/** How the column is found. */
type Lookup = 'unique' | 'index' | 'none';

/** Throws DataError with every field that the records do not fit. */
export function migrateTables(db: DatabaseSync, schema: Schema): void {
    const kept = keptFields(db);
    const problems: DataProblem[] = [];
    for (const object of kept.keys()) {
        if (!schema.objects.has(object)) {
            db.exec(`DROP TABLE ${quoted(object)}`);
            run(db, 'DELETE FROM local_field WHERE object = ?', object);
        }
    }
    for (const object of schema.objects.values()) {
        const before = kept.get(object.name) ?? new Map<string, KeptField>();
        db.exec(`CREATE TABLE IF NOT EXISTS ${quoted(object.name)} ("Id" TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID`);
        for (const [name, field] of before) {
            if (!object.fields.has(name)) {
                dropField(db, object, name, field);
            }
        }
        for (const field of object.fields.values()) {
            const message = migrateField(db, object, field, before.get(field.name));
            if (message !== null) {
                problems.push({ field, message });
            }
        }
    }
    if (problems.length > 0) {
        throw new DataError(problems);
    }
}

function keptFields(db: DatabaseSync): ReadonlyMap<string, ReadonlyMap<string, KeptField>> {
    const kept = new Map<string, Map<string, KeptField>>();
    for (const row of rows(db, 'SELECT object, field, nature, refers_to, type, lookup FROM local_field')) {
        const [object, name] = [String(row[0]), String(row[1])];
        const fields = kept.get(object) ?? new Map<string, KeptField>();
        const lookup = row[5] === 'unique' || row[5] === 'index' ? row[5] : 'none';
        fields.set(name, { nature: String(row[2]), refersTo: textOf(row[3]), type: textOf(row[4]), lookup });
        kept.set(object, fields);
    }
    return kept;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Returns what stands in the way, in words; null when the field is as it should be. */
function migrateField(
    db: DatabaseSync,
    object: ObjectType,
    field: Field,
    before: KeptField | undefined,
): string | null {
    const after: KeptField = {
        nature: natureOf(field),
        refersTo: field.reference?.to ?? null,
        type: isColumn(field) ? columnType(field) : null,
        lookup: lookupOf(field),
    };
    const problem = before ? changeProblem(db, object, field, before, after) : additionProblem(db, object, field);
    if (problem !== null) {
        return problem;
    }
    const mustFollow = before?.type !== after.type || before.lookup !== after.lookup;
    if (mustFollow && before?.type) {
        db.exec(`DROP INDEX IF EXISTS ${indexName(object, field.name)}`);
    }
    if (after.type !== null && before?.type !== after.type && field.kind !== 'Id') {
        if (before?.type) {
            replaceColumn(db, object, field, before);
        } else {
            addColumn(db, object, field);
        }
    }
    run(
        db,
        'INSERT OR REPLACE INTO local_field VALUES (?, ?, ?, ?, ?, ?)',
        object.name,
        field.name,
        after.nature,
        after.refersTo,
        after.type,
        after.lookup,
    );
    return mustFollow && after.lookup !== 'none' ? createIndex(db, object, field, after.lookup) : null;
}

function natureOf(field: Field): string {
    return field.formula ? 'Formula' : field.summary ? 'Summary' : field.kind;
}

function columnType(field: Field): string {
    if (isNumber(field.kind)) {
        return 'REAL';
    }
    return field.kind === 'Checkbox' ? 'INTEGER NOT NULL' : `TEXT${collation(field)}`;
}

function lookupOf(field: Field): Lookup {
    if (field.unique !== 'no') {
        return 'unique';
    }
    return field.reference || field.externalId ? 'index' : 'none';
}

const indexName = (object: ObjectType, field: string): string => quoted(`${object.name}.${field}`);

function addColumn(db: DatabaseSync, object: ObjectType, field: Field): void {
    // A new checkbox that is checked by default is checked on the records that are there; other defaults are for new records only.
    const initial = field.kind === 'Checkbox' ? ` DEFAULT ${field.defaultValue === 'true' ? 1 : 0}` : '';
    db.exec(`ALTER TABLE ${quoted(object.name)} ADD COLUMN ${quoted(field.name)} ${columnType(field)}${initial}`);
}

/** SQLite cannot change a column's type or collation: a new one takes over the values, if they mean the same. */
function replaceColumn(db: DatabaseSync, object: ObjectType, field: Field, before: KeptField): void {
    const [table, column] = [quoted(object.name), quoted(field.name)];
    db.exec(`ALTER TABLE ${table} RENAME COLUMN ${column} TO local_replaced`);
    addColumn(db, object, field);
    if (storage(before.nature) === storage(natureOf(field))) {
        db.exec(`UPDATE ${table} SET ${column} = local_replaced`);
    }
    db.exec(`ALTER TABLE ${table} DROP COLUMN local_replaced`);
}

function dropField(db: DatabaseSync, object: ObjectType, name: string, { type }: KeptField): void {
    db.exec(`DROP INDEX IF EXISTS ${indexName(object, name)}`);
    if (type !== null) {
        db.exec(`ALTER TABLE ${quoted(object.name)} DROP COLUMN ${quoted(name)}`);
    }
    run(db, 'DELETE FROM local_field WHERE object = ? AND field = ?', object.name, name);
}

function createIndex(db: DatabaseSync, object: ObjectType, field: Field, lookup: 'unique' | 'index'): string | null {
    const [table, column] = [quoted(object.name), quoted(field.name)];
    if (lookup === 'unique') {
        const twice = text(
            db,
            `SELECT group_concat("Id", ', ') FROM ${table} WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING COUNT(*) > 1 LIMIT 1`,
        );
        if (twice !== undefined) {
            return `Duplicate value found when building unique index: ${object.name} ${twice} have the same ${field.name}. Give them different values, or none, and try again.`;
        }
    }
    db.exec(
        `CREATE ${lookup === 'unique' ? 'UNIQUE ' : ''}INDEX ${indexName(object, field.name)} ON ${table} (${column})`,
    );
    return null;
}

const MASTER_FIRST_A_LOOKUP =
    'You cannot create a new Master-Detail relationship on an existing custom object if records already exist. You must first create a Lookup relationship, populate the lookup field with data in all records, and then change the relationship type to Master-Detail.';

function additionProblem(db: DatabaseSync, object: ObjectType, field: Field): string | null {
    return field.kind === 'MasterDetail' && recordsWhere(db, object, '1') > 0 ? MASTER_FIRST_A_LOOKUP : null;
}

/** Natures that keep their values when one becomes another. */
function storage(nature: string): string {
    if (['Number', 'Currency', 'Percent'].includes(nature)) {
        return 'a number';
    }
    if (['Text', 'TextArea', 'LongTextArea', 'Email', 'Phone', 'Url', 'Picklist', 'AutoNumber'].includes(nature)) {
        return 'text';
    }
    return ['Lookup', 'MasterDetail'].includes(nature) ? RELATION : nature;
}

const RELATION = 'Lookup, MasterDetail, or Hierarchy';

/** What the platform refuses whatever the records, then what these records forbid. */
function changeProblem(
    db: DatabaseSync,
    object: ObjectType,
    field: Field,
    before: KeptField,
    after: KeptField,
): string | null {
    const [was, becomes] = [storage(before.nature), storage(after.nature)];
    const instead = `Delete ${object.name}.${field.name} in one deploy and add the new field in the next; its values go with it.`;
    if (was !== becomes) {
        for (const fixed of ['Formula', 'Summary', RELATION]) {
            if (was === fixed || becomes === fixed) {
                const direction =
                    was === fixed ? `from a ${fixed} to something else` : `to a ${fixed} from something else`;
                return `Cannot update a field ${direction}. ${instead}`;
            }
        }
        // How far the platform converts values in a deploy is not documented; here it does where they mean the same.
        const filled = recordsWhere(
            db,
            object,
            field.kind === 'Checkbox' || was === 'Checkbox' ? '1' : isFilled(field),
        );
        return filled > 0
            ? `Cannot change type from ${before.nature} to ${after.nature} due to existing data: ${filled} records of ${object.name} hold a value. Empty the field first, or delete it in one deploy and add it in the next.`
            : null;
    }
    if (before.refersTo !== after.refersTo) {
        return `Cannot change what a relationship refers to (${before.refersTo ?? 'nothing'} before). ${instead}`;
    }
    const isNewMaster = field.kind === 'MasterDetail' && before.nature !== 'MasterDetail';
    return isNewMaster && recordsWhere(db, object, `NOT ${isFilled(field)}`) > 0
        ? `Cannot change ${field.name} to MasterDetail: records of ${object.name} have no value in it. Fill it in on all of them first.`
        : null;
}

const isFilled = (field: Field): string => `(${quoted(field.name)} IS NOT NULL)`;

function recordsWhere(db: DatabaseSync, object: ObjectType, condition: string): number {
    return Number(scalar(db, `SELECT COUNT(*) FROM ${quoted(object.name)} WHERE ${condition}`));
}

/** Key prefixes by object: standard ones are Salesforce's, the others are given once and kept with the data, so that no id is given twice. */
export function keyPrefixes(db: DatabaseSync, schema: Schema): ReadonlyMap<string, string> {
    const prefixes = new Map<string, string>();
    const stored = new Map(
        rows(db, 'SELECT object, prefix FROM local_key_prefix').map((row) => [String(row[0]), String(row[1])]),
    );
    const taken = new Set(stored.values());
    for (const object of schema.objects.values()) {
        let prefix = object.keyPrefix ?? stored.get(object.name);
        if (!prefix) {
            const letter = object.kind === 'metadata' ? 'm' : 'a';
            let number = 0;
            do {
                prefix = `${letter}${number.toString(36).padStart(2, '0')}`;
                number += 1;
            } while (taken.has(prefix));
            taken.add(prefix);
            run(db, 'INSERT INTO local_key_prefix (object, prefix) VALUES (?, ?)', object.name, prefix);
        }
        prefixes.set(object.name, prefix);
    }
    return prefixes;
}

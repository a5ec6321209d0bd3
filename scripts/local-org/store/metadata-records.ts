import type { Value } from 'c/formula';
import { failure, PlatformFailure } from '../failure.ts';
import type { MetadataRecord, ObjectType } from '../metadata/schema.ts';
import { MetadataError } from '../metadata/problems.ts';
import { equals } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { quoted, rows, run, text } from './database.ts';
import { deleteRecord } from './remove.ts';
import { insertRecord, updateRecord } from './save.ts';
import { selectRecords } from './read.ts';
import type { Session } from './session.ts';

/**
 * Custom metadata records live in the database, made from their files. What an admin changed, added or deleted in Setup is marked: a start from the
 * project's folders leaves those as they are, a deploy writes over what it brings, as on the platform.
 */

export type Origin = 'file' | 'changed' | 'added';

/** `overwrites`: whether a record's file is laid over what an admin made of it. Throws MetadataError for values that the type refuses. */
export function installMetadataRecords(
    context: StoreContext,
    system: Session,
    overwrites: (record: { readonly type: string; readonly developerName: string }) => boolean,
): void {
    const files = new Map(
        context.schema.metadataRecords.map((record) => [`${record.type}.${record.developerName}`, record]),
    );
    for (const { type, developerName } of editedRecords(context)) {
        if (!context.schema.objects.has(type)) {
            unmark(context, type, developerName);
        }
    }
    for (const record of files.values()) {
        if (overwrites(record)) {
            unmark(context, record.type, record.developerName);
        }
        if (markOf(context, record.type, record.developerName) === null) {
            try {
                install(context, system, record);
            } catch (error) {
                if (error instanceof PlatformFailure) {
                    throw new MetadataError(record.source, error.message);
                }
                throw error;
            }
        }
    }
    for (const object of context.schema.objects.values()) {
        for (const [developerName, id] of object.kind === 'metadata' ? idsByName(context, object) : []) {
            const isGone = !files.has(`${object.name}.${developerName}`);
            if (isGone && overwrites({ type: object.name, developerName })) {
                unmark(context, object.name, developerName);
            }
            if (isGone && markOf(context, object.name, developerName) === null) {
                deleteRecord(context, system, object.name, id);
            }
        }
    }
}

function unmark(context: StoreContext, type: string, developerName: string): void {
    run(context.db, 'DELETE FROM local_metadata_edit WHERE type = ? AND developer_name = ?', type, developerName);
}

function install(context: StoreContext, system: Session, record: MetadataRecord): void {
    const object = context.schema.objects.get(record.type);
    const id = object && metadataId(context, object, record.developerName);
    const fields = { MasterLabel: record.label, DeveloperName: record.developerName, ...record.values };
    if (id) {
        updateRecord(context, system, record.type, id, fields);
    } else {
        insertRecord(context, system, record.type, fields);
    }
}

function idsByName(context: StoreContext, object: ObjectType): readonly (readonly [string, string])[] {
    return rows(context.db, `SELECT "DeveloperName", "Id" FROM ${quoted(object.name)}`).map((row) => [
        String(row[0]),
        String(row[1]),
    ]);
}

function metadataId(context: StoreContext, object: ObjectType, developerName: string): string | undefined {
    return text(context.db, `SELECT "Id" FROM ${quoted(object.name)} WHERE "DeveloperName" = ?`, developerName);
}

function markOf(context: StoreContext, type: string, developerName: string): string | null {
    return (
        text(
            context.db,
            'SELECT state FROM local_metadata_edit WHERE type = ? AND developer_name = ?',
            type,
            developerName,
        ) ?? null
    );
}

function mark(context: StoreContext, type: string, developerName: string, state: string): void {
    run(context.db, 'INSERT OR REPLACE INTO local_metadata_edit VALUES (?, ?, ?)', type, developerName, state);
}

/** What an admin changed, added or deleted in Setup. */
export function editedRecords(
    context: StoreContext,
): readonly { readonly type: string; readonly developerName: string; readonly state: string }[] {
    return rows(context.db, 'SELECT type, developer_name, state FROM local_metadata_edit').map((row) => ({
        type: String(row[0]),
        developerName: String(row[1]),
        state: String(row[2]),
    }));
}

export interface StoredMetadataRecord {
    readonly id: string;
    readonly developerName: string;
    readonly label: string;
    readonly values: Readonly<Record<string, Value>>;
    readonly origin: Origin;
}

/** All records of a type, by label; or the one of that name. */
export function metadataRecords(
    context: StoreContext,
    system: Session,
    object: ObjectType,
    developerName: string | null = null,
): readonly StoredMetadataRecord[] {
    const names = ['DeveloperName', 'MasterLabel', ...customFields(object)];
    const found = selectRecords(context, system, {
        object: object.name,
        fields: ['Id', ...names],
        where: developerName === null ? undefined : equals('DeveloperName', developerName),
        orderBy: [{ path: 'MasterLabel', descending: false, nullsLast: false }],
    });
    return found.rows.map(({ values }) => {
        const name = String(values['DeveloperName']);
        const state = markOf(context, object.name, name);
        return {
            id: String(values['Id']),
            developerName: name,
            label: String(values['MasterLabel']),
            values: Object.fromEntries(names.map((field) => [field, values[field] ?? null])),
            origin: state === 'changed' || state === 'added' ? state : 'file',
        };
    });
}

function customFields(object: ObjectType): readonly string[] {
    return [...object.fields.values()].filter((field) => field.custom).map((field) => field.name);
}

/** How a record that an admin has just written differs from the files. */
function markWritten(context: StoreContext, type: string, developerName: string): void {
    const isShipped = context.schema.metadataRecords.some(
        (record) => record.type === type && record.developerName.toLowerCase() === developerName.toLowerCase(),
    );
    const isAdded = !isShipped || markOf(context, type, developerName) === 'added';
    mark(context, type, developerName, isAdded ? 'added' : 'changed');
}

function checkNames(values: Readonly<Record<string, unknown>>): void {
    const name = values['DeveloperName'];
    if (typeof name === 'string' && !/^[A-Za-z](?!\w*__)\w*[A-Za-z0-9]$|^[A-Za-z]$/.test(name)) {
        throw failure(
            'INVALID_FIELD',
            'Custom Metadata Record Name: begin with a letter, use letters, digits and single underscores, and do not end with an underscore.',
            ['DeveloperName'],
        );
    }
}

/** An admin's new record. Returns its developer name. */
export function addMetadataRecord(
    context: StoreContext,
    system: Session,
    object: ObjectType,
    values: Readonly<Record<string, unknown>>,
): string {
    checkNames(values);
    insertRecord(context, system, object.name, values);
    const developerName = String(values['DeveloperName']);
    markWritten(context, object.name, developerName);
    return developerName;
}

/** An admin's change. Returns the developer name, which may have changed with it. */
export function changeMetadataRecord(
    context: StoreContext,
    system: Session,
    object: ObjectType,
    developerName: string,
    values: Readonly<Record<string, unknown>>,
): string {
    checkNames(values);
    const id = requiredId(context, object, developerName);
    updateRecord(context, system, object.name, id, values);
    const given = values['DeveloperName'];
    const renamed = typeof given === 'string' ? given : developerName;
    if (renamed.toLowerCase() !== developerName.toLowerCase()) {
        mark(context, object.name, developerName, 'deleted');
    }
    markWritten(context, object.name, renamed);
    return renamed;
}

export function removeMetadataRecord(
    context: StoreContext,
    system: Session,
    object: ObjectType,
    developerName: string,
): void {
    deleteRecord(context, system, object.name, requiredId(context, object, developerName));
    mark(context, object.name, developerName, 'deleted');
}

function requiredId(context: StoreContext, object: ObjectType, developerName: string): string {
    const id = metadataId(context, object, developerName);
    if (id === undefined) {
        throw failure('NOT_FOUND', `${object.label} has no record ${developerName}.`);
    }
    return id;
}

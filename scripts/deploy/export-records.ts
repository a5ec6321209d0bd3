/** All records of the product as CSV files that the Bulk API takes again: a leaving customer keeps what was recorded. */
import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Connection, Field } from 'jsforce';
import { CommandError } from '../lib/errors.ts';

export interface ExportedFile {
    readonly object: string;
    readonly path: string;
    readonly rows: number;
}

export interface ExportRequest {
    readonly connection: Connection;
    /** Our objects that the org has, masters before details; custom metadata types too. */
    readonly objects: readonly string[];
    /** API names of fields that the org has, by object; `Account` only with those that go. */
    readonly fields: ReadonlyMap<string, readonly string[]>;
    /** Made when missing. */
    readonly directory: string;
    readonly onFile: (file: ExportedFile) => void;
}

/**
 * Writes one file an object. Columns are those that can be written again; a reference to a record of ours is written as that record's key
 * (`Playbook__r.Key__c`), because ids change; to accounts and people as an id. Values are as the API gives them: dates ISO 8601, nothing escaped for spreadsheets.
 */
export async function exportRecords(request: ExportRequest): Promise<ExportedFile[]> {
    const { connection, objects, fields, directory } = request;
    // Customer data: for the eyes of whoever runs this.
    await mkdir(directory, { recursive: true, mode: 0o700 });
    if ((await readdir(directory)).length > 0) {
        throw new CommandError(
            `${directory} is not empty.`,
            'Name a new directory with --export DIR; nothing was removed.',
        );
    }
    const described = new Map<string, readonly Field[]>();
    const configuration = objects.filter((object) => object.endsWith('__mdt'));
    const records = objects.filter((object) => !configuration.includes(object));
    for (const object of [...records, ...(fields.has('Account') ? ['Account'] : []), ...configuration]) {
        const { fields: visible } = await connection.describe(object);
        const unseen = (fields.get(object) ?? []).filter((name) => !visible.some((field) => field.name === name));
        if (unseen.length > 0) {
            throw new CommandError(
                `This user may not see ${unseen.map((name) => `${object}.${name}`).join(', ')}: the export would lack them.`,
                'Assign yourself the permission sets Playbook_Admin and Playbook_Account_Fields and repeat; when an earlier run has exported all and was interrupted, go on with --no-export.',
            );
        }
        described.set(object, visible);
    }
    const files: ExportedFile[] = [];
    for (const [object, all] of described) {
        const stored = (name: string): boolean => all.some((field) => field.name === name && !field.calculated);
        const columns =
            object === 'Account'
                ? ['Id', ...(fields.get('Account') ?? []).filter(stored)]
                : columnsOf(object, all, described);
        const path = join(directory, `${object}.csv`);
        const file = { object, path, rows: await writeRows(connection, object, columns, path) };
        request.onFile(file);
        files.push(file);
    }
    await writeFile(join(directory, 'README.txt'), readme(files, described));
    return files;
}

function columnsOf(object: string, fields: readonly Field[], ours: ReadonlyMap<string, readonly Field[]>): string[] {
    if (object.endsWith('__mdt')) {
        return ['DeveloperName', 'MasterLabel', ...fields.filter(({ custom }) => custom).map(({ name }) => name)];
    }
    return fields
        .filter(({ createable, calculated, name }) => createable && !calculated && !IN_IMPORTS_UNASKED.has(name))
        .map((field) => {
            const target = ours.get(field.referenceTo?.[0] ?? '');
            const key = target === undefined ? undefined : keyOf(target);
            return key !== undefined && field.relationshipName ? `${field.relationshipName}.${key}` : field.name;
        });
}

/** Audit fields need a permission to be written; the owner of a master record is worth keeping. */
const IN_IMPORTS_UNASKED = new Set(['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate']);

function keyOf(fields: readonly Field[]): string | undefined {
    return fields.find(({ externalId, unique }) => externalId && unique)?.name;
}

async function writeRows(
    connection: Connection,
    object: string,
    columns: readonly string[],
    path: string,
): Promise<number> {
    await writeFile(path, stringify([columns]), { mode: 0o600 });
    let page = await connection.query<Record<string, unknown>>(`SELECT ${columns.join(', ')} FROM ${object}`);
    for (;;) {
        const rows = page.records.map((record) => columns.map((column) => cell(record, column)));
        // Row by row as they come: an org may hold more than memory does.
        if (rows.length > 0) await appendFile(path, stringify(rows));
        if (page.done || page.nextRecordsUrl === undefined) return page.totalSize;
        page = await connection.queryMore<Record<string, unknown>>(page.nextRecordsUrl);
    }
}

function cell(record: Readonly<Record<string, unknown>>, column: string): string {
    const value = column
        .split('.')
        .reduce<unknown>(
            (node, name) => (typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined),
            record,
        );
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function readme(files: readonly ExportedFile[], described: ReadonlyMap<string, readonly Field[]>): string {
    const commands = files.map(({ object }) => {
        if (object.endsWith('__mdt')) {
            return `${object}: compare with Setup → Custom Metadata Types after the install, and enter there what you had changed.`;
        }
        const key = object === 'Account' ? 'Id' : keyOf(described.get(object) ?? []);
        return `${object}: sf data upsert bulk --sobject ${object} --external-id ${key ?? 'Id'} --file ${object}.csv --target-org ORG --wait 30`;
    });
    return `Records of Success Playbooks, exported before it was removed.

To bring them back after a new install, in this order:

${commands.join('\n')}

Before that, deactivate the validation rules that freeze published versions and closed runs (Version_Frozen,
Closed_Run_Frozen, Version_Kept), and activate them again afterwards. Ids of accounts and people are those of this org.
`;
}

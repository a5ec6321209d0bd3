/** What the org holds of a playbook, and how that differs from its file. */
import type { Connection } from 'jsforce';
import { queryAll } from '../lib/records.ts';
import type { FieldValue, RecordFields } from '../lib/records.ts';
import { soqlIn, soqlLiteral } from '../lib/soql.ts';
import { KEY_FIELDS } from './records.ts';
import type { PlannedPlaybook, PlannedRecord } from './records.ts';

type RecordType = PlannedRecord['type'];
export type StoredRecord = Readonly<Record<string, unknown>> & { readonly Id: string };
export type VersionStatus = 'Draft' | 'Published' | 'Retired';

export interface StoredVersion {
    readonly id: string;
    readonly number: number;
    readonly status: VersionStatus;
}

/** The stored records of one playbook, by external key; steps and resources of the planned version number only. */
export interface StoredPlaybook {
    readonly playbook: StoredRecord | null;
    readonly versions: readonly StoredVersion[];
    /** The version with the number that the file has. */
    readonly version: StoredRecord | null;
    readonly steps: ReadonlyMap<string, StoredRecord>;
    readonly resources: ReadonlyMap<string, StoredRecord>;
}

export async function readStored(connection: Connection, planned: PlannedPlaybook): Promise<StoredPlaybook> {
    const [playbook] = await read(connection, planned.playbook, soqlIn('Key__c', [planned.playbook.key]), []);
    if (playbook === undefined) {
        return { playbook: null, versions: [], version: null, steps: new Map(), resources: new Map() };
    }
    const versions = await read(connection, planned.version, `Playbook__c = ${soqlLiteral(playbook.Id)}`, [
        'Version_Status__c',
    ]);
    const version = versions.find((row) => row['Version_Key__c'] === planned.version.key) ?? null;
    const children = async (first: PlannedRecord | undefined, parent: string, extra: readonly string[]) =>
        first === undefined || version === null
            ? new Map<string, StoredRecord>()
            : byKey(first.type, await read(connection, first, `${parent} = ${soqlLiteral(version.Id)}`, extra));
    return {
        playbook,
        versions: versions.map((row) => ({
            id: row.Id,
            number: Number(row['Version_Number__c']),
            status: asStatus(row['Version_Status__c']),
        })),
        version,
        steps: await children(planned.steps[0], 'Playbook_Version__c', []),
        resources: await children(planned.resources[0] ?? NO_RESOURCE, 'Resource_Version__c', ['Resource_Step__c']),
    };
}

/** Read even when the file has none: a draft may hold some that have to go. */
const NO_RESOURCE: PlannedRecord = {
    type: 'Playbook_Resource__c',
    key: '',
    fields: { Resource_Key__c: null },
    path: [],
    entries: {},
};

async function read(
    connection: Connection,
    like: PlannedRecord,
    where: string,
    extra: readonly string[],
): Promise<StoredRecord[]> {
    const fields = ['Id', ...Object.keys(like.fields), ...extra];
    const rows = await queryAll(connection, `SELECT ${fields.join(', ')} FROM ${like.type} WHERE ${where}`);
    return rows.flatMap((row) => (typeof row['Id'] === 'string' ? [{ ...row, Id: row['Id'] }] : []));
}

function byKey(type: RecordType, rows: readonly StoredRecord[]): Map<string, StoredRecord> {
    return new Map(rows.map((row) => [String(row[KEY_FIELDS[type]]), row]));
}

function asStatus(value: unknown): VersionStatus {
    return value === 'Published' || value === 'Retired' ? value : 'Draft';
}

/** Fields whose stored value is not the planned one; an absent record differs in all. */
export function differingFields(planned: RecordFields, stored: StoredRecord | null): string[] {
    return Object.entries(planned)
        .filter(([name, value]) => stored === null || !sameValue(value, stored[name]))
        .map(([name]) => name);
}

/** The platform stores line breaks and blank texts in its own way. */
function sameValue(planned: FieldValue, stored: unknown): boolean {
    if (typeof planned === 'string') {
        return typeof stored === 'string' && stored.replace(/\r\n?/g, '\n').trim() === planned.trim();
    }
    if (planned === null) {
        return stored === null || stored === undefined || stored === '';
    }
    return planned === stored;
}

/** In words, how the version in the org differs from the file; empty when it does not. */
export function versionDifferences(planned: PlannedPlaybook, stored: StoredPlaybook): string[] {
    const differences: string[] = [];
    const version = differingFields(planned.version.fields, stored.version);
    if (version.length > 0) {
        differences.push(`the version's ${version.join(', ')}`);
    }
    const stepIds = new Map([...stored.steps].map(([key, row]) => [row.Id, key]));
    for (const step of planned.steps) {
        describe(differences, step, stored.steps.get(step.key) ?? null, []);
    }
    for (const resource of planned.resources) {
        const row = stored.resources.get(resource.key) ?? null;
        const storedStep = row === null ? null : (stepIds.get(String(row['Resource_Step__c'])) ?? null);
        describe(differences, resource, row, storedStep === resource.stepKey ? [] : ['step']);
    }
    const kept = new Set([...planned.steps, ...planned.resources].map((record) => record.key));
    for (const key of [...stored.steps.keys(), ...stored.resources.keys()]) {
        if (!kept.has(key)) {
            differences.push(`${key} is not in the file`);
        }
    }
    return differences;
}

function describe(
    differences: string[],
    planned: PlannedRecord,
    stored: StoredRecord | null,
    extra: readonly string[],
): void {
    if (stored === null) {
        differences.push(`${planned.key} is new`);
        return;
    }
    const fields = [...differingFields(planned.fields, stored), ...extra];
    if (fields.length > 0) {
        differences.push(`${planned.key}: ${fields.join(', ')}`);
    }
}

/** Playbook files into an org, through the public API: check everything, write a draft, then publish it. */
import type { Connection } from 'jsforce';
import type { FieldTypes } from 'c/playbookEngine';
import { CommandError, describeSaveErrors } from '../lib/errors.ts';
import { createRecords, requireIds, updateRecords } from '../lib/records.ts';
import type { FieldValue, RecordFields, SavedRecord } from '../lib/records.ts';
import { formatProblem } from '../lib/yaml-file.ts';
import type { FileProblem } from '../lib/yaml-file.ts';
import { checkPlaybook, checkTogether, loadCheckContext } from './checks.ts';
import { differingFields, readStored, versionDifferences } from './existing.ts';
import type { StoredPlaybook, StoredRecord } from './existing.ts';
import { planRecords } from './records.ts';
import type { PlannedPlaybook, PlannedRecord } from './records.ts';
import { findPlaybookFiles, readPlaybookFile } from './source.ts';
import type { PlaybookSource } from './source.ts';

export interface ImportInput {
    readonly connection: Connection;
    /** A folder with playbook files; or `files`. */
    readonly directory?: string;
    readonly files?: readonly string[];
    readonly log?: (line: string) => void;
    /** Types of Account fields that this org has besides the shipped ones, by path. */
    readonly fieldTypes?: FieldTypes;
    /** `YYYY-MM-DD`; day of publication. */
    readonly today?: string;
}

export interface ImportedPlaybook {
    readonly file: string;
    readonly key: string;
    readonly version: number;
    readonly outcome: 'published' | 'unchanged';
    readonly steps: number;
    readonly resources: number;
}

export interface Summary {
    readonly playbooks: readonly ImportedPlaybook[];
}

/** Every problem of the files, before anything is written. */
export class PlaybookProblems extends CommandError {
    readonly problems: readonly FileProblem[];

    constructor(problems: readonly FileProblem[]) {
        super(problems.map((problem) => ({ message: formatProblem(problem), action: '' })));
        this.name = 'PlaybookProblems';
        this.problems = problems;
    }
}

/** Reads and checks files; throws PlaybookProblems with all that is wrong in any of them. */
export async function readPlaybooks(paths: readonly string[], fieldTypes?: FieldTypes): Promise<PlaybookSource[]> {
    const files = await findPlaybookFiles(paths);
    const context = await loadCheckContext(fieldTypes);
    const sources: PlaybookSource[] = [];
    const problems: FileProblem[] = [];
    for (const file of files) {
        const { source, problems: found } = await readPlaybookFile(file);
        problems.push(...found);
        if (source !== null) {
            sources.push(source);
            problems.push(...checkPlaybook(source, context));
        }
    }
    problems.push(...checkTogether(sources));
    if (problems.length > 0) {
        throw new PlaybookProblems(problems);
    }
    return sources;
}

/**
 * Imports playbook files: safe to run twice, and after a run that was cut off. Throws PlaybookProblems, with nothing written, when a file is wrong
 * or changes a version that is published already; CommandError when the org refuses a record (what was written by then stays a draft).
 */
export async function importPlaybooks(input: ImportInput): Promise<Summary> {
    const log = input.log ?? (() => undefined);
    const sources = await readPlaybooks(input.files ?? [input.directory ?? 'data/playbooks'], input.fieldTypes);
    const work = [];
    const problems: FileProblem[] = [];
    for (const source of sources) {
        const planned = planRecords(source.content);
        const stored = await readStored(input.connection, planned);
        const problem = versionProblem(source, planned, stored);
        if (problem !== null) {
            problems.push(problem);
        }
        work.push({ source, planned, stored });
    }
    if (problems.length > 0) {
        throw new PlaybookProblems(problems);
    }
    const playbooks: ImportedPlaybook[] = [];
    for (const { source, planned, stored } of work) {
        const { key, version, name } = source.content;
        const outcome = await importOne(input, planned, stored);
        log(
            `${name} (${key}) version ${version}: ${outcome === 'unchanged' ? 'unchanged' : `published, ${planned.steps.length} steps, ${planned.resources.length} resources`}`,
        );
        playbooks.push({
            file: source.file,
            key,
            version,
            outcome,
            steps: planned.steps.length,
            resources: planned.resources.length,
        });
    }
    return { playbooks };
}

/** A version that left Draft is frozen, and numbers only go up. */
function versionProblem(source: PlaybookSource, planned: PlannedPlaybook, stored: StoredPlaybook): FileProblem | null {
    const number = source.content.version;
    const known = stored.versions.find((version) => version.number === number);
    const highest = Math.max(
        0,
        ...stored.versions.filter((entry) => entry.status !== 'Draft').map((entry) => entry.number),
    );
    const at = { file: source.file, line: source.line(['version']) };
    if (known?.status === 'Published') {
        const [first, ...more] = versionDifferences(planned, stored);
        return first === undefined
            ? null
            : {
                  ...at,
                  message: `Version ${number} of ${source.content.key} is published in this org with other content (${first}${more.length > 0 ? ` and ${more.length} more` : ''}).`,
                  action: `Raise \`version\` to ${highest + 1} and say in change_note what changed.`,
              };
    }
    if (known?.status === 'Retired' || number < highest) {
        return {
            ...at,
            message: `Version ${number} of ${source.content.key} is behind this org, which has version ${highest}.`,
            action: `Raise \`version\` to ${highest + 1}, or take the newer file.`,
        };
    }
    return null;
}

async function importOne(
    { connection, today }: ImportInput,
    planned: PlannedPlaybook,
    stored: StoredPlaybook,
): Promise<ImportedPlaybook['outcome']> {
    const playbookId = await saveOne(connection, planned.playbook, stored.playbook, {});
    const status = stored.version?.['Version_Status__c'];
    if (stored.version !== null && status === 'Published') {
        return 'unchanged';
    }
    const versionId = await saveOne(connection, planned.version, stored.version, { Playbook__c: playbookId });
    await removeLeftovers(connection, planned, stored);
    const stepIds = await saveMany(
        connection,
        planned.steps,
        stored.steps,
        { Playbook_Version__c: versionId },
        () => ({}),
    );
    await saveMany(connection, planned.resources, stored.resources, { Resource_Version__c: versionId }, (key) => {
        const stepKey = planned.resources.find((resource) => resource.key === key)?.stepKey ?? null;
        return { Resource_Step__c: stepKey === null ? null : (stepIds.get(stepKey) ?? null) };
    });
    // One request, all or none: there is never a moment with two published versions, or with none.
    const publish = [
        ...stored.versions
            .filter((version) => version.status === 'Published')
            .map((version) => ({ Id: version.id, Version_Status__c: 'Retired' })),
        {
            Id: versionId,
            Version_Status__c: 'Published',
            Published_On__c: today ?? new Date().toISOString().slice(0, 10),
        },
    ];
    const results = await updateRecords(connection, 'Playbook_Version__c', publish, { allOrNone: true });
    savedIds(
        publish.map(() => planned.version.key),
        results,
    );
    return 'published';
}

/** A draft that an earlier, interrupted import left may hold records that the file no longer has. */
async function removeLeftovers(
    connection: Connection,
    planned: PlannedPlaybook,
    stored: StoredPlaybook,
): Promise<void> {
    const kept = new Set([...planned.steps, ...planned.resources].map((record) => record.key));
    const leftover = (rows: ReadonlyMap<string, StoredRecord>): string[] =>
        [...rows].filter(([key]) => !kept.has(key)).map(([, row]) => row.Id);
    for (const [type, ids] of [
        ['Playbook_Resource__c', leftover(stored.resources)],
        ['Playbook_Step__c', leftover(stored.steps)],
    ] as const) {
        for (const id of ids) {
            await connection.sobject(type).destroy(id);
        }
    }
}

async function saveOne(
    connection: Connection,
    planned: PlannedRecord,
    stored: StoredRecord | null,
    parent: RecordFields,
): Promise<string> {
    const rows = new Map(stored === null ? [] : [[planned.key, stored] as const]);
    const ids = await saveMany(connection, [planned], rows, parent, () => ({}));
    return ids.get(planned.key) ?? '';
}

/**
 * Creates what is new and updates what differs. `parent` is set only when a record is created: a detail cannot move to another master, and the
 * platform refuses even the same one again. `links` may change. Ids by key.
 */
async function saveMany(
    connection: Connection,
    planned: readonly PlannedRecord[],
    stored: ReadonlyMap<string, StoredRecord>,
    parent: RecordFields,
    links: (key: string) => RecordFields,
): Promise<Map<string, string>> {
    const type = planned[0]?.type;
    const ids = new Map<string, string>([...stored].map(([key, row]) => [key, row.Id]));
    if (type === undefined) {
        return ids;
    }
    const created = planned.filter((record) => !stored.has(record.key));
    const createdResults = await createRecords(
        connection,
        type,
        created.map((record) => ({ ...dropBlanks({ ...record.fields, ...links(record.key) }), ...parent })),
        { allOrNone: true },
    );
    const createdIds = savedIds(
        created.map((record) => record.key),
        createdResults,
    );
    created.forEach((record, index) => ids.set(record.key, createdIds[index] ?? ''));
    const changed = planned.flatMap((record) => {
        const row = stored.get(record.key);
        const wanted = { ...record.fields, ...links(record.key) };
        const names = row === undefined ? [] : differingFields(wanted, row);
        return row === undefined || names.length === 0
            ? []
            : [{ record, fields: { ...pick(wanted, names), Id: row.Id } }];
    });
    const updatedResults = await updateRecords(
        connection,
        type,
        changed.map((entry) => entry.fields),
        { allOrNone: true },
    );
    savedIds(
        changed.map((entry) => entry.record.key),
        updatedResults,
    );
    return ids;
}

function pick(fields: RecordFields, names: readonly string[]): RecordFields {
    return Object.fromEntries(names.map((name): [string, FieldValue] => [name, fields[name] ?? null]));
}

function dropBlanks(fields: RecordFields): RecordFields {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** Ids of what was saved; the first record that the org refused, in words. */
function savedIds(keys: readonly string[], results: readonly SavedRecord[]): string[] {
    return requireIds(results, ({ index, errors }) => {
        const { message, action } = describeSaveErrors(errors);
        return new CommandError(
            `${keys[index] ?? 'A record'} was not saved: ${message}`,
            `${action} Then import again; it goes on where it stopped.`,
        );
    });
}

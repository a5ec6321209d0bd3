/**
 * Triggers and settings as the engine takes them: from the project's custom metadata files, or from an org. Read by the page's own
 * code, so that a tool and the page never understand a record differently.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import type { Settings, Trigger } from 'c/playbookEngine';
import { readSettings, readTrigger } from 'c/playbookRecords';
import { PROJECT_ROOT, readProjectFields } from './project-metadata.ts';
import { queryAll } from './records.ts';

export interface OrgRules {
    readonly triggers: readonly Trigger[];
    readonly settings: Settings;
}

type Row = Readonly<Record<string, unknown>>;

const TYPES = ['Playbook_Trigger', 'Playbook_Setting', 'Playbook_Holiday'] as const;
type MetadataType = (typeof TYPES)[number];

/** The rules as they ship. */
export async function readProjectRules(projectRoot: string = PROJECT_ROOT): Promise<OrgRules> {
    const folder = join(projectRoot, 'force-app/main/default/customMetadata');
    const rows: Record<MetadataType, Row[]> = { Playbook_Trigger: [], Playbook_Setting: [], Playbook_Holiday: [] };
    for (const file of (await readdir(folder)).sort()) {
        const match = /^(\w+)\.(\w+)\.md-meta\.xml$/.exec(file);
        const type = TYPES.find((name) => name === match?.[1]);
        if (type !== undefined && match?.[2] !== undefined) {
            rows[type].push({
                DeveloperName: match[2],
                ...metadataValues(await readFile(join(folder, file), 'utf8')),
            });
        }
    }
    return rulesOf(rows);
}

/** The rules as the org has them now, an admin's changes included. Needs access to the custom metadata types. */
export async function readOrgRules(connection: Connection): Promise<OrgRules> {
    const rows: Record<MetadataType, Row[]> = { Playbook_Trigger: [], Playbook_Setting: [], Playbook_Holiday: [] };
    for (const type of TYPES) {
        const fields = [...(await readProjectFields(`${type}__mdt`)).keys()];
        rows[type] = await queryAll(
            connection,
            `SELECT DeveloperName, MasterLabel, ${fields.join(', ')} FROM ${type}__mdt`,
        );
    }
    return rulesOf(rows);
}

const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'values',
});

const metadataRecord = z.object({
    CustomMetadata: z.object({
        label: z.string(),
        values: z
            .array(
                z.object({
                    field: z.string(),
                    value: z.union([z.string(), z.object({ '#text': z.string().optional() })]),
                }),
            )
            .default([]),
    }),
});

function metadataValues(xml: string): Row {
    const { label, values } = metadataRecord.parse(parser.parse(xml)).CustomMetadata;
    const row: Record<string, unknown> = { MasterLabel: label };
    for (const { field, value } of values) {
        row[field] = typeof value === 'string' ? value : (value['#text'] ?? null);
    }
    return row;
}

function rulesOf(rows: Record<MetadataType, readonly Row[]>): OrgRules {
    const setting = rows.Playbook_Setting.find((row) => row['DeveloperName'] === 'Default') ?? rows.Playbook_Setting[0];
    return {
        triggers: rows.Playbook_Trigger.map(readTrigger),
        settings: readSettings(setting ?? {}, rows.Playbook_Holiday),
    };
}

/** Triggers and settings as the engine takes them: from the project's custom metadata files, or from an org. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import { FIGURE_NAMES } from 'c/playbookEngine';
import type { FigureName, Settings, Trigger } from 'c/playbookEngine';
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
                    value: z.union([
                        z.string(),
                        z.object({ '#text': z.string().optional(), '@_xsi:type': z.string().optional() }),
                    ]),
                }),
            )
            .default([]),
    }),
});

function metadataValues(xml: string): Row {
    const { label, values } = metadataRecord.parse(parser.parse(xml)).CustomMetadata;
    const row: Record<string, unknown> = { MasterLabel: label };
    for (const { field, value } of values) {
        const text = typeof value === 'string' ? value : (value['#text'] ?? null);
        const type = typeof value === 'string' ? 'xsd:string' : value['@_xsi:type'];
        row[field] = text === null ? null : typed(text, type ?? 'xsd:string');
    }
    return row;
}

function typed(text: string, type: string): string | number | boolean {
    if (type === 'xsd:boolean') {
        return text === 'true';
    }
    return type === 'xsd:double' || type === 'xsd:int' ? Number(text) : text;
}

function rulesOf(rows: Record<MetadataType, readonly Row[]>): OrgRules {
    const setting = rows.Playbook_Setting.find((row) => row['DeveloperName'] === 'Default') ?? rows.Playbook_Setting[0];
    return {
        triggers: rows.Playbook_Trigger.map(triggerOf),
        settings: settingsOf(setting ?? {}, rows.Playbook_Holiday),
    };
}

function triggerOf(row: Row): Trigger {
    const signal = row['Kind__c'] === 'Signal';
    return {
        key: text(row, 'DeveloperName') ?? '',
        label: text(row, 'MasterLabel') ?? '',
        kind: signal ? 'Signal' : 'Playbook',
        playbookKey: text(row, 'Playbook_Key__c'),
        active: row['Active__c'] === true,
        priority: number(row, 'Priority__c') ?? 999,
        tier: text(row, 'Tier__c'),
        enterWhen: text(row, 'Enter_When__c') ?? '',
        exitWhen: text(row, 'Exit_When__c') ?? '',
        holdDays: number(row, 'Hold_Days__c') ?? 0,
        cooldownDays: number(row, 'Cooldown_Days__c') ?? 0,
        expiresAfterDays: null,
        anchor: FIGURE_NAMES.find((name) => name === row['Anchor__c']) ?? null,
        explanation: text(row, 'Explanation__c'),
        action: signal
            ? {
                  title: text(row, 'Signal_Title__c') ?? text(row, 'MasterLabel') ?? '',
                  instructions: text(row, 'Signal_Instructions__c'),
                  customerContact: row['Signal_Contact__c'] === true,
                  dueInWorkingHours: number(row, 'Signal_Due_Hours__c') ?? 40,
              }
            : null,
    };
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function settingsOf(row: Row, holidays: readonly Row[]): Settings {
    const figures: Partial<Record<FigureName, string>> = {};
    for (const name of FIGURE_NAMES) {
        const field = text(row, `${name.replace(/([a-z])([A-Z])/g, '$1_$2')}_Field__c`);
        if (field !== null) {
            figures[name] = field;
        }
    }
    const days = (text(row, 'Working_Days__c') ?? 'Mon,Tue,Wed,Thu,Fri')
        .split(',')
        .map((day) => WEEKDAYS.indexOf(day.trim().slice(0, 3).toLowerCase()))
        .filter((day) => day >= 0);
    return {
        figures,
        workingDays: days,
        holidays: holidays.flatMap((holiday) => text(holiday, 'Holiday_On__c') ?? []),
        lateStartDays: number(row, 'Late_Start_Days__c') ?? 3,
        staleAfterDays: number(row, 'Stale_After_Days__c') ?? 14,
        capacity: 10,
        contactGuardDays: 7,
        maxSnoozeDays: 30,
        nurtureWhen: null,
    };
}

function text(row: Row, field: string): string | null {
    const value = row[field];
    return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function number(row: Row, field: string): number | null {
    const value = row[field];
    return typeof value === 'number' ? value : null;
}

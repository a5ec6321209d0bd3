/** A playbook file as the records that it becomes: field values by API name, nothing about ids. */
import type { FieldValue, RecordFields } from '../lib/records.ts';
import type { EntryPath } from '../lib/yaml-file.ts';
import type { PlaybookContent, ResourceContent } from './format.ts';

export interface PlannedRecord {
    readonly type: 'Playbook__c' | 'Playbook_Version__c' | 'Playbook_Step__c' | 'Playbook_Resource__c';
    /** External key, unique for its type. */
    readonly key: string;
    readonly fields: RecordFields;
    /** Where in the file the record stands, and each field that came from an entry. */
    readonly path: EntryPath;
    readonly entries: Readonly<Record<string, EntryPath>>;
}

export interface PlannedResource extends PlannedRecord {
    /** Record key of its step, or null for a resource of the whole playbook. */
    readonly stepKey: string | null;
}

export interface PlannedPlaybook {
    readonly playbook: PlannedRecord;
    readonly version: PlannedRecord;
    readonly steps: readonly PlannedRecord[];
    readonly resources: readonly PlannedResource[];
}

/** The field of each type that holds `key`. */
export const KEY_FIELDS = {
    Playbook__c: 'Key__c',
    Playbook_Version__c: 'Version_Key__c',
    Playbook_Step__c: 'Step_Record_Key__c',
    Playbook_Resource__c: 'Resource_Key__c',
} as const;

type Entries = readonly (readonly [field: string, entry: EntryPath, value: FieldValue])[];

function record<T extends PlannedRecord['type']>(type: T, key: string, path: EntryPath, entries: Entries) {
    return {
        type,
        key,
        path,
        fields: {
            [KEY_FIELDS[type]]: key,
            ...Object.fromEntries(entries.map(([field, , value]) => [field, value])),
        },
        entries: Object.fromEntries(entries.map(([field, entry]) => [field, [...path, ...entry]])),
    };
}

const lines = (sentences: readonly string[] | undefined): string | null =>
    sentences === undefined ? null : sentences.join('\n');

export function planRecords(content: PlaybookContent): PlannedPlaybook {
    const versionKey = `${content.key}:${content.version}`;
    const playbook = record(
        'Playbook__c',
        content.key,
        [],
        [
            ['Name', ['name'], content.name],
            ['Category__c', ['category'], content.category],
            ['Summary__c', ['summary'], content.summary],
            ['When_To_Use__c', ['when_to_use'], content.when_to_use],
        ],
    );
    const version = record(
        'Playbook_Version__c',
        versionKey,
        [],
        [
            ['Name', ['name'], `${content.name} ${content.version}`],
            ['Version_Number__c', ['version'], content.version],
            ['Change_Note__c', ['change_note'], content.change_note ?? null],
            ['Success_When__c', ['success_when'], content.success_when ?? null],
            ['Lost_When__c', ['lost_when'], content.lost_when ?? null],
            ['Success_Criteria__c', ['success_criteria'], lines(content.success_criteria)],
            ['Pitfalls__c', ['pitfalls'], lines(content.pitfalls)],
        ],
    );
    const steps = content.steps.map((step, index) =>
        record(
            'Playbook_Step__c',
            `${versionKey}:${step.key}`,
            ['steps', index],
            [
                ['Name', ['title'], step.title],
                ['Step_Key__c', ['key'], step.key],
                ['Position__c', [], (index + 1) * 10],
                ['Phase__c', ['phase'], step.phase],
                ['Role__c', ['role'], step.role ?? null],
                ['Required__c', ['required'], step.required],
                ['Customer_Contact__c', ['customer_contact'], step.customer_contact],
                ['Show_When__c', ['show_when'], step.show_when ?? null],
                ['Depends_On__c', ['depends_on'], step.depends_on ?? null],
                ['Due_From__c', ['due', 'from'], step.due?.from ?? null],
                ['Due_Offset__c', ['due', 'offset'], step.due?.offset ?? null],
                ['Due_Unit__c', ['due', 'unit'], step.due?.unit ?? null],
                ['Decision_Question__c', ['decision', 'question'], step.decision?.question ?? null],
                ['Decision_Options__c', ['decision', 'options'], lines(step.decision?.options)],
                ['Decision_Max__c', ['decision', 'max'], step.decision?.max ?? null],
                ['Note_Required__c', ['note_required'], step.note_required],
                ['Repeat_Every_Days__c', ['repeat_every_days'], step.repeat_every_days ?? null],
                ['Instructions__c', ['instructions'], step.instructions],
                ['Key_Questions__c', ['key_questions'], lines(step.key_questions)],
                ['Pitfall__c', ['pitfall'], step.pitfall ?? null],
            ],
        ),
    );
    const resources = [
        ...content.steps.flatMap((step, index) =>
            (step.resources ?? []).map((entry, position) =>
                planResource(
                    versionKey,
                    entry,
                    position,
                    ['steps', index, 'resources', position],
                    `${versionKey}:${step.key}`,
                ),
            ),
        ),
        ...(content.resources ?? []).map((entry, position) =>
            planResource(versionKey, entry, position, ['resources', position], null),
        ),
    ];
    return { playbook, version, steps, resources };
}

function planResource(
    versionKey: string,
    resource: ResourceContent,
    position: number,
    path: EntryPath,
    stepKey: string | null,
): PlannedResource {
    return {
        ...record('Playbook_Resource__c', `${versionKey}:${resource.key}`, path, [
            ['Name', ['title'], resource.title],
            ['Resource_Type__c', ['type'], resource.type],
            ['Resource_Position__c', [], (position + 1) * 10],
            ['Subject__c', ['subject'], resource.subject ?? null],
            ['Body__c', ['body'], resource.body ?? null],
            ['Url__c', ['url'], resource.url ?? null],
        ]),
        stepKey,
    };
}

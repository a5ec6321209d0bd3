import type { FieldTypeName } from 'c/formula';
import { FIGURE_NAMES, prepareRules } from 'c/playbookEngine';
import type { FieldTypes, Settings, Trigger } from 'c/playbookEngine';
import { childrenOf, valueOf } from '../xml.ts';
import type { FieldMetadata, Finding, MetadataFile, Project } from '../project.ts';

/** Metadata type → type in formulas; what is not here is text. */
const TYPES: Readonly<Record<string, FieldTypeName>> = {
    Checkbox: 'Checkbox',
    Currency: 'Currency',
    Date: 'Date',
    DateTime: 'DateTime',
    Lookup: 'Id',
    MultiselectPicklist: 'MultiPicklist',
    Number: 'Number',
    Percent: 'Percent',
    Picklist: 'Picklist',
    Time: 'Time',
};
/** Fields of the platform that shipped rules may name. */
const STANDARD: FieldTypes = {
    Id: { type: 'Id' },
    Name: { type: 'Text' },
    Industry: { type: 'Picklist' },
    OwnerId: { type: 'Id' },
    'Owner.Name': { type: 'Text' },
    'Champion__r.Name': { type: 'Text' },
    'Champion__r.Email': { type: 'Text' },
};

/** The shipped triggers compile with the shipped settings on the shipped Account fields. */
export function triggerFormulas(project: Project): Finding[] {
    const records = project.metadata('md');
    const ofType = (type: string) => records.filter((record) => record.name.startsWith(`${type}.`));
    const settings = ofType('Playbook_Setting').at(0);
    if (settings === undefined) {
        return [{ file: 'force-app', what: 'there is no record of Playbook_Setting__mdt', todo: 'ship a default one' }];
    }
    const { problems } = prepareRules({
        triggers: ofType('Playbook_Trigger').map(triggerOf),
        settings: settingsOf(settings),
        fieldTypes: accountFields(project),
    });
    return problems.map((problem) => {
        const file =
            problem.where === 'setting' ? settings : records.find((record) => record.name.endsWith(`.${problem.key}`));
        const at = problem.position === null ? '' : ` (position ${problem.position})`;
        return {
            file: file?.path ?? `${problem.where} ${problem.key}`,
            what: `${problem.field}: ${problem.message}${at}`,
            todo: 'correct it: the rule is off until then',
        };
    });
}

function triggerOf(record: MetadataFile): Trigger {
    const values = valuesOfRecord(record);
    const text = (field: string) => values.get(field) ?? null;
    const key = record.name.slice(record.name.indexOf('.') + 1);
    const label = valueOf(record.root, 'label') ?? key;
    const signal = text('Kind__c') === 'Signal';
    return {
        key,
        label,
        kind: signal ? 'Signal' : 'Playbook',
        playbookKey: text('Playbook_Key__c'),
        active: text('Active__c') === 'true',
        priority: Number(text('Priority__c') ?? 0),
        tier: text('Tier__c'),
        enterWhen: text('Enter_When__c') ?? '',
        exitWhen: text('Exit_When__c') ?? '',
        holdDays: Number(text('Hold_Days__c') ?? 0),
        cooldownDays: Number(text('Cooldown_Days__c') ?? 0),
        expiresAfterDays: null,
        anchor: FIGURE_NAMES.find((figure) => figure === text('Anchor__c')) ?? null,
        explanation: text('Explanation__c'),
        action: signal
            ? {
                  title: text('Signal_Title__c') ?? label,
                  instructions: text('Signal_Instructions__c'),
                  customerContact: text('Signal_Contact__c') === 'true',
                  dueInWorkingHours: Number(text('Signal_Due_Hours__c') ?? 0),
              }
            : null,
    };
}

/** `Health_On_Field__c` maps the figure HealthOn. */
function settingsOf(record: MetadataFile): Settings {
    const mapped = [...valuesOfRecord(record)].flatMap(([field, path]) => {
        const name = field.replace(/_Field__c$/, '').replaceAll('_', '');
        const figure = FIGURE_NAMES.find((known) => known === name);
        return figure !== undefined && path !== null ? [[figure, path] as const] : [];
    });
    const figures = Object.fromEntries(mapped);
    return {
        figures,
        workingDays: [1, 2, 3, 4, 5],
        holidays: [],
        lateStartDays: 0,
        staleAfterDays: 0,
        capacity: 10,
        contactGuardDays: 7,
        maxSnoozeDays: 30,
        nurtureWhen: null,
    };
}

/** By field; null for blank. */
function valuesOfRecord(record: MetadataFile): ReadonlyMap<string, string | null> {
    return new Map(
        childrenOf(record.root, 'values').map((entry): [string, string | null] => {
            const value = childrenOf(entry, 'value').at(0);
            const blank = value === undefined || value.attributes['xsi:nil'] === 'true' || value.text === '';
            return [valueOf(entry, 'field') ?? '', blank ? null : value.text];
        }),
    );
}

function accountFields(project: Project): FieldTypes {
    const shipped = [...(project.fields.get('Account')?.values() ?? [])].map(
        (field) => [field.name, { type: typeOf(field), label: valueOf(field.root, 'label') ?? field.name }] as const,
    );
    return { ...STANDARD, ...Object.fromEntries(shipped) };
}

function typeOf(field: FieldMetadata): FieldTypeName {
    return TYPES[field.type] ?? 'Text';
}

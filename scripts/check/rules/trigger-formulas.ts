import { compileFormula, FormulaError } from 'c/formula';
import type { FieldTypeName } from 'c/formula';
import { prepareRules, ruleScope, templateProblems } from 'c/playbookEngine';
import type { FieldTypes, Settings } from 'c/playbookEngine';
import { readSettings, readTrigger } from 'c/playbookRecords';
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
    'Champion__r.FirstName': { type: 'Text' },
    'Champion__r.Email': { type: 'Text' },
};

/** The shipped triggers, the texts of signals and the nurture rule compile with the shipped settings on the shipped Account fields. */
export function triggerFormulas(project: Project): Finding[] {
    const records = project.metadata('md');
    const ofType = (type: string) => records.filter((record) => record.name.startsWith(`${type}.`));
    const settings = ofType('Playbook_Setting').at(0);
    if (settings === undefined) {
        return [{ file: 'force-app', what: 'there is no record of Playbook_Setting__mdt', todo: 'ship a default one' }];
    }
    const fieldTypes = accountFields(project);
    const read = readSettings(rowOf(settings), []);
    const { problems } = prepareRules({
        triggers: ofType('Playbook_Trigger').map((record) => readTrigger(rowOf(record))),
        settings: read,
        fieldTypes,
    });
    const ofTriggers = problems.map((problem): Finding => {
        const file =
            problem.where === 'setting' ? settings : records.find((record) => record.name.endsWith(`.${problem.key}`));
        const at = problem.position === null ? '' : ` (position ${problem.position})`;
        return {
            file: file?.path ?? `${problem.where} ${problem.key}`,
            what: `${problem.field}: ${problem.message}${at}`,
            todo: 'correct it: the rule is off until then',
        };
    });
    const ofTexts = ofType('Playbook_Trigger').flatMap((record) =>
        templateProblems(rowOf(record)['Signal_Instructions__c'] ?? '', ruleScope(fieldTypes, read)).map(
            ({ message, position }): Finding => ({
                file: record.path,
                what: `Signal Instructions: ${message} (position ${position})`,
                todo: 'correct it: the page shows the gap in the middle of the text',
            }),
        ),
    );
    return [...ofTriggers, ...ofTexts, ...nurtureProblems(read, fieldTypes, settings.path)];
}

function nurtureProblems(settings: Settings, fieldTypes: FieldTypes, file: string): Finding[] {
    if (settings.nurtureWhen === null) return [];
    try {
        const scope = ruleScope(fieldTypes, settings);
        compileFormula(settings.nurtureWhen, scope, { blanks: 'unknown', expect: 'Checkbox' });
        return [];
    } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        const todo = 'correct it: the nurture filter is empty until then';
        return error.issues.map(({ message, position }) => ({
            file,
            what: `Nurture When: ${message} (position ${position})`,
            todo,
        }));
    }
}

/** The record as a query gives it: values by field, null for blank. */
function rowOf(record: MetadataFile): Readonly<Record<string, string | null>> {
    const key = record.name.slice(record.name.indexOf('.') + 1);
    const values = childrenOf(record.root, 'values').map((entry): [string, string | null] => {
        const value = childrenOf(entry, 'value').at(0);
        const blank = value === undefined || value.attributes['xsi:nil'] === 'true' || value.text === '';
        return [valueOf(entry, 'field') ?? '', blank ? null : value.text];
    });
    return { DeveloperName: key, MasterLabel: valueOf(record.root, 'label') ?? key, ...Object.fromEntries(values) };
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

/** What has to be right about a playbook beyond its shape. Needs no org: lengths and picklists come from the project's metadata. */
import { checkFormula } from 'c/formula';
import type { FormulaIssue } from 'c/formula';
import { ruleScope, stepScope, templateProblems } from 'c/playbookEngine';
import type { FieldTypes, Settings, Step } from 'c/playbookEngine';
import { accountFieldTypes, readProjectFields } from '../lib/project-metadata.ts';
import type { ProjectField } from '../lib/project-metadata.ts';
import type { EntryPath, FileProblem } from '../lib/yaml-file.ts';
import type { StepContent } from './format.ts';
import { checkDecisions } from './decision-checks.ts';
import { planRecords } from './records.ts';
import type { PlannedRecord } from './records.ts';
import type { PlaybookSource } from './source.ts';

export interface CheckContext {
    /** Types by Account field path. */
    readonly fieldTypes: FieldTypes;
    /** Fields by object, then API name. */
    readonly fields: ReadonlyMap<string, ReadonlyMap<string, ProjectField>>;
    /** Values of the run's cause, which a step with the key `cause` may offer. */
    readonly causes: readonly string[];
}

/** Notes a problem at an entry of the file; `offset` counts characters into a text. */
export type Report = (path: EntryPath, message: string, action: string, offset?: number) => void;

const NAME_LENGTH = 80;
/** A chosen answer is kept in Decision__c. */
const DECISION_LENGTH = 255;
const RECORD_TYPES = ['Playbook__c', 'Playbook_Version__c', 'Playbook_Step__c', 'Playbook_Resource__c'];

/** Formulas of a file are checked against the figures as such; which field an org maps them to is its own business. */
const NO_SETTINGS: Settings = {
    figures: {},
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    lateStartDays: 0,
    staleAfterDays: 0,
    capacity: 10,
    contactGuardDays: 7,
    maxSnoozeDays: 30,
    nurtureWhen: null,
    practiceWhen: null,
    smallCount: 10,
    hideIndividuals: false,
};

/** The context from the project's files, with an org's own Account fields laid over them where given. */
export async function loadCheckContext(orgFieldTypes: FieldTypes = {}): Promise<CheckContext> {
    const fields = new Map<string, ReadonlyMap<string, ProjectField>>();
    for (const type of RECORD_TYPES) {
        fields.set(type, await readProjectFields(type));
    }
    const causes = (await readProjectFields('Playbook_Run__c')).get('Cause__c')?.values ?? [];
    return { fieldTypes: { ...(await accountFieldTypes()), ...orgFieldTypes }, fields, causes };
}

/** Everything wrong with one file, by line. */
export function checkPlaybook(source: PlaybookSource, context: CheckContext): FileProblem[] {
    const problems: FileProblem[] = [];
    const report: Report = (path, message, action, offset) => {
        problems.push({ file: source.file, line: source.line(path, offset), message, action });
    };
    checkKeys(source, report);
    checkDependencies(source.content.steps, report);
    checkRecords(source, context, report);
    checkDecisions(source.content, context.causes, DECISION_LENGTH, report);
    checkFormulas(source, context, report);
    return problems.sort((a, b) => a.line - b.line);
}

/** Problems between files: one key, one file. */
export function checkTogether(sources: readonly PlaybookSource[]): FileProblem[] {
    const seen = new Map<string, PlaybookSource>();
    return sources.flatMap((source) => {
        const first = seen.get(source.content.key);
        if (first === undefined) {
            seen.set(source.content.key, source);
            return [];
        }
        return [
            {
                file: source.file,
                line: source.line(['key']),
                message: `The key “${source.content.key}” is taken by ${first.file}.`,
                action: 'Give one of the two another key.',
            },
        ];
    });
}

function checkKeys({ content }: PlaybookSource, report: Report): void {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(content.key)) {
        report(
            ['key'],
            `“${content.key}” is no key.`,
            'Use lower-case letters, digits and single hyphens, such as at-risk.',
        );
    }
    const steps = new Map<string, number>();
    const resources = new Set<string>();
    content.steps.forEach((step, index) => {
        const path = ['steps', index, 'key'];
        if (!/^[a-z][a-z0-9_]*$/.test(step.key)) {
            report(
                path,
                `“${step.key}” is no step key.`,
                'Use lower-case letters, digits and underscores, such as check_data.',
            );
        }
        if (steps.has(step.key)) {
            report(path, `A second step has the key “${step.key}”.`, 'Give one of the two another key.');
        }
        steps.set(step.key, index);
        (step.resources ?? []).forEach((resource, position) => {
            checkResourceKey(resource.key, resources, [...path.slice(0, 2), 'resources', position, 'key'], report);
        });
    });
    (content.resources ?? []).forEach((resource, position) => {
        checkResourceKey(resource.key, resources, ['resources', position, 'key'], report);
    });
}

function checkResourceKey(key: string, seen: Set<string>, path: EntryPath, report: Report): void {
    if (!/^[a-z][a-z0-9_]*$/.test(key)) {
        report(
            path,
            `“${key}” is no resource key.`,
            'Use lower-case letters, digits and underscores, such as call_invite.',
        );
    }
    if (seen.has(key)) {
        report(path, `A second resource has the key “${key}”.`, 'Give one of the two another key.');
    }
    seen.add(key);
}

function checkDependencies(steps: readonly StepContent[], report: Report): void {
    const byKey = new Map(steps.map((step) => [step.key, step]));
    steps.forEach((step, index) => {
        const path = ['steps', index, 'depends_on'];
        if (step.depends_on === undefined) {
            return;
        }
        if (!byKey.has(step.depends_on)) {
            report(
                path,
                `There is no step “${step.depends_on}”.`,
                'Name the key of another step, or take the entry out.',
            );
            return;
        }
        const visited = new Set<string>();
        for (let key: string | undefined = step.key; key !== undefined; key = byKey.get(key)?.depends_on) {
            if (visited.has(key)) {
                report(path, `“${step.key}” waits for itself: ${[...visited, key].join(' → ')}.`, 'Break the circle.');
                return;
            }
            visited.add(key);
        }
    });
}

function checkRecords({ content }: PlaybookSource, context: CheckContext, report: Report): void {
    const planned = planRecords(content);
    for (const record of [planned.playbook, planned.version, ...planned.steps, ...planned.resources]) {
        for (const [name, value] of Object.entries(record.fields)) {
            if (typeof value === 'string') {
                checkText(record, name, value, context, report);
            }
        }
    }
    for (const resource of planned.resources) {
        if (resource.fields['Body__c'] === null && resource.fields['Url__c'] === null) {
            report(resource.path, 'This resource has neither body nor url.', 'Give it one of the two.');
        }
        const url = resource.fields['Url__c'];
        if (typeof url === 'string' && !/^https?:\/\//i.test(url)) {
            report([...resource.path, 'url'], `“${url}” is no web address.`, 'Begin it with https://.');
        }
    }
}

function checkText(record: PlannedRecord, name: string, value: string, context: CheckContext, report: Report): void {
    const path = record.entries[name] ?? record.path;
    const field = context.fields.get(record.type)?.get(name);
    const limit = name === 'Name' ? NAME_LENGTH : (field?.length ?? null);
    if (limit !== null && value.length > limit) {
        report(path, `The text has ${value.length} characters; there is room for ${limit}.`, 'Shorten it.');
    }
    if (field !== undefined && field.values.length > 0 && !field.values.includes(value)) {
        report(path, `“${value}” is not a ${field.label}.`, `Use one of: ${field.values.join(', ')}.`);
    }
}

function checkFormulas({ content }: PlaybookSource, context: CheckContext, report: Report): void {
    const scope = stepScope(ruleScope(context.fieldTypes, NO_SETTINGS), content.steps.map(engineStep));
    const reportIssues = (path: EntryPath, issues: readonly FormulaIssue[]): void => {
        for (const issue of issues) {
            report(path, issue.message, '', issue.position);
        }
    };
    const condition = (path: EntryPath, formula: string | undefined): void => {
        if (formula !== undefined) {
            reportIssues(path, checkFormula(formula, scope, { expect: 'Checkbox' }).issues);
        }
    };
    const merged = (path: EntryPath, text: string | undefined): void => {
        if (text !== undefined) {
            reportIssues(path, templateProblems(text, scope));
        }
    };
    condition(['success_when'], content.success_when);
    condition(['lost_when'], content.lost_when);
    const resources = (path: EntryPath, list: StepContent['resources']): void => {
        (list ?? []).forEach((resource, position) => {
            merged([...path, position, 'subject'], resource.subject);
            merged([...path, position, 'body'], resource.body);
        });
    };
    content.steps.forEach((step, index) => {
        condition(['steps', index, 'show_when'], step.show_when);
        merged(['steps', index, 'instructions'], step.instructions);
        resources(['steps', index, 'resources'], step.resources);
    });
    resources(['resources'], content.resources);
}

/** What the engine needs of a step to know its names. */
export function engineStep(step: StepContent, index: number): Step {
    return {
        id: step.key,
        key: step.key,
        position: (index + 1) * 10,
        phase: step.phase,
        title: step.title,
        role: step.role ?? null,
        required: step.required,
        customerContact: step.customer_contact,
        showWhen: step.show_when ?? null,
        dependsOn: step.depends_on ?? null,
        dueFrom: asDueFrom(step.due?.from),
        dueOffset: step.due?.offset ?? null,
        dueUnit: asDueUnit(step.due?.unit),
        decision: step.decision ?? null,
        noteRequired: step.note_required,
        repeatEveryDays: step.repeat_every_days ?? null,
    };
}

function asDueFrom(text: string | undefined): Step['dueFrom'] {
    return text === 'Start' || text === 'Anchor' || text === 'Previous step' ? text : null;
}

function asDueUnit(text: string | undefined): Step['dueUnit'] {
    return text === 'Working hours' || text === 'Days' || text === 'Business days' ? text : null;
}

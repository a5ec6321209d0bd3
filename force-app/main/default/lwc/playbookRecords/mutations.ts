/** One action as one mutation: all of it is written, or nothing. */
import type { ChangePlan, FieldChanges } from 'c/playbookEngine';

export interface MutationRequest {
    /** Built from constant words and counters only; every value travels as a variable. */
    readonly document: string;
    readonly variables: Readonly<Record<string, unknown>>;
}

interface Operation {
    readonly alias: string;
    readonly type: string;
    readonly action: 'Create' | 'Update';
    readonly id?: string;
    readonly fields: FieldChanges;
}

const RUN = 'Playbook_Run__c';
const COMPLETION = 'Step_Completion__c';
const TASK = 'Task';

/**
 * Operations in an order that the org's validation rules take: the completions of a closed run are frozen, so a run is reopened before they
 * change and closed after; one that is closed with another outcome is reopened on its own before. `@{run}` stands for the id of the run that the same request creates.
 */
function operationsOf(plan: ChangePlan): readonly Operation[] {
    const reopens = plan.updateRun?.fields['Run_Status__c'] === 'Open';
    const runId = plan.createRun ? '@{run}' : plan.updateRun?.id;
    const again: Operation[] = plan.reopenRun
        ? [{ alias: 'runReopen', type: RUN, action: 'Update', id: plan.reopenRun.id, fields: plan.reopenRun.fields }]
        : [];
    const create: Operation[] = plan.createRun
        ? [{ alias: 'run', type: RUN, action: 'Create', fields: plan.createRun }]
        : [];
    const update: Operation[] =
        plan.updateRun && runId
            ? [{ alias: 'runUpdate', type: RUN, action: 'Update', id: runId, fields: plan.updateRun.fields }]
            : [];
    // Before the completion that names it.
    const task: Operation[] = plan.createTask
        ? [{ alias: 'task', type: TASK, action: 'Create', fields: plan.createTask }]
        : [];
    const completions: Operation[] = [
        ...plan.updateCompletions.map(({ id, fields }, index): Operation => ({
            alias: `completionUpdate${index}`,
            type: COMPLETION,
            action: 'Update',
            id,
            fields,
        })),
        ...plan.createCompletions.map((fields, index): Operation => ({
            alias: `completion${index}`,
            type: COMPLETION,
            action: 'Create',
            fields: { ...fields, [RUN]: runId ?? null },
        })),
    ];
    return reopens
        ? [...update, ...create, ...task, ...completions]
        : [...again, ...create, ...task, ...completions, ...update];
}

/** The mutation for a plan. Throws when the plan changes nothing, which would be a mistake of the caller. */
export function mutationFor(plan: ChangePlan): MutationRequest {
    const operations = operationsOf(plan);
    if (operations.length === 0) throw new Error('A change plan without a change cannot be saved.');
    const declared = operations.map(({ alias, type, action }) => `$${alias}: ${type}${action}Input!`).join(', ');
    const body = operations
        .map(({ alias, type, action }) => `${alias}: ${type}${action}(input: $${alias}) { Record { Id } }`)
        .join('\n');
    return {
        document: `mutation SavePlaybookAction(${declared}) { uiapi(input: { allOrNone: true }) { ${body} } }`,
        variables: Object.fromEntries(
            operations.map(({ alias, type, id, fields }) => [alias, { ...(id ? { Id: id } : {}), [type]: fields }]),
        ),
    };
}

/** Ids of the created records by alias, from the mutation's result. */
export function createdIds(data: unknown): Readonly<Record<string, string>> {
    const results =
        (data as { uiapi?: Record<string, { Record?: { Id?: string } | null } | null> } | null)?.uiapi ?? {};
    return Object.fromEntries(
        Object.entries(results).flatMap(([alias, result]) => (result?.Record?.Id ? [[alias, result.Record.Id]] : [])),
    );
}

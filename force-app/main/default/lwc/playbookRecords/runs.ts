/** Runs and completions as the page reads them, and as they will stand once a change is written. */
import { NEW_TASK_ID, TIERS, type ChangePlan, type Completion, type FieldChanges, type Run } from 'c/playbookEngine';
import { choice, choiceOrNull, flag, number, nodesOf, parent, text, type GraphNode } from './nodes';

const OUTCOMES = [
    'Saved',
    'Recovered',
    'Lost',
    'Let go',
    'False alarm',
    'Expired',
    'Renewed',
    'Renewed smaller',
    'Not renewed',
    'Completed',
] as const;

const KEPT = ['Provisional', 'Kept for 90 days', 'Kept at renewal', 'Kept smaller', 'Lost since'] as const;

/** Of a run, or of a group of runs. */
export const readKept = (node: GraphNode): Run['kept'] => choiceOrNull(node, 'Kept__c', KEPT);

const tier = (node: GraphNode, field: string): Run['firstTier'] => choiceOrNull(node, field, TIERS) ?? 'Moderate';

export function readCompletion(node: GraphNode): Completion {
    const by = parent(node, 'Completed_By__r');
    return {
        id: text(node, 'Id') ?? '',
        key: text(node, 'Completion_Key__c') ?? '',
        stepKey: text(node, 'Recorded_Step_Key__c') ?? '',
        occurrence: number(node, 'Occurrence__c') ?? 1,
        status: choice(node, 'Completion_Status__c', ['Done', 'Skipped', 'Not applicable', 'Not done', 'Undone']),
        decision: (text(node, 'Decision__c') ?? '').split(';').filter((option) => option !== ''),
        skipReason: text(node, 'Skip_Reason__c'),
        note: text(node, 'Note__c'),
        dueAt: text(node, 'Due_At__c'),
        completedAt: text(node, 'Completed_At__c'),
        completedByName: by ? text(by, 'Name') : null,
        taskId: text(node, 'Task_Id__c'),
        customerContact: flag(node, 'Recorded_Contact__c'),
    };
}

/** `playbookKey` is the key of the run's playbook, from its lookup. */
export function readRun(node: GraphNode, completions: readonly Completion[]): Run {
    const playbook = parent(node, 'Run_Playbook__r');
    return {
        id: text(node, 'Id') ?? '',
        episodeKey: text(node, 'Episode_Key__c') ?? '',
        episodeNumber: number(node, 'Episode_Number__c') ?? 1,
        playbookKey: playbook ? text(playbook, 'Key__c') : null,
        playbookName: playbook ? text(playbook, 'Name') : null,
        versionId: text(node, 'Run_Version__c'),
        triggerKey: text(node, 'Trigger_Key__c'),
        status: choice(node, 'Run_Status__c', ['Open', 'Waiting', 'Snoozed', 'Closed']),
        openedBy: choice(node, 'Opened_By__c', ['First action', 'By hand', 'Sweep']),
        firstTier: tier(node, 'First_Tier__c'),
        worstTier: tier(node, 'Worst_Tier__c'),
        currentTier: tier(node, 'Current_Tier__c'),
        reason: text(node, 'Reason__c'),
        anchorOn: text(node, 'Anchor_On__c'),
        surfacedAt: text(node, 'Surfaced_At__c') ?? '',
        closedAt: text(node, 'Closed_At__c'),
        snoozedUntil: text(node, 'Snoozed_Until__c'),
        snoozeReason: text(node, 'Snooze_Reason__c'),
        recoveringSince: text(node, 'Recovering_Since__c'),
        actedAt: text(node, 'Acted_At__c'),
        reopenedCount: number(node, 'Reopened_Count__c') ?? 0,
        returnedAt: text(node, 'Returned_At__c'),
        csmId: text(node, 'Run_CSM__c'),
        nextStep: text(node, 'Next_Step__c'),
        nextDueAt: text(node, 'Next_Due_At__c'),
        outcome: choiceOrNull(node, 'Outcome__c', OUTCOMES),
        outcomeBy: text(node, 'Outcome_By__c'),
        outcomeReason: text(node, 'Outcome_Reason__c'),
        cause: text(node, 'Cause__c'),
        healthAtOpening: number(node, 'Health_At_Opening__c'),
        usageAtOpening: number(node, 'Usage_At_Opening__c'),
        arrAtOpening: number(node, 'ARR_At_Opening__c'),
        kind: choiceOrNull(node, 'Run_Kind__c', ['Risk', 'Renewal', 'Signal', 'Other']),
        practice: flag(node, 'Practice__c'),
        arrSaved: number(node, 'ARR_Saved__c'),
        arrLost: number(node, 'ARR_Lost__c'),
        kept: readKept(node),
        keptOn: text(node, 'Kept_On__c'),
        renewalAtCloseOn: text(node, 'Renewal_At_Close_On__c'),
        csmMonths: number(node, 'CSM_Months__c'),
        completions,
    };
}

export const readRunNode = (node: GraphNode): Run =>
    readRun(node, nodesOf(node['Step_Completions__r']).map(readCompletion));

/** Fields that a change overwrites, laid over a record read before: `{ Name: { value } }` as GraphQL gives it. */
function overlay(node: GraphNode, changes: FieldChanges): GraphNode {
    return { ...node, ...Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, { value }])) };
}

const asEdges = (nodes: readonly GraphNode[]): { readonly edges: readonly { readonly node: GraphNode }[] } => ({
    edges: nodes.map((node) => ({ node })),
});

/**
 * The runs as they will stand after `plan`: shown at once, confirmed by the server, or dropped when it refuses.
 * `ids` names created records (`run`, `completion0`, …) once the server has given them; until then they carry their alias.
 */
export function applyPlan(
    runs: readonly GraphNode[],
    plan: ChangePlan,
    context: {
        readonly playbook: GraphNode | null;
        readonly userName: string;
        readonly ids?: Readonly<Record<string, string>>;
    },
): readonly GraphNode[] {
    const ids = context.ids ?? {};
    const by = { Completed_By__r: { Name: { value: context.userName } } };
    // Until the server has given the task's id, the completion has a proof all the same.
    const proven = (fields: FieldChanges): FieldChanges =>
        fields['Task_Id__c'] === NEW_TASK_ID ? { ...fields, Task_Id__c: ids['task'] ?? 'task' } : fields;
    const created = plan.createCompletions.map((fields, index) => ({
        ...overlay({ Id: ids[`completion${index}`] ?? `completion${index}` }, proven(fields)),
        ...(fields['Completed_At__c'] ? by : {}),
    }));
    const updates = new Map(plan.updateCompletions.map(({ id, fields }) => [id, proven(fields)]));
    if (plan.createRun) {
        const fields = { ...plan.createRun, ...plan.updateRun?.fields };
        const run = {
            ...overlay({ Id: ids['run'] ?? 'run' }, fields),
            Run_Playbook__r: context.playbook,
            Step_Completions__r: asEdges(created),
        };
        // A refresh may have brought the run already, before its confirmation arrived here.
        return [run, ...runs.filter((other) => text(other, 'Episode_Key__c') !== text(run, 'Episode_Key__c'))];
    }
    const createdKeys = new Set(created.map((completion) => text(completion, 'Completion_Key__c')));
    return runs.map((run) => {
        if (run['Id'] !== plan.updateRun?.id) return run;
        const kept = nodesOf(run['Step_Completions__r'])
            .filter((completion) => !createdKeys.has(text(completion, 'Completion_Key__c')))
            .map((completion) => {
                const changes = updates.get(text(completion, 'Id') ?? '');
                if (!changes) return completion;
                return { ...overlay(completion, changes), ...(changes['Completed_At__c'] ? by : {}) };
            });
        return {
            ...overlay(run, { ...plan.reopenRun?.fields, ...plan.updateRun?.fields }),
            Step_Completions__r: asEdges([...kept, ...created]),
        };
    });
}

/** Runs that were closed long ago, as an admin records them: what the panel tells of the past, and how often a playbook worked. */
import type { Connection } from 'jsforce';
import { accountIdOf } from './steps.ts';

const DAY_MS = 86_400_000;
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

export interface PastStep {
    readonly title: string;
    readonly status: 'Done' | 'Skipped' | 'Not done';
    readonly contact?: boolean;
    readonly reason?: string;
    readonly note?: string;
    /** What a manager wrote. */
    readonly comment?: string;
}

export interface PastRun {
    readonly account: string;
    readonly number: number;
    readonly closedDaysAgo: number;
    readonly outcome: string;
    readonly openedBy?: 'Sweep' | 'First action';
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly steps?: readonly PastStep[];
}

/** Connections of an admin, who may record the past, and of a manager, who comments. */
export interface Recorders {
    readonly admin: Connection;
    readonly manager: Connection;
}

/** Records a closed run of the At-Risk playbook; gives its id. */
export async function recordPast({ admin, manager }: Recorders, run: PastRun): Promise<string> {
    const accountId = await accountIdOf(admin, run.account);
    const { records } = await admin.query<{ readonly Id: string; readonly Playbook__c: string }>(
        "SELECT Id, Playbook__c FROM Playbook_Version__c WHERE Playbook__r.Key__c = 'at-risk' AND Version_Status__c = 'Published'",
    );
    const saved = await admin.sobject('Playbook_Run__c').create({
        Account__c: accountId,
        Run_Playbook__c: records[0]?.Playbook__c,
        Run_Version__c: records[0]?.Id,
        Trigger_Key__c: 'At_Risk',
        Episode_Key__c: `${accountId}:at-risk:${run.number}`,
        Episode_Number__c: run.number,
        Run_Kind__c: 'Risk',
        Run_Status__c: 'Open',
        Opened_By__c: run.openedBy ?? 'First action',
        First_Tier__c: 'High',
        Worst_Tier__c: 'High',
        Current_Tier__c: 'High',
        Reason__c: 'Health is 52 (limit 60).',
        Surfaced_At__c: daysAgo(run.closedDaysAgo + 40),
    });
    const runId = saved.id ?? '';
    for (const [index, step] of (run.steps ?? []).entries()) {
        await recordStep(runId, `${accountId}:at-risk:${run.number}:${index}`, step, run.closedDaysAgo + 30 - index);
    }
    await admin.sobject('Playbook_Run__c').update({
        Id: runId,
        Run_Status__c: 'Closed',
        Outcome__c: run.outcome,
        Closed_At__c: daysAgo(run.closedDaysAgo),
        ...run.fields,
    });
    return runId;

    async function recordStep(inRun: string, key: string, step: PastStep, days: number): Promise<void> {
        const completion = await admin.sobject('Step_Completion__c').create({
            Playbook_Run__c: inRun,
            Completion_Key__c: key,
            Recorded_Title__c: step.title,
            Recorded_Step_Key__c: key.slice(-1),
            Recorded_Contact__c: step.contact ?? false,
            Recorded_Required__c: true,
            Occurrence__c: 1,
            Completion_Status__c: step.status,
            Skip_Reason__c: step.reason,
            Note__c: step.note,
            Completed_At__c: step.status === 'Not done' ? null : daysAgo(days),
        });
        if (step.comment === undefined) return;
        await manager
            .sobject('Coaching_Comment__c')
            .create({ Commented_Step__c: completion.id, Comment__c: step.comment });
    }
}

/** Finished and open runs with answered steps, as records, for what managers look at. */
import assert from 'node:assert/strict';
import type { Connection } from 'jsforce';
import { userIdOf } from './worklist-steps.ts';

const MS_A_DAY = 86_400_000;

export interface AnswerRecord {
    readonly step: string;
    readonly required?: boolean;
    /** Absent: done. */
    readonly skipped?: string;
    readonly note?: string;
    readonly daysAgo: number;
}

export interface RunRecord {
    readonly account: string;
    readonly csm: string;
    /** Key of the playbook; null: of neither playbook nor trigger that is there. */
    readonly playbook: string | null;
    readonly practice?: boolean;
    readonly answers: readonly AnswerRecord[];
    /** Absent: the run is open. */
    readonly saved?: {
        readonly daysAgo: number;
        readonly arr: number;
        readonly cause: string;
        readonly reason: string;
        readonly kept: string;
    };
}

const daysAgo = (days: number): string => new Date(Date.now() - days * MS_A_DAY).toISOString();
let episodes = 0;

/** Writes one run as the integration user, who may record what lies in the past; gives its id. */
export async function recordRun(connection: Connection, run: RunRecord): Promise<string> {
    const [account] = (
        await connection.query<{ readonly Id: string }>(`SELECT Id FROM Account WHERE Name = '${run.account}'`)
    ).records;
    const [playbook] = (
        await connection.query<{ readonly Id: string }>(
            `SELECT Id FROM Playbook__c WHERE Key__c = '${run.playbook ?? ''}'`,
        )
    ).records;
    assert.ok(account, run.account);
    episodes += 1;
    const key = `${account.Id}:coaching:${episodes}`;
    const csmId = await userIdOf(connection, run.csm);
    const created = await connection.sobject('Playbook_Run__c').create({
        Account__c: account.Id,
        Episode_Key__c: key,
        Episode_Number__c: episodes,
        Run_Status__c: 'Open',
        Opened_By__c: 'Sweep',
        Run_Kind__c: 'Risk',
        Practice__c: run.practice ?? false,
        Run_CSM__c: csmId,
        Run_Playbook__c: playbook?.Id ?? null,
        Trigger_Key__c: playbook ? 'At_Risk' : 'Deleted_Since',
        Surfaced_At__c: daysAgo(200),
    });
    assert.ok(created.success, JSON.stringify(created));
    for (const [index, { step, required = false, skipped, note, daysAgo: days }] of run.answers.entries()) {
        // One after the other: their numbers count up by it.
        const answered = await connection.sobject('Step_Completion__c').create({
            Playbook_Run__c: created.id,
            Completion_Key__c: `${key}:${index}:1`,
            Completion_Status__c: skipped === undefined ? 'Done' : 'Skipped',
            Skip_Reason__c: skipped ?? null,
            Note__c: note ?? null,
            Recorded_Title__c: step,
            Recorded_Required__c: required,
            Recorded_Contact__c: skipped === undefined,
            Completed_At__c: daysAgo(days),
            Completed_By__c: csmId,
        });
        assert.ok(answered.success, JSON.stringify(answered));
    }
    const { saved } = run;
    if (saved) {
        const closed = await connection.sobject('Playbook_Run__c').update({
            Id: created.id,
            Run_Status__c: 'Closed',
            Outcome__c: 'Saved',
            Outcome_Reason__c: saved.reason,
            Outcome_By__c: csmId,
            Cause__c: saved.cause,
            Closed_At__c: daysAgo(saved.daysAgo),
            ARR_At_Opening__c: saved.arr,
            ARR_Saved__c: saved.arr,
            Kept__c: saved.kept,
        });
        assert.ok(closed.success, JSON.stringify(closed));
    }
    return created.id;
}

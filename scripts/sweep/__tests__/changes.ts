/** Changes as the engine plans them, as far as writing is concerned: fields that the org takes, and nothing else. */
import type { ChangePlan, FieldChanges, SweepChange, SweepChangeKind } from 'c/playbookEngine';
import type { Connection } from '../../lib/connection.ts';
import { createRecords, requireIds } from '../../lib/records.ts';

export const NOW = '2026-11-21T18:00:00.000Z';
export const READ_AT = '2026-11-22T01:00:00.000Z';

const NOTHING: ChangePlan = {
    createRun: null,
    updateRun: null,
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};

export interface Written {
    readonly change: SweepChange;
    readonly plan: ChangePlan;
}

export function changeOf(kind: SweepChangeKind, runId: string | null, plan: Partial<ChangePlan>): Written {
    const whole = { ...NOTHING, ...plan };
    return {
        plan: whole,
        change: {
            kind,
            triggerKey: 'Test',
            playbookKey: null,
            tier: 'High',
            rank: 1,
            arr: null,
            runId,
            needsPlace: false,
            plan: whole,
        },
    };
}

export const episodeKey = (accountId: string, number = 1): string => `${accountId}:Test:${number}`;

export function runFields(accountId: string, fields: FieldChanges = {}): FieldChanges {
    return {
        Account__c: accountId,
        Trigger_Key__c: 'Test',
        Episode_Key__c: episodeKey(accountId),
        Episode_Number__c: 1,
        Run_Status__c: 'Open',
        Opened_By__c: 'Sweep',
        First_Tier__c: 'High',
        Worst_Tier__c: 'High',
        Current_Tier__c: 'High',
        Surfaced_At__c: NOW,
        ...fields,
    };
}

export function completionFields(runId: string, accountId: string, fields: FieldChanges = {}): FieldChanges {
    return {
        Playbook_Run__c: runId,
        Completion_Key__c: `${episodeKey(accountId)}:call:1`,
        Recorded_Step_Key__c: 'call',
        Occurrence__c: 1,
        Completion_Status__c: 'Not done',
        ...fields,
    };
}

/** A new run of an account. */
export function opens(accountId: string, fields: FieldChanges = {}): Written {
    return changeOf('open', null, {
        createRun: runFields(accountId, { Swept_At__c: READ_AT, Swept_Seen_At__c: null, ...fields }),
    });
}

/** Another tier of a run that nobody has acted on since `seenAt`. */
export function raises(runId: string, seenAt: string | null = null, fields: FieldChanges = {}): Written {
    return changeOf('raise', runId, {
        updateRun: {
            id: runId,
            fields: { Current_Tier__c: 'Critical', ...marks(seenAt), ...fields },
        },
    });
}

/** The end of a run, with one step that was not done; `completionId`: that one was undone before. */
export function closes(
    runId: string,
    accountId: string,
    { completionId = null, seenAt = null }: { completionId?: string | null; seenAt?: string | null } = {},
): Written {
    return changeOf('close', runId, {
        createCompletions: completionId === null ? [completionFields(runId, accountId)] : [],
        updateCompletions:
            completionId === null
                ? []
                : [
                      {
                          id: completionId,
                          fields: { Completion_Status__c: 'Not done', Note__c: 'stays', Due_At__c: null },
                      },
                  ],
        updateRun: {
            id: runId,
            fields: {
                Run_Status__c: 'Closed',
                Outcome__c: 'Recovered',
                Closed_At__c: READ_AT,
                Next_Step__c: null,
                ...marks(seenAt),
            },
        },
    });
}

/** A closed run that goes on, with what closing had recorded. */
export function continues(runId: string, completionId: string): Written {
    return changeOf('continue', runId, {
        updateRun: {
            id: runId,
            fields: {
                Run_Status__c: 'Open',
                Outcome__c: null,
                Closed_At__c: null,
                Reopened_Count__c: 1,
                ...marks(null),
            },
        },
        updateCompletions: [{ id: completionId, fields: { Completion_Status__c: 'Undone' } }],
    });
}

function marks(seenAt: string | null): FieldChanges {
    return { Swept_At__c: READ_AT, Swept_Seen_At__c: seenAt };
}

/** Ids of new records, in their order. */
export async function made(
    connection: Connection,
    object: string,
    records: readonly FieldChanges[],
): Promise<string[]> {
    return requireIds(
        await createRecords(connection, object, records),
        ({ errors }) => new Error(errors.map(({ message }) => message).join('; ')),
    );
}

export async function accounts(connection: Connection, count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, at) => ({ Name: `Account ${at} of ${count}` }));
    return made(connection, 'Account', names);
}

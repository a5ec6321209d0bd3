/** A local org with the shipped playbooks and the sample accounts, and sweeps of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { importPlaybooks } from '../../playbooks/import.ts';
import { loadSample } from '../../sample/load.ts';
import { WHOLE } from '../shards.ts';
import { runSweep } from '../sweep.ts';
import type { SweepRequest, Swept } from '../sweep.ts';
import { sweepOrg } from './sweep-org.ts';
import type { SweepOrg } from './sweep-org.ts';

export interface SweptOrg extends SweepOrg {
    /** Where its sweeps keep their state. */
    readonly stateDir: string;
    sweep(options?: Partial<SweepRequest>): Promise<Swept>;
    count(object: string): Promise<number>;
}

export const TODAY = new Date().toISOString().slice(0, 10);

export async function sampleOrg(): Promise<SweptOrg> {
    const org = await sweepOrg();
    const stateDir = await mkdtemp(join(tmpdir(), 'sweep-state-'));
    after(() => rm(stateDir, { recursive: true, force: true }));
    const { connection } = org;
    await importPlaybooks({ connection, directory: 'data/playbooks' });
    await loadSample({ connection, directory: 'data/sample', today: TODAY });
    return {
        ...org,
        stateDir,
        count: async (object) => (await connection.query(`SELECT COUNT() FROM ${object}`)).totalSize,
        sweep: async (options = {}) =>
            runSweep({
                client: options.client ?? (await org.client()),
                shard: WHOLE,
                dryRun: false,
                full: false,
                stateDir,
                startProgress: () => ({ update: () => undefined, stop: () => undefined }),
                say: () => undefined,
                ...options,
            }),
    };
}

/** Accounts of Maya on which At Risk does not hold, the smallest first, made such that it does. Gives their ids. */
export async function makeUnhappy(org: SweptOrg, count: number): Promise<readonly string[]> {
    const found = await org.rows(
        `SELECT Id FROM Account WHERE CSM__r.Username LIKE 'maya@%' AND Health_Score__c > 70 AND Notice_Given_On__c = null ORDER BY ARR__c LIMIT ${count}`,
    );
    const ids = found.map(({ Id }) => String(Id));
    await org.connection
        .sobject('Account')
        .update(ids.map((Id) => ({ Id, Health_Score__c: 50, Health_Score_On__c: TODAY })));
    return ids;
}

/** Everything that a sweep writes about accounts, by keys: the same in two orgs that have been through the same. */
export async function recorded(org: SweptOrg): Promise<readonly Record<string, unknown>[]> {
    const runs = await org.rows(
        'SELECT Episode_Key__c, Run_Status__c, Run_CSM__c, Trigger_Key__c, Current_Tier__c, Worst_Tier__c, Outcome__c, Reason__c, Next_Step__c, Kept__c, CSM_Months__c, ARR_Saved__c, ARR_Lost__c FROM Playbook_Run__c ORDER BY Episode_Key__c',
    );
    const completions = await org.rows(
        'SELECT Completion_Key__c, Completion_Status__c FROM Step_Completion__c ORDER BY Completion_Key__c',
    );
    return [...runs, ...completions];
}

/** Nobody who is measured by the figures changes what they are made of, with the API in hand either. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { API_VERSION } from '../../lib/connection.ts';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { createRecords, requireIds } from '../../lib/records.ts';
import type { RecordFields } from '../../lib/records.ts';
import { createLocalOrg } from '../../local-org/server.ts';
import type { LocalOrg } from '../../local-org/server.ts';

const DAY = 86_400_000;
const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

let org: LocalOrg;
let folder: string;
let maya: Connection;
let integration: Connection;
let mayaId: string;
let tomId: string;
let accountId: string;
let playbookId: string;
let number = 0;

const as = (name: string): Connection =>
    new Connection({
        instanceUrl: org.url,
        accessToken: org.tokens[`${name}@playbooks.local`] ?? '',
        version: API_VERSION,
    });

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bending-'));
    org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir: folder, port: 0 });
    maya = as('maya');
    integration = as('integration');
    const users = (await integration.query<{ Id: string; Username: string }>('SELECT Id, Username FROM User')).records;
    const idOf = (name: string): string => users.find(({ Username }) => Username.startsWith(name))?.Id ?? '';
    [mayaId, tomId] = [idOf('maya'), idOf('tom')];
    const sam = as('sam');
    accountId = await created(sam, 'Account', { Name: 'Measured', OwnerId: mayaId });
    playbookId = await created(sam, 'Playbook__c', { Name: 'At risk', Key__c: 'at-risk', Category__c: 'Risk' });
});
after(async () => {
    await org.close();
    rmSync(folder, { recursive: true, force: true });
});

async function created(by: Connection, type: string, fields: RecordFields): Promise<string> {
    const [id] = requireIds(await createRecords(by, type, [fields]), ({ errors }) => new Error(JSON.stringify(errors)));
    return id ?? '';
}

const run = (fields: RecordFields): RecordFields => {
    number += 1;
    return {
        Account__c: accountId,
        Run_Playbook__c: playbookId,
        Episode_Key__c: `${accountId}:at-risk:${number}`,
        Episode_Number__c: number,
        Run_Kind__c: 'Risk',
        Run_Status__c: 'Open',
        Opened_By__c: 'First action',
        Run_CSM__c: mayaId,
        Surfaced_At__c: at(0),
        ARR_At_Opening__c: 1000,
        ...fields,
    };
};

const ENDED = { Run_Status__c: 'Closed', ARR_At_Close__c: 1000 };

/** A run of the past, as the sweep opened and closed it. */
async function closedRun(ending: RecordFields): Promise<string> {
    const id = await created(integration, 'Playbook_Run__c', run({ Opened_By__c: 'Sweep', Surfaced_At__c: at(-200) }));
    await created(integration, 'Step_Completion__c', {
        Playbook_Run__c: id,
        Completion_Key__c: `${id}:call:1`,
        Completion_Status__c: 'Done',
        Recorded_Contact__c: true,
        Recorded_Required__c: true,
        Completed_At__c: at(-190),
    });
    const done = await integration
        .sobject('Playbook_Run__c')
        .update({ Id: id, ...ENDED, Closed_At__c: at(-150), ...ending });
    assert.ok(done.success);
    return id;
}

/** All that the org said; several rules can refuse the same change. */
function sentencesOf(error: Error): string {
    const data = 'data' in error && Array.isArray(error.data) ? (error.data as readonly Error[]) : [];
    return [error, ...data].map(({ message }) => message).join('\n');
}

/** Refused with a sentence of ours, and nothing has changed. */
async function refused(type: string, change: RecordFields & { Id: string }, words: RegExp): Promise<void> {
    const fields = Object.keys(change).join(', ');
    const read = async (): Promise<unknown> =>
        (await integration.query(`SELECT ${fields} FROM ${type} WHERE Id = '${change.Id}'`)).records[0];
    const was = await read();
    await assert.rejects(
        async () => maya.sobject(type).update(change),
        (error: Error) => words.test(sentencesOf(error)),
    );
    assert.deepEqual(await read(), was);
}

describe('a CSM with the API in hand', () => {
    it('leaves a closed run as it counts', async () => {
        const Id = await closedRun({ Outcome__c: 'Lost', ARR_Lost__c: 1000 });
        for (const change of [
            { ARR_Lost__c: 0 },
            { Cause__c: 'Competitor' },
            { Closed_At__c: at(-400) },
            { Recovering_Since__c: at(-199) },
            { Run_CSM__c: tomId },
            { Trigger_Key__c: 'Another' },
        ]) {
            await refused(
                'Playbook_Run__c',
                { Id, ...change },
                /closed, so what it counts as stays|nightly sweep records/,
            );
        }
        await refused('Playbook_Run__c', { Id, Opened_By__c: 'By hand' }, /stays as it was/);
        await refused('Playbook_Run__c', { Id, Surfaced_At__c: at(-1) }, /stays as it was/);
        await refused('Playbook_Run__c', { Id, ARR_At_Opening__c: 9 }, /stays as it was/);
        await refused('Playbook_Run__c', { Id, Run_Status__c: 'Open', ...REOPENED }, /within two days/);
    });

    it('does not judge whether a save has lasted', async () => {
        const decided = await closedRun({ Outcome__c: 'Saved', ARR_Saved__c: 1000, Kept__c: 'Provisional' });
        await integration
            .sobject('Playbook_Run__c')
            .update({ Id: decided, Kept__c: 'Lost since', Kept_On__c: at(-20).slice(0, 10), ARR_Kept__c: 0 });
        await refused('Playbook_Run__c', { Id: decided, Kept__c: 'Provisional' }, /sweep decides|stays/);
        await refused('Playbook_Run__c', { Id: decided, Kept__c: null }, /sweep decides|stays/);
        await refused('Playbook_Run__c', { Id: decided, Run_Status__c: 'Open', ...REOPENED }, /what it decided stays/);
        const fresh = await closedRun({ Outcome__c: 'Saved', ARR_Saved__c: 1000, Kept__c: 'Provisional' });
        await refused('Playbook_Run__c', { Id: fresh, Kept__c: 'Kept at renewal' }, /sweep decides|stays/);
    });

    it('opens no run in the name of the sweep, in the past, or closed from its birth', async () => {
        const create = (fields: RecordFields): Promise<unknown> =>
            maya.sobject('Playbook_Run__c').create({ ...run(fields) });
        await assert.rejects(create({ Opened_By__c: 'Sweep' }), /begins open and now/);
        await assert.rejects(create({ Surfaced_At__c: at(-30) }), /begins open and now/);
        await assert.rejects(
            create({
                ...ENDED,
                Outcome__c: 'Saved',
                Closed_At__c: at(0),
                Kept__c: 'Provisional',
                Outcome_By__c: mayaId,
            }),
            /begins open and now/,
        );
    });

    it('closes in her own name, now, provisionally, and for no more than there was', async () => {
        const Id = await created(maya, 'Playbook_Run__c', run({}));
        const saved = {
            Id,
            ...ENDED,
            Outcome__c: 'Saved',
            Closed_At__c: at(0),
            Outcome_By__c: mayaId,
            Kept__c: 'Provisional',
            ARR_Saved__c: 1000,
        };
        await refused('Playbook_Run__c', { ...saved, Outcome_By__c: tomId }, /in your own name/);
        await refused('Playbook_Run__c', { ...saved, Outcome_By__c: null }, /in your own name/);
        await refused('Playbook_Run__c', { ...saved, Closed_At__c: at(-90) }, /in your own name and now/);
        await refused('Playbook_Run__c', { ...saved, Kept__c: null }, /in your own name/);
        await refused('Playbook_Run__c', { ...saved, ARR_Saved__c: 1001 }, /at most the ARR at opening/);
        await refused('Playbook_Run__c', { ...saved, ARR_Lost__c: 1000 }, /belong to the outcome/);
        await refused('Playbook_Run__c', { Id, Recovering_Since__c: at(-1) }, /nightly sweep records/);
        assert.ok((await maya.sobject('Playbook_Run__c').update(saved)).success);
    });

    it('speaks to the customer only in steps that are contact', async () => {
        const Playbook_Run__c = await created(maya, 'Playbook_Run__c', run({}));
        const answer = (fields: RecordFields): RecordFields => ({
            Playbook_Run__c,
            Completion_Key__c: `${Playbook_Run__c}:mail:1`,
            Completion_Status__c: 'Done',
            Completed_At__c: at(0),
            ...fields,
        });
        await assert.rejects(
            maya.sobject('Step_Completion__c').create(answer({ Recorded_Contact__c: true })),
            /what it is, is copied from its playbook/,
        );
        const Id = await created(maya, 'Step_Completion__c', answer({}));
        await refused('Step_Completion__c', { Id, Recorded_Contact__c: true }, /recorded of the step stays/);
        await refused('Step_Completion__c', { Id, Recorded_Required__c: true }, /recorded of the step stays/);
    });
});

const REOPENED = { Outcome__c: null, Closed_At__c: null, Kept__c: null, Kept_On__c: null, ARR_Saved__c: null };

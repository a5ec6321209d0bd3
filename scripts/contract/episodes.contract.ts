import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at } from './answer.ts';
import { MARK, openOrg } from './org.ts';
import { marked, RecordMaker, type Fields } from './records.ts';

const org = await openOrg();
const { admin } = org;
const make = new RecordMaker(admin);
const account = await make.account();

const RULE = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
const READ = '2026-11-20T10:00:00.000Z';
const LATER = '2026-11-20T11:30:00.000Z';
const NIGHT = '2026-11-21T02:00:00.000Z';
const CLOSED = { Run_Status__c: 'Closed', Outcome__c: 'Recovered', Closed_At__c: LATER };
const OPEN_AGAIN = { Run_Status__c: 'Open', Outcome__c: null, Closed_At__c: null };

const update = async (type: string, Id: string, fields: Fields): Promise<void> => {
    const saved: unknown = await admin.sobject(type).update({ Id, ...fields });
    assert.equal(at(saved, 'success'), true);
};
const change = (id: string, fields: Fields): Promise<void> => update('Playbook_Run__c', id, fields);
const refusal = (message: RegExp) => ({ errorCode: RULE, message });

describe('A run', () => {
    it('waits, opens, is snoozed and closes: only then it has an outcome', async () => {
        const id = await make.run(account, { Run_Status__c: 'Waiting', Opened_By__c: 'Sweep' });
        await change(id, { Run_Status__c: 'Open' });
        await change(id, {
            Run_Status__c: 'Snoozed',
            Snoozed_Until__c: '2026-12-01',
            Snooze_Reason__c: 'On holiday until then',
        });
        await change(id, { Run_Status__c: 'Waiting', Snoozed_Until__c: null, Snooze_Reason__c: null });
        await change(id, CLOSED);
        assert.equal((await make.read('Playbook_Run__c', id, 'Reopened_Count__c'))?.['Reopened_Count__c'], 0);
    });

    for (const status of ['Waiting', 'Open', 'Snoozed']) {
        it(`that is ${status} has no outcome`, async () => {
            const reason = { Snoozed_Until__c: '2026-12-01', Snooze_Reason__c: 'Waiting for their budget' };
            await assert.rejects(
                make.run(account, { ...reason, Run_Status__c: status, Outcome__c: 'Expired' }),
                refusal(/An open run has no outcome yet/),
            );
            await assert.rejects(
                make.run(account, { ...reason, Run_Status__c: status, Closed_At__c: LATER }),
                refusal(/An open run has no outcome yet/),
            );
        });
    }

    it('is put aside with a day and a reason', async () => {
        const id = await make.run(account);
        const message = /Enter until when the run is put aside, and why/;
        await assert.rejects(change(id, { Run_Status__c: 'Snoozed' }), refusal(message));
        await assert.rejects(
            change(id, { Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-01' }),
            refusal(message),
        );
        await assert.rejects(change(id, { Run_Status__c: 'Snoozed', Snooze_Reason__c: 'Later' }), refusal(message));
    });

    it('that is closed can only be opened again', async () => {
        const id = await make.run(account, CLOSED);
        const message = /A closed run can only be opened again/;
        await assert.rejects(change(id, { ...OPEN_AGAIN, Run_Status__c: 'Waiting' }), refusal(message));
        const snoozed = { Run_Status__c: 'Snoozed', Snoozed_Until__c: '2026-12-01', Snooze_Reason__c: 'Later' };
        await assert.rejects(change(id, { ...OPEN_AGAIN, ...snoozed }), refusal(message));
        await change(id, { ...OPEN_AGAIN, Reopened_Count__c: 1 });
    });

    it('keeps its outcome while it stays closed', async () => {
        const id = await make.run(account, CLOSED);
        await assert.rejects(
            change(id, { Outcome__c: 'Saved' }),
            refusal(/The outcome of a closed run stays\. Open the run again/),
        );
        await change(id, { Cause__c: 'Low adoption' });
        await change(id, OPEN_AGAIN);
        await change(id, { ...CLOSED, Outcome__c: 'Saved' });
    });

    it('is mine when I am its CSM', async () => {
        const { user_id: me } = await admin.identity();
        const mine = await make.run(account, { Run_CSM__c: me });
        const nobodys = await make.run(account);
        const { records } = await admin.query<{ Id: string }>(
            `SELECT Id FROM Playbook_Run__c WHERE Mine__c = true AND Id IN ('${mine}', '${nobodys}')`,
        );
        assert.deepEqual(
            records.map(({ Id }) => Id),
            [mine],
        );
    });

    it('takes a status only from the list', async () => {
        await assert.rejects(make.run(account, { Run_Status__c: 'Asleep' }), {
            errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        });
    });
});

describe('A sweep writes only what it has read', () => {
    const overtaken = refusal(/A person has changed this run since the sweep read it\./);
    const swept = (seen: string | null, at = NIGHT): Fields => ({
        Next_Step__c: 'Call the champion',
        Swept_At__c: at,
        Swept_Seen_At__c: seen,
    });

    it('nobody has acted', async () => {
        const id = await make.run(account);
        await change(id, swept(null));
    });

    it('a person has acted before it read', async () => {
        const id = await make.run(account, { Acted_At__c: READ });
        await change(id, swept(READ));
    });

    it('a person acts for the first time after it read', async () => {
        const id = await make.run(account);
        await change(id, { Acted_At__c: LATER });
        await assert.rejects(change(id, swept(null)), overtaken);
    });

    it('a person acts again after it read', async () => {
        const id = await make.run(account, { Acted_At__c: READ });
        await change(id, { Acted_At__c: LATER });
        await assert.rejects(change(id, swept(READ)), overtaken);
        assert.equal((await make.read('Playbook_Run__c', id, 'Next_Step__c'))?.['Next_Step__c'], null);
    });

    it('a time that it had read is gone', async () => {
        const id = await make.run(account);
        await assert.rejects(change(id, swept(READ)), overtaken);
    });

    it('people write without asking the sweep', async () => {
        const id = await make.run(account);
        await change(id, swept(null));
        await change(id, { Acted_At__c: LATER, Next_Step__c: 'Listen' });
        await change(id, { ...CLOSED, Acted_At__c: LATER });
    });

    it('an answer that stands does not become Not done', async () => {
        const run = await make.run(account);
        const done = await make.completion(run);
        await assert.rejects(
            update('Step_Completion__c', done, { Completion_Status__c: 'Not done' }),
            refusal(/This step has been answered, so it is not recorded as not done/),
        );
        await update('Step_Completion__c', done, { Completion_Status__c: 'Undone' });
        await update('Step_Completion__c', done, { Completion_Status__c: 'Not done' });
    });
});

describe('The lock of a sweep', () => {
    const locked = (key: string): Fields => ({
        Sweep_Status__c: 'Running',
        Lock_Key__c: key,
        Lease_Until__c: '2026-11-21T02:10:00.000Z',
        Shard__c: MARK.slice(0, 20),
    });
    const sweep = (fields: Fields): Promise<string> => make.create('Playbook_Sweep__c', fields);

    it('is held by one at a time, and free once it is let go', async () => {
        const key = marked('lock').slice(0, 40);
        const first = await sweep(locked(key));
        await assert.rejects(sweep(locked(key)), { errorCode: 'DUPLICATE_VALUE' });
        await assert.rejects(sweep(locked(key.toUpperCase())), { errorCode: 'DUPLICATE_VALUE' });
        await update('Playbook_Sweep__c', first, { Lock_Key__c: null, Sweep_Status__c: 'Stopped' });
        const second = await sweep(locked(key));
        await update('Playbook_Sweep__c', second, { Lock_Key__c: null, Sweep_Status__c: 'Finished' });
    });

    it('has a lease, and goes when the sweep ends', async () => {
        const key = marked('lease').slice(0, 40);
        const message = /Only a running sweep holds a lock, and it says until when/;
        await assert.rejects(sweep({ ...locked(key), Lease_Until__c: null }), refusal(message));
        const id = await sweep(locked(key));
        await assert.rejects(
            update('Playbook_Sweep__c', id, { Sweep_Status__c: 'Finished with failures' }),
            refusal(message),
        );
        await update('Playbook_Sweep__c', id, { Sweep_Status__c: 'Finished with failures', Lock_Key__c: null });
    });
});

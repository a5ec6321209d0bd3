import type { ChangePlan } from 'c/playbookEngine';
import { sendPlan, type MutationRequest } from 'c/playbookRecords';

const PLAN: ChangePlan = {
    createRun: null,
    updateRun: { id: 'a0R1', fields: { Run_Status__c: 'Open' } },
    createCompletions: [{ Completion_Key__c: 'k' }],
    updateCompletions: [{ id: 'a0C1', fields: { Note__c: 'x' } }],
    createTask: null,
};

describe('sending a plan', () => {
    it('sends one mutation and tells every record that was written', async () => {
        const sent: MutationRequest[] = [];
        const { result, changed } = await sendPlan(PLAN, async (request) => {
            sent.push(request);
            return { data: { uiapi: { completion0: { Record: { Id: 'a0C2' } } } } };
        });
        expect(sent).toHaveLength(1);
        expect(result).toEqual({ ok: true, ids: { completion0: 'a0C2' } });
        expect([...changed].sort()).toEqual(['a0C1', 'a0C2', 'a0R1']);
    });

    it('tells why the org refused, or that no answer came, and never rejects', async () => {
        const refused = await sendPlan(PLAN, async () => ({
            errors: [{ message: 'Not so', extensions: { ErrorType: 'ExecutionError' } }],
        }));
        expect(refused).toEqual({
            result: { ok: false, failure: { kind: 'rejected', messages: ['Not so'] } },
            changed: [],
        });
        const lost = await sendPlan(PLAN, () => Promise.reject(new TypeError('Failed to fetch')));
        expect(lost.result).toMatchObject({ ok: false, failure: { kind: 'offline' } });
    });

    it('says so when there is nothing to send', async () => {
        const empty = { ...PLAN, updateRun: null, createCompletions: [], updateCompletions: [] };
        const { result } = await sendPlan(empty, () => Promise.resolve({}));
        expect(result).toMatchObject({
            ok: false,
            failure: { messages: [expect.stringContaining('without a change')] },
        });
    });
});

import { NEW_TASK_ID, type ChangePlan, type Run } from 'c/playbookEngine';
import { ACCOUNT_ID, completion, node, playbook, run } from 'test/platformAnswers';
import type { GraphNode } from '../nodes';
import { applyPlan, readRunNode } from '../runs';

const NOTHING: ChangePlan = {
    createRun: null,
    updateRun: null,
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};
const RUN_ID = 'a0R000000000001AAA';
const CONTEXT = { playbook: playbook(), userName: 'Jo Berg' };
const key = (stepKey: string): string => `${ACCOUNT_ID}:at-risk:1:${stepKey}:1`;
const newCompletion = (stepKey: string): ChangePlan['createCompletions'][number] => ({
    Completion_Key__c: key(stepKey),
    Recorded_Step_Key__c: stepKey,
    Occurrence__c: 1,
    Completion_Status__c: 'Done',
    Completed_At__c: '2026-11-21T18:00:00.000Z',
});
const newRun: NonNullable<ChangePlan['createRun']> = {
    Episode_Key__c: `${ACCOUNT_ID}:at-risk:1`,
    Episode_Number__c: 1,
    Run_Status__c: 'Open',
    Run_Version__c: 'a0V000000000001AAA',
};
const apply = (nodes: readonly GraphNode[], plan: Partial<ChangePlan>, ids?: Readonly<Record<string, string>>) =>
    applyPlan(nodes, { ...NOTHING, ...plan }, ids ? { ...CONTEXT, ids } : CONTEXT).map(readRunNode);

describe('readRunNode', () => {
    it('reads a run with its completions', () => {
        const read = readRunNode(
            run({ Outcome__c: 'Saved', Run_Status__c: 'Closed', Health_At_Opening__c: 48 }, [
                completion('drivers', { Decision__c: 'Price;Competitor', Note__c: 'Asked Jo' }),
            ]),
        );
        expect(read).toMatchObject({
            id: RUN_ID,
            playbookKey: 'at-risk',
            playbookName: 'At-Risk Account',
            status: 'Closed',
            outcome: 'Saved',
            healthAtOpening: 48,
            cause: null,
        });
        expect(read.completions).toEqual([
            expect.objectContaining({
                stepKey: 'drivers',
                occurrence: 1,
                status: 'Done',
                decision: ['Price', 'Competitor'],
                note: 'Asked Jo',
                completedByName: 'Maya Lindqvist',
            }),
        ]);
    });

    it('takes what is left out or unknown for blank, never for an error', () => {
        const read = readRunNode({
            ...run({ Outcome__c: 'Gone fishing', First_Tier__c: null }, [completion('check', {}, null)]),
            Run_Playbook__r: null,
            Health_At_Opening__c: undefined,
        });
        expect(read).toMatchObject({ playbookKey: null, outcome: null, firstTier: 'Moderate', healthAtOpening: null });
        expect(read.completions[0]?.completedByName).toBeNull();
    });

    it('reads a run whose completions did not come', () => {
        expect(readRunNode({ ...run(), Step_Completions__r: null }).completions).toEqual([]);
    });
});

describe('applyPlan', () => {
    it('shows a new run in front, with its answer, before any id is known', () => {
        const older = run({ Id: 'a0R-old', Episode_Key__c: 'other' });
        const [first, second] = apply([older], { createRun: newRun, createCompletions: [newCompletion('check')] });
        expect(first).toMatchObject({ id: 'run', status: 'Open', playbookKey: 'at-risk' });
        expect(first?.completions).toEqual([
            expect.objectContaining({ id: 'completion0', status: 'Done', completedByName: 'Jo Berg' }),
        ]);
        expect(second?.id).toBe('a0R-old');
    });

    it('names created records once the server has told their ids', () => {
        const plan = { createRun: newRun, createCompletions: [newCompletion('check'), newCompletion('call')] };
        const [first] = apply([], plan, { run: RUN_ID, completion0: 'a0C1', completion1: 'a0C2' });
        expect(first?.id).toBe(RUN_ID);
        expect(first?.completions.map(({ id }) => id)).toEqual(['a0C1', 'a0C2']);
    });

    it('replaces a run that a refresh has brought already', () => {
        const runs = apply(
            [run()],
            { createRun: newRun, createCompletions: [newCompletion('check')] },
            { run: RUN_ID },
        );
        expect(runs.map(({ id }) => id)).toEqual([RUN_ID]);
    });

    it('replaces a completion that a refresh has brought already', () => {
        const plan = { updateRun: { id: RUN_ID, fields: {} }, createCompletions: [newCompletion('check')] };
        const [first] = apply([run({}, [completion('check'), completion('call')])], plan, { completion0: 'a0C-new' });
        expect(first?.completions.map(({ id }) => id)).toEqual(['a0C-call', 'a0C-new']);
    });

    it('opens and closes in one go', () => {
        const [first] = apply([], {
            createRun: newRun,
            updateRun: { id: '@{run}', fields: { Run_Status__c: 'Closed', Outcome__c: 'False alarm' } },
        });
        expect(first).toMatchObject({ status: 'Closed', outcome: 'False alarm' });
    });

    it('lays changes over the run and the completions that they name, and over no other', () => {
        const other = run({ Id: 'a0R-other', Episode_Key__c: 'other' }, [completion('check', { Id: 'a0C-other' })]);
        const mine = run({}, [completion('check'), completion('call', { Completed_At__c: null }, null)]);
        const [first, second] = apply([mine, other], {
            updateRun: { id: RUN_ID, fields: { Run_Status__c: 'Closed' } },
            updateCompletions: [
                { id: 'a0C-check', fields: { Completion_Status__c: 'Undone' } },
                {
                    id: 'a0C-call',
                    fields: { Completion_Status__c: 'Done', Completed_At__c: '2026-11-21T18:00:00.000Z' },
                },
            ],
        });
        expect(first?.status).toBe('Closed');
        expect(first?.completions).toEqual([
            expect.objectContaining({ id: 'a0C-check', status: 'Undone', completedByName: 'Maya Lindqvist' }),
            expect.objectContaining({ id: 'a0C-call', status: 'Done', completedByName: 'Jo Berg' }),
        ]);
        expect(second).toMatchObject({ status: 'Open', completions: [expect.objectContaining({ status: 'Done' })] });
    });

    it('closes a run that was closed with another outcome', () => {
        const [first] = apply([run({ Run_Status__c: 'Closed', Recovering_Since__c: '2026-11-01T00:00:00.000Z' })], {
            reopenRun: { id: RUN_ID, fields: { Run_Status__c: 'Open', Recovering_Since__c: null } },
            updateRun: { id: RUN_ID, fields: { Run_Status__c: 'Closed', Outcome__c: 'Let go' } },
        });
        expect(first).toMatchObject({ status: 'Closed', outcome: 'Let go', recoveringSince: null });
    });

    it('names the logged call by its id as soon as that is known', () => {
        const proven = { ...newCompletion('call'), Task_Id__c: NEW_TASK_ID };
        const corrected = { id: 'a0C-check', fields: { Task_Id__c: NEW_TASK_ID } };
        const plan = {
            updateRun: { id: RUN_ID, fields: {} },
            createCompletions: [proven],
            createTask: { Subject: 'x' },
        };
        const before = [run({}, [completion('check')])];
        const tasks = (runs: readonly Run[]) => runs.flatMap((each) => each.completions.map(({ taskId }) => taskId));
        expect(tasks(apply(before, { ...plan, updateCompletions: [corrected] }, { task: '00T1' }))).toEqual([
            '00T1',
            '00T1',
        ]);
        expect(tasks(apply(before, plan))).toEqual([null, 'task']);
    });

    it('leaves what was read as it was', () => {
        const before = run({}, [completion('check')]);
        apply([before], {
            updateRun: { id: RUN_ID, fields: { Run_Status__c: 'Closed' } },
            updateCompletions: [{ id: 'a0C-check', fields: { Note__c: 'x' } }],
            createTask: null,
        });
        expect(before).toEqual(run({}, [completion('check')]));
    });

    it('changes nothing for a run that is not among those read', () => {
        const plan = { updateRun: { id: 'a0R-unknown', fields: { Run_Status__c: 'Closed' } } };
        expect(apply([run()], plan)).toEqual([readRunNode(run())]);
        expect(apply([node({ Id: 'x' })], plan)[0]?.status).toBe('Open');
    });
});

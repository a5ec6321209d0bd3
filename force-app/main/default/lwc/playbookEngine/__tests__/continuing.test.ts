import {
    type ActionInput,
    buildChecklist,
    planAnswer,
    planFinish,
    planSnooze,
    type Prompt,
    prompts,
    type Run,
} from '../playbookEngine';
import { done, VALUES, VERSION } from './answering';
import {
    AT_RISK,
    completion,
    context,
    day,
    matchesOf,
    NOW,
    prepared,
    run,
    SMALL_RENEWAL,
    step,
    USER,
    version,
} from './sample';

const SAVED = run({
    triggerKey: 'Usage_Drop',
    status: 'Closed',
    outcome: 'Saved',
    closedAt: `${day(-10)}T10:00:00.000Z`,
    surfacedAt: `${day(-60)}T10:00:00.000Z`,
    recoveringSince: `${day(-24)}T10:00:00.000Z`,
    actedAt: `${day(-30)}T10:00:00.000Z`,
    reopenedCount: 1,
    completions: [
        completion('check', { decision: ['Real'], completedAt: `${day(-59)}T10:00:00.000Z` }),
        completion('causes', { status: 'Not done', completedAt: null }),
        completion('call', { status: 'Not done', completedAt: null }),
    ],
});

function promptsWith(runs: readonly Run[], versions = [VERSION], values: Record<string, string | number> = VALUES) {
    const triggers = [AT_RISK, SMALL_RENEWAL];
    const found = matchesOf(values, triggers);
    return prompts({ ...context(values), ...found, prepared: prepared(triggers), runs, versions });
}

function input(): ActionInput {
    const where = context(VALUES);
    const [prompt] = promptsWith([SAVED]) as [Prompt];
    return { ...where, prompt, checklist: buildChecklist(prompt, where), runs: [SAVED], reason: 'Health is 48.' };
}

const AGAIN = {
    Run_Status__c: 'Open',
    Outcome__c: null,
    Closed_At__c: null,
    Recovering_Since__c: null,
    Reopened_Count__c: 2,
    Returned_At__c: NOW,
    Trigger_Key__c: 'At_Risk',
    Acted_At__c: NOW,
};

describe('a playbook that comes back within its cooldown', () => {
    test.each([
        ['Saved', true],
        ['Recovered', true],
        ['Lost', false],
        ['Let go', false],
        ['False alarm', false],
        ['Expired', false],
    ] as const)('continues a run that was %s: %s', (outcome, continues) => {
        expect(promptsWith([{ ...SAVED, outcome }])).toHaveLength(continues ? 1 : 0);
    });

    test.each([
        ['Lost', 'Moderate', false],
        ['False alarm', 'Moderate', true],
        ['False alarm', 'High', false],
        ['Expired', 'Moderate', true],
        ['Let go', 'Critical', false],
    ] as const)(
        'is a new case after %s when it is worse than %s, which that had been: %s',
        (outcome, worstTier, isNew) => {
            const found = promptsWith([{ ...SAVED, outcome, worstTier, currentTier: 'Moderate' }]);
            expect(found.map(({ continues, run: own, tier }) => ({ continues, own, tier }))).toEqual(
                isNew ? [{ continues: null, own: null, tier: 'High' }] : [],
            );
        },
    );

    test.each([
        ['seen to recover', SAVED.recoveringSince, -1, 'High', true],
        ['not seen to recover, within the hold days', null, -13, 'High', false],
        ['not seen to recover, after the hold days', null, -14, 'High', true],
        ['not seen to recover, but worse than ever', null, -1, 'Moderate', true],
    ] as const)('saved by a person, %s: %s', (_, recoveringSince, closedOn, worstTier, continues) => {
        const closedAt = `${day(closedOn)}T10:00:00.000Z`;
        expect(promptsWith([{ ...SAVED, recoveringSince, closedAt, worstTier }])).toHaveLength(continues ? 1 : 0);
    });

    test('is the same case after it was saved, however much worse', () => {
        expect(promptsWith([{ ...SAVED, worstTier: 'Moderate' }])).toMatchObject([{ continues: { id: 'a0R1' } }]);
    });

    test('is one prompt, with the version that its run keeps', () => {
        const newer = version([step('other')], { id: 'a0V9', number: 2 });
        expect(promptsWith([SAVED], [newer, { ...VERSION, status: 'Retired' }])).toMatchObject([
            { id: 'playbook:at-risk', run: null, continues: SAVED, version: { id: 'a0V1' }, match: { tier: 'High' } },
        ]);
        expect(promptsWith([SAVED], [newer])).toMatchObject([{ continues: SAVED, version: null }]);
    });

    test('continues the last of its runs, and none once the quiet is over', () => {
        const first = { ...SAVED, id: 'a0R0', episodeNumber: 1, closedAt: `${day(-20)}T10:00:00.000Z` };
        const second = { ...SAVED, episodeNumber: 2 };
        expect(promptsWith([first, second])).toMatchObject([{ continues: { id: 'a0R1' } }]);
        expect(promptsWith([second, { ...first, episodeNumber: 3, outcome: 'Lost' }])).toEqual([]);
        const old = { ...SAVED, closedAt: `${day(-31)}T10:00:00.000Z` };
        expect(promptsWith([old])).toMatchObject([{ continues: null, run: null }]);
    });

    test('does not come back when its playbook is published no more', () => {
        expect(promptsWith([SAVED], [{ ...VERSION, status: 'Retired' }])).toEqual([]);
    });

    test('goes on where it stood: answers stand, what was not done is open, due from now on', () => {
        const { checklist, prompt } = input();
        const states = checklist.phases.flatMap(({ steps }) => steps.map((view) => `${view.step.key} ${view.state}`));
        expect(states).toEqual(['check done', 'causes open', 'call open']);
        const call = checklist.phases.flatMap(({ steps }) => steps).find((view) => view.step.key === 'call');
        expect(call).toMatchObject({ dueAt: '2026-11-25T22:59:59.000Z', overdue: false, plannedOn: day(-58) });
        expect(prompt.held).toBeNull();
    });
});

describe('the first action on it', () => {
    test('opens that very run again, and undoes what was not done', () => {
        const asked = { stepKey: 'call', occurrence: 1, answer: done([], 'Spoke.'), proof: null };
        const plan = planAnswer({ ...input(), ...asked });
        expect(plan.createRun).toBeNull();
        expect(plan).not.toHaveProperty('reopenRun');
        expect(plan.updateRun).toEqual({
            id: 'a0R1',
            fields: expect.objectContaining({ ...AGAIN, Next_Step__c: 'Do causes', Current_Tier__c: 'High' }),
        });
        expect(plan.createCompletions).toEqual([]);
        expect(plan.updateCompletions).toEqual([
            {
                id: 'a0C-call-1',
                fields: expect.objectContaining({ Completion_Status__c: 'Done', Completed_By__c: USER.id }),
            },
            { id: 'a0C-causes-1', fields: { Completion_Status__c: 'Undone', Was_Due__c: false } },
        ]);
    });

    test('may put it aside: opened again, then snoozed', () => {
        const plan = planSnooze({ ...input(), snooze: { until: day(3), reason: 'On leave.' } });
        expect(plan.createRun).toBeNull();
        expect(plan.reopenRun).toEqual({ id: 'a0R1', fields: expect.objectContaining(AGAIN) });
        expect(plan.updateRun).toEqual({
            id: 'a0R1',
            fields: expect.objectContaining({ Run_Status__c: 'Snoozed', Snoozed_Until__c: day(3), Acted_At__c: NOW }),
        });
        expect(plan.updateCompletions).toEqual([
            { id: 'a0C-causes-1', fields: { Completion_Status__c: 'Undone', Was_Due__c: false } },
            { id: 'a0C-call-1', fields: { Completion_Status__c: 'Undone', Was_Due__c: false } },
        ]);
    });

    test('may end it: opened again, then closed, and what is open still is not done', () => {
        const plan = planFinish({ ...input(), finish: { outcome: 'Lost', cause: null, reason: null } });
        expect(plan.createRun).toBeNull();
        expect(plan.reopenRun).toEqual({ id: 'a0R1', fields: expect.objectContaining(AGAIN) });
        expect(plan.updateRun).toEqual({
            id: 'a0R1',
            fields: expect.objectContaining({ Run_Status__c: 'Closed', Outcome__c: 'Lost', Outcome_By__c: USER.id }),
        });
        expect(plan.createCompletions).toEqual([]);
        expect(plan.updateCompletions.map(({ id, fields }) => [id, fields['Completion_Status__c']])).toEqual([
            ['a0C-causes-1', 'Not done'],
            ['a0C-call-1', 'Not done'],
        ]);
    });
});

describe('a run that was not in hand', () => {
    test.each(['Waiting', 'Snoozed'] as const)('is open with any answer: %s', (status) => {
        const where = context(VALUES);
        const given = run({ status, snoozedUntil: status === 'Snoozed' ? day(5) : null });
        const [prompt] = promptsWith([given]) as [Prompt];
        const asked = { stepKey: 'check', occurrence: 1, answer: done(['Real']), proof: null };
        const checklist = buildChecklist(prompt, where);
        const plan = planAnswer({ ...where, ...asked, prompt, checklist, runs: [given], reason: null });
        expect(plan.updateRun?.fields).toMatchObject({
            Run_Status__c: 'Open',
            Snoozed_Until__c: null,
            Snooze_Reason__c: null,
            Acted_At__c: NOW,
        });
    });

    test('an open one is not told so again, which would look like a change', () => {
        const where = context(VALUES);
        const [prompt] = promptsWith([run()]) as [Prompt];
        const asked = { stepKey: 'check', occurrence: 1, answer: done(['Real']), proof: null };
        const checklist = buildChecklist(prompt, where);
        const plan = planAnswer({ ...where, ...asked, prompt, checklist, runs: [run()], reason: null });
        expect(plan.updateRun?.fields).not.toHaveProperty('Run_Status__c');
    });

    test('steps recorded as not done by a closing that did not come about are open', () => {
        const half = run({ completions: [completion('check', { status: 'Not done', completedAt: null })] });
        const where = context(VALUES);
        const [prompt] = promptsWith([half]) as [Prompt];
        const checklist = buildChecklist(prompt, where);
        expect(checklist.next).toMatchObject({ step: { key: 'check' }, state: 'open' });
        const asked = { stepKey: 'check', occurrence: 1, answer: done(['Real']), proof: null };
        const plan = planAnswer({ ...where, ...asked, prompt, checklist, runs: [half], reason: null });
        expect(plan.updateCompletions).toMatchObject([
            { id: 'a0C-check-1', fields: { Completion_Status__c: 'Done', Completed_At__c: NOW } },
        ]);
    });
});

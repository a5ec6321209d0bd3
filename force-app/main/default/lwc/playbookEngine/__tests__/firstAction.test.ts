import { longId } from '../episode';
import { buildChecklist, startByHand } from '../playbookEngine';
import { done, plan, surfaced, VALUES } from './answering';
import { context, day, NOW, prepared, run, step, USER, version } from './sample';

describe('the first action', () => {
    test('opens the run with everything that was known, and records the step, in one plan', () => {
        expect(plan(surfaced(), 'check', done(['Real'], 'Called them.'))).toEqual({
            createRun: {
                Account__c: '001000000000001AAA',
                Run_Playbook__c: 'a0P1',
                Run_Version__c: 'a0V1',
                Trigger_Key__c: 'At_Risk',
                Episode_Key__c: '001000000000001AAA:at-risk:1',
                Episode_Number__c: 1,
                Live_Key__c: '001000000000001AAA:at-risk',
                Run_Status__c: 'Open',
                Opened_By__c: 'First action',
                First_Tier__c: 'High',
                Worst_Tier__c: 'High',
                Current_Tier__c: 'High',
                Reason__c: 'Health is 48 (limit 60).',
                Anchor_On__c: null,
                Surfaced_At__c: NOW,
                Acted_At__c: NOW,
                Run_CSM__c: '005000000000002AAA',
                Run_Kind__c: 'Risk',
                Practice__c: false,
                Segment_At_Opening__c: 'Enterprise',
                Health_At_Opening__c: 48,
                Usage_At_Opening__c: 700,
                ARR_At_Opening__c: 50000,
                Next_Step__c: 'Do call',
                Next_Due_At__c: '2026-11-23T22:59:59.000Z',
            },
            updateRun: null,
            createCompletions: [
                {
                    Completed_Step__c: 'a0Scheck',
                    Completion_Key__c: '001000000000001AAA:at-risk:1:check:1',
                    Recorded_Step_Key__c: 'check',
                    Recorded_Title__c: 'Do check',
                    Recorded_Phase__c: 'Understand',
                    Recorded_Required__c: true,
                    Recorded_Contact__c: false,
                    Occurrence__c: 1,
                    Completion_Status__c: 'Done',
                    Was_Due__c: false,
                    Skip_Reason__c: null,
                    Decision__c: 'Real',
                    Note__c: 'Called them.',
                    Due_At__c: '2026-11-24T22:59:59.000Z',
                    Completed_At__c: NOW,
                    Completed_By__c: USER.id,
                },
            ],
            updateCompletions: [],
            createTask: null,
        });
    });

    test('the next episode is numbered above the highest of the same playbook', () => {
        const runs = [
            run({ episodeNumber: 3, status: 'Closed' }),
            run({ episodeNumber: 1 }),
            run({ playbookKey: 'renewal', episodeNumber: 9 }),
        ];
        const { createRun } = plan(surfaced(), 'check', done(['Real']), { runs });
        expect(createRun).toMatchObject({ Episode_Number__c: 4, Episode_Key__c: '001000000000001AAA:at-risk:4' });
    });

    test('without a CSM on the account, or with one who is no user, it is the person who acts', () => {
        for (const CSM__c of [null, '003000000000002AAA']) {
            const where = context({ ...VALUES, CSM__c });
            expect(plan(surfaced(), 'check', done(['Real']), where).createRun).toMatchObject({ Run_CSM__c: USER.id });
        }
    });

    test('by hand: no trigger, and the anchor all the same', () => {
        const renewal = version([step('plan')], { playbookKey: 'renewal', category: 'Renewal' });
        const where = context({ ...VALUES, Renewal_Date__c: day(40) });
        const prompt = startByHand(renewal, prepared());
        const changes = { ...where, reason: null, checklist: buildChecklist(prompt, where) };
        expect(plan(prompt, 'plan', done(), changes).createRun).toMatchObject({
            Opened_By__c: 'By hand',
            Trigger_Key__c: null,
            Anchor_On__c: day(40),
            First_Tier__c: 'Moderate',
            Reason__c: null,
            Episode_Key__c: '001000000000001AAA:renewal:1',
        });
    });

    test('texts that are too long for their fields are cut, never refused by the org', () => {
        const long = 'x'.repeat(5000);
        const wordy = version([step('a', { title: long, phase: long })]);
        const prompt = surfaced({ version: wordy });
        const where = context({ ...VALUES, Segment__c: long });
        const { createRun, createCompletions } = plan(prompt, 'a', done(), {
            ...where,
            reason: long,
            checklist: buildChecklist(prompt, where),
        });
        expect(String(createRun?.['Reason__c'])).toHaveLength(4000);
        expect(String(createRun?.['Segment_At_Opening__c'])).toHaveLength(60);
        expect(String(createCompletions[0]?.['Recorded_Title__c'])).toHaveLength(80);
        expect(String(createCompletions[0]?.['Recorded_Phase__c'])).toHaveLength(60);
    });
});
test.each([
    ['0011x00000abcDE', '0011x00000abcDEAAY'],
    ['001000000000001', '001000000000001AAA'],
    ['001000000000001AAA', '001000000000001AAA'],
])('record id %s in full is %s', (id, expected) => {
    expect(longId(id)).toBe(expected);
});

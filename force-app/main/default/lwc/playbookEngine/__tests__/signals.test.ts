import { type Answer, NEW_RUN_ID, type Prompt } from '../playbookEngine';
import { done, plan, VERSION } from './answering';
import { completion, NOW, promptFor, run, SMALL_RENEWAL } from './sample';

describe('a signal', () => {
    const signal: Prompt = { ...promptFor(VERSION), kind: 'Signal', version: null, trigger: SMALL_RENEWAL };

    test('is opened and closed by its one answer', () => {
        const found = plan(signal, 'signal', done([], 'All fine.'));
        expect(found.createRun).toMatchObject({
            Run_Playbook__c: null,
            Run_Version__c: null,
            Run_Status__c: 'Open',
            Episode_Key__c: '001000000000001AAA:signal-Renewal_Small:1',
        });
        expect(found.createRun).not.toHaveProperty('Outcome__c');
        expect(found.createCompletions).toMatchObject([
            {
                Completed_Step__c: null,
                Recorded_Step_Key__c: 'signal',
                Recorded_Phase__c: null,
                Recorded_Contact__c: true,
            },
        ]);
        expect(found.updateRun).toMatchObject({
            id: NEW_RUN_ID,
            fields: {
                Run_Status__c: 'Closed',
                Outcome__c: 'Completed',
                Outcome_Reason__c: 'All fine.',
                Closed_At__c: NOW,
                Next_Step__c: null,
            },
        });
    });

    test.each<[Answer, string, string]>([
        [{ kind: 'skip', reason: 'Other', note: 'Merged.' }, 'Let go', 'Other: Merged.'],
        [{ kind: 'not-applicable', note: null }, 'False alarm', 'Not applicable'],
    ])('%j ends it as %s', (answer, outcome, reason) => {
        expect(plan(signal, 'signal', answer).updateRun?.fields).toMatchObject({
            Outcome__c: outcome,
            Outcome_Reason__c: reason,
        });
    });

    test('opened again, the same run is closed again', () => {
        const reopened = run({
            playbookKey: null,
            triggerKey: 'Renewal_Small',
            completions: [completion('signal', { status: 'Undone' })],
        });
        const found = plan({ ...signal, run: reopened }, 'signal', done());
        expect(found).toMatchObject({
            createRun: null,
            updateRun: { id: 'a0R1', fields: { Run_Status__c: 'Closed', Outcome__c: 'Completed' } },
            updateCompletions: [{ id: 'a0C-signal-1' }],
        });
    });

    test('numbers its own episodes', () => {
        const runs = [
            run({ playbookKey: null, triggerKey: 'Renewal_Small', episodeNumber: 2, status: 'Closed' }),
            run({ playbookKey: null, triggerKey: 'Other', episodeNumber: 7, status: 'Closed' }),
        ];
        expect(plan(signal, 'signal', done(), { runs }).createRun).toMatchObject({ Episode_Number__c: 3 });
    });
});

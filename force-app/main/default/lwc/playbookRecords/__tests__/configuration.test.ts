import { node, playbook, setting, signalTrigger, step, trigger, version } from 'test/platformAnswers';
import { readSettings, readStep, readTrigger, readVersion } from '../configuration';

describe('readSettings', () => {
    it('maps figures to Account fields, however the admin wrote them', () => {
        const { figures } = readSettings(
            setting({
                Health_Field__c: ' Account.Score__c ',
                ARR_Field__c: '  ',
                Champion_Field__c: 'Champion__r.Email',
            }),
            [],
        );
        expect(figures).toMatchObject({ Health: 'Score__c', Champion: 'Champion__r.Email' });
        expect(figures).not.toHaveProperty('ARR');
        expect(figures).not.toHaveProperty('CSM');
    });

    it.each<[written: string | null, days: readonly number[]]>([
        ['Mon,Tue,Wed,Thu,Fri', [1, 2, 3, 4, 5]],
        ['sunday; MONDAY  thu', [0, 1, 4]],
        ['Mon, Funday, Fri', [1, 5]],
        ['', [1, 2, 3, 4, 5]],
        [null, [1, 2, 3, 4, 5]],
        ['whenever', [1, 2, 3, 4, 5]],
    ])('reads the working days %j', (written, days) => {
        expect(readSettings(setting({ Working_Days__c: written }), []).workingDays).toEqual(days);
    });

    it('reads holidays, and leaves out those without a day', () => {
        const holidays = [node({ Holiday_On__c: '2026-12-25' }), node({ Holiday_On__c: null })];
        expect(readSettings(setting(), holidays).holidays).toEqual(['2026-12-25']);
    });

    it('has defaults for a setting that says nothing, and takes zero for zero', () => {
        expect(readSettings({}, [])).toEqual({
            figures: {},
            workingDays: [1, 2, 3, 4, 5],
            holidays: [],
            lateStartDays: 3,
            staleAfterDays: 14,
            capacity: 10,
            contactGuardDays: 7,
            maxSnoozeDays: 30,
            nurtureWhen: null,
            practiceWhen: null,
            smallCount: 10,
            hideIndividuals: false,
        });
        expect(readSettings(setting({ Late_Start_Days__c: 0 }), []).lateStartDays).toBe(0);
    });
});

describe('readTrigger', () => {
    it('reads a trigger of a playbook', () => {
        expect(readTrigger(trigger({ Anchor__c: 'Renewal', Explanation__c: '"Because"' }))).toMatchObject({
            key: 'At_Risk',
            label: 'At Risk',
            kind: 'Playbook',
            playbookKey: 'at-risk',
            active: true,
            priority: 10,
            holdDays: 14,
            cooldownDays: 30,
            anchor: 'Renewal',
            explanation: '"Because"',
            action: null,
        });
    });

    it('reads what a signal asks for', () => {
        expect(readTrigger(signalTrigger()).action).toEqual({
            title: 'Call support about the cases',
            instructions: 'Ask for {!Name}.',
            customerContact: false,
            dueInWorkingHours: 16,
        });
    });

    it('gives a bare signal its label as title and a week to act', () => {
        const bare = readTrigger(signalTrigger({ Signal_Title__c: null, Signal_Due_Hours__c: null }));
        expect(bare.action).toMatchObject({ title: 'Many cases', dueInWorkingHours: 40 });
    });

    it('never takes a blank trigger for an active one', () => {
        expect(readTrigger({})).toMatchObject({ key: '', active: false, priority: 100, enterWhen: '', exitWhen: '' });
    });

    it('leaves out an anchor that is none', () => {
        expect(readTrigger(trigger({ Anchor__c: 'Full moon' })).anchor).toBeNull();
    });
});

describe('readStep', () => {
    it('reads a step without a question', () => {
        expect(readStep(step('check', { Role__c: null }))).toMatchObject({
            id: 'a0S-check',
            key: 'check',
            title: 'Do check',
            role: null,
            required: true,
            dueFrom: 'Start',
            dueOffset: 2,
            dueUnit: 'Business days',
            decision: null,
            repeatEveryDays: null,
        });
    });

    it('reads a question with one option a line, and one answer unless more are allowed', () => {
        const options = ' Yes \r\n\r\nNo\n';
        const asks = { Decision_Question__c: 'Booked?', Decision_Options__c: options };
        expect(readStep(step('call', asks)).decision).toEqual({ question: 'Booked?', options: ['Yes', 'No'], max: 1 });
        expect(readStep(step('call', { ...asks, Decision_Max__c: 3 })).decision?.max).toBe(3);
    });

    it('keeps a due date on the day itself', () => {
        expect(readStep(step('call', { Due_Offset__c: 0 })).dueOffset).toBe(0);
    });
});

describe('readVersion', () => {
    it('takes only its own steps', () => {
        const steps = [step('mine'), step('other', { Playbook_Version__c: 'a0V-other' })];
        const read = readVersion(version({ Success_When__c: '$Figure.Health >= 65' }), steps);
        expect(read.steps.map(({ key }) => key)).toEqual(['mine']);
        expect(read).toMatchObject({
            playbookKey: 'at-risk',
            playbookName: 'At-Risk Account',
            category: 'Risk',
            status: 'Published',
            number: 1,
            successWhen: '$Figure.Health >= 65',
        });
    });

    it('never takes a version of unknown status for a published one', () => {
        expect(readVersion(version({ Version_Status__c: null }), []).status).toBe('Draft');
        expect(readVersion(version({}, { Playbook__r: playbook({ Category__c: 'Party' }) }), []).category).toBeNull();
        expect(readVersion(version({}, { Playbook__r: null }), []).playbookKey).toBe('');
    });
});

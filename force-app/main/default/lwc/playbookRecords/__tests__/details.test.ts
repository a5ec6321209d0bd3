import { resource, step, version, versionAnswer } from 'test/platformAnswers';
import { readDetails } from '../details';

const read = (...[steps, resources, node]: Parameters<typeof versionAnswer>) =>
    readDetails(versionAnswer(steps, resources, node).uiapi.query);

describe('readDetails', () => {
    it('gives the long texts by step', () => {
        const details = read([
            step('check', {
                Instructions__c: 'Look at the dashboard.',
                Key_Questions__c: 'Is it seasonal?\n\nIs it the data?',
                Pitfall__c: 'Guessing',
            }),
            step('call'),
        ]);
        expect(details?.stepTexts).toEqual({
            'a0S-check': {
                instructions: 'Look at the dashboard.',
                keyQuestions: ['Is it seasonal?', 'Is it the data?'],
                pitfall: 'Guessing',
            },
            'a0S-call': { instructions: null, keyQuestions: [], pitfall: null },
        });
        expect(details?.version.steps.map(({ key }) => key)).toEqual(['check', 'call']);
        expect(details).toMatchObject({ successCriteria: ['Health is back'], pitfalls: ['Waiting'], whenToUse: null });
    });

    it('gives resources with the step that they help with', () => {
        expect(
            read([], [resource(), resource({ Id: 'a0E-2', Resource_Step__c: null, Resource_Type__c: 'Deck' })])
                ?.resources,
        ).toEqual([
            expect.objectContaining({ id: 'a0E-1', type: 'E-mail', stepId: 'a0S-check', url: null }),
            expect.objectContaining({ id: 'a0E-2', type: 'Deck', stepId: null }),
        ]);
    });

    it('takes a resource of unknown type for a link', () => {
        expect(read([], [resource({ Resource_Type__c: 'Hologram' })])?.resources[0]?.type).toBe('Link');
    });

    it('keeps a retired version readable for the run that began with it', () => {
        expect(read([], [], version({ Version_Status__c: 'Retired' }))?.version.status).toBe('Retired');
    });

    it('gives nothing for a version that is gone', () => {
        expect(readDetails({})).toBeUndefined();
    });
});

/** The long texts of a version: what a step says when it is opened. */
import { readVersion } from './configuration';
import { choice, lines, nodesOf, parent, text, type Connection } from './nodes';
import type { VersionDetails } from './types';

/** Undefined when the version is gone or may not be seen. */
export function readDetails(query: Readonly<Record<string, Connection | undefined>>): VersionDetails | undefined {
    const [node] = nodesOf(query['Playbook_Version__c']);
    if (!node) return undefined;
    const steps = nodesOf(query['Playbook_Step__c']);
    return {
        version: readVersion(node, steps),
        whenToUse: text(parent(node, 'Playbook__r') ?? {}, 'When_To_Use__c'),
        successCriteria: lines(text(node, 'Success_Criteria__c')),
        pitfalls: lines(text(node, 'Pitfalls__c')),
        stepTexts: Object.fromEntries(
            steps.map((step) => [
                text(step, 'Id') ?? '',
                {
                    instructions: text(step, 'Instructions__c'),
                    keyQuestions: lines(text(step, 'Key_Questions__c')),
                    pitfall: text(step, 'Pitfall__c'),
                },
            ]),
        ),
        resources: nodesOf(query['Playbook_Resource__c']).map((resource) => ({
            id: text(resource, 'Id') ?? '',
            title: text(resource, 'Name') ?? '',
            type: choice(resource, 'Resource_Type__c', [
                'Link',
                'E-mail',
                'Call script',
                'Deck',
                'Calculator',
                'Video',
            ]),
            stepId: text(resource, 'Resource_Step__c'),
            subject: text(resource, 'Subject__c'),
            body: text(resource, 'Body__c'),
            url: text(resource, 'Url__c'),
        })),
    };
}

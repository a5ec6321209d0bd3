/** A playbook of three steps, and answers to them. */
import {
    type Answer,
    type AnswerInput,
    buildChecklist,
    type ChangePlan,
    planAnswer,
    type Prompt,
} from '../playbookEngine';
import { context, matchesOf, promptFor, step, version } from './sample';

export const VALUES = {
    Health_Score__c: 48,
    Usage_Current__c: 700,
    ARR__c: 50000,
    Segment__c: 'Enterprise',
    CSM__c: '005000000000002AAA',
};
const STEPS = [
    step('check', {
        phase: 'Understand',
        decision: { question: 'Real?', options: ['Real', 'False alarm', 'Seasonal'], max: 1 },
        dueFrom: 'Start',
        dueOffset: 48,
        dueUnit: 'Working hours',
    }),
    step('causes', {
        dependsOn: 'check',
        decision: { question: 'Why?', options: ['A', 'B', 'C'], max: 2 },
        noteRequired: true,
    }),
    step('call', {
        phase: 'Talk',
        dependsOn: 'check',
        showWhen: '$Decision.check = "Real"',
        customerContact: true,
        required: false,
        dueFrom: 'Previous step',
        dueOffset: 1,
        dueUnit: 'Business days',
    }),
];
export const VERSION = version(STEPS);
export const done = (decision: readonly string[] = [], note: string | null = null): Answer => ({
    kind: 'done',
    decision,
    note,
});

export function surfaced(changes: Partial<Prompt> = {}): Prompt {
    const [match = null] = matchesOf(VALUES).matches;
    return promptFor(VERSION, { match, ...changes });
}

function input(prompt: Prompt, stepKey: string, answer: Answer, changes: Partial<AnswerInput> = {}): AnswerInput {
    const where = context(VALUES);
    return {
        ...where,
        prompt,
        checklist: buildChecklist(prompt, where),
        runs: prompt.run === null ? [] : [prompt.run],
        reason: 'Health is 48 (limit 60).',
        stepKey,
        occurrence: 1,
        answer,
        proof: null,
        ...changes,
    };
}

export const plan = (prompt: Prompt, stepKey: string, answer: Answer, changes: Partial<AnswerInput> = {}): ChangePlan =>
    planAnswer(input(prompt, stepKey, answer, changes));

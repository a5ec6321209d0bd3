import { buildChecklist, type Completion, outcomesFor, type Prompt, suggestOutcome } from '../playbookEngine';
import { AT_RISK, completion, context, promptFor, RENEWAL, run, SMALL_RENEWAL, step, version } from './sample';

const STEPS = [
    step('check', { decision: { question: 'Real?', options: ['Real', 'False alarm'], max: 1 } }),
    step('call', { customerContact: true, required: false, dueFrom: 'Start', dueOffset: 1, dueUnit: 'Days' }),
    step('hidden', { showWhen: '$Run.Tier = "Critical"' }),
    step('review', { repeatEveryDays: 7 }),
];
const VERSION = version(STEPS);

describe('outcomes', () => {
    const renewal = version([], { playbookKey: 'renewal', category: 'Renewal' });
    test.each<[string, Pick<Prompt, 'version' | 'trigger'>, string]>([
        ['risk', { version: VERSION, trigger: AT_RISK }, 'Saved, Lost, Let go, False alarm'],
        ['renewal', { version: renewal, trigger: null }, 'Renewed, Renewed smaller, Not renewed, Let go, False alarm'],
        [
            'no category, anchored at the renewal',
            { version: version([], { category: null }), trigger: RENEWAL },
            'Renewed, Renewed smaller, Not renewed, Let go, False alarm',
        ],
        [
            'no category',
            { version: version([], { category: null }), trigger: null },
            'Saved, Lost, Let go, False alarm',
        ],
        [
            'stakeholders',
            { version: version([], { category: 'Stakeholders' }), trigger: null },
            'Completed, Lost, Let go, False alarm',
        ],
        ['signal', { version: null, trigger: SMALL_RENEWAL }, 'Completed, Let go, False alarm'],
        ['version that cannot be read', { version: null, trigger: AT_RISK }, 'Saved, Lost, Let go, False alarm'],
    ])('%s', (_name, subject, expected) => {
        const worked = run({ completions: [completion('call', { customerContact: true })] });
        expect(outcomesFor({ ...subject, run: worked, continues: null }).join(', ')).toBe(expected);
    });

    test('is not Saved while nobody has spoken to the customer', () => {
        const prompt = promptFor(version([]), { run: run({ completions: [completion('check')] }) });
        expect(outcomesFor(prompt).join(', ')).toBe('Recovered, Lost, Let go, False alarm');
    });
});

describe('the suggested outcome', () => {
    const criteria = {
        successWhen: 'AND($Figure.Health >= 65, $Figure.Health >= $Run.HealthAtOpening + 10)',
        lostWhen: 'NOT(ISBLANK($Figure.ChurnedOn))',
    };
    const suggest = (
        completions: Completion[],
        values: Record<string, number | string>,
        changes: Partial<Prompt> = {},
    ) => {
        const prompt = promptFor(version(STEPS, criteria), { run: run({ completions }), ...changes });
        const where = context(values);
        return suggestOutcome(prompt, buildChecklist(prompt, where), where);
    };
    const called = completion('call');
    const renewal = { version: version([], { ...criteria, category: 'Renewal', successWhen: '$Figure.Health > 0' }) };

    test.each<[string, Completion[], Record<string, number | string>, Partial<Prompt>, string | undefined]>([
        ['nothing speaks for one', [], { Health_Score__c: 50 }, {}, undefined],
        ['unknown health', [called], {}, {}, undefined],
        [
            'up, but not by ten',
            [called],
            { Health_Score__c: 65 },
            { run: run({ healthAtOpening: 58, completions: [called] }) },
            undefined,
        ],
        ['worked', [called], { Health_Score__c: 70 }, {}, 'Saved'],
        ['nobody spoke to the customer', [completion('check')], { Health_Score__c: 70 }, {}, 'Recovered'],
        [
            'a call that was skipped is none',
            [completion('call', { status: 'Skipped' })],
            { Health_Score__c: 70 },
            {},
            'Recovered',
        ],
        [
            'a call after it had begun to recover saved nothing',
            [called],
            { Health_Score__c: 70 },
            { run: run({ completions: [called], recoveringSince: '2026-11-20T10:00:00.000Z' }) },
            'Recovered',
        ],
        [
            'a call before it began to recover',
            [called],
            { Health_Score__c: 70 },
            { run: run({ completions: [called], recoveringSince: '2026-11-21T11:00:00.000Z' }) },
            'Saved',
        ],
        ['churned, whatever the score', [called], { Health_Score__c: 70, Churned_On__c: '2026-11-01' }, {}, 'Lost'],
        [
            'an answer that names an outcome',
            [completion('check', { decision: ['False alarm'] })],
            { Health_Score__c: 70 },
            {},
            'False alarm',
        ],
        [
            'an answer that says Saved, when nobody spoke to the customer',
            [completion('check', { decision: ['Saved'] })],
            { Health_Score__c: 50 },
            {},
            'Recovered',
        ],
        [
            'an answer that says Recovered, when somebody spoke to the customer',
            [called, completion('check', { decision: ['Recovered'] })],
            { Health_Score__c: 50 },
            {},
            undefined,
        ],
        [
            'the same where success holds',
            [called, completion('check', { decision: ['Recovered'] })],
            { Health_Score__c: 70 },
            {},
            'Saved',
        ],
        ['renewed', [], { Health_Score__c: 70, ARR__c: 50000 }, { ...renewal, run: run() }, 'Renewed'],
        ['renewed smaller', [], { Health_Score__c: 70, ARR__c: 49999 }, { ...renewal, run: run() }, 'Renewed smaller'],
        ['not renewed', [], { Churned_On__c: '2026-11-01' }, { ...renewal, run: run() }, 'Not renewed'],
        [
            'no risk, all done',
            [],
            {},
            {
                version: version([step('a')], { category: 'Stakeholders' }),
                run: run({ completions: [completion('a')] }),
            },
            'Completed',
        ],
        [
            'no risk, not all done',
            [],
            {},
            { version: version([step('a')], { category: 'Stakeholders' }), run: run() },
            undefined,
        ],
        [
            'criteria that fail',
            [],
            { NPS__c: 0 },
            { version: version([], { successWhen: '1 / NPS__c > 0' }), run: run() },
            undefined,
        ],
    ])('%s', (_name, completions, values, changes, expected) => {
        expect(suggest(completions, values, changes)?.outcome).toBe(expected);
    });

    test('comes with its reasons', () => {
        expect(suggest([called], { Health_Score__c: 70 })?.reasons).toMatchObject([
            { figure: 'Health', actual: 70, limit: 65 },
        ]);
    });
});

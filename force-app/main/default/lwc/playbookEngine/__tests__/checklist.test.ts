import { buildChecklist, checklistProblems, type Completion, type Prompt, type Step } from '../playbookEngine';
import { ask, checklistOf, promptOf, shown, viewsOf } from './listing';
import { account, completion, context, prepared, promptFor, run, SMALL_RENEWAL, step, USER, version } from './sample';

describe('which steps show', () => {
    const steps = [
        step('check', { decision: ask(['Real', 'False alarm']) }),
        step('cause', {
            dependsOn: 'check',
            showWhen: '$Decision.check = "Real"',
            decision: ask(['Price', 'Product', 'People'], 2),
        }),
        step('product', { dependsOn: 'cause', showWhen: 'INCLUDES($Decision.cause, "Product")' }),
        step('people', { showWhen: 'CONTAINS($Decision.cause, "People")' }),
        step('alarm', { showWhen: '$Decision.check = "False alarm"' }),
        step('critical', { showWhen: '$Run.Tier = "Critical"' }),
    ];
    const real = completion('check', { decision: ['Real'] });

    test.each<[string, Completion[] | null, string[]]>([
        ['nothing answered', null, ['check:1 open']],
        ['a decision', [real], ['check:1 done', 'cause:1 open']],
        ['the other decision', [completion('check', { decision: ['False alarm'] })], ['check:1 done', 'alarm:1 open']],
        [
            'two answers at once',
            [real, completion('cause', { decision: ['Product', 'People'] })],
            ['check:1 done', 'cause:1 done', 'product:1 open', 'people:1 open'],
        ],
        ['a skipped decision answers nothing', [completion('check', { status: 'Skipped' })], ['check:1 skipped']],
        ['an undone one neither', [completion('check', { status: 'Undone', decision: ['Real'] })], ['check:1 open']],
        [
            'what was answered stays although the decision changed',
            [completion('check', { decision: ['False alarm'] }), completion('cause', { decision: ['Price'] })],
            ['check:1 done', 'cause:1 done', 'alarm:1 open'],
        ],
    ])('%s', (_name, completions, expected) => {
        expect(shown(viewsOf(steps, completions))).toEqual(expected);
    });

    test.each([
        ['$Run.Tier = "High"', true],
        ['$Run.FirstTier = "High"', true],
        ['$Run.WorstTier = "Critical"', false],
        ['$Run.DaysOpen >= 30', false],
        ['$Run.DaysOpen = 20', true],
        ['$Run.OpenedOn = DATE(2026, 11, 1)', true],
        ['$Figure.Health > $Run.HealthAtOpening', true],
        ['$Figure.ARR < $Run.ARRAtOpening', false],
        ['$Run.UsageAtOpening = 1200', true],
        ['$Run.DaysToAnchor <= 40', true],
        ['$Run.AnchorOn = DATE(2026, 12, 31)', true],
        ['$Run.Cause = "Competitor"', false],
        ['$Trigger.Key = "At_Risk"', true],
        ['$Trigger.Priority = 10', true],
        ['$Trigger.Tier = "High"', true],
        ['$User.FirstName = "Maya"', true],
        ['NPS__c > 5', false],
        ['ISBLANK($Decision.later)', true],
        ['$Decision.later.Streak = 0', true],
    ])('%s: %j', (showWhen, expected) => {
        const asked = [step('x', { showWhen }), step('later', { decision: ask(['A']) })];
        const views = checklistOf(asked, [], { Health_Score__c: 55, ARR__c: 50000 }, undefined, {
            surfacedAt: '2026-11-01T10:00:00.000Z',
            anchorOn: '2026-12-31',
        }).phases.flatMap((phase) => phase.steps);
        expect(views.some((view) => view.step.key === 'x')).toBe(expected);
    });

    test('without a run the account’s figures are those at opening', () => {
        const asked = [
            step('x', { showWhen: 'AND($Run.HealthAtOpening = 41, $Run.DaysOpen = 0, $Run.DaysToAnchor = 10)' }),
        ];
        const prompt = promptFor(version(asked), { trigger: { ...SMALL_RENEWAL, kind: 'Playbook' } });
        const where = context({ Health_Score__c: 41, Renewal_Date__c: '2026-12-01' });
        expect(buildChecklist(prompt, where).total).toBe(1);
    });
});

describe('rules that cannot be used', () => {
    test.each<[string, Step[], string, RegExp]>([
        ['a broken condition', [step('x', { showWhen: '$Figure.Health <' })], 'Show When', /early/],
        ['a decision nobody takes', [step('x', { showWhen: '$Decision.y = "A"' })], 'Show When', /\$Decision\.y/],
        ['a division by zero', [step('x', { showWhen: '1 / NPS__c > 1' })], 'Show When', /zero/i],
        ['a step that does not exist', [step('x', { dependsOn: 'nobody' })], 'Depends On', /nobody/],
    ])('%s: the step shows and the problem is told', (_name, steps, field, message) => {
        const prompt = promptOf(steps, []);
        const where = context({ NPS__c: 0 });
        expect(buildChecklist(prompt, where).total).toBe(steps.length);
        const problems = checklistProblems(prompt, where);
        expect(problems).toMatchObject([{ where: 'step', key: 'x', label: 'Do x', field }]);
        expect(problems[0]?.message).toMatch(message);
    });

    test('steps that wait for each other show, and say so', () => {
        const prompt = promptOf(
            [step('a', { dependsOn: 'b' }), step('b', { dependsOn: 'a' }), step('c', { dependsOn: 'c' })],
            [],
        );
        expect(buildChecklist(prompt, context()).total).toBe(3);
        expect(checklistProblems(prompt, context()).map(({ key, field }) => `${key} ${field}`)).toEqual([
            'a Depends On',
            'b Depends On',
            'c Depends On',
        ]);
    });

    test('criteria of the version', () => {
        const prompt = promptFor(version([], { successWhen: 'Helth > 1', lostWhen: '1 / NPS__c > 1' }));
        expect(
            checklistProblems(prompt, context({ NPS__c: 0 })).map(({ where, field }) => `${where} ${field}`),
        ).toEqual(['version Success When', 'version Lost When']);
    });

    test('a version that cannot be read', () => {
        const prompt = promptFor(version([]), { version: null, run: run() });
        expect(buildChecklist(prompt, context())).toEqual({ phases: [], answered: 0, total: 0, next: null });
        expect(checklistProblems(prompt, context())).toMatchObject([{ where: 'version' }]);
    });
});
describe('due dates on the list', () => {
    const after = (dependsOn: string | null): Step =>
        step('b', { dependsOn, dueFrom: 'Previous step', dueOffset: 2, dueUnit: 'Days' });

    test.each<[string, Step[], Completion[], string | null]>([
        [
            'the step depended on',
            [step('a'), step('x'), after('a')],
            [completion('a', { completedAt: '2026-11-20T10:00:00.000Z' })],
            '2026-11-22T22:59:59.000Z',
        ],
        [
            'else the one shown before',
            [step('a'), step('x', { showWhen: 'FALSE' }), after(null)],
            [completion('a', { completedAt: '2026-11-20T10:00:00.000Z' })],
            '2026-11-22T22:59:59.000Z',
        ],
        ['which is open', [step('a'), after(null)], [], null],
        ['and undone', [step('a'), after(null)], [completion('a', { status: 'Undone' })], null],
        ['for the first step the start', [after(null)], [], '2026-11-23T22:59:59.000Z'],
    ])('previous is %s', (_name, steps, completions, expected) => {
        expect(viewsOf(steps, completions).find((view) => view.step.key === 'b')?.dueAt).toBe(expected);
    });

    test('overdue is later than due, and never on arrival', () => {
        const steps = [step('a', { dueFrom: 'Anchor', dueOffset: -45, dueUnit: 'Days' })];
        const late = { anchorOn: '2026-12-31', surfacedAt: '2026-11-21T10:00:00.000Z' };
        const at = (now: string) => checklistOf(steps, [], {}, now, late).phases[0]?.steps[0];
        expect(at('2026-11-21T10:00:00.000Z')).toMatchObject({ overdue: false, plannedOn: '2026-11-16' });
        expect(at('2026-11-25T22:59:59.000Z')).toMatchObject({ overdue: false });
        expect(at('2026-11-25T23:00:00.000Z')).toMatchObject({ overdue: true });
    });

    test('an answered step keeps the date it had', () => {
        const done = completion('a', { dueAt: '2026-11-01T00:00:00.000Z' });
        expect(viewsOf([step('a', { dueFrom: 'Start', dueOffset: 9, dueUnit: 'Days' })], [done])).toMatchObject([
            { dueAt: '2026-11-01T00:00:00.000Z', overdue: false },
        ]);
    });
});

describe('the whole list', () => {
    test('phases in order, with their own count; next by date, undated after dated, waiting last', () => {
        const steps = [
            step('a', { phase: 'One' }),
            step('b', { phase: 'Two', dueFrom: 'Start', dueOffset: 5, dueUnit: 'Days' }),
            step('c', { phase: 'One', dueFrom: 'Start', dueOffset: 2, dueUnit: 'Days' }),
            step('d', { phase: 'Two', repeatEveryDays: 1 }),
        ];
        const waiting = completion('d', { completedAt: '2026-11-21T09:00:00.000Z' });
        const list = checklistOf(steps, [waiting]);
        expect(list.phases.map(({ name, answered, steps: views }) => [name, answered, views.length])).toEqual([
            ['One', 0, 2],
            ['Two', 1, 2],
        ]);
        expect([list.answered, list.total, list.next?.step.key]).toEqual([1, 4, 'c']);
        const done = (...keys: string[]) =>
            checklistOf(steps, [waiting, ...keys.map((key) => completion(key))]).next?.step.key;
        expect(done('c')).toBe('b');
        expect(done('c', 'b')).toBe('a');
        expect(done('c', 'b', 'a')).toBe('d');
    });

    test('steps show in the order of their positions, however they were read', () => {
        const unordered = version([]);
        const prompt = promptFor({ ...unordered, steps: [step('b', { position: 2 }), step('a', { position: 1 })] });
        expect(buildChecklist(prompt, context()).phases[0]?.steps.map((view) => view.step.key)).toEqual(['a', 'b']);
    });

    test('a closed run shows what was recorded and asks for nothing', () => {
        const list = checklistOf(
            [step('a'), step('b'), step('c')],
            [completion('a'), completion('b', { status: 'Not done' })],
            {},
            undefined,
            { status: 'Closed' },
        );
        expect(shown(list.phases.flatMap((phase) => phase.steps))).toEqual(['a:1 done', 'b:1 not-done']);
        expect(list.next).toBeNull();
    });

    test('a signal asks for one thing, due in working hours', () => {
        const prompt: Prompt = { ...promptFor(version([])), kind: 'Signal', version: null, trigger: SMALL_RENEWAL };
        expect(buildChecklist(prompt, context())).toMatchObject({
            total: 1,
            next: {
                step: { key: 'signal', title: 'Confirm the renewal by e-mail', customerContact: true },
                dueAt: '2026-11-27T22:59:59.000Z',
            },
        });
    });

    test('200 steps, each waiting for the one before', () => {
        const steps = Array.from({ length: 200 }, (_, index) =>
            step(`s${index}`, {
                dependsOn: index === 0 ? null : `s${index - 1}`,
                showWhen: '$Figure.Health < 60',
                dueFrom: 'Previous step',
                dueOffset: 1,
                dueUnit: 'Business days',
            }),
        );
        const completions = steps.slice(0, 150).map(({ key }) => completion(key));
        const list = buildChecklist(promptOf(steps, completions), {
            ...context(),
            account: account({ Health_Score__c: 10 }),
            prepared: prepared(),
            user: USER,
        });
        expect([list.answered, list.total, list.next?.step.key]).toEqual([150, 151, 's150']);
    });
});

import type { Completion, StepView } from '../playbookEngine';
import { ask, checklistOf, shown, viewsOf } from './listing';
import { completion, step } from './sample';

describe('repeated steps', () => {
    const review = step('review', {
        decision: ask(['Improving', 'Flat', 'Worse']),
        repeatEveryDays: 7,
        showWhen: '$Run.DaysOpen < 40',
    });
    const escalate = step('escalate', { showWhen: 'AND($Decision.review = "Flat", $Decision.review.Streak >= 2)' });
    const reviewed = (occurrence: number, answer: string, completedAt: string): Completion =>
        completion('review', { occurrence, decision: [answer], completedAt });
    const first = reviewed(1, 'Flat', '2026-11-10T10:00:00.000Z');
    const started = { surfacedAt: '2026-11-03T10:00:00.000Z' };
    const views = (completions: Completion[], now: string): StepView[] =>
        checklistOf([review, escalate], completions, {}, now, started).phases.flatMap((phase) => phase.steps);

    test('the next turn waits until its day', () => {
        expect(views([first], '2026-11-12T10:00:00.000Z')).toMatchObject([
            {
                occurrence: 2,
                state: 'open',
                waiting: true,
                dueAt: '2026-11-17T22:59:59.000Z',
                overdue: false,
                history: [first],
            },
        ]);
        expect(views([first], '2026-11-17T08:00:00.000Z')).toMatchObject([
            { occurrence: 2, waiting: false, overdue: false },
        ]);
        expect(views([first], '2026-11-18T08:00:00.000Z')).toMatchObject([
            { occurrence: 2, waiting: false, overdue: true },
        ]);
    });

    test('two flat reviews in a row escalate; a better one in between does not', () => {
        const second = reviewed(2, 'Flat', '2026-11-17T10:00:00.000Z');
        expect(shown(views([first, second], '2026-11-18T10:00:00.000Z'))).toEqual(['review:3 open', 'escalate:1 open']);
        const better = reviewed(2, 'Improving', '2026-11-17T10:00:00.000Z');
        const third = reviewed(3, 'Flat', '2026-11-20T10:00:00.000Z');
        expect(shown(views([first, better, third], '2026-11-20T11:00:00.000Z'))).toEqual(['review:4 open']);
    });

    test('the latest answer counts', () => {
        const asked = [review, step('worse', { showWhen: '$Decision.review = "Worse"' })];
        const at = (...answers: string[]): string[] =>
            shown(
                viewsOf(
                    asked,
                    answers.map((answer, index) => reviewed(index + 1, answer, `2026-11-${10 + index}T10:00:00.000Z`)),
                ),
            );
        expect(at('Flat', 'Worse')).toEqual(['review:3 open', 'worse:1 open']);
        expect(at('Worse', 'Flat')).toEqual(['review:3 open']);
    });

    test('what follows counts from the latest turn', () => {
        const asked = [
            review,
            step('after', { dependsOn: 'review', dueFrom: 'Previous step', dueOffset: 1, dueUnit: 'Days' }),
        ];
        const second = reviewed(2, 'Flat', '2026-11-17T10:00:00.000Z');
        expect(viewsOf(asked, [first, second])[1]).toMatchObject({
            dueAt: '2026-11-25T22:59:59.000Z',
            plannedOn: '2026-11-18',
        });
    });

    test('a skipped turn neither counts nor breaks the row', () => {
        const skipped = completion('review', {
            occurrence: 2,
            status: 'Skipped',
            completedAt: '2026-11-13T10:00:00.000Z',
        });
        const third = reviewed(3, 'Flat', '2026-11-20T10:00:00.000Z');
        expect(shown(views([first, skipped, third], '2026-11-20T11:00:00.000Z'))).toEqual([
            'review:4 open',
            'escalate:1 open',
        ]);
    });

    test('an undone turn is open again with its record', () => {
        const undone = { ...reviewed(2, 'Worse', '2026-11-17T10:00:00.000Z'), status: 'Undone' as const };
        expect(views([first, undone], '2026-11-18T10:00:00.000Z')).toMatchObject([
            { occurrence: 2, state: 'open', completion: undone, history: [first] },
        ]);
    });

    test('once it is not needed any more, its last answer stays', () => {
        expect(views([first], '2026-12-24T10:00:00.000Z')).toMatchObject([
            { occurrence: 1, state: 'done', history: [] },
        ]);
    });

    test('what does not apply does not come back', () => {
        const never = completion('review', { status: 'Not applicable' });
        expect(shown(views([never], '2026-11-30T10:00:00.000Z'))).toEqual(['review:1 not-applicable']);
    });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planSweep, RUN_CAUSES, suggestedCause } from '../playbookEngine';
import { account, completion, day, promptFor, run, step, version } from './sample';
import { night, sweepRules } from './sweeping';

const ask = (key: string, options: readonly string[]) =>
    step(key, { decision: { question: 'What drives it?', options, max: 2 } });
const PLAYBOOK = version([
    ask('cause', ['Low adoption', 'Competitor', 'Other']),
    ask('again', ['Competitor', 'Price or budget']),
    ask('who', ['Sponsor', 'Other']),
    step('call'),
]);
const causeOf = (...completions: Parameters<typeof completion>[]): string | null =>
    suggestedCause(promptFor(PLAYBOOK, { run: run({ completions: completions.map((each) => completion(...each)) }) }));

const EARLY = `${day(-3)}T10:00:00.000Z`;

describe('the cause to close with', () => {
    test('is the first one chosen', () => {
        expect(causeOf(['cause', { decision: ['Competitor', 'Low adoption'] }])).toBe('Competitor');
    });

    test('is the latest answer', () => {
        const cause = ['cause', { decision: ['Other'], completedAt: EARLY }] as const;
        expect(causeOf([...cause], ['again', { decision: ['Price or budget'] }])).toBe('Price or budget');
    });

    test('is no answer to another question, nor one that does not stand', () => {
        expect(causeOf(['who', { decision: ['Other'] }], ['call'])).toBeNull();
        expect(causeOf(['cause', { decision: ['Other'], status: 'Undone' }])).toBeNull();
        expect(causeOf(['cause', { decision: ['Other'], status: 'Skipped' }])).toBeNull();
        expect(suggestedCause(promptFor(PLAYBOOK))).toBeNull();
    });

    test('is written by a sweep that closes the run', () => {
        const lost = { ...PLAYBOOK, lostWhen: 'NOT(ISBLANK($Figure.ChurnedOn))' };
        const rules = sweepRules(night(0), { triggers: [], versions: [lost] });
        const open = run({ triggerKey: null, completions: [completion('cause', { decision: ['Competitor'] })] });
        const closed = (cause: string | null) =>
            planSweep(rules, { account: account({ Churned_On__c: day(0) }), runs: [{ ...open, cause }], csm: null })
                .changes[0]?.plan.updateRun?.fields['Cause__c'];
        expect(closed(null)).toBe('Competitor');
        expect(closed('Low adoption')).toBe('Low adoption');
    });
});

test('the causes are those of the field', () => {
    const field = join(__dirname, '../../../objects/Playbook_Run__c/fields/Cause__c.field-meta.xml');
    const values = [...readFileSync(field, 'utf8').matchAll(/<value>\s*<fullName>([^<]*)</g)].map(([, value]) => value);
    expect(values).toEqual(RUN_CAUSES);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatsFor, mergeTemplate } from 'c/playbookEngine';
import type { MergeSegment } from 'c/playbookEngine';
import type { Value } from 'c/formula';
import { readPlaybooks } from '../import.ts';
import { loadVersion, Walk } from './walk.ts';

const sources = await readPlaybooks(['data/playbooks']);
const FULL: Readonly<Record<string, Value>> = {
    Name: 'Brightwater',
    'Champion__r.FirstName': 'Elena',
    'Champion__r.LastName': 'Lehmann',
    Health_Score__c: 34,
    Health_Score_On__c: '2026-11-19',
    Usage_Current__c: 6240,
    Usage_Previous__c: 10760,
    Usage_Change__c: -42,
    Renewal_Date__c: '2027-01-12',
    ARR__c: 184_000,
};

/** Every text of a playbook that may hold merge fields, by where it stands. */
const texts = sources.flatMap(({ content }) =>
    content.steps.flatMap((step) =>
        [
            ['instructions', step.instructions] as const,
            ...(step.resources ?? []).flatMap((resource) => [
                [`${resource.key} subject`, resource.subject ?? ''] as const,
                [`${resource.key} body`, resource.body ?? ''] as const,
            ]),
        ].map(([place, text]) => ({ place: `${content.key} ${step.key} ${place}`, playbook: content.key, text })),
    ),
);

const version = await loadVersion('at-risk');

function merge(text: string, values: Readonly<Record<string, Value>>): readonly MergeSegment[] {
    const walk = new Walk(version, { values });
    return mergeTemplate(text, { ...walk.context, prompt: walk.prompt, formats: formatsFor('en-GB', 'EUR', 'UTC') });
}

const words = (segments: readonly MergeSegment[]): string =>
    segments.map((segment) => ('text' in segment ? segment.text : `<${segment.kind}>`)).join('');

test('with all figures known no text has a gap', () => {
    for (const { place, text } of texts) {
        const gaps = merge(text, FULL).filter(({ kind }) => kind === 'missing' || kind === 'broken');
        assert.deepEqual(gaps, [], place);
    }
});

test('with nothing known the gaps are marked and no formula breaks', () => {
    let missing = 0;
    for (const { place, text } of texts) {
        const segments = merge(text, { Name: 'Brightwater' });
        assert.deepEqual(
            segments.filter(({ kind }) => kind === 'broken'),
            [],
            place,
        );
        missing += segments.filter(({ kind }) => kind === 'missing').length;
    }
    assert.ok(missing > 0);
});

test('the invitation speaks of usage only where usage fell', () => {
    const invite = texts.find(({ place }) => place.endsWith('call_invite body'))?.text ?? '';
    assert.match(words(merge(invite, FULL)), /using our product a lot less than a month ago/);
    for (const change of [-5, null]) {
        assert.match(words(merge(invite, { ...FULL, Usage_Change__c: change })), /has not been running well for you/);
    }
});

test('no e-mail to a customer shows health, tier or playbook', () => {
    const internal = ['fix_data_note', 'escalation_note'];
    for (const { place, text } of texts) {
        if (/_(mail|invite|invite_second) /.test(place) && !internal.some((key) => place.includes(key))) {
            assert.doesNotMatch(text, /\$Figure\.(Health|ARR)|\$Run|playbook|at risk/i, place);
        }
    }
});

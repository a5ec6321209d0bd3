import { prompts, type Run, startByHand, unpublishedPlaybooks } from '../playbookEngine';
import {
    context,
    AT_RISK,
    matchesOf,
    prepared,
    RENEWAL,
    run,
    SMALL_RENEWAL,
    step,
    trigger,
    TRIGGERS,
    version,
} from './sample';

const AT_RISK_1 = version([step('check_data')]);
const RENEWAL_1 = version([step('plan')], {
    id: 'a0V2',
    playbookKey: 'renewal',
    playbookName: 'Renewal',
    category: 'Renewal',
});
const WEAK = { Health_Score__c: 48 };
const SMALL = { Renewal_Date__c: '2026-12-10', ARR__c: 9000 };

function promptsFor(
    values: Record<string, string | number>,
    runs: readonly Run[],
    versions = [AT_RISK_1, RENEWAL_1],
    triggers = TRIGGERS,
) {
    const found = matchesOf(values, triggers);
    return prompts({ ...context(values), ...found, prepared: prepared(triggers), runs, versions });
}

test('a match without a run', () => {
    expect(promptsFor(WEAK, [])).toMatchObject([
        {
            id: 'playbook:at-risk',
            kind: 'Playbook',
            title: 'At-Risk Account',
            tier: 'High',
            run: null,
            version: AT_RISK_1,
        },
    ]);
});

test('a signal carries what it asks for as its title', () => {
    expect(promptsFor(SMALL, [])).toMatchObject([
        { id: 'signal:Renewal_Small', kind: 'Signal', title: 'Confirm the renewal by e-mail', version: null },
    ]);
});

test('an open run takes its match in, and keeps the version it started with', () => {
    const retired = version([], { id: 'a0V0', number: 1, status: 'Retired' });
    const newer = version([], { id: 'a0V9', number: 2 });
    const found = promptsFor(WEAK, [run({ versionId: 'a0V0' })], [newer, retired]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ run: { id: 'a0R1' }, version: { id: 'a0V0' }, match: { tier: 'High' } });
});

test.each([
    ['Moderate', 30, 'Critical'],
    ['Critical', 48, 'Critical'],
    ['High', 80, 'High'],
] as const)('an open run of tier %s with health %i stays or becomes %s', (currentTier, health, expected) => {
    expect(promptsFor({ Health_Score__c: health }, [run({ currentTier })])[0]?.tier).toBe(expected);
});

test('an open run stays when nothing matches any more, even if its trigger is gone or off', () => {
    for (const triggers of [[], [trigger({ active: false })], [RENEWAL]]) {
        expect(promptsFor({ Health_Score__c: 90 }, [run()], [AT_RISK_1], triggers)).toMatchObject([
            { match: null, run: { id: 'a0R1' } },
        ]);
    }
});

test('an open run whose version cannot be read is still there, by its playbook’s name', () => {
    expect(promptsFor({}, [run({ versionId: 'gone' })])).toMatchObject([{ version: null, title: 'At-Risk Account' }]);
});

test('an open signal', () => {
    const open = run({ playbookKey: null, playbookName: null, versionId: null, triggerKey: 'Renewal_Small' });
    expect(promptsFor({}, [open])).toMatchObject([
        { id: 'signal:Renewal_Small', title: 'Confirm the renewal by e-mail', trigger: SMALL_RENEWAL },
    ]);
});

test('of two open runs of one playbook the later episode is in front', () => {
    expect(promptsFor(WEAK, [run(), run({ id: 'a0R2', episodeNumber: 2 })])).toMatchObject([{ run: { id: 'a0R2' } }]);
});

describe('after a run was closed', () => {
    test.each([
        ['2026-10-22T21:59:59.000Z', 1],
        ['2026-10-22T22:00:00.000Z', 0],
        ['2026-11-21T09:00:00.000Z', 0],
    ])('closed at %s with 30 days of quiet: %i prompts', (closedAt, count) => {
        expect(promptsFor(WEAK, [run({ status: 'Closed', closedAt, outcome: 'Lost' })])).toHaveLength(count);
    });

    test('the quiet is its own: other playbooks and signals surface', () => {
        const closed = run({ status: 'Closed', closedAt: '2026-11-20T10:00:00.000Z' });
        const values = { ...WEAK, Renewal_Date__c: '2026-12-10', ARR__c: 90000 };
        expect(promptsFor(values, [closed]).map(({ id }) => id)).toEqual(['playbook:renewal']);
    });

    test('a signal has its quiet too', () => {
        const closed = run({
            playbookKey: null,
            triggerKey: 'Renewal_Small',
            status: 'Closed',
            closedAt: '2026-11-20T10:00:00.000Z',
        });
        expect(promptsFor(SMALL, [closed])).toEqual([]);
    });
});

test('two triggers of one playbook give one prompt, the more urgent', () => {
    const also = trigger({
        key: 'Also',
        label: 'Also',
        priority: 1,
        tier: '"Critical"',
        enterWhen: '$Figure.Health < 50',
    });
    expect(promptsFor(WEAK, [], [AT_RISK_1], [AT_RISK, also])).toMatchObject([
        { tier: 'Critical', trigger: { key: 'Also' } },
    ]);
});

test('worst first, then priority', () => {
    const values = { ...WEAK, Renewal_Date__c: '2026-12-10', ARR__c: 90000 };
    expect(promptsFor(values, []).map(({ id }) => id)).toEqual(['playbook:at-risk', 'playbook:renewal']);
    const worsened = run({ playbookKey: 'renewal', versionId: 'a0V2', triggerKey: 'Renewal', currentTier: 'Critical' });
    expect(promptsFor(values, [worsened]).map(({ id }) => id)).toEqual(['playbook:renewal', 'playbook:at-risk']);
});

test('without a published version there is no prompt but a problem for the admin', () => {
    const draft = version([], { status: 'Draft' });
    expect(promptsFor(WEAK, [], [draft])).toEqual([]);
    const problems = unpublishedPlaybooks(prepared([AT_RISK, SMALL_RENEWAL]), [draft]);
    expect(problems).toMatchObject([
        { where: 'trigger', key: 'At_Risk', field: 'Playbook Key', message: expect.stringContaining('at-risk') },
    ]);
    expect(unpublishedPlaybooks(prepared([AT_RISK]), [AT_RISK_1])).toEqual([]);
});

test('the newest published version surfaces', () => {
    const versions = [
        version([], { id: 'one' }),
        version([], { id: 'three', number: 3 }),
        version([], { id: 'four', number: 4, status: 'Draft' }),
    ];
    expect(promptsFor(WEAK, [], versions)[0]?.version?.id).toBe('three');
});

test('started by hand it has no match, but its trigger for the anchor', () => {
    expect(startByHand(RENEWAL_1, prepared())).toMatchObject({
        id: 'playbook:renewal',
        match: null,
        run: null,
        tier: 'Moderate',
        trigger: RENEWAL,
    });
    expect(startByHand(RENEWAL_1, prepared([])).trigger).toBeNull();
});

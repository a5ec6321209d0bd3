import { type Completion, prompts, type Prompt, type Run, type Trigger } from '../playbookEngine';
import {
    context,
    AT_RISK,
    CHAMPION,
    completion,
    day,
    matchesOf,
    NOW,
    prepared,
    RENEWAL,
    run,
    SMALL_RENEWAL,
    step,
    trigger,
    version,
} from './sample';

const CALL = step('call', { customerContact: true });
const VERSIONS = [
    version([CALL]),
    version([CALL], { id: 'a0V2', playbookKey: 'renewal', playbookName: 'Renewal', category: 'Renewal' }),
    version([CALL], { id: 'a0V3', playbookKey: 'growth', playbookName: 'Growth', category: 'Growth' }),
    version([CALL], { id: 'a0V4', playbookKey: 'champion-change', playbookName: 'Champion', category: 'Stakeholders' }),
    version([step('read')], { id: 'a0V5', playbookKey: 'quiet', playbookName: 'Quiet', category: 'Onboarding' }),
];
const GROWTH = trigger({ key: 'Growth', label: 'Growth', playbookKey: 'growth', priority: 70, enterWhen: 'TRUE' });
const QUIET = trigger({ key: 'Quiet', label: 'Quiet', playbookKey: 'quiet', priority: 80, enterWhen: 'TRUE' });
const TRIGGERS = [AT_RISK, CHAMPION, RENEWAL, SMALL_RENEWAL, GROWTH, QUIET];
const RESCUE = { Health_Score__c: 30 };
const LARGE = { Renewal_Date__c: day(20), ARR__c: 90000 };
const SMALL = { Renewal_Date__c: day(20), ARR__c: 9000 };
const LEFT = { Champion_Left_On__c: day(-2) };

type Values = Record<string, string | number>;

function found(values: Values, runs: readonly Run[] = [], triggers: readonly Trigger[] = TRIGGERS): readonly Prompt[] {
    const source = { ...context(values), prepared: prepared(triggers), runs, versions: VERSIONS };
    return prompts({ ...source, ...matchesOf(values, triggers) });
}

const told = (all: readonly Prompt[]): string[] =>
    all.map(({ held, id }) => (held === null ? id : [id, held.why, held.until, held.by].join(' ')));
const done = (days: number, changes: Partial<Completion> = {}): Completion =>
    completion('call', { completedAt: `${day(days)}T10:00:00.000Z`, ...changes });

describe('while a critical risk is open', () => {
    test('renewal, growth and signals keep quiet, behind all the others', () => {
        expect(told(found({ ...RESCUE, ...LARGE, ...LEFT }))).toEqual([
            'playbook:at-risk',
            'playbook:champion-change',
            'playbook:quiet',
            'playbook:renewal critical  At-Risk Account',
            'playbook:growth critical  At-Risk Account',
        ]);
        expect(told(found({ ...RESCUE, ...SMALL }, [], [AT_RISK, SMALL_RENEWAL]))).toEqual([
            'playbook:at-risk',
            'signal:Renewal_Small critical  At-Risk Account',
        ]);
    });

    test('it is open even when its figures have got better since', () => {
        const rescue = run({ currentTier: 'Critical' });
        expect(told(found({ Health_Score__c: 80, ...LARGE }, [rescue], [AT_RISK, RENEWAL]))).toEqual([
            'playbook:at-risk',
            'playbook:renewal critical  At-Risk Account',
        ]);
    });

    test('one that is put aside or recovers holds nothing back', () => {
        const recovering = run({ currentTier: 'Critical', recoveringSince: NOW });
        expect(told(found({ Health_Score__c: 75, ...LARGE }, [recovering], [AT_RISK, RENEWAL]))).toContain(
            'playbook:renewal',
        );
        const rescue = run({ currentTier: 'Critical', status: 'Snoozed', snoozedUntil: day(5) });
        expect(told(found({ ...RESCUE, ...LARGE }, [rescue], [AT_RISK, RENEWAL]))).toEqual([
            'playbook:renewal',
            `playbook:at-risk snoozed ${day(5)} `,
        ]);
    });

    test('what has begun goes on, and a run of which nothing stands does not', () => {
        const renewal = run({ id: 'a0R2', playbookKey: 'renewal', versionId: 'a0V2', triggerKey: 'Renewal' });
        const values = { ...RESCUE, ...LARGE };
        const begun = { ...renewal, completions: [completion('plan')] };
        expect(found(values, [begun], [AT_RISK, RENEWAL]).every(({ held }) => held === null)).toBe(true);
        const undone = { ...renewal, completions: [completion('plan', { status: 'Undone' })] };
        expect(told(found(values, [undone], [AT_RISK, RENEWAL]))[1]).toContain('critical');
    });

    test.each([
        ['a risk of another tier', { Health_Score__c: 48 }, []],
        [
            'one that was closed',
            { Health_Score__c: 80 },
            [run({ currentTier: 'Critical', status: 'Closed', closedAt: `${day(-1)}T00:00:00.000Z`, outcome: 'Lost' })],
        ],
        ['one that rests on old figures', { ...RESCUE, Health_Score_On__c: day(-30) }, []],
    ] as const)('%s silences nothing', (_, values, runs) => {
        const renewal = found({ ...LARGE, ...values }, runs, [AT_RISK, RENEWAL]).find(
            ({ id }) => id === 'playbook:renewal',
        );
        expect(renewal?.held).toBeNull();
    });

    test('a critical case that is no risk silences nothing', () => {
        const urgent = { ...CHAMPION, tier: '"Critical"' };
        expect(found({ ...LEFT, ...LARGE }, [], [urgent, RENEWAL]).map(({ held }) => held)).toEqual([null, null]);
    });
});

describe('after a contact in one episode', () => {
    const talked = (days: number, changes: Partial<Completion> = {}): Run =>
        run({ completions: [done(days, changes)], currentTier: 'Moderate' });

    test('others wait a week before they approach the customer', () => {
        expect(told(found({ ...LEFT, ...LARGE }, [talked(-2)]))).toEqual([
            'playbook:at-risk',
            'playbook:quiet',
            `playbook:renewal contact ${day(5)} At-Risk Account`,
            `playbook:champion-change contact ${day(5)} At-Risk Account`,
            `playbook:growth contact ${day(5)} At-Risk Account`,
        ]);
    });

    test('a signal that writes to the customer waits too', () => {
        expect(told(found(SMALL, [talked(0)], [AT_RISK, SMALL_RENEWAL]))).toEqual([
            'playbook:at-risk',
            `signal:Renewal_Small contact ${day(7)} At-Risk Account`,
        ]);
    });

    test.each([
        ['the week is over', talked(-7)],
        ['the contact was taken back', talked(-2, { status: 'Undone' })],
        ['it was skipped', talked(-2, { status: 'Skipped' })],
        ['it was no contact', talked(-2, { customerContact: false })],
    ])('nobody waits when %s', (_, given) => {
        expect(found(LEFT, [given], [CHAMPION]).map(({ held }) => held)).toEqual([null, null]);
    });

    test('the contact of a closed episode counts, whoever closed it', () => {
        const closed = {
            ...talked(-3),
            status: 'Closed' as const,
            closedAt: `${day(-2)}T00:00:00.000Z`,
            outcome: 'Lost' as const,
        };
        expect(told(found(LEFT, [closed], [CHAMPION]))).toEqual([
            `playbook:champion-change contact ${day(4)} At-Risk Account`,
        ]);
    });

    test('a signal’s contact counts, under its own name', () => {
        const signal = run({
            id: 'a0R7',
            playbookKey: null,
            playbookName: null,
            triggerKey: 'Renewal_Small',
            status: 'Closed',
            closedAt: `${day(-1)}T10:00:00.000Z`,
            outcome: 'Completed',
            completions: [{ ...done(-1), stepKey: 'signal' }],
        });
        expect(told(found(LEFT, [signal], [CHAMPION, SMALL_RENEWAL]))).toEqual([
            `playbook:champion-change contact ${day(6)} Confirm the renewal by e-mail`,
        ]);
    });

    test('of several contacts the latest counts', () => {
        const other = run({
            id: 'a0R2',
            playbookKey: 'growth',
            versionId: 'a0V3',
            playbookName: 'Growth',
            triggerKey: 'Growth',
            episodeNumber: 4,
            completions: [done(-1)],
        });
        expect(told(found(LEFT, [talked(-5), other], [CHAMPION])).at(-1)).toBe(
            `playbook:champion-change contact ${day(6)} Growth`,
        );
    });

    test('a critical risk waits for nobody, and what has begun goes on', () => {
        const growth = run({
            id: 'a0R2',
            playbookKey: 'growth',
            versionId: 'a0V3',
            triggerKey: 'Growth',
            completions: [done(-1)],
        });
        expect(told(found({ ...RESCUE }, [growth], [AT_RISK, GROWTH]))).toEqual([
            'playbook:at-risk',
            'playbook:growth',
        ]);
        const begun = run({ completions: [completion('check')] });
        expect(told(found({ Health_Score__c: 48 }, [begun, growth], [AT_RISK, GROWTH]))).toEqual([
            'playbook:at-risk',
            'playbook:growth',
        ]);
        expect(told(found({ Health_Score__c: 48 }, [growth], [AT_RISK, GROWTH]))).toEqual([
            'playbook:growth',
            `playbook:at-risk contact ${day(6)} At-Risk Account`,
        ]);
    });

    test('an episode is not held back by its own contact', () => {
        expect(found({}, [talked(-1)], [AT_RISK]).map(({ held }) => held)).toEqual([null]);
    });
});

describe('old figures', () => {
    const OLD = { Health_Score__c: 30, Health_Score_On__c: day(-30) };

    test('give a prompt that is held back', () => {
        expect(told(found(OLD, [], [AT_RISK]))).toEqual(['playbook:at-risk stale  ']);
        expect(found(OLD, [], [AT_RISK])[0]?.match?.reasons).toHaveLength(1);
    });

    test('neither raise nor wake a run, nor bring back a playbook in its quiet', () => {
        const asleep = run({ status: 'Snoozed', snoozedUntil: day(4), currentTier: 'High' });
        expect(found(OLD, [asleep], [AT_RISK])).toMatchObject([
            { tier: 'High', held: { why: 'snoozed' }, match: null },
        ]);
        const lost = run({ status: 'Closed', closedAt: `${day(-3)}T10:00:00.000Z`, outcome: 'Lost' });
        expect(found(OLD, [lost], [AT_RISK])).toEqual([]);
    });

    test('give way to a trigger of the same playbook that rests on fresh ones', () => {
        const also = trigger({ key: 'Also', label: 'Also', priority: 30, enterWhen: '$Figure.ARR > 1' });
        expect(found({ ...OLD, ARR__c: 5 }, [], [AT_RISK, also])).toMatchObject([
            { trigger: { key: 'Also' }, held: null },
        ]);
    });
});

describe('a snoozed run', () => {
    const asleep = (changes: Partial<Run> = {}): Run =>
        run({ status: 'Snoozed', snoozedUntil: day(3), currentTier: 'High', ...changes });

    test.each([
        ['until its day', { Health_Score__c: 48 }, asleep(), 'snoozed'],
        ['not on its day', { Health_Score__c: 48 }, asleep({ snoozedUntil: day(0) }), undefined],
        ['not when it gets worse', RESCUE, asleep(), undefined],
        ['not because it was worse once', { Health_Score__c: 48 }, asleep({ worstTier: 'Critical' }), 'snoozed'],
    ] as const)('is held %s', (_, values, given, why) => {
        expect(found(values, [given], [AT_RISK])[0]?.held?.why).toBe(why);
    });
});
